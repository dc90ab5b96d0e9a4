"""The medoid as it is shown: of each cluster the member least dissimilar to the others, each counted once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dapipeline.clustering.arrays import Floats, Ids, Indices
from dapipeline.clustering.distances import total_distances
from dapipeline.clustering.draws import Draws
from dapipeline.clustering.names import hash_values, rank_ids
from dapipeline.clustering.start import Distinct, merge_identical

LIKELY = 1_024  # different members whose total is worked out; in a cluster of no more, that is all of them
SAMPLE = 2_048  # members against whom it is seen who these are


def central_members(X: ArrayLike, labels: ArrayLike, ids: Ids, metric: str = "euclidean") -> Indices:
    """Return each cluster's medoid as it is shown: the member with the least total distance to the others.

    Every member counts once, whatever weight it had in the clustering. In a large cluster all pairs would take longer
    than the clustering itself: there the totals to a sample of the members are compared first, and the whole total
    is worked out for those who come off best.

    Parameters
    ----------
    X : array-like of shape (n, d)
    labels : array-like of int, shape (n,)
    ids : sequence of str or int, shape (n,)
        Decide between members whose totals are equal: the lowest is taken.
    metric : {"euclidean", "manhattan", "sqeuclidean"}

    Returns
    -------
    ndarray of int64
        One row of X for each cluster that has members, clusters in ascending order.
    """
    X, labels = np.asarray(X, dtype=np.float64), np.asarray(labels)
    ranks = rank_ids(ids, len(X))
    clusters = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    return np.array([_central_member(X, members, ranks, metric) for members in clusters])


def _central_member(X: Floats, members: Indices, ranks: Indices, metric: str) -> int:
    """Return the member least dissimilar to the others; identical members are measured once."""
    distinct = merge_identical(X[members], np.ones(len(members)), ranks[members])
    rows = members[distinct.rows]
    points = X[rows]
    likely = _likely(points, distinct, metric)
    totals = total_distances(points[likely], points, distinct.weights, metric)
    tied = rows[likely[totals <= totals.min() * (1 + 1e-12)]]  # equal totals can differ by rounding
    return int(tied[np.argmin(ranks[tied])])


def _likely(points: Floats, distinct: Distinct, metric: str) -> Indices:
    """Return the points with the least totals to a sample that stands for all."""
    if len(points) <= LIKELY:
        return np.arange(len(points))
    sample = Draws(hash_values(points), distinct.weights, np.random.RandomState(0)).sample(SAMPLE)
    totals = total_distances(points, points[sample.points], sample.weights, metric)
    return np.sort(np.argsort(totals, kind="stable")[:LIKELY])
