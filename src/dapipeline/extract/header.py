"""The header of a source: its names, and on which row it stands if not the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dapipeline.errors import ExtractError

UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]")  # no part of a name
PREVIEW = 30  # records looked at before the rest is read
MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}:\d{2}"
    r"|\d{1,2}[ -](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
VALUE = re.compile(
    r"\s*('?[\d\s.,:/+-]*\d[\d\s.,:/+-]*|[a-z]{0,4}[-/]?\d{4,}|true|false|y|n|yes|no|null|na|n/a)\s*", re.IGNORECASE
)


@dataclass(frozen=True)
class Header:
    """The first records of a source.

    Attributes
    ----------
    names : list of str
        One name per column, trimmed; empty where a column has none.
    preview : list of list of str
        The header and the records after it, `PREVIEW` at most.
    row_numbers : list of int
        The row of each as an editor or spreadsheet numbers it, from 1.
    """

    names: list[str]
    preview: list[list[str]]
    row_numbers: list[int]

    @property
    def named(self) -> list[str]:
        """The names of the columns that have one."""
        return [name for name in self.names if name]


def make_header(name: str, preview: list[list[str]], row_numbers: list[int]) -> Header:
    """Check the first records of a source.

    Parameters
    ----------
    name : str
        What the source is called.
    preview : list of list of str
        Its first records that hold anything, the header first.
    row_numbers : list of int
        The row of each.

    Returns
    -------
    Header

    Raises
    ------
    ExtractError
        E103 where there is nothing or a header alone, E105 where the header stands twice, E106 where a name does, E115
        where the first row is a record and no header, E117 where the rows are wider than the header.
    """
    if not preview or not any(cell.strip() for cell in preview[0]):
        raise ExtractError("E103", f"{name} is empty.", "Export it again; it needs a header and rows.")
    if len(preview) == 1:
        raise ExtractError(
            "E103", f"{name} has a header and no rows.", "Export it again, or check the filter of the export."
        )
    names = _fitted(name, [UNSEEN.sub("", cell).strip() for cell in preview[0]], preview[1:])
    header = Header(names, preview, row_numbers)
    # Engines ignore the case of names.
    lower = [column.lower() for column in header.named]
    twice = sorted({column for column in header.named if lower.count(column.lower()) > 1})
    if twice:
        if looks_like_data(header.named):
            raise no_header(name)
        raise ExtractError(
            "E106",
            f"The header of {name} has the name {twice[0]!r} twice.",
            "Give every column a name of its own.",
        )
    if [cell.strip().lower() for cell in preview[1]] == [column.lower() for column in header.names]:
        raise ExtractError(
            "E105",
            f"{name} has two header rows: row {row_numbers[1]} repeats row {row_numbers[0]}.",
            "Delete one of them, or set extract.skip_rows.",
        )
    return header


def _fitted(name: str, names: list[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Add or drop an empty last name, if a delimiter ends the rows but not the header or the other way round."""
    widths = {len(row) for row in rows}
    if len(widths) != 1:
        return names
    width = widths.pop()
    if width == len(names) + 1 and not any(row[-1].strip() for row in rows):
        return [*names, ""]
    if width == len(names) - 1 and not names[-1]:
        return names[:-1]
    if width == len(names) + 1 and len(names) > 1 and len(rows) > 1:
        raise ExtractError(
            "E117",
            f"The rows of {name} have {width} fields, its header has {len(names)} names.",
            "If the first field numbers the rows, as R writes it, export with row.names=FALSE; else give the header "
            "a name for every field.",
        )
    return names


def looks_like_data(names: Sequence[str]) -> bool:
    """Return whether a row of cells holds values instead of names: a date or time in any, or two plain values.

    Parameters
    ----------
    names : sequence of str
        The cells of the first row.

    Returns
    -------
    bool
    """
    moment = any(MOMENT.search(name) for name in names)
    return moment or sum(bool(VALUE.fullmatch(name)) for name in names) >= 2


def no_header(name: str) -> ExtractError:
    """Return the error for a file without a header. Its first row is somebody's record, so no cell of it is repeated.

    Parameters
    ----------
    name : str
        What the source is called.

    Returns
    -------
    ExtractError
        E115.
    """
    return ExtractError(
        "E115",
        f"The first row of {name} holds values, not the names of columns.",
        "Export it with a header, or put the names above it; lower extract.skip_rows if it skips the header.",
    )


def title_lines(header: Header, missing: Sequence[str]) -> int | None:
    """Return how many lines stand above the row that has all the missing names.

    Parameters
    ----------
    header : Header
        The first records.
    missing : sequence of str
        Names that the first of them lacks.

    Returns
    -------
    int or None
        None where no row has all of them.
    """
    for row_number, record in zip(header.row_numbers[1:], header.preview[1:], strict=True):
        if set(missing) <= {cell.strip() for cell in record}:
            return row_number - 1
    return None


def unlike(header: Header, other: Header, names: tuple[Path | str, Path | str]) -> ExtractError | None:
    """Compare the columns of two files of one extract.

    Parameters
    ----------
    header, other : Header
        Of the two files.
    names : tuple of Path or str
        What the files are called.

    Returns
    -------
    ExtractError or None
        E111 where they differ, E115 where the second file has no header; None where both have the same columns.
    """
    different = sorted(set(header.named) ^ set(other.named))
    if not different:
        return None
    if looks_like_data(other.named):
        return no_header(str(names[1]))
    return ExtractError(
        "E111",
        f"{names[1]} and {names[0]} do not have the same columns; {different[0]!r} is in one only.",
        "Export the parts alike, or run them apart.",
    )
