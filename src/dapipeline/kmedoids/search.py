"""The swap search: what exchanging a medoid for a candidate would change, for many candidates at once.

The gain is FasterPAM's (Schubert and Rousseeuw 2021, Information Systems 101, 101804). No distance is kept:
they are computed again where they are needed, and not where they cannot matter.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numba import njit, prange

from dapipeline.kmedoids.arrays import Floats, Indices, Singles
from dapipeline.kmedoids.compiled import compiled
from dapipeline.kmedoids.distances import EUCLIDEAN, MANHATTAN, METRICS, SQEUCLIDEAN
from dapipeline.kmedoids.neighbours import exchange, find_neighbours
from dapipeline.kmedoids.tiles import NOBODY, TILE, in_turn, lay_out, measure

LOT = 8  # candidates that walk over the tiles together
BATCH = 256  # candidates that are measured against the same medoids
_LEVELS = 32  # in which a cluster's points are sorted by reach
# A swap must save more than this share of the sums it is the difference of, so rounding cannot make a cycle.
_TOLERANCE = 1e-10
# Rounding in float32 must not hide a point that is just within reach.
_SLACK = np.float32(1 - 1e-5)


class Search:
    """Medoids of weighted points, and the swaps that improve them.

    Parameters
    ----------
    points : ndarray of float32, shape (n, d)
        Whose distances to the medoids are added up.
    weights : ndarray of float64, shape (n,)
    pool : ndarray of float32, shape (m, d)
        What may become a medoid: the points themselves, or more than them where they are a sample.
    medoids : ndarray of int64, shape (k,)
        The first medoids, as rows of `pool`.
    metric : {"euclidean", "manhattan", "sqeuclidean"}

    Attributes
    ----------
    medoids : ndarray of int64, shape (k,)
        Rows of `pool`.
    n_swaps, n_passes : int
        Swaps made so far, and passes over candidates that were begun.
    """

    def __init__(self, points: Singles, weights: Floats, pool: Singles, medoids: Indices, metric: str) -> None:
        self.points, self.weights, self.pool, self.metric = points, weights, pool, METRICS.index(metric)
        self.medoids = medoids.copy()
        self.n_swaps = self.n_passes = 0
        self._tiles = lay_out(points, in_turn(len(points)))
        self._farthest = _diameter(pool, self.metric)
        self._start()

    @property
    def loss(self) -> float:
        """The sum of weight times distance to the nearest medoid."""
        return float((self.weights * self.neighbours.to_first).sum())

    def improve(self, candidates: Indices, max_passes: int) -> bool:
        """Make every swap with a candidate that lowers the loss, best of a batch first.

        Parameters
        ----------
        candidates : ndarray of int64
            Rows of `pool`, in the order in which they are tried.
        max_passes : int

        Returns
        -------
        bool
            Whether it ended because no swap with any of the candidates lowers the loss.
        """
        since = tried = 0
        while since < len(candidates) and tried < max_passes * len(candidates):
            start = tried % len(candidates)
            batch = candidates[start : start + BATCH]
            tried += len(batch)
            since = 0 if self._improve(batch) else since + len(batch)
        self.n_passes += -(-tried // len(candidates))
        return since >= len(candidates)

    def _improve(self, batch: Indices) -> bool:
        """Make the swaps of one batch: each time the best, then those again that lowered the loss before it."""
        swapped = False
        while len(batch):
            changes, slots = self.changes(batch)
            best = int(np.argmin(changes))
            if changes[best] >= -_TOLERANCE * self._removal[slots[best]]:
                break
            self._swap(slots[best], batch[best])
            swapped = True
            hopeful = changes < 0
            hopeful[best] = False
            batch = batch[hopeful]
        return swapped

    def changes(self, candidates: Indices) -> tuple[Floats, Indices]:
        """Return what the best swap with each candidate changes the loss by, and the slot it would take."""
        medoids, rows = self.pool[self.medoids], self.pool[candidates]
        shared = np.empty(len(rows))
        changes = np.empty((len(rows), len(medoids)))
        _changes(rows, medoids, *self._groups, self.metric, shared, changes)
        changes += self._removal
        slots = changes.argmin(axis=1)
        return shared + changes[np.arange(len(rows)), slots], slots

    def recentre(self, candidates: Indices, slots: Indices) -> bool:
        """Give each cluster, all at once, the candidate with the least total distance to its members.

        Parameters
        ----------
        candidates : ndarray of int64
            Rows of `pool`.
        slots : ndarray of int64
            Of which cluster each is a candidate.

        Returns
        -------
        bool
            Whether any cluster has another medoid now.
        """
        k = len(self.medoids)
        rows, slots = np.concatenate([self.medoids, candidates]), np.concatenate([np.arange(k), slots])
        totals = np.empty(len(rows))
        tiles, weights, *_, starts = self._groups
        _totals(self.pool[rows], slots, tiles, weights, starts, self.metric, totals)
        totals[:k] *= 1 - _TOLERANCE
        order = np.lexsort((totals, slots))
        best = order[np.concatenate([[True], slots[order[1:]] != slots[order[:-1]]])]
        if (best < k).all():
            return False
        self.medoids = rows[best]
        self._start()
        return True

    def _start(self) -> None:
        """Look at all medoids afresh."""
        medoids = self.pool[self.medoids]
        self.neighbours = find_neighbours(self._tiles, len(self.points), medoids, self.metric, self._farthest)
        self._group()

    def _swap(self, slot: int, candidate: int) -> None:
        self.medoids[slot] = candidate
        exchange(self._tiles, self.pool[self.medoids], slot, self.metric, self.neighbours)
        self.n_swaps += 1
        self._group()

    def _group(self) -> None:
        """Lay the points out cluster by cluster, those first that the farthest candidates can still win.

        A point whose distances to its two medoids add up to its reach is of no interest to a candidate that is
        farther than that from its first medoid: by the triangle inequality both are nearer to it.
        """
        first, _, near, second = self.neighbours
        k = len(self.medoids)
        reach = np.sqrt(near) + np.sqrt(second) if self.metric == SQEUCLIDEAN else near + second
        level = np.minimum(reach * np.float32(_LEVELS / max(float(reach.max()), 1e-30)), _LEVELS - 1).astype(np.int32)
        key = first * _LEVELS + (_LEVELS - 1 - level)
        order = np.argsort(key.astype(np.uint16) if k * _LEVELS < 2**16 else key, kind="stable")
        sizes = np.bincount(first, minlength=k)
        starts = np.concatenate([[0], np.cumsum(-(-sizes // TILE))])
        padding = starts[:-1] * TILE - np.concatenate([[0], np.cumsum(sizes)[:-1]])
        places = np.arange(len(first)) + np.repeat(padding, sizes)
        standing = np.full(starts[-1] * TILE, NOBODY, dtype=np.int64)
        standing[places] = order
        tiles = lay_out(self.points, standing)
        weights, near, second, reach = (
            _spread(values[order], places, len(standing)) for values in (self.weights, near, second, reach)
        )
        self._groups = (tiles, weights, near, second, _descending(reach.max(axis=1), starts), starts)
        gap = self.weights * (self.neighbours.to_second.astype(np.float64) - self.neighbours.to_first)
        self._removal = np.bincount(first, gap, minlength=k)


def _spread(values: Any, places: Indices, size: int) -> Any:
    """Put values in their places among zeros, tile by tile."""
    spread = np.zeros(size, dtype=values.dtype)
    spread[places] = values
    return spread.reshape(-1, TILE)


def _descending(reach: Singles, starts: Indices) -> Singles:
    """Give each tile the greatest reach of it and those after it in its cluster."""
    for start, stop in pairwise(starts):
        reach[start:stop] = np.maximum.accumulate(reach[start:stop][::-1])[::-1]
    return reach


def _diameter(points: Singles, metric: int) -> float:
    """Return a distance that no two points exceed."""
    sides = np.ptp(points, axis=0).astype(np.float64)
    squared = float((sides**2).sum())
    return {EUCLIDEAN: squared**0.5, MANHATTAN: float(sides.sum()), SQEUCLIDEAN: squared}[metric] * 1.001


@njit(inline="always")
def _apart(a: Any, b: Any, metric: Any) -> Any:
    # Squares keep no triangle inequality: for them too this is the distance itself.
    total = np.float32(0)
    for feature in range(a.size):
        gap = a[feature] - b[feature]
        total += abs(gap) if metric == MANHATTAN else gap * gap
    return total if metric == MANHATTAN else np.sqrt(total)


@compiled(parallel=True)
def _changes(
    rows: Singles,
    medoids: Singles,
    tiles: Singles,
    weights: Floats,
    near: Singles,
    second: Singles,
    reach: Singles,
    starts: Indices,
    metric: int,
    shared: Floats,
    changes: Floats,
) -> None:
    """Write the change in loss that all swaps with a candidate share, and what each slot's removal adds to it.

    A point that moves to the candidate gains the same whichever medoid leaves; only where its own medoid leaves
    must the loss of the removal be corrected. Lane i adds up the points in place i of all tiles, and the lanes
    are added in order at the end, so that no sum depends on the number of threads.
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
                        _add_up(distances, weights[t], near[t], second[t], gains[b], corrections[b])
                if not reached:
                    break
            for b in range(size):
                changes[begin + b, slot] = _in_order(corrections[b])
        for b in range(size):
            shared[begin + b] = _in_order(gains[b])


@compiled(parallel=True)
def _totals(
    rows: Singles,
    slots: Indices,
    tiles: Singles,
    weights: Floats,
    starts: Indices,
    metric: int,
    totals: Floats,
) -> None:
    """Write the weighted total distance from each row to the points of its cluster."""
    for b in prange(rows.shape[0]):
        distances = np.empty(TILE, dtype=np.float32)
        lanes = np.zeros(TILE)
        for t in range(starts[slots[b]], starts[slots[b] + 1]):
            measure(rows[b], tiles[t], metric, distances)
            for i in range(TILE):
                lanes[i] += weights[t, i] * np.float64(distances[i])
        totals[b] = _in_order(lanes)


@njit(inline="always")
def _add_up(distances: Any, weights: Any, near: Any, second: Any, gains: Any, corrections: Any) -> None:
    within = 0
    for i in range(TILE):
        within += distances[i] < second[i]
    if within > 0:
        for i in range(TILE):
            distance, first, other = np.float64(distances[i]), np.float64(near[i]), np.float64(second[i])
            gains[i] += weights[i] * min(distance - first, 0.0)
            corrections[i] += weights[i] * min(max(distance, first) - other, 0.0)


@njit(inline="always")
def _in_order(lanes: Any) -> Any:
    total = 0.0
    for i in range(TILE):
        total += lanes[i]
    return total
