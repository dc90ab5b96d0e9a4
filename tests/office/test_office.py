"""The workbook of a run, opened by LibreOffice: every sheet holds what the CSV beside it holds."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

import dapipeline
from dapipeline.report.dictionary.column import Column
from dapipeline.report.workbook import Sheet, workbook

ROOT = Path(__file__).parents[2]
OFFICE = shutil.which("soffice") or "/usr/bin/soffice"  # Debian's
# CSV of every sheet, in UTF-8, each cell as it is and not as it is shown.
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
RISKY = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x")', "'=1", "http://x.org"]


def sheets_of(book: Path, folder: Path) -> dict[str, list[list[str]]]:
    """Have LibreOffice write every sheet as CSV; return their rows by name."""
    home = f"-env:UserInstallation=file://{folder / 'home'}"
    command = [OFFICE, home, "--headless", "--convert-to", FILTER, "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.stem.removeprefix(f"{book.stem}-")] = list(csv.reader(stream))
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return dapipeline.run(ROOT / "configs/sample.yaml", out=tmp_path_factory.mktemp("sample") / "run")


@pytest.fixture(scope="module")
def sheets(run, tmp_path_factory) -> dict[str, list[list[str]]]:
    return sheets_of(run.out / "tables/tables.xlsx", tmp_path_factory.mktemp("office"))


def number(cell: str) -> float:
    return float(cell.removesuffix("%")) / (100 if cell.endswith("%") else 1)


def test_every_sheet_holds_what_the_csv_holds(run, sheets):
    contents = sheets["Contents"]
    listed = contents[next(at for at, line in enumerate(contents) if line[0] == "Table") + 1 :]
    places = {line[0]: line[3] for line in listed if len(line) > 3 and line[3]}
    of_results = {name for name in run.manifest["files"] if name.endswith(".csv")}
    assert set(places.values()) <= of_results and len(places) > 50
    names = {(line[0], line[1]): line[4] for line in sheets["Columns"][1:]}
    compared = 0
    for title, place in places.items():
        frame, (head, *rows) = run.frame(place), sheets[title]
        assert len(rows) == len(frame) == int(next(line[2] for line in listed if line[0] == title)), title
        for name in frame:
            (at,) = [at for at, heading in enumerate(head) if names[title, heading] == name]
            for cell, value in zip((row[at] for row in rows), frame[name], strict=True):
                compared += 1
                if pd.isna(value) or value == "":
                    assert cell == "", (place, name)
                elif isinstance(value, bool):
                    assert cell == str(value).upper(), (place, name)
                elif isinstance(value, str):
                    assert cell == value, (place, name)
                else:
                    assert number(cell) == pytest.approx(value, rel=1e-11), (place, name)
    assert compared > 100_000


def test_a_typologys_title_stands_beside_its_key_in_every_sheet(run, sheets):
    titles = run.frame("typologies").set_index("typology")["title"]
    beside = 0
    for name, (head, *rows) in sheets.items():
        if name not in ("Columns", "Notes", "Contents", "Typologies") and "Typology (key)" in head:
            at = head.index("Typology (key)")
            assert head[at + 1] == "Typology"
            assert all(row[at + 1] == titles[row[at]] for row in rows)
            beside += 1
    assert beside >= 9


def test_what_looks_like_a_formula_is_the_text_that_it_was(tmp_path):
    frame = pd.DataFrame({"offence": RISKY, "rows": range(len(RISKY))})
    columns = {name: Column(name, "") for name in frame}
    (tmp_path / "risky.xlsx").write_bytes(workbook([Sheet("Rows", "Rows", "one", frame, columns)], [], RISKY))
    found = sheets_of(tmp_path / "risky.xlsx", tmp_path)
    assert [row[0].replace("\n", "\r") for row in found["Rows"][1:]] == RISKY
    assert [row[0].replace("\n", "\r") for row in found["Contents"][: len(RISKY)]] == RISKY
