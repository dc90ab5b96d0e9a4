"""Suspects who are victims too, allegations both ways and what came before the age, counted by hand."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from dapipeline.analysis.overlap import MEASURES, measures_of, overlap_of, summarise_overlap
from dapipeline.config import DomesticAbuse

EVERYTHING = ["victim_id", "relationship", "offender_dob"]


def row(incident, offender, victim=None, **more):
    return {"incident_id": incident, "offender_id": offender, "victim_id": victim} | more


@pytest.fixture
def overlap(incidents_of, connection):
    """The measures of everyone suspected of DA, as sets of ids."""

    def find(*rows, present=EVERYTHING, definition=None):
        definition = definition or DomesticAbuse()
        _, tables = incidents_of(rows, definition)
        cohort = tables.incidents.filter(tables.incidents.is_da).select("offender_id").distinct()
        table = overlap_of(tables, cohort, definition, present).to_pandas().set_index("offender_id")
        assert list(table) == measures_of(present, definition)
        assert list(table.index) == sorted(set(table.index))
        return {name: set(table.index[table[name].eq(True)]) for name in table}, table

    return find


def test_who_was_a_victim_of_what_and_by_whom(overlap):
    # A harms B (partner), B harms A's friend C; X, who is in no DA of their own, harms B; C is robbed by nobody known.
    found, _ = overlap(
        row("1", "A", "B", relationship="ex_partner"),
        row("2", "B", "C", relationship="sibling"),
        row("3", "C", "D", relationship="partner"),
        row("4", "X", "B", relationship="acquaintance", da_flag=False),
        row("5", None, "C", da_flag=False),
        row("6", "D", "A", relationship="acquaintance", da_flag=False),
    )
    assert found["victim"] == {"A", "B", "C"}  # D is no suspect of DA, and so is nobody the run describes
    assert found["da_victim"] == {"B", "C"}
    assert found["da_victim_of_partner"] == {"B"}
    assert found["da_victim_of_family"] == {"C"}
    assert found["da_victim_of_other"] == set()
    assert found["da_victim_of_unknown"] == set()


def test_by_whom_is_unknown_where_no_suspect_or_no_relationship_is_recorded(overlap):
    found, _ = overlap(
        row("1", "A", "Z", relationship="partner"), row("2", "B", "Z", relationship="partner"),
        row("3", "C", "Z", relationship="none"), row("4", None, "A"), row("5", "C", "B"),
        row("6", "A", "C", relationship="stranger"), row("6", "B", "C"),
    )  # fmt: skip
    assert found["da_victim_of_unknown"] == {"A", "B"}  # of C's two suspects one is known to be a stranger
    assert found["da_victim_of_other"] == {"C"}


def test_an_incident_with_two_suspects_may_be_by_both_kinds(overlap):
    found, _ = overlap(
        row("1", "A", "B", relationship="partner"), row("1", "C", "B", relationship="parent"), row("2", "B", "C")
    )
    assert "B" in found["da_victim_of_partner"] & found["da_victim_of_family"]


def test_allegations_both_ways_are_of_the_same_two_people(overlap):
    found, _ = overlap(
        row("1", "A", "B"), row("2", "B", "C"), row("3", "C", "A"), row("4", "D", "E"), row("5", "E", "D")
    )
    assert found["counter_allegation"] == {"D", "E"}
    assert found["both_in_one_incident"] == set()


def test_an_incident_that_is_no_da_is_no_counter_allegation(overlap):
    found, _ = overlap(row("1", "A", "B"), row("2", "B", "A", da_flag=False), row("3", "B", "C"))
    assert found["counter_allegation"] == set()


def test_both_in_one_incident_is_told_apart(overlap):
    found, _ = overlap(row("1", "A", "B"), row("1", "B", "A"), row("2", "C", "D"), row("3", "D", "C"))
    assert found["both_in_one_incident"] == {"A", "B"}
    assert found["counter_allegation"] == {"C", "D"}


@pytest.mark.parametrize(("days", "near"), [(30, {"A", "B"}), (31, set())])
@pytest.mark.parametrize("first", ["A", "B"])
def test_near_is_within_thirty_days_whoever_came_first(overlap, first, days, near):
    second = {"A": "B", "B": "A"}[first]
    later = datetime(2016, 1, 1) + pd.Timedelta(days=days)
    found, _ = overlap(
        row("1", first, second, occurred_from=datetime(2016, 1, 1)), row("2", second, first, occurred_from=later)
    )
    assert found["counter_allegation_near"] == near
    assert found["counter_allegation"] == {"A", "B"}


def test_near_counts_from_when_an_incident_became_known(overlap):
    # Years of control, reported the week after an assault; and one that ended, of which no report is dated.
    found, _ = overlap(
        row("1", "A", "B", occurred_from=datetime(2016, 1, 1)),
        row("2", "B", "A", occurred_from=datetime(2009, 1, 1), reported_at=datetime(2016, 1, 8)),
        row("3", "C", "D", occurred_from=datetime(2016, 1, 1), reported_at=datetime(2019, 1, 1)),
        row("4", "D", "C", occurred_from=datetime(2016, 1, 2), occurred_to=datetime(2016, 1, 3)),
    )
    assert found["counter_allegation_near"] == {"A", "B"}
    assert found["counter_allegation"] == {"A", "B", "C", "D"}


BORN = {"A": date(2000, 1, 1), "B": date(1990, 1, 1)}


def young_rows():
    return [
        row("1", "A", "V", occurred_from=datetime(2015, 6, 1), offender_dob=BORN["A"]),  # 15: flagged, and no DA
        row("2", "A", "V", occurred_from=datetime(2018, 6, 1), offender_dob=BORN["A"]),  # 18
        row("3", "B", "V", occurred_from=datetime(2005, 6, 1), offender_dob=BORN["B"], da_flag=False),  # 15
        row("4", "B", "V", occurred_from=datetime(2015, 6, 1), offender_dob=BORN["B"]),
        row("5", "C", "V", occurred_from=datetime(2015, 6, 1)),  # no age is known
    ]


def test_what_came_before_the_age_is_seen_and_is_never_da(overlap, incidents_of):
    found, table = overlap(*young_rows())
    assert found["before_age"] == {"A", "B"}
    assert found["flagged_before_age"] == {"A"}
    assert pd.isna(table.loc["C", "before_age"]) and pd.isna(table.loc["C", "flagged_before_age"])
    _, tables = incidents_of(young_rows())
    young = tables.incidents.filter(tables.incidents.offender_age < 16).to_pandas()
    assert sorted(young["incident_id"]) == ["1", "3"]
    assert not young["is_da"].any()


def test_the_age_and_the_flags_are_those_of_the_settings(overlap):
    rows = young_rows()
    rows[2]["honour_based"] = True
    found, _ = overlap(*rows, definition=DomesticAbuse(minimum_age=18, include=("honour_based",)))
    assert found["before_age"] == {"A", "B"}
    assert found["flagged_before_age"] == {"A", "B"}
    rows[1]["occurred_from"] = datetime(2017, 6, 1)  # 17: below 18, and now A has no DA at all
    found, _ = overlap(*rows, definition=DomesticAbuse(minimum_age=18))
    assert found["before_age"] == {"B"}


@pytest.mark.parametrize(
    ("present", "names"),
    [
        ([], []),
        (
            ["victim_id"],
            ["victim", "da_victim", "counter_allegation", "counter_allegation_near", "both_in_one_incident"],
        ),
        (["offender_age"], ["before_age", "flagged_before_age"]),
        (["relationship"], []),
        (EVERYTHING, list(MEASURES)),
    ],
)
def test_what_the_extract_lacks_is_not_measured(overlap, present, names):
    assert measures_of(present, DomesticAbuse()) == names
    overlap(row("1", "A", "B"), present=present)


def test_clusters_are_summed_over_those_of_whom_it_is_known():
    overlap = pd.DataFrame(
        {
            "offender_id": list("ABCDE"), "victim": [True, True, False, False, True],
            "before_age": pd.array([True, None, False, None, None], dtype="boolean"),
        }
    )  # fmt: skip
    assigned = pd.DataFrame(
        {"offender_id": list("DCBAE"), "cluster": [2, 1, 1, 1, 2], "typology": ["y", "x", "x", "x", "y"]}
    )
    table = summarise_overlap(overlap, assigned).set_index(["measure", "cluster"])
    assert table["offenders"].to_dict() == {
        ("victim", 1): 2, ("victim", 2): 1, ("before_age", 1): 1, ("before_age", 2): 0,
    }  # fmt: skip
    assert table["known"].to_dict() == {
        ("victim", 1): 3, ("victim", 2): 2, ("before_age", 1): 2, ("before_age", 2): 0,
    }  # fmt: skip
    assert table["share"].tolist() == pytest.approx([2 / 3, 1 / 2, 1 / 2, float("nan")], nan_ok=True)
    assert table["cohort_share"].tolist() == pytest.approx([3 / 5, 3 / 5, 1 / 2, 1 / 2])
    assert set(table["typology"]) == {"x", "y"}
    assert table.loc[("victim", 1), "meaning"] == MEASURES["victim"][0]


def test_a_run_that_can_measure_nothing_has_an_empty_table():
    empty = summarise_overlap(
        pd.DataFrame({"offender_id": ["A"]}), pd.DataFrame({"offender_id": ["A"], "cluster": [1], "typology": ["x"]})
    )
    assert empty.empty and "measure" in empty


def test_where_the_flag_decides_no_age_is_asked(overlap):
    young = row("1", "A", "V", offender_age=14.0)
    found, table = overlap(young, definition=DomesticAbuse(minimum_age=None))
    assert list(table.index) == ["A"]
    assert not {"before_age", "flagged_before_age"} & set(found)


def test_the_age_of_the_incident_s_own_day_is_asked(overlap):
    ages = DomesticAbuse(minimum_age=[{"from": "2011-01-01", "age": 18}, {"from": "2013-03-31", "age": 16}])
    days = datetime(2013, 3, 30), datetime(2013, 3, 31)
    rows = [row(f"{at}{who}", who, "V", offender_age=17.0, occurred_from=day) for at, day in enumerate(days)
            for who in ("A", "B") if (who, at) != ("B", 0)]  # fmt: skip
    found, _ = overlap(*rows, definition=ages)
    assert found["before_age"] == found["flagged_before_age"] == {"A"}
