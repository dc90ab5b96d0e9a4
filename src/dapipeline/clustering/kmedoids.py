"""k-medoids: each cluster is represented by one of the points, the one least dissimilar to the others."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, ClusterMixin, TransformerMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state, check_scalar
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from dapipeline.clustering import fasterpam
from dapipeline.clustering.distances import METRICS, distance_matrix, total_distances
from dapipeline.clustering.start import (
    Distinct,
    Floats,
    Ids,
    Indices,
    draw_candidates,
    merge_identical,
    name_rows,
    rank_ids,
)

SOLVERS: dict[str, Callable[..., fasterpam.Solution]] = {"fasterpam": fasterpam.solve}


class KMedoids(ClassNamePrefixFeaturesOutMixin, TransformerMixin, ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """k-medoids clustering that gives the same answer for the same rows in any order.

    Parameters
    ----------
    n_clusters : int, default 8
    solver : {"fasterpam"}, default "fasterpam"
    metric : {"euclidean", "manhattan"}, default "euclidean"
    candidates : int or None, default None
        How many distinct points may become medoids; None is all of them. They are drawn in proportion to
        weight by a keyed hash of the ids. Memory is 4 bytes for each pair of a candidate and a point.
    max_iter : int, default 100
        Passes of the solver over the candidates.
    random_state : int, RandomState instance or None, default None
        Draws the candidates and the first medoids. None is the same as 0: no run is unseeded.

    Attributes
    ----------
    medoid_indices_ : ndarray of int64, shape (n_clusters,)
        Rows of X. Clusters are numbered by the values of their medoids, first column first.
    cluster_centers_ : ndarray of shape (n_clusters, n_features)
        The vectors of the medoids.
    labels_ : ndarray of int64, shape (n_samples,)
        Cluster of each row; the lowest number where medoids are equally near.
    inertia_ : float
        Sum over the rows of weight times distance to the medoid.
    n_iter_ : int
        Passes over the candidates that were begun.
    n_features_in_ : int

    Notes
    -----
    Identical rows are solved as one point that carries their summed weight; the one with the lowest id is
    named as medoid (without ids, the first in X). A row of weight 0 takes no part in the search and is
    labelled afterwards. Where there are fewer distinct points than `n_clusters`, the clusters left over take
    further copies as medoids and stay empty, with a ConvergenceWarning.
    """

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        solver: str = "fasterpam",
        metric: str = "euclidean",
        candidates: int | None = None,
        max_iter: int = 100,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.solver = solver
        self.metric = metric
        self.candidates = candidates
        self.max_iter = max_iter
        self.random_state = random_state

    def fit(
        self, X: ArrayLike, y: object = None, sample_weight: ArrayLike | None = None, ids: Ids | None = None
    ) -> KMedoids:
        """Find the medoids.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : ignored
        sample_weight : array-like of shape (n_samples,), optional
            At least 0; a row of weight w counts as w rows.
        ids : sequence of str or int, shape (n_samples,), optional
            A distinct name for each row; without it a row is named by its values.

        Returns
        -------
        KMedoids

        Raises
        ------
        ValueError
            Where X has missing or infinite values, there are fewer rows than clusters, ids repeat, or a
            parameter is out of range.
        """
        X = _read(self, X, reset=True)
        weights = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
        self._check_parameters(n_rows=int(np.count_nonzero(weights)))
        distinct = merge_identical(X, weights, None if ids is None else rank_ids(ids, len(X)))
        solution = self._solve(X, distinct, ids)
        self.medoid_indices_ = self._fill_up(distinct, solution.medoids)
        self.cluster_centers_ = X[self.medoid_indices_]
        distances = distance_matrix(self.cluster_centers_, X, self.metric, np.float64)
        self.labels_ = distances.argmin(axis=0)
        self.inertia_ = float((distinct.weights * distances.min(axis=0)[distinct.rows]).sum())
        self.n_iter_ = solution.n_iter
        return self

    def predict(self, X: ArrayLike) -> Indices:
        """Return the cluster of the nearest medoid for each row, the lowest number where several are as near.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of int64, shape (n_samples,)
        """
        nearest: Indices = self.transform(X).argmin(axis=1)
        return nearest

    def transform(self, X: ArrayLike) -> Floats:
        """Return the distance from each row to each medoid.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_clusters)
        """
        check_is_fitted(self)
        return distance_matrix(_read(self, X, reset=False), self.cluster_centers_, self.metric, np.float64)

    @property
    def _n_features_out(self) -> int:
        """The number of columns of `transform`, by which scikit-learn names them."""
        return len(self.cluster_centers_)

    def _check_parameters(self, n_rows: int) -> None:
        """Raise ValueError or TypeError where a parameter is out of range, by itself or for so many rows."""
        check_scalar(self.n_clusters, "n_clusters", Integral, min_val=1)
        check_scalar(self.max_iter, "max_iter", Integral, min_val=1)
        if self.solver not in SOLVERS:
            raise ValueError(f"solver should be one of {sorted(SOLVERS)}, got {self.solver!r} instead.")
        if self.metric not in METRICS:
            raise ValueError(f"metric should be one of {list(METRICS)}, got {self.metric!r} instead.")
        if n_rows < self.n_clusters:
            raise ValueError(f"n_samples={n_rows} should be >= n_clusters={self.n_clusters}.")
        if self.candidates is not None:
            check_scalar(self.candidates, "candidates", Integral, min_val=self.n_clusters)

    def _solve(self, X: Floats, distinct: Distinct, ids: Ids | None) -> fasterpam.Solution:
        """Return the solver's medoids among the distinct points."""
        rng = check_random_state(0 if self.random_state is None else self.random_state)
        points = X[distinct.rows]
        candidates = np.arange(len(points))
        if self.candidates is not None and self.candidates < len(points):
            names = name_rows(points, None if ids is None else np.asarray(ids)[distinct.rows])
            candidates = draw_candidates(names, distinct.weights, self.candidates, rng)
        solution = SOLVERS[self.solver](
            points,
            distinct.weights,
            candidates,
            n_clusters=min(self.n_clusters, len(points)),
            metric=self.metric,
            max_iter=self.max_iter,
            rng=rng,
        )
        if not solution.converged:
            _warn(f"{self.solver} did not converge in max_iter={self.max_iter} passes over the candidates.")
        return solution

    def _fill_up(self, distinct: Distinct, medoids: Indices) -> Indices:
        """Return `n_clusters` medoids as rows, by value, with further copies where points ran out."""
        missing = self.n_clusters - len(medoids)
        if missing:
            _warn(
                f"Number of distinct clusters ({len(medoids)}) found smaller than n_clusters "
                f"({self.n_clusters}). Possibly due to duplicate points in X."
            )
        copies = np.delete(np.arange(len(distinct.order)), distinct.first)[:missing]
        places = np.sort(np.concatenate([distinct.first[medoids], copies]))
        rows: Indices = distinct.order[places]
        return rows


def central_members(X: ArrayLike, labels: ArrayLike, ids: Ids, metric: str = "euclidean") -> Indices:
    """Return each cluster's medoid as it is shown: the member with the least total distance to the others.

    Every member counts once, whatever weight it had in the clustering.

    Parameters
    ----------
    X : array-like of shape (n, d)
    labels : array-like of int, shape (n,)
    ids : sequence of str or int, shape (n,)
        Decide between members whose totals are equal: the lowest is taken.
    metric : {"euclidean", "manhattan"}

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
    totals = total_distances(X[rows], distinct.weights, metric)
    tied = rows[totals <= totals.min() * (1 + 1e-12)]  # equal totals can differ by rounding
    return int(tied[np.argmin(ranks[tied])])


def _read(estimator: KMedoids, X: ArrayLike, reset: bool) -> Floats:
    """Return X as finite float64 values whose distances fit float32."""
    values: Floats = validate_data(estimator, X, dtype=np.float64, reset=reset) + 0.0  # -0.0 becomes 0.0
    if np.ptp(values, axis=0).sum() > np.finfo(np.float32).max:
        raise ValueError("Input X contains values too far apart for dtype('float32').")
    return values


def _warn(message: str) -> None:
    """Warn of a result that is usable and not what was asked for."""
    warnings.warn(message, ConvergenceWarning, stacklevel=4)  # points at the caller of fit
