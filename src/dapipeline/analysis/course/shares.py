"""Shares of incidents with an interval that knows that incidents of one person are alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.analysis.harm.significance import wilson


@dataclass(frozen=True)
class Tallies:
    """How many incidents of each person and group there are, and of how many something holds.

    Attributes
    ----------
    person, group : ndarray of int, shape (n_pairs,)
        Each pair once.
    groups : pandas.Index
        What each group is called.
    size : ndarray of int, shape (n_pairs,)
    holding : dict of str to ndarray of int, shape (n_pairs,)
    """

    person: np.ndarray
    group: np.ndarray
    groups: pd.Index
    size: np.ndarray
    holding: dict[str, np.ndarray]


def tallied(person: np.ndarray, group: pd.Categorical, holds: Mapping[str, np.ndarray]) -> Tallies:
    """Count the incidents of each person and group once, for as many questions as there are.

    Parameters
    ----------
    person : ndarray of int, shape (n_incidents,)
    group : pandas.Categorical, shape (n_incidents,)
    holds : mapping of str to ndarray of bool, shape (n_incidents,)

    Returns
    -------
    Tallies
    """
    width = int(person.max()) + 1 if len(person) else 1
    key = group.codes.astype(np.int64) * width + person
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.zeros(0, dtype=np.intp)
    pairs, size = ordered[begins], np.diff(np.r_[begins, len(ordered)])
    holding = {
        name: np.add.reduceat(told[order].astype(np.int64), begins) if len(begins) else size
        for name, told in holds.items()
    }
    return Tallies(pairs % width, pairs // width, group.categories, size, holding)


def indicators(what: pd.Categorical | pd.Series, values: Sequence[str]) -> dict[str, np.ndarray]:
    """Return where each value stands.

    Parameters
    ----------
    what : pandas.Categorical or pandas.Series
    values : sequence of str

    Returns
    -------
    dict of str to ndarray of bool
    """
    return {value: np.asarray(what == value) for value in values}


def shares(
    tallies: Tallies, value: pd.Categorical, names: Sequence[str], among: str | None = None
) -> pd.DataFrame:  # fmt: skip
    """Count how often something holds, by what people are told apart by and by group.

    Parameters
    ----------
    tallies : Tallies
    value : pandas.Categorical, shape (n_people,)
        What each person is told apart by.
    names : sequence of str
        What holds.
    among : str, optional
        Counts only incidents of which that holds.

    Returns
    -------
    pandas.DataFrame
        One row per name, value and group with any incident: value, group, value_of (the name), number, of, people (who
        are behind `of`), people_with (behind `number`), people_without (behind the others), share, low, high: Wilson's
        interval (1927) of 95%, of as many independent incidents as would tell as much. How many that is follows from
        the variance of the share between people (the design effect of Kish 1965): never more than there are, and as
        many as there are people where a value stands always or never, or for one person.
    """
    size = tallies.size if among is None else tallies.holding[among]
    n_groups = len(tallies.groups)
    every = value.codes.astype(np.int64)[tallies.person] * n_groups + tallies.group
    there = np.flatnonzero(np.bincount(every, weights=size) > 0)
    place = np.full(len(value.categories) * n_groups + 1, len(there))
    place[there] = np.arange(len(there))
    some = size > 0
    cell, size, n = place[every[some]], size[some], len(there)
    of, people = np.bincount(cell, weights=size, minlength=n), np.bincount(cell, minlength=n)
    keys = {"value": value.categories.take(there // n_groups), "group": tallies.groups.take(there % n_groups)}
    parts = []
    for name in names:
        own = tallies.holding[name][some]
        number = np.bincount(cell, weights=own, minlength=n)
        share = number / of
        between = np.bincount(cell, weights=(own - size * share[cell]) ** 2, minlength=n) / of**2
        between *= people / np.maximum(people - 1, 1)
        plain = share * (1 - share) / of
        told = np.divide(of * plain, between, out=of.astype(float), where=between > plain)
        told = np.where((plain > 0) & (people > 1), told, people)  # else nothing varies between people
        low, high = wilson(share * told, told)
        counts = {
            "number": number.astype("int64"), "of": of.astype("int64"), "people": people,
            "people_with": np.bincount(cell[own > 0], minlength=n),
            "people_without": np.bincount(cell[own < size], minlength=n),
        }  # fmt: skip
        parts.append(pd.DataFrame(keys).assign(value_of=name, **counts, share=share, low=low, high=high))
    return pd.concat(parts, ignore_index=True)
