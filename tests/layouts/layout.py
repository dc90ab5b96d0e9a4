"""What a layout is: a table by seed, the file it comes in, and what a careful person would map.

Nothing here is anybody's record. Headers and codes are as their publishers print them; every row is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

MARKERS = "markers"  # in `may`: a yes or no of no canonical meaning, which a config may count under markers
LATER = frozenset(
    {"outcome_at", "initial_offence_code", "reported_via", "managed_by", "force"}
)  # optional, of the design


@dataclass(frozen=True)
class File:
    """How a layout's file is written, which a config has to say again.

    Attributes
    ----------
    name : str
        The file's name; its ending says the format.
    delimiter, encoding, decimal : str
        Of a text file.
    titles : tuple of str
        Lines above the header.
    sheet : str, optional
        The sheet of a workbook that holds the rows.
    cover : tuple of str
        What the sheet before it says, a line a row.
    datetime_format, date_format : str, optional
        How a moment, and a day alone, are written in the columns expected for them.
    joined_format : str, optional
        How a moment is written once a day and a clock from two columns are joined with a space between.
    """

    name: str
    delimiter: str = ","
    encoding: str = "utf-8"
    decimal: str = "."
    titles: tuple[str, ...] = ()
    sheet: str | None = None
    cover: tuple[str, ...] = ()
    datetime_format: str | None = None
    date_format: str | None = None
    joined_format: str | None = None

    def write(self, table: pd.DataFrame, folder: Path) -> Path:
        """Write a table into a folder and return the file."""
        path = folder / self.name
        if self.sheet is not None:
            with pd.ExcelWriter(path, engine="openpyxl") as book:
                cover = pd.DataFrame({"": list(self.cover)})
                cover.to_excel(book, sheet_name="Cover", index=False, header=False)
                table.to_excel(book, sheet_name=self.sheet, index=False)
            return path
        with path.open("w", encoding=self.encoding, newline="") as out:
            out.writelines(f"{title}\r\n" for title in self.titles)
            table.to_csv(out, index=False, sep=self.delimiter, lineterminator="\r\n")
        return path

    def read(self, path: Path) -> pd.DataFrame:
        """Read such a file back, all cells text."""
        if self.sheet is not None:
            return pd.read_excel(path, sheet_name=self.sheet, dtype=str, keep_default_na=False)
        return pd.read_csv(
            path,
            sep=self.delimiter,
            encoding=self.encoding,
            skiprows=len(self.titles),
            dtype=str,
            keep_default_na=False,
        )


@dataclass(frozen=True)
class Layout:
    """One layout, and the truth about it.

    Attributes
    ----------
    name : str
    source : str
        Title and address of what is published in this layout, and where its header was read.
    note : str
        What was added to it, and what is awkward about it.
    table : callable
        The rows for a seed: every cell text, an empty one for missing.
    rows : callable
        What happened, row by row as in the table: the moments, the people by number, the kind and so on of `world`.
    file : File
        How its file is written.
    expected : mapping
        Canonical column to the source column that a careful person would map to it, as it is or by an expression.
    may : mapping
        Source column to canonical columns that are right too.
    values : mapping
        Canonical column to source word, lower case, to canonical word, where a careful person is sure.
    person : frozenset of str
        Source columns whose cells are a person's, which must never be printed.
    accepts : frozenset of str
        Source columns that may as well be left unmapped.
    missing : mapping
        Canonical column to words, lower case, that mean unknown in its source column though they look like a value.
    derived : mapping
        Canonical column to what it takes in words, where its source column alone is not enough.
    """

    name: str
    source: str
    note: str
    table: Callable[[int], pd.DataFrame]
    rows: Callable[[int], pd.DataFrame]
    file: File
    expected: Mapping[str, str]
    may: Mapping[str, frozenset[str]]
    values: Mapping[str, Mapping[str, str]]
    person: frozenset[str]
    accepts: frozenset[str] = frozenset()
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    derived: Mapping[str, str] = field(default_factory=dict)

    def write(self, table: pd.DataFrame, folder: Path) -> Path:
        """Write a table of this layout into a folder, in its own delimiter, encoding and format."""
        return self.file.write(table, folder)


def blind(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give the table with headers A1 to An, and which header each stands for."""
    back = {f"A{number}": str(header) for number, header in enumerate(table.columns, start=1)}
    return table.set_axis(list(back), axis="columns"), back
