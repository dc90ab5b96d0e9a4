"""The aggregates that features are made of; all exact, so that no order of rows can change a digit.

Each takes a table's conditions and values and gives an Ibis aggregate. Sums run over integers or
decimals and become floats at the end.
"""

from __future__ import annotations

from typing import Any

import ibis


def count(condition: Any) -> Any:
    """Rows for which a condition holds."""
    return condition.fill_null(False).cast("int64").sum().cast("float64")


def share(condition: Any, among: Any, empty: float = 0.0) -> Any:
    """Rows for which a condition holds, of those among which it is asked; `empty` where there are none."""
    of = among.fill_null(False)
    part = (condition.fill_null(False) & of).cast("int64").sum().cast("float64")
    whole = of.cast("int64").sum().cast("float64")
    return (whole > 0).ifelse(part / whole, empty)


def total(value: Any, among: Any) -> Any:
    """Sum of a value; missing values count nothing."""
    return value.sum(where=among.fill_null(False)).cast("float64").fill_null(0.0)


def mean(value: Any, among: Any, empty: float = 0.0, per: int = 1) -> Any:
    """Mean of the known values, divided by `per`; `empty` where there are no rows, missing where none is known."""
    of = among.fill_null(False)
    known = of & value.notnull()
    sum_of = value.cast("decimal(28, 6)").sum(where=known).cast("float64")
    known_rows, rows = known.cast("int64").sum(), of.cast("int64").sum()
    return (
        (rows == 0)
        .fill_null(True)
        .ifelse(empty, (known_rows > 0).ifelse(sum_of / known_rows / per, ibis.null("float64")))
    )


def least(value: Any, among: Any, empty: float = 0.0) -> Any:
    """Smallest known value, as `mean` treats what is empty or unknown."""
    return _extreme(value.min(where=among.fill_null(False)), among, empty)


def greatest(value: Any, among: Any, empty: float = 0.0, per: int = 1) -> Any:
    """Largest known value, divided by `per`, as `mean` treats what is empty or unknown."""
    return _extreme(value.max(where=among.fill_null(False)).cast("float64") / per, among, empty)


def _extreme(found: Any, among: Any, empty: float) -> Any:
    rows = among.fill_null(False).cast("int64").sum()
    return (rows == 0).fill_null(True).ifelse(empty, found.cast("float64"))


def distinct(value: Any, among: Any) -> Any:
    """Number of different known values."""
    return value.nunique(where=among.fill_null(False)).cast("float64")


def days_between(first: Any, last: Any) -> Any:
    """Days from one aggregate of timestamps to another, 0 where either is missing."""
    return (last.delta(first, unit="second").cast("float64") / 86_400).fill_null(0.0)
