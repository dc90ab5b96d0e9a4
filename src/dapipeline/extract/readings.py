"""How one text becomes a value: numbers, codes, offence codes, flags and moments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import ibis

from dapipeline.config import Extract
from dapipeline.extract.columns import Column
from dapipeline.extract.formats import FIRST, LAST, try_strptime
from dapipeline.extract.forms import OFFSET, Forms
from dapipeline.extract.missing import FALSE_WORDS, TRUE_WORDS

# A number with groups of three or without; commas elsewhere are no thousands.
POINT = r"^[+-]?([1-9]\d{0,2}([, ]\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?$"
COMMA = r"^[+-]?([1-9]\d{0,2}([. ]\d{3})+|\d+)?(,\d*)?([eE][+-]?\d+)?$"
CENTURY = 100


@ibis.udf.scalar.builtin(name="try_strptime", signature=(("string", "string"), "timestamp('UTC')"))  # type: ignore[untyped-decorator]
def try_strptime_with_offset(text: str, pattern: str) -> datetime:
    """Return an instant, or null where the text does not match a format with an offset (DuckDB)."""
    raise NotImplementedError


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", "timestamp('UTC')"), "timestamp"))  # type: ignore[untyped-decorator]
def on_the_clock_of(zone: str, instant: datetime) -> datetime:
    """Return what the clocks of a zone show at an instant (DuckDB)."""
    raise NotImplementedError


def read_value(text: Any, column: Column, extract: Extract, forms: Forms) -> Any:
    """Read a text as the kind of its column.

    Parameters
    ----------
    text : ibis string expression
        Trimmed; null where it is missing.
    column : Column
    extract : Extract
        Formats, decimal, clock, and the force's words.
    forms : Forms
        How the column is written as a whole.

    Returns
    -------
    ibis expression
        Null where the text cannot be read.
    """
    words = extract.values.get(column.name, {})
    if column.kind == "text":
        return _offence_code(text) if column.name == "offence_code" else mapped(text, words, text)
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
    """Read the words of the force, whatever their case, before anything else."""
    pairs = [(word.strip().lower(), value) for value, listed in words.items() for word in listed]
    return ibis.coalesce(text.lower().cases(*pairs), otherwise) if pairs else otherwise


def _number(text: Any, decimal: str, commas_are_decimals: bool) -> Any:
    if decimal == ",":
        plain = text.re_search(COMMA).ifelse(text.replace(".", "").replace(" ", "").replace(",", "."), None)
        return plain.try_cast("float64")
    readable = text.re_search(POINT)
    if commas_are_decimals:
        # 1,250 beside 12,5 is no thousand: where a comma stands for decimals once, none is read.
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
    """Read a moment with an offset, in the one way of writing it that the engine takes."""
    text = text.re_replace(r"\s*(UTC|GMT|[Zz])$", "Z").re_replace(r"\s+([+-]\d\d(:?\d\d)?)$", r"\1")
    return text.re_replace(r"([T ]\d{1,2}:\d\d)(Z|[+-]\d\d:?\d*)$", r"\1:00\2").try_cast("timestamp('UTC')")


def born_before(born: Any, moment: Any) -> Any:
    """Put a birth with a two-digit year into the century in which the person was alive at the incident."""
    earlier = (born - ibis.interval(years=CENTURY)).cast("date")
    return (born > moment.date()).ifelse(earlier, born)


def _code(text: Any, column: Column) -> Any:
    plain = text.lower()
    if column.name in ("outcome_code", "imd_decile"):
        # 05, 5.0 and the Home Office's own sub-outcomes (1A) are all read as the number.
        plain = plain.re_extract(r"^0*(\d+)(?:\.0)?[a-z]?$", 1)
    return plain.cases(*((value.lower(), value) for value in column.values))


def _offence_code(text: Any) -> Any:
    """008/67, 8/67, 867 and 00867 are the same code; a spreadsheet may have eaten the noughts."""
    slashed = text.re_search(r"^\d{1,3}\s*/\s*\d{1,2}$")
    plain = text.re_search(r"^\d{1,5}(\.0)?$")
    main = text.re_extract(r"^(\d+)", 1)
    sub = text.re_extract(r"/\s*(\d+)$", 1)
    return ibis.cases((slashed, main.lpad(3, "0") + sub.lpad(2, "0")), (plain, main.lpad(5, "0")))
