"""Escalation in the sample, of people and of pairs, against a slow version over its rows."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import pytest

from .slow import BY_PERSON, NAN, Event, check, days, paired, quartiles, share_of, step_up

DIMENSIONS = ("all", *BY_PERSON)
MEASURES = ("severity", "crime", "high", "days")


@dataclass(frozen=True)
class Step:
    """One incident in the sequence of a person or a pair."""

    event: Event
    order: int
    days: float | None
    first: Event
    first_days: float | None

    def now(self, measure: str) -> float | None:
        return self.days if measure == "days" else measured(self.event, measure)

    def at_first(self, measure: str) -> float | None:
        return self.first_days if measure == "days" else measured(self.first, measure)


def measured(event: Event, measure: str) -> float | None:
    if measure == "severity":
        return event.severity
    if measure == "crime":
        return float(event.is_crime)
    return None if event.grade is None else float(event.grade == "high")


@pytest.fixture(scope="module")
def sequences(sample):
    """Unit to its sequences: who is suspected, and each incident beside the first; the tenth and later are one."""
    own = sample.course.events
    pairs = {
        (who, victim): [event for event in events if victim in event.victims]
        for who, events in own.items() for victim in {name for event in events for name in event.victims}
    }  # fmt: skip
    found = {}
    for unit, sequence in (("person", {(who,): events for who, events in own.items()}), ("pair", pairs)):
        found[unit] = {}
        for key, events in sequence.items():
            waits = [None, *(days(one.start, two.start) for one, two in pairwise(events))]
            between = waits[1] if len(waits) > 1 else None
            found[unit][key] = [
                Step(event, min(at, 10), wait, events[0], between)
                for at, (event, wait) in enumerate(zip(events, waits, strict=True), start=1)
            ]
    return found


def by_value_and_order(sample, sequences, unit, dimension):
    """Value and order to key to the steps of that sequence which have it."""
    found = defaultdict(lambda: defaultdict(list))
    for key, steps in sequences[unit].items():
        value = sample.course.value(key[0], dimension)
        for step in steps:
            found[value, step.order][key].append(step)
    return found


def known_mean(values) -> float:
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known else NAN


def names_of(told: dict, number: str, prefix: str) -> dict:
    return {
        number: told["number"],
        f"{prefix}_people": told["people_with"],
        **{f"{prefix}_{name}": told[name] for name in ("share", "low", "high")},
    }


def test_the_sample_has_sequences_of_more_than_ten(sequences):
    for unit in ("person", "pair"):
        assert max(len(steps) for steps in sequences[unit].values()) > 10


@pytest.mark.parametrize("unit", ["person", "pair"])
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_incidents_by_their_number(sample, sequences, unit, dimension):
    expected = {}
    for (value, order), by_key in by_value_and_order(sample, sequences, unit, dimension).items():
        steps = [step for own in by_key.values() for step in own]
        crimes, first_crimes = (share_of((step.event.who, of(step).is_crime) for step in steps)
                                for of in (lambda step: step.event, lambda step: step.first))  # fmt: skip
        at_first = [step for step in steps if step.first.grade is not None]
        first_high = share_of((step.event.who, step.first.grade == "high") for step in at_first)
        graded = [step for step in steps if step.event.grade is not None]
        high = share_of((step.event.who, step.event.grade == "high") for step in graded)
        expected[value, order] = {
            "unit": unit, "dimension": dimension, "units": len(by_key), "incidents": len(steps),
            **quartiles([step.days for step in steps if step.days is not None]),
            "people": crimes["people"],
            "severity_mean": statistics.fmean(step.event.severity for step in steps),
            **names_of(crimes, "crimes", "crime"), "graded": len(graded), "graded_people": high["people"],
            **names_of(high, "high", "high"), "first_crimes": first_crimes["number"],
            "first_crime_people": first_crimes["people_with"], "first_crime_share": first_crimes["share"],
            "first_graded": len(at_first), "first_high": first_high["number"],
            "first_high_people": first_high["people_with"], "first_high_share": first_high["share"],
            "first_severity_mean": statistics.fmean(step.first.severity for step in steps),
        }  # fmt: skip
    table = sample.table("escalation").query("unit == @unit and dimension == @dimension")
    check(table, ["value", "order"], expected, ("first_days_median",))


@pytest.mark.parametrize("order", ["later", "first"])
def test_days_from_the_first_to_the_second_of_the_same_units(sample, sequences, order):
    """Of those with a second incident or more; beside the first ones themselves there is none."""
    for unit in ("person", "pair"):
        table = sample.table("escalation").query("unit == @unit").set_index(["dimension", "value", "order"])
        for dimension in DIMENSIONS:
            for (value, number), by_key in by_value_and_order(sample, sequences, unit, dimension).items():
                if (number == 1) == (order == "first"):
                    known = [step.first_days for own in by_key.values() for step in own if step.first_days is not None]
                    known = [] if number == 1 else known  # it would be its own later figure
                    middle = statistics.median(known) if known else NAN
                    found = table.at[(dimension, value, number), "first_days_median"]
                    assert found == pytest.approx(middle, nan_ok=True), (unit, dimension, value, number)


def changes_of(sample, sequences, unit, dimension, measure):
    """Value and order to who, and what each unit had at first and has then: of the tenth and later ones its mean."""
    found = {}
    for (value, order), by_key in by_value_and_order(sample, sequences, unit, dimension).items():
        if order < (3 if measure == "days" else 2):
            continue
        both = [(key[0], own[0].at_first(measure), known_mean(step.now(measure) for step in own))
                for key, own in by_key.items()]  # fmt: skip
        both = [(who, first, now) for who, first, now in both if first is not None and now == now]
        if both:
            found[value, order] = both
    return found


@pytest.mark.parametrize("unit", ["person", "pair"])
@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_changes_since_the_first(sample, sequences, unit, measure, dimension):
    expected = {}
    for key, both in changes_of(sample, sequences, unit, dimension, measure).items():
        change, people = [now - first for _, first, now in both], [who for who, _, _ in both]
        enough = len(set(people)) >= 200
        low, high, p = paired(change, people) if enough else (NAN, NAN, NAN)
        expected[key] = {
            "unit": unit, "measure": measure, "dimension": dimension, "units": len(both), "people": len(set(people)),
            "first_mean": statistics.fmean(first for _, first, _ in both),
            "mean": statistics.fmean(now for *_, now in both), "change": statistics.fmean(change),
            "low": low, "high": high, "p": p, "note": "" if enough else "fewer than 200: no interval",
        }  # fmt: skip
    q = step_up({key: line["p"] for key, line in expected.items()})
    expected = {key: line | {"q": q[key]} for key, line in expected.items()}
    table = sample.table("escalation_changes").query(
        "unit == @unit and measure == @measure and dimension == @dimension"
    )
    check(table.assign(note=table["note"].fillna("")), ["value", "order"], expected)


def test_some_changes_have_an_interval_and_some_have_none(sample):
    known = sample.table("escalation_changes")["low"].notna()
    assert known.any()
    assert not known.all()
