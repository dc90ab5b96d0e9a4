"""The cells of a workbook: numbers with the format of their unit, dates as dates, and text that is never run."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from dapipeline.report.dictionary.column import DAY, SHARE, P

LONGEST = 32_767  # characters of a cell
RISKY = re.compile(r"[=+\-@\t\r\n']")  # at the head of a text: what a spreadsheet would run, or take for its own mark
FIRST_DAY, LAST_YEAR = datetime(1900, 3, 1), 9999  # before that Excel counts a day that never was
WHOLE, DECIMAL, FINE, PERCENT = "#,##0", "#,##0.00", "0.000", "0.0%"
LEAST = 8  # characters of a column
NAMES = "0"  # whole numbers that name something have no thousands


class Cells:
    """Writes cells, with the few formats of a workbook.

    Parameters
    ----------
    book : xlsxwriter.Workbook

    Attributes
    ----------
    heading, whole : xlsxwriter.format.Format
    """

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[str, Any] = {}
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._quoted = book.add_format({"quote_prefix": True})
        self.whole = self._format(WHOLE)

    def _format(self, how: str) -> Any:
        if how not in self._formats:
            self._formats[how] = self._book.add_format({"num_format": how})
        return self._formats[how]

    def text(self, page: Any, row: int, column: int, text: str, how: Any = None) -> None:
        """Write a text; what looks like a formula stays text, also for whoever edits the cell.

        Parameters
        ----------
        page : xlsxwriter.worksheet.Worksheet
        row, column : int
        text : str
            What is too long for a cell ends in an ellipsis.
        how : xlsxwriter.format.Format, optional
        """
        if not text:
            return
        if len(text) > LONGEST:
            text = text[: LONGEST - 1] + "…"
        page.write_string(row, column, text, self._quoted if how is None and RISKY.match(text) else how)

    def column(self, page: Any, at: int, cells: pd.Series, unit: str) -> int:
        """Write a column below its heading.

        Parameters
        ----------
        page : xlsxwriter.worksheet.Worksheet
        at : int
            Number of the column.
        cells : pandas.Series
            Missing and infinite cells stay blank.
        unit : str
            Of `Column`.

        Returns
        -------
        int
            Characters of its widest cell, about.
        """
        if pd.api.types.is_numeric_dtype(cells.dtype) and not pd.api.types.is_bool_dtype(cells.dtype):
            numbers = cells.to_numpy(dtype="float64", na_value=np.nan)
            how = self._format(_number_format(numbers, unit))
            for row in np.flatnonzero(np.isfinite(numbers)):
                page.write_number(int(row) + 1, at, float(numbers[row]), how)
            return LEAST
        values = _as_days(cells) if unit == DAY else list(cells.astype(object))
        told = [value for value in values if isinstance(value, Real) and not isinstance(value, bool | np.bool_)]
        how = self._format(_number_format(np.array(told, dtype="float64"), unit))
        return max([LEAST, *(self._cell(page, row, at, value, how) for row, value in enumerate(values, start=1))])

    def _cell(self, page: Any, row: int, at: int, value: Any, number: Any) -> int:
        """Write one cell of a column that holds more than numbers; return how wide it is."""
        if value is None or value is pd.NA or value is pd.NaT:
            return 0
        if isinstance(value, bool | np.bool_):
            page.write_boolean(row, at, bool(value))
        elif isinstance(value, Real):
            if math.isfinite(value):
                page.write_number(row, at, float(value), number)
        elif isinstance(value, date):
            self._moment(page, row, at, value)
            return 16
        else:
            self.text(page, row, at, str(value))
            return len(str(value))
        return 0

    def _moment(self, page: Any, row: int, at: int, value: date) -> None:
        timed = isinstance(value, datetime)
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        if moment >= FIRST_DAY and moment.year <= LAST_YEAR:
            page.write_datetime(row, at, moment, self._format("yyyy-mm-dd hh:mm" if timed else "yyyy-mm-dd"))
        else:
            self.text(page, row, at, str(value))


def _as_days(cells: pd.Series) -> list[Any]:
    """Return days written as text as dates; a text that is no day stays as it is."""
    days = pd.to_datetime(cells, errors="coerce", format="%Y-%m-%d")
    return [text if pd.isna(day) else day.date() for text, day in zip(cells, days, strict=True)]


def _number_format(numbers: np.ndarray, unit: str) -> str:
    if unit in (SHARE, P):
        return PERCENT if unit == SHARE else FINE
    known = numbers[np.isfinite(numbers)]
    if (known == np.round(known)).all():
        return WHOLE if unit else NAMES
    return DECIMAL if np.abs(known).max() > 1 else FINE
