"""The way in: files are found, read as text, mapped and judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dapipeline.artefacts.scratch import private_folder
from dapipeline.config import Config
from dapipeline.engine import connect
from dapipeline.errors import ExtractError
from dapipeline.extract.canonical import RAW, Mapping, plan_mapping
from dapipeline.extract.files import find_files
from dapipeline.extract.rows import ExtractedRows, extract_rows
from dapipeline.extract.source import Malformed, raw_batches, read_header
from dapipeline.say import Say, silent


@dataclass(frozen=True)
class Intake:
    """An extract taken in.

    Attributes
    ----------
    mapping : Mapping
        Which source column or expression gave which canonical column.
    extracted : ExtractedRows
        Rows, what was set aside, what was blanked, and the counts.
    """

    mapping: Mapping
    extracted: ExtractedRows


def take_in(pattern: Path, config: Config, say: Say = silent) -> Intake:
    """Read, map and judge the files of an extract.

    Parameters
    ----------
    pattern : Path
        A file, or a pattern over several of one layout.
    config : Config
        How to read and judge them.
    say : callable
        Told how far it is.

    Raises
    ------
    ExtractError, ConfigError
        Where the files cannot be read or the mapping does not fit them.
    """
    files = find_files(pattern)
    header, first = read_header(files[0], config.extract)
    mapping = plan_mapping(config.extract, header, first)
    _check_same_layout(files, header, config)
    # DuckDB whatever the engine of the later rooms: the files are here, and dates are parsed by its rules.
    connection = connect(config.engine.of_kind("duckdb"))
    malformed = Malformed()
    with private_folder(config.engine.temp_directory) as folder:
        raw_file = folder / "raw.parquet"
        say("reading files")
        _write_raw(raw_file, files, header, config, malformed)
        say("judging rows")
        raw = connection.read_parquet(str(raw_file))
        broken = connection.create_table("malformed", malformed.table(), temp=True)
        return Intake(mapping, extract_rows(connection, raw, broken, mapping, config))


def _check_same_layout(files: list[Path], header: Sequence[str], config: Config) -> None:
    for file in files[1:]:
        other, _ = read_header(file, config.extract)
        different = sorted(set(header) ^ set(other))
        if different:
            raise ExtractError(
                "E111",
                f"{file.name} and {files[0].name} do not have the same columns; {different[0]!r} is in one only.",
                "Export the parts alike, or run them apart.",
            )


def _write_raw(path: Path, files: list[Path], header: Sequence[str], config: Config, malformed: Malformed) -> None:
    """One Parquet file of text, a copy that can be read out of order and more than once."""
    columns = ["source_file", "source_row", *header]
    kinds = [pa.string(), pa.int64(), *[pa.string()] * len(header)]
    schema = pa.schema(list(zip([*columns[:2], *(RAW + name for name in header)], kinds, strict=True)))
    with pq.ParquetWriter(path, schema, compression="lz4") as writer:
        for file in files:
            for batch in raw_batches(file, config.extract, malformed):
                writer.write_batch(pa.RecordBatch.from_arrays([batch[name] for name in columns], schema=schema))
