"""Scrutiny on Spark: the tables of DuckDB to the last digit, and the counts of plain Python."""

from __future__ import annotations

import pandas as pd

from ..scrutiny.made import awkward_rows, scrutinised
from ..scrutiny.test_indicators import assert_alike, compared


def test_spark_counts_what_duckdb_and_plain_python_count(tmp_path):
    rows = awkward_rows(21, faults=True, people=250)
    marked = {"weapon": "weapon", "on_bail": "on_bail"}
    runs = {}
    for kind in ("duckdb", "spark"):
        (tmp_path / kind).mkdir()
        runs[kind] = scrutinised(tmp_path / kind, rows, engine={"kind": kind, "threads": 2}, markers=marked)
    assert_alike(*compared(runs["spark"], "financial"))
    own = [name for name, about in runs["duckdb"].manifest["stages"]["scrutiny"]["rows"].items()]
    assert len(own) >= 11
    for name in own:
        pd.testing.assert_frame_equal(runs["duckdb"].frame(name), runs["spark"].frame(name), check_exact=True)
