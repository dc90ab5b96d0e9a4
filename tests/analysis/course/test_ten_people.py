"""Ten people counted on paper: the next DA incident after the first and after any, and against whom."""

from __future__ import annotations

import math
from fractions import Fraction as F

import pandas as pd
import pytest

from dapipeline.analysis.course.again import gaps_of, reoffending
from dapipeline.analysis.course.records import Records

END = pd.Timestamp("2018-01-01")
Z = 1.959963984540054
SAME, NEW, UNKNOWN = "same victim", "new victim", "victim not known"

# Days of follow-up after the first incident, then the next one: days after the first, and its victims. The victim of
# the first is V. It begins on day 1 where it comes within 24 hours, on day 30 after 29 and a half days, and so on.
TEN = [
    (1000, 10 / 24, {"V"}),  # day 1, same
    (1000, 29.5, {"W"}),  # day 30, new
    (1000, 60.2, {"V", "W"}),  # day 61, same
    (45, None, None),  # nothing in 45 days
    (80, None, None),
    (1000, 89 + 23 / 24, set()),  # day 90, not known
    (100, None, None),
    (1000, 120.5, {"W"}),  # day 121, new
    (1000, 364.5, {"V"}),  # day 365, same
    (400, None, None),
]


def cohort(people: list[tuple]) -> tuple[Records, pd.DataFrame]:
    """The records of people with one or two incidents; the first five have typology x, the others y."""
    incidents, victims = [], []
    for person, (followed, wait, named) in enumerate(people):
        moments = [(END - pd.Timedelta(days=followed), {"V"})]
        if wait is not None:
            moments.append((moments[0][0] + pd.Timedelta(days=wait), named))
        for order, (moment, of_one) in enumerate(moments, start=1):
            incident = f"I{person}{order}"
            incidents.append((person, incident, moment, order))
            victims += [(person, incident, name) for name in sorted(of_one)]
    table = pd.DataFrame(incidents, columns=["person", "incident_id", "occurred_from", "order"])
    table = table.assign(
        days=None, is_crime=False, severity=0.0, risk=float("nan"), age=30.0, intimate=True, type="non_crime",
        outcome="no crime", outcome_at=pd.NaT,
    )  # fmt: skip
    ids = pd.Index([f"P{person}" for person in range(len(people))], name="offender_id")
    typology = ["x" if person < 5 else "y" for person in range(len(people))]
    described = pd.DataFrame({"typology": typology, "group": "A", "first_type": "non_crime"}, index=ids)
    return Records(described, table, END), pd.DataFrame(victims, columns=["person", "incident_id", "victim_id"])


def told(people: list[tuple]) -> pd.DataFrame:
    records, victims = cohort(people)
    return reoffending(records, gaps_of(records, victims), seed=1)


@pytest.fixture(scope="module")
def table():
    return told(TEN).set_index(["start", "victim", "dimension", "value", "within_days"]).sort_index()


# Day          1      30     61     90     121    365
# At risk      10     9      7      5      3      2      (day 45 takes one away, 80 another, 100 another)
# Left         9/10   8/10   24/35  96/175 64/175 32/175
@pytest.mark.parametrize(
    ("within", "again", "at_risk", "share"),
    [(90, 4, 5, F(79, 175)), (182, 5, 2, F(111, 175)), (365, 6, 2, F(143, 175))],
)
def test_anybody(table, within, again, at_risk, share):
    line = table.loc["first", "any victim", "all", "all", within]
    assert (line["people"], line["incidents"], line["again"], line["at_risk"]) == (10, 10, again, at_risk)
    assert line["share"] == pytest.approx(float(share))


# Same victim: day 1 1/10, day 61 8/10 * 1/7 = 4/35, day 365 64/175 * 1/2 = 32/175.
# New victim: day 30 9/10 * 1/9 = 1/10, day 121 96/175 * 1/3 = 32/175. Not known: day 90 24/35 * 1/5 = 24/175.
# Added up at 90 days 75/350 + 35/350 + 48/350 = 158/350, which is the 79/175 above.
@pytest.mark.parametrize(
    ("victim", "within", "again", "share"),
    [
        (SAME, 90, 2, F(3, 14)), (SAME, 182, 2, F(3, 14)), (SAME, 365, 3, F(139, 350)),
        (NEW, 90, 1, F(1, 10)), (NEW, 182, 2, F(99, 350)), (NEW, 365, 2, F(99, 350)),
        (UNKNOWN, 90, 1, F(24, 175)), (UNKNOWN, 182, 1, F(24, 175)), (UNKNOWN, 365, 1, F(24, 175)),
    ],
)  # fmt: skip
def test_victims(table, victim, within, again, share):
    line = table.loc["first", victim, "all", "all", within]
    assert line["again"] == again
    assert line["share"] == pytest.approx(float(share))


# Of x days 1, 30, 45 without, 61, 80 without: nobody is followed for 90 days.
# Of y days 90, 100 without, 121, 365, 400 without: left 4/5, 4/5 * 2/3 = 8/15, 8/15 * 1/2 = 4/15.
def test_values_stand_apart(table):
    x = table.loc["first", "any victim", "typology", "x"]
    assert x["again"].tolist() == [3, 3, 3]
    assert x["at_risk"].tolist() == [0, 0, 0]
    assert x[["share", "low", "high"]].isna().all(axis=None)
    y = table.loc["first", "any victim", "typology", "y"]
    assert y["again"].tolist() == [1, 2, 3]
    assert y["at_risk"].tolist() == [5, 2, 2]
    assert y["share"].tolist() == pytest.approx([1 / 5, 7 / 15, 11 / 15])


# The six next ones are followed for more than a year themselves, so that 16 run:
# Day          1      30     61                    90             121           365
# At risk      16     15     13                    11             9             8
# Left         15/16  14/16  14/16 * 12/13 = 21/26 * 10/11 = 105/143  * 8/9 = 280/429  * 7/8 = 245/429
def test_after_any(table):
    lines = table.loc["any", "any victim", "all", "all"]
    assert lines["people"].tolist() == [10, 10, 10]
    assert lines["incidents"].tolist() == [16, 16, 16]
    assert lines["again"].tolist() == [4, 5, 6]
    assert lines["at_risk"].tolist() == [11, 8, 8]
    assert lines["share"].tolist() == pytest.approx([38 / 143, 149 / 429, 184 / 429])


# Greenwood until day 90: 1/(10*9) + 1/(9*8) + 1/(7*6) + 1/(5*4) = (28 + 35 + 60 + 126) / 2520 = 83/840, which is the
# variance of log(left); that of log(-log(left)) is it by the square of log(96/175).
def test_the_interval_of_anybody(table):
    line = table.loc["first", "any victim", "all", "all", 90]
    spread = math.sqrt(83 / 840) / -math.log(96 / 175)
    assert line["low"] == pytest.approx(1 - (96 / 175) ** math.exp(-Z * spread))
    assert line["high"] == pytest.approx(1 - (96 / 175) ** math.exp(Z * spread))


# Not known, until day 90: all of it comes on that day. With f = 24/175 = 24/35 * 1/5, before it
# f^2 (1/90 + 1/72 + 1/42) = f^2 * 41/840, on it (24/35)^2 * 1 * 4 / 5^3 = f^2 * 25 * 4/125 = f^2 * 672/840.
def test_the_interval_of_a_victim(table):
    line = table.loc["first", UNKNOWN, "all", "all", 90]
    spread = 24 / 175 * math.sqrt(713 / 840) / (151 / 175 * -math.log(151 / 175))
    assert line["low"] == pytest.approx(1 - (151 / 175) ** math.exp(-Z * spread))
    assert line["high"] == pytest.approx(1 - (151 / 175) ** math.exp(Z * spread))


@pytest.mark.parametrize(("wait", "share"), [(89.5, 1), (None, 0)])
def test_all_and_none_have_no_interval(wait, share):
    table = told([(1000, wait, {"V"})] * 10)
    [line] = table.query(
        "start == 'first' and victim == 'any victim' and dimension == 'all' and within_days == 90"
    ).to_dict("records")
    assert (line["at_risk"], line["again"], line["share"]) == (10, 10 * share, share)
    assert math.isnan(line["low"])
    assert math.isnan(line["high"])


@pytest.mark.parametrize(("hours", "day"), [(0, 1), (23.9, 1), (24, 2), (89 * 24, 90), (90 * 24 - 1, 90)])
def test_the_first_24_hours_are_day_1(hours, day):
    gaps = gaps_of(*cohort([(1000, hours / 24, {"V"})]))
    assert gaps.loc[gaps["order"] == 1, ["day", "again"]].to_numpy().tolist() == [[day, True]]


@pytest.mark.parametrize(("followed", "days"), [(0.9, [0]), (1.0, [1]), (89.9, [89]), (90.0, [90])])
def test_without_a_next_one_whole_days_count(followed, days):
    gaps = gaps_of(*cohort([(followed, None, None)]))
    assert gaps["day"].tolist() == days
    assert not gaps["again"].any()


def test_what_comes_on_the_last_day_is_not_counted():
    """Else a part of a day would count where something came, and not where nothing did."""
    gaps = gaps_of(*cohort([(0.9, 0.2, {"V"}), (20.5, 20.2, {"V"}), (1000, None, None)]))
    assert gaps["person"].tolist() == [0, 0, 1, 1, 2]
    assert gaps["day"].tolist() == [0, 0, 20, 0, 1000]
    assert not gaps["again"].any()
