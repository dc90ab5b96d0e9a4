"""What a k-medoids search starts from: distinct points and the first medoids among them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dapipeline.kmedoids.arrays import Floats, Indices
from dapipeline.kmedoids.row_ids import hash_values


class Distinct(NamedTuple):
    """Rows in an order of their own, identical rows side by side with the lowest id first.

    Attributes
    ----------
    order : ndarray of int64, shape (n,)
        The rows of positive weight, by hash of their values and then by id.
    first : ndarray of int64, shape (u,)
        Where in `order` each distinct vector begins.
    weights : ndarray of shape (u,)
        Summed weight of each distinct vector.
    """

    order: Indices
    first: Indices
    weights: Floats

    @property
    def rows(self) -> Indices:
        """The row that stands for each distinct vector."""
        return self.order[self.first]


def merge_identical(X: Floats, weights: Floats, ranks: Indices | None = None) -> Distinct:
    """Sort the rows by hash of their values, so in the same order however they came, and merge identical ones.

    Parameters
    ----------
    X : ndarray of shape (n, d)
    weights : ndarray of shape (n,)
        Rows of weight 0 are left out.
    ranks : ndarray of int64, shape (n,), optional
        Order among identical rows; without it they keep that of the input.

    Returns
    -------
    Distinct
    """
    names = np.zeros(len(X), dtype=np.int64) if ranks is None else ranks
    order = np.lexsort((weights, names, hash_values(X)))
    order = order[weights[order] > 0]
    changes = (X[order[1:]] != X[order[:-1]]).any(axis=1)
    first = np.flatnonzero(np.concatenate([[True], changes]))
    return Distinct(order, first, np.add.reduceat(weights[order], first))


def draw_medoids(
    distances: NDArray[np.float32],
    weights: Floats,
    candidates: Indices,
    n_medoids: int,
    rng: np.random.RandomState,
) -> Indices:
    """Draw distinct first medoids, each in proportion to weight times distance to those before.

    This is the seeding of k-means++ (Arthur and Vassilvitskii 2007) with distances instead of their squares,
    as the loss of k-medoids asks.

    Parameters
    ----------
    distances : ndarray of float32, shape (m, n)
        From each candidate to each point.
    weights : ndarray of shape (n,)
    candidates : ndarray of int64, shape (m,)
        Which point each candidate is.
    n_medoids : int
        At most m.
    rng : numpy.random.RandomState

    Returns
    -------
    ndarray of int64, shape (n_medoids,)
        Rows of `distances`.
    """
    medoids = np.empty(n_medoids, dtype=np.int64)
    nearest = np.full(len(candidates), np.inf)
    for slot in range(n_medoids):
        # The floor leaves a chance where a distance rounds to zero; a medoid is never drawn twice.
        reach = np.maximum(nearest, np.finfo(np.float32).tiny) if slot else 1.0
        chances = weights[candidates] * reach
        chances[medoids[:slot]] = 0.0
        medoids[slot] = rng.choice(len(candidates), p=chances / chances.sum())
        nearest = np.minimum(nearest, distances[medoids[slot], candidates])
    return medoids
