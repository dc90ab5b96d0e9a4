"""Escalation within people: later DA incidents beside the first ones of the same people or pairs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from dapipeline.analysis.course.escalation import LAST
from dapipeline.analysis.course.records import ALL, BY_PERSON, Records
from dapipeline.analysis.harm.rarity import INTERVAL_FROM
from dapipeline.analysis.harm.significance import false_discovery_rates

MEASURES = ("severity", "crime", "high", "days")
TOO_FEW = f"fewer than {INTERVAL_FROM}: no interval"
CHANGES = [
    "unit", "measure", "dimension", "value", "order", "units", "people", "first_mean", "mean", "change", "low", "high",
    "p", "q", "note",
]  # fmt: skip


def escalation_changes(records: Records, units: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Compare later DA incidents with the first ones of the same people or pairs.

    Parameters
    ----------
    records : Records
    units : dict of str to pandas.DataFrame
        From `escalation.in_order`.

    Returns
    -------
    pandas.DataFrame
        One row per unit, measure (severity, crime, high, days), dimension, value and order from 2 on (days from 3 on):
        units (with a value then and at first; the tenth and later incidents of one count as their mean), people (behind
        them), first_mean, mean, change, low, high (95%, Student's t of the paired differences, with an error between
        people: pairs of one suspect are alike), p (1 where nothing differs at all), q (among the rows of a unit,
        measure and dimension), note. Without interval and p below `INTERVAL_FROM` people.
    """
    parts = list(_changes(records, units))
    if not parts:
        return pd.DataFrame(columns=CHANGES)
    table = pd.concat(parts, ignore_index=True)
    by = ["unit", "measure", "dimension"]
    q = [pd.Series(false_discovery_rates(rows["p"].to_numpy()), rows.index) for _, rows in table.groupby(by)]
    return table.assign(q=pd.concat(q))[CHANGES]


def _changes(records: Records, units: dict[str, pd.DataFrame]) -> Iterator[pd.DataFrame]:
    kinds = {dimension: records.kinds(dimension) for dimension in (ALL, *BY_PERSON)}
    for unit, ordered in units.items():
        once = _once(ordered)
        for measure in MEASURES:
            now, first = once[measure], once[f"first_{measure}"]
            asked = ~np.isnan(now) & ~np.isnan(first) & (once["order"] > (2 if measure == "days" else 1))
            if not asked.any():
                continue
            pairs = _Paired.of(once["person"][asked], once["order"][asked], first[asked], now[asked])
            for dimension, values in kinds.items():
                yield _tested(pairs.by(values)).assign(unit=unit, measure=measure, dimension=dimension)


def _once(ordered: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return each unit's later incidents, one of each order: of the tenth and later ones their mean."""
    later = ordered[ordered["order"] > 1]
    begins = np.flatnonzero(later["leading"].to_numpy())
    of = np.cumsum(later["leading"].to_numpy()) - 1
    found = {name: later[name].to_numpy()[begins] for name in ("person", "order")}
    for name in MEASURES:
        values = later[name].to_numpy(dtype=float)
        known = ~np.isnan(values)
        with np.errstate(invalid="ignore"):
            found[name] = np.bincount(of[known], weights=values[known], minlength=len(begins)) / np.bincount(
                of[known], minlength=len(begins)
            )
        found[f"first_{name}"] = later[f"first_{name}"].to_numpy(dtype=float)[begins]
    return found


class _Paired:
    """What changed, added up by person and order."""

    def __init__(self, person: np.ndarray, order: np.ndarray, sums: dict[str, np.ndarray]) -> None:
        self.person, self.order, self.sums = person, order, sums

    @classmethod
    def of(cls, person: np.ndarray, order: np.ndarray, first: np.ndarray, now: np.ndarray) -> _Paired:
        width = int(person.max()) + 1
        keys, at = np.unique(order * width + person, return_inverse=True)
        sums = {
            "units": np.bincount(at), "first_mean": np.bincount(at, weights=first),
            "mean": np.bincount(at, weights=now),
            "change": np.bincount(at, weights=now - first),
        }  # fmt: skip
        return cls(keys % width, keys // width, sums)

    def by(self, values: pd.Categorical) -> pd.DataFrame:
        """Average by value and order, with the error of the mean change between people.

        With d the sum of the changes of a person's n pairs and m the mean of all N of G people, it is the root of
        G / (G - 1) * sum((d - n * m) ** 2) / N ** 2: the sandwich with its small-sample factor (CR1, Cameron and Miller
        2015, "A practitioner's guide to cluster-robust inference"). With one of each person, Student's.
        """
        cell = values.codes.astype(np.int64)[self.person] * (LAST + 1) + self.order
        there, at, people = np.unique(cell, return_inverse=True, return_counts=True)
        added = {name: np.bincount(at, weights=own) for name, own in self.sums.items()}
        units = added.pop("units")
        part = pd.DataFrame({name: own / units for name, own in added.items()})
        off = self.sums["change"] - self.sums["units"] * part["change"].to_numpy()[at]
        with np.errstate(divide="ignore", invalid="ignore"):
            error = np.sqrt(np.bincount(at, weights=off**2) * people / (people - 1)) / units
        return part.assign(
            value=values.categories.take(there // (LAST + 1)), order=there % (LAST + 1), units=units.astype("int64"),
            people=people, error=error,
        )  # fmt: skip


def _tested(part: pd.DataFrame) -> pd.DataFrame:
    """Add interval and p of paired differences, where there are enough people."""
    enough = part["people"] >= INTERVAL_FROM
    error = part["error"].where(enough)
    freedom = part["people"] - 1
    reach = stdtrit(freedom.where(enough), 0.975) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stdtr(freedom, -np.abs(part["change"] / error))
    p = p.where(error > 0, (part["change"] == 0).where(enough & (error == 0)).astype("float64"))
    return part.assign(
        low=part["change"] - reach, high=part["change"] + reach, p=p.where(error.notna()),
        note=np.where(enough, "", TOO_FEW),
    )  # fmt: skip
