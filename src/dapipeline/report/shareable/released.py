"""A table of the shareable edition: what the page, the workbook and the figures of it are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

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
    """Means, sums or rates, rounded as they are printed: see `amounts_of`.

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
        values = {str(name): [self._value(str(name), value) for value in own] for name, own in self.amounts.items()}
        return pd.DataFrame({self.heading: [*map(str, self.amounts.index)], **values})

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
        return int(value) if self.written.get(column) is count else value

    def _cell(self, column: str, value: float) -> Number | Withheld:
        if np.isnan(value):
            return WITHHELD
        return Number(value, self.written.get(column, figures))


def amounts_of(
    name: str, caption: str, heading: str, values: pd.DataFrame, written: Mapping[str, Callable[[float], str]]
) -> Amounts:
    """Round what will be printed, before anything is made of it: no length or shade of a figure tells more either.

    Parameters
    ----------
    name, caption, heading : str
        As of `Counts`.
    values : pandas.DataFrame
        Missing where a value is withheld.
    written : mapping of str to callable
        Column to how its values are written: those by `two_figures` keep two, counts are rounded already, all others
        keep three.

    Returns
    -------
    Amounts
    """
    rounded = {column: _rounded(own, written.get(str(column), figures)) for column, own in values.items()}
    return Amounts(name, caption, heading, pd.DataFrame(rounded, columns=values.columns), written)


def _rounded(values: pd.Series, how: Callable[[float], str]) -> pd.Series:
    if how is count:
        return values
    return values.map(partial(to_figures, digits=RATE if how is two_figures else FIGURES))


Released = Counts | Amounts
