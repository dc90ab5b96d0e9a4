"""The counting rules, on rows made by hand: what is one incident, one offence, one victim, and how severe it was."""

from __future__ import annotations

import json
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
    tables = build({"is_crime": False}, ASSAULT | {"incident_id": "I2"})
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
    ages = {date(1990, 6, 15): 25, date(1990, 6, 16): 24, date(1992, 2, 29): 23, date(2005, 6, 15): 10}
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


def state(row):
    """Whether an incident is DA, below the age, or neither."""
    assert not (row["is_da"] and row["below_age"])
    return "da" if row["is_da"] else "below" if row["below_age"] else "other"


CHANGED = '[{"from": "2013-03-31", "age": 16}, {"from": "2011-01-01", "age": 18}]'  # in any order
BEFORE, AFTER = datetime(2013, 3, 30, 23, 59), datetime(2013, 3, 31)
STATES = {  # the setting as it may be written
    "null": [
        ({"offender_age": 12.0}, "da"),
        ({"victim_age": 3.0}, "da"),
        ({"da_flag": False}, "other"),
    ],
    "0": [({"victim_age": 0.0}, "da")],
    "16": [
        ({"offender_age": 15.0}, "below"),
        ({"victim_age": 9.0, "offender_age": 40.0}, "below"),
        ({"da_flag": False, "victim_age": 9.0}, "other"),
        ({"offender_age": None}, "da"),
    ],
    CHANGED: [
        ({"occurred_from": BEFORE, "victim_age": 17.0}, "below"),
        ({"occurred_from": AFTER, "victim_age": 17.0}, "da"),
        ({"occurred_from": AFTER, "victim_age": 15.0}, "below"),
        ({"occurred_from": datetime(2009, 1, 1), "victim_age": 17.0}, "below"),  # the first age, for earlier days too
    ],
    '[{"from": "2011-01-01", "age": 17}]': [({"offender_age": 16.0}, "below"), ({"offender_age": 17.0}, "da")],
}


@pytest.mark.parametrize("minimum_age", STATES)
def test_what_is_flagged_below_the_age_is_neither_da_nor_other(build, minimum_age):
    cases = STATES[minimum_age]
    definition = DomesticAbuse(minimum_age=json.loads(minimum_age))
    said = [row | {"incident_id": f"I{at:02}", "victim_id": "V"} for at, (row, _) in enumerate(cases)]
    tables = build(*said, definition=definition)
    assert [state(row) for row in tables["incidents"]] == [expected for _, expected in cases]
    for name in ("offences", "victims"):
        assert [state(row) for row in tables[name]] == [expected for _, expected in cases]
    assert [state(row) for row in tables["victimisations"]] == [expected for _, expected in cases]


UNKNOWN = [
    ({"offender_age": 30.0, "victim_id": "V", "victim_age": 30.0}, False),
    ({"offender_age": 30.0}, False),  # nobody is recorded as the victim
    ({"victim_id": "V", "victim_age": 30.0}, True),
    ({"offender_age": 30.0, "victim_sex": "F"}, True),
    ({"offender_age": 30.0, "relationship": "partner"}, True),
    ({"offender_dob": date(2008, 1, 1)}, True),  # a suspect of seven: a date that cannot be right
]


def test_whose_age_is_not_known(build):
    tables = build(*(row | {"incident_id": f"I{at}", "offender_id": f"P{at}"} for at, (row, _) in enumerate(UNKNOWN)))
    assert [row["unknown_age"] for row in tables["incidents"]] == [unknown for _, unknown in UNKNOWN]
    assert all(row["is_da"] for row in tables["incidents"])


def test_an_age_that_one_row_of_an_incident_knows_holds_for_the_others(build):
    tables = build(ASSAULT | {"offender_age": 14.0}, ASSAULT | {"offender_age": None, "victim_id": "V"})
    assert state(the(tables["incidents"])) == "below"
    assert not the(tables["incidents"])["is_da"]


def test_an_implausible_age_does_not_come_back_from_another_row(build):
    born = {"offender_dob": date(2008, 1, 1)}
    tables = build(ASSAULT, ASSAULT | born | {"incident_id": "I2", "occurred_from": datetime(2019, 1, 1)})
    assert [row["offender_age"] for row in tables["incidents"]] == [None, 11]
    assert [state(row) for row in tables["incidents"]] == ["da", "below"]


# The measures of the recommendations, each history counted by hand

OUTSIDE, NON_CRIME = {"da_flag": False}, {"da_flag": False, "is_crime": False}
ADULT, CHILD = {"victim_id": "V", "victim_age": 30.0}, {"victim_id": "C", "victim_age": 9.0}
PARALLEL = {
    "a pub fight": (OUTSIDE | ASSAULT | ADULT | {"relationship": "stranger"}, ""),
    "shoplifting": (OUTSIDE | THEFT, ""),
    "assault on a child of nine": (OUTSIDE | ASSAULT | CHILD | {"offender_age": 40.0}, "child_abuse"),
    "the same, of a suspect of unknown age": (OUTSIDE | ASSAULT | CHILD, "child_abuse"),
    "two boys of fourteen fight": (OUTSIDE | ASSAULT | CHILD | {"victim_age": 14.0, "offender_age": 14.0}, ""),
    "a boy of fourteen hits his brother": (
        OUTSIDE | ASSAULT | CHILD | {"offender_age": 14.0, "relationship": "sibling"}, "child_abuse"
    ),
    "a boy of sixteen assaults a stranger of five": (
        OUTSIDE | {"offence_code": "02005"} | CHILD | {"victim_age": 5.0, "offender_age": 16.0}, "child_abuse"
    ),
    "self-neglect, which is an adult's": (NON_CRIME | {"offence": "Self neglect"}, "vulnerable_adult_abuse"),
    "assault on an elderly resident of a care home": (
        OUTSIDE | {"offence": "Assault on elderly resident at care home"}, "vulnerable_adult_abuse"
    ),
    "assault on a girlfriend": (OUTSIDE | {"offence": "Assault on girlfriend"} | ADULT, ""),
    "a bicycle stolen from a child": (OUTSIDE | THEFT | CHILD, ""),
    "rape of a girl under 13, her age not recorded": (OUTSIDE | {"offence_code": "01916"}, "child_abuse"),
    "rape of a woman": (OUTSIDE | {"offence_code": "01908"} | ADULT, ""),
    "a child-abuse non-crime": (NON_CRIME | {"offence": "Child abuse - no crime"}, "child_abuse"),
    "a non-crime that the config maps": (NON_CRIME | {"offence_family": "child_vulnerable"}, "child_abuse"),
    "a missing child": (NON_CRIME | {"offence": "Missing child"} | CHILD, ""),
    "a vulnerable adult": (NON_CRIME | {"offence": "Vulnerable adult"}, "vulnerable_adult_abuse"),
    "ill-treatment in care": (OUTSIDE | {"offence_code": "09806"}, "vulnerable_adult_abuse"),
    "hits a parent at 12": (
        OUTSIDE | ASSAULT | ADULT | {"offender_age": 12.0, "relationship": "parent"}, "child_to_parent"
    ),
    "hits a parent at 16, not flagged": (
        OUTSIDE | ASSAULT | ADULT | {"offender_age": 16.0, "relationship": "parent"}, "child_to_parent"
    ),
    "hits a parent at 17, not flagged": (
        OUTSIDE | ASSAULT | ADULT | {"offender_age": 17.0, "relationship": "parent"}, ""
    ),
    "hits a parent at 12, flagged": (
        ASSAULT | ADULT | {"offender_age": 12.0, "relationship": "parent"}, "child_to_parent"
    ),
    "a domestic non-crime against a parent at 13": (
        NON_CRIME | ADULT | {"offender_age": 13.0, "relationship": "parent", "offence": "Domestic incident"},
        "child_to_parent",
    ),
    "steals from a parent at 13": (
        OUTSIDE | THEFT | ADULT | {"offender_age": 13.0, "relationship": "parent"}, ""
    ),
    "a stepfather flagged with a child of nine": (
        ASSAULT | CHILD | {"offender_age": 40.0, "relationship": "child"}, "child_abuse"
    ),
}  # fmt: skip
KINDS = ("child_abuse", "vulnerable_adult_abuse", "child_to_parent")


@pytest.mark.parametrize("case", PARALLEL)
def test_what_is_da_parallel(build, case):
    said, expected = PARALLEL[case]
    incident = the(build(said)["incidents"])
    assert [kind for kind in KINDS if incident[kind]] == [expected] * bool(expected)
    assert incident["da_parallel"] is bool(expected)


def test_no_da_incident_is_da_parallel(build):
    incident = the(build(ASSAULT | ADULT, ASSAULT | CHILD | {"offender_age": 40.0})["incidents"])
    assert (incident["is_da"], incident["child_abuse"], incident["da_parallel"]) == (True, True, False)


COMPLIANCE = {
    "Breach of a restraining order": ("breach", "breach"),
    "Breach of bail conditions": ("breach", "breach"),
    "Recalled to prison on licence": ("breach", "breach"),
    "Assault on a constable": ("police_assault", "violence"),
    "Dangerous driving": ("dangerous_driving", "motoring"),
    "Driving without insurance": ("", "motoring"),
    "Intimidating a witness": ("witness", "breach"),
    "Criminal damage to a vehicle": ("criminal_damage", "criminal_damage"),
    "Perverting the course of justice": ("", "breach"),
    "Common assault": ("", "violence"),
}
SIGNS = ("breach", "police_assault", "witness", "dangerous_driving", "criminal_damage")


@pytest.mark.parametrize("title", COMPLIANCE)
@pytest.mark.parametrize("side", [True, False])
def test_what_is_non_compliance(build, title, side):
    sign, family = COMPLIANCE[title]
    tables = build({"da_flag": side, "offence": title})
    incident = the(tables["incidents"])
    assert the(tables["offences"])["family"] == family
    assert [name for name in SIGNS if incident[name]] == [sign] * bool(sign)
    assert incident["non_compliance"] is bool(sign)


def test_a_high_risk_non_crime_is_da_without_a_crime_and_graded_high(build):
    cases = [
        ({"is_crime": False, "risk_grade": "high"}, True),
        ({"is_crime": False, "risk_grade": "medium"}, False),
        ({"is_crime": False, "risk_grade": None}, False),
        ({"is_crime": True, "risk_grade": "high"}, False),
        ({"is_crime": False, "risk_grade": "high", "da_flag": False}, False),
    ]
    tables = build(*(row | {"incident_id": f"I{at}"} for at, (row, _) in enumerate(cases)))
    assert [row["high_risk_non_crime"] for row in tables["incidents"]] == [expected for _, expected in cases]


def test_an_offence_against_a_child_is_so_by_any_of_its_victims(build):
    assault = {"offence_code": "02005", "offence_id": "F1", "da_flag": False}
    tables = build(assault | ADULT, assault | CHILD)
    offence = the(tables["offences"])
    assert (offence["family"], offence["against"]) == ("sexual", "child")
    assert the(tables["incidents"])["child_or_vulnerable"]
