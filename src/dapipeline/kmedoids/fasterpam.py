"""FasterPAM on a distance matrix: swap medoids for better candidates until no single swap lowers the loss.

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
from dapipeline.kmedoids.losses import TOLERANCE
from dapipeline.kmedoids.sampler import KeyedSampler
from dapipeline.kmedoids.start import draw_medoids

Assignment = tuple[NDArray[np.int32], Singles, Singles]


class Solution(NamedTuple):
    """What a solver found.

    Attributes
    ----------
    medoids : ndarray of int64, shape (k,)
        Rows of the points.
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
    sampler: KeyedSampler,
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
    sampler : KeyedSampler
        Of these points, with their weights: a point of weight w counts as w points.
    n_clusters : int
        At most n.
    metric : {"euclidean", "manhattan", "sqeuclidean"}
    candidates : int or None
        Number of points, m, that may become medoids; None is all.
    max_iter : int
        Passes over the candidates at most.

    Returns
    -------
    Solution

    Notes
    -----
    The distance matrix takes 4 m n bytes of memory.
    """
    rows = sampler.candidates(candidates)
    distances = distance_matrix(points[rows], points, metric, np.float32)
    first_medoids = draw_medoids(distances, sampler.weights, rows, n_clusters, sampler.rng)
    medoids, n_iter, converged = swap_eagerly(distances, sampler.weights, first_medoids, max_iter)
    return Solution(rows[medoids], n_iter, converged)


@compiled()
def swap_eagerly(
    distances: Singles, weights: Floats, first_medoids: Indices, max_iter: int
) -> tuple[Indices, int, bool]:
    """Take the candidates in turn, and make every swap that lowers the loss at once.

    Parameters
    ----------
    distances : ndarray of float32, shape (m, n), C-contiguous
        From each candidate to each point.
    weights : ndarray of float64, shape (n,)
    first_medoids : ndarray of int64, shape (k,)
        Distinct rows of `distances`.
    max_iter : int
        Passes over the candidates at most.

    Returns
    -------
    medoids : ndarray of int64, shape (k,)
        Rows of `distances`.
    n_iter : int
        Passes begun.
    converged : bool
        Whether no swap is left that lowers the loss.
    """
    n_candidates = distances.shape[0]
    farthest = distances.max()
    medoids = first_medoids.copy()
    assigned = _assign(distances, medoids, farthest)
    removal = _removal_losses(weights, assigned, medoids.size)
    unimproved = 0
    step = 0
    while unimproved < n_candidates and step < max_iter * n_candidates:
        candidate = step % n_candidates
        change, slot = _best_swap(distances[candidate], weights, assigned, removal)
        if change < -TOLERANCE * removal[slot]:
            medoids[slot] = candidate
            assigned = _assign(distances, medoids, farthest)
            removal = _removal_losses(weights, assigned, medoids.size)
            unimproved = 0
        unimproved += 1
        step += 1
    return medoids, (step - 1) // n_candidates + 1, unimproved == n_candidates


@compiled(parallel=True)
def swap_from_each(distances: Singles, weights: Floats, first_medoids: Indices, max_iter: int) -> Indices:
    """Run `swap_eagerly` from several sets of first medoids, one set per thread.

    Parameters
    ----------
    distances : ndarray of float32, shape (m, n), C-contiguous
        From each candidate to each point.
    weights : ndarray of float64, shape (n,)
    first_medoids : ndarray of int64, shape (s, k)
        One set per row, each of distinct rows of `distances`.
    max_iter : int
        Passes over the candidates at most.

    Returns
    -------
    ndarray of int64, shape (s, k)
        The medoids found from each set.
    """
    found = np.empty_like(first_medoids)
    for s in prange(first_medoids.shape[0]):
        found[s] = swap_eagerly(distances, weights, first_medoids[s], max_iter)[0]
    return found


@compiled()
def _assign(distances: Singles, medoids: Indices, farthest: np.float32) -> Assignment:
    """Return each point's nearest medoid, the distance to it and the distance to the second nearest.

    With k = 1 the second distance is a constant upper bound; it cancels in every comparison of losses.
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
    """Return how much the loss would rise if each medoid were removed."""
    slots, nearest, second = assigned
    removal = np.zeros(n_medoids)
    for i in range(weights.size):
        removal[slots[i]] += weights[i] * (np.float64(second[i]) - np.float64(nearest[i]))
    return removal


@compiled()
def _best_swap(row: Singles, weights: Floats, assigned: Assignment, removal: Floats) -> tuple[float, int]:
    """Return the change in loss by the best swap with one candidate, and the slot of the medoid it replaces.

    One pass over the points serves all k medoids. A point that moves to the candidate saves the same whichever medoid
    is replaced; only if its own medoid is replaced must the loss of removing that medoid be corrected.
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
