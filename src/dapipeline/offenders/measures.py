"""The aggregates that features are made of.

All sums are of integers or decimals and become floats at the end: a sum of floats would depend on the order in which
the engine's threads read the rows. In `among` and in conditions, missing counts as false.
"""

from __future__ import annotations

from typing import Any

import ibis


def count(condition: Any) -> Any:
    """Count the rows of each group for which a condition holds.

    Parameters
    ----------
    condition : ibis boolean column

    Returns
    -------
    ibis float64 aggregate
        0 or more.
    """
    return condition.fill_null(False).cast("int64").sum().cast("float64")


def share(condition: Any, among: Any, empty: float = 0.0) -> Any:
    """Compute the share of some rows for which a condition holds.

    Parameters
    ----------
    condition, among : ibis boolean column
        What is asked, and of which rows.
    empty : float
        The value where no row is among them.

    Returns
    -------
    ibis float64 aggregate
        From 0 to 1, or `empty`.
    """
    of = among.fill_null(False)
    part = (condition.fill_null(False) & of).cast("int64").sum().cast("float64")
    whole = of.cast("int64").sum().cast("float64")
    return (whole > 0).ifelse(part / whole, empty)


def total(value: Any, among: Any) -> Any:
    """Sum a value over some rows.

    Parameters
    ----------
    value : ibis integer or decimal column
        Missing values add nothing.
    among : ibis boolean column
        Which rows.

    Returns
    -------
    ibis float64 aggregate
        In the unit of `value`; 0 where there are no rows.
    """
    return value.sum(where=among.fill_null(False)).cast("float64").fill_null(0.0)


def mean(value: Any, among: Any, empty: float = 0.0, per: int = 1) -> Any:
    """Compute the mean of a value over those of some rows in which it is known.

    Parameters
    ----------
    value : ibis numeric column
        Rounded to six decimals, so that the sum is exact.
    among : ibis boolean column
        Which rows.
    empty : float
        The value where no row is among them.
    per : int
        What the mean is divided by, to change its unit: 3600 turns seconds into hours.

    Returns
    -------
    ibis float64 aggregate
        Missing where there are rows and the value is known in none.
    """
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
    """Find the smallest known value among some rows.

    Parameters
    ----------
    value : ibis numeric column
    among : ibis boolean column
        Which rows.
    empty : float
        The value where no row is among them.

    Returns
    -------
    ibis float64 aggregate
        Missing where there are rows and the value is known in none.
    """
    return _extreme(value.min(where=among.fill_null(False)), among, empty)


def greatest(value: Any, among: Any, empty: float = 0.0, per: int = 1) -> Any:
    """Find the largest known value among some rows.

    Parameters
    ----------
    value : ibis numeric column
    among : ibis boolean column
        Which rows.
    empty : float
        The value where no row is among them.
    per : int
        What it is divided by, to change its unit: 3600 turns seconds into hours.

    Returns
    -------
    ibis float64 aggregate
        Missing where there are rows and the value is known in none.
    """
    return _extreme(value.max(where=among.fill_null(False)).cast("float64") / per, among, empty)


def _extreme(found: Any, among: Any, empty: float) -> Any:
    rows = among.fill_null(False).cast("int64").sum()
    return (rows == 0).fill_null(True).ifelse(empty, found.cast("float64"))


def distinct(value: Any, among: Any) -> Any:
    """Count the different known values among some rows.

    Parameters
    ----------
    value : ibis column
    among : ibis boolean column
        Which rows.

    Returns
    -------
    ibis float64 aggregate
        0 or more.
    """
    return value.nunique(where=among.fill_null(False)).cast("float64")


def days_between(first: Any, last: Any) -> Any:
    """Compute the days from one moment to another.

    Parameters
    ----------
    first, last : ibis timestamp aggregate
        Such as the smallest and the largest start of a group of incidents.

    Returns
    -------
    ibis float64 aggregate
        Days with their fraction; 0 where either moment is missing.
    """
    return (last.delta(first, unit="second").cast("float64") / 86_400).fill_null(0.0)
