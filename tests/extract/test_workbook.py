"""Workbooks: the sheet that is meant, every row of it, with the number that Excel shows."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from dapipeline.errors import ExtractError

HEADER = ["incident_id", "offender_id", "occurred_from", "da_flag", "is_crime"]


def row(at: int) -> list:
    return [f"I{at}", "A", "2015-01-01", True, True]


def book(path, **sheets) -> None:
    """Save sheets of rows; a hidden one's name begins with an underscore, its rows are given as they are."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
        if name.startswith("_"):
            sheet.sheet_state = "veryHidden" if name.startswith("__") else "hidden"
    made.save(path)


@pytest.fixture
def extract(tmp_path):
    return tmp_path / "extract.xlsx"


def test_further_sheets_of_the_same_layout_are_its_continuation(extract, take):
    book(extract, first=[HEADER, row(1), row(2)], second=[HEADER, row(3)], notes=[["Made by me"], ["x"]])
    taken = take(extract)
    places = [(r["source_file"], r["source_row"], r["incident_id"]) for r in taken.rows]
    assert places == [
        ("extract.xlsx, first", 2, "I1"), ("extract.xlsx, first", 3, "I2"), ("extract.xlsx, second", 2, "I3"),
    ]  # fmt: skip
    assert "Sheet 'notes' of extract.xlsx has another layout" in taken.warned["W102", ""][1]


@pytest.mark.parametrize("hidden", ["_old", "__old"])
def test_hidden_sheets_are_not_read_unasked(extract, take, hidden):
    book(extract, **{hidden: [HEADER, row(1)]}, data=[HEADER, row(2)])
    taken = take(extract)
    assert taken.column("incident_id") == ["I2"]
    assert hidden in taken.warned["W102", ""][1]
    asked = take(extract, sheet=hidden)
    assert asked.column("incident_id") == ["I1"]
    assert asked.warned == {}


def test_a_sheet_that_is_not_there_is_named(extract, take):
    book(extract, data=[HEADER, row(1)])
    with pytest.raises(ExtractError, match=r"E114: extract.xlsx has no sheet 'Datta' \(did you mean 'data'\?\)"):
        take(extract, sheet="Datta")


def test_rows_have_the_numbers_that_excel_shows(extract, take):
    rows = [
        [],
        ["Incidents, by the system"],
        [],
        ["", *HEADER],
        ["", *row(1)],
        [],
        ["", "I2", "A", "never", True, True],
    ]
    book(extract, data=rows)
    taken = take(extract, skip_rows=2)
    assert taken.column("source_row") == [5]
    assert taken.quarantined == [(7, "unreadable_date", "occurred_from", "never")]
    assert taken.counts["rows_read"] == 2
    with pytest.raises(ExtractError, match=r"E105: The names of the columns stand on row 4"):
        take(extract)


def test_errors_of_excel_are_missing_and_counted(extract, take):
    book(extract, data=[HEADER, ["I1", "#N/A", "2015-01-01", True, True], ["I2", "A", "2015-01-01", True, "#REF!"]])
    taken = take(extract)
    assert taken.warned["W108", ""][0] == 2
    assert taken.rows == []
    assert taken.counts["no_people", "offender_id"] == taken.counts["missing_flag", "is_crime"] == 1


def test_formulas_without_values_are_refused(extract, take):
    book(extract, data=[HEADER, ["I1", "A", "2015-01-01", '=IF(1=1,"Y","N")', True], row(2)])
    with pytest.raises(ExtractError, match=r"E118: 1 formulas on sheet 'data' of extract.xlsx have no stored values"):
        take(extract)


def test_a_cell_far_away_is_refused_before_it_fills_the_memory(extract, take):
    book(extract, data=[HEADER, row(1)])
    with zipfile.ZipFile(extract) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    last = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", last)
    with zipfile.ZipFile(extract, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(
        ExtractError, match=r"E116: Sheet 'data' of extract.xlsx reaches to row 1,048,576 and column 16,384"
    ):
        take(extract)


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(extract, take, monkeypatch):
    monkeypatch.setattr("dapipeline.extract.workbook_parts.BOMB_SIZE", 1000)
    monkeypatch.setattr("dapipeline.extract.workbook_parts.BOMB_RATIO", 2)
    book(extract, data=[HEADER, *(row(1) for _ in range(2000))])
    with pytest.raises(ExtractError, match=r"E116: extract.xlsx is small, but unpacks"):
        take(extract)


KINDS = {
    "page.xls": (b"<html><body><table></table></body></html>", "E108: page.xls is a web page (HTML)"),
    "zipped.csv": (b"PK\x03\x04rest", "E108: zipped.csv is a zip archive"),
    "book.csv": (None, "E108: book.csv is an Office file (.xlsx)"),
    "packed.csv": (b"\x1f\x8b\x08rest", "E108: packed.csv is packed by gzip"),
    "table.xlsx": (b"PAR1rest", "E108: table.xlsx is Parquet"),
    "locked.xlsx": (
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "E108: locked.xlsx is locked by a password",
    ),
    "~$book.xlsx": (b"x", "E104: ~$book.xlsx is the lock file that Excel keeps"),
    "all.zip": (b"PK\x03\x04rest", "E104: all.zip is a zip archive"),
    "one.gz": (b"\x1f\x8b\x08rest", "E104: one.gz is packed by gzip"),
    "data.xml": (b"<?xml version='1.0'?><a/>", "E104: data.xml is an XML document"),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_is_named_as_what_it_is(tmp_path, take, name):
    content, said = KINDS[name]
    if content is None:
        stream = io.BytesIO()
        book(stream, data=[HEADER, row(1)])
        content = stream.getvalue()
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ExtractError) as refused:
        take(tmp_path / name)
    assert str(refused.value).startswith(said)


def test_numbers_that_a_spreadsheet_cannot_hold_are_no_ids(extract, take):
    book(extract, data=[HEADER, ["I1", 12345678901234567, "2015-01-01", True, True], row(2)])
    assert take(extract).quarantined[0][1:3] == ("scientific_id", "offender_id")


def test_a_cover_of_one_line_is_no_table(extract, take):
    book(extract, cover=[["Incidents of the force"]], data=[HEADER, row(1)])
    assert take(extract).column("incident_id") == ["I1"]
