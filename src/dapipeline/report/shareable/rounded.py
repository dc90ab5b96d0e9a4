"""Numbers as the shareable edition prints them: counts to the nearest five, shares of these, sums to three figures."""

from __future__ import annotations

from math import floor, log10

import pandas as pd

from dapipeline.report.words import number

BASE = 5
FIGURES = 3
RATE = 2  # figures of a rate


def to_base(value: int) -> int:
    """Round a count to the nearest multiple of `BASE`.

    Parameters
    ----------
    value : int

    Returns
    -------
    int
    """
    return BASE * ((int(value) + BASE // 2) // BASE)


def to_figures(value: float, digits: int = FIGURES) -> float:
    """Round a mean, a sum or a share.

    Parameters
    ----------
    value : float
    digits : int
        How many figures it keeps.

    Returns
    -------
    float
    """
    if pd.isna(value) or not value:
        return float(value)
    return round(float(value), digits - 1 - floor(log10(abs(value))))


def two_figures(value: float) -> str:
    """Write a rate to two figures.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
    """
    return number(to_figures(value, RATE))


def figures(value: float) -> str:
    """Write a mean or a sum to three figures.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
    """
    return number(to_figures(value))
