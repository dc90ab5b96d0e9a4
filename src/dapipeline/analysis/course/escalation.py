"""Escalation: how DA incidents change from a person's first to the tenth and later ones, and within pairs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.analysis.course.records import ALL, BY_PERSON, DAY, Records, victims_placed
from dapipeline.analysis.course.shares import Tallies, shares, tallied
from dapipeline.reference.codes import RISK_RANKS

LAST = 10  # the tenth and later incidents are one row
UNITS = ("person", "pair")


def in_order(records: Records, victims: pd.DataFrame | None) -> dict[str, pd.DataFrame]:
    """Lay out the DA incidents of people, and of pairs of offender and victim, in order.

    Parameters
    ----------
    records : Records
    victims : pandas.DataFrame or None
        person, incident_id, victim_id of DA incidents; None where no victim has an id.

    Returns
    -------
    dict of str to pandas.DataFrame
        Unit to one row per unit and DA incident: unit (number), person, order (no more than `LAST`), days (since the
        unit's incident before), leading (the unit's first with that order), severity, crime, high (0 or 1, missing
        where not graded), and the same of the unit's first incident as first_severity, first_crime, first_high;
        first_days is from the first incident to the second.
    """
    own = records.incidents[["person", "incident_id", "occurred_from", "severity", "is_crime", "risk"]]
    own = own.assign(high=(own["risk"] == RISK_RANKS["high"]).where(own["risk"].notna()).astype("float64"))
    own = own.assign(crime=own["is_crime"].astype("float64")).drop(columns=["risk", "is_crime"])
    found = {"person": _ordered(own.assign(unit=own["person"]))}
    if victims is not None and len(victims):
        at, victim = victims_placed(records, victims)
        key = own["person"].to_numpy(dtype=np.int64)[at] * (victim.max(initial=0) + 1) + victim
        order = np.lexsort((at, key))
        pairs = own.iloc[at[order]].reset_index(drop=True)
        found["pair"] = _ordered(pairs.assign(unit=np.unique(key[order], return_inverse=True)[1]))
    return found


def _ordered(incidents: pd.DataFrame) -> pd.DataFrame:
    """Number the incidents of each unit, and put its first one beside each."""
    unit = incidents["unit"].to_numpy()
    begins = np.r_[True, unit[1:] != unit[:-1]]
    start = np.maximum.accumulate(np.where(begins, np.arange(len(unit)), 0))
    order = np.arange(len(unit)) - start + 1
    days = (incidents["occurred_from"].diff().dt.total_seconds() / DAY).mask(begins)
    second = np.minimum(start + 1, len(unit) - 1)  # of units of one incident it is never asked
    made = incidents[["unit", "person", "severity", "crime", "high"]].assign(
        order=np.minimum(order, LAST), days=days, leading=order <= LAST
    )
    first = {f"first_{name}": made[name].to_numpy()[start] for name in ("severity", "crime", "high")}
    return made.assign(**first, first_days=np.where(order > 1, days.to_numpy()[second], np.nan))


def escalation(records: Records, units: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Describe DA incidents by their number in a person's or pair's sequence.

    Parameters
    ----------
    records : Records
    units : dict of str to pandas.DataFrame
        From `in_order`.

    Returns
    -------
    pandas.DataFrame
        One row per unit (person, pair), dimension, value and order (10: the tenth and later): units (people or pairs
        with such an incident), people (behind them), incidents; days_median, days_q1, days_q3 since the one before;
        severity_mean; crimes, crime_people (behind them), crime_share, crime_low, crime_high; graded,
        graded_people, high, high_people, high_share, high_low, high_high; and of the first incident of the same units,
        as often as they have an incident of that order, first_severity_mean, first_crimes, first_crime_people,
        first_crime_share, first_graded, first_high, first_high_people, first_high_share, first_days_median
        (from the first to the second; missing beside the first itself). Intervals as in `shares.shares`.
    """
    parts = []
    for unit, ordered in units.items():
        tallies = _tallied(ordered)
        waits = {name: Waits(ordered[name].to_numpy()) for name in ("days", "first_days")}
        for dimension in (ALL, *BY_PERSON):
            part = _by_order(ordered, tallies, waits, records.kinds(dimension))
            parts.append(part.assign(unit=unit, dimension=dimension))
    table = pd.concat(parts, ignore_index=True)
    counts = [
        name for name in COLUMNS if name.removeprefix("first_") in ("graded", "graded_people", "high", "high_people")
    ]
    return table.fillna(dict.fromkeys(counts, 0)).astype(dict.fromkeys(counts, "int64"))[list(COLUMNS)]


COLUMNS = (
    "unit", "dimension", "value", "order", "units", "people", "incidents", "days_median", "days_q1", "days_q3",
    "severity_mean", "crimes", "crime_people", "crime_share", "crime_low", "crime_high", "graded", "graded_people",
    "high", "high_people", "high_share", "high_low", "high_high", "first_severity_mean", "first_crimes",
    "first_crime_people",
    "first_crime_share", "first_graded", "first_high", "first_high_people", "first_high_share", "first_days_median",
)  # fmt: skip


def _tallied(ordered: pd.DataFrame) -> Tallies:
    """Count crimes and grades, then and at first, by person and order."""
    holds = {
        "crime": ordered["crime"] == 1, "first_crime": ordered["first_crime"] == 1, "graded": ordered["high"].notna(),
        "high": ordered["high"] == 1, "first_graded": ordered["first_high"].notna(),
        "first_high": ordered["first_high"] == 1,
    }  # fmt: skip
    order = pd.Categorical.from_codes(ordered["order"].to_numpy() - 1, categories=range(1, LAST + 1))
    return tallied(ordered["person"].to_numpy(), order, {name: told.to_numpy() for name, told in holds.items()})


class Waits:
    """Days that are sorted once, to be asked for their quartiles by any grouping."""

    def __init__(self, days: np.ndarray) -> None:
        known = np.flatnonzero(~np.isnan(days))
        self.at = known[np.argsort(days[known], kind="stable")]
        self.days = days[self.at]

    def quantiles(self, cell: np.ndarray, n: int, parts: tuple[float, ...]) -> list[np.ndarray]:
        """Compute quantiles by cell, between two values in proportion.

        Parameters
        ----------
        cell : ndarray of int, shape (n_rows,)
        n : int
            Number of cells.
        parts : tuple of float

        Returns
        -------
        list of ndarray of float, shape (n,)
            Missing where a cell has no days.
        """
        own = cell[self.at].astype(np.int32)
        days = self.days[np.argsort(own, kind="stable")]
        number = np.bincount(own, minlength=n)
        start = np.cumsum(number) - number
        found = []
        for part in parts:
            at = part * (number - 1)
            below = np.floor(at).astype(np.int64)
            above = np.minimum(below + 1, number - 1)
            told = np.full(n, np.nan)
            some = number > 0
            low, high = days[(start + below)[some]], days[(start + above)[some]]
            told[some] = low + (at - below)[some] * (high - low)
            found.append(told)
        return found


def _by_order(
    ordered: pd.DataFrame, tallies: Tallies, waits: dict[str, Waits], kinds: pd.Categorical
) -> pd.DataFrame:  # fmt: skip
    """Describe incidents by value and order."""
    cell = kinds.codes.astype(np.int64)[ordered["person"].to_numpy()] * LAST + ordered["order"].to_numpy() - 1
    n = len(kinds.categories) * LAST
    number = np.bincount(cell, minlength=n)
    q1, median, q3 = waits["days"].quantiles(cell, n, (0.25, 0.5, 0.75))
    told: dict[str, np.ndarray] = {
        "incidents": number, "units": np.bincount(cell[ordered["leading"].to_numpy()], minlength=n),
        "days_median": median, "days_q1": q1, "days_q3": q3,
        "first_days_median": waits["first_days"].quantiles(cell, n, (0.5,))[0],
    }  # fmt: skip
    with np.errstate(invalid="ignore"):
        for name in ("severity", "first_severity"):
            told[f"{name}_mean"] = np.bincount(cell, weights=ordered[name].to_numpy(), minlength=n) / number
    there = np.flatnonzero(number)
    part = pd.DataFrame({name: values[there] for name, values in told.items()})
    part = part.assign(value=kinds.categories.take(there // LAST), order=there % LAST + 1)
    for prefix, counts, name, among in (
        ("crime", "crimes", "crime", None), ("first_crime", "first_crimes", "first_crime", None),
        ("high", "high", "high", "graded"), ("first_high", "first_high", "first_high", "first_graded"),
    ):  # fmt: skip
        own = shares(tallies, kinds, (name,), among).rename(columns={"group": "order"})
        names = {
            "number": counts, "people_with": f"{prefix}_people", "share": f"{prefix}_share", "low": f"{prefix}_low",
            "high": f"{prefix}_high", **({"people": "people"} if name == "crime" else {}),
            **({"of": among} if among else {}), **({"people": "graded_people"} if name == "high" else {}),
        }  # fmt: skip
        part = part.merge(own[["value", "order", *names]].rename(columns=names), on=["value", "order"], how="left")
    return part
