"""strptime within extract.derive: what a format such as %d/%m/%Y may contain, and how a text is read by it.

Every engine splits the text with a regular expression; DuckDB's own function is ten times faster. Both give the same
result, because DuckDB's function is used only on texts that match the expression: by itself it also accepts others.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import ibis

FIRST, LAST = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)  # Python's calendar; DuckDB's is longer
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEAR = "000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3}"
PIVOT = "69"  # POSIX: 69 to 99 lie in the twentieth century


def _any_case(words: Iterable[str]) -> str:
    # Each letter in both cases: engines differ in what (?i) takes for the same letter.
    return "|".join("".join(f"[{letter.upper()}{letter.lower()}]" for letter in word) for word in words)


# Directive: the part of a date it stands for, its pattern, and its pattern if a digit follows at once.
DIRECTIVES = {
    "Y": ("year", YEAR, YEAR),
    "y": ("year", "[0-9]{2}", "[0-9]{2}"),
    "m": ("month", "0?[1-9]|1[0-2]", "0[1-9]|1[0-2]"),
    "b": ("month", _any_case([name[:3] for name in MONTHS]), ""),
    "B": ("month", _any_case(MONTHS), ""),
    "d": ("day", "0?[1-9]|[12][0-9]|3[01]", "0[1-9]|[12][0-9]|3[01]"),
    "H": ("hour", "[01]?[0-9]|2[0-3]", "[01][0-9]|2[0-3]"),
    "I": ("hour", "0?[1-9]|1[0-2]", "0[1-9]|1[0-2]"),
    "M": ("minute", "[0-5]?[0-9]", "[0-5][0-9]"),
    "S": ("second", "[0-5]?[0-9]", "[0-5][0-9]"),
    "f": ("fraction", "[0-9]{1,6}", "[0-9]{6}"),
    "p": ("half", "[AaPp][Mm]", ""),
    "a": ("weekday", _any_case([name[:3] for name in DAYS]), ""),
    "A": ("weekday", _any_case(DAYS), ""),
}
NUMBERS = [letter for letter, (_, _, tight) in DIRECTIVES.items() if tight]
PIECE = re.compile(r"%-?(?P<directive>[a-zA-Z])|(?P<literal>%%|[^%])", re.DOTALL)


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def try_strptime(text: str, pattern: str) -> datetime:
    """Return a timestamp, or null where the text does not match (a function of DuckDB).

    Parameters
    ----------
    text : str
        The text.
    pattern : str
        A strptime format.

    Returns
    -------
    datetime
    """
    raise NotImplementedError  # the engine has it; it is never called here


def fault_of_format(text: str) -> str | None:
    """Return why a format cannot be used.

    Parameters
    ----------
    text : str
        A format as for strptime.

    Returns
    -------
    str or None
        What is wrong, as the end of a sentence; None where nothing is.
    """
    rest = PIECE.sub("", text)
    used = [piece["directive"] for piece in PIECE.finditer(text) if piece["directive"]]
    unknown = [f"%{letter}" for letter in used if letter not in DIRECTIVES]
    if rest or unknown or not used:
        known = " ".join(f"%{letter}" for letter in DIRECTIVES)
        return f"the format may hold {known} and %%, and has {(unknown or [rest or text])[0]}"
    gives = [DIRECTIVES[letter][0] for letter in used]
    twice = next((what for what in gives if gives.count(what) > 1), None)
    if twice:
        return f"the format has the {twice} twice"
    if ("I" in used) != ("p" in used):
        return "the format needs both %I and %p, or %H"
    return None


def read_by_format(text: Any, pattern: str, native: bool) -> Any:
    """Read a text by a format.

    Parameters
    ----------
    text : ibis string expression
        Dates or times as written.
    pattern : str
        A format without fault, see `fault_of_format`.
    native : bool
        Whether the engine is DuckDB, which has a function for it.

    Returns
    -------
    ibis timestamp expression
        Null where the text is written otherwise, or is a day that does not exist.
    """
    # %-d and %d are the same here: both are read with or without a leading 0.
    pattern = re.sub("%(%|-?[a-zA-Z])", lambda part: part[0].replace("-", ""), pattern)
    expression, order = _expression(pattern)
    fits = text.re_search(expression)
    if native:
        return fits.ifelse(try_strptime(text, pattern), None)
    parts = {letter: text.re_extract(expression, at) for at, letter in enumerate(order, start=1)}
    return fits.ifelse(_iso(parts), None).try_cast("timestamp")


def _expression(pattern: str) -> tuple[str, list[str]]:
    """Return the regular expression of a format, and the directives that its groups stand for."""
    pieces = list(PIECE.finditer(pattern))
    written, order = "", []
    for at, piece in enumerate(pieces):
        if piece["directive"]:
            _, loose, tight = DIRECTIVES[piece["directive"]]
            written += f"({tight if _digit_at(pieces, at + 1) else loose})"
            order.append(piece["directive"])
        else:
            letter = piece["literal"][0]
            written += f"\\{letter}" if letter in string.punctuation else letter
    return f"^{written}\\z", order


def _digit_at(pieces: list[re.Match[str]], at: int) -> bool:
    """Return whether a piece begins with a digit: a number before it must then be written with all its digits."""
    if at >= len(pieces):
        return False
    letter = pieces[at]["directive"]
    return letter in NUMBERS if letter else pieces[at]["literal"] in string.digits


def _iso(parts: dict[str, Any]) -> Any:
    """Join the parts as ISO 8601: every engine reads it, and refuses a day that does not exist."""
    year = parts.get("Y", ibis.literal("1900"))
    if "y" in parts:
        year = (parts["y"] >= PIVOT).ifelse("19", "20") + parts["y"]
    name = parts.get("b", parts.get("B"))
    if name is None:
        month = _two(parts.get("m"), "01")
    else:
        month = name.left(3).lower().cases(*((word[:3].lower(), f"{at:02}") for at, word in enumerate(MONTHS, 1)))
    hour = parts.get("H")
    if "p" in parts:
        afternoon = (parts["p"].lower() == "pm").ifelse(12, 0)
        hour = (parts["I"].try_cast("int64") % 12 + afternoon).cast("string")
    clock = [_two(hour, "00"), _two(parts.get("M"), "00"), _two(parts.get("S"), "00")]
    fraction = parts.get("f", ibis.literal("0"))
    return (
        ibis.literal("-").join([year, month, _two(parts.get("d"), "01")])
        + " "
        + ibis.literal(":").join(clock)
        + "."
        + fraction
    )


def _two(part: Any, otherwise: str) -> Any:
    return ibis.literal(otherwise) if part is None else part.lpad(2, "0")
