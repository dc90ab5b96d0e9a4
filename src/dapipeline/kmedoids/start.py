"""Where a search starts: the distinct points, and first medoids among them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dapipeline.kmedoids.arrays import Floats, Indices
from dapipeline.kmedoids.row_ids import hash_values


class Distinct(NamedTuple):
    """The rows, sorted so that identical ones are adjacent, the lowest id first.

    Attributes
    ----------
    order : ndarray of int64, shape (n,)
        The rows of positive weight, sorted by the hash of their values and then by id.
    starts : ndarray of int64, shape (u,)
        Position in `order` at which each distinct vector begins.
    weights : ndarray of shape (u,)
        Total weight of each distinct vector.
    """

    order: Indices
    starts: Indices
    weights: Floats

    @property
    def rows(self) -> Indices:
        """The row that represents each distinct vector: that with the lowest id."""
        return self.order[self.starts]


def merge_identical(X: Floats, weights: Floats, ranks: Indices | None = None) -> Distinct:
    """Sort the rows by the hash of their values and merge identical ones.

    The sorted order does not depend on the order of the rows in X.

    Parameters
    ----------
    X : ndarray of shape (n, d)
    weights : ndarray of shape (n,)
        Rows of weight 0 are left out.
    ranks : ndarray of int64, shape (n,), optional
        Of the ids: the order of identical rows. Without it these keep their order in X.

    Returns
    -------
    Distinct
    """
    ranks = np.zeros(len(X), dtype=np.int64) if ranks is None else ranks
    order = np.lexsort((weights, ranks, hash_values(X)))
    order = order[weights[order] > 0]
    changes = (X[order[1:]] != X[order[:-1]]).any(axis=1)
    starts = np.flatnonzero(np.concatenate([[True], changes]))
    return Distinct(order, starts, np.add.reduceat(weights[order], starts))


def draw_medoids(
    distances: NDArray[np.float32],
    weights: Floats,
    candidates: Indices,
    n_medoids: int,
    rng: np.random.RandomState,
) -> Indices:
    """Draw distinct first medoids one by one, in proportion to weight times distance to the nearest drawn before.

    This is the seeding of k-means++ (Arthur and Vassilvitskii 2007, "k-means++: the advantages of careful seeding",
    SODA) with distances in place of their squares, because the loss of k-medoids adds up distances.

    Parameters
    ----------
    distances : ndarray of float32, shape (m, n)
        From each candidate to each point.
    weights : ndarray of shape (n,)
    candidates : ndarray of int64, shape (m,)
        Row number of each candidate among the points.
    n_medoids : int
        At most m.
    rng : numpy.random.RandomState

    Returns
    -------
    ndarray of int64, shape (n_medoids,)
        Rows of `distances`.
    """
    medoids = np.empty(n_medoids, dtype=np.int64)
    to_nearest = np.full(len(candidates), np.inf)
    for slot in range(n_medoids):
        # With this lower bound a candidate can still be drawn if its distance rounds to 0; no medoid is drawn twice.
        distance = np.maximum(to_nearest, np.finfo(np.float32).tiny) if slot else 1.0
        chances = weights[candidates] * distance
        chances[medoids[:slot]] = 0.0
        medoids[slot] = rng.choice(len(candidates), p=chances / chances.sum())
        to_nearest = np.minimum(to_nearest, distances[medoids[slot], candidates])
    return medoids
