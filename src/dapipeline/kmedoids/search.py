"""The search by swaps, without a distance matrix: a medoid is replaced by a candidate whenever that lowers the loss."""

from __future__ import annotations

import numpy as np

from dapipeline.kmedoids.arrays import Floats, Indices, Singles
from dapipeline.kmedoids.distances import EUCLIDEAN, MANHATTAN, METRICS, SQEUCLIDEAN
from dapipeline.kmedoids.groups import group_by_cluster
from dapipeline.kmedoids.losses import TOLERANCE, write_changes, write_totals
from dapipeline.kmedoids.neighbours import find_neighbours, update_neighbours
from dapipeline.kmedoids.tiles import copy_to_tiles, padded_order

BATCH = 256  # candidates whose changes in loss are computed against the same medoids


class Search:
    """Medoids of weighted points, and the swaps that improve them.

    Parameters
    ----------
    points : ndarray of float32, shape (n, d)
        The points over which the loss is added up.
    weights : ndarray of float64, shape (n,)
    pool : ndarray of float32, shape (m, d)
        The points that may become medoids: the same as `points` or, if those are a sample, all of which they are one.
    medoids : ndarray of int64, shape (k,)
        The first medoids, as rows of `pool`.
    metric : {"euclidean", "manhattan", "sqeuclidean"}

    Attributes
    ----------
    medoids : ndarray of int64, shape (k,)
        The present medoids, as rows of `pool`. A slot is a position in this array.
    metric : int
        Position in `distances.METRICS`.
    neighbours : Neighbours
        The two nearest medoids of each point.
    n_swaps, n_passes : int
        Swaps made so far, and passes over candidates begun.
    """

    def __init__(self, points: Singles, weights: Floats, pool: Singles, medoids: Indices, metric: str) -> None:
        self.points, self.weights, self.pool, self.metric = points, weights, pool, METRICS.index(metric)
        self.medoids = medoids.copy()
        self.n_swaps = self.n_passes = 0
        self._tiles = copy_to_tiles(points, padded_order(len(points)))
        self._farthest = _diameter(pool, self.metric)
        self._find_neighbours()

    @property
    def loss(self) -> float:
        """The sum of weight times distance to the nearest medoid, in the metric."""
        return float((self.weights * self.neighbours.to_first).sum())

    def improve(self, candidates: Indices, max_passes: int) -> bool:
        """Try candidates in batches, and make the swaps that lower the loss, the best of a batch first.

        Parameters
        ----------
        candidates : ndarray of int64, shape (c,)
            Rows of `pool`, in the order in which they are tried.
        max_passes : int
            Passes over all candidates at most.

        Returns
        -------
        bool
            Whether it ended because no swap with any of the candidates lowers the loss.
        """
        since = tried = 0  # candidates tried since the last swap, and in all
        while since < len(candidates) and tried < max_passes * len(candidates):
            start = tried % len(candidates)
            batch = candidates[start : start + BATCH]
            tried += len(batch)
            since = 0 if self._improve(batch) else since + len(batch)
        self.n_passes += -(-tried // len(candidates))
        return since >= len(candidates)

    def changes(self, candidates: Indices) -> tuple[Floats, Indices]:
        """Compute how the best swap with each candidate would change the loss.

        Parameters
        ----------
        candidates : ndarray of int64, shape (c,)
            Rows of `pool`.

        Returns
        -------
        changes : ndarray of float64, shape (c,)
            Negative if the swap lowers the loss.
        slots : ndarray of int64, shape (c,)
            The slot of the medoid that the candidate would replace.
        """
        medoids, rows = self.pool[self.medoids], self.pool[candidates]
        shared = np.empty(len(rows))
        changes = np.empty((len(rows), len(medoids)))
        write_changes(rows, medoids, *self._groups, self.metric, shared, changes)
        changes += self._removal
        slots = changes.argmin(axis=1)
        return shared + changes[np.arange(len(rows)), slots], slots

    def recentre(self, candidates: Indices, slots: Indices) -> bool:
        """Replace the medoid of every cluster by the candidate with the least total distance to its members.

        A medoid stays if none of its candidates is better.

        Parameters
        ----------
        candidates : ndarray of int64, shape (c,)
            Rows of `pool`.
        slots : ndarray of int64, shape (c,)
            The cluster for which each is a candidate.

        Returns
        -------
        bool
            Whether any medoid was replaced.
        """
        k = len(self.medoids)
        rows, slots = np.concatenate([self.medoids, candidates]), np.concatenate([np.arange(k), slots])
        totals = np.empty(len(rows))
        groups = self._groups
        write_totals(self.pool[rows], slots, groups.tiles, groups.weights, groups.starts, self.metric, totals)
        totals[:k] *= 1 - TOLERANCE
        order = np.lexsort((totals, slots))
        best = order[np.concatenate([[True], slots[order[1:]] != slots[order[:-1]]])]
        if (best < k).all():
            return False
        self.medoids = rows[best]
        self._find_neighbours()
        return True

    def _improve(self, batch: Indices) -> bool:
        """Make the best swap of a batch, then look again at those that would have lowered the loss, until none does."""
        swapped = False
        while len(batch):
            changes, slots = self.changes(batch)
            best = int(np.argmin(changes))
            if changes[best] >= -TOLERANCE * self._removal[slots[best]]:
                break
            self._swap(slots[best], batch[best])
            swapped = True
            promising = changes < 0
            promising[best] = False
            batch = batch[promising]
        return swapped

    def _swap(self, slot: int, candidate: int) -> None:
        self.medoids[slot] = candidate
        update_neighbours(self._tiles, self.pool[self.medoids], slot, self.metric, self.neighbours)
        self.n_swaps += 1
        self._group()

    def _find_neighbours(self) -> None:
        """Compare each point with all medoids."""
        medoids = self.pool[self.medoids]
        self.neighbours = find_neighbours(self._tiles, len(self.points), medoids, self.metric, self._farthest)
        self._group()

    def _group(self) -> None:
        """Group the points by cluster, and compute how much the loss would rise if each medoid were removed."""
        k = len(self.medoids)
        self._groups = group_by_cluster(self.points, self.weights, self.neighbours, k, self.metric)
        first, _, to_first, to_second = self.neighbours
        rise = self.weights * (to_second.astype(np.float64) - to_first)
        self._removal = np.bincount(first, rise, minlength=k)


def _diameter(points: Singles, metric: int) -> float:
    """Return a distance that no two points exceed, with a margin for rounding."""
    sides = np.ptp(points, axis=0).astype(np.float64)
    squared = float((sides**2).sum())
    return {EUCLIDEAN: squared**0.5, MANHATTAN: float(sides.sum()), SQEUCLIDEAN: squared}[metric] * 1.001
