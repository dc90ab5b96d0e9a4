"""A table as the page prints it: every cell is written out already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Cells with their headings.

    Attributes
    ----------
    caption : str
        What the table shows, for readers and for screen readers.
    columns : tuple of str
        Headings.
    rows : tuple of tuple of str
        Cells; the first of a row is its heading.
    numeric : frozenset of int
        Positions of the columns that are set right.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int]


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], numeric: Iterable[int] = ()) -> Table:
    """Make a table of anything that gives rows."""
    return Table(caption, tuple(columns), tuple(tuple(row) for row in rows), frozenset(numeric))
