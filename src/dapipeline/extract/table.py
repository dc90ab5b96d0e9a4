"""What every kind of source gives: a header, its records in parts, and what was noticed on the way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from dapipeline.extract.header import Header
from dapipeline.extract.warnings import Warned

SHEET_ROWS = (1_048_576, 65_536)  # what a sheet of Excel holds since 2007, and held before


@dataclass
class Reading:
    """What a reading finds beside the rows.

    Attributes
    ----------
    malformed : list of tuple
        source_file, source_row and text of each record with too many or too few fields.
    widths : dict of int to int
        How many of them have how many fields.
    warnings : list of Warned
    digests : dict of str to str
        Source to the SHA-256 of what was read of it.
    words : dict of str to dict of str to str
        Source column to the cells that are words for missing, lower case, and the word: the engine need not look for
        others.
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
        """Return the malformed records as a table of source_file, source_row and text."""
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
        One a column of the header, text or bytes that may be none.
    rows : ndarray of int64
        Their numbers as a spreadsheet shows them.
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
        """Read the records; what is noticed on the way goes into `reading`, the digest of the file at the end."""


def warn_of_a_full_sheet(reading: Reading, name: str, rows: int) -> None:
    """Note a source that ends exactly where a sheet of Excel does."""
    if rows in SHEET_ROWS:
        reading.warnings.append(
            Warned("W101", "", rows, f"{name} has {rows:,} rows, exactly as many as a sheet of Excel can hold.")
        )
