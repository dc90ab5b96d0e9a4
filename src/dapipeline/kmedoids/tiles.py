"""Points stored in tiles of 64, feature by feature, so that one instruction of the processor serves many points.

All distances of the streamed solver come from `measure`, which sums the features from first to last in float32. So the
distance between two points is the same number wherever, and by whichever thread, it is computed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from dapipeline.kmedoids.arrays import Indices, Singles
from dapipeline.kmedoids.compiled import compiled
from dapipeline.kmedoids.distances import EUCLIDEAN, MANHATTAN

TILE = 64
NO_POINT = -1  # fills the places that are left over in the last tile; they have weight 0


def copy_to_tiles(points: Singles, order: Indices) -> Singles:
    """Copy points into tiles.

    Parameters
    ----------
    points : ndarray of float32, shape (n, d)
    order : ndarray of int64, shape (t * 64,)
        The point for each place; a place with `NO_POINT` is filled with zeros.

    Returns
    -------
    ndarray of float32, shape (t, d, 64)
    """
    tiles = np.empty((len(order) // TILE, points.shape[1], TILE), dtype=np.float32)
    _copy(points, order, tiles)
    return tiles


def padded_order(n_points: int) -> Indices:
    """Return the points in their present order, padded with `NO_POINT` to whole tiles.

    Parameters
    ----------
    n_points : int

    Returns
    -------
    ndarray of int64, shape (t * 64,)
        For `copy_to_tiles`.
    """
    order = np.arange(-(-n_points // TILE) * TILE)
    order[n_points:] = NO_POINT
    return order


@compiled(parallel=True)
def _copy(points: Singles, order: Indices, tiles: Singles) -> None:
    for t in prange(tiles.shape[0]):
        for i in range(TILE):
            point = order[t * TILE + i]
            for feature in range(points.shape[1]):
                tiles[t, feature, i] = points[point, feature] if point != NO_POINT else np.float32(0)


@njit(inline="always")
def measure(row: Any, tile: Any, metric: Any, distances: Any) -> None:
    """Write the distances from one row to the 64 points of a tile.

    Parameters
    ----------
    row : ndarray of float32, shape (d,)
    tile : ndarray of float32, shape (d, 64)
    metric : int
        Position in `distances.METRICS`.
    distances : ndarray of float32, shape (64,)
        Overwritten with the result.
    """
    for i in range(TILE):
        distances[i] = np.float32(0)
    for feature in range(row.size):
        value, column = row[feature], tile[feature]
        if metric == MANHATTAN:
            for i in range(TILE):
                distances[i] += abs(column[i] - value)
        else:
            for i in range(TILE):
                difference = column[i] - value
                distances[i] += difference * difference
    if metric == EUCLIDEAN:
        for i in range(TILE):
            distances[i] = np.sqrt(distances[i])
