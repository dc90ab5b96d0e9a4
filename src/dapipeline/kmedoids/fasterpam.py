"""FasterPAM: swap medoids for better candidates until no single swap lowers the loss.

Schubert, E. and Rousseeuw, P. J. (2021), "Fast and eager k-medoids clustering: O(k) runtime improvement of
the PAM, CLARA, and CLARANS algorithms", Information Systems 101, 101804.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from dapipeline.kmedoids.arrays import Floats, Indices, Singles
from dapipeline.kmedoids.compiled import compiled
from dapipeline.kmedoids.distances import distance_matrix
from dapipeline.kmedoids.draws import Draws
from dapipeline.kmedoids.start import draw_medoids

Assignment = tuple[NDArray[np.int32], Singles, Singles]

# A swap must save more than this share of the sums it is the difference of, so rounding cannot make a cycle.
_TOLERANCE = 1e-10


class Solution(NamedTuple):
    """What a solver found.

    Attributes
    ----------
    medoids : ndarray of int64, shape (k,)
        Indices into the points.
    n_iter : int
        Passes over the candidates that were begun.
    converged : bool
        Whether no swap of one medoid for one candidate is left that lowers the loss.
    """

    medoids: Indices
    n_iter: int
    converged: bool


def solve(
    points: Floats,
    draws: Draws,
    *,
    n_clusters: int,
    metric: str,
    candidates: int | None,
    max_iter: int,
) -> Solution:
    """Find medoids among the candidates that no single swap improves.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Distinct points.
    draws : Draws
        Of these points, with their weights: a point of weight w counts as w points.
    n_clusters : int
        At most n.
    metric : {"euclidean", "manhattan", "sqeuclidean"}
    candidates : int or None
        How many points, m, may become medoids; None is all.
    max_iter : int
        Passes over the candidates at most.

    Returns
    -------
    Solution

    Notes
    -----
    Memory is 4 m n bytes.
    """
    rows = draws.candidates(candidates)
    distances = distance_matrix(points[rows], points, metric, np.float32)
    start = draw_medoids(distances, draws.weights, rows, n_clusters, draws.rng)
    medoids, n_iter, converged = swap(distances, draws.weights, start, max_iter)
    return Solution(rows[medoids], n_iter, converged)


@compiled()
def swap(distances: Singles, weights: Floats, start: Indices, max_iter: int) -> tuple[Indices, int, bool]:
    """Swap eagerly: take the candidates in turn, and at once every swap that lowers the loss.

    Parameters
    ----------
    distances : ndarray of float32, shape (m, n), C-contiguous
        From each candidate to each point.
    weights : ndarray of float64, shape (n,)
    start : ndarray of int64, shape (k,)
        Distinct rows of `distances`.
    max_iter : int

    Returns
    -------
    medoids : ndarray of int64, shape (k,)
        Rows of `distances`.
    n_iter : int
    converged : bool
    """
    n_candidates = distances.shape[0]
    farthest = distances.max()
    medoids = start.copy()
    assigned = _assign(distances, medoids, farthest)
    removal = _removal_losses(weights, assigned, medoids.size)
    unimproved = 0
    step = 0
    while unimproved < n_candidates and step < max_iter * n_candidates:
        candidate = step % n_candidates
        change, slot = _best_swap(distances[candidate], weights, assigned, removal)
        if change < -_TOLERANCE * removal[slot]:
            medoids[slot] = candidate
            assigned = _assign(distances, medoids, farthest)
            removal = _removal_losses(weights, assigned, medoids.size)
            unimproved = 0
        unimproved += 1
        step += 1
    return medoids, (step - 1) // n_candidates + 1, unimproved == n_candidates


@compiled(parallel=True)
def swap_each(distances: Singles, weights: Floats, starts: Indices, max_iter: int) -> Indices:
    """Swap from several first medoids, shape (s, k), one start a thread; return what each came to."""
    found = np.empty_like(starts)
    for s in prange(starts.shape[0]):
        found[s] = swap(distances, weights, starts[s], max_iter)[0]
    return found


@compiled()
def _assign(distances: Singles, medoids: Indices, farthest: np.float32) -> Assignment:
    """Return each point's nearest medoid, the distance to it and the distance to the second nearest.

    A lone medoid has no second: the farthest distance stands in, which leaves all differences between losses
    as they are.
    """
    n = distances.shape[1]
    slots = np.zeros(n, dtype=np.int32)
    nearest = np.full(n, farthest)
    second = np.full(n, farthest)
    for slot in range(medoids.size):
        row = distances[medoids[slot]]
        for i in range(n):
            if row[i] < nearest[i]:
                second[i] = nearest[i]
                nearest[i] = row[i]
                slots[i] = slot
            elif row[i] < second[i]:
                second[i] = row[i]
    return slots, nearest, second


@compiled()
def _removal_losses(weights: Floats, assigned: Assignment, n_medoids: int) -> Floats:
    """Return what the loss would rise by without each medoid."""
    slots, nearest, second = assigned
    removal = np.zeros(n_medoids)
    for i in range(weights.size):
        removal[slots[i]] += weights[i] * (np.float64(second[i]) - np.float64(nearest[i]))
    return removal


@compiled()
def _best_swap(row: Singles, weights: Floats, assigned: Assignment, removal: Floats) -> tuple[float, int]:
    """Return the change in loss when the candidate replaces the medoid it best replaces, and that one's slot.

    One pass serves all k medoids: a point that moves to the candidate gains the same whichever medoid leaves,
    and only where its own medoid leaves must the removal loss be corrected.
    """
    slots, nearest, second = assigned
    shared = 0.0
    changes = removal.copy()
    for i in range(row.size):
        if row[i] < second[i]:
            distance = np.float64(row[i])
            if row[i] < nearest[i]:
                shared += weights[i] * (distance - nearest[i])
                changes[slots[i]] += weights[i] * (np.float64(nearest[i]) - second[i])
            else:
                changes[slots[i]] += weights[i] * (distance - second[i])
    slot = int(np.argmin(changes))
    return shared + changes[slot], slot
