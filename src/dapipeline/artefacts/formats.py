"""The formats of outputs: Parquet, CSV whose cells no spreadsheet runs as formulas, JSON with sorted keys."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dapipeline.artefacts.spreadsheet import BYTE_ORDER_MARK, CellType, CellTypes, csv_text, read_csv

ColumnType = CellType | Literal["day"]  # a CSV tells no day from a moment
ColumnTypes = dict[str, ColumnType]


def write(path: Path, content: Any) -> None:
    """Write one output in the format of its file ending.

    Parameters
    ----------
    path : Path
        Ends in .parquet, .csv or .json; any other ending is written as text.
    content : pandas.DataFrame, pyarrow.Table, ibis.Table, dict, str, bytes or Path
        What to write; a `Path` is copied.
    """
    if isinstance(content, Path):
        shutil.copyfile(content, path)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    elif path.suffix == ".parquet":
        _write_parquet(path, content)
    elif path.suffix == ".csv":
        path.write_text(csv_text(content), encoding="utf-8")
    elif path.suffix == ".json":
        path.write_text(json_text(content), encoding="utf-8")
    else:
        path.write_text(content, encoding="utf-8")


def read_frame(path: Path, column_types: CellTypes) -> pd.DataFrame:
    """Read a table of a run with the types it was written with.

    Parameters
    ----------
    path : Path
        Ends in .parquet or .csv.
    column_types : dict of str to str
        Cell type of each column of a CSV, recorded when it was written; Parquet stores its own.

    Returns
    -------
    pandas.DataFrame
    """
    return pd.read_parquet(path) if path.suffix == ".parquet" else read_csv(path, column_types)


def read_arrow(path: Path) -> pa.Table:
    """Read a Parquet table of a run with the very types in the file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    pyarrow.Table
    """
    return pq.read_table(path)


def set_byte_order_mark(path: Path, *, wanted: bool) -> bool:
    """Put the mark of UTF-8 at the head of a CSV, or take it away.

    Parameters
    ----------
    path : Path
        Replaced by another file where it changes, as it may be a hard link to one that must stay as it is.
    wanted : bool

    Returns
    -------
    bool
        Whether it changed.
    """
    text = path.read_bytes()
    bare = text.removeprefix(BYTE_ORDER_MARK)
    if (text != bare) == wanted:
        return False
    path.unlink()
    path.write_bytes(BYTE_ORDER_MARK + bare if wanted else bare)
    return True


def types_in_order(path: Path, column_types: CellTypes) -> ColumnTypes:
    """Return the type of each column of a table, without reading its rows.

    Parameters
    ----------
    path : Path
        Ends in .parquet or .csv.
    column_types : dict of str to str
        Cell type of each column of a CSV; the manifest keeps them in another order than the file.

    Returns
    -------
    dict of str to {"text", "whole", "number", "truth", "moment", "day"}
        In the order of the columns.
    """
    if path.suffix == ".parquet":
        return {field.name: _column_type(field.type) for field in pq.read_schema(path)}
    return {name: column_types[name] for name in pd.read_csv(path, nrows=0, encoding="utf-8-sig")}


def _column_type(kind: pa.DataType) -> ColumnType:
    if pa.types.is_boolean(kind):
        return "truth"
    if pa.types.is_integer(kind):
        return "whole"
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    if pa.types.is_date(kind):
        return "day"
    return "moment" if pa.types.is_temporal(kind) else "text"


def read_json(path: Path) -> Any:
    """Read a JSON output of a run.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict, list, str, int, float, bool or None
    """
    return json.loads(path.read_text(encoding="utf-8"))


def json_text(content: Any) -> str:
    """Return a document as JSON with sorted keys, one item per line.

    Parameters
    ----------
    content : dict, list, str, int, float, bool or None
        Values of other types are written as their text.

    Returns
    -------
    str
        UTF-8 can encode it.
    """
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, default=str) + "\n"
    return text.encode("utf-8", "backslashreplace").decode()  # lone surrogates become \uXXXX, which JSON reads


def _write_parquet(path: Path, content: Any) -> None:
    if isinstance(content, pd.DataFrame):
        content = pa.Table.from_pandas(content, preserve_index=False).replace_schema_metadata()
    if isinstance(content, pa.Table):
        pq.write_table(content, path, compression="zstd")
        return
    # An Ibis table is written in batches, because it may not fit in memory.
    with (
        content.to_pyarrow_batches(chunk_size=100_000) as batches,
        pq.ParquetWriter(path, batches.schema, compression="zstd") as writer,
    ):
        for batch in batches:
            writer.write_batch(batch.cast(batches.schema))  # the engine's own integers may be wider


def count_rows(path: Path) -> int | None:
    """Count the rows of a table of a run.

    Parameters
    ----------
    path : Path

    Returns
    -------
    int or None
        None for a file that is not a table.
    """
    if path.suffix == ".parquet":
        return int(pq.ParquetFile(path).metadata.num_rows)
    if path.suffix == ".csv":
        return len(pd.read_csv(path, usecols=[0], dtype="object", skip_blank_lines=False))
    return None
