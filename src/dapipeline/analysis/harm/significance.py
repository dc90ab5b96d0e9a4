"""What several analyses of harm ask of their figures: intervals, false discovery rates, trends."""

from __future__ import annotations

import numpy as np
from scipy.special import erfc, stdtr

NORMAL_95 = 1.959963984540054


def false_discovery_rates(p: np.ndarray) -> np.ndarray:
    """Compute Benjamini and Hochberg's q; written out, because importing scipy.stats takes a second.

    Parameters
    ----------
    p : ndarray of float
        Missing ones are no tests.

    Returns
    -------
    ndarray of float
        Missing where p is.
    """
    q = np.full(len(p), np.nan)
    asked = np.flatnonzero(~np.isnan(p))
    order = asked[np.argsort(-p[asked], kind="stable")]
    ranks = np.arange(len(order), 0, -1)
    q[order] = np.minimum(np.minimum.accumulate(p[order] * len(order) / ranks), 1.0)
    return q


def normal_p(z: np.ndarray | float) -> np.ndarray:
    """Compute p of an estimate divided by its error, by the normal distribution, two-sided.

    Parameters
    ----------
    z : ndarray of float, or float

    Returns
    -------
    ndarray of float
    """
    return erfc(np.abs(z) / np.sqrt(2))


def welch(
    difference: np.ndarray, parts: tuple[np.ndarray, np.ndarray], people: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Test differences of two means as Welch does (1947), with the degrees of freedom of Satterthwaite.

    Parameters
    ----------
    difference : ndarray of float
    parts : (ndarray, ndarray) of float
        The variance of each side divided by its number of people.
    people : (ndarray, ndarray) of int
        How many are on each side.

    Returns
    -------
    error, freedom, p : ndarray of float
        The standard error, the degrees of freedom, and p (two-sided): 1 where nothing differs at all, missing where a
        difference has no spread to be held against.
    """
    error = np.sqrt(parts[0] + parts[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = error**4 / (parts[0] ** 2 / (people[0] - 1) + parts[1] ** 2 / (people[1] - 1))
        p = 2 * stdtr(freedom, -np.abs(difference / error))
    return error, freedom, np.where(error > 0, p, np.where(difference == 0, 1.0, np.nan))


def wilson(number: np.ndarray, of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compute Wilson's interval of a share, 95%.

    Parameters
    ----------
    number, of : ndarray of int
        How many of how many.

    Returns
    -------
    low, high : ndarray of float
        Missing where nobody is asked.
    """
    number, of = np.asarray(number, dtype=float), np.asarray(of, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        part, z = number / of, NORMAL_95
        middle = (part + z**2 / (2 * of)) / (1 + z**2 / of)
        reach = z / (1 + z**2 / of) * np.sqrt(part * (1 - part) / of + z**2 / (4 * of**2))
    low, high = np.clip(middle - reach, 0, 1), np.clip(middle + reach, 0, 1)
    return np.where(number == 0, 0.0 * low, low), np.where(number == of, 1 + 0.0 * high, high)  # not 1e-18 off
