"""The members of each cluster that lie nearest to its centre: the best medoid is almost always one of them."""

from __future__ import annotations

import numpy as np
from numba import prange

from dapipeline.kmedoids.arrays import Floats, Indices, Singles
from dapipeline.kmedoids.compiled import compiled
from dapipeline.kmedoids.distances import EUCLIDEAN, MANHATTAN
from dapipeline.kmedoids.search import Search

_STEPS = 4  # of Weiszfeld's iteration: an approximate centre is enough to find the members around it


def nearest_to_centres(search: Search, size: int) -> tuple[Indices, Indices]:
    """Find the members nearest to the centre of each cluster.

    The centre is the point with the least total distance to the members. It is found by a few steps of the iteration
    of Weiszfeld (1937), "Sur le point pour lequel la somme des distances de n points donnés est minimum", Tôhoku
    Mathematical Journal 43; for Manhattan distance, feature by feature; for squared distance it is the mean.

    Parameters
    ----------
    search : Search
        One whose pool is its points.
    size : int
        Members to return per cluster; a smaller cluster has all of them returned.

    Returns
    -------
    members : ndarray of int64, shape (c,)
        Rows of the points, cluster by cluster.
    slots : ndarray of int64, shape (c,)
        The cluster of each.
    """
    k = len(search.medoids)
    first = search.neighbours.first
    members = np.argsort(first.astype(np.uint16) if k < 2**16 else first, kind="stable")  # 16 bits sort faster
    stops = np.cumsum(np.bincount(first, minlength=k))
    starts = np.concatenate([[0], stops[:-1]])
    centres = search.pool[search.medoids].astype(np.float64)
    distances = np.empty(len(members))
    _find_centres(search.points, search.weights, members, starts, stops, search.metric, centres, distances)
    found = []
    for start, stop in zip(starts, stops, strict=True):
        nearest = np.arange(stop - start)
        if stop - start > size:
            nearest = np.sort(np.argpartition(distances[start:stop], size)[:size])
        found.append(members[start + nearest])
    return np.concatenate(found), np.repeat(np.arange(k), [len(some) for some in found])


@compiled(parallel=True)
def _find_centres(
    points: Singles,
    weights: Floats,
    members: Indices,
    starts: Indices,
    stops: Indices,
    metric: int,
    centres: Floats,
    distances: Floats,
) -> None:
    """Move each centre step by step, one cluster per thread, and write the distances of its members to it.

    In each step every member pulls the centre towards itself, in proportion to its weight and, unless the distances
    are squared, in inverse proportion to its distance; the new centre is the mean of the members by these pulls.
    """
    d = points.shape[1]
    for cluster in prange(starts.size):
        centre = centres[cluster]
        for step in range(_STEPS + 1):
            pulls, pulled = np.zeros(d), np.zeros(d)
            for at in range(starts[cluster], stops[cluster]):
                point, weight = points[members[at]], weights[members[at]]
                distance = 0.0
                for feature in range(d):
                    difference = np.float64(point[feature]) - centre[feature]
                    distance += abs(difference) if metric == MANHATTAN else difference * difference
                distance = np.sqrt(distance) if metric == EUCLIDEAN else distance
                distances[at] = distance
                for feature in range(d):
                    pull = weight  # of squared distances the mean has the least sum
                    if metric == EUCLIDEAN:
                        pull = weight / (distance + 1e-9)
                    elif metric == MANHATTAN:
                        pull = weight / (abs(np.float64(point[feature]) - centre[feature]) + 1e-9)
                    pulls[feature] += pull
                    pulled[feature] += pull * np.float64(point[feature])
            if step < _STEPS and stops[cluster] > starts[cluster]:
                for feature in range(d):
                    centre[feature] = pulled[feature] / pulls[feature]
