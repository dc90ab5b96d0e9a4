"""How a file is written is found out by looking at it."""

from __future__ import annotations

import gzip

import pandas as pd
import pytest

from dapipeline.errors import ExtractError
from dapipeline.extract.draft import draft_config
from dapipeline.extract.draft.layout import find_layout

ROWS = [
    ["LOG", "SUSPECT", "STARTED", "DV"],
    *([f"L{n}", f"N{n % 25}", f"{n % 28 + 1:02}/03/2015", "YN"[n % 2]] for n in range(40)),
]


def text_of(rows, delimiter=",", end="\r\n"):
    return "".join(delimiter.join(row) + end for row in rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_the_delimiter_is_the_one_that_gives_every_line_as_many_fields(tmp_path, delimiter):
    path = tmp_path / "extract.csv"
    path.write_text(text_of(ROWS, delimiter), newline="")
    assert find_layout(path).settings == ({} if delimiter == "," else {"delimiter": delimiter})


def test_commas_in_quotes_are_no_delimiter(tmp_path):
    path = tmp_path / "extract.csv"
    rows = [[f'"{cell}, and more"' if cell.startswith("L") and cell != "LOG" else cell for cell in row] for row in ROWS]
    path.write_text(text_of(rows, "|"), newline="")
    assert find_layout(path).settings == {"delimiter": "|"}


@pytest.mark.parametrize(
    ("encoding", "settings"),
    [
        ("utf-8", {}),
        ("utf-8-sig", {}),
        ("cp1252", {"encoding": "cp1252"}),
        ("utf-16", {"encoding": "utf-16"}),
        ("utf-16-le", {"encoding": "utf-16-le"}),
        ("utf-16-be", {"encoding": "utf-16-be"}),
    ],
)
def test_the_encoding_is_found_by_every_byte(tmp_path, encoding, settings):
    path = tmp_path / "extract.csv"
    rows = [*ROWS, ["Léon", "N1", "01/03/2015", "Y"]]
    path.write_bytes(text_of(rows).encode(encoding))
    assert find_layout(path).settings == settings


def test_an_accent_far_down_the_file_counts(tmp_path):
    path = tmp_path / "extract.csv"
    body = text_of(ROWS) + text_of(ROWS[1:]) * 20_000
    path.write_bytes(body.encode() + "Zoë,N1,01/03/2015,Y\r\n".encode("cp1252"))
    assert find_layout(path).settings == {"encoding": "cp1252"}


def test_bytes_that_windows_does_not_know_are_a_doubt(tmp_path):
    path = tmp_path / "extract.csv"
    path.write_bytes(text_of(ROWS).encode() + b"Z\x81,N1,01/03/2015,Y\r\n")
    layout = find_layout(path)
    assert layout.settings["encoding"] == "latin-1"
    assert layout.doubts["encoding"]


@pytest.mark.parametrize(
    ("above", "skipped"),
    [
        ("", None),
        ("Extract of incidents\r\n", 1),
        ("Extract of incidents\r\n\r\n", 2),
        ('"Extract, run by X, on request",,,\r\nPeriod: 2010 to 2020\r\n', 2),
        ("sep=;\r\n", None),
    ],
)
def test_titles_above_the_header_are_skipped(tmp_path, above, skipped):
    path = tmp_path / "extract.csv"
    delimiter = ";" if above.startswith("sep") else ","
    path.write_text(above + text_of(ROWS, delimiter), newline="")
    assert find_layout(path).settings.get("skip_rows") == skipped
    draft = draft_config(path, folder=tmp_path)
    assert "SUSPECT" in {finding.source for finding in draft.findings}


def test_packed_text_is_looked_into(tmp_path):
    path = tmp_path / "extract.csv.gz"
    path.write_bytes(gzip.compress(text_of(ROWS, "|").encode("cp1252")))
    assert find_layout(path).settings == {"delimiter": "|"}


def test_a_packed_file_that_is_cut_short_is_refused(tmp_path):
    path = tmp_path / "extract.csv.gz"
    path.write_bytes(gzip.compress(text_of(ROWS).encode())[:-30])
    with pytest.raises(ExtractError, match="E108"):
        find_layout(path)


def test_a_quote_that_never_closes_is_a_character(tmp_path):
    path = tmp_path / "extract.csv"
    rows = [[cell.replace("L3", '"L3') for cell in row] for row in ROWS]
    path.write_text(text_of(rows), newline="")
    assert "quoting: none" in draft_config(path, folder=tmp_path).text


def test_the_sheet_that_holds_the_table_is_found(tmp_path):
    path = tmp_path / "extract.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame([["Extract of incidents"], ["Period 2010 to 2020"]]).to_excel(
            book, sheet_name="About", index=False, header=False
        )
        titled = pd.DataFrame([["Incidents", "", "", ""], ["", "", "", ""], *ROWS])
        titled.to_excel(book, sheet_name="Data", index=False, header=False)
    layout = find_layout(path)
    assert layout.settings == {"sheet": "Data", "skip_rows": 2}
    assert find_layout(path, "About").settings["sheet"] == "About"


def test_a_sheet_that_is_not_there_is_refused(tmp_path):
    path = tmp_path / "extract.xlsx"
    pd.DataFrame(ROWS[1:], columns=ROWS[0]).to_excel(path, index=False)
    with pytest.raises(ExtractError, match="E114"):
        find_layout(path, "Nothing")
