"""Little tables as forces and offices publish them."""

from __future__ import annotations

import openpyxl
import pytest


@pytest.fixture
def workbook(tmp_path):
    """Write sheets of rows as an Excel workbook and return its path."""

    def write(sheets, name="table.xlsx"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def text_file(tmp_path):
    """Write text and return the path."""

    def write(text, name="table.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text(text, encoding=encoding)
        return path

    return write
