"""PAM as scikit-learn-extra has it: a second opinion from an optional package, for cohorts of a few thousand.

Kaufman, L. and Rousseeuw, P. J. (1990), "Finding Groups in Data", chapter 2: BUILD, then the best swap at a time.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning

from dapipeline.errors import ConfigError, MissingExtraError
from dapipeline.kmedoids.arrays import Floats
from dapipeline.kmedoids.distances import distance_matrix
from dapipeline.kmedoids.draws import Draws
from dapipeline.kmedoids.fasterpam import Solution


def solve(
    points: Floats,
    draws: Draws,
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
    draws : Draws
        Of these points. Their weights are whole numbers: the package knows none, so a point of weight w is handed to
        it w times. Nothing is drawn: BUILD decides on the first medoids.
    n_clusters : int
        At most n.
    metric : {"euclidean", "manhattan", "sqeuclidean"}
    candidates : int or None
        None: the package takes every point as a candidate.
    max_iter : int
        Swaps at most.

    Returns
    -------
    Solution

    Raises
    ------
    ConfigError
        C021 where a weight is no whole number, C022 where fewer points than there are would be candidates, C023
        where the installed package was built for NumPy 1.
    MissingExtraError
        Where the package is not installed.

    Notes
    -----
    Memory is 8 bytes times the square of the summed weights; every swap takes time k times that square.
    """
    weights = draws.weights
    if (weights != np.rint(weights)).any():
        raise ConfigError(
            "C021",
            "The solver sklearn_extra knows no weights but whole numbers, and these offenders have others.",
            "Choose clustering.weight: none, or another solver.",
        )
    if candidates is not None and candidates < len(points):
        raise ConfigError(
            "C022",
            f"The solver sklearn_extra takes everyone as a candidate, and only {candidates:,} are asked for.",
            "Set clustering.candidates: null, or choose another solver.",
        )
    estimator = _import_estimator()
    copies = np.repeat(np.arange(len(points)), weights.astype(np.int64))
    repeated = points[copies]
    distances = distance_matrix(repeated, repeated, metric, np.float64)
    if n_clusters == 1:
        max_iter = 0  # BUILD alone finds the best single medoid; the package's swap needs two
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
    except ImportError:
        raise MissingExtraError("scikit-learn-extra", "peers", "The solver sklearn_extra") from None
    except ValueError:  # its wheels carry extensions of another size than NumPy 2 expects
        raise ConfigError(
            "C023",
            "The installed scikit-learn-extra was built for NumPy 1 and cannot be loaded.",
            "Build it anew: pip install --upgrade cython setuptools && pip install --force-reinstall --no-deps "
            "--no-build-isolation --no-binary scikit-learn-extra scikit-learn-extra",
        ) from None
