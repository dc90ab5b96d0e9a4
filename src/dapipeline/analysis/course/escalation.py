"""Escalation: how DA incidents change from a person's first to the tenth and later ones, and within pairs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from dapipeline.analysis.course.records import ALL, BY_PERSON, DAY, Records, victims_placed
from dapipeline.analysis.course.shares import shares
from dapipeline.analysis.harm.rarity import INTERVAL_FROM
from dapipeline.analysis.harm.significance import false_discovery_rates
from dapipeline.reference.codes import RISK_RANKS

LAST = 10  # the tenth and later incidents are one row
UNITS = ("person", "pair")
MEASURES = ("severity", "crime", "high", "days")
TOO_FEW = f"fewer than {INTERVAL_FROM}: no interval"


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
        unit's incident before), severity, crime, high (0 or 1, missing where not graded), and the same of the unit's
        first incident as first_severity, first_crime, first_high; first_days is from the first incident to the second.
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
    made = incidents[["unit", "person", "severity", "crime", "high"]].assign(order=np.minimum(order, LAST), days=days)
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
        with such an incident), incidents; days_median, days_q1, days_q3 since the one before; severity_mean; crimes,
        crime_share, crime_low, crime_high; graded, high, high_share, high_low, high_high; and of the first incident of
        the same units first_severity_mean, first_crime_share, first_high_share, first_days_median (from the first to
        the second; missing beside the first itself). Intervals as in `shares.shares`.
    """
    parts = []
    for unit, ordered in units.items():
        leading = ~ordered.duplicated(["unit", "order"]).to_numpy()  # a unit can have several tenth and later ones
        for dimension in (ALL, *BY_PERSON):
            told = ordered.assign(value=records.values(dimension, ordered))
            by = ["value", "order"]
            grouped = told.groupby(by, observed=True)
            days = grouped["days"].quantile([0.25, 0.5, 0.75]).unstack().set_axis(["q1", "median", "q3"], axis=1)
            once = told[leading].groupby(by, observed=True)
            part = grouped.agg(incidents=("unit", "size"), severity_mean=("severity", "mean")).assign(units=once.size())
            part = part.join(days.add_prefix("days_")[["days_median", "days_q1", "days_q3"]])
            crimes = shares(told.assign(crime=told["crime"] == 1), by, "crime").set_index(by)
            names = {"number": "crimes", "share": "crime_share", "low": "crime_low", "high": "crime_high"}
            part = part.join(crimes[list(names)].rename(columns=names))
            graded = told[told["high"].notna()]
            if len(graded):
                high = shares(graded.assign(high=graded["high"] == 1), by, "high").set_index(by)
                names = {
                    "of": "graded",
                    "number": "high",
                    "share": "high_share",
                    "low": "high_low",
                    "high": "high_high",
                }
                part = part.join(high[list(names)].rename(columns=names))
            for name, told_as in (("severity", "severity_mean"), ("crime", "crime_share"), ("high", "high_share")):
                part[f"first_{told_as}"] = once[f"first_{name}"].mean()
            part["first_days_median"] = once["first_days"].median()
            parts.append(part.reset_index().assign(unit=unit, dimension=dimension))
    table = pd.concat(parts, ignore_index=True)
    for name in ("graded", "high"):
        table[name] = (table[name] if name in table else pd.Series(0.0, table.index)).fillna(0).astype("int64")
    return table[[name for name in COLUMNS if name in table]]


COLUMNS = (
    "unit", "dimension", "value", "order", "units", "incidents", "days_median", "days_q1", "days_q3", "severity_mean",
    "crimes", "crime_share", "crime_low", "crime_high", "graded", "high", "high_share", "high_low", "high_high",
    "first_severity_mean", "first_crime_share", "first_high_share", "first_days_median",
)  # fmt: skip


def escalation_changes(records: Records, units: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Compare later DA incidents with the first ones of the same people or pairs.

    Parameters
    ----------
    records : Records
    units : dict of str to pandas.DataFrame
        From `in_order`.

    Returns
    -------
    pandas.DataFrame
        One row per unit, measure (severity, crime, high, days), dimension, value and order from 2 on (days from 3 on):
        units (with a value then and at first; the tenth and later incidents of one count as their mean), first_mean,
        mean, change, low, high (95%, Student's t of the paired differences), p (1 where nothing differs at all), q
        (among the rows of a unit, measure and dimension), note. Without interval and p below
        `INTERVAL_FROM` units.
    """
    parts = list(_changes(records, units))
    if not parts:
        return pd.DataFrame(columns=CHANGES)
    table = pd.concat(parts, ignore_index=True)
    by = ["unit", "measure", "dimension"]
    q = [pd.Series(false_discovery_rates(rows["p"].to_numpy()), rows.index) for _, rows in table.groupby(by)]
    return table.assign(q=pd.concat(q))[CHANGES]


CHANGES = [
    "unit", "measure", "dimension", "value", "order", "units", "first_mean", "mean", "change", "low", "high", "p", "q",
    "note",
]  # fmt: skip


def _changes(records: Records, units: dict[str, pd.DataFrame]) -> Iterator[pd.DataFrame]:
    for unit, ordered in units.items():
        later = ordered[ordered["order"] > 1]
        named = [*MEASURES, *(f"first_{name}" for name in MEASURES)]
        repeated = later["order"] == LAST  # only then can a unit have several
        means = later[repeated].groupby(["unit", "person", "order"])[named].mean().reset_index()
        once = pd.concat([later[~repeated], means], ignore_index=True) if len(means) else later
        for measure in MEASURES:
            first = once[f"first_{measure}"]
            both = once[measure].notna() & first.notna() & (once["order"] > (2 if measure == "days" else 1))
            asked = once[both]
            if asked.empty:
                continue
            asked = asked.assign(now=asked[measure], first=asked[f"first_{measure}"])
            asked = asked.assign(change=asked["now"] - asked["first"])
            for dimension in (ALL, *BY_PERSON):
                by = asked.assign(value=records.values(dimension, asked)).groupby(["value", "order"], observed=True)
                part = by.agg(
                    units=("now", "size"), first_mean=("first", "mean"), mean=("now", "mean"),
                    change=("change", "mean"), spread=("change", "std"),
                ).reset_index()  # fmt: skip
                yield _tested(part).assign(unit=unit, measure=measure, dimension=dimension)


def _tested(part: pd.DataFrame) -> pd.DataFrame:
    """Add interval and p of paired differences, where there are enough of them."""
    enough = part["units"] >= INTERVAL_FROM
    error = (part["spread"] / np.sqrt(part["units"])).where(enough)
    freedom = part["units"] - 1
    reach = stdtrit(freedom.where(enough), 0.975) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stdtr(freedom, -np.abs(part["change"] / error))
    p = p.where(error > 0, (part["change"] == 0).where(enough & (error == 0)).astype("float64"))
    return part.assign(
        low=part["change"] - reach, high=part["change"] + reach, p=p.where(error.notna()),
        note=np.where(enough, "", TOO_FEW),
    )  # fmt: skip
