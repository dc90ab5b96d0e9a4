"""What the reader of an .xlsx does not report, taken from its XML: size of a sheet, errors, formulas."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from xml.etree import ElementTree

from dapipeline.errors import ExtractError
from dapipeline.extract.packed import BOMB_RATIO, BOMB_SIZE, broken_archive, unpacks_too_far

MOST_CELLS = 100_000_000  # rows by columns; the reader holds them all
CHUNK = 1 << 20
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d+)"')
ERROR = re.compile(rb'<(?:\w+:)?c\b[^>]*?\bt="e"')
EMPTY_FORMULA = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
SCHEMAS = "{http://schemas.openxmlformats.org"
MAIN, LINK = f"{SCHEMAS}/spreadsheetml/2006/main}}", f"{SCHEMAS}/officeDocument/2006/relationships}}"
DAMAGED = (zipfile.BadZipFile, OSError, KeyError, EOFError, ValueError, NotImplementedError, ElementTree.ParseError)


@dataclass(frozen=True)
class SheetPart:
    """What was counted in the XML of a sheet.

    Attributes
    ----------
    rows, columns : int
        The last row and column that have a cell.
    errors : int
        Cells that hold an error such as #N/A.
    formulas_without_value : int
        Formulas whose result is not stored.
    """

    rows: int
    columns: int
    errors: int
    formulas_without_value: int


def look_at_sheets(path: Path, names: list[str]) -> dict[str, SheetPart]:
    """Scan sheets of an .xlsx before they are read.

    Parameters
    ----------
    path : Path
        The workbook.
    names : list of str
        The sheets that will be read.

    Returns
    -------
    dict of str to SheetPart
        Sheets whose XML is not found are left out.

    Raises
    ------
    ExtractError
        E108 where the archive is damaged, E116 where a sheet unpacks to far too much or reaches too far.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > max(BOMB_SIZE, BOMB_RATIO * path.stat().st_size):
                raise unpacks_too_far(path, size)
            paths = _paths_of_sheets(archive)
            parts = {name: _scan(archive, paths[name]) for name in names if name in paths}
    except DAMAGED as error:
        raise broken_archive(path) from error
    for name, part in parts.items():
        if part.rows * part.columns > MOST_CELLS:
            raise ExtractError(
                "E116",
                f"Sheet {name!r} of {path.name} reaches to row {part.rows:,} and column {part.columns:,}: a cell "
                "stands far away from the table.",
                "Delete the rows below and the columns beside the table, or export as CSV.",
            )
    return parts


def _paths_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  no entities are expanded from outside
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    found = {}
    for sheet in book.iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(f"{LINK}id"), "")
        path = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
        if path in archive.namelist():
            found[str(sheet.get("name"))] = path
    return found


def _scan(archive: zipfile.ZipFile, path: str) -> SheetPart:
    rows = columns = errors = formulas = 0
    rest = b""
    with archive.open(path) as part:
        while chunk := part.read(CHUNK):
            text = rest + chunk
            # Keep the last cell for the next chunk: it may be cut in two.
            cut = text.rfind(b"<c ")
            text, rest = (text[:cut], text[cut:]) if cut > 0 and len(text) - cut < CHUNK else (text, b"")
            rows, columns, errors, formulas = _count(text, rows, columns, errors, formulas)
    rows, columns, errors, formulas = _count(rest, rows, columns, errors, formulas)
    return SheetPart(rows, columns, errors, formulas)


def _count(text: bytes, rows: int, columns: int, errors: int, formulas: int) -> tuple[int, int, int, int]:
    cells = CELL.findall(text)
    if cells:
        rows = max(rows, *(int(row) for _, row in cells))
        columns = max(columns, *(_number(letters) for letters in {letters for letters, _ in cells}))
    return rows, columns, errors + len(ERROR.findall(text)), formulas + len(EMPTY_FORMULA.findall(text))


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
