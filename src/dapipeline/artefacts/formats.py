"""How outputs are written and read: Parquet, CSV that a spreadsheet cannot run, JSON with sorted keys."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandas.api import types

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n")


def write(path: Path, content: Any) -> None:
    """Write one output in the format that the ending of its name says.

    Parameters
    ----------
    path : Path
        Ends in .parquet, .csv, .json, or anything that is text.
    content : pandas.DataFrame, pyarrow.Table, ibis.Table, dict, str or Path
        What to write; of a path, a copy of the file.
    """
    if isinstance(content, Path):
        shutil.copyfile(content, path)
    elif path.suffix == ".parquet":
        _write_parquet(path, content)
    elif path.suffix == ".csv":
        path.write_text(csv_text(content), encoding="utf-8")
    elif path.suffix == ".json":
        path.write_text(json_text(content), encoding="utf-8")
    else:
        path.write_text(content, encoding="utf-8")


def read_frame(path: Path) -> pd.DataFrame:
    """Read a table of a run: Parquet, or CSV with ids kept as text."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path, dtype={"offender_id": "string", "incident_id": "string", "offence_code": "string"})


def read_json(path: Path) -> Any:
    """Read a JSON output of a run."""
    return json.loads(path.read_text(encoding="utf-8"))


def csv_text(frame: pd.DataFrame) -> str:
    """Give a table as CSV that a spreadsheet opens without running anything in it."""
    safe = frame.copy()
    for name in safe.columns:
        kind = safe[name].dtype
        if isinstance(kind, pd.CategoricalDtype) or types.is_object_dtype(kind) or types.is_string_dtype(kind):
            # Cells repeat, so that each different one is looked at once.
            codes, found = pd.factorize(safe[name].astype("string"))
            # A lone carriage return would not be quoted, and would begin a row of its own.
            cells = pd.Series(found, dtype="string").str.replace(r"\r\n?", "\n", regex=True)
            cells = cells.where(~cells.str.startswith(FORMULA_STARTS).fillna(False), "'" + cells)
            safe[name] = cells.array.take(codes, allow_fill=True)
    text: str = safe.to_csv(index=False, lineterminator="\n", float_format="%.12g")
    return text


def json_text(content: Any) -> str:
    """Give a document as JSON with sorted keys, one item a line."""
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def _write_parquet(path: Path, content: Any) -> None:
    if isinstance(content, pd.DataFrame):
        content = pa.Table.from_pandas(content, preserve_index=False).replace_schema_metadata()
    if isinstance(content, pa.Table):
        pq.write_table(content, path, compression="zstd")
        return
    # An Ibis table: batch by batch, so that it never has to fit in memory.
    with (
        content.to_pyarrow_batches(chunk_size=100_000) as batches,
        pq.ParquetWriter(path, batches.schema, compression="zstd") as writer,
    ):
        for batch in batches:
            writer.write_batch(batch.cast(batches.schema))  # the engine's own integers may be wider


def count_rows(path: Path) -> int | None:
    """Count the rows of a table of a run; None for what is not a table."""
    if path.suffix == ".parquet":
        return int(pq.ParquetFile(path).metadata.num_rows)
    if path.suffix == ".csv":
        return len(pd.read_csv(path, usecols=[0]))
    return None
