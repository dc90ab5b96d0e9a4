"""Outcomes of DA crimes and of other crimes, arrests, and what became of breaches."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dapipeline.analysis.course.records import ALL, BY_PERSON, KINDS, NOT_KNOWN, Records
from dapipeline.analysis.course.risk import grade_names
from dapipeline.analysis.course.shares import shares

YEAR, GRADE = "year", "risk_grade"
NONE_YET = "none yet"
GROUPS = (
    "charged or summonsed", "caution", "community resolution", "no action, victim supports",
    "no action, victim does not support", "no suspect", "diversion", "other", NONE_YET, NOT_KNOWN,
)  # fmt: skip
COMPARED = GROUPS[:8]  # of which what followed can be asked
REFERENCE = "no action, victim does not support"
FIRST, AGAIN = "first breach", "repeat breach"


def outcomes(records: Records, crimes: pd.DataFrame) -> pd.DataFrame:
    """Share out crimes by the group of their outcome.

    Parameters
    ----------
    records : Records
    crimes : pandas.DataFrame
        From `records.crimes_of`.

    Returns
    -------
    pandas.DataFrame
        One row per kind (DA, other), dimension (all, year in which it came to be known, risk grade, and those of
        people), value and outcome: kind, dimension, value, outcome, crimes, of, people (behind `of`), share, low, high.
    """
    if crimes.empty:
        return pd.DataFrame(columns=OUTCOMES)
    told = crimes[["person", "outcome"]].assign(
        kind=crimes["is_da"].map(KINDS),
        **{YEAR: crimes["known_at"].dt.year.astype(str), GRADE: grade_names(crimes["risk"])},
    )
    own = (YEAR,) if crimes["risk"].isna().all() else (YEAR, GRADE)
    return _by_outcome(records, told, own, ["kind", "value"]).rename(columns={"number": "crimes"})[OUTCOMES]


OUTCOMES = ["kind", "dimension", "value", "outcome", "crimes", "of", "people", "share", "low", "high"]


def breaches(records: Records, crimes: pd.DataFrame) -> pd.DataFrame:
    """Share out breaches of orders, bail and licence by the group of their outcome.

    Parameters
    ----------
    records : Records
    crimes : pandas.DataFrame
        From `records.crimes_of`.

    Returns
    -------
    pandas.DataFrame
        One row per dimension (all, repeat: a person's first breach or a later one, kind: DA or other, and those of
        people), value and outcome: dimension, value, outcome, breaches, of, people (behind `of`), share, low, high.
    """
    told = crimes[crimes["compliance"] == "breach"]
    if told.empty:
        return pd.DataFrame(columns=BREACHES)
    number = told.groupby("person").cumcount()
    told = told[["person", "outcome"]].assign(repeat=np.where(number == 0, FIRST, AGAIN), kind=told["is_da"].map(KINDS))
    return _by_outcome(records, told, ("repeat", "kind"), ["value"]).rename(columns={"number": "breaches"})[BREACHES]


BREACHES = ["dimension", "value", "outcome", "breaches", "of", "people", "share", "low", "high"]


def _by_outcome(records: Records, told: pd.DataFrame, own: tuple[str, ...], by: list[str]) -> pd.DataFrame:
    """Share out by outcome and every dimension; each group of outcomes that there is has a row for each value."""
    there = set(told["outcome"].unique())
    names, dimensions = [name for name in GROUPS if name in there], [ALL, *own, *BY_PERSON]
    parts = [
        shares(told.assign(value=records.values(dimension, told)), by, "outcome", names).assign(dimension=dimension)
        for dimension in dimensions
    ]
    table = pd.concat(parts, ignore_index=True).rename(columns={"value_of": "outcome"})
    table = table.assign(order=table["dimension"].map(dimensions.index), place=table["outcome"].map(GROUPS.index))
    return table.sort_values([*(name for name in by if name == "kind"), "order", "value", "place"], ignore_index=True)


def arrests(records: Records, arrested: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Count arrests per hundred incidents.

    Parameters
    ----------
    records : Records
    arrested : mapping of str to pandas.DataFrame
        DA and other to the incidents of which it is known: person, arrested (bool).

    Returns
    -------
    pandas.DataFrame
        One row per kind, dimension and value: kind, dimension, value, arrests, incidents, people, per_100, low, high.
    """
    parts = []
    for kind, known in arrested.items():
        for dimension in (ALL, *BY_PERSON):
            value = records.values(dimension, known)
            if len(known):
                part = shares(known.assign(value=value), ["value"], "arrested")
                parts.append(part.assign(kind=kind, dimension=dimension))
    if not parts:
        return pd.DataFrame(columns=ARRESTS)
    table = pd.concat(parts, ignore_index=True).rename(columns={"number": "arrests", "of": "incidents"})
    per = table[["share", "low", "high"]] * 100
    table = table.assign(per_100=per["share"], low=per["low"], high=per["high"])
    return table[ARRESTS]


ARRESTS = ["kind", "dimension", "value", "arrests", "incidents", "people", "per_100", "low", "high"]
