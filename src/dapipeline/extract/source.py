"""Reads the files of an extract as text: every cell a string, every record numbered, nothing interpreted."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from dapipeline.config import Extract
from dapipeline.errors import ExtractError, MissingExtraError
from dapipeline.extract.files import cannot_open

BLOCK = 1 << 23  # bytes of CSV parsed at a time
csv.field_size_limit(BLOCK)  # both readers end where a quote is never closed, and neither before


@dataclass
class Malformed:
    """Records that do not have as many fields as the header, kept as they stand."""

    source_file: list[str] = field(default_factory=list)
    source_row: list[int | None] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def table(self) -> pa.Table:
        """Give the records as a table of source_file, source_row and text."""
        kinds = [("source_file", pa.string()), ("source_row", pa.int64()), ("text", pa.string())]
        return pa.table([self.source_file, self.source_row, self.text], schema=pa.schema(kinds))


def read_header(path: Path, extract: Extract) -> tuple[list[str], list[str]]:
    """Give the column names of a file and its first record, without reading the rest."""
    opened = _reader(path)(path, extract)
    _check_header(path, opened.header, opened.first)
    return opened.header, opened.first


def raw_batches(path: Path, extract: Extract, malformed: Malformed) -> Iterator[pa.RecordBatch]:
    """Read a file in batches of text columns, with source_file and source_row in front.

    Parameters
    ----------
    path : Path
        csv, csv.gz, parquet or xlsx, by its name.
    extract : Extract
        Delimiter and encoding.
    malformed : Malformed
        Collects the records that have too many or too few fields.

    Yields
    ------
    pyarrow.RecordBatch
        Row numbers count records as a spreadsheet does: the header is 1, the first record 2; lines without
        anything on them are not counted.

    Raises
    ------
    ExtractError
        E103 to E109, where the file cannot be read as what its name says.
    """
    opened = _reader(path)(path, extract)
    found_before = len(malformed.text)
    skipped: np.ndarray = np.empty(0, dtype=np.int64)
    next_row = 2
    for batch in opened.batches(malformed):
        if len(malformed.text) > found_before and not len(skipped):
            skipped = _malformed_rows(path, extract, len(opened.header))
        numbers = np.arange(next_row, next_row + batch.num_rows + len(skipped), dtype=np.int64)
        numbers = numbers[~np.isin(numbers, skipped)][: batch.num_rows]
        next_row = int(numbers[-1]) + 1 if len(numbers) else next_row
        names = pa.array([path.name] * batch.num_rows, pa.string())
        yield pa.RecordBatch.from_arrays(
            [names, pa.array(numbers), *batch.columns], ["source_file", "source_row", *opened.header]
        )
    found = len(malformed.text) - found_before
    if found and not len(skipped):
        skipped = _malformed_rows(path, extract, len(opened.header))
    # Where odd quoting makes the two readers disagree, no number is better than a wrong one.
    malformed.source_row += skipped.tolist() if len(skipped) == found else [None] * found


def _malformed_rows(path: Path, extract: Extract, width: int) -> np.ndarray:
    """Number the malformed records; the fast reader drops them without saying where they stood."""
    with _bytes(path) as stream:
        text = io.TextIOWrapper(stream, encoding=_encoding(extract), newline="")
        lengths = (len(record) for record in csv.reader(text, delimiter=extract.delimiter) if record)
        next(lengths)
        return np.array([row for row, length in enumerate(lengths, start=2) if length != width], dtype=np.int64)


def _check_header(path: Path, header: list[str], first: list[str]) -> None:
    if not any(header):
        raise ExtractError("E103", f"{path.name} is empty.", "Export it again; it needs a header and rows.")
    if not first:
        raise ExtractError(
            "E103",
            f"{path.name} has a header and no rows.",
            "Export it again, or check the filter of the export.",
        )
    # Engines do not tell names apart by case.
    lower = [name.lower() for name in header]
    twice = sorted({name for name in header if lower.count(name.lower()) > 1})
    if twice or "" in header:
        what = f"the name {twice[0]!r} twice" if twice and twice[0] else "a column without a name"
        raise ExtractError(
            "E106",
            f"The header of {path.name} has {what}.",
            "Give every column a name of its own; a title above the header must go.",
        )
    if [str(cell).strip().lower() for cell in first] == [name.lower() for name in header]:
        raise ExtractError("E105", f"{path.name} has two header rows: row 2 repeats row 1.", "Delete one of them.")


@dataclass(frozen=True)
class _Opened:
    """A file whose header is known: its first record, and how to read its batches."""

    header: list[str]
    first: list[str]
    batches: Callable[[Malformed], Iterator[pa.RecordBatch]]


def _reader(path: Path) -> Callable[[Path, Extract], _Opened]:
    name = path.name.lower()
    if name.endswith(".parquet"):
        return _open_parquet
    if name.endswith((".xlsx", ".xlsb", ".xls", ".ods")):
        return _open_workbook
    if name.endswith((".csv", ".csv.gz", ".txt", ".txt.gz", ".tsv", ".tsv.gz", ".psv")):
        return _open_csv
    raise ExtractError(
        "E104",
        f"{path.name} is of a kind that is not read.",
        "Export it as .csv, .csv.gz, .parquet or .xlsx and name it so.",
    )


def _open_csv(path: Path, extract: Extract) -> _Opened:
    try:
        with _bytes(path) as stream:
            text = io.TextIOWrapper(stream, encoding=_encoding(extract), newline="")
            # Lines without anything on them are no records, wherever they stand.
            records = ((at, r) for at, r in enumerate(csv.reader(text, delimiter=extract.delimiter), 1) if r)
            place, names = next(records, (1, []))
            header = [name.strip() for name in names]
            _, first = next(records, (0, []))
    except (UnicodeError, csv.Error) as error:
        raise _unreadable_text(path, extract) from error
    except (EOFError, OSError, zlib.error) as error:
        raise _broken_archive(path) from error
    return _Opened(header, first, lambda malformed: _csv_batches(path, extract, header, place, malformed))


def _csv_batches(
    path: Path, extract: Extract, header: list[str], place: int, malformed: Malformed
) -> Iterator[pa.RecordBatch]:
    def keep(row: Any) -> str:
        malformed.source_file.append(path.name)
        malformed.text.append(row.text if isinstance(row.text, str) else row.text.decode("utf-8", "replace"))
        return "skip"

    try:
        with _bytes(path) as stream:
            yield from pa_csv.open_csv(
                stream,
                read_options=pa_csv.ReadOptions(
                    block_size=BLOCK,
                    encoding=extract.encoding,
                    column_names=header,
                    skip_rows_after_names=place,
                ),
                parse_options=pa_csv.ParseOptions(
                    delimiter=extract.delimiter, newlines_in_values=True, invalid_row_handler=keep
                ),
                convert_options=pa_csv.ConvertOptions(
                    column_types=dict.fromkeys(header, pa.string()),
                    strings_can_be_null=True,
                    null_values=[""],
                ),
            )
    except (UnicodeError, pa.ArrowInvalid) as error:
        raise _unreadable_text(path, extract) from error
    except (EOFError, OSError, zlib.error) as error:
        raise _broken_archive(path) from error


def _encoding(extract: Extract) -> str:
    """Excel saves UTF-8 with a byte order mark, which must not become part of the first name."""
    return "utf-8-sig" if extract.encoding == "utf-8" else extract.encoding


def _bytes(path: Path) -> IO[bytes]:
    try:
        return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")  # type: ignore[return-value]
    except OSError as error:
        raise cannot_open(path, error) from error


def _unreadable_text(path: Path, extract: Extract) -> ExtractError:
    return ExtractError(
        "E107",
        f"{path.name} is not text in the encoding {extract.encoding} with the delimiter {extract.delimiter!r}.",
        "Set extract.encoding (exports from Windows are often cp1252) and extract.delimiter.",
    )


def _broken_archive(path: Path) -> ExtractError:
    return ExtractError(
        "E108",
        f"{path.name} ends too early or is damaged.",
        "Copy or export it again: a part of its rows is missing.",
    )


def _open_parquet(path: Path, extract: Extract) -> _Opened:
    try:
        file = pq.ParquetFile(path)
        head = next(file.iter_batches(batch_size=1), None)
    except (pa.ArrowInvalid, OSError) as error:
        raise _broken_archive(path) from error
    first = [str(column[0]) for column in head.columns] if head is not None and head.num_rows else []

    def batches(malformed: Malformed) -> Iterator[pa.RecordBatch]:
        try:
            for batch in file.iter_batches():
                yield pa.RecordBatch.from_arrays([_as_text(column) for column in batch.columns], batch.schema.names)
        except (pa.ArrowInvalid, OSError) as error:
            raise _broken_archive(path) from error

    return _Opened(list(file.schema_arrow.names), first, batches)


def _as_text(column: pa.Array) -> pa.Array:
    try:
        return column.cast(pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())


def _open_workbook(path: Path, extract: Extract) -> _Opened:
    try:
        import python_calamine  # noqa: PLC0415  an extra
    except ImportError:
        raise MissingExtraError("python-calamine", "excel", f"Reading {path.name}") from None
    try:
        sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    except (python_calamine.CalamineError, OSError) as error:
        raise _broken_archive(path) from error
    texts = [[_cell_text(cell) for cell in row] for row in sheet]
    header = [name.strip() for name in texts[0]] if texts else []
    columns = list(zip(*texts[1:], strict=True)) if len(texts) > 1 else [()] * len(header)

    def batches(malformed: Malformed) -> Iterator[pa.RecordBatch]:
        yield pa.RecordBatch.from_arrays(
            [pa.array([cell or None for cell in column], pa.string()) for column in columns], header
        )

    return _Opened(header, texts[1] if len(texts) > 1 else [], batches)


def _cell_text(cell: Any) -> str:
    """Give a cell as a CSV would: a spreadsheet holds whole numbers as floats."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
