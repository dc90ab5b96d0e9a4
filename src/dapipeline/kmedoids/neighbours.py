"""The nearest and second nearest medoid of each point, kept up to date while medoids are swapped."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from dapipeline.kmedoids.arrays import Singles
from dapipeline.kmedoids.compiled import compiled
from dapipeline.kmedoids.tiles import TILE, measure

Slots = NDArray[np.int32]


class Neighbours(NamedTuple):
    """The two medoids nearest to each point. A slot is the position of a medoid among the k.

    Attributes
    ----------
    first, second : ndarray of int32, shape (n,)
        Slots of the nearest and of the second nearest medoid.
    to_first, to_second : ndarray of float32, shape (n,)
        The distances to them. With k = 1 the second distance is a constant upper bound; it cancels in every
        comparison of losses.
    """

    first: Slots
    second: Slots
    to_first: Singles
    to_second: Singles


def find_neighbours(tiles: Singles, n_points: int, medoids: Singles, metric: int, farthest: float) -> Neighbours:
    """Find the two nearest medoids of each point.

    Parameters
    ----------
    tiles : ndarray of float32, shape (t, d, 64)
        The points, from `tiles.copy_to_tiles` in the order of `tiles.padded_order`.
    n_points : int
    medoids : ndarray of float32, shape (k, d)
    metric : int
        Position in `distances.METRICS`.
    farthest : float
        An upper bound of all distances, in the metric.

    Returns
    -------
    Neighbours
        In the order of the points.
    """
    slots = np.zeros((2, n_points), dtype=np.int32)
    distances = np.empty((2, n_points), dtype=np.float32)
    found = Neighbours(slots[0], slots[1], distances[0], distances[1])
    _find(tiles, medoids, metric, np.float32(farthest), *found)
    return found


def update_neighbours(tiles: Singles, medoids: Singles, slot: int, metric: int, known: Neighbours) -> None:
    """Bring neighbours up to date after a swap, in place.

    Only points that lost one of their two nearest medoids, and are farther from the new one, are compared with all the
    others again.

    Parameters
    ----------
    tiles : ndarray of float32, shape (t, d, 64)
        As for `find_neighbours`.
    medoids : ndarray of float32, shape (k, d)
        After the swap.
    slot : int
        That of the new medoid.
    metric : int
        Position in `distances.METRICS`.
    known : Neighbours
        Those before the swap; overwritten.
    """
    _update(tiles, medoids, slot, metric, *known)


@compiled(parallel=True)
def _find(
    tiles: Singles,
    medoids: Singles,
    metric: int,
    farthest: np.float32,
    first: Slots,
    second: Slots,
    to_first: Singles,
    to_second: Singles,
) -> None:
    n = first.size
    for t in prange(tiles.shape[0]):
        distances = np.empty(TILE, dtype=np.float32)
        start = t * TILE
        to_first[start : start + TILE] = farthest
        to_second[start : start + TILE] = farthest
        for slot in range(medoids.shape[0]):
            measure(medoids[slot], tiles[t], metric, distances)
            for i in range(min(TILE, n - start)):
                p = start + i
                if distances[i] < to_first[p] or slot == 0:
                    second[p], to_second[p] = first[p], to_first[p]
                    first[p], to_first[p] = slot, distances[i]
                elif distances[i] < to_second[p] or slot == 1:
                    second[p], to_second[p] = slot, distances[i]


@compiled(parallel=True)
def _update(
    tiles: Singles,
    medoids: Singles,
    slot: int,
    metric: int,
    first: Slots,
    second: Slots,
    to_first: Singles,
    to_second: Singles,
) -> None:
    n, k = first.size, medoids.shape[0]
    for t in prange(tiles.shape[0]):
        distances = np.empty(TILE, dtype=np.float32)
        others = np.empty(TILE, dtype=np.float32)
        lost = np.zeros(TILE, dtype=np.bool_)  # which points must be compared with all medoids again
        n_lost = 0
        start = t * TILE
        measure(medoids[slot], tiles[t], metric, distances)
        for i in range(min(TILE, n - start)):
            p = start + i
            if first[p] == slot and (distances[i] <= to_second[p] or k == 1):
                to_first[p] = distances[i]
            elif first[p] == slot or (second[p] == slot and distances[i] > to_second[p]):
                lost[i] = True
                n_lost += 1
            elif distances[i] < to_first[p]:
                second[p], to_second[p] = first[p], to_first[p]
                first[p], to_first[p] = slot, distances[i]
            elif second[p] == slot or distances[i] < to_second[p]:
                second[p], to_second[p] = slot, distances[i]
        if n_lost > 0:
            for other in range(k):
                measure(medoids[other], tiles[t], metric, others)
                for i in range(TILE):
                    if lost[i]:
                        p = start + i
                        if other == 0 or others[i] < to_first[p]:
                            second[p], to_second[p] = first[p], to_first[p]
                            first[p], to_first[p] = other, others[i]
                        elif other == 1 or others[i] < to_second[p]:
                            second[p], to_second[p] = other, others[i]
