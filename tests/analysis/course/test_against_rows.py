"""Risk grades, outcomes, arrests and what came before, in the sample, against a slow version over its rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import pytest

from ..harm.slow import YEAR
from .slow import BY_PERSON, DAY, GRADES, NAN, check, days, quantile, quartiles, share_of, wilson_or_none

DIMENSIONS = ("all", *BY_PERSON)
LETHAL = {"00200": "attempted murder", "00301": "threat to kill"}  # beside homicides, which are a family


def part(number: int, of: int) -> dict:
    low, high = wilson_or_none(number, of)
    return {"of": of, "share": number / of if of else NAN, "low": low, "high": high}


def named(told: dict, number: str, *without: str) -> dict:
    return {number: told["number"]} | {name: told[name] for name in told if name not in ("number", *without)}


@pytest.fixture(scope="module")
def crimes(sample):
    return sample.course.crimes_in_order()


@pytest.mark.parametrize("dimension", ["all", "type", *BY_PERSON])
def test_risk_grades(sample, dimension):
    course = sample.course
    by_value = defaultdict(list)
    for event in course.all_events():
        by_value[event.type if dimension == "type" else course.value(event.who, dimension)].append(event)
    expected = {}
    for value, events in by_value.items():
        graded = [event for event in events if event.grade is not None]
        for grade in GRADES:
            if graded:
                expected[value, grade] = named(share_of((one.who, one.grade == grade) for one in graded), "incidents")
        expected[value, "not graded"] = named(share_of((one.who, one.grade is None) for one in events), "incidents")
    table = sample.table("risk_grades").query("dimension == @dimension")
    check(table, ["value", "grade"], expected, ("dimension",))


def test_what_a_first_grade_turned_into(sample):
    became = defaultdict(list)
    for events in sample.course.events.values():
        grades = [event.grade for event in events if event.grade is not None]
        if grades:
            rest = grades[1:]
            became[grades[0]].append(
                {"next": rest[0], "highest": max(rest, key=GRADES.index), "last": rest[-1]} if rest else {}
            )
    expected = {}
    for first in GRADES:
        for later in ("next", "highest", "last"):
            for grade in (*GRADES, "no later grade"):
                number = sum(one.get(later, "no later grade") == grade for one in became[first])
                expected[first, later, grade] = {"people": number, **part(number, len(became[first]))}
    check(sample.table("risk_transitions"), ["first_grade", "later", "grade"], expected)


def test_offences_after_a_grade(sample, crimes):
    met = defaultdict(list)
    for crime in crimes:
        if not crime.is_da and crime.study_family is not None:
            before = [one for one in sample.course.events[crime.who] if one.grade is not None and
                      one.start < crime.start]  # fmt: skip
            last = before[-1] if before else None
            met[crime.study_family].append((crime.who, last and last.grade, last and days(last.start, crime.start)))
    assert set(met) == {"sexual", "acquisitive", "violent", "intractability"}
    expected = {}
    for family, lines in met.items():
        for name, grade in (*((grade, grade) for grade in GRADES), ("no grade before", None)):
            since = [wait for _, last, wait in lines if last == grade and grade is not None]
            told = share_of((who, last == grade) for who, last, _ in lines)
            expected[family, name] = named(told, "offences", "people_without") | quartiles(since)
    check(sample.table("offences_after_grade"), ["study_family", "grade"], expected)


def by_outcome(lines: list[tuple], there: set[str], number: str) -> dict:
    """Key, who and outcome of each crime, to every outcome that there is, by key."""
    by_key = defaultdict(list)
    for *key, who, outcome in lines:
        by_key[tuple(key)].append((who, outcome))
    return {
        (*key, outcome): named(share_of((who, met == outcome) for who, met in own), number, "people_without")
        for key, own in by_key.items() for outcome in there
    }  # fmt: skip


@pytest.mark.parametrize("dimension", ["all", "year", "risk_grade", *BY_PERSON])
def test_outcomes(sample, crimes, dimension):
    def value(crime) -> str:
        if dimension == "year":
            return str(crime.known.year)
        return (crime.grade or "not graded") if dimension == "risk_grade" else sample.course.value(crime.who, dimension)

    lines = [("DA" if one.is_da else "other", value(one), one.who, one.outcome) for one in crimes]
    table = sample.table("outcomes").query("dimension == @dimension")
    expected = by_outcome(lines, {one.outcome for one in crimes}, "crimes")
    assert table["complete"].all()  # the window ends with a year
    check(table, ["kind", "value", "outcome"], expected, ("dimension", "complete"))


@pytest.mark.parametrize("dimension", ["all", "repeat", "kind", *BY_PERSON])
def test_breaches(sample, crimes, dimension):
    lines, met = [], {}
    breaches = [crime for crime in crimes if crime.compliance == "breach"]
    for crime in breaches:
        first = met.setdefault(crime.who, crime.incident)
        value = {
            "repeat": f"{'first' if first == crime.incident else 'repeat'} breach",
            "kind": "DA" if crime.is_da else "other"
        }.get(dimension) or sample.course.value(crime.who, dimension)  # fmt: skip
        lines.append((value, crime.who, crime.outcome))
    table = sample.table("breaches").query("dimension == @dimension")
    expected = by_outcome(lines, {one.outcome for one in breaches}, "breaches")
    check(table, ["value", "outcome"], expected, ("dimension",))


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_arrests(sample, dimension):
    course, asked = sample.course, defaultdict(list)
    for who in course.events:
        for kind, own in (("DA", course.da(who)), ("other", course.other(who))):
            for one in own:
                told = [row["arrested"] for row in one.rows if row["arrested"] is not None]
                if told:
                    asked[kind, course.value(who, dimension)].append((who, any(told)))
    expected = {}
    for key, lines in asked.items():
        told = share_of(lines)
        expected[key] = {
            "arrests": told["number"], "incidents": told["of"], "people": told["people"],
            "people_with": told["people_with"], "people_without": told["people_without"],
            "per_100": 100 * told["share"], "low": 100 * told["low"], "high": 100 * told["high"],
        }  # fmt: skip
    check(sample.table("arrests").query("dimension == @dimension"), ["kind", "value"], expected, ("dimension",))


@pytest.mark.parametrize("dimension", ["all", "severity_of_crime", *BY_PERSON])
def test_non_crimes_before_the_first_crime(sample, dimension):
    course, people = sample.course, []
    for who, events in course.events.items():
        at = next((at for at, event in enumerate(events) if event.is_crime), None)
        if at is not None:
            people.append((who, events[:at], events[at]))
    tenth, half = (quantile([crime.severity for *_, crime in people], level) for level in (0.9, 0.5))
    by_value = defaultdict(list)
    for who, before, crime in people:
        value = course.value(who, dimension) if dimension != "severity_of_crime" else "above the 90th percentile" if (
            crime.severity > tenth
        ) else "above the median" if crime.severity > half else "up to the median"  # fmt: skip
        by_value[value].append((before, crime))
    expected = {}
    for value, own in by_value.items():
        for least, name in enumerate(("0", "1", "2", "3 or more")):
            chosen = [(before, crime) for before, crime in own if min(len(before), 3) == least]
            highest = [max((GRADES.index(one.grade) for one in before if one.grade is not None), default=None)
                       for before, _ in chosen]  # fmt: skip
            waits = [days(before[0].start, crime.start) for before, crime in chosen if before]
            expected[value, name] = {
                "dimension": dimension, "people": len(chosen), **part(len(chosen), len(own)), **quartiles(waits),
                "graded": sum(one is not None for one in highest), "medium": highest.count(1),
                "high_graded": highest.count(2),
            }  # fmt: skip
    table = sample.table("non_crimes_before_crime").query("dimension == @dimension")
    check(table, ["value", "non_crimes"], expected)


def lethal(crime) -> str | None:
    return "homicide" if crime.family == "homicide" else LETHAL.get(crime.code)


def test_what_came_before_homicides_and_attempts(sample, crimes):
    told = [(crime, lethal(crime)) for crime in crimes]
    expected = {}
    for what in ("homicide", "attempted murder"):
        events = {}
        for crime, name in told:
            if crime.is_da and name == what:
                events.setdefault(crime.who, crime)
        assert len(events) > 2
        found, last, number = defaultdict(set), defaultdict(list), defaultdict(list)
        for who, crime in events.items():
            own = sample.course.events[who]
            victims = next(event.victims for event in own if event.id == crime.incident)
            before = [event for event in own if event.start < crime.start and event.id != crime.incident]
            recent = [event for event in before if crime.start - event.start <= 2 * YEAR]
            threats = [one for one, name in told if name == "threat to kill" and one.who == who and
                       one.start < crime.start]  # fmt: skip
            asked = {
                "any_da": before, "recent_da": recent, "da_crime": [one for one in before if one.is_crime],
                "graded": [one for one in before if one.grade is not None],
                "graded_high": [one for one in before if one.grade == "high"], "threat": threats,
                "same_victim": [one for one in before if one.victims & victims],
            }  # fmt: skip
            for key, which in asked.items():
                if which:
                    found[key].add(who)
                    last[key].append(days(which[-1].start, crime.start))
                    number[key].append(len(which))
        for key in ("any_da", "recent_da", "da_crime", "graded", "graded_high", "threat", "same_victim"):
            timed = key in ("any_da", "recent_da")
            expected[what, key] = {
                "people": len(found[key]), **part(len(found[key]), len(events)),
                "incidents_median": quantile(number[key], 0.5) if timed else NAN,
                **quartiles(last[key] if timed else []),
            }  # fmt: skip
    check(sample.table("homicides"), ["what", "before"], expected, ("meaning",))


def turned_18_by(course, who: str, age: float, began) -> bool:
    """By the birth date where there is one, else by the age then and the time since."""
    born = min((row["offender_dob"] for one in course.everyone[who] for row in one.rows if row["offender_dob"]),
               default=None)  # fmt: skip
    if born is not None:
        return (course.end.year - born.year, course.end.month, course.end.day) >= (18, born.month, born.day)
    return age + days(began, course.end) / (YEAR / timedelta(seconds=DAY)) >= 18


def test_children_who_abuse_a_parent(sample):
    course, people = sample.course, []
    for who, incidents in course.everyone.items():
        own = [one for one in incidents if "parent" in one.relationships and one.age is not None and one.age < 18]
        if own:
            first = min(own, key=lambda one: one.start)
            followed = turned_18_by(course, who, first.age, first.start)
            later = any(one.is_da and one.intimate and one.start > first.start for one in incidents)
            people.append((first.age, followed, followed and later))
    bands = {("age", "10 to 13"): (10, 14), ("age", "14 to 15"): (14, 16), ("age", "16 to 17"): (16, 18)}
    expected = {}
    for key, (low, high) in ({("all", "all"): (10, 18)} | bands).items():
        own = [(followed, later) for age, followed, later in people if low <= age < high]
        followed, later = sum(one for one, _ in own), sum(one for _, one in own)
        told = part(later, followed)
        del told["of"]
        expected[key] = {"people": len(own), "followed": followed, "later": later, **told}
    check(sample.table("child_to_parent"), ["dimension", "value"], expected)
