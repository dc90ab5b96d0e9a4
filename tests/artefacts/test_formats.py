"""Files that a spreadsheet cannot run and that differ only where their content does."""

from __future__ import annotations

import csv
import io

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from dapipeline.artefacts import formats


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n"])
def test_a_text_that_a_spreadsheet_would_run_is_made_text(start):
    frame = pd.DataFrame({"note": [f"{start}cmd|' /C calc'!A0", f"plain {start}", None], "n": [-1.5, 2, 3]})
    shown = formats.csv_text(frame)
    cells = pd.read_csv(io.StringIO(shown), keep_default_na=False)
    assert cells["note"].tolist() == [f"'{start}cmd|' /C calc'!A0", f"plain {start}", ""]
    assert cells["n"].tolist() == [-1.5, 2, 3]  # numbers stay numbers


def test_no_cell_can_begin_a_row_of_its_own():
    frame = pd.DataFrame({"note": ["a\r=1+1", "\r\n=2", 'say "x"\n=3'], "n": [1, 2, 3]})
    records = list(csv.reader(io.StringIO(formats.csv_text(frame), newline="")))
    assert records == [["note", "n"], ["a\n=1+1", "1"], ["'\n=2", "2"], ['say "x"\n=3', "3"]]


@pytest.mark.parametrize("dtype", [object, "string", "category"])
def test_every_kind_of_text_column_is_made_safe(dtype):
    shown = formats.csv_text(pd.DataFrame({"note": pd.Series(["=1", "b"], dtype=dtype)}))
    assert shown == "note\n'=1\nb\n"


def test_the_frame_itself_is_left_as_it_was():
    frame = pd.DataFrame({"note": ["=1"]})
    formats.csv_text(frame)
    assert frame["note"].tolist() == ["=1"]


def test_numbers_have_twelve_figures_at_most_and_lines_end_alike():
    assert formats.csv_text(pd.DataFrame({"x": [1 / 3, 2.0], "n": [1, 2]})) == "x,n\n0.333333333333,1\n2,2\n"


def test_json_is_sorted_and_keeps_letters():
    assert formats.json_text({"b": [1, 2], "a": {"d": "Môn", "c": None}}) == (
        '{\n  "a": {\n    "c": null,\n    "d": "Môn"\n  },\n  "b": [\n    1,\n    2\n  ]\n}\n'
    )


def test_parquet_is_the_same_bytes_for_the_same_content(tmp_path):
    frame = pd.DataFrame({"id": ["A", "B"], "n": [1, 2]})
    for name in ("one", "two"):
        formats.write(tmp_path / f"{name}.parquet", frame.copy())
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_tables_of_every_kind_come_back_as_they_were(tmp_path):
    frame = pd.DataFrame({"offender_id": ["01", "A"], "n": [1, 2]})
    tables = {
        "frame.parquet": frame,
        "arrow.parquet": pa.Table.from_pandas(frame),
        "ibis.parquet": ibis.memtable(frame),
        "frame.csv": frame,
    }
    for name, table in tables.items():
        formats.write(tmp_path / name, table)
        found = formats.read_frame(tmp_path / name)
        assert found["offender_id"].tolist() == ["01", "A"]
        assert found["n"].tolist() == [1, 2]
        assert formats.count_rows(tmp_path / name) == 2


def test_texts_and_documents_come_back_and_have_no_rows(tmp_path):
    formats.write(tmp_path / "page.html", "<p>é</p>")
    formats.write(tmp_path / "model.json", {"k": 2})
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == "<p>é</p>"
    assert formats.read_json(tmp_path / "model.json") == {"k": 2}
    assert formats.count_rows(tmp_path / "page.html") is formats.count_rows(tmp_path / "model.json") is None
