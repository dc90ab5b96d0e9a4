"""A workbook for people with Excel: contents, one sheet per table, what the columns mean, and notes."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from xlsxwriter import Workbook

from dapipeline.report.cells import Cells
from dapipeline.report.dictionary.column import Column

ROWS = 1_048_576  # of a sheet, its heading included
NAME = 31  # characters of a sheet's name
CONTENTS, MEANINGS, NOTES = "Contents", "Columns", "Notes"
CREATED = datetime(2000, 1, 1)  # fixed, so that the same tables give the same bytes
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDEST = 60  # characters


@dataclass(frozen=True, eq=False)
class Sheet:
    """One table of a workbook.

    Attributes
    ----------
    name : str
        What its sheet is called; made valid and unique where it is not.
    title : str
        What the contents call it.
    row : str
        What one row is.
    frame : pandas.DataFrame
        Numbers, dates and texts; a column may hold a text in the place of a number that is withheld.
    columns : mapping of str to Column
        Column of the frame to its heading, unit and meaning; the unit decides how its numbers are shown.
    file : str
        Where the same rows are in CSV; empty if nowhere.
    """

    name: str
    title: str
    row: str
    frame: pd.DataFrame
    columns: Mapping[str, Column]
    file: str = ""

    @property
    def fits(self) -> bool:
        """Whether a sheet of Excel has room for its rows."""
        return len(self.frame) < ROWS


def workbook(
    sheets: Sequence[Sheet], notes: Sequence[tuple[str, str]], about: Sequence[str], marking: str = ""
) -> bytes:
    """Write a workbook.

    Parameters
    ----------
    sheets : sequence of Sheet
        In their order.
    notes : sequence of (str, str)
        Heading and text of each note.
    about : sequence of str
        Lines at the head of the contents; the first is the title.
    marking : str
        Protective marking, at the head of every printed sheet; empty for none.

    Returns
    -------
    bytes
        An xlsx file, the same for the same tables. A table that is too long for a sheet has none: the contents say so.
    """
    buffer = io.BytesIO()
    names = dict(zip(range(len(sheets)), sheet_names([sheet.name for sheet in sheets]), strict=True))
    with Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": about[0] if about else "", "created": CREATED})
        cells = Cells(book)
        pages = [book.add_worksheet(CONTENTS)]
        _contents(pages[0], cells, sheets, names, about)
        shown = [(number, sheet) for number, sheet in enumerate(sheets) if sheet.fits]
        for number, sheet in shown:
            pages.append(book.add_worksheet(names[number]))
            _table(pages[-1], cells, sheet.frame, sheet.columns)
        for name, frame in (
            (MEANINGS, _meanings(shown, names)),
            (NOTES, pd.DataFrame(notes, columns=["Note", "Text"])),
        ):
            pages.append(book.add_worksheet(name))
            _table(pages[-1], cells, frame, {})
        for page in pages:
            page.set_landscape()
            page.set_paper(9)  # A4
            page.fit_to_pages(1, 0)
            if marking:
                page.set_header("&C" + marking.replace("&", "&&"))
    return buffer.getvalue()


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Return names that Excel takes: without forbidden signs, of 31 characters at most, each once whatever its case.

    Parameters
    ----------
    wanted : sequence of str

    Returns
    -------
    list of str
        In the same order.
    """
    taken = {name.casefold() for name in (CONTENTS, MEANINGS, NOTES, "History")}  # Excel keeps the last for itself
    names = []
    for name in wanted:
        valid = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:NAME].strip(" '") or "Table"
        names.append(_untaken(valid, taken))
        taken.add(names[-1].casefold())
    return names


def _untaken(name: str, taken: Collection[str]) -> str:
    number, found = 2, name
    while found.casefold() in taken:
        found = f"{name[: NAME - len(f' ({number})')]} ({number})"
        number += 1
    return found


def _contents(page: Any, cells: Cells, sheets: Sequence[Sheet], names: Mapping[int, str], about: Sequence[str]) -> None:
    """Write what the workbook holds, with a link to each sheet."""
    for line, text in enumerate(about):
        cells.text(page, line, 0, text, cells.heading if line == 0 else None)
    head = len(about) + 1 if about else 0
    for column, heading in enumerate(("Table", "One row is", "Rows", "The same in CSV")):
        cells.text(page, head, column, heading, cells.heading)
    for line, sheet in enumerate(sheets, start=head + 1):
        number = line - head - 1
        if sheet.fits:
            quoted = names[number].replace("'", "''")
            page.write_url(line, 0, f"internal:'{quoted}'!A1", string=sheet.title)
        else:
            cells.text(page, line, 0, f"{sheet.title}: more rows than a sheet of Excel holds ({ROWS - 1:,})")
        cells.text(page, line, 1, sheet.row)
        page.write_number(line, 2, len(sheet.frame), cells.whole)
        cells.text(page, line, 3, sheet.file)
    for line, name in enumerate((MEANINGS, NOTES), start=head + len(sheets) + 2):
        page.write_url(line, 0, f"internal:'{name}'!A1", string=name)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 70)
    page.set_column(3, 3, 34)
    page.freeze_panes(head + 1, 0)


def _table(page: Any, cells: Cells, frame: pd.DataFrame, columns: Mapping[str, Column]) -> None:
    """Write a table: headings in words, which stay in view and can be filtered by."""
    for at, name in enumerate(frame.columns):
        about = columns.get(name, Column(str(name), ""))
        cells.text(page, 0, at, about.words, cells.heading)
        widest = cells.column(page, at, frame[name], about.unit)
        page.set_column(at, at, min(WIDEST, max(len(about.words) + 4, widest + 2)))
    if len(frame.columns):
        page.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)


def _meanings(shown: Sequence[tuple[int, Sheet]], names: Mapping[int, str]) -> pd.DataFrame:
    """List what the columns of every sheet mean."""
    lines = [
        (names[number], sheet.columns[name].words, sheet.columns[name].meaning, sheet.columns[name].unit, name)
        for number, sheet in shown
        for name in sheet.frame.columns
        if name in sheet.columns
    ]
    return pd.DataFrame(lines, columns=["Sheet", "Heading", "What it means", "Unit", "Name in the CSV"])
