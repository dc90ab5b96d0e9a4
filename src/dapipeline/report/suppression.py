"""Secondary suppression: which cells more must be withheld so that those withheld first stay hidden.

The smallest cells are sacrificed first. What a reader could still work out is measured by `intervals`, until for every
withheld cell the range from 1 to the limit less 1 is possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from dapipeline.report.intervals import Line, bounds_of

SLACK = 1e-6  # by which a linear programme may miss a whole number


@dataclass(frozen=True)
class Ties:
    """What ties the cells of a table to each other; its last row is that of all.

    Attributes
    ----------
    lines : tuple of Line
    exclusive : bool
        Whether a row adds up to its people, who are known.
    within : tuple of (int, int)
        Pairs of columns of which the first counts some of those whom the second counts.
    """

    lines: tuple[Line, ...]
    exclusive: bool
    within: tuple[tuple[int, int], ...]


def ties_of(
    counts: np.ndarray,
    of: np.ndarray,
    exclusive: bool,
    within: tuple[tuple[int, int], ...],
    covered: tuple[tuple[int, tuple[int, ...]], ...] = (),
) -> Ties:
    """Return what ties the cells of a table.

    Parameters
    ----------
    counts, of : ndarray of int, shape (n_rows, n_columns)
        The counts and what they are parts of; the last row is that of all.
    exclusive : bool
        Whether everybody is in exactly one column.
    within : tuple of (int, int)
        Pairs of columns of which the first counts some of those whom the second counts.
    covered : tuple of (int, tuple of int)
        A column, and others of which everybody in it is in at least one.

    Returns
    -------
    Ties
    """
    n_rows, n_columns = counts.shape
    at = np.arange(n_rows * n_columns).reshape(n_rows, n_columns)
    columns = [Line(tuple(at[:, c].tolist()), (*[1] * (n_rows - 1), -1), 0) for c in range(n_columns) if n_rows > 1]
    rows = [Line(tuple(at[r].tolist()), (1,) * n_columns, int(of[r, 0])) for r in range(n_rows) if exclusive]
    nested = [
        Line((int(at[r, some]), int(at[r, more])), (-1, 1), 0, equal=False) for some, more in within
        for r in range(n_rows)
    ]  # fmt: skip
    covering = [
        Line((int(at[r, whole]), *(int(at[r, part]) for part in parts)), (-1, *[1] * len(parts)), 0, equal=False)
        for whole, parts in covered
        for r in range(n_rows)
    ]
    beside = (*within, *((part, whole) for whole, parts in covered for part in parts))
    return Ties((*columns, *rows, *nested, *covering), exclusive, beside)


def protect(counts: np.ndarray, of: np.ndarray, first: np.ndarray, ties: Ties, limit: int) -> np.ndarray:
    """Withhold as many cells more as it takes.

    Parameters
    ----------
    counts, of : ndarray of int, shape (n_rows, n_columns)
        The counts and what they are parts of; the last row is that of all.
    first : ndarray of bool, shape (n_rows, n_columns)
        Cells that are withheld for themselves.
    ties : Ties
        From `ties_of`.
    limit : int

    Returns
    -------
    ndarray of bool, shape (n_rows, n_columns)
        The cells that are not printed. Any of them may be 1, and any the limit less 1, as far as a reader can tell.
    """
    withheld = first.copy()
    _give_company(counts, withheld, ties.exclusive, limit)
    while True:
        doubtful = np.flatnonzero((withheld & ~_plainly_safe(counts, withheld, ties, limit)).ravel())
        if not len(doubtful):
            return withheld
        least, most = bounds_of(counts.ravel(), of.ravel(), withheld.ravel(), ties.lines, doubtful).T
        before = withheld.sum()
        for cell, low, high in zip(doubtful, least, most, strict=True):
            if low > 1 + SLACK or high < limit - 1 - SLACK:
                _withhold_more(counts, withheld, int(cell), ties, too_high=bool(low > 1 + SLACK))
        if withheld.sum() == before:
            return withheld  # all of it is withheld, and what is still known follows from how many people there are


def _give_company(counts: np.ndarray, withheld: np.ndarray, exclusive: bool, limit: int) -> None:
    """Withhold at least two cells of a row or column, or none, and as many as hold the limit together."""
    body = slice(0, len(counts) - 1)
    columns = [(counts[body, c], withheld[body, c], withheld[-1, c]) for c in range(counts.shape[1])]
    rows = [(counts[r], withheld[r], False) for r in range(len(counts)) if exclusive]
    changed = True
    while changed:
        changed = False
        for values, gone, total_gone in [*columns, *rows]:
            while gone.any() and not gone.all() and not total_gone and (gone.sum() < 2 or values[gone].sum() < limit):
                gone[np.flatnonzero(~gone)[np.argmin(values[~gone])]] = True
                changed = True
        columns = [(values, gone, withheld[-1, c]) for c, (values, gone, _) in enumerate(columns)]


def _plainly_safe(counts: np.ndarray, withheld: np.ndarray, ties: Ties, limit: int) -> np.ndarray:
    """Return which cells need no linear programme: people can shift round rectangles of withheld cells.

    One more at a corner is one less at the two beside it and one more at the corner opposite: rows and columns add up
    to the same.
    """
    safe = np.zeros_like(withheld)
    if not ties.exclusive or ties.within:
        return safe
    last = len(counts) - 1
    for r, c in np.argwhere(withheld[:last]):
        rows = np.flatnonzero(withheld[:last, c] & (np.arange(last) != r))
        columns = np.flatnonzero(withheld[r] & (np.arange(counts.shape[1]) != c))
        corners = withheld[np.ix_(rows, columns)]
        down = int(counts[np.ix_(rows, columns)][corners].sum())
        if down >= counts[r, c] - 1:
            up = _most_shifted(counts[rows, c], counts[r, columns], corners)
            safe[r, c] = up >= limit - 1 - counts[r, c]
    return safe


def _most_shifted(of_rows: np.ndarray, of_columns: np.ndarray, corners: np.ndarray) -> int:
    """Pair what rows and columns can give where the corner between them is withheld too; return how much that is."""
    rows, columns, shifted = of_rows.copy(), of_columns.copy(), 0
    for at, to in np.argwhere(corners):
        step = min(rows[at], columns[to])
        rows[at] -= step
        columns[to] -= step
        shifted += int(step)
    return shifted


def _withhold_more(counts: np.ndarray, withheld: np.ndarray, cell: int, ties: Ties, too_high: bool) -> None:
    """Withhold the smallest printed cell that loosens one too well known: from below, its partners; else its lines."""
    r, c = divmod(cell, counts.shape[1])
    last = len(counts) - 1
    loosening = [(r, d) for d in range(counts.shape[1]) if ties.exclusive and not withheld[r, d]]
    columns = np.flatnonzero(withheld[r]) if too_high and ties.exclusive else [c]
    loosening += [(q, int(d)) for d in columns for q in range(last) if not withheld[q, d] and (d != c or not too_high)]
    loosening += [(r, d) for pair in ties.within if c in pair for d in pair if not withheld[r, d]]
    if not loosening:
        loosening = [(q, c) for q in range(last) if not withheld[q, c]] or [(last, c)] * (not withheld[last, c])
    if loosening:
        withheld[min(loosening, key=lambda at: (counts[at], at))] = True


def all_enough(numbers: Iterable[int], limit: int) -> bool:
    """Return whether each of some numbers of people is of nobody, or of enough to be told.

    Parameters
    ----------
    numbers : iterable of int
    limit : int
        The least number of people.

    Returns
    -------
    bool
    """
    return not any(0 < number < limit for number in numbers)


def enough_in_each(numbers: np.ndarray, wholes: np.ndarray, limit: int) -> np.ndarray:
    """Choose which parts of wholes may be told: those of enough people, where the rest of their whole is enough too.

    Parameters
    ----------
    numbers : ndarray of int, shape (n_parts,)
        People of each part, 1 or more.
    wholes : ndarray, shape (n_parts,)
        The whole that each is a part of; how many people it has is known.
    limit : int

    Returns
    -------
    ndarray of bool, shape (n_parts,)
        The parts of a whole that are not told have no people, or at least the limit together.
    """
    told = numbers >= limit
    for whole in np.unique(wholes):
        own = np.flatnonzero(wholes == whole)
        for part in own[np.argsort(numbers[own], kind="stable")]:
            if all_enough([int(numbers[own][~told[own]].sum())], limit):
                break
            told[part] = False
    return told
