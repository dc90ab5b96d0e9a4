"""How outputs are written and read: Parquet, CSV that a spreadsheet cannot run, JSON with sorted keys."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dapipeline.artefacts.spreadsheet import Kinds, csv_text, read_csv


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


def read_frame(path: Path, kinds: Kinds) -> pd.DataFrame:
    """Read a table of a run: Parquet, which knows its types, or CSV, whose types were recorded as it was written."""
    return pd.read_parquet(path) if path.suffix == ".parquet" else read_csv(path, kinds)


def read_json(path: Path) -> Any:
    """Read a JSON output of a run."""
    return json.loads(path.read_text(encoding="utf-8"))


def json_text(content: Any) -> str:
    """Return a document as JSON with sorted keys, one item a line."""
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, default=str) + "\n"
    return text.encode("utf-8", "backslashreplace").decode()  # half a character becomes its escape, which JSON reads


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
        return len(pd.read_csv(path, usecols=[0], dtype="object", skip_blank_lines=False))
    return None
