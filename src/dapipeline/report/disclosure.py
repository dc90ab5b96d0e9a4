"""The one gate for numbers about people: it alone decides what the page prints, and what it withholds.

- A count of people by a characteristic is withheld below the limit, and so is one that leaves fewer than that over.
- So are as many others as it takes: what is printed lets nobody narrow a withheld cell to less than the range from 1 to
  the limit less 1. First and second ones look alike.
- Typologies and clusters of fewer than twice the limit of people are not broken down alone, but together as one row.
- A mean or a sum needs the limit of people, and no one or two of them may hold 90% of it. Where such a sum could be
  found by subtraction, the next smallest is withheld too.

How many people a typology or a cluster has is always printed: this edition stays within the force.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from dapipeline.report.breakdown import ALL, Breakdown, Gated, added_up, with_whole
from dapipeline.report.suppression import gate_apart, of_too_few, protect, ties_of
from dapipeline.report.table import WITHHELD, Part, Withheld

TOGETHER = "Smaller ones together"


def gate(breakdown: Breakdown, limit: int) -> Gated:
    """Decide what of a breakdown may be printed.

    Parameters
    ----------
    breakdown : Breakdown
    limit : int
        Counts below it are withheld.

    Returns
    -------
    Gated
        No row but that of all where no other can stand.
    """
    if not breakdown.apart:
        return gate_apart(breakdown, limit)
    # It is not known who has incidents in two columns; and columns of other tables keep their names.
    merging = breakdown.exclusive and breakdown.behind is None and not breakdown.totals_known
    about = _without_rare_columns(breakdown, limit) if merging else breakdown
    few = {r for r, people in enumerate(about.people) if people < 2 * limit}
    common = about.counts.sum(axis=0) >= limit
    numbers = about.counts if about.behind is None else about.behind[:-1]
    telling = set(np.flatnonzero((numbers[:, common] < limit).any(axis=1)).tolist())
    found = _until_every_row_says_something(about, few, limit)
    if not found.withheld.any() or not telling - few:
        return found
    other = _until_every_row_says_something(about, few | telling, limit)  # with these rows together: what prints more?
    return max(found, other, key=lambda way: int((~way.withheld).sum()))


def _until_every_row_says_something(about: Breakdown, small: set[int], limit: int) -> Gated:
    """Gate a breakdown with some rows together, and more of them where a row would be withheld whole."""
    while True:
        found, first, members = _with_rows_together(about, small, limit)
        if found.withheld.all():  # too much had to go with what was withheld first
            mute = [row for at, row in enumerate(found.rows) if first[at].any()]
        else:
            mute = list(found.silent)
        more = {about.rows.index(row) for row in mute if row in about.rows}
        alone = [about.rows.index(row) for row in found.rows if row in about.rows]
        if not more and mute and alone:  # those together say nothing either: the next in size joins them
            more = {min(alone, key=lambda r: (int(about.people[r]), r))}
        if not more:
            return found
        # What stands alone and says nothing says something together with others; their sum is known anyway.
        small = members | more


def _without_rare_columns(about: Breakdown, limit: int) -> Breakdown:
    """Put columns of fewer people than the limit together, and with the next in size where they must."""
    known = about.counts.sum(axis=0) > 0
    if known.any() and not known.all():  # nobody is in the others
        names = tuple(name for name, some in zip(about.columns, known.tolist(), strict=True) if some)
        about = replace(about, columns=names, counts=about.counts[:, known], of=about.of[:, known])
    totals = about.counts.sum(axis=0)
    order = sorted(range(len(totals)), key=lambda c: (int(totals[c]), about.columns[c]))
    rare = [c for c in order if totals[c] < limit]
    for c in order[len(rare) :]:
        if not rare or totals[rare].sum() >= limit:
            break
        rare.append(c)
    if not rare or len(rare) == len(order):
        return about
    parts = [[c] for c in range(len(totals)) if c not in rare]
    parts.insert(sum(part[0] < min(rare) for part in parts), sorted(rare))
    return replace(
        about,
        columns=tuple(" or ".join(about.columns[c] for c in part) for part in parts),
        counts=np.stack([about.counts[:, part].sum(axis=1) for part in parts], axis=1),
        of=np.stack([about.of[:, part[0]] for part in parts], axis=1),
    )


def _with_rows_together(about: Breakdown, small: set[int], limit: int) -> tuple[Gated, np.ndarray, set[int]]:
    """Gate a breakdown some of whose rows stand together; return what is withheld first, and the rows that do."""
    small = set(small)
    others = sorted(set(range(len(about.rows))) - small, key=lambda r: (int(about.people[r]), about.rows[r]))
    while small and others and about.people[sorted(small)].sum() < 2 * limit:
        small.add(others.pop(0))
    parts = [[r] for r in sorted(others)] + ([sorted(small)] if small else [])
    names = [*(about.rows[r] for r in sorted(others)), *([TOGETHER] if small else [])]
    if small and not others:
        parts, names = [], []  # together they are everybody
    people, counts, of = (added_up(table, parts) for table in (about.people, about.counts, about.of))
    behind, beside = (with_whole(table, parts) for table in (about.behind, about.beside))
    first = _too_few(counts, of, limit) if behind is None else of_too_few(counts, of, behind, beside, limit)
    first |= people[-1] < 2 * limit
    ties = ties_of(counts, of, about.sets, about.within, about.covered, about.totals_known)
    withheld = protect(counts, of, first, ties, limit, behind)
    together = tuple(about.rows[r] for r in sorted(small))
    return Gated((*names, ALL), people, about.columns, counts, of, withheld, together), first, small


def gate_part(number: int, of: int, limit: int) -> Part | Withheld:
    """Decide whether one count may be printed beside what it is a part of.

    Parameters
    ----------
    number, of : int
    limit : int

    Returns
    -------
    Part or Withheld
    """
    return WITHHELD if _too_few(int(number), int(of), limit) else Part(int(number), int(of))


def _too_few(counts: Any, of: Any, limit: int) -> Any:
    """Return which counts are below the limit, or leave fewer than that over but not nobody."""
    left = of - counts
    return (counts < limit) | ((left > 0) & (left < limit))


def enough_on_both_sides(numbers: pd.Series, of: int | pd.Series, limit: int) -> pd.Series:
    """Return which comparisons may have a difference of means printed: of people with something and without it.

    Parameters
    ----------
    numbers : pandas.Series
        People with it.
    of : int or pandas.Series
        People in all.
    limit : int

    Returns
    -------
    pandas.Series of bool
    """
    return (numbers >= limit) & (of - numbers >= limit)
