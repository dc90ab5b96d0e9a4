"""The workbook: every cell as it was given, nothing that runs, the same bytes for the same tables."""

import io
import zipfile
from datetime import date, datetime

import numpy as np
import openpyxl
import pandas as pd
import pytest

from dapipeline.report import workbook as module
from dapipeline.report.dictionary.column import DAY, SHARE, Column, P
from dapipeline.report.workbook import Sheet, sheet_names, workbook

RISKY = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "=HYPERLINK(\"http://x\")",
         "http://example.org", "mailto:a@b", "12", "1e5", "00806", "TRUE", "NA"]  # fmt: skip


def opened(*sheets: Sheet, notes=(), about=("A force: tables",), marking=""):
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets, notes, about, marking)))


def sheet(frame: pd.DataFrame, name: str = "Clusters", **units: str) -> Sheet:
    columns = {column: Column(f"{column} in words", "What it is.", units.get(column, "")) for column in frame.columns}
    return Sheet(name, name, "one cluster", frame, columns, "tables/clusters.csv")


def cells(page, column: int = 1) -> list:
    return [row[column - 1].value for row in page.iter_rows(min_row=2)]


def test_text_that_looks_like_a_formula_a_link_or_a_number_stays_text():
    page = opened(sheet(pd.DataFrame({"offence": RISKY})))["Clusters"]
    got = list(page["A"])[1:]
    assert [cell.data_type for cell in got] == ["s"] * len(RISKY)
    assert [cell.hyperlink for cell in got] == [None] * len(RISKY)
    assert [str(cell.value).replace("_x000D_", "\r") for cell in got] == RISKY
    # Excel keeps as text what is marked so, even if somebody edits the cell.
    assert [cell.quotePrefix for cell in got] == [text[0] in "=+-@\t\r'" for text in RISKY]


def test_no_part_of_the_file_holds_a_formula_or_an_outer_link():
    frame = pd.DataFrame({"offence": RISKY})
    whole = workbook([sheet(frame)], [(text, text) for text in RISKY], RISKY, "=1+1&A")
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [
        name for name, text in parts.items() if "<f>" in text or "<f " in text or 'TargetMode="External"' in text
    ]
    assert [name for name in parts if "externalLink" in name or "vba" in name.lower()] == []


def test_numbers_are_numbers_with_the_format_of_their_unit():
    frame = pd.DataFrame(
        {"number": [1, 137661], "share": [0.123456789012, 1.0], "mean": [1.5, 20000.25], "people": [3, 4000],
         "p": [0.0004, 1.0], "fit": [0.25, 0.5]}
    )  # fmt: skip
    page = opened(sheet(frame, share=SHARE, people="people", p=P))["Clusters"]
    for at, name in enumerate(frame.columns, start=1):
        assert cells(page, at) == frame[name].tolist()
    shown = {page.cell(1, at).value.split()[0]: page.cell(2, at).number_format for at in range(1, 7)}
    assert shown == {
        "number": "0",
        "share": "0.0%",
        "mean": "#,##0.00",
        "people": "#,##0",
        "p": "0.000",
        "fit": "0.000",
    }


def test_what_is_missing_or_infinite_is_blank():
    frame = pd.DataFrame(
        {"mean": [np.nan, np.inf, -np.inf], "text": [None, pd.NA, ""], "count": pd.array([1, None, 3], dtype="Int64"),
         "when": [pd.NaT, datetime(2019, 2, 11, 5, 7), pd.NaT], "met": pd.array([True, None, False], dtype="boolean")}
    )  # fmt: skip
    page = opened(sheet(frame))["Clusters"]
    assert cells(page, 1) == [None] * 3 and cells(page, 2) == [None] * 3
    assert cells(page, 3) == [1, None, 3]
    assert cells(page, 4) == [None, datetime(2019, 2, 11, 5, 7), None]
    assert cells(page, 5) == [True, None, False]


def test_days_are_days_and_a_time_before_excels_own_is_text():
    frame = pd.DataFrame(
        {"day": ["2013-03-31", "no day"], "old": pd.array(["1899-12-31", "1950-01-01"], dtype="datetime64[us]")}
    )
    page = opened(sheet(frame, day=DAY))["Clusters"]
    assert page["A2"].value.date() == date(2013, 3, 31) and page["A2"].number_format == "yyyy-mm-dd"
    assert page["A3"].value == "no day"
    assert page["B2"].value == "1899-12-31 00:00:00" and page["B3"].value == datetime(1950, 1, 1)


def test_a_sign_in_the_place_of_a_withheld_number_stays_among_numbers():
    page = opened(sheet(pd.DataFrame({"people": [12, "*", 40]}), people="people"))["Clusters"]
    assert cells(page) == [12, "*", 40]
    assert page["A2"].number_format == "#,##0"


def test_headings_are_words_that_stay_in_view_and_filter():
    page = opened(sheet(pd.DataFrame({"size": [3, 4], "group": ["A", "B"]})))["Clusters"]
    assert [cell.value for cell in page[1]] == ["size in words", "group in words"]
    assert page.freeze_panes == "A2" and page.auto_filter.ref == "A1:B3"


def test_contents_link_to_every_sheet_and_say_what_a_row_is():
    frame = pd.DataFrame({"size": [3, 4]})
    book = opened(sheet(frame, "O'Neill: 1/2"), sheet(frame.iloc[:0], "Empty"), about=("A force", "Internal."))
    assert book.sheetnames == ["Contents", "O'Neill  1 2", "Empty", "Columns", "Notes"]
    page = book["Contents"]
    assert [page["A1"].value, page["A2"].value] == ["A force", "Internal."]
    lines = [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_row=6)]
    assert lines == [
        ["Table", "One row is", "Rows", "The same in CSV"],
        ["O'Neill: 1/2", "one cluster", 2, "tables/clusters.csv"],
        ["Empty", "one cluster", 0, "tables/clusters.csv"],
    ]
    assert page["A5"].hyperlink.location == "'O''Neill  1 2'!A1"
    assert page["A6"].hyperlink.location == "'Empty'!A1"
    meanings = [[cell.value for cell in row] for row in book["Columns"].iter_rows(min_row=2)]
    assert meanings[0] == ["O'Neill  1 2", "size in words", "What it is.", None, "size"]


def test_a_table_longer_than_a_sheet_is_named_and_not_cut(monkeypatch):
    monkeypatch.setattr(module, "ROWS", 4)
    book = opened(sheet(pd.DataFrame({"size": range(3)}), "Three"), sheet(pd.DataFrame({"size": range(4)}), "Four"))
    assert "Three" in book.sheetnames and "Four" not in book.sheetnames
    line = [cell.value for cell in book["Contents"][5]]
    assert line[0] == "Four: more rows than a sheet of Excel holds (3)" and line[2:] == [4, "tables/clusters.csv"]


def test_a_text_longer_than_a_cell_ends_in_an_ellipsis():
    (text,) = cells(opened(sheet(pd.DataFrame({"text": ["x" * 40_000]})))["Clusters"])
    assert len(text) == 32_767 and text.endswith("x…")


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (["a" * 40, "a" * 40, "A" * 31], ["a" * 31, "a" * 27 + " (2)", "A" * 27 + " (3)"]),
        (["Notes", "contents", "History"], ["Notes (2)", "contents (2)", "History (2)"]),
        (["a[b]c:d*e?f/g\\h", "'quoted'", "", "///"], ["a b c d e f g h", "quoted", "Table", "Table (2)"]),
    ],
)
def test_names_of_sheets_are_such_as_excel_takes(wanted, given):
    names = sheet_names(wanted)
    assert names == given
    assert all(0 < len(name) <= 31 for name in names)


def test_the_marking_stands_on_every_printed_sheet():
    book = opened(sheet(pd.DataFrame({"size": [1]})), marking="OFFICIAL-SENSITIVE & more")
    assert {page.oddHeader.center.text for page in book} == {"OFFICIAL-SENSITIVE && more"}


def test_the_same_tables_give_the_same_bytes():
    def made():
        return workbook([sheet(pd.DataFrame({"size": [1.5], "text": ["x"]}))], [("a", "b")], ["A force"])

    assert made() == made()
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert openpyxl.load_workbook(io.BytesIO(made())).properties.created == datetime(2000, 1, 1)
