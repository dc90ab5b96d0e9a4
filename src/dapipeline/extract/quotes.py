"""Stray quotes that make one field of several rows: found by the lines of a record, located where the quote opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from dapipeline.config import Extract
from dapipeline.errors import ExtractError

LONGEST = 1 << 23  # characters of one field; a longer one is a quote that never closes
FEWEST_COLUMNS = 4
csv.field_size_limit(LONGEST)


@dataclass(frozen=True)
class Swallowed:
    """A record of several lines, each of which is a whole row.

    Attributes
    ----------
    first, last : int
        The lines of the file where it begins and ends.
    quotes_mean_nothing : bool
        Whether every line of the file has as many fields as the header, if quotes are read as plain characters.
    """

    first: int
    last: int
    quotes_mean_nothing: bool


def swallows(text: str, delimiter: str, width: int) -> bool:
    """Return whether a record of several lines is really several rows.

    A stray quote opens a field that runs up to the next quote. If both stand in the same column, the record still has
    the right number of fields. Each of its lines, quotes aside, is then a row of its own, which the lines of a note are
    not.
    A file of fewer columns than an extract needs is not judged.

    Parameters
    ----------
    text : str
        The record as it stands in the file.
    delimiter : str
        What separates fields.
    width : int
        Fields of the header.

    Returns
    -------
    bool
    """
    if width < FEWEST_COLUMNS:
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    plain = sum(line.count(delimiter) == width - 1 for line in lines)
    return len(lines) > 1 and (plain == len(lines) or plain > 1)


def broken_over(text: str, delimiter: str, width: int) -> bool:
    """Return whether a record with the wrong number of fields runs over a line that is a row of its own.

    Parameters
    ----------
    text : str
        The record as it stands in the file.
    delimiter : str
        What separates fields.
    width : int
        Fields of the header.

    Returns
    -------
    bool
    """
    if width < FEWEST_COLUMNS:
        return False
    later = [line for line in text.splitlines()[1:] if line.strip()]
    return swallows(text, delimiter, width) or any(
        len(next(csv.reader([line], delimiter=delimiter), [])) == width for line in later
    )


def dialect(extract: Extract) -> dict[str, object]:
    """Return the arguments for Python's csv module to read a file as the config says.

    Parameters
    ----------
    extract : Extract
        Delimiter and quoting.

    Returns
    -------
    dict
    """
    quoting: dict[str | None, dict[str, object]] = {
        "none": {"quoting": csv.QUOTE_NONE},
        "backslash": {"escapechar": "\\"},
    }
    return {"delimiter": extract.delimiter, **quoting.get(extract.quoting, {})}


def find_swallowed(stream: IO[bytes], extract: Extract, width: int, above: int) -> Swallowed | None:
    """Find the first record that holds several rows, in a second and slower reading of the file.

    Parameters
    ----------
    stream : binary file
        The text from the header on, UTF-8.
    extract : Extract
        Delimiter and quoting.
    width : int
        Fields of the header.
    above : int
        Lines above the header.

    Returns
    -------
    Swallowed or None
        None where there is none.
    """
    kept: list[str] = []
    plain = True

    def lines() -> Iterator[str]:
        nonlocal plain
        for line in io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline=""):
            kept.append(line)
            plain = plain and (not line.strip() or line.count(extract.delimiter) == width - 1)
            yield line

    found, first = None, above + 1
    try:
        for record in csv.reader(lines(), **dialect(extract)):  # type: ignore[arg-type]
            judge = swallows if len(record) == width else broken_over
            if found is None and len(kept) > 1 and judge("".join(kept), extract.delimiter, width):
                found = (first, first + len(kept) - 1)
            first += len(kept)
            kept.clear()
    except csv.Error:
        found = found or (first, first + len(kept) - 1)
    return Swallowed(*found, plain) if found else None


def open_quote(name: str, found: Swallowed) -> ExtractError:
    """Return the error that says where a quote opens and which lines it made one field of.

    Parameters
    ----------
    name : str
        What the source is called.
    found : Swallowed
        The record.

    Returns
    -------
    ExtractError
        E112.
    """
    remedy = (
        "Every line has as many fields as the header when quotes are read as plain characters: set extract.quoting: "
        "none."
        if found.quotes_mean_nothing
        else "Close the quote or delete it; set extract.quoting: none if the export quotes nothing, or standard if "
        "the field is meant so."
    )
    return ExtractError(
        "E112",
        f"A quote opens on line {found.first:,} of {name} and makes one field of the lines up to {found.last:,}; "
        f"rows lost: {found.last - found.first:,}.",
        remedy,
    )
