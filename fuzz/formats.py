"""Workbooks and Parquet files of every kind, the same bytes each time."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from fuzz.sheet import Sheet

UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
CELL = 32_000  # characters Excel allows


def write_workbook(sheet: Sheet, path: Path, rng: random.Random) -> dict[str, Any]:
    """Write an Excel workbook, perhaps of several sheets; give the settings that read it."""
    book = openpyxl.Workbook()
    page = book.active
    above = rng.choice((0, 0, 0, 2))
    for _ in range(above):
        page.append(["A title"])
    for record in [sheet.header, *sheet.records]:
        page.append([_cell(cell, rng) for cell in record])
    settings: dict[str, Any] = {"skip_rows": above} if above and rng.random() < 0.5 else {}
    odd = rng.random()
    if odd < 0.5:
        other = book.create_sheet("Other", rng.choice((0, 1)))
        other.append(rng.choice((sheet.header, ["note"], [])))
        other.append(["x"])
        other.sheet_state = rng.choice(("visible", "hidden", "veryHidden"))
        settings |= rng.choice(({}, {"sheet": page.title}, {"sheet": "Other"}, {"sheet": "None such"}))
    elif odd < 0.6:
        page.cell(1_048_576 if rng.random() < 0.1 else 5_000, 200, "far away")
    stream = io.BytesIO()
    book.save(stream)
    raw = _same_each_time(stream.getvalue())
    path.write_bytes(raw if rng.random() < 0.95 else raw[: len(raw) // 2])
    return settings


def _cell(text: str, rng: random.Random) -> Any:
    clean = text.translate(UNPRINTABLE)[:CELL]
    odd = rng.random()
    if odd < 0.01:
        return rng.choice(("#N/A", "=1/0", "=A1", datetime(2015, 6, 1, 12), 42094.5, True, None, date(1900, 1, 1)))
    if odd < 0.05 and clean.isdigit():
        return float(clean)
    return clean or None


def _same_each_time(raw: bytes) -> bytes:
    """A workbook holds when it was saved, which is no part of a case."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "docProps/core.xml":
                new.writestr(zipfile.ZipInfo(name), old.read(name))
            else:
                new.writestr(zipfile.ZipInfo(name), '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/'
                             'package/2006/metadata/core-properties"/>')  # fmt: skip
    return stream.getvalue()


def write_parquet(sheet: Sheet, path: Path, rng: random.Random) -> dict[str, Any]:
    """Write a Parquet file whose columns may be of any type; give the settings that read it."""
    width = len(sheet.header)
    records = [[*record[:width], *[""] * (width - len(record))] for record in sheet.records]
    columns = [pa.array([record[at] or None for record in records], pa.string()) for at in range(width)]
    for _ in range(rng.randrange(4)):
        at = rng.randrange(width)
        columns[at] = _of_odd_type(columns[at], rng)
    pq.write_table(pa.Table.from_arrays(columns, names=sheet.header), path)
    raw = path.read_bytes()
    path.write_bytes(raw if rng.random() < 0.9 else raw[: rng.randrange(len(raw))])
    return {}


def _of_odd_type(column: pa.Array, rng: random.Random) -> pa.Array:
    texts = [None if cell is None else str(cell) for cell in column.to_pylist()]  # it may have an odd type already
    moment = datetime(2015, 6, 1, 12, tzinfo=UTC)
    makers: tuple[tuple[Any, pa.DataType | None], ...] = (
        (lambda cell: [cell, cell], pa.list_(pa.string())),
        (lambda cell: {"a": cell}, None),
        (lambda cell: Decimal("12.50"), pa.decimal128(9, 2)),
        (lambda cell: moment, pa.timestamp("us", "Europe/London")),
        (lambda cell: moment.replace(tzinfo=None), pa.timestamp("ns")),
        (lambda cell: moment.date(), pa.date32()),
        (lambda cell: moment.time(), pa.time64("us")),
        (lambda cell: (cell or "").encode("utf-16"), pa.binary()),
        (lambda cell: float(len(cell or "")), pa.float64()),
        (lambda cell: float("nan"), pa.float32()),
        (lambda cell: 2**63 - 1, pa.int64()),
        (bool, pa.bool_()),
        (lambda cell: None, pa.null()),
        (lambda cell: [("k", cell)], pa.map_(pa.string(), pa.string())),
    )
    if rng.random() < 0.15:
        return pa.array(texts, pa.string()).dictionary_encode()
    make, kind = rng.choice(makers)
    return pa.array([None if cell is None else make(cell) for cell in texts], kind)
