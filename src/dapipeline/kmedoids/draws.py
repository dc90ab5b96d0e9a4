"""Seeded draws that depend on what a row is called and never on where it stands."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dapipeline.kmedoids.arrays import Floats, Hashes, Indices
from dapipeline.kmedoids.row_ids import mix


class Sample(NamedTuple):
    """Points that stand for all.

    Attributes
    ----------
    points : ndarray of int64, shape (m,)
        Ascending.
    weights : ndarray of shape (m,)
        What each stands for; in expectation they add up to the weight of all.
    """

    points: Indices
    weights: Floats


class Draws:
    """Draws from points, each draw under a key of its own.

    Every point's hash is mixed with a key from `rng` to a number u between 0 and 1. Adding or removing a point
    leaves the numbers of the others as they are.

    Parameters
    ----------
    hashes : ndarray of uint64, shape (n,)
        Of what each point is called.
    weights : ndarray of shape (n,)
        Above zero.
    rng : numpy.random.RandomState
    """

    def __init__(self, hashes: Hashes, weights: Floats, rng: np.random.RandomState) -> None:
        self.hashes = hashes
        self.weights = weights
        self.rng = rng

    def chances(self) -> Floats:
        """Return a fresh number between 0 and 1 for each point."""
        key = np.frombuffer(self.rng.bytes(8), dtype="<u8")[0]
        chances: Floats = (mix(self.hashes ^ key) >> np.uint64(11)).astype(np.float64) * 2.0**-53 + 2.0**-54
        return chances

    def order(self) -> Indices:
        """Return the points in an order at random."""
        order: Indices = np.argsort(self.chances(), kind="stable")
        return order

    def candidates(self, size: int | None, weights: Floats | None = None) -> Indices:
        """Draw points in proportion to weight, without replacement.

        The least ``-log(u) / weight`` are drawn (Efraimidis and Spirakis 2006, "Weighted random sampling with a
        reservoir", Information Processing Letters 97). Without the weights a sample would miss the few vectors
        that most of a cohort repeats.

        Parameters
        ----------
        size : int or None
            None, or more than there are, is all.
        weights : ndarray of shape (n,), optional
            Above zero; instead of the points' own.

        Returns
        -------
        ndarray of int64
            Ascending.
        """
        if size is None or size >= len(self.weights):
            return np.arange(len(self.weights))
        return np.sort(_least(-np.log(self.chances()) / (self.weights if weights is None else weights), size))

    def sample(self, size: int) -> Sample:
        """Draw points that stand for all, with the weights they stand for.

        Priority sampling: the greatest ``weight / u`` are drawn, and each counts at least as much as the first
        that was not (Duffield, Lund and Thorup 2007, "Priority sampling for estimation of arbitrary subset sums",
        Journal of the ACM 54). A sum over the sample estimates the sum over all without bias.
        """
        if size >= len(self.weights):
            return Sample(np.arange(len(self.weights)), self.weights)
        ranks = self.chances() / self.weights
        drawn = _least(ranks, size + 1)
        least_weight = 1.0 / ranks[drawn[-1]]
        points = np.sort(drawn[:-1])
        return Sample(points, np.maximum(self.weights[points], least_weight))


def _least(values: Floats, size: int) -> Indices:
    """Return where the least values stand, ascending by value."""
    some = np.argpartition(values, size - 1)[:size] if size < len(values) else np.arange(len(values))
    order: Indices = some[np.lexsort((some, values[some]))]
    return order
