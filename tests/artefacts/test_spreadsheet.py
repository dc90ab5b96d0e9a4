"""CSV that a spreadsheet cannot run, and that is read back as it was written."""

from __future__ import annotations

import csv
import datetime as dt
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from dapipeline.artefacts.spreadsheet import cell_types, csv_text, read_csv

WORDS = [
    "NA", "None", "null", "nan", "NULL", "n/a", "<NA>", "#N/A", "NaN", "True", "False", "123", "00806", "1e5", "1.0",
    "inf", "2010-01-01", " ", "  padded ", "=1+1", "-something", "+44", "@x", "\ttab", "\nline", "'quoted'", "'=1",
    "''-x", "'", "''", "'plain", "a,b", 'say "x"', "two\nlines", "Môn", "\u00a0", "#", "\\N",
]  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n"])
def test_a_text_that_a_spreadsheet_would_run_is_made_text(start):
    frame = pd.DataFrame({"note": [f"{start}cmd|' /C calc'!A0", f"plain {start}", None], "n": [-1.5, 2, 3]})
    shown = csv_text(frame)
    cells = pd.read_csv(io.StringIO(shown), keep_default_na=False)
    assert cells["note"].tolist() == [f"'{start}cmd|' /C calc'!A0", f"plain {start}", ""]
    assert cells["n"].tolist() == [-1.5, 2, 3]  # numbers stay numbers


def test_no_cell_can_begin_a_row_of_its_own():
    frame = pd.DataFrame({"note": ["a\r=1+1", "\r\n=2", 'say "x"\n=3'], "n": [1, 2, 3]})
    records = list(csv.reader(io.StringIO(csv_text(frame), newline="")))
    assert records == [["note", "n"], ["a\n=1+1", "1"], ["'\n=2", "2"], ['say "x"\n=3', "3"]]


@pytest.mark.parametrize("dtype", [object, "string", "category"])
def test_every_kind_of_text_column_is_made_safe(dtype):
    shown = csv_text(pd.DataFrame({"note": pd.Series(["=1", "b"], dtype=dtype)}))
    assert shown == "note\n'=1\nb\n"


def test_the_frame_itself_is_left_as_it_was():
    frame = pd.DataFrame({"note": ["=1"]})
    csv_text(frame)
    assert frame["note"].tolist() == ["=1"]


def test_numbers_have_twelve_figures_at_most_and_lines_end_alike():
    assert csv_text(pd.DataFrame({"x": [1 / 3, 2.0], "n": [1, 2]})) == "x,n\n0.333333333333,1\n2,2\n"


def back(frame: pd.DataFrame, tmp_path) -> pd.DataFrame:
    path = tmp_path / "table.csv"
    path.write_text(csv_text(frame), encoding="utf-8")
    return read_csv(path, cell_types(frame))


@pytest.mark.parametrize("dtype", [object, "string", "category"])
def test_text_stays_text_whatever_it_says(tmp_path, dtype):
    frame = pd.DataFrame({"offence": pd.Series([*WORDS, None], dtype=dtype), "n": range(len(WORDS) + 1)})
    found = back(frame, tmp_path)["offence"]
    assert found.tolist()[:-1] == WORDS
    assert found.isna().tolist() == [False] * len(WORDS) + [True]


@pytest.mark.parametrize("word", WORDS)
def test_a_column_of_one_word_stays_text(tmp_path, word):
    assert back(pd.DataFrame({"only": [word, None, word]}), tmp_path)["only"].tolist()[::2] == [word, word]


@given(st.lists(st.text(st.sampled_from("'=+-@\t\n\",aN1 é"), min_size=1), min_size=1))
def test_any_text_comes_back(tmp_path_factory, texts):
    frame = pd.DataFrame({"text": texts, "row": range(len(texts))})
    assert back(frame, tmp_path_factory.getbasetemp())["text"].tolist() == texts


@given(st.text(st.sampled_from("'=+-@\t\nx"), min_size=1))
def test_no_cell_is_a_formula(text):
    ((cell,),) = list(csv.reader(io.StringIO(csv_text(pd.DataFrame({"c": [text]})), newline="")))[1:]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\n"))


def test_every_kind_comes_back_with_its_type(tmp_path):
    frame = pd.DataFrame(
        {
            "text": ["a", np.nan], "whole": [1, -2], "number": [0.5, np.nan], "truth": [True, False],
            "moment": np.array(["2010-01-02", "2011-01-01T10:30:15"], dtype="datetime64[us]"),
        }
    )  # fmt: skip
    assert cell_types(frame) == {name: name for name in frame.columns}
    assert_frame_equal(back(frame, tmp_path), frame)
    assert_frame_equal(back(frame.head(0), tmp_path), frame.head(0))


def test_whole_numbers_and_truths_with_gaps(tmp_path):
    frame = pd.DataFrame(
        {
            "rank": pd.array([3, None], dtype="Int64"), "share": pd.array([0.25, None], dtype="Float64"),
            "met": pd.array([True, None], dtype="boolean"), "said": pd.Series([True, None], dtype=object), "x": [1, 2],
        }
    )  # fmt: skip
    found = back(frame, tmp_path)
    assert found.dtypes.astype(str).tolist() == ["float64", "float64", "boolean", "boolean", "int64"]
    assert found.iloc[0].tolist() == [3, 0.25, True, True, 1]
    assert found.iloc[1].isna().tolist() == [True, True, True, True, False]


@pytest.mark.parametrize("dtype", ["object", "string", "Int64", "float64", "boolean", "datetime64[us]"])
def test_a_column_without_a_value_keeps_its_type(tmp_path, dtype):
    frame = pd.DataFrame({"empty": pd.Series([None, None], dtype=dtype), "n": [1, 2]})
    found = back(frame, tmp_path)["empty"]
    assert found.isna().all()
    plain = {"string": "object", "Int64": "float64"}
    assert str(found.dtype) == plain.get(dtype, dtype)
    if dtype in ("object", "string"):
        assert found.str.upper().isna().all()  # text can be asked what text is


def test_moments_beyond_the_reach_of_nanoseconds(tmp_path):
    days = [dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59), None]
    for moments in (pd.Series(np.array(days, dtype="datetime64[us]")), pd.Series(days, dtype=object)):
        found = back(pd.DataFrame({"at": moments, "n": [1, 2, 3]}), tmp_path)["at"]
        assert found.dt.year.tolist()[:2] == [1, 9999]
        assert found.isna().tolist() == [False, False, True]


def test_numbers_are_those_that_were_written(tmp_path):
    numbers = [1 / 3, 1e-300, 5475.123456789012, -0.0, float("inf"), 2.0**53]
    frame = pd.DataFrame({"x": numbers, "n": [2**53 + 1, 0, -1, 7, 8, 9]})
    found = back(frame, tmp_path)
    assert found["x"].tolist() == [float(f"{number:.12g}") for number in numbers]
    assert found["n"].tolist() == frame["n"].tolist()
