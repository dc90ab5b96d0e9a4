"""How soon again, in the sample: Kaplan and Meier, and Aalen and Johansen, in plain loops over its rows."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
import pytest

from dapipeline.analysis.course.kernels import resampled_survival

from .slow import BY_PERSON, NAN, Z, check, days

DIMENSIONS = ("all", *BY_PERSON, "risk_grade", "outcome")
WITHIN = (90, 182, 365)
VICTIMS = ("same victim", "new victim", "victim not known")


@pytest.fixture(scope="module")
def gaps(sample):
    """Every DA incident: the day, whether there is a next one on a day that is followed whole, and its victim."""
    course, found = sample.course, []
    for who, events in course.events.items():
        for at, event in enumerate(events):
            following = events[at + 1] if at + 1 < len(events) else None
            day, met = max(math.floor(days(event.start, course.end)), 0), None
            if following and math.floor(days(event.start, following.start)) + 1 <= day:
                day = math.floor(days(event.start, following.start)) + 1
                named = event.victims and following.victims
                met = VICTIMS[2] if not named else VICTIMS[0 if event.victims & following.victims else 1]
            values = {name: course.value(who, name) for name in ("all", *BY_PERSON)}
            values |= {"risk_grade": event.grade or "not graded", "outcome": event.outcome}
            found.append({"who": who, "first": at == 0, "day": day, "met": met, "values": values})
    return found


def left_after(rows: list[dict], within: int) -> tuple[float, float]:
    """The share without a next one until a day, and its error by Greenwood's formula."""
    left, parts = 1.0, 0.0
    for day in sorted({row["day"] for row in rows if row["met"] and row["day"] <= within}):
        at_risk = sum(row["day"] >= day for row in rows)
        again = sum(row["day"] == day and row["met"] is not None for row in rows)
        left *= 1 - again / at_risk
        parts += again / (at_risk * (at_risk - again)) if at_risk > again else math.inf
    return left, (left * math.sqrt(parts) if left else NAN)


def met_until(rows: list[dict], victim: str, within: int) -> tuple[float, float]:
    """The share with a next one against that victim first, and its error.

    The error is that of Marubini and Valsecchi (1995): with F the share, S what is left before a day, d of n with any
    next one on that day and e against that victim, the sum over days of
    (F - F_day)^2 d / (n (n - d)) + S^2 e (n - e) / n^3 - 2 (F - F_day) S e / n^2.
    """
    left, share, steps = 1.0, 0.0, []
    for day in sorted({row["day"] for row in rows if row["met"] and row["day"] <= within}):
        n = sum(row["day"] >= day for row in rows)
        d = sum(row["day"] == day and row["met"] is not None for row in rows)
        e = sum(row["day"] == day and row["met"] == victim for row in rows)
        share += left * e / n
        steps.append((share, left, n, d, e))
        left *= 1 - d / n
    variance = 0.0
    for then, before, n, d, e in steps:
        since = share - then
        variance += since**2 * d / (n * (n - d)) if since else 0.0
        variance += before**2 * e * (n - e) / n**3 - 2 * since * before * e / n**2
    return share, math.sqrt(max(variance, 0.0))


def around(share: float, error: float) -> tuple[float, float]:
    """An interval of 95% on the scale of log(-log), where neither all nor none have a next one."""
    if not 0 < share < 1:
        return NAN, NAN
    left = 1 - share
    spread = error / (left * abs(math.log(left)))
    return 1 - left ** math.exp(-Z * spread), 1 - left ** math.exp(Z * spread)


def line_of(rows: list[dict], victim: str, within: int) -> dict:
    anybody = victim == "any victim"
    shorter = max((other for other in WITHIN if other < within), default=0)
    came = [row for row in rows if row["day"] <= within and
            (row["met"] is not None if anybody else row["met"] == victim)]  # fmt: skip
    return {
        "people": len({row["who"] for row in rows}), "incidents": len(rows),
        "at_risk": sum(row["day"] >= within for row in rows), "again": len(came),
        "people_again": len({row["who"] for row in came}),
        "people_since": len({row["who"] for row in came if row["day"] > shorter}),
        "people_not_again": len({row["who"] for row in rows if not any(row is other for other in came)}),
        "clock": "from the start of the incident",
    }  # fmt: skip


def by_value(gaps: list[dict], dimension: str) -> dict[str, list[dict]]:
    found = defaultdict(list)
    for row in gaps:
        found[row["values"][dimension]].append(row)
    return found


def after_the_first(gaps: list[dict], dimension: str) -> dict[tuple, dict]:
    """Victim, value and days to what is expected of them."""
    found = {}
    for value, rows in by_value([row for row in gaps if row["first"]], dimension).items():
        for within in WITHIN:
            for victim in ("any victim", *VICTIMS):
                if victim == "any victim":
                    left, error = left_after(rows, within)
                    share, method = 1 - left, "Kaplan-Meier, Greenwood's error"
                else:
                    share, error = met_until(rows, victim, within)
                    method = "Aalen-Johansen"
                line = line_of(rows, victim, within)
                low, high = around(share, error) if line["at_risk"] else (NAN, NAN)
                share = share if line["at_risk"] else NAN
                found[victim, value, within] = line | {"share": share, "low": low, "high": high, "method": method}
    return found


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_after_the_first(sample, gaps, dimension):
    expected = after_the_first(gaps, dimension)
    table = sample.table("reoffending").query("start == 'first' and dimension == @dimension")
    there = set(zip(table["victim"], table["value"], table["within_days"], strict=True))
    # Whether a victim whom nobody met again has a row is asked below.
    expected = {key: line for key, line in expected.items() if key in there or line["again"] or key[0] == "any victim"}
    check(table, ["victim", "value", "within_days"], expected, ("start", "dimension"))


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_victim_has_a_row_for_every_value(sample, gaps, dimension):
    table = sample.table("reoffending").query("start == 'first' and dimension == @dimension")
    there = set(zip(table["victim"], table["value"], table["within_days"], strict=True))
    assert there == set(after_the_first(gaps, dimension))


def test_victims_add_up_to_anybody(sample):
    table = sample.table("reoffending").query("start == 'first' and victim != 'any victim'")
    keys = ["dimension", "value", "within_days"]
    whole = sample.table("reoffending").query("start == 'first' and victim == 'any victim'").set_index(keys)
    for key, own in table.groupby(keys):
        assert own["again"].sum() == whole.loc[key, "again"]
        assert sum(own["share"]) == pytest.approx(whole.loc[key, "share"], nan_ok=True)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_after_any(sample, gaps, dimension):
    expected = {}
    for value, rows in by_value(gaps, dimension).items():
        for within in WITHIN:
            line = line_of(rows, "any victim", within)
            share = 1 - left_after(rows, within)[0] if line["at_risk"] else NAN
            expected[value, within] = line | {"share": share, "method": "Kaplan-Meier, bootstrap over people"}
    table = sample.table("reoffending").query("start == 'any' and dimension == @dimension")
    check(table, ["value", "within_days"], expected, ("start", "dimension", "victim", "low", "high"))
    assert set(table["victim"]) == {"any victim"}
    known = table.dropna(subset=["low"])
    assert (known["low"] < known["share"]).all()
    assert (known["share"] < known["high"]).all()


@pytest.mark.parametrize("start", ["first", "any"])
def test_only_where_all_or_none_have_a_next_one_there_is_no_interval(sample, start):
    table = sample.table("reoffending").query("start == @start")
    some = table["share"].between(0, 1, inclusive="neither")
    without = table[some & table["low"].isna()]
    keys = ["victim", "dimension", "value", "within_days"]
    if start == "any":  # nor where a resample has all or none, which takes few people
        assert (without["people"] < 100).all()
        without = without[:0]
    assert without[keys].to_numpy().tolist() == []
    assert table.loc[~some, ["low", "high"]].isna().all(axis=None)


def test_after_any_the_interval_is_as_wide_as_a_bootstrap_over_people_makes_it(sample, gaps):
    names = sorted(sample.course.events)
    person = np.array([names.index(row["who"]) for row in gaps])
    day = np.minimum([row["day"] for row in gaps], max(WITHIN) + 1)
    again = np.array([row["met"] is not None for row in gaps])
    random, logs = np.random.default_rng(7), []
    for _ in range(600):
        weight = np.bincount(random.integers(0, len(names), len(names)), minlength=len(names))[person]
        left, events = (np.bincount(day, weights=w, minlength=max(WITHIN) + 2) for w in (weight, weight * again))
        at_risk = left[::-1].cumsum()[::-1]
        survival = np.cumprod(1 - events[1:-1] / at_risk[1:-1])
        logs.append(np.log(-np.log(survival[np.array(WITHIN) - 1])))
    spread = np.std(logs, axis=0, ddof=1)
    table = sample.table("reoffending").query("start == 'any' and dimension == 'all'").set_index("within_days")
    for within, expected in zip(WITHIN, spread, strict=True):
        line = table.loc[within]
        low, middle, high = (math.log(-math.log(1 - line[name])) for name in ("low", "share", "high"))
        assert high - low == pytest.approx(2 * Z * expected, rel=0.15)
        assert high - middle == pytest.approx(middle - low)


def test_after_any_incidents_of_one_person_do_not_count_as_if_of_many(sample, gaps):
    """Greenwood's error takes them for independent; that of people is wider."""
    line = sample.table("reoffending").query("start == 'any' and dimension == 'all' and within_days == 365").iloc[0]
    left, error = left_after(gaps, 365)
    low, high = around(1 - left, error)
    assert line["high"] - line["low"] > 1.5 * (high - low)


def test_resamples_lie_around_the_share(gaps):
    names = sorted({row["who"] for row in gaps})
    person = np.array([names.index(row["who"]) for row in gaps])
    day, again = np.array([row["day"] for row in gaps]), np.array([row["met"] is not None for row in gaps])
    groups = np.zeros((len(gaps), 1), dtype=np.int64)
    drawn = resampled_survival(person, groups, day, again, len(names), 1, np.array(WITHIN), 400, 3)[:, 0]
    for at, within in enumerate(WITHIN):
        off = drawn[:, at].mean() - left_after(gaps, within)[0]
        assert abs(off) < 4 * drawn[:, at].std() / math.sqrt(len(drawn))
