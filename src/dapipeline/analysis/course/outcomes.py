"""Outcomes of DA crimes and of other crimes, arrests, and what became of breaches."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dapipeline.analysis.course.records import ALL, BY_PERSON, KINDS, NOT_KNOWN, Records
from dapipeline.analysis.course.risk import grade_names
from dapipeline.analysis.course.shares import Tallies, indicators, shares, tallied

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
        people), value and outcome: kind, dimension, value, outcome, crimes, of, people (behind `of`), people_with
        (behind `crimes`), share, low, high, complete (False of a year that the records do not cover to its end).
    """
    if crimes.empty:
        return pd.DataFrame(columns=OUTCOMES)
    own = {YEAR: pd.Categorical(crimes["known_at"].dt.year)}
    if crimes["risk"].notna().any():
        own[GRADE] = grade_names(crimes["risk"])
    table = _by_outcome(records, crimes, own, by_kind=True)
    year = pd.to_numeric(table["value"].where(table["dimension"] == YEAR))
    table["complete"] = ~(year >= records.end.year)
    return table.rename(columns={"number": "crimes"})[OUTCOMES]


OUTCOMES = [
    "kind",
    "dimension",
    "value",
    "outcome",
    "crimes",
    "of",
    "people",
    "people_with",
    "share",
    "low",
    "high",
    "complete",
]


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
        One row per dimension (all, repeat: in the first incident of a person that has a breach, or in a later one,
        kind: DA or other, and those of people), value and outcome: dimension, value, outcome, breaches, of, people
        (behind `of`), people_with (behind `breaches`), share, low, high.
    """
    told = crimes[crimes["compliance"] == "breach"]
    if told.empty:
        return pd.DataFrame(columns=BREACHES)
    first = told.groupby("person")["incident_id"].transform("first")  # all breaches in it are of the first time
    repeat = pd.Categorical(np.where(told["incident_id"] == first, FIRST, AGAIN))
    table = _by_outcome(records, told, {"repeat": repeat, "kind": _kinds(told)}, by_kind=False)
    return table.rename(columns={"number": "breaches"})[BREACHES]


BREACHES = ["dimension", "value", "outcome", "breaches", "of", "people", "people_with", "share", "low", "high"]


def _kinds(crimes: pd.DataFrame) -> pd.Categorical:
    return pd.Categorical.from_codes((~crimes["is_da"].astype(bool)).to_numpy(dtype=np.int8), list(KINDS.values()))


def _by_outcome(
    records: Records, told: pd.DataFrame, own: Mapping[str, pd.Categorical], *, by_kind: bool
) -> pd.DataFrame:  # fmt: skip
    """Share out by outcome and every dimension; each group of outcomes that there is has a row for each value."""
    person, kind = told["person"].to_numpy(), _kinds(told) if by_kind else pd.Categorical([""]).repeat(len(told))
    outcome = pd.Categorical(told["outcome"], categories=GROUPS)
    names = [name for name, some in zip(GROUPS, np.bincount(outcome.codes, minlength=len(GROUPS)), strict=True) if some]
    holds = indicators(outcome, names)
    whole, everybody = tallied(person, kind, holds), records.kinds(ALL)
    parts = {ALL: shares(whole, everybody, names)}
    parts |= {name: _within(tallied(person, _crossed(kind, of), holds), everybody, names) for name, of in own.items()}
    parts |= {name: shares(whole, records.kinds(name), names) for name in BY_PERSON}
    table = pd.concat([part.assign(dimension=name) for name, part in parts.items()], ignore_index=True)
    table = table.rename(columns={"value_of": "outcome", "group": "kind"}).astype({"value": str, "kind": str})
    table = table.assign(order=table["dimension"].map(list(parts).index), place=table["outcome"].map(GROUPS.index))
    return table.sort_values(["kind", "order", "value", "place"], ignore_index=True)


def _crossed(kind: pd.Categorical, of: pd.Categorical) -> pd.Categorical:
    """Cross two kinds of groups."""
    every = pd.MultiIndex.from_product([kind.categories, of.categories]).to_flat_index()
    return pd.Categorical.from_codes(kind.codes.astype(np.int32) * len(of.categories) + of.codes, categories=every)


def _within(tallies: Tallies, everybody: pd.Categorical, names: list[str]) -> pd.DataFrame:
    """Share out within groups that are crossed with the kind."""
    part = shares(tallies, everybody, names)
    kind, value = zip(*part["group"], strict=True)
    return part.assign(group=kind, value=value)


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
        One row per kind, dimension and value: kind, dimension, value, arrests, incidents, people (behind `incidents`),
        people_with and people_without (behind those with and without an arrest), per_100, low, high.
    """
    parts = []
    for kind, known in arrested.items():
        if len(known):
            one = pd.Categorical([kind]).repeat(len(known))
            tallies = tallied(known["person"].to_numpy(), one, {"arrested": known["arrested"].to_numpy(dtype=bool)})
            parts += [
                shares(tallies, records.kinds(dimension), ("arrested",)).assign(kind=kind, dimension=dimension)
                for dimension in (ALL, *BY_PERSON)
            ]
    if not parts:
        return pd.DataFrame(columns=ARRESTS)
    table = pd.concat(parts, ignore_index=True).rename(columns={"number": "arrests", "of": "incidents"})
    per = table[["share", "low", "high"]] * 100
    table = table.assign(per_100=per["share"], low=per["low"], high=per["high"])
    return table[ARRESTS]


ARRESTS = [
    "kind", "dimension", "value", "arrests", "incidents", "people", "people_with", "people_without", "per_100", "low",
    "high",
]  # fmt: skip
