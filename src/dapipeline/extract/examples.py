"""What a message may show of unreadable values: three of them, and the date formats that would fit."""

from __future__ import annotations

import re
from typing import Any

from dapipeline.extract.canonical import TEXT
from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.copies import quoted
from dapipeline.extract.date_formats import FORMATS, SERIAL, counts_by_format

MOST, LOOKED_AT = 3, 1000
LONGEST = 20  # characters of a value
MOST_WORDS = 20  # different texts in a column of codes, unless each has ten rows on average
FITS = 0.95


def may_be_shown(column: str, text: str) -> bool:
    """Return whether a message may repeat a value: a short word or code, or the moment of an incident.

    A column may be mapped wrongly: a long text, or four digits in a row, could be somebody's number, birth date or
    note.

    Parameters
    ----------
    column : str
        A canonical column.
    text : str
        The value as written.

    Returns
    -------
    bool
    """
    if column not in BY_NAME or not BY_NAME[column].shown:
        return False
    return BY_NAME[column].kind == "datetime" or (len(text) <= LONGEST and not re.search(r"\d{4}", text))


def examples(connection: Any, column: str, condition: str) -> list[str]:
    """Return the three most frequent texts of a column in the rows of ``judged`` that meet a condition.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB with the table ``judged``.
    column : str
        A canonical column; empty for none.
    condition : str
        SQL over ``judged``.

    Returns
    -------
    list of str
        Empty where a value of the column could identify somebody: by its kind, its look, or because nearly every row
        has a different one, as names do and codes do not.
    """
    if not column or not BY_NAME[column].shown:
        return []
    # Both parts are constants of the program, no text of a user.
    query = f"""
        SELECT {quoted(TEXT + column)} AS text, count(*) AS rows, count(*) OVER () AS texts,
               sum(count(*)) OVER () AS whole
        FROM judged WHERE {condition} AND text IS NOT NULL GROUP BY text ORDER BY rows DESC, text LIMIT {MOST}
    """  # noqa: S608
    found = connection.con.execute(query).fetchall()
    if found and BY_NAME[column].kind != "datetime" and found[0][2] > max(MOST_WORDS, found[0][3] / 10):
        return []
    return [text for text, *_ in found if may_be_shown(column, text)]


def shapes(connection: Any, column: str, condition: str) -> list[str]:
    """Return examples for tables and the page; of a date its shape alone (99/99/9999), as a day may identify somebody.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB with the table ``judged``.
    column : str
        A canonical column; empty for none.
    condition : str
        SQL over ``judged``.

    Returns
    -------
    list of str
        Three at most.
    """
    found = examples(connection, column, condition)
    if column and BY_NAME[column].kind == "datetime":
        found = [re.sub(r"[0-9]", "9", text) for text in found]
    return list(dict.fromkeys(found))


def formats_that_fit(connection: Any, column: str, condition: str) -> list[str]:
    """Find the strptime formats that read nearly all of some texts of a date column.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB with the table ``judged``.
    column : str
        A canonical column.
    condition : str
        SQL over ``judged``.

    Returns
    -------
    list of str
        The best first, three at the most; ``serial`` alone where the texts are numbers of days as Excel stores them.
    """
    if column not in BY_NAME or BY_NAME[column].kind not in ("datetime", "date"):
        return []
    texts = (
        f"(SELECT DISTINCT {quoted(TEXT + column)} AS text FROM judged WHERE {condition} AND text IS NOT NULL "  # noqa: S608
        f"ORDER BY text LIMIT {LOOKED_AT})"
    )
    fits, (whole, serials) = counts_by_format(connection, texts, FORMATS, "true", f"regexp_matches(text, '{SERIAL}')")
    if whole and serials >= FITS * whole:
        return ["serial"]
    best = sorted((-count, at) for at, count in enumerate(fits) if whole and count >= FITS * whole)
    return [FORMATS[at] for _, at in best[:MOST]]


def format_advice(column: str, formats: list[str]) -> str:
    """Write a sentence on what unreadable dates seem to be.

    Parameters
    ----------
    column : str
        A canonical column of dates.
    formats : list of str
        From `formats_that_fit`.

    Returns
    -------
    str
        Begins with a blank; empty where no format fits.
    """
    if formats == ["serial"]:
        return (
            " They are days as Excel counts them (42094.58 is 31 March 2015, 14:00): format the column as a date in "
            "Excel and export again."
        )
    if not formats:
        return ""
    setting = "date_format" if BY_NAME[column].kind == "date" else "datetime_format"
    others = f"; {' and '.join(formats[1:])} would fit too" if formats[1:] else ""
    return f' extract.{setting}: "{formats[0]}" would fit{others}.'
