"""How one text becomes a value: numbers, codes, offence codes, flags, dates and times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import ibis

from dapipeline.config import Extract
from dapipeline.extract.columns import OFFENCE_CODES, Column
from dapipeline.extract.derived_strptime import FIRST, LAST, try_strptime
from dapipeline.extract.forms import OFFSET, Forms
from dapipeline.extract.missing import FALSE_WORDS, TRUE_WORDS

# A number with groups of three digits or without; a comma elsewhere does not separate thousands.
POINT = r"^[+-]?([1-9]\d{0,2}([, ]\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?$"
COMMA = r"^[+-]?([1-9]\d{0,2}([. ]\d{3})+|\d+)?(,\d*)?([eE][+-]?\d+)?$"
CENTURY = 100


@ibis.udf.scalar.builtin(name="try_strptime", signature=(("string", "string"), "timestamp('UTC')"))  # type: ignore[untyped-decorator]
def try_strptime_with_offset(text: str, pattern: str) -> datetime:
    """Return an instant, or null where the text does not match (a function of DuckDB).

    Parameters
    ----------
    text : str
        The text.
    pattern : str
        A strptime format with %z.

    Returns
    -------
    datetime
        In UTC.
    """
    raise NotImplementedError


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", "timestamp('UTC')"), "timestamp"))  # type: ignore[untyped-decorator]
def on_the_clock_of(zone: str, instant: datetime) -> datetime:
    """Return what the clocks of a zone show at an instant (a function of DuckDB).

    Parameters
    ----------
    zone : str
        Such as Europe/London.
    instant : datetime
        In UTC.

    Returns
    -------
    datetime
        Local time, without a zone.
    """
    raise NotImplementedError


def read_value(text: Any, column: Column, extract: Extract, forms: Forms) -> Any:
    """Read a text as the kind of its column.

    Parameters
    ----------
    text : ibis string expression
        Trimmed; null where it is missing.
    column : Column
        The canonical column.
    extract : Extract
        Formats, decimal mark, time zone, and the force's words.
    forms : Forms
        How the cells of the column are written.

    Returns
    -------
    ibis expression
        Null where the text cannot be read.
    """
    words = extract.values.get(column.name, {})
    if column.kind == "text":
        return _offence_code(text) if column.name in OFFENCE_CODES else mapped(text, words, text)
    if column.kind == "boolean":
        pairs = [(w, "true") for w in TRUE_WORDS] + [(w, "false") for w in FALSE_WORDS]
        return mapped(text, words, text.lower().cases(*pairs)).cast("boolean")
    if column.kind == "number":
        return _number(text, extract.decimal, forms.count(column.name, "decimal_commas") > 0)
    if column.kind == "code":
        return mapped(text, words, _code(text, column))
    moment = _moment(text, extract, forms.count(column.name, "offsets") > 0)
    moment = moment.between(FIRST, LAST).ifelse(moment, None)
    return moment.cast("date") if column.kind == "date" else moment.truncate("s")


def mapped(text: Any, words: Mapping[str, tuple[str, ...]], otherwise: Any) -> Any:
    """Replace the force's own words, whatever their case, by the values they stand for.

    Parameters
    ----------
    text : ibis string expression
        Trimmed cells.
    words : mapping of str to tuple of str
        Canonical value to the force's words for it.
    otherwise : ibis string expression
        The value of a text that is none of the words.

    Returns
    -------
    ibis string expression
    """
    pairs = [(word.strip().lower(), value) for value, listed in words.items() for word in listed]
    return ibis.coalesce(text.lower().cases(*pairs), otherwise) if pairs else otherwise


def _number(text: Any, decimal: str, commas_are_decimals: bool) -> Any:
    if decimal == ",":
        plain = text.re_search(COMMA).ifelse(text.replace(".", "").replace(" ", "").replace(",", "."), None)
        return plain.try_cast("float64")
    readable = text.re_search(POINT)
    if commas_are_decimals:
        # If the column has 12,5, then 1,250 may be 1.25: no number with a comma is read.
        readable &= ~text.contains(",")
    return readable.ifelse(text.replace(",", "").replace(" ", ""), None).try_cast("float64")


def _moment(text: Any, extract: Extract, with_offsets: bool) -> Any:
    moment = text.try_cast("timestamp")
    if with_offsets:
        moment = text.re_search(OFFSET).ifelse(on_the_clock_of(extract.timezone, _instant(text)), moment)
    for pattern in (extract.datetime_format, extract.date_format):
        if pattern and pattern.endswith("Z") and not pattern.endswith("%Z"):
            instant = try_strptime(text, pattern).cast("timestamp('UTC')")
            moment = ibis.coalesce(on_the_clock_of(extract.timezone, instant), moment)
        elif pattern and "%z" in pattern:
            instant = try_strptime_with_offset(text.re_replace("[Zz]$", "+0000"), pattern)
            moment = ibis.coalesce(on_the_clock_of(extract.timezone, instant), moment)
        elif pattern:
            moment = ibis.coalesce(try_strptime(text, pattern), moment)
    return moment


def _instant(text: Any) -> Any:
    """Read a timestamp with an offset, after writing the offset as the engine expects it."""
    text = text.re_replace(r"\s*(UTC|GMT|[Zz])$", "Z").re_replace(r"\s+([+-]\d\d(:?\d\d)?)$", r"\1")
    return text.re_replace(r"([T ]\d{1,2}:\d\d)(Z|[+-]\d\d:?\d*)$", r"\1:00\2").try_cast("timestamp('UTC')")


def born_before(born: Any, moment: Any) -> Any:
    """Move a birth date with a two-digit year back a century where it lies after the incident.

    Parameters
    ----------
    born : ibis date expression
        The birth date.
    moment : ibis timestamp expression
        When the incident started.

    Returns
    -------
    ibis date expression
    """
    earlier = (born - ibis.interval(years=CENTURY)).cast("date")
    return (born > moment.date()).ifelse(earlier, born)


def _code(text: Any, column: Column) -> Any:
    plain = text.lower()
    if column.name in ("outcome_code", "imd_decile"):
        # 05, 5.0 and the Home Office's own sub-outcomes (1A) are all read as the number.
        plain = plain.re_extract(r"^0*(\d+)(?:\.0)?[a-z]?$", 1)
    return plain.cases(*((value.lower(), value) for value in column.values))


def _offence_code(text: Any) -> Any:
    """Read an offence code: 008/67, 8/67, 867 and 00867 are the same, since spreadsheets drop leading zeros."""
    slashed = text.re_search(r"^\d{1,3}\s*/\s*\d{1,2}$")
    plain = text.re_search(r"^\d{1,5}(\.0)?$")
    main = text.re_extract(r"^(\d+)", 1)
    sub = text.re_extract(r"/\s*(\d+)$", 1)
    return ibis.cases((slashed, main.lpad(3, "0") + sub.lpad(2, "0")), (plain, main.lpad(5, "0")))
