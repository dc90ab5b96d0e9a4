"""Small extracts, taken in as the pipeline does, with the answers as plain Python values."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from dapipeline.config import Config
from dapipeline.extract.intake import take_in

NEEDED = {
    "incident_id": "I1",
    "offender_id": "A",
    "occurred_from": "2015-06-15 10:00:00",
    "da_flag": "true",
    "is_crime": "true",
}


@dataclass
class Taken:
    """An extract as it was taken in.

    rows: one dict a kept row, in the order of the source; quarantined and blanked: tuples; counts: the
    lines of more than no rows, by rule or by (rule, column); warned: rows and text by (code, column).
    """

    rows: list[dict]
    quarantined: list[tuple]
    blanked: list[tuple]
    counts: dict
    present: tuple[str, ...]
    warned: dict
    refusal: str | None

    def column(self, name: str) -> list:
        return [row[name] for row in self.rows]


def _plain(frame: pd.DataFrame) -> list[dict]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


@pytest.fixture
def take():
    """Take in a file or a pattern; keyword arguments are settings of the extract; window and marks are not."""

    def run(path: Path, window=None, marks=(), **settings) -> Taken:
        # Extracts of a few rows, most of them faulty on purpose: what is tolerated is a test of its own.
        extract = {"path": "given", "tolerance": 1.0, **settings}
        counted = {"window": window or {}, "domestic_abuse": {"include": marks}}
        config = Config.model_validate({"name": "test", "extract": extract, **counted})
        taken = take_in(path, config)
        found = taken.extracted
        by_row = ["source_file", "source_row"]
        counts = found.counts[found.counts["rows"] > 0]
        return Taken(
            rows=_plain(found.rows.order_by(by_row).to_pandas()),
            quarantined=[
                tuple(row.values())
                for row in _plain(
                    found.quarantined.order_by([*by_row, "rule"])
                    .select("source_row", "rule", "column", "value")
                    .to_pandas()
                )
            ],
            blanked=[
                tuple(row.values())
                for row in _plain(
                    found.blanked.order_by([*by_row, "column"])
                    .select("source_row", "rule", "column", "value")
                    .to_pandas()
                )
            ],
            counts={
                (line.rule, line.column) if line.column else line.rule: int(line.rows) for line in counts.itertuples()
            },
            present=taken.mapping.present,
            warned={(w.code, w.column): (w.rows, f"{w.text} {w.remedy}") for w in taken.warnings.itertuples()},
            refusal=taken.refusal and str(taken.refusal),
        )

    return run


@pytest.fixture
def write(tmp_path):
    """Write dict rows as a CSV; columns are the union of theirs, in order of appearance."""

    def run(rows: list[dict], name: str = "extract.csv", encoding: str = "utf-8", **dialect) -> Path:
        path = tmp_path / name
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with path.open("w", encoding=encoding, newline="") as stream:
            writer = csv.DictWriter(stream, columns, **dialect)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return run


@pytest.fixture
def needed():
    """A row of the needed columns, with others or other values on top."""

    def row(**others) -> dict:
        return {**NEEDED, **others}

    return row
