"""Distances between feature vectors, summed in float64 so that nearby points keep exact distances."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numba import prange
from numpy.typing import NDArray

from dapipeline.kmedoids.arrays import Floats
from dapipeline.kmedoids.compiled import compiled

METRICS = ("euclidean", "manhattan", "sqeuclidean")
EUCLIDEAN, MANHATTAN, SQEUCLIDEAN = range(3)  # compiled code knows a metric by its position in METRICS

Precision = TypeVar("Precision", np.float32, np.float64)

_BLOCK = 1024  # points per block: their running sums fit in the first-level cache of the processor


def distance_matrix(
    rows: NDArray[np.floating], points: NDArray[np.floating], metric: str, dtype: type[Precision]
) -> NDArray[Precision]:
    """Compute the distance from each row to each point.

    Every distance is summed in float64 from the first column to the last and only then rounded to `dtype`. So it
    depends neither on the other rows, nor on their order, nor on the number of threads.

    Parameters
    ----------
    rows : ndarray of shape (m, d)
    points : ndarray of shape (n, d)
    metric : {"euclidean", "manhattan", "sqeuclidean"}
        "sqeuclidean" is the square of the Euclidean distance.
    dtype : {numpy.float32, numpy.float64}
        Type of the result; float32 halves the memory of a large matrix.

    Returns
    -------
    ndarray of shape (m, n)
        In the units of the columns ("sqeuclidean": their square). C-contiguous, so that the distances from one row
        are adjacent in memory.
    """
    out = np.empty((len(rows), len(points)), dtype=dtype)
    _fill(_contiguous(rows), _contiguous(points.T), METRICS.index(metric), out)
    return out


def plain_distances(scores: Floats, medoids: Floats) -> Floats:
    """Compute the Euclidean distance from each row to each medoid.

    Tables show Euclidean distances whichever metric the medoids were found with: squared ones would not be in the
    units of the columns.

    Parameters
    ----------
    scores : ndarray of shape (n, d)
    medoids : ndarray of shape (k, d)

    Returns
    -------
    ndarray of float64, shape (n, k)
        In the units of the columns.
    """
    return distance_matrix(scores, medoids, "euclidean", np.float64)


def _contiguous(array: NDArray[np.floating]) -> Floats:
    """Copy to a writable C-contiguous array of float64: with one type of input, a kernel is compiled only once."""
    return np.array(array, dtype=np.float64, order="C")


@compiled(parallel=True)
def _fill(rows: Floats, columns: Floats, metric: int, out: NDArray[np.floating]) -> None:
    """Write the matrix, one block of points per thread."""
    for block in prange((columns.shape[1] + _BLOCK - 1) // _BLOCK):
        start = block * _BLOCK
        points = columns[:, start : start + _BLOCK].copy()
        distances = np.empty(points.shape[1])
        for i in range(rows.shape[0]):
            _measure(rows[i], points, metric, distances)
            out[i, start : start + _BLOCK] = distances


@compiled()
def _measure(row: Floats, columns: Floats, metric: int, distances: Floats) -> None:
    """Write the distances from one row to all points, one column at a time so that the processor can vectorise."""
    distances[:] = 0.0
    for feature in range(row.size):
        column, value = columns[feature], row[feature]
        if metric == MANHATTAN:
            for i in range(column.size):
                distances[i] += abs(column[i] - value)
        else:
            for i in range(column.size):
                difference = column[i] - value
                distances[i] += difference * difference
    if metric == EUCLIDEAN:
        for i in range(distances.size):
            distances[i] = np.sqrt(distances[i])
