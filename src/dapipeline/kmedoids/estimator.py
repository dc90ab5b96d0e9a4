"""k-medoids as a scikit-learn estimator: each cluster is represented by its medoid, one of its own rows."""

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
from dapipeline.kmedoids.row_ids import hash_ids, hash_values, rank_ids
from dapipeline.kmedoids.sampler import KeyedSampler
from dapipeline.kmedoids.start import Distinct, merge_identical
from dapipeline.kmedoids.streamed import N_CANDIDATES

SOLVERS: dict[str, Callable[..., fasterpam.Solution]] = {
    "fasterpam_streamed": streamed.solve,
    "fasterpam": fasterpam.solve,
    "sklearn_extra": sklearn_extra.solve,
}
_ROWS = 65536  # rows whose distances to the medoids are in memory at the same time


class KMedoids(ClassNamePrefixFeaturesOutMixin, TransformerMixin, ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """k-medoids clustering with the same result for the same rows in any order and with any number of threads.

    The medoids are the rows that make the sum over all rows of weight times distance to the nearest medoid, the loss,
    as small as the search can. It ends in a local optimum: no swap of one medoid for one candidate lowers the loss.

    Parameters
    ----------
    n_clusters : int, default 8
        The number of clusters, k.
    solver : {"fasterpam_streamed", "fasterpam", "sklearn_extra"}, default "fasterpam_streamed"
        "fasterpam_streamed" computes distances when it needs them, for any number of rows. "fasterpam" keeps a matrix
        of 4 bytes per pair of a candidate and a distinct row. "sklearn_extra" is PAM of the optional package
        scikit-learn-extra, with 8 bytes per pair of rows and whole-number weights only.
    metric : {"euclidean", "manhattan", "sqeuclidean"}, default "euclidean"
        The distance of which the loss is made. With "sqeuclidean", squared distances, a few distant rows can outweigh
        many near ones, as in k-means.
    candidates : int or None, default 20000
        Number of distinct rows that are tried as medoids, chosen at random by their ids; None tries all of them, until
        no swap with any row lowers the loss. `dapipeline.kmedoids.streamed` lists what the first solver tries besides.
    max_iter : int, default 100
        Passes over the candidates at most.
    random_state : int, RandomState instance or None, default None
        Seed for the choice of candidates and first medoids. None is the same as 0, so that every run can be repeated.

    Attributes
    ----------
    medoid_indices_ : ndarray of int64, shape (n_clusters,)
        Row numbers of the medoids in X. Clusters are numbered by the values of their medoids, first column first.
    cluster_centers_ : ndarray of shape (n_clusters, n_features)
        The vectors of the medoids.
    labels_ : ndarray of int64, shape (n_samples,)
        Cluster of each row, from 0; the lowest number if several medoids are equally near.
    inertia_ : float
        The loss: the sum over the rows of weight times distance to the nearest medoid, in the metric.
    n_iter_ : int
        Passes over the candidates that were begun.
    n_features_in_ : int
        Number of columns of X.

    Notes
    -----
    Identical rows are merged to one point with their total weight. If that point becomes a medoid, the row with the
    lowest id is named (without ids, the first in X). A row of weight 0 takes no part in the search and gets its label
    afterwards. If there are fewer distinct points than `n_clusters`, further copies of them serve as medoids of
    clusters that stay empty, with a ConvergenceWarning.

    References
    ----------
    Schubert, E. and Rousseeuw, P. J. (2021), "Fast and eager k-medoids clustering: O(k) runtime improvement of the PAM,
    CLARA, and CLARANS algorithms", Information Systems 101, 101804.

    Examples
    --------
    >>> import numpy as np
    >>> from dapipeline import KMedoids
    >>> points = np.array([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0]])
    >>> found = KMedoids(n_clusters=2).fit(points)
    >>> found.labels_.tolist()
    [0, 0, 0, 1, 1, 1]
    >>> points[found.medoid_indices_].ravel().tolist()
    [1.0, 11.0]
    """

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        solver: str = "fasterpam_streamed",
        metric: str = "euclidean",
        candidates: int | None = N_CANDIDATES,
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
            Finite numbers.
        y : object
            Ignored; scikit-learn passes it.
        sample_weight : array-like of shape (n_samples,), optional
            At least 0; a row of weight w counts as w rows. 1 by default.
        ids : sequence of str or int, shape (n_samples,), optional
            A distinct name for each row. By default a row is known by its values.

        Returns
        -------
        KMedoids
            Itself, with the attributes above.

        Raises
        ------
        ValueError
            If X has missing or infinite values, there are fewer rows than clusters, ids repeat, or a parameter is out
            of range.
        ImportError
            If the solver is "sklearn_extra" and its package cannot be loaded.
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
        """Find the cluster of the nearest medoid for each row.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of int64, shape (n_samples,)
            From 0; the lowest number if several medoids are equally near.
        """
        check_is_fitted(self)
        return _nearest(_read(self, X, reset=False), self.cluster_centers_, self.metric)[0]

    def transform(self, X: ArrayLike) -> Floats:
        """Compute the distance from each row to each medoid.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of float64, shape (n_samples, n_clusters)
            In the metric.
        """
        check_is_fitted(self)
        return distance_matrix(_read(self, X, reset=False), self.cluster_centers_, self.metric, np.float64)

    @property
    def _n_features_out(self) -> int:
        """Number of columns of `transform`; scikit-learn needs it to name them."""
        return len(self.cluster_centers_)

    def _check_parameters(self, n_rows: int) -> None:
        """Raise ValueError or TypeError if a parameter is out of range, in itself or for this number of rows."""
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
        """Run the solver on the distinct points."""
        rng = check_random_state(0 if self.random_state is None else self.random_state)
        points = X[distinct.rows]
        hashes = hash_values(points) if ids is None else hash_ids(np.asarray(ids)[distinct.rows])
        solution = SOLVERS[self.solver](
            points,
            KeyedSampler(hashes, distinct.weights, rng),
            n_clusters=min(self.n_clusters, len(points)),
            metric=self.metric,
            candidates=self.candidates,
            max_iter=self.max_iter,
        )
        if not solution.converged:
            _warn(f"{self.solver} did not converge in max_iter={self.max_iter} passes over the candidates.")
        return solution

    def _fill_up(self, X: Floats, distinct: Distinct, medoids: Indices) -> Indices:
        """Return the row numbers of `n_clusters` medoids, sorted by value, with copies if there are too few points."""
        missing = self.n_clusters - len(medoids)
        if missing:
            _warn(
                f"Number of distinct clusters ({len(medoids)}) found smaller than n_clusters "
                f"({self.n_clusters}). Possibly due to duplicate points in X."
            )
        rows: Indices = distinct.rows[medoids]
        if missing:
            copies = np.delete(distinct.order, distinct.starts)
            rows = np.concatenate([rows, copies[_by_value(X[copies])][:missing]])
        return rows[_by_value(X[rows])]


def _by_value(X: Floats) -> Indices:
    """Return the row numbers sorted by the values of the rows, first column first."""
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
    """Return X checked: finite values whose distances fit in float32, as float64 (or float32 if it is and may stay)."""
    dtype = [np.float64, np.float32] if keep_single else np.float64
    values: Floats = validate_data(estimator, X, dtype=dtype, reset=reset) + 0.0  # turns -0.0 into 0.0
    sides = np.ptp(values, axis=0).astype(np.float64)
    if (sides**2 if estimator.metric == "sqeuclidean" else sides).sum() > np.finfo(np.float32).max:
        raise ValueError("Input X contains values too far apart for dtype('float32').")
    return values


def _warn(message: str) -> None:
    """Warn of a result that can be used but is not quite what was asked for."""
    warnings.warn(message, ConvergenceWarning, stacklevel=4)  # the warning names the line that called fit
