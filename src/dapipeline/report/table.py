"""A table of the page: its cells keep their values, and become text only where they are rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dapipeline.report.words import MARK, count, share, tenths


@dataclass(frozen=True)
class Number:
    """A number that is written when it is rendered.

    Attributes
    ----------
    value : float
    written : callable
        Value to text: a function of `report.words`.
    """

    value: float
    written: Callable[[float], str]

    def __str__(self) -> str:
        """Write the number."""
        return self.written(self.value)


@dataclass(frozen=True)
class Part:
    """How many of some people, or of some incidents, have something.

    Attributes
    ----------
    number, of : int
        `number` of the `of`.
    """

    number: int
    of: int

    def __str__(self) -> str:
        """Write the number and its share: 21 (84%)."""
        return f"{count(self.number)} ({share(self.number / self.of)})" if self.of else count(self.number)


@dataclass(frozen=True)
class Withheld:
    """A number that is not printed; whether for itself or to protect another cannot be seen."""

    def __str__(self) -> str:
        """Write the mark."""
        return MARK


WITHHELD = Withheld()


@dataclass(frozen=True)
class Answer:
    """What a criterion finds in a cluster.

    Attributes
    ----------
    met : bool
    figure : str or Withheld
        The cluster's own.
    """

    met: bool
    figure: str | Withheld

    def __str__(self) -> str:
        """Write a tick or a cross, and the figure."""
        return f"{'✓' if self.met else '✗'} {self.figure}"


Cell = str | Number | Part | Answer | Withheld


@dataclass(frozen=True)
class Table:
    """Cells with their headings.

    Attributes
    ----------
    caption : str
        What the table shows, for readers and for screen readers.
    columns : tuple of str
        Headings.
    rows : tuple of tuple of Cell
        Cells; the first of a row is its heading.
    numeric : frozenset of int
        Positions of the columns that are set right.
    note : str
        What is withheld or left out, in a sentence; empty where nothing is.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int]
    note: str = ""

    def written(self) -> list[list[str]]:
        """Return the rows as they are printed.

        Returns
        -------
        list of list of str
        """
        return [[str(cell) for cell in row] for row in self.rows]


def table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], numeric: Iterable[int] = (), note: str = ""
) -> Table:
    """Make a table of anything that gives rows.

    Parameters
    ----------
    caption : str
        What it shows.
    columns : sequence of str
        Headings.
    rows : iterable of sequence of Cell
        The first cell of a row is its heading.
    numeric : iterable of int
        Positions of the columns that are set right.
    note : str
        What is withheld or left out, in a sentence.

    Returns
    -------
    Table
    """
    return Table(caption, tuple(columns), _alike([tuple(row) for row in rows]), frozenset(numeric), note)


def _alike(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Write the shares of a column with one decimal each, where any of them needs one, so that they can be compared."""
    mixed = {
        at
        for at, cells in enumerate(zip(*rows, strict=True))
        if any(isinstance(cell, Number) and cell.written is share and "." in str(cell) for cell in cells)
    }
    return tuple(
        tuple(
            Number(cell.value, tenths) if at in mixed and isinstance(cell, Number) and cell.written is share else cell
            for at, cell in enumerate(row)
        )
        for row in rows
    )
