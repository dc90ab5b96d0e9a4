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

from dapipeline.kmedoids import fasterpam, sklearn_extra, streamed
from dapipeline.kmedoids.arrays import Floats, Ids, Indices
from dapipeline.kmedoids.distances import METRICS, distance_matrix
from dapipeline.kmedoids.draws import Draws
from dapipeline.kmedoids.row_ids import hash_ids, hash_values, rank_ids
from dapipeline.kmedoids.start import Distinct, merge_identical
from dapipeline.kmedoids.streamed import BUDGET

SOLVERS: dict[str, Callable[..., fasterpam.Solution]] = {
    "fasterpam_streamed": streamed.solve,
    "fasterpam": fasterpam.solve,
    "sklearn_extra": sklearn_extra.solve,
}
_ROWS = 65536  # whose distances to the medoids are held at a time


class KMedoids(ClassNamePrefixFeaturesOutMixin, TransformerMixin, ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """k-medoids clustering that gives the same answer for the same rows in any order.

    Parameters
    ----------
    n_clusters : int, default 8
    solver : {"fasterpam_streamed", "fasterpam", "sklearn_extra"}, default "fasterpam_streamed"
        The first computes distances as it needs them, for any number of rows. The second holds 4 bytes for each
        pair of a candidate and a distinct row. The third is an optional package that holds 8 for each pair of rows.
    metric : {"euclidean", "manhattan", "sqeuclidean"}, default "euclidean"
        Whose sum is least. Squared distances let a few far points outweigh many near ones, as in k-means.
    candidates : int or None, default 20000
        How many distinct rows are tried as medoids, drawn by a keyed hash of the ids; None is all of them. See
        `dapipeline.kmedoids.streamed` for what the first solver tries beside them.
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
        Sum over the rows of weight times distance to the medoid, in the metric.
    n_iter_ : int
        Passes over candidates that were begun.
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
        solver: str = "fasterpam_streamed",
        metric: str = "euclidean",
        candidates: int | None = BUDGET,
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
        X = _read(self, X, reset=True, keep_single=True)
        weights = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
        self._check_parameters(n_rows=int(np.count_nonzero(weights)))
        distinct = merge_identical(X, weights, None if ids is None else rank_ids(ids, len(X)))
        solution = self._solve(X, distinct, ids)
        self.medoid_indices_ = self._fill_up(X, distinct, solution.medoids)
        self.cluster_centers_ = X[self.medoid_indices_]
        self.labels_, distances = _nearest(X, self.cluster_centers_, self.metric)
        self.inertia_ = float((distinct.weights * distances[distinct.rows]).sum())
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
        check_is_fitted(self)
        return _nearest(_read(self, X, reset=False), self.cluster_centers_, self.metric)[0]

    def transform(self, X: ArrayLike) -> Floats:
        """Return the distance from each row to each medoid, in the metric.

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
        hashes = hash_values(points) if ids is None else hash_ids(np.asarray(ids)[distinct.rows])
        solution = SOLVERS[self.solver](
            points,
            Draws(hashes, distinct.weights, rng),
            n_clusters=min(self.n_clusters, len(points)),
            metric=self.metric,
            candidates=self.candidates,
            max_iter=self.max_iter,
        )
        if not solution.converged:
            _warn(f"{self.solver} did not converge in max_iter={self.max_iter} passes over the candidates.")
        return solution

    def _fill_up(self, X: Floats, distinct: Distinct, medoids: Indices) -> Indices:
        """Return `n_clusters` medoids as rows, by value, with further copies where points ran out."""
        missing = self.n_clusters - len(medoids)
        if missing:
            _warn(
                f"Number of distinct clusters ({len(medoids)}) found smaller than n_clusters "
                f"({self.n_clusters}). Possibly due to duplicate points in X."
            )
        rows: Indices = distinct.rows[medoids]
        if missing:
            copies = np.delete(distinct.order, distinct.first)
            rows = np.concatenate([rows, copies[_by_value(X[copies])][:missing]])
        return rows[_by_value(X[rows])]


def _by_value(X: Floats) -> Indices:
    """Return the order of rows by their values, first column first."""
    order: Indices = np.lexsort(X.T[::-1])
    return order


def _nearest(X: Floats, medoids: Floats, metric: str) -> tuple[Indices, Floats]:
    """Return the nearest medoid of each row and the distance to it."""
    labels, distances = np.empty(len(X), dtype=np.int64), np.empty(len(X))
    for start in range(0, len(X), _ROWS):
        rows = slice(start, start + _ROWS)
        matrix = distance_matrix(medoids, X[rows], metric, np.float64)
        labels[rows], distances[rows] = matrix.argmin(axis=0), matrix.min(axis=0)
    return labels, distances


def _read(estimator: KMedoids, X: ArrayLike, reset: bool, keep_single: bool = False) -> Floats:
    """Return X as finite values whose distances fit float32; float64, or float32 where it may stay so."""
    dtype = [np.float64, np.float32] if keep_single else np.float64
    values: Floats = validate_data(estimator, X, dtype=dtype, reset=reset) + 0.0  # -0.0 becomes 0.0
    sides = np.ptp(values, axis=0).astype(np.float64)
    if (sides**2 if estimator.metric == "sqeuclidean" else sides).sum() > np.finfo(np.float32).max:
        raise ValueError("Input X contains values too far apart for dtype('float32').")
    return values


def _warn(message: str) -> None:
    """Warn of a result that is usable and not what was asked for."""
    warnings.warn(message, ConvergenceWarning, stacklevel=4)  # points at the caller of fit
