"""Points laid out in tiles of 64, feature by feature, so that one instruction serves many points.

All distances of the streamed solver come from `measure`, which sums the features from first to last in float32:
the distance between two points is the same number wherever and by whichever thread it is computed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from dapipeline.kmedoids.arrays import Indices, Singles
from dapipeline.kmedoids.compiled import compiled
from dapipeline.kmedoids.distances import EUCLIDEAN, MANHATTAN

TILE = 64
NOBODY = -1  # fills the last tile of a group; its weight is 0


def lay_out(points: Singles, order: Indices) -> Singles:
    """Copy points into tiles.

    Parameters
    ----------
    points : ndarray of float32, shape (n, d)
    order : ndarray of int64, shape (t * 64,)
        Which point stands where; `NOBODY` stands for a point at the origin.

    Returns
    -------
    ndarray of float32, shape (t, d, 64)
    """
    tiles = np.empty((len(order) // TILE, points.shape[1], TILE), dtype=np.float32)
    _copy(points, order, tiles)
    return tiles


def in_turn(n_points: int) -> Indices:
    """Return the order that leaves points as they stand, filled up to whole tiles."""
    order = np.arange(-(-n_points // TILE) * TILE)
    order[n_points:] = NOBODY
    return order


@compiled(parallel=True)
def _copy(points: Singles, order: Indices, tiles: Singles) -> None:
    for t in prange(tiles.shape[0]):
        for i in range(TILE):
            point = order[t * TILE + i]
            for feature in range(points.shape[1]):
                tiles[t, feature, i] = points[point, feature] if point != NOBODY else np.float32(0)


@njit(inline="always")
def measure(row: Any, tile: Any, metric: Any, distances: Any) -> None:
    """Write the distances from one row, shape (d,), to the points of one tile, shape (d, 64)."""
    for i in range(TILE):
        distances[i] = np.float32(0)
    for feature in range(row.size):
        value, column = row[feature], tile[feature]
        if metric == MANHATTAN:
            for i in range(TILE):
                distances[i] += abs(column[i] - value)
        else:
            for i in range(TILE):
                gap = column[i] - value
                distances[i] += gap * gap
    if metric == EUCLIDEAN:
        for i in range(TILE):
            distances[i] = np.sqrt(distances[i])
