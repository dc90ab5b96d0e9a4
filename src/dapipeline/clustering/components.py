"""Principal components with fixed signs, the same on every run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA
from threadpoolctl import threadpool_limits

from dapipeline.clustering.scaling import DIGITS
from dapipeline.errors import CohortError


@dataclass(frozen=True)
class Components:
    """The principal components of the scaled features.

    Attributes
    ----------
    loadings : pandas.DataFrame
        component, feature, loading; component 1 explains most.
    variance : pandas.DataFrame
        component, share, cumulative: shares of the variance.
    matrix : ndarray of shape (n_components, n_features)
        The loadings as a matrix.
    """

    loadings: pd.DataFrame
    variance: pd.DataFrame
    matrix: np.ndarray

    @property
    def names(self) -> list[str]:
        """What the scores are called in tables."""
        return [f"component_{number}" for number in self.variance["component"]]

    def scores(self, scaled: np.ndarray) -> np.ndarray:
        """Project scaled features, shape (n_offenders, n_features), to (n_offenders, n_components)."""
        with threadpool_limits(1):
            return np.round(scaled @ self.matrix.T, DIGITS)


def fit_components(scaled: np.ndarray, features: list[str], size: float | int) -> Components:
    """Find the principal components.

    Parameters
    ----------
    scaled : ndarray of shape (n_offenders, n_features)
        Centred features.
    features : list of str
        Their names.
    size : float or int
        The share of the variance to keep, up to 1.0, or the number of components.

    Raises
    ------
    CohortError
        D104 where fewer components exist than asked for, D117 where nothing varies, D118 where there is one offender.
    """
    if len(scaled) == 1:
        raise CohortError(
            "D118", "There is one offender: nobody to compare them with, and no cluster to find.",
            "Give an extract of more people, or check how offender_id is mapped.",
        )  # fmt: skip
    if not scaled.any():
        raise CohortError(
            "D117",
            f"All {len(scaled):,} offenders have the same history in every feature: there is nothing to cluster.",
            "Map more columns under extract.columns, or choose other features.",
        )
    most = min(scaled.shape)
    if isinstance(size, int) and size > most:
        raise CohortError(
            "D104",
            f"{len(scaled):,} offenders with {len(features)} features do not have {size} principal components.",
            "Choose fewer under clustering.components, or a larger cohort.",
        )
    # Several BLAS threads would add in another order and change the last bits.
    with threadpool_limits(1):
        whole = size == 1 and isinstance(size, float)
        pca = PCA(n_components=None if whole else size, svd_solver="full").fit(scaled)
    matrix = pca.components_
    # A component and its mirror image are the same; its largest loading is made positive.
    largest = np.argmax(np.round(np.abs(matrix), DIGITS), axis=1)
    matrix = matrix * np.sign(matrix[np.arange(len(matrix)), largest])[:, None]
    numbers = np.arange(1, len(matrix) + 1)
    shares = pca.explained_variance_ratio_
    loadings = pd.DataFrame(
        {
            "component": np.repeat(numbers, len(features)),
            "feature": np.tile(features, len(matrix)),
            "loading": matrix.ravel(),
        }
    )
    variance = pd.DataFrame({"component": numbers, "share": shares, "cumulative": np.cumsum(shares)})
    return Components(loadings, variance, matrix)
