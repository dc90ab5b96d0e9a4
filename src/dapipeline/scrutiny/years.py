"""The twelve months that an indicator is counted over: financial, calendar, or up to any day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

STARTS = {"financial": (4, 1), "calendar": (1, 1)}  # month and day on which a year begins


def start_of(years: str) -> tuple[int, int]:
    """Return the month and the day on which years begin.

    Parameters
    ----------
    years : str
        financial, calendar, or the last day of twelve months as MM-DD.

    Returns
    -------
    tuple of int
        The day after the last one: 11-30 gives (12, 1); 02-28 and 02-29 give (3, 1).
    """
    if years in STARTS:
        return STARTS[years]
    month, day = (int(part) for part in years.split("-"))
    longest = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
    return (month, day + 1) if day < longest else (month % 12 + 1, 1)


def year_of(moment: Any, years: str) -> Any:
    """Return the year of a moment, by its first day.

    Parameters
    ----------
    moment : ibis timestamp column
    years : str

    Returns
    -------
    ibis integer column
        The calendar year in which the twelve months begin: 2009 for March 2010 in financial years.
    """
    month, day = start_of(years)
    before = (moment.month() * 100 + moment.day()) < month * 100 + day
    return (moment.year() - before.cast("int32")).cast("int32")


def place_in_year(day: date, years: str) -> tuple[str, float]:
    """Return the year of a day, and how much of it had passed.

    Parameters
    ----------
    day : datetime.date
    years : str

    Returns
    -------
    str
        The year as `year_in_words` writes it.
    float
        From 0 to 1.
    """
    month, at = start_of(years)
    first = day.year - ((day.month, day.day) < (month, at))
    begun, ended = date(first, month, at), date(first + 1, month, at)
    return year_in_words(first, years), (day - begun).days / (ended - begun).days


def year_in_words(first: int, years: str) -> str:
    """Write a year: 2009/10, 2009, or 12 months to 2010-11-30.

    Parameters
    ----------
    first : int
        The calendar year in which it begins.
    years : str

    Returns
    -------
    str
    """
    if years == "financial":
        return f"{first}/{(first + 1) % 100:02d}"
    month, day = start_of(years)
    return str(first) if (month, day) == (1, 1) else f"12 months to {date(first + 1, month, day) - timedelta(days=1)}"
