"""PAM of the optional package scikit-learn-extra: an independent check of results, for a few thousand rows.

Kaufman, L. and Rousseeuw, P. J. (1990), "Finding Groups in Data", chapter 2: first medoids by BUILD, then in each step
the best of all swaps.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning

from dapipeline.kmedoids.arrays import Floats
from dapipeline.kmedoids.distances import distance_matrix
from dapipeline.kmedoids.fasterpam import Solution
from dapipeline.kmedoids.sampler import KeyedSampler


def solve(
    points: Floats,
    sampler: KeyedSampler,
    *,
    n_clusters: int,
    metric: str,
    candidates: int | None,
    max_iter: int,
) -> Solution:
    """Find medoids with `sklearn_extra.cluster.KMedoids(method="pam")`.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Distinct points.
    sampler : KeyedSampler
        Of these points, with weights that are whole numbers: the package has no weights, so that a point of weight w is
        passed to it w times. Nothing is sampled.
    n_clusters : int
        At most n.
    metric : {"euclidean", "manhattan", "sqeuclidean"}
    candidates : int or None
        At least n, or None: the package takes every point as a candidate.
    max_iter : int
        Swaps at most.

    Returns
    -------
    Solution

    Raises
    ------
    ValueError
        If a weight is not a whole number, or `candidates` is less than n.
    ImportError
        If the package is not installed, or was built for NumPy 1.

    Notes
    -----
    Memory is 8 bytes times the square of the total weight; every swap takes time in proportion to k times that square.
    """
    weights = sampler.weights
    if (weights != np.rint(weights)).any():
        raise ValueError("solver='sklearn_extra' needs weights that are whole numbers.")
    if candidates is not None and candidates < len(points):
        raise ValueError(f"solver='sklearn_extra' takes every point as a candidate, got candidates={candidates}.")
    estimator = _import_estimator()
    copies = np.repeat(np.arange(len(points)), weights.astype(np.int64))
    repeated = points[copies]
    distances = distance_matrix(repeated, repeated, metric, np.float64)
    if n_clusters == 1:
        max_iter = 0  # BUILD alone finds the best single medoid, and the swaps of the package need two
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        pam = estimator(n_clusters, metric="precomputed", method="pam", init="build", max_iter=max_iter)
        pam.fit(distances)
    converged = not any(issubclass(warning.category, ConvergenceWarning) for warning in caught)
    n_iter = pam.n_iter_ + 1 if max_iter else 1  # the package counts from 0
    return Solution(np.unique(copies[pam.medoid_indices_]), n_iter, converged)


def _import_estimator() -> Any:
    """Return the estimator of the optional package."""
    try:
        return import_module("sklearn_extra.cluster").KMedoids
    except ImportError as error:
        raise ImportError("solver='sklearn_extra' needs the package scikit-learn-extra.") from error
    except ValueError as error:  # its wheels hold compiled code that does not fit the array type of NumPy 2
        raise ImportError("The installed scikit-learn-extra was built for NumPy 1; build it from source.") from error
