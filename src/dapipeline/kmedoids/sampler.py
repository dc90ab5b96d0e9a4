"""Seeded random samples that depend on the names of the points and never on their order.

Each point has a hash of its name. For each sample, a fresh random key turns these hashes into random numbers, so that
a point has the same number wherever it stands. Official statistics know the idea as permanent random numbers (Ohlsson
1995, "Coordination of samples using permanent random numbers", in Business Survey Methods, Wiley).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dapipeline.kmedoids.arrays import Floats, Hashes, Indices
from dapipeline.kmedoids.row_ids import mix


class WeightedSample(NamedTuple):
    """A few points that represent all of them.

    Attributes
    ----------
    points : ndarray of int64, shape (m,)
        Row numbers, ascending.
    weights : ndarray of shape (m,)
        How much weight each represents; in expectation they add up to the weight of all points.
    """

    points: Indices
    weights: Floats


class KeyedSampler:
    """Random choices among weighted points, each made under a fresh key.

    A point's hash and the key are mixed to a number u between 0 and 1. Adding or removing a point leaves the numbers
    of the others unchanged.

    Parameters
    ----------
    hashes : ndarray of uint64, shape (n,)
        One per point, of its name.
    weights : ndarray of shape (n,)
        Above zero.
    rng : numpy.random.RandomState
        Source of the keys.
    """

    def __init__(self, hashes: Hashes, weights: Floats, rng: np.random.RandomState) -> None:
        self.hashes = hashes
        self.weights = weights
        self.rng = rng

    def uniforms(self) -> Floats:
        """Return a fresh random number for each point, uniform between 0 and 1.

        Returns
        -------
        ndarray of shape (n,)
            Never exactly 0 or 1.
        """
        key = np.frombuffer(self.rng.bytes(8), dtype="<u8")[0]
        uniforms: Floats = (mix(self.hashes ^ key) >> np.uint64(11)).astype(np.float64) * 2.0**-53 + 2.0**-54
        return uniforms

    def permutation(self) -> Indices:
        """Return all points in random order.

        Returns
        -------
        ndarray of int64, shape (n,)
        """
        order: Indices = np.argsort(self.uniforms(), kind="stable")
        return order

    def candidates(self, size: int | None, weights: Floats | None = None) -> Indices:
        """Choose the points to be tried as medoids, in proportion to weight and without replacement.

        The points with the smallest ``-log(u) / weight`` are chosen (Efraimidis and Spirakis 2006, "Weighted random
        sampling with a reservoir", Information Processing Letters 97). If all points had the same chance, a small
        choice would miss the few vectors that most rows repeat.

        Parameters
        ----------
        size : int or None
            Number of points; all of them if it is None or exceeds their number.
        weights : ndarray of shape (n,), optional
            Above zero; used instead of the points' own weights.

        Returns
        -------
        ndarray of int64, shape (size,)
            Row numbers, ascending.
        """
        if size is None or size >= len(self.weights):
            return np.arange(len(self.weights))
        return np.sort(_smallest(-np.log(self.uniforms()) / (self.weights if weights is None else weights), size))

    def sample(self, size: int) -> WeightedSample:
        """Draw a weighted sample, over which a sum estimates the sum over all points without bias.

        The method is priority sampling (Duffield, Lund and Thorup 2007, "Priority sampling for estimation of arbitrary
        subset sums", Journal of the ACM 54): the points with the largest ``weight / u`` are drawn, and each counts at
        least as much as the largest such ratio among the others.

        Parameters
        ----------
        size : int
            Number of points; all of them if it exceeds their number.

        Returns
        -------
        WeightedSample
        """
        if size >= len(self.weights):
            return WeightedSample(np.arange(len(self.weights)), self.weights)
        ranks = self.uniforms() / self.weights
        drawn = _smallest(ranks, size + 1)
        least_weight = 1.0 / ranks[drawn[-1]]
        points = np.sort(drawn[:-1])
        return WeightedSample(points, np.maximum(self.weights[points], least_weight))


def _smallest(values: Floats, size: int) -> Indices:
    """Return the positions of the smallest values, in ascending order of value."""
    some = np.argpartition(values, size - 1)[:size] if size < len(values) else np.arange(len(values))
    order: Indices = some[np.lexsort((some, values[some]))]
    return order
