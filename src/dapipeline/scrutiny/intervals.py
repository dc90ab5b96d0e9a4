"""Intervals of 95% for counts, rates and differences. Shares of independent things have Wilson's, from analysis/."""

from __future__ import annotations

import numpy as np

from dapipeline.analysis.harm.significance import NORMAL_95, wilson


def byar(count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compute Byar's interval of a count (Breslow and Day 1987, volume 2, page 69).

    Parameters
    ----------
    count : ndarray of int

    Returns
    -------
    low, high : ndarray of float
    """
    seen = np.asarray(count, dtype=float)
    above = seen + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        low = seen * (1 - 1 / (9 * seen) - NORMAL_95 / (3 * np.sqrt(seen))) ** 3
    high = above * (1 - 1 / (9 * above) + NORMAL_95 / (3 * np.sqrt(above))) ** 3
    return np.where(seen > 0, low, 0.0), high


def of_ratio(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compute the interval of the ratio of two counts that exclude each other, from Wilson's of the first's share.

    Parameters
    ----------
    first, second : ndarray of int

    Returns
    -------
    low, high : ndarray of float
        Missing where both are 0, infinite above where the second is.
    """
    low, high = wilson(first, np.asarray(first) + np.asarray(second))
    with np.errstate(divide="ignore", invalid="ignore"):
        return low / (1 - low), np.where(high < 1, high / (1 - high), np.where(np.isnan(high), np.nan, np.inf))


def of_difference(
    now: tuple[np.ndarray, np.ndarray, np.ndarray], before: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Compute the interval of a difference from the intervals of both sides (Zou and Donner 2008; Newcombe 1998).

    Parameters
    ----------
    now, before : (ndarray, ndarray, ndarray) of float
        Value, low and high of each. Both sides are taken as independent; people who are in both make the interval
        wider than it need be.

    Returns
    -------
    low, high : ndarray of float
    """
    (here, low, high), (there, least, most) = now, before
    difference = here - there
    return (
        difference - np.sqrt((here - low) ** 2 + (most - there) ** 2),
        difference + np.sqrt((high - here) ** 2 + (there - least) ** 2),
    )
