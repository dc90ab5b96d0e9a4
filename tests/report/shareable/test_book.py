"""The workbook of the shareable edition holds what the page prints, and nothing more."""

import re

import openpyxl
import pytest
from tests.report.attack import MARK, tables_of
from tests.report.shareable.attack import page_of


def as_number(cell: str) -> float | str:
    """What a cell of the page says, without the share beside it."""
    found = re.match(r"([\d,.]+)(%?)", cell)
    if not found:
        return cell
    value = float(found[1].replace(",", ""))
    return value / 100 if found[2] else value


def test_every_sheet_is_a_table_of_the_page(editions):
    book = openpyxl.load_workbook(editions[0] / "shareable/tables.xlsx")
    listed = [row[0] for row in book["Contents"].iter_rows(values_only=True)]
    captions = listed[listed.index("Table") + 1 :][:-3]  # then what the columns mean, and the notes
    pages = {table.caption: table for table in tables_of(page_of(editions[0]))}
    sheets = [name for name in book.sheetnames if name not in ("Contents", "Columns", "Notes")]
    assert len(sheets) == len(captions) > 20
    for caption, name in zip(captions, sheets, strict=True):
        heading, *rows = book[name].iter_rows(values_only=True)
        table = pages[caption]
        assert [str(words).casefold() for words in heading] == [words.casefold() for words in table.columns]
        for row, printed in zip(rows, table.rows, strict=True):
            assert row[0] == printed[0]
            for cell, words in zip(row[1:], printed[1:], strict=True):
                if words == MARK:
                    assert cell == MARK
                else:  # the page writes shares of people with fewer figures
                    assert cell == pytest.approx(as_number(words), rel=0.005, abs=0.0005)


def test_counts_in_the_workbook_are_rounded(editions):
    book = openpyxl.load_workbook(editions[0] / "shareable/tables.xlsx")
    cells = [cell for row in book["sex"].iter_rows(min_row=2, min_col=2, values_only=True) for cell in row]
    assert cells
    assert all(cell == MARK or (isinstance(cell, int) and cell % 5 == 0 and cell >= 10) for cell in cells)
