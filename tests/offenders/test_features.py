"""Every feature against its slow version, a history counted by hand, and what must not matter."""

from __future__ import annotations

import random
from datetime import date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from dapipeline.config import DomesticAbuse, Engine
from dapipeline.engine import connect
from dapipeline.offenders.catalogue import CATALOGUE, PRESETS

from .conftest import as_arrow
from .histories import row
from .slow_features import SLOW, histories

NAMES = [feature.name for feature in CATALOGUE]
SHARES = [feature.name for feature in CATALOGUE if feature.kind == "share"]
DEFINITIONS = {
    "the default": {},
    "other flags, from 18": {"include": ("honour_based", "forced_marriage"), "minimum_age": 18},
}


@pytest.fixture(scope="module", params=[(d, own) for d in DEFINITIONS for own in (False, True)], ids=str)
def both(request, random_rows, features_of):
    """The features and the slow version's, of the same random histories."""
    definition, own = DEFINITIONS[request.param[0]], request.param[1]
    fast = features_of(random_rows, own=own, definition=DomesticAbuse(**definition))
    people = histories(random_rows, own=own, **definition)
    slow = pd.DataFrame.from_dict(
        {
            offender: {name: work(person) for name, work in SLOW.items()}
            for offender, person in people.items()
        },
        orient="index",
        dtype="float64",
    )
    return fast, slow.sort_index()


def test_the_slow_version_has_every_feature():
    assert set(SLOW) == set(NAMES)


def test_the_cohort_is_everyone_with_a_da_incident(both):
    fast, slow = both
    assert list(fast.index) == list(slow.index)
    assert len(fast) > 500


@pytest.mark.parametrize("name", NAMES)
def test_feature_agrees_with_its_slow_version(both, random_rows, name):
    fast, slow = both[0][name], both[1][name]
    differ = ~((fast - slow).abs() <= 1e-9 * slow.abs()) & ~(fast.isna() & slow.isna())
    if differ.any():
        # Of all for whom it differs, show the one with the fewest rows.
        rows_of = {person: [r for r in random_rows if person in (r["offender_id"], r["victim_id"])]
                   for person in differ[differ].index}  # fmt: skip
        person = min(rows_of, key=lambda id: len(rows_of[id]))
        shown = [str({key: value for key, value in r.items() if value is not None}) for r in rows_of[person]]
        pytest.fail(
            f"{name} of {len(rows_of)} offenders; {person}: {fast[person]}, slowly {slow[person]}, of\n"
            + "\n".join(shown)
        )


def test_the_histories_are_varied_enough_to_tell(both):
    assert [name for name in NAMES if both[1][name].nunique() < 2] == []


def test_a_share_is_never_missing_and_never_more_than_one(both):
    shares = both[0][SHARES]
    assert shares.notna().all(axis=None)
    assert shares.min(axis=None) >= 0
    assert shares.max(axis=None) <= 1


# A suspect, born on 15 June 1990; 2018-03-03 is a Saturday, 2020-01-05 a Sunday.
A = {"offender_id": "A", "offender_dob": date(1990, 6, 15)}
B = {"victim_id": "B", "victim_dob": date(1992, 6, 14)}
ASSAULT = {
    "incident_id": "I2", "occurred_from": datetime(2019, 6, 14, 12), "occurred_to": datetime(2019, 6, 14, 13),
    "reported_at": datetime(2019, 6, 15), "da_flag": True, "risk_grade": "standard", "location_type": "residential",
    "imd_decile": "2", "lsoa": "E1", "borough": "North", "alcohol": True, "drugs": False,
}  # fmt: skip
BY_HAND = [
    # Shoplifting, severity 1, half an hour on a Saturday night.
    row(**A, incident_id="I1", occurred_from=datetime(2018, 3, 3, 23), occurred_to=datetime(2018, 3, 3, 23, 30),
        offence_code="04600", location_type="retail", imd_decile="2", borough="North", drugs=True),
    # Common assault (10) of two people, once; and damage (2) to the property of one of them; an hour, known
    # half a day after it began.
    row(**A, **ASSAULT, **B, offence_code="10501", relationship="partner"),
    row(**A, **ASSAULT, victim_id="C", victim_age=40.0, offence_code="10501", relationship="sibling"),
    row(**A, **ASSAULT, **B, offence_code="14900", relationship="partner"),
    # A non-crime on a Sunday night, graded high, no end, no report.
    row(**A, **B, incident_id="I3", occurred_from=datetime(2020, 1, 5, 2), da_flag=True, is_crime=False,
        risk_grade="high", relationship="ex_partner", location_type="residential", lsoa="E1"),
    # Actual bodily harm (365) that lasted 365 days, known after two and a half, on the suspect's 30th birthday.
    row(**A, victim_id="D", incident_id="I4", occurred_from=datetime(2020, 6, 15, 8),
        occurred_to=datetime(2021, 6, 15, 8), reported_at=datetime(2020, 6, 17, 20), da_flag=True,
        offence_code="00806", risk_grade="high", relationship="parent", location_type="public", imd_decile="4",
        lsoa="E2", borough="South", alcohol=True, drugs=True, honour_based=True),
    # Breach of a non-molestation order (7.5), a second before the night is over.
    row(**A, incident_id="I5", occurred_from=datetime(2020, 7, 1, 5, 59, 59), offence_code="06639",
        location_type="public", imd_decile="10"),
    # Twice A is the victim: once outside DA and before the first DA incident, once in DA and after it.
    row(offender_id="B", victim_id="A", incident_id="I6", occurred_from=datetime(2019, 1, 1, 10), offence_code="10501"),
    row(offender_id="B", victim_id="A", incident_id="I7", occurred_from=datetime(2020, 2, 2, 10), offence_code="10501",
        da_flag=True),
]  # fmt: skip
COUNTED = {
    "age_first_incident": 27,  # on 3 March 2018
    "age_first_da": 28,  # the day before the 29th birthday
    "age_last_da": 30,  # on the birthday
    # Known ages: B 27 and C 40 in I2, B 27 in I3; the suspect is 28, 28 and 29.
    "da_victim_age_mean": 94 / 3, "da_victim_age_gap_mean": (1 - 12 + 2) / 3,
    "da_victim_under_18_share": 0, "da_victim_over_60_share": 0,
    "non_da_victim_age_mean": 0, "non_da_victim_under_18_share": 0,
    "incidents": 5, "da_incidents": 3, "non_da_incidents": 2, "da_crimes": 2, "non_da_crimes": 2,
    # Pairs: I2 with B, I2 with C, I3 with B, I4 with D.
    "victims": 3, "da_victims": 3, "non_da_victims": 0, "da_repeat_victims": 1, "da_most_against_one_victim": 2,
    "da_same_victim_share": 2 / 4,
    # I2 partner and sibling, I3 ex-partner, I4 parent.
    "da_intimate_share": 2 / 3, "da_family_share": 1 / 3, "da_ex_partner_share": 1 / 3,
    "da_span_days": 367 - 4 / 24,  # 14 June 2019 12:00 to 15 June 2020 08:00, over a 29 February
    "offending_span_days": 851 - (17 * 3600 + 1) / 86400,  # 3 March 2018 23:00 to 1 July 2020 05:59:59
    "days_to_first_da": 468 - 11 / 24,  # 3 March 2018 23:00 to 14 June 2019 12:00
    "non_da_before_first_da": 1,
    "da_duration_mean_hours": (1 + 8760) / 2, "da_duration_max_hours": 8760, "non_da_duration_mean_hours": 0.5,
    "da_over_a_year_share": 1 / 2, "da_night_share": 1 / 3, "da_weekend_share": 1 / 3, "non_da_night_share": 1,
    "da_reporting_delay_mean_days": (0.5 + 2.5) / 2,
    "da_residential_share": 2 / 3, "da_public_share": 1 / 3, "non_da_public_share": 1 / 2, "non_da_retail_share": 1 / 2,
    "imd_decile_mean": (2 + 2 + 4 + 10) / 4, "boroughs": 2, "da_lsoas": 2,
    # DA: 12, 0 and 365; non-DA: 1 and 7.5.
    "da_severity_total": 377, "da_severity_mean": 377 / 3, "da_severity_max": 365,
    "non_da_severity_total": 8.5, "non_da_severity_mean": 4.25, "non_da_severity_max": 7.5,
    "da_non_crime_share": 1 / 3, "non_da_non_crime_share": 0,
    "da_violence_share": 2 / 3, "da_sexual_share": 0, "da_stalking_harassment_share": 0, "da_coercive_share": 0,
    "da_damage_share": 1 / 3, "da_breach_share": 0, "da_homicides": 0,
    "child_vulnerable_share": 0, "child_vulnerable_incidents": 0,
    "non_da_violence_share": 0, "non_da_sexual_share": 0, "non_da_acquisitive_share": 1 / 2,
    "non_da_acquisitive_incidents": 1, "non_da_drugs_share": 0, "non_da_public_order_share": 0,
    "non_da_weapons_share": 0, "non_da_motoring_share": 0, "non_da_parallel_share": 0, "non_compliance_share": 1 / 5,
    "da_families": 2, "non_da_families": 2,
    # Grades: standard, high, high.
    "da_high_risk_share": 2 / 3, "da_medium_risk_share": 0, "da_non_crime_high_risk_share": 1 / 3,
    "da_honour_based_share": 1 / 3,
    "da_victimisations": 1, "non_da_victimisations": 1, "victimised_before_first_da": 1,
    "da_substance_share": 2 / 3, "non_da_substance_share": 1 / 2, "da_alcohol_share": 2 / 3, "da_drugs_share": 1 / 3,
}  # fmt: skip


def test_a_history_counted_by_hand(features_of):
    found = features_of(BY_HAND)
    assert list(found.index) == ["A", "B"]
    assert found.loc["A"].to_dict() == pytest.approx(COUNTED, rel=1e-12)


def test_the_slow_version_counts_as_the_hand_does():
    of_a = histories(BY_HAND)["A"]
    assert {name: work(of_a) for name, work in SLOW.items()} == pytest.approx(COUNTED, rel=1e-12)


DA_ROW = row(offender_id="A", incident_id="I1", occurred_from=datetime(2020, 6, 1, 12), da_flag=True)


def test_one_da_incident_and_nothing_else_has_every_feature_of_the_preset(features_of):
    known = {
        "offender_age": 30.0,
        "victim_id": "B",
        "victim_age": 28.0,
        "imd_decile": "3",
        "offence_code": "10501",
    }
    found = features_of([DA_ROW | known]).loc["A"]
    assert found[list(PRESETS["west_midlands_2022"])].notna().all()
    elsewhere = found[[name for name in NAMES if name.startswith("non_da_")]]
    assert (elsewhere == 0).all()


def test_a_share_of_nothing_is_0(features_of):
    found = features_of([DA_ROW | {"is_crime": False}]).loc["A", SHARES]
    assert found[found != 0].to_dict() == {"da_non_crime_share": 1.0}


def test_only_what_cannot_be_known_is_missing(features_of):
    found = features_of([DA_ROW]).loc["A"]
    ages = {"age_first_incident", "age_first_da", "age_last_da"}
    assert set(found.index[found.isna()]) == {*ages, "imd_decile_mean"}


def test_the_order_of_rows_does_not_change_a_byte(random_rows, features_of):
    shuffled = random.Random(7).sample(random_rows, len(random_rows))
    for own in (False, True):
        pd.testing.assert_frame_equal(
            features_of(random_rows, own), features_of(shuffled, own), check_exact=True
        )


def test_the_number_of_threads_does_not_change_a_byte(random_rows, features_of):
    # The same people through many more incidents: each history lies in several row groups, so that threads share it.
    few = as_arrow(random_rows)
    copies = [
        pa.table({
            name: pc.binary_join_element_wise(column, str(copy), " copy ") if name.endswith(("cident_id", "ence_id"))
            else column
            for name, column in zip(few.column_names, few.columns, strict=True)
        })
        for copy in range(260_000 // len(few))
    ]  # fmt: skip
    many = pa.concat_tables(copies).cast(few.schema)
    many = many.take(np.random.default_rng(3).permutation(len(many)))
    one, two = (features_of(many, True, on=connect(Engine(threads=threads))) for threads in (1, 2))
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_sex_ethnicity_outcome_and_arrest_change_nothing(random_rows, features_of):
    values = {
        "offender_sex": ("F", "M", "U", None), "offender_ethnicity": ("a", "b", None),
        "victim_ethnicity": ("a", "b", None), "outcome_code": ("0", "1", "16", None), "arrested": (True, False, None),
    }  # fmt: skip
    of_one, of_other = random.Random(1), random.Random(2)
    first, second = (
        features_of(
            [r | {name: chance.choice(of) for name, of in values.items()} for r in random_rows], own=True
        )
        for chance in (of_one, of_other)
    )
    changed = [name for name in NAMES if not first[name].equals(second[name])]
    assert changed == []
