"""The files of an extract as text: every cell a string, every record with its row number, nothing interpreted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dapipeline.config import Extract
from dapipeline.errors import ExtractError
from dapipeline.extract.characters import as_text, is_plain, without_unseen, words_among
from dapipeline.extract.delimited import DelimitedText
from dapipeline.extract.kinds import Format, format_of, refuse_by_content
from dapipeline.extract.parquet import ParquetTable
from dapipeline.extract.table import Part, Reading, SourceTable
from dapipeline.extract.warnings import Warned
from dapipeline.extract.workbook import Workbook
from dapipeline.say import Say

RAW = "raw "  # prefix of a source column, which may be called anything
Tell = Callable[[float], None]


# A new format is a reader here and an ending in `kinds.ENDINGS`.
READERS: dict[Format, Callable[[Path, str, Extract], SourceTable]] = {
    "text": DelimitedText,
    "workbook": Workbook,
    "parquet": lambda path, name, _: ParquetTable(path, name),  # it says itself how it is written
}


def open_source(path: Path, name: str, extract: Extract) -> SourceTable:
    """Open a file by the ending of its name and read its header.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What it is called in tables and messages.
    extract : Extract
        How it is written.

    Returns
    -------
    SourceTable

    Raises
    ------
    ExtractError
        E101 to E118, where it cannot be read as what its name says.
    """
    reader = READERS[format_of(path)]
    try:
        if reader is DelimitedText:
            refuse_by_content(path)  # first, for almost any file can be read as a CSV of one column
        return reader(path, name, extract)
    except ExtractError as error:
        if error.code in ("E103", "E108"):
            refuse_by_content(path)
        raise


def raw_batches(source: SourceTable, used: Collection[str], reading: Reading, say: Tell) -> Iterator[pa.RecordBatch]:
    """Read a source in batches of text columns, with source_file and source_row in front.

    Parameters
    ----------
    source : SourceTable
        The file.
    used : collection of str
        The source columns that the config reads: characters that do not show are removed, and bytes that are no text
        are an error.
    reading : Reading
        Collects malformed records and warnings.
    say : callable
        Called with the share of the source that has been read, 0 to 1.

    Yields
    ------
    pyarrow.RecordBatch
        source_file, source_row and the columns that have a name, prefixed with `RAW`.

    Raises
    ------
    ExtractError
        E107 where a used column holds what is no text, E108, E112, E113 where the file turns out to be unreadable.
    """
    names = source.header.names
    changed, replaced = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    nameless, words = 0, pa.array(reading.looked_for, pa.string())
    for part in source.parts(reading):
        columns = []
        for name, column in zip(names, part.columns, strict=True):
            if not name or _is_index(name, used):
                nameless = max(nameless, len(column) - column.null_count) if not name else nameless
                continue
            text, bad = as_text(column, part.replaced)
            if len(bad) and name in used:
                raise _no_text(part, name, bad)
            replaced[name] += len(bad)
            if name in used and not is_plain(text):
                text, unseen = without_unseen(text)
                changed[name] += unseen
            if name in used:
                reading.words.setdefault(name, {}).update(words_among(text, words))
            columns.append(text)
        say(part.share)
        kept = [RAW + name for name in kept_columns(source, used)]
        files = pa.array([part.source]).take(pa.array(np.zeros(len(part.rows), dtype=np.int8)))
        yield pa.RecordBatch.from_arrays([files, pa.array(part.rows), *columns], ["source_file", "source_row", *kept])
    _warn(reading, source.name, changed, replaced, nameless)


def write_raw(
    path: Path, sources: Sequence[SourceTable], used: Collection[str], reading: Reading, say: Say
) -> list[str]:
    """Write one Parquet file of text, a copy that can be read out of order and more than once.

    Parameters
    ----------
    path : Path
        The file to write.
    sources : sequence of SourceTable
        Parts of one layout.
    used : collection of str
        As in `raw_batches`.
    reading : Reading
        Collects malformed records and warnings.
    say : callable
        Called with what is being done and the share that has been read, 0 to 1.

    Returns
    -------
    list of str
        The names of its columns, without source_file and source_row.
    """
    names = kept_columns(sources[0], used)
    columns = ["source_file", "source_row", *(RAW + name for name in names)]
    kinds = [pa.string(), pa.int64(), *[pa.string()] * len(names)]
    schema = pa.schema(list(zip(columns, kinds, strict=True)))
    with pq.ParquetWriter(path, schema, compression="lz4") as writer:
        for at, source in enumerate(sources):

            def tell(share: float, at: int = at) -> None:
                say("reading files", (at + share) / len(sources))

            for batch in raw_batches(source, used, reading, tell):
                writer.write_batch(pa.RecordBatch.from_arrays([batch[name] for name in columns], schema=schema))
    return names


def kept_columns(source: SourceTable, used: Collection[str]) -> list[str]:
    """Return the named columns of a source, without an index that pandas wrote and the config does not map.

    Parameters
    ----------
    source : SourceTable
        The file.
    used : collection of str
        The source columns that the config reads.

    Returns
    -------
    list of str
    """
    return [name for name in source.header.named if not _is_index(name, used)]


def _is_index(name: str, used: Collection[str]) -> bool:
    return name not in used and (
        name.startswith("__index_level_") or (name.startswith("Unnamed: ") and name[9:].isdigit())
    )


def _no_text(part: Part, column: str, bad: np.ndarray) -> ExtractError:
    return ExtractError(
        "E107",
        f"Row {part.rows[bad[0]]:,} of {part.source} holds bytes in {column!r} that are no UTF-8 text"
        + (f", as do {len(bad) - 1:,} others." if len(bad) > 1 else "."),
        "Set extract.encoding (exports from Windows are often cp1252), or mend that cell.",
    )


def _warn(reading: Reading, name: str, changed: dict[str, int], replaced: dict[str, int], nameless: int) -> None:
    for column, number in changed.items():
        if number:
            text = f"{number:,} values of {column} in {name} held characters that do not show, or accents in two parts."
            reading.warnings.append(Warned("W105", column, number, text))
    for column, number in replaced.items():
        if number:
            cells = "1 cell" if number == 1 else f"{number:,} cells"
            text = f"{cells} of {column} in {name}, which is not read in, held bytes that are no text."
            reading.warnings.append(Warned("W104", column, number, text))
    if nameless:
        text = f"{name} has a column without a name that holds values; it was left out."
        reading.warnings.append(Warned("W103", "", nameless, text))
