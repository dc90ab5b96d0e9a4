"""Distances between feature vectors, summed directly in float64 so that close vectors keep exact ones."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numba import prange
from numpy.typing import NDArray

from dapipeline.kmedoids.arrays import Floats
from dapipeline.kmedoids.compiled import compiled

METRICS = ("euclidean", "manhattan", "sqeuclidean")
EUCLIDEAN, MANHATTAN, SQEUCLIDEAN = range(3)  # their places, by which kernels know them

Precision = TypeVar("Precision", np.float32, np.float64)

_BLOCK = 1024  # points at a time: their running sums stay in the first-level cache


def distance_matrix(
    rows: NDArray[np.floating], points: NDArray[np.floating], metric: str, dtype: type[Precision]
) -> NDArray[Precision]:
    """Return the distances from each row to each point.

    Every distance is summed in float64 over the columns from first to last and only then rounded to `dtype`,
    so it does not depend on the other rows, on their order or on the thread count.

    Parameters
    ----------
    rows : ndarray of shape (m, d)
    points : ndarray of shape (n, d)
    metric : {"euclidean", "manhattan", "sqeuclidean"}
    dtype : {numpy.float32, numpy.float64}
        Type of the result; float32 halves the memory of a large matrix.

    Returns
    -------
    ndarray of shape (m, n)
        C-contiguous: the distances from one row lie side by side.
    """
    out = np.empty((len(rows), len(points)), dtype=dtype)
    _fill(_own(rows), _own(points.T), METRICS.index(metric), out)
    return out


def plain_distances(scores: Floats, medoids: Floats) -> Floats:
    """Compute how far offenders are from medoids, as tables, margins and drift say it.

    Euclidean, whichever metric was made least.

    Parameters
    ----------
    scores : ndarray of shape (m, d)
    medoids : ndarray of shape (k, d)

    Returns
    -------
    ndarray of float64, shape (m, k)
    """
    return distance_matrix(scores, medoids, "euclidean", np.float64)


def _own(array: NDArray[np.floating]) -> Floats:
    """Copy to a writable C-contiguous array: a kernel then meets one type and is compiled once."""
    return np.array(array, dtype=np.float64, order="C")


@compiled(parallel=True)
def _fill(rows: Floats, columns: Floats, metric: int, out: NDArray[np.floating]) -> None:
    """Write the matrix, a block of points a thread."""
    for block in prange((columns.shape[1] + _BLOCK - 1) // _BLOCK):
        start = block * _BLOCK
        points = columns[:, start : start + _BLOCK].copy()
        distances = np.empty(points.shape[1])
        for i in range(rows.shape[0]):
            _measure(rows[i], points, metric, distances)
            out[i, start : start + _BLOCK] = distances


@compiled()
def _measure(row: Floats, columns: Floats, metric: int, distances: Floats) -> None:
    """Write the distances from one row to all points, one column at a time, which vectorises."""
    distances[:] = 0.0
    for feature in range(row.size):
        column, value = columns[feature], row[feature]
        if metric == MANHATTAN:
            for i in range(column.size):
                distances[i] += abs(column[i] - value)
        else:
            for i in range(column.size):
                gap = column[i] - value
                distances[i] += gap * gap
    if metric == EUCLIDEAN:
        for i in range(distances.size):
            distances[i] = np.sqrt(distances[i])
