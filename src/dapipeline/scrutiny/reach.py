"""Which years the records cover whole."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd

from dapipeline.scrutiny.counting import Grid
from dapipeline.scrutiny.years import start_of, year_in_words

SLACK = timedelta(days=7)  # a year in which nothing came to be known in its first week is still whole


def partial_years(incidents: Any, grid: Grid, years: str) -> dict[str, str]:
    """Find the years that the records do not cover whole.

    Parameters
    ----------
    incidents : ibis.Table
        With known, the moment at which each came to be known.
    grid : Grid
    years : str

    Returns
    -------
    dict of str to str
        Year in words to what is missing, such as: part of a year, from 2011-01-01 on.
    """
    if not grid.years:
        return {}
    ends = incidents.aggregate(first=incidents.known.min(), last=incidents.known.max()).to_pandas().iloc[0]
    first, last = (pd.Timestamp(ends[name]).date() for name in ("first", "last"))
    month, day = start_of(years)
    said: dict[str, list[str]] = {}
    if first > date(grid.years[0], month, day) + SLACK:
        said.setdefault(year_in_words(grid.years[0], years), []).append(f"from {first} on")
    if last < date(grid.years[-1] + 1, month, day) - SLACK:
        said.setdefault(year_in_words(grid.years[-1], years), []).append(f"until {last}")
    return {year: f"part of a year, {' and '.join(parts)}" for year, parts in said.items()}
