"""What rows are called: by their ids or, without ids, by their values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dapipeline.kmedoids.arrays import Hashes, Ids, Indices
from dapipeline.kmedoids.compiled import compiled


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


def hash_ids(ids: Ids) -> Hashes:
    """Return a hash of each id."""
    names = _as_names(ids)
    if names.dtype.kind in "iu":
        return mix(names.astype(np.uint64))
    hashes: Hashes = pd.util.hash_array(names.astype(object), categorize=False)
    return hashes


def hash_values(X: NDArray[np.floating]) -> Hashes:
    """Return a hash of the values of each row; negative zeros are other values than zeros."""
    hashes = np.zeros(len(X), dtype=np.uint64)
    for column in X.T:
        hashes = mix(hashes ^ column.astype(np.float64).view(np.uint64))
    return hashes


@compiled()
def mix(values: Hashes) -> Hashes:
    """Scatter 64-bit numbers (the finaliser of SplitMix64: Steele, Lea and Flood 2014)."""
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
