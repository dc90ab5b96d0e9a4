"""What several analyses of harm ask of their figures: intervals, false discovery rates, trends."""

from __future__ import annotations

import numpy as np

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
    return np.clip(middle - reach, 0, 1), np.clip(middle + reach, 0, 1)
