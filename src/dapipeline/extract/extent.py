"""The last day of an extract: dates after it are typing errors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
import numpy as np
import pandas as pd

WIDEST_GAP = 366  # days without any incident, end or report; typing errors lie beyond such a gap
MOST_BEYOND = 0.05  # share of the dates; a larger share is no typing error
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)  # others are implausible anyway, or beyond Python's calendar
FEWEST = 20  # dates; fewer do not show where an extract ends
MONTH = timedelta(days=31)
DAYS = ("occurred_from", "occurred_to", "reported_at")
OUTCOME = "outcome_at"


@dataclass(frozen=True)
class Extent:
    """The last day of an extract, where it can be found.

    Attributes
    ----------
    last_day : date or None
        Of starts, ends and reports together.
    last_report : date or None
        Of reports, and a month more for rows without one; no incident starts later. None where less than half of the
        rows have one.
    last_outcome : date or None
        Of these and of outcomes, which come after the last incident of an extract.
    """

    last_day: date | None
    last_report: date | None
    last_outcome: date | None


def extent_of(table: Any) -> Extent:
    """Find the last day before a long gap that only few dates lie beyond.

    Parameters
    ----------
    table : ibis.Table
        Canonical rows, typed.

    Returns
    -------
    Extent
    """
    known = [name for name in (*DAYS, OUTCOME) if name in table.columns]
    parts = [table.select(name=ibis.literal(name), day=table[name].date()) for name in known]
    days = ibis.union(*parts) if len(parts) > 1 else parts[0]
    days = days.filter(days.day.between(EARLIEST, LATEST))
    counts = days.group_by(["name", "day"]).aggregate(rows=days.count()).to_pandas()
    reports, starts = counts[counts["name"] == "reported_at"], counts[counts["name"] == "occurred_from"]
    enough = reports["rows"].sum() * 2 >= starts["rows"].sum()
    last_report = _last(reports) if enough else None
    last_day = _last(counts[counts["name"] != OUTCOME])
    return Extent(last_day, last_report and last_report + MONTH, _last(counts))


def _last(counts: pd.DataFrame) -> date | None:
    by_day = counts.groupby("day")["rows"].sum().sort_index()
    whole = by_day.sum()
    if whole < FEWEST:
        return None
    days, passed = pd.to_datetime(by_day.index).to_numpy("datetime64[D]"), by_day.cumsum().to_numpy()
    middle = int(np.searchsorted(passed, whole / 2))
    gaps = np.flatnonzero(np.diff(days[middle:]).astype(int) > WIDEST_GAP)
    at = middle + int(gaps[0]) if len(gaps) else len(days) - 1
    if whole - passed[at] > MOST_BEYOND * whole:
        return None
    last: date = days[at].item()
    return last
