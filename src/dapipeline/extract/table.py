"""What every kind of source has: a header, its records in parts, and what was noticed while reading."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from dapipeline.extract.header import Header
from dapipeline.extract.warnings import Warned

SHEET_ROWS = (1_048_576, 65_536)  # the most rows of a sheet of Excel, since 2007 and before


@dataclass
class Reading:
    """What is found while reading, beside the rows.

    Attributes
    ----------
    malformed : list of tuple
        source_file, source_row and text of each record with too many or too few fields.
    widths : dict of int to int
        Number of fields to the number of malformed records that have so many.
    warnings : list of Warned
        What was noticed, in order.
    digests : dict of str to str
        Source to the SHA-256 of what was read of it.
    words : dict of str to dict of str to str
        By source column, the cells that are words for missing, lower case, and the word: the engine then compares with
        these alone.
    looked_for : list of str
        All words for missing, lower case.
    """

    malformed: list[tuple[str, int, str]] = field(default_factory=list)
    widths: dict[int, int] = field(default_factory=dict)
    warnings: list[Warned] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    looked_for: list[str] = field(default_factory=list)

    def malformed_table(self) -> pa.Table:
        """Return the malformed records as a table.

        Returns
        -------
        pyarrow.Table
            source_file, source_row and text.
        """
        kinds = pa.schema([("source_file", pa.string()), ("source_row", pa.int64()), ("text", pa.string())])
        columns = [list(column) for column in zip(*self.malformed, strict=True)] or [[], [], []]
        return pa.table(columns, schema=kinds)


@dataclass(frozen=True)
class Part:
    """Some records of a source.

    Attributes
    ----------
    source : str
        What the rows' source_file is: the file, or the sheet of a workbook.
    columns : list of pyarrow.Array
        One per column of the header; bytes where they may not be valid text.
    rows : ndarray of int64
        Their row numbers as a spreadsheet shows them, shape (records,).
    share : float
        How much of the source has been read with this part, 0 to 1.
    replaced : bool
        Whether U+FFFD may stand for bytes that are no text.
    """

    source: str
    columns: list[pa.Array]
    rows: np.ndarray
    share: float
    replaced: bool = False


class SourceTable(ABC):
    """A file of an extract whose header has been read.

    Attributes
    ----------
    name : str
        What it is called in tables and messages.
    header : Header
    """

    name: str
    header: Header

    @abstractmethod
    def parts(self, reading: Reading) -> Iterator[Part]:
        """Read the records.

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
            Where the file turns out to be unreadable.
        """


def warn_of_a_full_sheet(reading: Reading, name: str, rows: int) -> None:
    """Add a warning about a source that ends exactly on the last row of a sheet of Excel.

    Parameters
    ----------
    reading : Reading
        Gets the warning.
    name : str
        What the source is called.
    rows : int
        The number of its last row.
    """
    if rows in SHEET_ROWS:
        reading.warnings.append(
            Warned("W101", "", rows, f"{name} has {rows:,} rows, exactly as many as a sheet of Excel can hold.")
        )
