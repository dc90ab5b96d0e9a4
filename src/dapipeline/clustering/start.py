"""What a k-medoids search starts from: distinct points, the candidates among them and the first medoids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Ids = Sequence[Any] | NDArray[Any]


class Distinct(NamedTuple):
    """Rows in an order of their own, identical rows side by side with the lowest id first.

    Attributes
    ----------
    order : ndarray of int64, shape (n,)
        The rows of positive weight, by value and then id.
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
    """Sort the rows by value, so in the same order however they came, and merge identical ones.

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
    order = np.lexsort((weights, names, *X.T[::-1]))
    order = order[weights[order] > 0]
    changes = (X[order[1:]] != X[order[:-1]]).any(axis=1)
    first = np.flatnonzero(np.concatenate([[True], changes]))
    return Distinct(order, first, np.add.reduceat(weights[order], first))


def rank_ids(ids: Ids, n_rows: int) -> Indices:
    """Return the rank of each id: integers by value, everything else as text.

    Raises
    ------
    ValueError
        Where there is not one distinct id for each row.
    """
    names = _as_names(ids)
    if names.shape != (n_rows,):
        raise ValueError(f"ids has shape {names.shape}, expected ({n_rows},).")
    distinct, ranks = np.unique(names, return_inverse=True)
    if len(distinct) < n_rows:
        raise ValueError(f"ids should be distinct: {n_rows} rows have {len(distinct)} ids.")
    return ranks


def name_rows(X: Floats, ids: Ids | None) -> list[bytes]:
    """Return what each row is called: its id, or without ids its values."""
    if ids is None:
        return [row.tobytes() for row in X.astype("<f8")]
    return [str(name).encode() for name in _as_names(ids).tolist()]


def _as_names(ids: Ids) -> NDArray[Any]:
    """Return the ids as an array of integers or of text."""
    names = np.asarray(ids)
    return names if names.dtype.kind in "iu" else names.astype(str)


def draw_candidates(names: Iterable[bytes], weights: Floats, n_candidates: int, rng: np.random.RandomState) -> Indices:
    """Draw a sample in proportion to weight, by what the rows are called and not by where they stand.

    Each name is hashed under a key from `rng` to a number u between 0 and 1, and the least
    ``-log(u) / weight`` are drawn (Efraimidis and Spirakis 2006, "Weighted random sampling with a reservoir",
    Information Processing Letters 97): adding or removing a row exchanges at most one other. Without the
    weights a sample would miss the few vectors that most of a cohort repeats.

    Parameters
    ----------
    names : iterable of bytes
        A distinct name for each row.
    weights : ndarray of shape (n,)
        Above zero.
    n_candidates : int
    rng : numpy.random.RandomState

    Returns
    -------
    ndarray of int64
        Positions in ascending order, `n_candidates` of them, or all where there are fewer names.
    """
    key = rng.bytes(16)
    digests = b"".join(blake2b(name, digest_size=8, key=key).digest() for name in names)
    chances = (np.frombuffer(digests, dtype=">u8") + 0.5) / 2.0**64
    return np.sort(np.argsort(-np.log(chances) / weights, kind="stable")[:n_candidates])


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
