"""A table of the shareable edition: what the page, the workbook and the figures of it are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from dapipeline.report.breakdown import Gated
from dapipeline.report.shareable.rounded import FIGURES, RATE, figures, to_base, to_figures, two_figures
from dapipeline.report.table import WITHHELD, Number, Part, Table, Withheld, table
from dapipeline.report.words import MARK, count, listed


@dataclass(frozen=True)
class Counts:
    """People, or incidents, by two facts.

    Attributes
    ----------
    name : str
        Of its sheet, unique in the edition.
    caption : str
    heading : str
        Of the first column.
    whole : str
        What is counted.
    gated : Gated
        The exact counts, and which of them are withheld.
    adds : bool
        Whether the rows add up to that of all, which is left out otherwise.
    note : str
        What a reader has to know of it.
    """

    name: str
    caption: str
    heading: str
    whole: str
    gated: Gated
    adds: bool = True
    note: str = ""

    @property
    def cells(self) -> tuple[int, int]:
        """How many of its cells are printed, and how many there are."""
        withheld = self.gated.withheld[: len(self._names)]
        return int((~withheld).sum()), int(withheld.size)

    @property
    def _names(self) -> tuple[str, ...]:
        return self.gated.rows if self.adds else self.gated.rows[:-1]

    def frame(self) -> pd.DataFrame:
        """Return the rounded counts.

        Returns
        -------
        pandas.DataFrame
            The heading, the whole, and a column per category; `MARK` where a count is withheld.
        """
        return pd.DataFrame(
            [[row, whole, *(cell.number if isinstance(cell, Part) else MARK for cell in cells)]
             for row, whole, cells in self._rows()],
            columns=[self.heading, self.whole, *self.gated.columns],
        )  # fmt: skip

    def table(self) -> Table:
        """Lay out the rounded counts with their shares.

        Returns
        -------
        Table
        """
        rows = [[row, Number(whole, count), *cells] for row, whole, cells in self._rows()]
        note = self.note
        if len(self.gated.rows) == 1:
            note += f" Not by {self.heading.lower()}: the parts are too few people, or would tell of too few."
        elif self.gated.together:
            note += (
                f" Together, because alone they are too few, or would tell of too few: {listed(self.gated.together)}."
            )
        columns = [self.heading, self.whole, *self.gated.columns]
        return table(self.caption, columns, rows, range(1, len(columns)), note.strip())

    def _rows(self) -> list[tuple[str, int, list[Part | Withheld]]]:
        found = []
        for at, row in enumerate(self._names):
            whole = to_base(self.gated.of[at, 0])
            cells = [
                WITHHELD if withheld else Part(to_base(number), whole)
                for number, withheld in zip(self.gated.counts[at], self.gated.withheld[at], strict=True)
            ]
            found.append((row, whole, cells))
        return found


@dataclass(frozen=True)
class Amounts:
    """Means, sums or rates, to three figures.

    Attributes
    ----------
    name, caption, heading : str
        As of `Counts`.
    amounts : pandas.DataFrame
        Indexed by what the rows are of; missing where a value is withheld.
    written : mapping of str to callable
        Column to how its values are written; the others as numbers of three figures.
    note : str
    """

    name: str
    caption: str
    heading: str
    amounts: pd.DataFrame
    written: Mapping[str, Callable[[float], str]] = field(default_factory=dict)
    note: str = ""

    @property
    def cells(self) -> tuple[int, int]:
        """How many of its cells are printed, and how many there are."""
        return int(self.amounts.notna().to_numpy().sum()), int(self.amounts.size)

    def frame(self) -> pd.DataFrame:
        """Return the rounded values.

        Returns
        -------
        pandas.DataFrame
            The heading and a column per measure; `MARK` where a value is withheld.
        """
        rounded = {str(name): [self._value(str(name), value) for value in own] for name, own in self.amounts.items()}
        return pd.DataFrame({self.heading: [*map(str, self.amounts.index)], **rounded})

    def table(self) -> Table:
        """Lay out the rounded values.

        Returns
        -------
        Table
        """
        rows = [
            [str(row), *(self._cell(str(name), value) for name, value in own.items())]
            for row, own in self.amounts.iterrows()
        ]
        columns = [self.heading, *map(str, self.amounts.columns)]
        return table(self.caption, columns, rows, range(1, len(columns)), self.note)

    def _value(self, column: str, value: float) -> float | str:
        if np.isnan(value):
            return MARK
        written = self.written.get(column)
        return int(value) if written is count else to_figures(value, RATE if written is two_figures else FIGURES)

    def _cell(self, column: str, value: float) -> Number | Withheld:
        if np.isnan(value):
            return WITHHELD
        return Number(value, self.written.get(column, figures))


def percent(value: float) -> str:
    """Write a share to three figures.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
    """
    return f"{to_figures(100 * value):g}%"


Released = Counts | Amounts
