"""Parquet: every value as text, rows numbered from 2, as below the header of a CSV."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dapipeline.errors import ExtractError
from dapipeline.extract.files import cannot_open
from dapipeline.extract.header import make_header
from dapipeline.extract.packed import broken_archive
from dapipeline.extract.table import Part, Reading, SourceTable

FIRST_ROW = 2
PREVIEW = 2


class ParquetTable(SourceTable):
    """A Parquet file.

    Raises
    ------
    ExtractError
        E101, E103, E106 or E108, where it cannot be opened or its header makes no sense.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise cannot_open(path, error) from error
        try:
            self._digest = hashlib.file_digest(self._file, "sha256").hexdigest()
            self._table = pq.ParquetFile(self._file)
            head = next(self._table.iter_batches(batch_size=PREVIEW), None)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise broken_archive(path) from error
        rows = [list(row) for row in zip(*map(_texts, head.columns), strict=True)] if head is not None else []
        names = [name.strip() for name in self._table.schema_arrow.names]
        self.header = make_header(name, [names, *rows], list(range(1, len(rows) + 2)))

    def parts(self, reading: Reading) -> Iterator[Part]:
        """Read the rows in batches.

        Parameters
        ----------
        reading : Reading
            Collects malformed records and warnings, and the digest of the file once all of it has been read.

        Yields
        ------
        Part
            Some records each, in the order of the source.

        Raises
        ------
        ExtractError
            E108 where the file is damaged, E113 where it changed while it was read.
        """
        at, whole = 0, max(self._table.metadata.num_rows, 1)
        try:
            for batch in self._table.iter_batches():
                rows = np.arange(FIRST_ROW + at, FIRST_ROW + at + batch.num_rows)
                at += batch.num_rows
                yield Part(self.name, [_as_text(column) for column in batch.columns], rows, at / whole)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise broken_archive(self.path) from error
        reading.digests[self.name] = self._unchanged(self._file)

    def _unchanged(self, file: Any) -> str:
        """Hash the file again: Parquet is not read front to back, so it cannot be hashed on the way."""
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != self._digest:
            raise changed_meanwhile(self.name)
        return digest


def changed_meanwhile(name: str) -> ExtractError:
    """Return the error for a file that another program wrote to while it was read.

    Parameters
    ----------
    name : str
        What the file is called.

    Returns
    -------
    ExtractError
        E113.
    """
    return ExtractError(
        "E113", f"{name} changed while it was read.", "Wait until the export is finished, and run again."
    )


def _texts(column: pa.Array) -> list[str]:
    return [cell or "" for cell in _as_text(column).to_pylist()]


def _as_text(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return column.cast(pa.binary())
    try:
        return column.cast(pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())
