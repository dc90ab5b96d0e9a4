"""People by characteristic: the counts of a table, what may be printed of them, and how that is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dapipeline.report.table import WITHHELD, Cell, Number, Part, Table, table
from dapipeline.report.words import MARK, count, listed

ALL = "All"


def meaning_of_mark(limit: int) -> str:
    """Return the sentence that explains the mark of a withheld count.

    Parameters
    ----------
    limit : int
        Counts below it are withheld.

    Returns
    -------
    str
    """
    return f"{MARK} stands for a number below {limit}, or for one from which such a number could be worked out."


@dataclass(frozen=True)
class Breakdown:
    """Counts of people, or of their incidents, by row and column, as they are.

    Attributes
    ----------
    rows : tuple of str
        What each row is called.
    people : ndarray of int, shape (n_rows,)
        What decides whether a row may stand alone.
    columns : tuple of str
    counts : ndarray of int, shape (n_rows, n_columns)
    of : ndarray of int, shape (n_rows, n_columns)
        How many each count is a part of.
    exclusive : bool
        Whether everybody is in exactly one column, so that a row adds up to what it is a part of.
    within : tuple of (int, int)
        Pairs of columns of which the first counts some of those whom the second counts.
    covered : tuple of (int, tuple of int)
        A column, and others of which everybody in it is in at least one.
    behind : ndarray of int, shape (n_rows + 1, n_columns), optional
        Where not people are counted but their incidents: how many people are behind each count, and in the last row
        behind the sum of its column.
    beside : ndarray of int, shape (n_rows + 1, n_columns), optional
        The least number of people behind what each count leaves over.
    apart : bool
        Whether nobody is in two rows. Rows that share people are never added up.
    adding_up : tuple of tuple of int
        Columns that add up to a row, one set after another, where they are not all of them (`exclusive`).
    totals_known : bool
        Whether the sums of the columns stand in other tables too.
    """

    rows: tuple[str, ...]
    people: np.ndarray
    columns: tuple[str, ...]
    counts: np.ndarray
    of: np.ndarray
    exclusive: bool = True
    within: tuple[tuple[int, int], ...] = ()
    covered: tuple[tuple[int, tuple[int, ...]], ...] = ()
    behind: np.ndarray | None = None
    beside: np.ndarray | None = None
    apart: bool = True
    adding_up: tuple[tuple[int, ...], ...] = ()
    totals_known: bool = False

    @property
    def sets(self) -> tuple[tuple[int, ...], ...]:
        """The sets of columns that each add up to a row."""
        return (tuple(range(len(self.columns))),) if self.exclusive else self.adding_up


@dataclass(frozen=True)
class Gated:
    """A breakdown with what may be printed of it; the last row is that of all.

    Attributes
    ----------
    rows, people, columns, counts, of
        As of `Breakdown`, rows of few people together as one.
    withheld : ndarray of bool, shape (n_rows, n_columns)
    together : tuple of str
        The rows that were put together.
    """

    rows: tuple[str, ...]
    people: np.ndarray
    columns: tuple[str, ...]
    counts: np.ndarray
    of: np.ndarray
    withheld: np.ndarray
    together: tuple[str, ...]

    def of_columns(self, columns: Sequence[str]) -> Gated:
        """Return some columns of what was gated.

        Parameters
        ----------
        columns : sequence of str

        Returns
        -------
        Gated
        """
        at = [self.columns.index(name) for name in columns]
        return replace(
            self, columns=tuple(columns), counts=self.counts[:, at], of=self.of[:, at], withheld=self.withheld[:, at]
        )

    @property
    def scarce(self) -> tuple[str, ...]:
        """The columns of which nothing can be printed."""
        gone = np.all(self.withheld, axis=0)
        return tuple(name for name, nothing in zip(self.columns, gone, strict=True) if nothing)

    def cells(self, row: str) -> dict[str, Cell]:
        """Return what is printed of a row, by column.

        Parameters
        ----------
        row : str

        Returns
        -------
        dict of str to Cell
            Empty for a row that was put together with others.
        """
        if row not in self.rows:
            return {}
        at = self.rows.index(row)
        return {
            name: WITHHELD if self.withheld[at, c] else Part(int(self.counts[at, c]), int(self.of[at, c]))
            for c, name in enumerate(self.columns)
        }

    @property
    def silent(self) -> tuple[str, ...]:
        """The rows of which nothing is printed, beside columns that nobody's row prints."""
        shown = ~self.withheld.all(axis=0)
        gone = np.all(self.withheld[:-1, shown], axis=1) if shown.any() else np.zeros(0, dtype=bool)
        return tuple(name for name, nothing in zip(self.rows, gone, strict=False) if nothing)

    def note(self, limit: int) -> str:
        """Write what is withheld, in sentences.

        Parameters
        ----------
        limit : int

        Returns
        -------
        str
            Empty where all is printed.
        """
        said = []
        kept = [row not in self.silent for row in self.rows]
        if self.withheld[kept][:, ~self.withheld.all(axis=0)].any():
            said.append(meaning_of_mark(limit))
        if self.scarce:
            said.append(f"Not shown, of too few people or of all but too few: {listed(self.scarce)}.")
        if self.silent:
            said.append(f"Left out, because nothing could be shown of them: {listed(self.silent)}.")
        if len(self.rows) == 1:
            said.append("Not broken down: its parts are too few people, or would tell of too few.")
        elif self.together:
            said.append(
                f"Together, because alone they are too few people, or would tell of too few: {listed(self.together)}."
            )
        return " ".join(said)

    def as_table(self, caption: str, first: str, limit: int, whole: str = "People") -> Table | None:
        """Lay out what may be printed.

        Parameters
        ----------
        caption : str
        first : str
            Heading of the first column.
        limit : int
        whole : str
            What is counted: People or, where every row adds up to others, these.

        Returns
        -------
        Table or None
            One row per row of the breakdown, with its people. Columns and rows of which nothing can be printed are left
            out and named in the note. None where nothing can be printed at all.
        """
        kept = [name for name in self.columns if name not in self.scarce]
        if not kept:
            return None
        rows = [
            [row, Number(int(number), count), *(self.cells(row)[name] for name in kept)]
            for row, number in zip(self.rows, self.people if whole == "People" else self.of[:, 0], strict=True)
            if row not in self.silent
        ]
        return table(caption, [first, whole, *kept], rows, range(1, len(kept) + 2), self.note(limit))


def added_up(table: np.ndarray, parts: list[list[int]]) -> np.ndarray:
    """Add up the rows of a table by parts, and all of them in a last row.

    Parameters
    ----------
    table : ndarray of int, shape (n_rows,) or (n_rows, n_columns)
    parts : list of list of int
        The rows of each part.

    Returns
    -------
    ndarray of int, shape (n_parts + 1,) or (n_parts + 1, n_columns)
    """
    every = list(range(len(table)))
    return np.stack([table[members].sum(axis=0) for members in [*parts, every]]).astype(np.int64)


def with_whole(table: np.ndarray | None, parts: list[list[int]]) -> np.ndarray | None:
    """Add up people by parts of rows that share nobody; how many there are in all is known.

    Parameters
    ----------
    table : ndarray of int or None
        Its last row is that of all.
    parts : list of list of int
        The rows of each part.

    Returns
    -------
    ndarray of int or None
    """
    return None if table is None else np.vstack([added_up(table[:-1], parts)[:-1], table[-1:]])
