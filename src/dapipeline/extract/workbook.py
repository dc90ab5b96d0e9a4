"""Excel workbooks: the sheet to read, its continuation on further sheets, rows as Excel numbers them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from dapipeline.config import Extract
from dapipeline.errors import ExtractError, MissingExtraError, did_you_mean
from dapipeline.extract.files import cannot_open
from dapipeline.extract.header import PREVIEW, Header, make_header
from dapipeline.extract.packed import broken_archive
from dapipeline.extract.table import Part, Reading, SourceTable, warn_of_a_full_sheet
from dapipeline.extract.warnings import Warned
from dapipeline.extract.workbook_parts import SheetPart, look_at_sheets

INEXACT = 1e15  # a spreadsheet keeps fifteen digits
LARGEST = 1 << 31  # bytes; a workbook is held in memory


class Workbook(SourceTable):
    """A workbook of Excel or LibreOffice.

    Raises
    ------
    ExtractError
        E101, E103, E105, E106, E108, E115, E116 where it cannot be opened or its header makes no sense, E114 where the
        sheet is not there, E118 where formulas have no values.
    MissingExtraError
        X001 without python-calamine.
    """

    def __init__(self, path: Path, name: str, extract: Extract) -> None:
        self.path, self.name, self.extract = path, name, extract
        self._begin()
        wanted = [self._named(extract.sheet)] if extract.sheet is not None else self._visible
        self._parts = look_at_sheets(path, wanted) if path.name.lower().endswith((".xlsx", ".xlsm")) else {}
        self._refuse_empty_formulas()
        rows = {sheet: self._rows(sheet) for sheet in wanted}
        # A sheet of one line is a cover, not a table.
        first = next((sheet for sheet in wanted if len(rows[sheet]) > 1), wanted[0])
        self._read = {first: rows[first]}
        self.header = self._header(rows[first])
        for sheet in wanted[wanted.index(first) + 1 :]:
            if rows[sheet] and [cell.strip() for cell in rows[sheet][0][1]] == self.header.preview[0]:
                self._read[sheet] = rows[sheet]
        self._unread = [sheet for sheet in wanted if sheet not in self._read and self._holds_anything(sheet)]

    def parts(self, reading: Reading) -> Iterator[Part]:
        """Read the sheets one after the other.

        Parameters
        ----------
        reading : Reading
            Collects malformed records and warnings, and the digest of the file once all of it has been read.

        Yields
        ------
        Part
            Some records each, in the order of the source.
        """
        width = len(self.header.names)
        for at, (sheet, rows) in enumerate(self._read.items(), start=1):
            body = [(row, (cells + [""] * width)[:width]) for row, cells in rows[1:]]
            columns = list(zip(*(cells for _, cells in body), strict=True)) or [()] * width
            source = self.name if len(self._read) == 1 else f"{self.name}, {sheet}"
            arrays = [pa.array([cell or None for cell in column], pa.string()) for column in columns]
            yield Part(source, arrays, np.array([row for row, _ in body], dtype=np.int64), at / len(self._read))
            warn_of_a_full_sheet(reading, source, rows[-1][0] if rows else 0)
        self._warn(reading)
        reading.digests[self.name] = self._digest

    @classmethod
    def first_rows(cls, path: Path, sheet: str | None, most: int) -> dict[str, list[tuple[int, list[str]]]]:
        """Return the first rows that hold anything, of one sheet or of all that are not hidden.

        Parameters
        ----------
        path : Path
            The workbook.
        sheet : str or None
            The sheet; None for all that are not hidden.
        most : int
            Rows per sheet.

        Returns
        -------
        dict of str to list of (int, list of str)
            By sheet: the number of each row in Excel, and its cells.

        Raises
        ------
        ExtractError
            E101, E108, E114, E116.
        MissingExtraError
            X001 without python-calamine.
        """
        book = cls.__new__(cls)
        book.path, book.name, book.extract = path, path.name, Extract(path=str(path), sheet=sheet)
        book._begin()
        names = [book._named(sheet)] if sheet is not None else book._visible
        return {name: book._rows(name)[:most] for name in names}

    def _begin(self) -> None:
        content = self._content()
        self._digest = hashlib.sha256(content).hexdigest()
        self._book = self._open(content)
        self._visible, self._hidden = self._sheets()

    def _content(self) -> bytes:
        try:
            if self.path.stat().st_size > LARGEST:
                raise ExtractError("E116", f"{self.path.name} is too large for a workbook.", "Export it as CSV.")
            return self.path.read_bytes()
        except OSError as error:
            raise cannot_open(self.path, error) from error

    def _open(self, content: bytes) -> Any:
        try:
            import python_calamine  # noqa: PLC0415  an extra
        except ImportError:
            raise MissingExtraError("python-calamine", "excel", f"Reading {self.path.name}") from None
        self._unreadable = (python_calamine.CalamineError, OSError, ValueError)
        try:
            return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        except self._unreadable as error:
            raise broken_archive(self.path) from error

    def _sheets(self) -> tuple[list[str], list[str]]:
        """Return the names of the sheets that are shown in Excel, and of the hidden ones."""
        sheets = [sheet for sheet in self._book.sheets_metadata if str(sheet.typ).endswith("WorkSheet")]
        hidden = [sheet.name for sheet in sheets if not str(sheet.visible).endswith(".Visible")]
        visible = [sheet.name for sheet in sheets if sheet.name not in hidden]
        if not visible and self.extract.sheet is None:
            raise ExtractError(
                "E114", f"Every sheet of {self.name} is hidden.", "Name the one to read under extract.sheet."
            )
        return visible, hidden

    def _named(self, wanted: str) -> str:
        names = [*self._visible, *self._hidden]
        if wanted not in names:
            raise ExtractError(
                "E114",
                f"{self.name} has no sheet {wanted!r}{did_you_mean(wanted, names)}.",
                f"Its sheets are: {', '.join(names)}.",
            )
        return wanted

    def _refuse_empty_formulas(self) -> None:
        for sheet, part in self._parts.items():
            if part.formulas_without_value:
                raise ExtractError(
                    "E118",
                    f"{part.formulas_without_value:,} formulas on sheet {sheet!r} of {self.name} have no stored "
                    "values.",
                    "Open it in Excel and save it, so that the formulas are worked out.",
                )

    def _holds_anything(self, sheet: str) -> bool:
        return bool(self._book.get_sheet_by_name(sheet).height)

    def _rows(self, sheet: str) -> list[tuple[int, list[str]]]:
        """Read the rows that hold anything, each with its number in Excel."""
        try:
            table = self._book.get_sheet_by_name(sheet)
            above = (table.start or (0, 0))[0] + 1
            rows = enumerate(table.to_python(), start=above)
        except self._unreadable as error:
            raise broken_archive(self.path) from error
        texts = ((row, [_cell_text(cell) for cell in cells]) for row, cells in rows if row > self.extract.skip_rows)
        return [(row, cells) for row, cells in texts if any(cells)]

    def _header(self, rows: list[tuple[int, list[str]]]) -> Header:
        preview = [[cell.strip() for cell in cells] for _, cells in rows[:PREVIEW]]
        return make_header(self.name, preview, [row for row, _ in rows[:PREVIEW]])

    def _warn(self, reading: Reading) -> None:
        for sheet in self._unread:
            text = f"Sheet {sheet!r} of {self.name} has another layout and was not read."
            reading.warnings.append(Warned("W102", "", 0, text))
        if self._hidden and self.extract.sheet is None:
            text = f"Not read, because hidden, in {self.name}: {', '.join(repr(sheet) for sheet in self._hidden)}."
            reading.warnings.append(Warned("W102", "", 0, text))
        for sheet in self._read:
            part: SheetPart | None = self._parts.get(sheet)
            if part and part.errors:
                text = f"{part.errors:,} cells of {self.name} hold an error such as #N/A and count as missing."
                reading.warnings.append(Warned("W108", "", part.errors, text))


def _cell_text(cell: Any) -> str:
    """Return a cell as a CSV would hold it: Excel stores whole numbers as floats."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and abs(cell) >= INEXACT:
        return f"{cell:.14E}"  # its last digits are lost, and an id must show that
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, time | timedelta):
        return str(cell)
    return str(cell)
