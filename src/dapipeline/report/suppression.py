"""Secondary suppression: which cells more must be withheld so that those withheld first stay hidden.

The smallest cells are sacrificed first. What a reader could still work out is measured by `intervals`, until for every
withheld cell the range from 1 to the limit less 1 is possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from dapipeline.report.breakdown import ALL, Breakdown, Gated, added_up
from dapipeline.report.intervals import Line, bounds_of

SLACK = 1e-6  # by which a linear programme may miss a whole number


@dataclass(frozen=True)
class Ties:
    """What ties the cells of a table to each other; its last row is that of all.

    Attributes
    ----------
    lines : tuple of Line
    sets : tuple of tuple of int
        Columns that add up to a row, which is known.
    within : tuple of (int, int)
        Pairs of columns of which the first counts some of those whom the second counts.
    totals_known : bool
        Whether the last row stands in other tables too, so that nothing more of it is withheld for the others' sake.
    """

    lines: tuple[Line, ...]
    sets: tuple[tuple[int, ...], ...]
    within: tuple[tuple[int, int], ...]
    totals_known: bool = False

    def beside(self, column: int) -> tuple[int, ...]:
        """Return the columns that add up to a row with this one.

        Parameters
        ----------
        column : int

        Returns
        -------
        tuple of int
        """
        return tuple(sorted({other for own in self.sets if column in own for other in own}))


def ties_of(
    counts: np.ndarray,
    of: np.ndarray,
    sets: tuple[tuple[int, ...], ...],
    within: tuple[tuple[int, int], ...],
    covered: tuple[tuple[int, tuple[int, ...]], ...] = (),
    totals_known: bool = False,
) -> Ties:
    """Return what ties the cells of a table.

    Parameters
    ----------
    counts, of : ndarray of int, shape (n_rows, n_columns)
        The counts and what they are parts of; the last row is that of all.
    sets : tuple of tuple of int
        Columns of which each set adds up to a row.
    within : tuple of (int, int)
        Pairs of columns of which the first counts some of those whom the second counts.
    covered : tuple of (int, tuple of int)
        A column, and others of which everybody in it is in at least one.
    totals_known : bool
        Whether the last row stands in other tables too.

    Returns
    -------
    Ties
    """
    n_rows, n_columns = counts.shape
    at = np.arange(n_rows * n_columns).reshape(n_rows, n_columns)
    columns = [Line(tuple(at[:, c].tolist()), (*[1] * (n_rows - 1), -1), 0) for c in range(n_columns) if n_rows > 1]
    rows = [
        Line(tuple(at[r, own].tolist()), (1,) * len(own), int(of[r, own[0]])) for own in map(list, sets)
        for r in range(n_rows)
    ]  # fmt: skip
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
    return Ties((*columns, *rows, *nested, *covering), sets, beside, totals_known)


def protect(
    counts: np.ndarray, of: np.ndarray, first: np.ndarray, ties: Ties, limit: int, behind: np.ndarray | None = None,
    apart: bool = True,
) -> np.ndarray:  # fmt: skip
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
    behind : ndarray of int, shape (n_rows, n_columns), optional
        The people behind each count, where it is not of people; of cells together at least those of the largest.
    apart : bool
        Whether nobody is in two rows.

    Returns
    -------
    ndarray of bool, shape (n_rows, n_columns)
        The cells that are not printed. Any of them may be 1, and any the limit less 1, as far as a reader can tell.
    """
    withheld = first.copy()
    told = counts.shape[1] * (len(counts) - 1) if ties.totals_known else counts.size
    _give_company(counts, withheld, ties.sets, limit, behind, apart)
    while True:
        if behind is not None:  # of people themselves the programme below sees what is still known
            _give_company(counts, withheld, ties.sets, limit, behind, apart)
        doubtful = np.flatnonzero((withheld & ~_plainly_safe(counts, withheld, ties, limit)).ravel()[:told])
        if not len(doubtful):
            return withheld
        least, most = bounds_of(counts.ravel(), of.ravel(), withheld.ravel(), ties.lines, doubtful).T
        before = withheld.sum()
        for cell, low, high in zip(doubtful, least, most, strict=True):
            if low > 1 + SLACK or high < limit - 1 - SLACK:
                _withhold_more(counts, withheld, int(cell), ties, too_high=bool(low > 1 + SLACK))
        if withheld.sum() == before:
            return withheld  # all of it is withheld, and what is still known follows from how many people there are


def _give_company(
    counts: np.ndarray, withheld: np.ndarray, sets: tuple[tuple[int, ...], ...], limit: int, behind: np.ndarray | None,
    apart: bool,
) -> None:  # fmt: skip
    """Withhold at least two cells of a row or column, or none, and as many as are of the limit of people together."""
    people = counts if behind is None else behind
    last = len(counts) - 1
    columns = [(np.arange(last), np.repeat(c, last), apart) for c in range(counts.shape[1])]
    rows = [(np.repeat(r, len(own)), np.array(own), behind is None) for own in sets for r in range(len(counts))]
    changed = True
    while changed:
        changed = False
        for row, column, add_up in [*columns, *rows]:
            values, who, gone = counts[row, column], people[row, column], withheld[row, column]
            of_all = len(set(column.tolist())) == 1 and withheld[last, column[0]]
            while gone.any() and not gone.all() and not of_all:
                together = who[gone].sum() if add_up else who[gone].max()
                if gone.sum() > 1 and together >= limit:
                    break
                helps = ~gone & (add_up | (who >= limit) | (together >= limit))
                left = np.flatnonzero(helps if helps.any() else ~gone)
                gone[left[np.argmin(values[left])]] = True
                changed = True
            withheld[row, column] = gone


def _plainly_safe(counts: np.ndarray, withheld: np.ndarray, ties: Ties, limit: int) -> np.ndarray:
    """Return which cells need no linear programme: people can shift round rectangles of withheld cells.

    One more at a corner is one less at the two beside it and one more at the corner opposite: rows and columns add up
    to the same.
    """
    safe = np.zeros_like(withheld)
    if len(ties.sets) != 1 or len(ties.sets[0]) < counts.shape[1] or ties.within:
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
    beside = [d for d in ties.beside(c) if not (ties.totals_known and r == last)]
    loosening = [(r, d) for d in beside if not withheld[r, d]]
    columns = [d for d in beside if withheld[r, d]] if too_high and beside else [c]
    loosening += [(q, int(d)) for d in columns for q in range(last) if not withheld[q, d] and (d != c or not too_high)]
    loosening += [(r, d) for pair in ties.within if c in pair for d in pair if not withheld[r, d]]
    if not loosening:
        total = [] if ties.totals_known or withheld[last, c] else [(last, c)]
        loosening = [(q, c) for q in range(last) if not withheld[q, c]] or total
    if loosening:
        withheld[min(loosening, key=lambda at: (counts[at], at))] = True


def gate_apart(about: Breakdown, limit: int) -> Gated:
    """Gate a breakdown whose rows share people: those of too few are withheld whole, and none is added to another.

    Parameters
    ----------
    about : Breakdown
    limit : int

    Returns
    -------
    Gated
    """
    parts = [[r] for r in range(len(about.rows))]
    people, counts, of = (added_up(table, parts) for table in (about.people, about.counts, about.of))
    behind = counts if about.behind is None else about.behind
    first = of_too_few(counts, of, behind, about.beside, limit)
    gone = about.people < limit
    while gone.any() and not gone.all() and (gone.sum() < 2 or about.people[gone].max() < limit):
        left = np.flatnonzero(~gone)
        gone[left[np.argmin(of[left, 0])]] = True
    first[:-1][gone] = True
    ties = ties_of(counts, of, about.sets, about.within, about.covered, about.totals_known)
    lines = tuple(line for line in ties.lines if not line.equal or not _of_one_row(line, counts.shape[1], gone))
    most = of.copy()
    most[:-1][gone] = of[:-1][gone].sum(axis=0)  # of rows that are not printed it is known how many they are together
    withheld = protect(counts, most, first, replace(ties, lines=lines), limit, behind, apart=False)
    return Gated((*about.rows, ALL), people, about.columns, counts, of, withheld, ())


def _of_one_row(line: Line, columns: int, rows: np.ndarray) -> bool:
    """Return whether a line lies within one of some rows."""
    own = {cell // columns for cell in line.cells}
    return len(own) == 1 and min(own) < len(rows) and bool(rows[min(own)])


def of_too_few(
    counts: np.ndarray, of: np.ndarray, behind: np.ndarray, beside: np.ndarray | None, limit: int
) -> np.ndarray:
    """Return which counts of incidents are of fewer people than the limit, or leave over some of fewer people.

    Parameters
    ----------
    counts, of, behind : ndarray of int, shape (n_rows, n_columns)
    beside : ndarray of int or None
        The least number of people behind what is left over; None where that stands in other columns.
    limit : int

    Returns
    -------
    ndarray of bool, shape (n_rows, n_columns)
    """
    return (behind < limit) | ((of > counts) & (beside < limit) if beside is not None else np.zeros_like(counts, bool))


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
    numbers, wholes : ndarray, shape (n_parts,)
        People of each part, 1 or more, and the whole that it is a part of; how many people that has is known.
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
