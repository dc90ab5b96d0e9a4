"""Names of rows, by which they are ordered and sampled: their ids or, without ids, their values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dapipeline.kmedoids.arrays import Hashes, Ids, Indices
from dapipeline.kmedoids.compiled import compiled


def rank_ids(ids: Ids, n_rows: int) -> Indices:
    """Return the rank of each id: integers in order of value, everything else in order of its text.

    Parameters
    ----------
    ids : sequence of str or int, shape (n_rows,)
    n_rows : int
        Number of ids expected.

    Returns
    -------
    ndarray of int64, shape (n_rows,)
        0 for the lowest id.

    Raises
    ------
    ValueError
        If there is not exactly one distinct id for each row.
    """
    names = _as_names(ids)
    if names.shape != (n_rows,):
        raise ValueError(f"ids has shape {names.shape}, expected ({n_rows},).")
    distinct, ranks = np.unique(names, return_inverse=True)
    if len(distinct) < n_rows:
        raise ValueError(f"ids should be distinct: {n_rows} rows have {len(distinct)} ids.")
    return ranks


def hash_ids(ids: Ids) -> Hashes:
    """Return a hash of each id, the same on every computer.

    Parameters
    ----------
    ids : sequence of str or int, shape (n,)

    Returns
    -------
    ndarray of uint64, shape (n,)
    """
    names = _as_names(ids)
    if names.dtype.kind in "iu":
        return mix(names.astype(np.uint64))
    hashes: Hashes = pd.util.hash_array(names.astype(object), categorize=False)
    return hashes


def hash_values(X: NDArray[np.floating]) -> Hashes:
    """Return a hash of the values of each row.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        -0.0 and 0.0 have different hashes: replace the former by the latter first.

    Returns
    -------
    ndarray of uint64, shape (n,)
    """
    hashes = np.zeros(len(X), dtype=np.uint64)
    for column in X.T:
        hashes = mix(hashes ^ column.astype(np.float64).view(np.uint64))
    return hashes


@compiled()
def mix(values: Hashes) -> Hashes:
    """Scatter 64-bit numbers, so that similar ones become unrelated and different ones stay different.

    This is the last step of the generator SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
    generators", OOPSLA).

    Parameters
    ----------
    values : ndarray of uint64, shape (n,)

    Returns
    -------
    ndarray of uint64, shape (n,)
    """
    mixed = np.empty_like(values)
    for i in range(values.size):
        z = values[i] + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed[i] = z ^ (z >> np.uint64(31))
    return mixed


def _as_names(ids: Ids) -> NDArray[Any]:
    """Return the ids as an array of integers or of text."""
    names = np.asarray(ids)
    return names if names.dtype.kind in "iu" else names.astype(str)
