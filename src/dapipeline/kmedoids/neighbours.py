"""Each point's nearest and second nearest medoid, kept up to date while medoids are exchanged."""

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
    """Which medoids are nearest to each point; a slot is the place of a medoid among the k.

    Attributes
    ----------
    first, second : ndarray of int32, shape (n,)
        Slots of the nearest and the second nearest medoid.
    to_first, to_second : ndarray of float32, shape (n,)
        The distances to them. A lone medoid has no second: `farthest` stands in, which leaves all differences
        between losses as they are.
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
        The points in turn.
    n_points : int
    medoids : ndarray of float32, shape (k, d)
    metric : int
        Its place in `distances.METRICS`.
    farthest : float
        At least the greatest distance there is.
    """
    slots = np.zeros((2, n_points), dtype=np.int32)
    distances = np.empty((2, n_points), dtype=np.float32)
    found = Neighbours(slots[0], slots[1], distances[0], distances[1])
    _find(tiles, medoids, metric, np.float32(farthest), *found)
    return found


def exchange(tiles: Singles, medoids: Singles, slot: int, metric: int, known: Neighbours) -> None:
    """Bring neighbours up to date, in place, after the medoid of one slot was replaced.

    Only points that lost one of their two nearest, and are farther from the new medoid, look at all the others.

    Parameters
    ----------
    tiles : ndarray of float32, shape (t, d, 64)
    medoids : ndarray of float32, shape (k, d)
        With the new one in place.
    slot : int
        Its slot.
    metric : int
    known : Neighbours
        Of the medoids before.
    """
    _exchange(tiles, medoids, slot, metric, *known)


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
def _exchange(
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
        lost = np.zeros(TILE, dtype=np.bool_)
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
