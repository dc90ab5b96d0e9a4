"""Every planted fault can be found again in the text, as often as it is said to be there."""

import re

import pandas as pd
import pytest

from dapipeline.synthetic import add_faults, make_force

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")


@pytest.fixture(scope="module")
def force():
    return make_force(3000, 8)


@pytest.fixture(scope="module")
def spoilt(force):
    made = add_faults(force, 8)
    return made.incidents, made.faults


def recount(rows, clean):
    """Count faults with plain Python, from the text alone."""
    found = dict.fromkeys(
        ["exact_duplicate", "missing_incident_id", "no_people", "unreadable_date", "implausible_date",
         "end_before_start", "unknown_code.relationship", "unknown_code.risk_grade",
         "unknown_code.outcome_code",
         "unknown_code.da_flag", "suspect_age", "victim_is_suspect"], 0,
    )  # fmt: skip
    relationships = {"partner", "ex_partner", "parent", "child", "sibling", "other_family", "acquaintance",
                     "stranger", "none"}  # fmt: skip
    codes = {
        "relationship": relationships, "risk_grade": {"standard", "medium", "high"},
        "outcome_code": {str(code) for code in range(23)}, "da_flag": {"true", "false"},
    }  # fmt: skip
    seen = set()
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        key = tuple(row.values())
        found["exact_duplicate"] += key in seen
        seen.add(key)
        found["missing_incident_id"] += row["incident_id"] is None
        found["no_people"] += row["offender_id"] is None and row["victim_id"] is None
        found["victim_is_suspect"] += row["victim_id"] is not None and row["victim_id"] == row["offender_id"]
        for name, allowed in codes.items():
            found[f"unknown_code.{name}"] += row[name] is not None and row[name] not in allowed
        began = row["occurred_from"]
        if not MOMENT.fullmatch(began):
            found["unreadable_date"] += 1
        elif began[:4] in ("1066", "2201"):
            found["implausible_date"] += 1
        else:
            found["end_before_start"] += row["occurred_to"] < began
            if row["offender_dob"] is not None:
                born = row["offender_dob"]
                age = int(began[:4]) - int(born[:4]) - (began[5:10] < born[5:10])
                found["suspect_age"] += age < 10 or age > 110
    known = set(clean["offender_id"].dropna())
    with_dob = set(rows.loc[rows["offender_dob"].notna(), "offender_id"].dropna())
    found["offenders_without_dob"] = len(known - with_dob)
    return found


def test_the_counts_are_what_an_independent_count_finds(force, spoilt):
    rows, faults = spoilt
    assert recount(rows, force.incidents) == faults
    assert min(faults.values()) > 0


def test_a_clean_force_has_no_fault(force):
    rows = add_faults(force, 1).incidents
    untouched = rows[rows["incident_id"].isin(force.incidents["incident_id"])]
    assert len(untouched) < len(rows)
    found = recount(force.incidents.assign(
        occurred_from=force.incidents["occurred_from"].astype(str),
        occurred_to=force.incidents["occurred_to"].astype(str),
        offender_dob=force.incidents["offender_dob"].dt.strftime("%Y-%m-%d"),
        da_flag=force.incidents["da_flag"].map({True: "true", False: "false"}),
    ), force.incidents)  # fmt: skip
    assert set(found.values()) == {0}


def test_two_or_three_rows_in_a_hundred_are_spoilt_and_two_offenders_have_no_birth_date(force, spoilt):
    rows, faults = spoilt
    offenders = force.incidents["offender_id"].nunique()
    planted = sum(faults.values()) - faults["offenders_without_dob"]
    assert 0.02 < planted / len(rows) < 0.03
    assert faults["offenders_without_dob"] == round(0.02 * offenders)
    assert len(rows) == len(force.incidents) + faults["exact_duplicate"]


def test_the_same_seed_spoils_the_same_rows(force, spoilt):
    before = force.incidents.copy()
    again, other = add_faults(force, 8), add_faults(force, 9)
    pd.testing.assert_frame_equal(again.incidents, spoilt[0])
    assert again.faults == spoilt[1]
    assert not other.incidents.equals(again.incidents)
    pd.testing.assert_frame_equal(force.incidents, before)


def test_everything_is_text_and_reads_back_as_it_was(force, spoilt):
    rows, _ = spoilt
    assert (rows.dtypes == "string").all()
    assert list(rows.columns) == list(force.incidents.columns)
    assert set(rows["is_crime"].dropna()) == {"true", "false"}
    assert rows["victim_dob"].dropna().str.fullmatch(r"\d{4}-\d{2}-\d{2}").all()
    assert rows["reported_at"].dropna().str.fullmatch(MOMENT.pattern).all()
    kept = rows.drop_duplicates()
    same = pd.to_datetime(kept["reported_at"]).to_numpy() == force.incidents["reported_at"].to_numpy()
    assert same.all()


def test_faults_that_cost_a_row_leave_nearly_the_whole_cohort(force, spoilt):
    rows, _ = spoilt
    usable = rows[
        rows["incident_id"].notna()
        & rows["occurred_from"].str.fullmatch(MOMENT.pattern)
        & ~rows["occurred_from"].str[:4].isin(["1066", "2201"])
        & (rows["da_flag"] == "true")
        & (rows["reported_at"] >= "2011")
    ]
    lost = set(force.truth["offender_id"]) - set(usable["offender_id"].dropna())
    assert len(lost) <= 0.001 * len(force.truth)
