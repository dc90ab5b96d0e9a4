"""What swaps and new centres would do to the loss: compiled sums whose order does not depend on the threads.

The change in loss that a swap brings is that of FasterPAM (Schubert and Rousseeuw 2021, "Fast and eager k-medoids
clustering", Information Systems 101, 101804). Distances are not stored but computed when needed, and not computed for
points that the candidate cannot improve.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from dapipeline.kmedoids.arrays import Floats, Indices, Singles
from dapipeline.kmedoids.compiled import compiled
from dapipeline.kmedoids.distances import MANHATTAN
from dapipeline.kmedoids.tiles import TILE, measure

LOT = 8  # candidates that are compared with a tile while it is in the cache
# A swap must save more than this share of the sums that are subtracted: otherwise rounding could make the search swap
# two equally good medoids for ever.
TOLERANCE = 1e-10
# Distances to medoids are shortened by this much: rounding in float32 must not hide a point just within reach.
_SLACK = np.float32(1 - 1e-5)


@compiled(parallel=True)
def write_changes(
    rows: Singles,
    medoids: Singles,
    tiles: Singles,
    weights: Floats,
    to_first: Singles,
    to_second: Singles,
    reach: Singles,
    starts: Indices,
    metric: int,
    shared: Floats,
    changes: Floats,
) -> None:
    """Write how the loss changes if a candidate becomes a medoid, in two parts.

    A point that moves to the candidate saves the same amount whichever medoid the candidate replaces: this is the
    shared part. Only if the point's own medoid is replaced is there a further part, which corrects the loss of removing
    that medoid. Lane i adds up the points in place i of all tiles, and the lanes are added in order at the end, so that
    no sum depends on the number of threads.

    Parameters
    ----------
    rows : ndarray of float32, shape (m, d)
        The candidates.
    medoids : ndarray of float32, shape (k, d)
    tiles, weights, to_first, to_second, reach, starts : ndarray
        Fields of `groups.Groups`.
    metric : int
        Position in `distances.METRICS`.
    shared : ndarray of shape (m,)
        Overwritten with the shared part.
    changes : ndarray of shape (m, k)
        Overwritten with the further part for each medoid that might be replaced.
    """
    for lot in prange((rows.shape[0] + LOT - 1) // LOT):
        begin = lot * LOT
        size = min(LOT, rows.shape[0] - begin)
        distances = np.empty(TILE, dtype=np.float32)
        apart = np.empty(LOT, dtype=np.float32)
        gains = np.zeros((LOT, TILE))
        for slot in range(medoids.shape[0]):
            corrections = np.zeros((LOT, TILE))
            for b in range(size):
                apart[b] = _apart(rows[begin + b], medoids[slot], metric) * _SLACK
            for t in range(starts[slot], starts[slot + 1]):
                reached = False
                for b in range(size):
                    if apart[b] < reach[t]:
                        reached = True
                        measure(rows[begin + b], tiles[t], metric, distances)
                        _add_up(distances, weights[t], to_first[t], to_second[t], gains[b], corrections[b])
                if not reached:
                    break
            for b in range(size):
                changes[begin + b, slot] = _sum_in_order(corrections[b])
        for b in range(size):
            shared[begin + b] = _sum_in_order(gains[b])


@compiled(parallel=True)
def write_totals(
    rows: Singles,
    slots: Indices,
    tiles: Singles,
    weights: Floats,
    starts: Indices,
    metric: int,
    totals: Floats,
) -> None:
    """Write the weighted total distance from each candidate to the points of its cluster.

    Parameters
    ----------
    rows : ndarray of float32, shape (m, d)
        The candidates.
    slots : ndarray of int64, shape (m,)
        The cluster of each.
    tiles, weights, starts : ndarray
        Fields of `groups.Groups`.
    metric : int
        Position in `distances.METRICS`.
    totals : ndarray of shape (m,)
        Overwritten with the result.
    """
    for b in prange(rows.shape[0]):
        distances = np.empty(TILE, dtype=np.float32)
        lanes = np.zeros(TILE)
        for t in range(starts[slots[b]], starts[slots[b] + 1]):
            measure(rows[b], tiles[t], metric, distances)
            for i in range(TILE):
                lanes[i] += weights[t, i] * np.float64(distances[i])
        totals[b] = _sum_in_order(lanes)


@njit(inline="always")
def _apart(a: Any, b: Any, metric: Any) -> Any:
    # For squared distances too this is the distance itself: squares do not obey the triangle inequality.
    total = np.float32(0)
    for feature in range(a.size):
        difference = a[feature] - b[feature]
        total += abs(difference) if metric == MANHATTAN else difference * difference
    return total if metric == MANHATTAN else np.sqrt(total)


@njit(inline="always")
def _add_up(distances: Any, weights: Any, to_first: Any, to_second: Any, gains: Any, corrections: Any) -> None:
    within = 0
    for i in range(TILE):
        within += distances[i] < to_second[i]
    if within > 0:
        for i in range(TILE):
            distance, first, second = np.float64(distances[i]), np.float64(to_first[i]), np.float64(to_second[i])
            gains[i] += weights[i] * min(distance - first, 0.0)
            corrections[i] += weights[i] * min(max(distance, first) - second, 0.0)


@njit(inline="always")
def _sum_in_order(lanes: Any) -> Any:
    total = 0.0
    for i in range(TILE):
        total += lanes[i]
    return total
