"""How a file is written: encoding, delimiter, quotes, sheet, and what stands above the header."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dapipeline.config import Extract
from dapipeline.errors import ExtractError
from dapipeline.extract.header import looks_like_data
from dapipeline.extract.kinds import format_of, refuse_by_content
from dapipeline.extract.packed import Unpacked
from dapipeline.extract.stream import HINT
from dapipeline.extract.workbook import Workbook

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", "^": "carets", "~": "tildes", ":": "colons"}
CHUNK, LOOKED_AT = 1 << 20, 1 << 18
MOST_ABOVE = 30  # lines above the header at most
FULL = 0.6  # share of the cells of a header that are filled, at least
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
FEW = 3


@dataclass(frozen=True)
class Layout:
    """How a file is written.

    Attributes
    ----------
    settings : dict of str to object
        Settings of `Extract` that differ from the defaults.
    reasons : dict of str to str
        Setting to why.
    doubts : dict of str to str
        Setting to what the analyst has to look at.
    """

    settings: dict[str, Any] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)

    def extract(self, path: Path) -> Extract:
        """Return the settings by which the file is read.

        Parameters
        ----------
        path : Path

        Returns
        -------
        Extract
        """
        return Extract(path=str(path), **self.settings)


def find_layout(path: Path, sheet: str | None = None) -> Layout:
    """Find how a file is written.

    Parameters
    ----------
    path : Path
    sheet : str, optional
        The sheet of a workbook to read; by default the first one that holds a table.

    Returns
    -------
    Layout

    Raises
    ------
    ExtractError
        E101, E104, E108, E114 where the file cannot be read.
    """
    form = format_of(path)
    if form == "workbook":
        return _of_workbook(path, sheet)
    if form != "text":
        return Layout()  # its files say themselves how they are written
    refuse_by_content(path)
    return _of_text(path)


def _of_workbook(path: Path, sheet: str | None) -> Layout:
    layout = Layout()
    if sheet is not None:
        layout.settings["sheet"], layout.reasons["sheet"] = sheet, "as you asked"
    looks = Workbook.first_rows(path, sheet, MOST_ABOVE + FEW)
    names = list(looks)
    # A sheet of a few rows is a cover, not a table.
    first = next((name for name, rows in looks.items() if len(rows) > FEW), names[0])
    if sheet is None and first != names[0]:
        layout.settings["sheet"] = first
        layout.reasons["sheet"] = "the first one that holds a table"
    rows = looks[first]
    at = _header_at([cells for _, cells in rows])
    above = rows[at][0] - 1 if rows else 0
    if at:
        layout.settings["skip_rows"] = above
        layout.reasons["skip_rows"] = f"a title stands above the header, which is row {above + 1}"
    return layout


def _of_text(path: Path) -> Layout:
    encoding, why, doubt = _find_encoding(path)
    layout = Layout()
    if encoding != "utf-8":
        layout.settings["encoding"], layout.reasons["encoding"] = encoding, why
    if doubt:
        layout.doubts["encoding"] = doubt
    with Unpacked(path) as stream:
        text = codecs.getincrementaldecoder(encoding)("replace").decode(stream.read(LOOKED_AT)).lstrip("\ufeff")
    lines = text.splitlines(keepends=True)
    hint = bool(lines and HINT.match(lines[0].rstrip("\r\n").encode()))
    delimiter, at, rows = _find_delimiter("".join(lines[hint:]))
    if delimiter != ",":
        layout.settings["delimiter"] = delimiter
        layout.reasons["delimiter"] = f"{DELIMITERS[delimiter]} make {rows} columns of every line looked at"
    if at:
        layout.settings["skip_rows"] = at + hint
        layout.reasons["skip_rows"] = f"lines above the header, which is line {at + hint + 1}"
    quoting = _quoting(text, delimiter)
    if quoting:
        layout.settings["quoting"], layout.reasons["quoting"] = (
            quoting,
            "a backslash stands before quotes inside fields",
        )
    return layout


def _find_encoding(path: Path) -> tuple[str, str, str]:
    """Return the encoding of a text file, the reason and a doubt; every byte of the file is looked at."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    high: Counter[int] = Counter()
    is_utf8 = True
    with Unpacked(path) as stream:
        head = stream.read(CHUNK)
        for mark, encoding in MARKS:
            if head.startswith(mark):
                return encoding, f"it begins with the mark of {encoding.upper()}", ""
        if head[:256].count(b"\0") > len(head[:256]) / 4:
            return ("utf-16-le" if head[1:2] == b"\0" else "utf-16-be"), "every other byte is empty", ""
        if b"\0" in head:
            raise ExtractError(
                "E108",
                f"{path.name} holds bytes that are no text of any kind.",
                "Export it as CSV, Parquet or a workbook.",
            )
        while head:
            if is_utf8 and not (head.isascii() and not decoder.getstate()[0]):
                try:
                    decoder.decode(head)
                except UnicodeDecodeError:
                    is_utf8 = False
            if not head.isascii():
                high.update(re.sub(rb"[\x00-\x7f]+", b"", head))
            head = stream.read(CHUNK)
    if is_utf8:
        return "utf-8", "", ""
    number = sum(high.values())
    # Bytes that have no meaning in Windows' encoding (cp1252).
    if set(high) & {0x81, 0x8D, 0x8F, 0x90, 0x9D}:
        return (
            "latin-1",
            "some bytes are neither UTF-8 nor Windows' encoding",
            ("are accents right? Open the file in an editor and see"),
        )
    return "cp1252", f"bytes that are no UTF-8 ({number:,}) all have a meaning in what Windows calls ANSI", ""


def _find_delimiter(text: str) -> tuple[str, int, int]:
    """Return the delimiter of a text, the number of lines above its header, and the number of its columns.

    It is the delimiter that gives the most records the same number of fields, and more than one.
    """
    best: tuple[float, str, int, int] = (0.0, ",", 0, 1)
    for delimiter in DELIMITERS:
        records, ends = _records(text, delimiter)
        filled = [record for record in records if any(record)]
        if not filled:
            continue
        widths = Counter(len(record) for record in filled)
        width, most = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        if width < 2:
            continue
        at = _header_at(records)
        score = most / len(filled) + min(width, 60) / 1000
        if score > best[0]:
            best = (score, delimiter, ends[at], len(records[at]))
    return best[1:]


def _records(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Read the records at the beginning of a file, and the number of lines above each."""
    records, lines = [], [0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for record in reader:
            records.append([cell.strip() for cell in record])
            lines.append(reader.line_num)
    except csv.Error:
        pass  # a quote that is never closed: the records before it are enough
    # The last record may be incomplete, as only the beginning of the file was read.
    return (records[:-1] or records), lines


def _header_at(records: list[list[str]]) -> int:
    """Return which record is the header: the first as wide as the table, nearly full, of different words."""
    widths = Counter(len(record) for record in records if sum(bool(cell) for cell in record) > 1)
    if not widths:
        return 0
    width = max(widths.items(), key=lambda item: (item[1], item[0]))[0]
    for at, record in enumerate(records[: MOST_ABOVE + 1]):
        cells = [cell for cell in record if cell]
        if len(record) >= width - 1 and len(cells) >= max(2, FULL * len(record)) and not looks_like_data(cells):
            return at
    return 0


def _quoting(text: str, delimiter: str) -> str | None:
    escaped = text.count('\\"')
    return (
        "backslash" if escaped >= FEW and escaped > text.count('""') - text.count(f'{delimiter}""{delimiter}') else None
    )


def refuses_quotes(error: ExtractError) -> bool:
    """Return whether an error means that quotes are ordinary characters in this file.

    Parameters
    ----------
    error : ExtractError

    Returns
    -------
    bool
    """
    return error.code == "E112" and "extract.quoting: none" in error.remedy and "Every line" in error.remedy
