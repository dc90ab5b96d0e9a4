"""The statistics of a cluster's members that profiles show and criteria may ask for; `STATISTICS` lists them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

# The known values, the cluster of each from 0, and how many clusters there are; NaN for a cluster without any.
Statistic = Callable[[np.ndarray, np.ndarray, int], np.ndarray]


def _means(values: np.ndarray, clusters: np.ndarray, width: int) -> np.ndarray:
    with np.errstate(invalid="ignore"):  # 0/0 in a cluster where the value is known of nobody: its mean is NaN
        return np.bincount(clusters, weights=values, minlength=width) / np.bincount(clusters, minlength=width)


def _medians(values: np.ndarray, clusters: np.ndarray, width: int) -> np.ndarray:
    ordered = values[np.lexsort((values, clusters))]
    sizes = np.bincount(clusters, minlength=width)
    first = np.cumsum(sizes) - sizes
    medians = np.full(width, np.nan)
    some = sizes > 0
    low, high = (first + (sizes - 1) // 2)[some], (first + sizes // 2)[some]
    medians[some] = (ordered[low] + ordered[high]) / 2
    return medians


STATISTICS: dict[str, Statistic] = {"mean": _means, "median": _medians}


def of_clusters(name: str, values: np.ndarray, clusters: np.ndarray, width: int) -> np.ndarray:
    """Compute a statistic of every cluster.

    Parameters
    ----------
    name : str
        A key of `STATISTICS`.
    values : ndarray of float, shape (n_offenders,)
        NaN where a value is not known.
    clusters : ndarray of int, shape (n_offenders,)
        From 0 to `width` less 1.
    width : int

    Returns
    -------
    ndarray of float, shape (width,)
        NaN for a cluster in which nobody's value is known.
    """
    known = ~np.isnan(values)
    return STATISTICS[name](values[known], clusters[known], width)
