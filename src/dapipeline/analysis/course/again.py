"""How soon again: the next DA incident after the first and after any, of the same victim or a new one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from dapipeline.analysis.course.kernels import resampled_survival
from dapipeline.analysis.course.records import ALL, BY_PERSON, DAY, Records, victims_placed
from dapipeline.analysis.course.risk import GRADES, grade_names
from dapipeline.analysis.harm.significance import NORMAL_95

WITHIN = (90, 182, 365)  # days
STARTS = ("first", "any")
ANYBODY = "any victim"
VICTIMS = SAME, NEW, UNKNOWN = "same victim", "new victim", "victim not known"
BY_INCIDENT = ("risk_grade", "outcome")
DIMENSIONS = (ALL, *BY_PERSON, *BY_INCIDENT)
RESAMPLES = 200
KAPLAN_MEIER = "Kaplan-Meier, Greenwood's error"
OF_PEOPLE = "Kaplan-Meier, bootstrap over people"
AALEN_JOHANSEN = "Aalen-Johansen"
CLOCK = "from the start of the incident"


def gaps_of(records: Records, victims: pd.DataFrame | None) -> pd.DataFrame:
    """Find the time from each DA incident to the next.

    Parameters
    ----------
    records : Records
    victims : pandas.DataFrame or None
        person, incident_id, victim_id of DA incidents; None where no victim has an id.

    Returns
    -------
    pandas.DataFrame
        One row per DA incident: person, order, day (the day on which the next one begins, 1 for the first 24 hours;
        without one the number of days followed), again (bool; not on the last day, which is not followed whole),
        risk_grade, outcome (of the incident), and next_victim: `SAME` where the next incident has a victim of this one,
        `NEW` where it has others, `UNKNOWN` where either names none.
    """
    incidents = records.incidents
    person, started = incidents["person"].to_numpy(), incidents["occurred_from"]
    again = np.r_[person[1:] == person[:-1], False] if len(person) else np.zeros(0, dtype=bool)
    waited = np.floor((started.shift(-1) - started).dt.total_seconds() / DAY) + 1
    until = pd.Series(records.until(person), started.index)
    followed = np.floor((until - started).dt.total_seconds() / DAY).clip(lower=0)
    again &= (waited <= followed).to_numpy()
    gaps = pd.DataFrame(
        {
            "person": person, "order": incidents["order"], "again": again,
            "day": np.where(again, waited, followed), "outcome": incidents["outcome"],
            "risk_grade": grade_names(incidents["risk"]).reorder_categories(sorted(GRADES)),
        }
    )  # fmt: skip
    if victims is not None:
        gaps["next_victim"] = _next_victim(records, victims)
    return gaps.astype({"day": "int64"})


def _next_victim(records: Records, victims: pd.DataFrame) -> pd.Categorical:
    """Tell whether the next incident of each has a victim of this one."""
    at, victim = victims_placed(records, victims)
    size = len(records.incidents)
    has, same = np.zeros(size + 1, dtype=bool), np.zeros(size + 1, dtype=bool)
    has[at] = True
    mark = victim * (size + 1) + at  # of one victim in one incident
    same[at[np.isin(mark, mark + 1)]] = True  # who is in the incident before it too
    codes = np.where(same[1:], 0, np.where(has[:-1] & has[1:], 1, 2))
    return pd.Categorical.from_codes(codes, categories=VICTIMS)


def reoffending(records: Records, gaps: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Estimate how many have another DA incident within a time.

    Parameters
    ----------
    records : Records
    gaps : pandas.DataFrame
        From `gaps_of`.
    seed : int
        Of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        One row per start (first: from a person's first DA incident; any: from each), victim, dimension, value and
        within_days: people, incidents (that the time runs from), again (how many next ones came within it), at_risk
        (followed to its last day, without a next one before that), share, low, high (95%), method, clock (all begin
        with the incident, also those told apart by its outcome), and the people behind the counts: people_again, those
        who came after the shorter time before this one (people_since), those with none within the time
        (people_not_again). Victims are told apart after the first, as competing events. There is no share where nobody
        is followed so long, and no interval where all or none have a next one, after any also where that is so
        in any resample.
    """
    if gaps.empty:
        return pd.DataFrame(columns=COLUMNS)
    parts = []
    asked = gaps[[name for name in ("person", "day", "again", "next_victim") if name in gaps]]
    for start in STARTS:
        leading = (gaps["order"] == 1).to_numpy()
        chosen = gaps[leading] if start == "first" else gaps
        rows_of = asked[leading] if start == "first" else asked
        named = {name: _groups(records, chosen, name) for name in DIMENSIONS}
        groups = [of for _, of in named.values()]
        errors = iter(_errors(chosen, groups, len(records.people), seed) if start == "any" else ())
        for dimension, (values, of) in named.items():
            for at, value in enumerate(values):
                rows = rows_of if len(values) == 1 else rows_of[of == at]
                found = _of_any(rows, next(errors)) if start == "any" else _of_first(rows)
                parts.append(pd.DataFrame(found).assign(start=start, dimension=dimension, value=value))
    return pd.concat(parts, ignore_index=True)[COLUMNS]


COLUMNS = [
    "start", "victim", "dimension", "value", "within_days", "people", "incidents", "again", "at_risk", "share", "low",
    "high", "method", "clock", "people_again", "people_since", "people_not_again",
]  # fmt: skip


def _groups(records: Records, chosen: pd.DataFrame, dimension: str) -> tuple[list[str], np.ndarray]:
    """Return the values of a dimension, and which of them each time is of."""
    there = records.values(dimension, chosen).remove_unused_categories()
    return [str(name) for name in there.categories], there.codes.astype(np.int64)


def _errors(chosen: pd.DataFrame, groups: list[np.ndarray], people: int, seed: int) -> np.ndarray:
    """Estimate by bootstrap over people how log(-log(survival)) varies, of each group at each of `WITHIN`."""
    sizes = [of.max() + 1 for of in groups]
    numbered = np.column_stack([of + sum(sizes[:at]) for at, of in enumerate(groups)])
    survival = resampled_survival(
        chosen["person"].to_numpy(), numbered, chosen["day"].to_numpy(), chosen["again"].to_numpy(), people,
        sum(sizes), np.array(WITHIN), RESAMPLES, seed,
    )  # fmt: skip
    within = (survival > 0) & (survival < 1)
    logs = np.log(-np.log(np.where(within, survival, 0.5)))
    spread = np.sqrt(((logs - logs.mean(axis=0)) ** 2).sum(axis=0) / (RESAMPLES - 1))
    return np.where(within.all(axis=0), spread, np.nan)


def _of_first(gaps: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Estimate the share with a next incident after the first, and with which victim."""
    from statsmodels.duration.survfunc import CumIncidenceRight  # noqa: PLC0415  importing it takes a second

    survival, again = _survival(gaps), gaps["again"].to_numpy()
    for within in WITHIN:
        left = _at(survival.surv_times, survival.surv_prob, within, 1.0)
        error = _at(survival.surv_times, survival.surv_prob_se, within, 0.0)
        yield _told(gaps, ANYBODY, again, within, 1 - left, _spread(left, error), KAPLAN_MEIER)
    if "next_victim" not in gaps:
        return
    met = [again & (gaps["next_victim"] == victim).to_numpy() for victim in VICTIMS]
    with np.errstate(divide="ignore", invalid="ignore"):
        found = CumIncidenceRight(gaps["day"].to_numpy(), np.select(met, range(1, len(met) + 1), 0))
    for number, (victim, which) in enumerate(zip(VICTIMS, met, strict=True)):
        for within in WITHIN:
            part, error = 0.0, 0.0
            if which.any():  # else it has no curve, if no later kind has one either
                part, error = (_at(found.times, of[number], within, 0.0) for of in (found.cinc, found.cinc_se))
            yield _told(gaps, victim, which, within, part, _spread(1 - part, error), AALEN_JOHANSEN)


def _of_any(gaps: pd.DataFrame, spreads: np.ndarray) -> Iterator[dict[str, object]]:
    """Estimate the share with a next incident after any, one person's several times among them."""
    survival, again = _survival(gaps), gaps["again"].to_numpy()
    for within, spread in zip(WITHIN, spreads, strict=True):
        share = 1 - _at(survival.surv_times, survival.surv_prob, within, 1.0)
        yield _told(gaps, ANYBODY, again, within, share, spread, OF_PEOPLE)


def _survival(gaps: pd.DataFrame) -> Any:
    from statsmodels.duration.survfunc import SurvfuncRight  # noqa: PLC0415  importing it takes a second

    with np.errstate(divide="ignore", invalid="ignore"):
        return SurvfuncRight(gaps["day"].to_numpy(), gaps["again"].to_numpy().astype(int))


def _at(times: np.ndarray, values: np.ndarray, within: int, before: float) -> float:
    """Return a step function's value on a day."""
    at = int(np.searchsorted(times, within, side="right"))
    return float(values[at - 1]) if at else before


def _spread(left: float, error: float) -> float:
    """Compute the error of log(-log(left)) from that of `left`."""
    return error / (left * -np.log(left)) if 0 < left < 1 else np.nan


def _told(
    gaps: pd.DataFrame, victim: str, met: np.ndarray, within: int, share: float, spread: float, method: str
) -> dict[str, object]:
    """Return a row: the counts behind an estimate, and its interval on the scale of log(-log)."""
    day = gaps["day"].to_numpy()
    at_risk = int((day >= within).sum())
    came, person = met & (day <= within), gaps["person"].to_numpy()
    shorter = max((other for other in WITHIN if other < within), default=0)
    known = at_risk > 0
    low, high = np.nan, np.nan
    if known and np.isfinite(spread):
        low, high = (1 - (1 - share) ** np.exp(side * NORMAL_95 * spread) for side in (-1, 1))
    return {
        "victim": victim, "within_days": within, "people": _people(person), "incidents": len(gaps),
        "again": int(came.sum()), "at_risk": at_risk, "share": share if known else np.nan, "low": low, "high": high,
        "method": method, "clock": CLOCK, "people_again": _people(person[came]),
        "people_since": _people(person[came & (day > shorter)]), "people_not_again": _people(person[~came]),
    }  # fmt: skip


def _people(person: np.ndarray) -> int:
    """Count people whose rows stand together."""
    return int((person[1:] != person[:-1]).sum()) + 1 if len(person) else 0
