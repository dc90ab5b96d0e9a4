"""Principal components with fixed signs, the same in every run."""

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
        One row per component and feature: component, feature, loading. Component 1 explains most of the variance.
    variance : pandas.DataFrame
        One row per component: component, the share of the variance it explains, and cumulative, that of it and those
        before it.
    matrix : ndarray of shape (n_components, n_features)
        The loadings as a matrix.
    """

    loadings: pd.DataFrame
    variance: pd.DataFrame
    matrix: np.ndarray

    @property
    def names(self) -> list[str]:
        """Column names of the scores in tables."""
        return [f"component_{number}" for number in self.variance["component"]]

    def scores(self, scaled: np.ndarray) -> np.ndarray:
        """Project scaled features to the components.

        Parameters
        ----------
        scaled : ndarray of shape (n_offenders, n_features)
            From `Scaling.apply`.

        Returns
        -------
        ndarray of shape (n_offenders, n_components)
            Rounded to 9 decimal places.
        """
        with threadpool_limits(1):
            return np.round(scaled @ self.matrix.T, DIGITS)


def fit_components(scaled: np.ndarray, features: list[str], size: float | int) -> Components:
    """Find the principal components.

    Parameters
    ----------
    scaled : ndarray of shape (n_offenders, n_features)
        Features with mean 0, from `Scaling.apply`.
    features : list of str
        Their names.
    size : float or int
        A float is the share of the variance to keep, up to 1.0; an int is the number of components.

    Returns
    -------
    Components

    Raises
    ------
    CohortError
        D104 if there are fewer components than asked for, D117 if no feature varies, D118 if there is one offender.
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
    # Several threads would add up in another order, which changes the last digits.
    with threadpool_limits(1):
        whole = size == 1 and isinstance(size, float)
        pca = PCA(n_components=None if whole else size, svd_solver="full").fit(scaled)
    matrix = pca.components_
    # A component and its mirror image are equally good, so the one with a positive largest loading is taken.
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
