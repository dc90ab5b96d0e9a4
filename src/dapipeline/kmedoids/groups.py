"""Points grouped by cluster in descending order of reach, so that a scan for a candidate can stop early."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from dapipeline.kmedoids.arrays import Floats, Indices, Singles
from dapipeline.kmedoids.distances import SQEUCLIDEAN
from dapipeline.kmedoids.neighbours import Neighbours
from dapipeline.kmedoids.tiles import NO_POINT, TILE, copy_to_tiles

_LEVELS = 32  # to which reach is rounded before the points are sorted by it: 32 levels sort fast


class Groups(NamedTuple):
    """The points in tiles, each tile of one cluster. Places without a point have weight, distances and reach 0.

    Attributes
    ----------
    tiles : ndarray of float32, shape (t, d, 64)
    weights : ndarray of shape (t, 64)
    to_first, to_second : ndarray of float32, shape (t, 64)
        Distance of each point to its nearest and to its second nearest medoid.
    reach : ndarray of float32, shape (t,)
        Largest reach in the tile and in those after it in its cluster (`group_by_cluster`).
    starts : ndarray of int64, shape (k + 1,)
        The first tile of each cluster, and the number of tiles.
    """

    tiles: Singles
    weights: Floats
    to_first: Singles
    to_second: Singles
    reach: Singles
    starts: Indices


def group_by_cluster(points: Singles, weights: Floats, neighbours: Neighbours, k: int, metric: int) -> Groups:
    """Group points by cluster in descending order of reach.

    The reach of a point is the sum of its distances to its two nearest medoids. By the triangle inequality, a candidate
    that is farther than this from the point's nearest medoid is also farther from the point than both medoids are: a
    swap with this candidate cannot improve the point. So a scan through the tiles of a cluster can stop at the first
    tile that the candidate cannot improve.

    Parameters
    ----------
    points : ndarray of float32, shape (n, d)
    weights : ndarray of shape (n,)
    neighbours : Neighbours
        Of the points.
    k : int
        Number of clusters.
    metric : int
        Position in `distances.METRICS`.

    Returns
    -------
    Groups
    """
    first, _, to_first, to_second = neighbours
    # The triangle inequality holds for distances, not for their squares.
    reach = np.sqrt(to_first) + np.sqrt(to_second) if metric == SQEUCLIDEAN else to_first + to_second
    level = np.minimum(reach * np.float32(_LEVELS / max(float(reach.max()), 1e-30)), _LEVELS - 1).astype(np.int32)
    key = first * _LEVELS + (_LEVELS - 1 - level)
    order = np.argsort(key.astype(np.uint16) if k * _LEVELS < 2**16 else key, kind="stable")  # 16 bits sort faster
    sizes = np.bincount(first, minlength=k)
    starts = np.concatenate([[0], np.cumsum(-(-sizes // TILE))])
    padding = starts[:-1] * TILE - np.concatenate([[0], np.cumsum(sizes)[:-1]])
    places = np.arange(len(first)) + np.repeat(padding, sizes)
    in_place = np.full(starts[-1] * TILE, NO_POINT, dtype=np.int64)
    in_place[places] = order
    tiles = copy_to_tiles(points, in_place)
    weights, to_first, to_second, reach = (
        _spread(values[order], places, len(in_place)) for values in (weights, to_first, to_second, reach)
    )
    return Groups(tiles, weights, to_first, to_second, _largest_from_here(reach.max(axis=1), starts), starts)


def _spread(values: Any, places: Indices, size: int) -> Any:
    """Put values in their places among zeros, shape (t, 64)."""
    spread = np.zeros(size, dtype=values.dtype)
    spread[places] = values
    return spread.reshape(-1, TILE)


def _largest_from_here(reach: Singles, starts: Indices) -> Singles:
    """Return for each tile the largest reach of it and of the tiles after it in its cluster."""
    for start, stop in pairwise(starts):
        reach[start:stop] = np.maximum.accumulate(reach[start:stop][::-1])[::-1]
    return reach
