"""The counting rules, on rows made by hand: what is one incident, one offence, one victim, and how severe it was."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from dapipeline.config import DomesticAbuse

# Severities on the default scale (days): common assault 10, actual bodily harm 365, shop theft 1.
ASSAULT, HARM, THEFT = {"offence_code": "10501"}, {"offence_code": "00806"}, {"offence_code": "04600"}


def the(rows):
    [row] = rows
    return row


def test_an_incident_counts_once_whatever_its_offences_and_victims(build):
    said = [offence | {"victim_id": victim} for offence in (ASSAULT, HARM) for victim in ("V1", "V2", "V3")]
    tables = build(*said)
    incident = the(tables["incidents"])
    assert (incident["offences"], incident["victims"]) == (2, 3)
    assert incident["severity"] == Decimal(375)  # 10 + 365, not times three victims
    assert [row["severity"] for row in tables["offences"]] == [Decimal(365), Decimal(10)]
    assert [row["victim_key"] for row in tables["victims"]] == ["V1", "V2", "V3"]


def test_it_counts_for_each_suspect(build):
    tables = build(ASSAULT, ASSAULT | {"offender_id": "B"}, HARM | {"offender_id": "B"})
    assert [(row["offender_id"], row["severity"]) for row in tables["incidents"]] == [("A", 10), ("B", 375)]


def test_offences_are_told_apart_by_id_before_code(build):
    two_by_id = build(ASSAULT | {"offence_id": "F1"}, ASSAULT | {"offence_id": "F2"})
    assert the(two_by_id["incidents"])["severity"] == 20
    one_by_code = build(ASSAULT | {"victim_id": "V1"}, ASSAULT | {"victim_id": "V2"})
    assert the(one_by_code["incidents"])["severity"] == 10
    one_by_title = build({"offence": "Rape of a female"}, {"offence": "Rape of a female"})
    assert the(one_by_title["incidents"])["offences"] == 1


def test_where_records_of_an_offence_disagree_the_most_severe_speaks(build):
    one = {"offence_id": "F1"}
    tables = build(ASSAULT | one | {"outcome_code": "1"}, HARM | one | {"outcome_code": "16"})
    offence = the(tables["offences"])
    assert (offence["offence_code"], offence["severity"], offence["outcome_code"]) == ("00806", 365, "16")
    assert the(tables["incidents"])["severity"] == 365


def test_a_non_crime_has_no_severity_and_counts(build):
    tables = build(HARM | {"is_crime": False}, ASSAULT | {"incident_id": "I2"})
    assert [(row["severity"], row["is_crime"]) for row in tables["incidents"]] == [(0, False), (10, True)]
    assert tables["offences"][0]["family"] == "non_crime"
    assert [row["of_non_crime"] for row in tables["incidents"]] == [True, False]


def test_a_non_crime_keeps_the_family_that_the_config_gave_it(build):
    tables = build({"is_crime": False, "offence_family": "child_vulnerable"})
    assert the(tables["offences"])["family"] == "child_vulnerable"
    assert the(tables["incidents"])["severity"] == 0


def test_the_extract_s_own_severity_and_what_it_leaves_out(build):
    tables = build(
        HARM | {"offence_id": "F1", "severity": 7.25},
        HARM | {"offence_id": "F2", "severity": None},
        HARM | {"offence_id": "F3", "severity": 2.0, "is_crime": False},
    )
    assert the(tables["incidents"])["severity"] == Decimal("7.25")
    assert [row["severity"] for row in tables["offences"]] == [Decimal("7.25"), None, 0]


def test_sums_of_decimals_do_not_depend_on_their_order(build):
    tables = build(*({"offence_id": f"F{at}", "severity": 0.1} for at in range(10)))
    assert the(tables["incidents"])["severity"] == Decimal("1.000")


# Who and when


def test_an_incident_spans_its_rows(build):
    names = ("occurred_from", "occurred_to", "reported_at")
    times = dict(zip(names, (datetime(2015, 1, day) for day in (2, 3, 5)), strict=True))
    longer = dict(zip(names, (datetime(2015, 1, day) for day in (1, 4, 6)), strict=True))
    incident = the(build(ASSAULT | times, HARM | longer)["incidents"])
    assert (incident["occurred_from"], incident["occurred_to"], incident["reported_at"]) == (
        datetime(2015, 1, 1), datetime(2015, 1, 4), datetime(2015, 1, 5),
    )  # fmt: skip
    assert incident["duration_seconds"] == 3 * 86400


def test_without_an_end_there_is_no_duration(build):
    assert the(build(ASSAULT)["incidents"])["duration_seconds"] is None


def test_the_gravest_grade_and_any_flag_stand_for_the_incident(build):
    said = [
        {"risk_grade": "standard", "alcohol": True, "drugs": None, "honour_based": False},
        {"risk_grade": "high", "alcohol": None, "drugs": None, "honour_based": True, "victim_id": "V"},
        {"risk_grade": "medium", "alcohol": False, "drugs": False, "honour_based": None, "victim_id": "W"},
    ]
    incident = the(build(*said)["incidents"])
    assert [incident[name] for name in ("risk", "alcohol", "drugs", "substance", "honour_based")] == [
        3, True, False, True, True,
    ]  # fmt: skip


INTIMACY = {
    ("partner",): "intimate",
    ("ex_partner",): "intimate",
    ("parent",): "family",
    ("child", "other_family", "sibling"): "family",
    ("none",): "neither",
    ("acquaintance", "stranger"): "neither",
    (None,): None,
    (None, "stranger"): "neither",
    ("sibling", "stranger"): "family",
    ("parent", "partner"): "intimate",  # the closest speaks
}


def test_intimacy(build):
    said = [
        ASSAULT | {"incident_id": f"I{at}", "victim_id": f"V{victim}", "relationship": value}
        for at, relationships in enumerate(INTIMACY)
        for victim, value in enumerate(relationships)
    ]
    assert [row["intimacy"] for row in build(*said)["incidents"]] == list(INTIMACY.values())


def test_a_row_without_suspect_is_kept_for_victimisation(build):
    tables = build({"offender_id": None, "victim_id": "A"}, ASSAULT | {"incident_id": "I2", "victim_id": "V"})
    assert [(row["offender_id"], row["incident_id"]) for row in tables["incidents"]] == [("A", "I2")]
    assert [(row["victim_id"], row["incident_id"], row["is_da"]) for row in tables["victimisations"]] == [
        ("A", "I1", True),
        ("V", "I2", True),
    ]


def test_a_victim_of_several_suspects_is_harmed_once_an_incident(build):
    tables = build({"victim_id": "V"}, {"offender_id": "B", "victim_id": "V"}, {"victim_id": "V", "incident_id": "I2"})
    assert [row["incident_id"] for row in tables["victimisations"]] == ["I1", "I2"]


def test_victims_without_an_id_are_told_apart_by_what_is_known_of_them(build):
    said = [{"victim_sex": "F"}, {"victim_sex": "F"}, {"victim_sex": "M"}, {"victim_sex": "F", "victim_age": 40.0}, {}]
    tables = build(*({"offence_id": f"F{at}"} | row for at, row in enumerate(said)))
    assert len(tables["victims"]) == 3  # nothing known of the last
    assert the(tables["incidents"])["victims"] == 0  # and none has an id
    assert tables["victimisations"] == []


def test_ages_come_from_birth_dates_before_recorded_ages(build):
    said = {"victim_id": "V", "offender_dob": date(1990, 6, 16), "offender_age": 50.0, "victim_age": 33.0}
    tables = build(ASSAULT | said)
    assert the(tables["incidents"])["offender_age"] == 24  # the day before the birthday
    assert the(tables["victims"])["victim_age"] == 33


def test_a_year_of_age_begins_on_the_birthday(build):
    ages = {date(1990, 6, 15): 25, date(1990, 6, 16): 24, date(1992, 2, 29): 23, date(2015, 6, 15): 0}
    said = [{"incident_id": f"I{at}", "offender_dob": born} for at, born in enumerate(ages)]
    assert [row["offender_age"] for row in build(*said)["incidents"]] == list(ages.values())


# What is domestic abuse


DEFINITIONS = {
    ((), 16): [
        ({"da_flag": True}, True),
        ({"da_flag": False}, False),
        ({"da_flag": False, "honour_based": True}, False),
        ({"offender_age": 15.0}, False),
        ({"offender_age": 16.0}, True),
        ({"victim_age": 15.0}, False),
        ({"victim_dob": date(1999, 6, 16)}, False),  # sixteen on the morrow
        ({"victim_dob": date(1999, 6, 15)}, True),
    ],
    (("honour_based",), 16): [
        ({"da_flag": False, "honour_based": True}, True),
        ({"da_flag": False, "honour_based": True, "victim_age": 15.0}, False),
    ],
    (("forced_marriage", "fgm"), 16): [
        ({"da_flag": False, "honour_based": True}, False),
    ],
    (("honour_based", "forced_marriage", "fgm"), 16): [
        ({"da_flag": False, "forced_marriage": True}, True),
        ({"da_flag": False, "fgm": True}, True),
    ],
    (("fgm",), 16): [
        ({"da_flag": False, "fgm": None}, False),
        ({"da_flag": True, "fgm": False}, True),
    ],
    ((), 18): [
        ({"offender_age": 17.0}, False),
        ({"offender_age": 18.0}, True),
        ({"victim_age": 17.0, "offender_age": 40.0}, False),
        ({"victim_age": 18.0, "offender_age": 17.0}, False),
        ({"victim_dob": None, "offender_age": None}, True),  # unknown is no reason
    ],
}


@pytest.mark.parametrize(("include", "minimum_age"), DEFINITIONS)
def test_domestic_abuse_by_flag_definition_and_age(build, include, minimum_age):
    cases = DEFINITIONS[include, minimum_age]
    said = [row | {"incident_id": f"I{at:02}"} for at, (row, _) in enumerate(cases)]
    tables = build(*said, definition=DomesticAbuse(include=include, minimum_age=minimum_age))
    assert [row["is_da"] for row in tables["incidents"]] == [is_da for _, is_da in cases]


def test_one_domestic_row_makes_a_domestic_incident(build):
    tables = build(ASSAULT | {"victim_id": "V"}, ASSAULT | {"victim_id": "C", "victim_age": 9.0})
    assert the(tables["incidents"])["is_da"]
    # And with it what the suspect did there; but a child of nine is no victim of DA by the definition.
    assert {row["is_da"] for row in tables["offences"] + tables["victims"]} == {True}
    assert [(row["victim_id"], row["is_da"]) for row in tables["victimisations"]] == [("C", False), ("V", True)]


PARALLEL = [
    (ASSAULT | {"da_flag": False}, True, False),
    (ASSAULT | {"da_flag": True}, False, False),
    (ASSAULT | {"da_flag": False, "is_crime": False}, False, False),
    (THEFT | {"da_flag": False}, False, False),
    ({"da_flag": False, "offence": "Breach of a restraining order"}, False, True),
]


def test_da_parallel_crimes_and_breaches(build):
    tables = build(*(row | {"incident_id": f"I{at}"} for at, (row, *_) in enumerate(PARALLEL)))
    found = [(row["da_parallel"], row["non_compliance"]) for row in tables["incidents"]]
    assert found == [(parallel, non_compliance) for _, parallel, non_compliance in PARALLEL]
