"""Kinds of trouble in delimited text: quoting, encodings, line endings, title lines, cut files."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fuzz.sheet import Sheet

NEWLINES = ("\n", "\r\n", "\r")


@dataclass
class Text:
    """A delimited file in the making.

    Attributes
    ----------
    lines : list of str
        The header first.
    above : int
        Lines that stand above the header.
    settings : dict
        What a config must say to read it.
    rows : bool
        Whether the physical lines below the header are the rows, whatever a parser makes of stray quotes.
    damage : list of callable
        Changes to the bytes once they are made.
    """

    delimiter: str
    lines: list[str]
    encoding: str = "utf-8"
    newline: str = "\n"
    above: int = 0
    settings: dict[str, Any] = field(default_factory=dict)
    rows: bool = True
    damage: list[Callable[[bytes], bytes]] = field(default_factory=list)


def lay_out(sheet: Sheet, delimiter: str) -> Text:
    """Write a sheet as lines, quoted where RFC 4180 asks for it."""
    settings = {"delimiter": delimiter} if delimiter != "," else {}
    lines = [delimiter.join(_quoted(cell, delimiter) for cell in record) for record in (sheet.header, *sheet.records)]
    return Text(delimiter, lines, settings=settings, rows=not any(re.search("[\r\n]", line) for line in lines))


def _quoted(cell: str, delimiter: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if re.search(f'["\r\n{re.escape(delimiter)}]', cell) else cell


def every_field_quoted(text: Text, rng: random.Random) -> None:
    """Quotes round every field."""
    # Quotes round an empty title, or round half a line end, leave lines that cannot be counted without a parser.
    text.rows = text.rows and not text.above and not any("\r" in line for line in text.lines)
    text.lines = [text.delimiter.join(f'"{cell}"' for cell in line.split(text.delimiter)) for line in text.lines]


def stray_quote(text: Text, rng: random.Random) -> None:
    """One or two quotes that open a field and are never meant."""
    for _ in range(rng.choice((1, 2, 3))):
        at = rng.randrange(1, max(len(text.lines), 2))
        if at < len(text.lines):
            cells = text.lines[at].split(text.delimiter)
            place = rng.randrange(len(cells))
            cells[place] = rng.choice(('"' + cells[place], cells[place] + '"', 'a "b" c', '"'))
            text.lines[at] = text.delimiter.join(cells)
    if rng.random() < 0.4:
        text.settings["quoting"] = rng.choice(("standard", "none", "backslash"))


def backslashes(text: Text, rng: random.Random) -> None:
    """Quotes and delimiters escaped by a backslash."""
    at = rng.randrange(len(text.lines))
    text.lines[at] = text.lines[at].replace(text.delimiter, f'\\{text.delimiter}"', 1)


def line_break_in_a_field(text: Text, rng: random.Random) -> None:
    """A quoted field over two lines."""
    at = rng.randrange(len(text.lines))
    text.lines[at] += f'{text.delimiter}"two\nlines"'
    text.rows = False


def other_line_endings(text: Text, rng: random.Random) -> None:
    """Lines as Windows or an old Macintosh ends them."""
    text.newline = rng.choice(NEWLINES[1:])


def mixed_line_endings(text: Text, rng: random.Random) -> None:
    """Some lines end one way, some another."""
    text.lines = [line + ("\r" if rng.random() < 0.3 else "") for line in text.lines]


def blank_lines(text: Text, rng: random.Random) -> None:
    """Lines with nothing on them, anywhere below the header."""
    for _ in range(rng.randrange(1, 6)):
        text.lines.insert(rng.randrange(1, len(text.lines) + 1), "")


def title_lines(text: Text, rng: random.Random) -> None:
    """The title of a report above the header."""
    above = [["Incidents of the year", "", "Printed 1 June"], ["Title"], [text.delimiter * 3, "x"]][rng.randrange(3)]
    text.lines = above + text.lines
    text.above += len([line for line in above if line])
    if rng.random() < 0.6:
        text.settings["skip_rows"] = len(above)


def sep_line(text: Text, rng: random.Random) -> None:
    """The hint for Excel above the header."""
    text.lines.insert(0, f"sep={text.delimiter}")
    text.above += 1


def trailing_delimiter(text: Text, rng: random.Random) -> None:
    """Each line ends with the delimiter."""
    text.lines = [line + text.delimiter for line in text.lines]


def other_encoding(text: Text, rng: random.Random) -> None:
    """What Windows, mainframes and databases write."""
    text.encoding = rng.choice(("cp1252", "utf-16", "utf-16-le", "latin-1", "utf-8-sig", "cp037", "utf-32", "utf-7"))
    if rng.random() < 0.8:
        text.settings["encoding"] = text.encoding


def wrong_encoding(text: Text, rng: random.Random) -> None:
    """Read as an encoding it is not in."""
    text.settings["encoding"] = rng.choice(
        ("cp1252", "utf-16", "ascii", "shift_jis", "base64", "rot13", "idna", "mbcs")
    )


def bad_byte(text: Text, rng: random.Random) -> None:
    """A byte that is no text."""
    text.damage.append(lambda raw: _insert(raw, rng.choice((b"\xff", b"\x00", b"\x1a", b"\x80")), rng))


def cut_short(text: Text, rng: random.Random) -> None:
    """The file ends in the middle."""
    text.damage.append(lambda raw: raw[: rng.randrange(len(raw) + 1)])
    text.rows = False


def wrong_delimiter(text: Text, rng: random.Random) -> None:
    """The config says another delimiter than the file has."""
    text.settings["delimiter"] = rng.choice((",", ";", "^", " ", "\\", "'", "\u00a3"))


def no_last_newline(text: Text, rng: random.Random) -> None:
    """The last line does not end."""
    text.damage.append(lambda raw: raw.rstrip(b"\r\n"))


def _insert(raw: bytes, what: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + what + raw[at:]


KINDS = (
    every_field_quoted, stray_quote, backslashes, line_break_in_a_field, other_line_endings, mixed_line_endings,
    blank_lines, title_lines, sep_line, trailing_delimiter, other_encoding, wrong_encoding, bad_byte, cut_short,
    wrong_delimiter, no_last_newline,
)  # fmt: skip


def write(text: Text, path: Path, rng: random.Random) -> list[int] | None:
    """Write the file; give the fewest and the most rows it may be said to have, where no parser is needed for it."""
    whole = text.newline.join(text.lines) + text.newline
    raw = whole.encode(text.encoding, "replace")
    for change in text.damage:
        raw = change(raw)
    if path.name.endswith(".gz"):
        raw = gzip.compress(raw, mtime=0)
        if rng.random() < 0.1:
            raw, text.rows = raw[: len(raw) // 2], False
    path.write_bytes(raw)
    return physical_rows(whole, text.above) if text.rows else None


def physical_rows(whole: str, above: int) -> list[int]:
    """Count the lines below the header; lines of blanks may or may not be rows."""
    lines = re.split("\r\n|\r|\n", whole)
    return [sum(bool(line.strip(" \t")) for line in lines) - 1 - above, sum(bool(line) for line in lines) - 1 - above]
