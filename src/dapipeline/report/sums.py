"""The gate for means and sums: of enough people, of whom no one or two hold most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

DOMINANCE = 0.9  # the share of a sum that no one or two people may hold


@dataclass(frozen=True)
class Sums:
    """A measure added up over the people of each cluster.

    Attributes
    ----------
    table : pandas.DataFrame
        Indexed by cluster: people, total, first and second (the largest values of two people).
    """

    table: pd.DataFrame

    @classmethod
    def of(cls, clusters: pd.Series, values: pd.Series | None = None) -> Sums:
        """Add up.

        Parameters
        ----------
        clusters : pandas.Series
            The cluster of each person.
        values : pandas.Series, optional
            The measure of each, 0 or more; without it nobody can hold most of the sum.

        Returns
        -------
        Sums
        """
        measured = pd.DataFrame({"cluster": clusters, "value": 0.0 if values is None else values})
        ordered = measured.sort_values(["cluster", "value"], ascending=[True, False], kind="stable")
        by = ordered.groupby("cluster")["value"]
        second = ordered[by.cumcount() == 1].set_index("cluster")["value"]
        parts = {"people": by.size(), "total": by.sum(), "first": by.first(), "second": second}
        return cls(pd.DataFrame(parts).fillna(0.0))

    def people(self, clusters: Iterable[Any]) -> int:
        """Count the people of some clusters.

        Parameters
        ----------
        clusters : iterable
            As the table is indexed.

        Returns
        -------
        int
        """
        return int(self.table.loc[list(clusters), "people"].sum())

    def allowed(self, clusters: Iterable[Any], limit: int) -> bool:
        """Return whether the sum over some clusters may be printed.

        Parameters
        ----------
        clusters : iterable
            As the table is indexed.
        limit : int

        Returns
        -------
        bool
            False for fewer than the limit of people, and where one or two of them hold 90% of the sum.
        """
        rows = self.table.loc[list(clusters)]
        largest = rows[["first", "second"]].to_numpy().ravel()
        return may_be_added(rows["people"].sum(), largest, rows["total"].sum(), limit)


@dataclass(frozen=True)
class Hidden:
    """Of whom no mean or sum is printed.

    Attributes
    ----------
    typologies : frozenset of str
    clusters : frozenset of int
    """

    typologies: frozenset[str]
    clusters: frozenset[int]


def hide(sums: Sums, typologies: Mapping[str, Sequence[int]], limit: int) -> Hidden:
    """Decide of which typologies and clusters no mean or sum is printed.

    Readers know the cohort's means and those of each typology that is printed, so that what is withheld of a typology,
    and of the cohort, has to be enough people together.

    Parameters
    ----------
    sums : Sums
    typologies : mapping of str to sequence of int
        Typology to its clusters; an unnamed cluster is one of its own.
    limit : int

    Returns
    -------
    Hidden
    """
    gone = {c for c in sums.table.index if not sums.allowed([c], limit)}
    unprinted = {key for key, clusters in typologies.items() if not sums.allowed(clusters, limit)}
    while True:
        for key, clusters in typologies.items():
            if key not in unprinted:
                gone |= with_company(set(clusters) & gone, clusters, sums, limit)
        loose = {c for key in unprinted for c in typologies[key] if c in gone}
        printed = [key for key in typologies if key not in unprinted]
        if not loose or sums.allowed(loose, limit) or not printed:
            return Hidden(frozenset(unprinted), frozenset(gone))
        key = min(printed, key=lambda k: (len(typologies[k]) > 1, sums.people(typologies[k]), k))
        unprinted.add(key)
        gone.add(min(typologies[key], key=lambda c: (sums.people([c]), c)))


def with_company(gone: set[Any], members: Sequence[Any], sums: Sums, limit: int) -> set[Any]:
    """Withhold the next smallest of some clusters until those withheld together may be added up.

    Parameters
    ----------
    gone : set
        Those withheld for themselves.
    members : sequence
        All whose sum is known.
    sums : Sums
        Indexed by them.
    limit : int

    Returns
    -------
    set
    """
    gone = set(gone)
    while gone and gone != set(members) and not sums.allowed(gone, limit):
        gone.add(min(set(members) - gone, key=lambda c: (sums.people([c]), c)))
    return gone


def steps_allowed(ordered: np.ndarray, numbers: Sequence[int], limit: int) -> list[int]:
    """Choose of a running sum the points that may be printed.

    Parameters
    ----------
    ordered : ndarray of float, shape (n_people,)
        The measure, the largest first.
    numbers : sequence of int
        How many people each point takes in, ascending.
    limit : int

    Returns
    -------
    list of int
        Positions in `numbers`: from each to the next, and from the last to everybody, are the limit of people, of whom
        no one or two hold 90% of what is added. That of everybody is always there where it is asked for.
    """
    kept: list[int] = []
    start = 0
    for at, number in enumerate(numbers):
        step, rest = ordered[start:number], ordered[number:]
        if number == len(ordered) or all(may_be_added(len(part), part, part.sum(), limit) for part in (step, rest)):
            kept.append(at)
            start = number
    return kept


def may_be_added(people: int, largest: np.ndarray, total: float, limit: int) -> bool:
    """Return whether a sum may be printed.

    Parameters
    ----------
    people : int
        With something that is added up.
    largest : ndarray
        At least the two largest of the values added up.
    total : float
    limit : int

    Returns
    -------
    bool
        False for fewer than the limit of people, and where one or two of them hold 90% of the sum. Then one of them
        could come within 10% of the other's too (p%): what is left over is a tenth of the sum or more.
    """
    return bool(people >= limit and (total <= 0 or np.sort(largest)[-2:].sum() < DOMINANCE * total))
