"""From when on harm counts as afterwards, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from dapipeline.analysis.course.afterwards import after_outcome, first_risk
from dapipeline.analysis.course.again import gaps_of
from dapipeline.analysis.course.records import Records

END = pd.Timestamp("2020-01-01")
YEAR = 365.25
CHARGED, NO_ACTION, NO_CRIME = "charged or summonsed", "no action, victim does not support", "no crime"


def at(day: float) -> pd.Timestamp:
    return END - pd.Timedelta(days=day)


def records_of(people: list[list[tuple]]) -> Records:
    """Records of each person's incidents: days before the end, severity, grade, outcome, its day before the end."""
    rows = [
        (who, f"I{who}{order}", at(day), order, outcome != NO_CRIME, severity, risk, outcome,
         pd.NaT if settled is None else at(settled))
        for who, own in enumerate(people) for order, (day, severity, risk, outcome, settled) in enumerate(own, start=1)
    ]  # fmt: skip
    names = ["person", "incident_id", "occurred_from", "order", "is_crime", "severity", "risk", "outcome", "outcome_at"]
    incidents = pd.DataFrame(rows, columns=names).astype({"risk": "float64", "severity": "float64"})
    incidents = incidents.assign(
        outcome_at=pd.to_datetime(incidents["outcome_at"]), days=None, age=30.0, intimate=True, type="violence"
    )
    ids = pd.Index([f"P{who}" for who in range(len(people))], name="offender_id")
    return Records(pd.DataFrame({"typology": "x", "group": "A", "first_type": "violence"}, index=ids), incidents, END)


# Three whom the others are compared with, of whom each has harm afterwards.
OTHERS = [
    [(900, gravity, 1, NO_ACTION, None), (100, harm, None, NO_CRIME, None)]
    for gravity, harm in ((1, 1), (30, 2), (9, 6))
]  # 3 on average


def apart(table: pd.DataFrame, value: str) -> dict:
    [line] = table.query("value == @value and model == 'apart'").to_dict("records")
    return line


def test_it_starts_at_the_day_of_the_outcome_of_the_first_crime():
    people = [
        # No crime; the crime, settled 200 days later; before that 20; on and after it 300 and 4000.
        [(1000, 7, None, NO_CRIME, None), (800, 50, None, CHARGED, 600), (700, 20, None, NO_CRIME, None),
         (599, 300, None, NO_CRIME, None), (10, 4000, None, NO_ACTION, None)],
        # The day is not known: it starts with the incident.
        [(500, 11, None, CHARGED, None), (499, 8, None, NO_CRIME, None)],
        [(300, 77, None, CHARGED, 100), (200, 90, None, NO_CRIME, None)],  # nothing after the outcome
        [(300, 50, None, CHARGED, -5), (200, 5, None, NO_CRIME, None)],  # settled after the records end
    ]  # fmt: skip
    line = apart(after_outcome(records_of(people + OTHERS), (CHARGED, NO_ACTION), NO_ACTION, 2, 1), CHARGED)
    assert (line["people"], line["none"]) == (3, 1)
    assert line["harm_mean"] == pytest.approx((4300 + 8 + 0) / 3)
    assert line["years"] == pytest.approx((600 + 500 + 100) / 3 / YEAR)
    assert line["effect"] == pytest.approx(4308 / 3 - 3)


def test_it_starts_at_the_first_graded_incident():
    people = [
        # Not graded; graded high; a day later, which alone counts.
        [(1000, 40, None, NO_CRIME, None), (800, 50, 3, NO_CRIME, None), (799, 6, 1, NO_CRIME, None)],
        [(800.5, 70, None, NO_CRIME, None), (800, 20, 3, NO_CRIME, None)],
        [(900, 9, None, NO_CRIME, None)],  # never graded
    ]
    table = first_risk(records_of(people + OTHERS), 2, 1)
    high, standard = apart(table, "high"), apart(table, "standard")
    assert (high["people"], high["none"], high["harm_mean"]) == (2, 1, 3)
    assert high["years"] == pytest.approx(800 / YEAR)
    assert (standard["people"], standard["none"], standard["harm_mean"]) == (3, 0, 3)
    assert high["effect"] == 0


def test_who_are_too_few_are_counted_and_not_compared():
    people = [[(800, 50, 3, NO_CRIME, None), (799, 6, None, NO_CRIME, None)]]
    table = first_risk(records_of(people + OTHERS), 2, 1)
    assert set(table["model"]) == {"apart", "adjusted"}
    for line in table.query("value == 'high'").to_dict("records"):
        assert (line["people"], line["harm_mean"]) == (1, 6)
        assert line["effect"] != line["effect"]
        assert line["note"] == "fewer than 2 people on one side"


def test_a_value_that_cannot_be_told_from_what_is_allowed_for_has_a_note():
    """All who are graded high start with the same severity, which nobody else has: there is nothing to adjust for."""
    start = [(900, 1, 1, NO_CRIME, None), (100, 4, None, NO_CRIME, None)]
    people = [
        *([start] * 3),
        *([[(800 + day, 50, 3, NO_CRIME, None), (90, day, None, NO_CRIME, None)] for day in (1, 2, 5)]),
    ]
    table = first_risk(records_of(people), 2, 1)
    [line] = table.query("value == 'high' and model == 'adjusted'").to_dict("records")
    assert line["effect"] != line["effect"]
    assert line["note"].startswith("collinear with")


def test_the_day_of_an_outcome_is_counted_where_it_starts_the_clock():
    people = [[(500, 11, None, CHARGED, 400)], [(500, 11, None, CHARGED, None)], [(500, 11, None, CHARGED, 700)]]
    line = apart(after_outcome(records_of(people + OTHERS), (CHARGED, NO_ACTION), NO_ACTION, 2, 1), CHARGED)
    assert (line["people"], line["clock_at_outcome"]) == (3, 1)  # of the third it lies before the incident


def test_nobody_is_followed_beyond_death():
    """One dies at the outcome of the only crime, one later on, and one has an incident after the day that is told."""
    people = [
        [(900, 5, 3, CHARGED, 800)],
        [(900, 5, 3, CHARGED, 800), (700, 9, None, NO_CRIME, None)],
        [(900, 5, 3, CHARGED, None), (300, 9, None, NO_CRIME, None)],
    ]
    told = replace(records_of(people + OTHERS), died=pd.Series([at(800), at(500), at(400)], index=[0, 1, 2]))
    line = apart(after_outcome(told, (CHARGED, NO_ACTION), NO_ACTION, 2, 1), CHARGED)
    assert (line["people"], line["none"]) == (2, 0)
    assert line["years"] == pytest.approx((300 + 600) / 2 / YEAR)
    high = apart(first_risk(told, 2, 1), "high")
    assert high["years"] == pytest.approx((100 + 400 + 600) / 3 / YEAR)
    assert gaps_of(told, None).groupby("person")["day"].last().tolist()[:3] == [100, 200, 0]


def test_a_group_that_is_followed_for_weeks_is_compared_with_others_in_their_first_weeks():
    random = np.random.default_rng(5)
    days = np.concatenate([random.uniform(1, 10 * YEAR, 2000), random.uniform(1, 0.5 * YEAR, 300)])
    outcomes = np.repeat([NO_ACTION, "no suspect"], [2000, 300])
    harm = 100 * (1 - np.exp(-days / YEAR / 0.7)) * random.gamma(4, 0.25, len(days))  # most of it comes early
    people = [
        [(day, random.uniform(1, 50), 1, outcome, None), (day / 2, points, None, NO_CRIME, None)]
        for day, outcome, points in zip(days, outcomes, harm, strict=True)
    ]
    table = after_outcome(records_of(people), (NO_ACTION, "no suspect"), NO_ACTION, 10, 1)
    [adjusted] = table.query("value == 'no suspect' and model == 'adjusted'").to_dict("records")
    assert abs(adjusted["effect"]) < 2 * adjusted["standard_error"]
    straight = sm.add_constant(np.column_stack([outcomes == "no suspect", days / YEAR]).astype(float))
    assert sm.OLS(harm, straight).fit(cov_type="HC3").tvalues[1] < -5  # what a straight line makes of it
