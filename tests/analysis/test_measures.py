"""What is DA and the three measures, against counts by hand and against a slow count of random rows."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dapipeline.analysis.measures import COHORT, MEASURES, count_measures
from dapipeline.config import DomesticAbuse
from dapipeline.incidents.scope import cohort_of

EVERYTHING = ["offence_code", "offence", "offender_age", "victim_age", "relationship", "risk_grade", "honour_based"]
NUMBERS = ["incidents", "of_incidents", "people", "of_people"]


@pytest.fixture
def counted(incidents_of):
    def count(*rows, definition=None, present=EVERYTHING):
        definition = definition or DomesticAbuse()
        _, tables = incidents_of(list(rows), definition)
        table = count_measures(tables.incidents, cohort_of(tables.incidents), definition, present)
        return table.set_index("measure")

    return count


def row(offender, incident, **more):
    return {"offender_id": offender, "incident_id": incident} | more


OTHER, NO_CRIME = {"da_flag": False}, {"is_crime": False}
CHILD = {"victim_id": "C", "victim_age": 9.0}
ADULT = {"victim_id": "V", "victim_age": 30.0}
# A is of the cohort with five incidents, B with two. D has a pub fight, E a flagged incident with a child: neither is.
BY_HAND = [
    row("A", "1", offender_age=30.0, offence_code="10501", risk_grade="high", **ADULT),
    row("A", "2", offender_age=30.0, risk_grade="high", **ADULT, **NO_CRIME),
    row("A", "3", offender_age=30.0, **ADULT, **NO_CRIME),
    row("A", "4", offender_age=31.0, offence_code="10501", **CHILD, **OTHER),
    row("A", "5", offender_age=31.0, offence="Breach of bail", **OTHER),
    row("B", "6", risk_grade="medium", **ADULT, **NO_CRIME),
    row("B", "7", offender_age=40.0, offence="Vulnerable adult", **OTHER, **NO_CRIME),
    row("B", "7", offender_age=40.0, offence="Assault on a constable", **OTHER),
    row("D", "8", offender_age=25.0, offence_code="10501", victim_id="W", victim_age=25.0, **OTHER),
    row("E", "9", offender_age=35.0, offence_code="10501", relationship="child", **CHILD),
]
COUNTED = {  # incidents, of how many, people, of how many
    "flagged": (5, 9, 3, 4), "below_age": (1, 9, 1, 4), "da": (4, 9, 2, 4),
    "da_of_unknown_age": (1, 9, 1, 4), "da_of_implausible_age": (0, 9, 0, 4),
    "perpetrators": (4, 7, 2, 2), "offenders": (1, 4, 1, 2),
    "da_parallel": (2, 3, 2, 2), "child_abuse": (1, 3, 1, 2), "vulnerable_adult_abuse": (1, 3, 1, 2),
    "child_to_parent": (0, 3, 0, 2),
    "non_compliance": (2, 7, 2, 2), "breach": (1, 7, 1, 2), "police_assault": (1, 7, 1, 2), "witness": (0, 7, 0, 2),
    "dangerous_driving": (0, 7, 0, 2), "criminal_damage": (0, 7, 0, 2), "non_compliance_outside_da": (2, 3, 2, 2),
    "high_risk_non_crime": (1, 3, 1, 2), "high_risk_of_graded": (1, 2, 1, 2), "medium_risk_non_crime": (1, 3, 1, 2),
}  # fmt: skip


def test_counted_by_hand(counted):
    found = counted(*BY_HAND)
    assert {name: tuple(line) for name, line in zip(found.index, found[NUMBERS].to_numpy(), strict=True)} == COUNTED
    assert found.loc["high_risk_non_crime", "share"] == pytest.approx(1 / 3)


def test_other_marks_are_counted_where_the_config_counts_them(counted):
    marked = [row("A", "1", honour_based=True, **OTHER), row("A", "2")]
    found = counted(*marked, definition=DomesticAbuse(include=["honour_based"]))
    assert tuple(found.loc["marked_otherwise", NUMBERS]) == (1, 2, 1, 1)
    assert "marked_otherwise" not in counted(*marked).index
    lacking = counted(*marked, definition=DomesticAbuse(include=["honour_based", "fgm"])).loc["marked_otherwise"]
    assert lacking["missing_columns"] == "fgm" and pd.isna(lacking["incidents"])


def test_where_the_flag_decides_nothing_is_asked_of_ages(counted):
    found = counted(row("E", "9", offender_age=35.0, **CHILD), definition=DomesticAbuse(minimum_age=None))
    assert tuple(found.loc["da", NUMBERS]) == (1, 1, 1, 1)
    assert not {"below_age", "da_of_unknown_age", "da_of_implausible_age"} & set(found.index)


def test_what_a_missing_column_makes_impossible_is_named_with_it(counted):
    found = counted(*BY_HAND, present=["offence", "victim_age"])
    lacking = found["missing_columns"]
    assert lacking["child_to_parent"] == "offender_dob or offender_age; relationship"
    assert lacking["high_risk_non_crime"] == "risk_grade"
    assert lacking["da_parallel"] == lacking["below_age"] == ""
    assert found.loc[lacking != "", NUMBERS].isna().all(axis=None)
    assert found.loc[lacking == "", NUMBERS].notna().all(axis=None)


def test_every_measure_has_a_definition_and_a_source():
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)
    for measure in MEASURES:
        assert measure.definition.endswith(".") and len(measure.definition) > 20
        assert measure.source


# A slow version of its own: what a title is, is written down here, and counted in plain Python.

TITLES = {  # family or kind, whom it is against, compliance
    "Common assault": ("violence", None, None),
    "Rape of a female child under 13": ("sexual", "child", None),
    "Shoplifting": ("acquisitive", None, None),
    "Criminal damage": ("criminal_damage", None, "criminal_damage"),
    "Breach of non-molestation order": ("breach", None, "breach"),
    "Dangerous driving": ("motoring", None, "dangerous_driving"),
    "Intimidating a witness": ("breach", None, "witness"),
}
NON_CRIMES = {
    "Domestic incident": ("home", None), "Child protection": ("child_vulnerable", "child"),
    "Vulnerable adult": ("child_vulnerable", "vulnerable_adult"), "Missing person": ("non_crime", None),
    None: ("home", None),
}  # fmt: skip
ROWS = st.fixed_dictionaries(
    {
        "offender_id": st.sampled_from("AB"),
        "incident_id": st.sampled_from("1234"),
        "offender_age": st.sampled_from([None, 9.5, 12.0, 16.0, 17.0, 40.0]),
        "victim_id": st.sampled_from([None, "V"]),
        "victim_age": st.sampled_from([None, 9.0, 15.0, 17.0, 40.0]),
        "relationship": st.sampled_from([None, "partner", "parent", "sibling", "stranger"]),
        "da_flag": st.booleans(),
        "risk_grade": st.sampled_from([None, "medium", "high"]),
    }
).flatmap(
    lambda said: st.one_of(
        st.sampled_from(sorted(TITLES)).map(lambda title: said | {"offence": title, "is_crime": True}),
        st.sampled_from(list(NON_CRIMES)).map(lambda title: said | {"offence": title, "is_crime": False}),
    )
)
PARENTAL = {"violence", "sexual", "criminal_damage", "child_vulnerable", "home"}


def slowly(rows):
    """Count incidents and people by measure, in the cohort for those that are of it."""
    incidents = {}
    for line in filled(rows):
        incidents.setdefault((line["offender_id"], line["incident_id"]), []).append(line)
    found = {key: judge(lines) for key, lines in incidents.items()}
    cohort = {person for (person, _), marks in found.items() if "da" in marks}
    counts = {}
    for measure in MEASURES:
        theirs = {key: marks for key, marks in found.items() if measure.whose != COHORT or key[0] in cohort}
        holding = {key for key, marks in theirs.items() if measure.name in marks}
        counts[measure.name] = (len(holding), len({person for person, _ in holding}))
    return counts


def filled(rows):
    """What one row of an incident knows of somebody's age holds for the others; a victim without an id is nobody."""
    known = {}
    for line in rows:
        for who in ("offender", "victim"):
            if line[f"{who}_age"] is not None:
                known.setdefault((who, line[f"{who}_id"], line["incident_id"]), []).append(line[f"{who}_age"])
    return [
        line
        | {
            f"{who}_age": min(known.get((who, line[f"{who}_id"], line["incident_id"]), [None]))
            for who in ("offender", "victim")
            if line[f"{who}_age"] is None and line[f"{who}_id"]
        }
        for line in rows
    ]


def judge(lines):
    marks = set()
    age = min((line["offender_age"] for line in lines if line["offender_age"] is not None), default=None)
    flagged = any(line["da_flag"] for line in lines)
    old_enough = [
        all(years is None or years >= 16 for years in (line["offender_age"], line["victim_age"])) for line in lines
    ]
    domestic = any(line["da_flag"] and fits for line, fits in zip(lines, old_enough, strict=True))
    crime = any(line["is_crime"] for line in lines)
    marks |= {"flagged"} if flagged else set()
    marks |= {"da", "perpetrators"} if domestic else {"below_age"} if flagged else set()
    marks |= {"offenders"} if domestic and crime else set()
    grades = {line["risk_grade"] for line in lines}
    if domestic and not crime:
        marks |= {"high_risk_non_crime", "high_risk_of_graded"} if "high" in grades else set()
        marks |= {"medium_risk_non_crime"} if "medium" in grades and "high" not in grades else set()
    for line in lines:
        family, against, compliance = told(line)
        young = line["victim_age"] is not None and line["victim_age"] < 18
        peers = age is not None and age < 18 and line["relationship"] not in ("partner", "parent", "sibling")
        peers = peers and young and line["victim_age"] >= 13
        abuse = set()
        if against == "child" or (young and family in ("violence", "sexual") and not peers):
            abuse.add("child_abuse")
        if against == "vulnerable_adult":
            abuse.add("vulnerable_adult_abuse")
        if age is not None and 10 <= age <= 16 and line["relationship"] == "parent" and family in PARENTAL:
            abuse.add("child_to_parent")
        marks |= set() if domestic or not abuse else abuse | {"da_parallel"}
        history = domestic or not flagged
        marks |= {compliance, "non_compliance"} if compliance and history else set()
        marks |= {"non_compliance_outside_da"} if compliance and history and not domestic else set()
    unknown = any(
        line["offender_age"] is None
        or (line["victim_age"] is None and (line["victim_id"] or line["relationship"])) for line in lines
    )  # fmt: skip
    return marks | ({"da_of_unknown_age"} if domestic and unknown else set())


def told(line):
    if line["is_crime"]:
        family, against, compliance = TITLES[line["offence"]]
        young = line["victim_age"] is not None and line["victim_age"] < 18
        return family, against or ("child" if family == "sexual" and young else None), compliance
    return (*NON_CRIMES[line["offence"]], None)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.lists(ROWS, min_size=1, max_size=24))
def test_the_slow_count_agrees(counted, rows):
    found = counted(*rows)
    expected = slowly(rows)
    shown = {name: tuple(found.loc[name, ["incidents", "people"]]) for name in found.index}
    assert shown == {name: expected[name] for name in shown}
    assert isinstance(found, pd.DataFrame)


def test_an_incident_of_two_suspects_counts_for_each(counted):
    found = counted(row("A", "1"), row("B", "1"), row("B", "2", occurred_from=datetime(2016, 1, 1)))
    assert tuple(found.loc["da", NUMBERS]) == (3, 3, 2, 2)
