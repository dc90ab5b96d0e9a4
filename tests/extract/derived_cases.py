"""Cases that DuckDB and Spark must agree on: an expression, and by text what it gives, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis

from dapipeline.extract.derived_strptime import read_by_format
from dapipeline.extract.expressions import derive

# Expression over the column t, with pairs of t and of what comes out (as a text).
FUNCTIONS: dict[str, list[tuple[str | None, str | None]]] = {
    "replace(t, 'St.', 'Street')": [
        ("High St.", "High Street"), ("St.St.", "StreetStreet"), ("Stx", "Stx"), ("", ""), (None, None),
    ],
    "replace(t, '\\', '')": [("a\\b", "ab")],
    "replace(t, 'aa', 'a')": [("aaaaa", "aaa")],
    "replace(t, 'é', '')": [("Café", "Caf"), ("Cafe", "Cafe")],
    "regexp_extract(t, '[0-9]+')": [
        ("AB/123/45", "123"), ("none", None), ("", None), (None, None), ("x٣٤5", "5"),
    ],
    "regexp_extract(t, '^([A-Z]+)/(\\d+)$', 2)": [
        ("AB/123", "123"), ("AB/123\n", None), ("AB/", None), (" AB/123", None), ("AB/12\n3", None),
    ],
    "regexp_extract(t, 'a(x)?b', 1)": [("ab", ""), ("axb", "x"), ("b", None)],
    "regexp_extract(t, '\\bE\\w+', 0)": [("éE1 E2", "E1"), ("aE1 E2", "E2"), ("E", None)],
    "regexp_extract(t, '^.+$')": [("one\rtwo", "one\rtwo"), ("one\ntwo", None), ("a\u2028b", "a\u2028b")],
    "regexp_extract(t, '\\S+')": [("\u00a0x y", "\u00a0x"), ("\t\n y", "y"), ("\x0bz", "\x0bz")],
    "regexp_extract(t, '(?:ab|a)(b?)', 1)": [("abb", "b"), ("ab", ""), ("a", "")],
    "regexp_extract(t, 'a.*?b|c{2,3}')": [("xaxbxb", "axb"), ("acccc", "ccc"), ("c", None)],
    "regexp_extract(t, '[&&a\\]\\[^-]+')": [("x&a]-[^", "&a]-[^"), ("b", None)],
    "split_part(t, ', ', 2)": [
        ("Flat 1, High Street, Leeds", "High Street"), ("Flat 1", None), ("Flat 1, ", ""), ("", None), (None, None),
        ("a,b", None),
    ],
    "split_part(t, '.', 1)": [("a.b", "a"), ("ab", "ab"), (".b", ""), ("", "")],
    "split_part(t, '|', 3)": [("a|b|c|d", "c"), ("a|b", None), ("||", ""), ("|", None)],
    "split_part(t, 'aa', 2)": [("aaaaa", ""), ("aaa", "a"), ("a", None)],
    "split_part(t, '–', 2)": [("Süd–Nord", "Nord"), ("Süd-Nord", None)],
    "lpad(t, 5, '0')": [("42", "00042"), ("12345", "12345"), ("1234567", "1234567"), ("", "00000"), (None, None)],
    "lpad(t, 5, 'ab')": [("x", "ababx"), ("xy", "abaxy")],
    "lpad(t, 3, '0')": [("é", "00é"), ("éééé", "éééé")],
    "lpad(t, 0, '0')": [("a", "a"), ("", "")],
    "hour(t)": [
        ("2016-02-29 23:30:00", "23"), ("2016-02-29T07:05", "7"), ("2016-02-29", "0"), ("10:30", None), ("x", None),
        ("2016-02-30 10:00:00", None), ("2016", None), (None, None),
    ],
    "minute(t)": [("2016-02-29 23:30:59", "30"), ("2016-02-29", "0"), ("", None)],
    "hour(strptime(t, '%H:%M'))": [("23:59", "23"), ("7:05", "7"), ("24:00", None)],
    "year(t)": [("2016-02-29 23:30:00", "2016"), ("x", None)],
    "t + interval '1 hour'": [
        ("2015-12-31 23:30:00", "2016-01-01 00:30:00"), ("2015-12-31", "2015-12-31 01:00:00"), ("x", None),
        (None, None),
        ("9999-12-31 23:30:00", None),
    ],
    "try_cast(t as timestamp) - interval 3 days": [
        ("2016-03-01 10:00:00", "2016-02-27 10:00:00"), ("0001-01-02 00:00:00", None),
    ],
    "cast(t as date) + interval (90) minute": [("2016-03-01", "2016-03-01 01:30:00")],
    "cast(t as date) - interval 1 second": [("2016-03-01", "2016-02-29 23:59:59")],
    "t + interval 2 weeks": [("2015-12-31 00:00:00", "2016-01-14 00:00:00")],
    "t + interval '1' month": [("2016-01-31 08:00:00", "2016-02-29 08:00:00"), ("2015-12-15", "2016-01-15 00:00:00")],
    "interval '1 year' + t": [("2016-02-29 00:00:00", "2017-02-28 00:00:00")],
    "t - interval '-2 hours'": [("2016-02-29 23:00:00", "2016-03-01 01:00:00")],
    "t + interval '100000 years'": [("2016-02-29 23:00:00", None)],
}  # fmt: skip

DAY = [
    ("31/12/2015", "2015-12-31 00:00:00"), ("1/2/2015", "2015-02-01 00:00:00"), ("29/02/2016", "2016-02-29 00:00:00"),
    ("29/02/2015", None), ("31/02/2015", None), ("31/04/2015", None), ("00/01/2015", None), ("01/13/2015", None),
    ("01/00/2015", None), ("29/02/1900", None), ("29/02/2000", "2000-02-29 00:00:00"), ("01/01/0000", None),
    ("01/01/0001", "0001-01-01 00:00:00"), ("31/12/9999", "9999-12-31 00:00:00"), ("01/01/15", None),
    ("01/01/20155", None), ("001/01/2015", None), (" 01/01/2015", None), ("01/01/2015 ", None), ("01/01/2015\n", None),
    ("01/ 01/2015", None), ("01-01-2015", None), ("+1/01/2015", None), ("٠١/01/2015", None), ("infinity", None),
    ("epoch", None), ("", None), (None, None), ("2015-12-31", None),
]  # fmt: skip
# A format, with pairs of a text and of the moment that it gives.
FORMATS: dict[str, list[tuple[str | None, str | None]]] = {
    "%d/%m/%Y": DAY,
    "%-d/%-m/%Y": DAY,
    "%d/%m/%Y %H:%M": [
        ("31/12/2015 23:59", "2015-12-31 23:59:00"), ("1/1/2015 7:5", "2015-01-01 07:05:00"), ("31/12/2015", None),
        ("31/12/2015 24:00", None), ("31/12/2015 23:60", None), ("31/12/2015  23:59", None),
        ("31/12/2015\t23:59", None),
        ("31/12/2015 23:59:00", None), ("31/12/2015 -1:00", None),
    ],
    "%Y-%m-%dT%H:%M:%S.%f": [
        ("2015-12-31T23:59:58.5", "2015-12-31 23:59:58.5"),
        ("2015-12-31T23:59:58.123456", "2015-12-31 23:59:58.123456"),
        ("2015-12-31T23:59:58.1234567", None), ("2015-12-31T23:59:58.", None), ("2015-12-31t23:59:58.5", None),
        ("2015-12-31T23:59:60.0", None), ("2015-12-31T23:59:58.000001", "2015-12-31 23:59:58.000001"),
        ("9999-12-31T23:59:59.0", "9999-12-31 23:59:59"),
    ],
    "%d/%m/%y": [
        ("01/02/69", "1969-02-01 00:00:00"), ("01/02/68", "2068-02-01 00:00:00"), ("01/02/00", "2000-02-01 00:00:00"),
        ("01/02/99", "1999-02-01 00:00:00"), ("29/02/00", "2000-02-29 00:00:00"), ("01/02/5", None),
        ("01/02/2015", None),
    ],
    "%d %b %Y": [
        ("03 Jan 2015", "2015-01-03 00:00:00"), ("3 DEC 2015", "2015-12-03 00:00:00"),
        ("03 sep 2015", "2015-09-03 00:00:00"),
        ("03 Sept 2015", None), ("03 January 2015", None), ("03 Mär 2015", None), ("03 \u017fep 2015", None),
        ("30 Feb 2015", None), ("03 May 2015", "2015-05-03 00:00:00"),
    ],
    "%d-%B-%Y": [
        ("03-January-2015", "2015-01-03 00:00:00"), ("03-may-2015", "2015-05-03 00:00:00"),
        ("03-SEPTEMBER-2015", "2015-09-03 00:00:00"), ("03-Jan-2015", None),
    ],
    "%a %d/%m/%Y": [
        ("Tue 03/02/2015", "2015-02-03 00:00:00"), ("MON 03/02/2015", "2015-02-03 00:00:00"),
        ("Tuesday 03/02/2015", None),
        ("Xyz 03/02/2015", None), ("03/02/2015", None),
    ],
    "%A, %d %B %Y": [
        ("Tuesday, 3 February 2015", "2015-02-03 00:00:00"), ("wednesday, 3 February 2015", "2015-02-03 00:00:00"),
        ("Tue, 3 February 2015", None),
    ],
    "%d/%m/%Y %I:%M %p": [
        ("01/02/2015 12:05 am", "2015-02-01 00:05:00"), ("01/02/2015 12:05 PM", "2015-02-01 12:05:00"),
        ("01/02/2015 1:05 Pm", "2015-02-01 13:05:00"), ("01/02/2015 11:59 AM", "2015-02-01 11:59:00"),
        ("01/02/2015 13:05 PM", None), ("01/02/2015 0:05 AM", None), ("01/02/2015 1:05", None),
        ("01/02/2015 1:05 p.m.", None),
    ],
    "%d%m%Y": [("01022015", "2015-02-01 00:00:00"), ("1122015", None), ("112015", None), ("31022015", None)],
    "%Y%m%d%H%M%S": [
        ("20151231235958", "2015-12-31 23:59:58"), ("2015123123595", "2015-12-31 23:59:05"), ("201512312359", None),
    ],
    "%H:%M": [("10:30", "1900-01-01 10:30:00"), ("1030", None)],
    "%Y": [("2015", "2015-01-01 00:00:00"), ("15", None)],
    "%m/%Y": [("2/2015", "2015-02-01 00:00:00")],
    "%d.%m.%Y": [("01.02.2015", "2015-02-01 00:00:00"), ("01x02x2015", None)],
    "100%% (%Y)": [("100% (2015)", "2015-01-01 00:00:00"), ("100%% (2015)", None)],
    "%d/%m/%YZ": [("01/02/2015Z", "2015-02-01 00:00:00"), ("01/02/2015", None)],
}  # fmt: skip


def all_cases() -> list[tuple[str, str | None, str | None]]:
    """Every expression with a text and what it gives."""
    by_format = {f"strptime(t, '{pattern}')": pairs for pattern, pairs in FORMATS.items()}
    return [(text, given, wanted) for text, pairs in (FUNCTIONS | by_format).items() for given, wanted in pairs]


def worked_out(connection: Any, engine: str) -> list[str | None]:
    """What an engine gives for every case: one query, in which every case has an expression of its own."""
    return _run(
        connection,
        [given for _, given, _ in all_cases()],
        [lambda t, text=text: derive("borough", text, {"t": t}, engine=engine) for text, _, _ in all_cases()],
    )


def taken_apart(connection: Any) -> list[str | None]:
    """What an engine gives for every case of a format without a function of its own for it."""
    pairs = [(pattern, given) for pattern, listed in FORMATS.items() for given, _ in listed]
    return _run(
        connection,
        [given for _, given in pairs],
        [lambda t, pattern=pattern: read_by_format(t, pattern, native=False) for pattern, _ in pairs],
    )


def _run(connection: Any, texts: list[str | None], readings: list[Callable[[Any], Any]]) -> list[str | None]:
    named = {f"t{at}": text for at, text in enumerate(texts)}
    table = ibis.memtable([named], schema=dict.fromkeys(named, "string"))
    values = {str(at): reading(table[f"t{at}"]).cast("string") for at, reading in enumerate(readings)}
    found = connection.to_pyarrow(table.select(**values)).to_pylist()[0]
    return [found[name] for name in values]
