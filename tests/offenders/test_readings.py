"""The smallest histories on which two readings of the catalogue's words would differ; the words decide."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dapipeline.offenders.catalogue import BY_NAME

from .histories import row
from .slow_features import SLOW, histories

NAN = float("nan")
START = datetime(2020, 6, 1, 12)
DA = row(offender_id="A", incident_id="I1", occurred_from=START, da_flag=True)
OTHER = DA | {"incident_id": "I2", "da_flag": False}
PARTNER = {"victim_id": "B", "relationship": "partner", "victim_age": 30.0}
CHILD = {"victim_id": "C", "relationship": "child", "victim_age": 8.0}
CRUELTY, ASSAULT, SHOPLIFTING = ({"offence_code": code} for code in ("01103", "10501", "04600"))
BREACH, CHILD_CONCERN = ({"is_crime": False, "offence_family": of} for of in ("breach", "child_vulnerable"))
READINGS = {
    "of ages that are not all known, the youngest and the oldest known one count": (
        [OTHER | {"occurred_from": datetime(2010, 1, 1)}, DA | {"offender_age": 40.0}],
        {"age_first_incident": 40, "age_first_da": 40, "age_last_da": 40},
    ),
    "a birth date that one row has holds for the person's other rows": (
        [OTHER | {"occurred_from": datetime(2010, 6, 2)}, DA | {"offender_dob": date(1980, 6, 1)}],
        {"age_first_incident": 30, "age_first_da": 40},
    ),
    "no age at all is missing": ([DA], {"age_first_incident": NAN, "age_first_da": NAN, "age_last_da": NAN}),
    "a year of age begins on the birthday": (
        [DA | {"offender_dob": date(1990, 6, 1)}, OTHER | {"offender_dob": date(1990, 6, 2)}],
        {"age_first_da": 30, "age_first_incident": 29},
    ),
    "born on 29 February one is a year older on 1 March": (
        [
            DA | {"occurred_from": datetime(2021, 2, 28), "offender_dob": date(2000, 2, 29)},
            DA | {"incident_id": "I2", "occurred_from": datetime(2021, 3, 1), "offender_dob": date(2000, 2, 29)},
        ],
        {"age_first_da": 20, "age_last_da": 21},
    ),
    "a child hurt in a DA incident is one of its victims": (
        [DA | PARTNER, DA | CHILD],
        {
            "da_incidents": 1, "non_da_incidents": 0, "da_victims": 2, "non_da_victims": 0,
            "da_victim_age_mean": 19, "da_victim_under_18_share": 1 / 2, "non_da_victim_age_mean": 0,
            "non_da_victim_under_18_share": 0, "da_same_victim_share": 1 / 2,
        },
    ),
    "an incident with a child alone is not DA": (
        [DA | PARTNER, DA | CHILD | {"incident_id": "I2"}],
        {"da_incidents": 1, "non_da_incidents": 1, "da_victims": 1, "non_da_victims": 1},
    ),
    "the offender's age holds for every victim of the incident": (
        [DA | PARTNER, DA | {"offender_age": 40.0}],
        {"age_first_da": 40, "da_victim_age_gap_mean": 10},
    ),
    "victims without an id are told apart by what is known of them": (
        [DA | {"victim_age": 20.0}, DA | {"victim_age": 20.0}, DA | {"victim_age": 50.0}, DA],
        {"da_victim_age_mean": 35, "da_victims": 0},
    ),
    "a non-crime that the config gave a family counts for it": (
        [DA | CHILD_CONCERN, OTHER | BREACH],
        {"child_vulnerable_share": 1 / 2, "child_vulnerable_incidents": 1, "non_compliance_share": 1 / 2,
         "non_compliance_incidents": 1},
    ),
    "DA-parallel is a crime of such a kind, not a crime beside a non-crime of such a kind": (
        [DA, OTHER | SHOPLIFTING, OTHER | CHILD_CONCERN],
        {"non_da_parallel_share": 0},
    ),
    "every crime of a DA incident is one of its crimes": (
        [DA | PARTNER | ASSAULT, DA | CHILD | CRUELTY],
        {"da_crimes": 1, "da_families": 2, "non_da_families": 0},
    ),
    "an offence against two people is one, of two ids it is two": (
        [DA | PARTNER | ASSAULT, DA | ASSAULT | {"victim_id": "D"},
         OTHER | ASSAULT | {"offence_id": "1"}, OTHER | ASSAULT | {"offence_id": "2"}],
        {"da_severity_total": 10, "non_da_severity_total": 20},
    ),
    "the most severe record of an offence speaks for it": (
        [DA | ASSAULT | {"offence_id": "1"}, DA | {"offence_id": "1", "offence_code": "01908"}],
        {"da_severity_total": 2555, "da_families": 1, "da_sexual_share": 1, "da_violence_share": 0},
    ),
    "an incident has one area and one borough": (
        [DA | {"lsoa": "E1", "borough": "North"}, DA | {"lsoa": "E2", "borough": "South"}],
        {"da_lsoas": 1, "boroughs": 1},
    ),
    "a report dated to the day is not before the start": (
        [DA | {"reported_at": datetime(2020, 6, 1)}],
        {"da_reporting_delay_mean_days": 0},
    ),
    "the highest grade of an incident is its grade": (
        [DA | {"risk_grade": "standard"}, DA | {"risk_grade": "high"}, DA | {"risk_grade": "medium"}],
        {"da_high_risk_share": 1, "da_medium_risk_share": 0},
    ),
    "an incident lasts from its first start to its last end, and is known from the first report": (
        [
            DA | {"occurred_to": datetime(2020, 6, 1, 13), "reported_at": datetime(2020, 6, 3, 12)},
            DA | {"occurred_to": datetime(2020, 6, 1, 18), "reported_at": datetime(2020, 6, 2, 12)},
        ],
        {"da_duration_mean_hours": 6, "da_reporting_delay_mean_days": 1},
    ),
    "severe is more than 500 points, not 500": (
        [DA | {"offence_code": "01908"}, DA | {"offence_code": "00806", "incident_id": "I3"}],
        {"da_severe_incidents": 1, "da_severity_max": 2555},
    ),
}  # fmt: skip


@pytest.mark.parametrize("reading", READINGS)
def test_the_words_decide(features_of, reading):
    rows, expected = READINGS[reading]
    found = features_of(rows, features=[BY_NAME[name] for name in expected]).loc["A"].to_dict()
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("reading", READINGS)
def test_the_slow_version_follows_the_words(reading):
    rows, expected = READINGS[reading]
    history = histories(rows)["A"]
    assert {name: SLOW[name](history) for name in expected} == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("outcomes", [("1", "16"), ("16", "1")])
def test_the_outcome_does_not_decide_which_record_speaks(features_of, outcomes):
    rows = [
        {**DA, "da_flag": flag, "offence_id": "1", "offence_code": "10501", "outcome_code": outcome}
        for flag, outcome in zip((True, False), outcomes, strict=True)
    ]
    names = ["da_families", "non_da_families"]
    assert features_of(rows, features=[BY_NAME[name] for name in names]).loc["A"].tolist() == [1, 0]
