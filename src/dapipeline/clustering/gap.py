"""The gap: how much lower the loss is than on data without clusters.

Tibshirani, R., Walther, G. and Hastie, T. (2001), "Estimating the number of clusters in a data set via the gap
statistic", Journal of the Royal Statistical Society B 63, 411-423; here with the loss of k-medoids, the weighted mean
distance to the medoid, in the place of their sum of squares.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def uniform_reference(scores: np.ndarray, *seed: int) -> np.ndarray:
    """Make up as many offenders without clusters: spread evenly over the box that holds the real ones.

    The sides of the box lie along the principal components, which are the columns of the scores.

    Parameters
    ----------
    scores : ndarray of shape (n, n_components)
    *seed : int
        At least 0.

    Returns
    -------
    ndarray of shape (n, n_components)
    """
    rng = np.random.default_rng(seed)
    return rng.uniform(scores.min(axis=0), scores.max(axis=0), size=scores.shape)


def gap(loss: float, reference_losses: np.ndarray) -> tuple[float, float]:
    """Give the gap and its standard error.

    Parameters
    ----------
    loss : float
        On the real offenders.
    reference_losses : ndarray of shape (n_references,)
        On each reference.

    Returns
    -------
    tuple of float
        The mean logarithm of the reference losses minus that of the loss; the standard deviation of those
        logarithms times sqrt(1 + 1 / n_references). Both missing where a loss is 0: nothing is left to explain.
    """
    if loss <= 0 or reference_losses.min() <= 0:
        return float("nan"), float("nan")
    logs = np.log(reference_losses)
    return float(logs.mean() - np.log(loss)), float(logs.std() * np.sqrt(1 + 1 / len(logs)))


def first_sufficient_k(table: pd.DataFrame) -> int | None:
    """Find the k that the gap points to: the first whose gap is at least the next one's less its standard error.

    Parameters
    ----------
    table : pandas.DataFrame
        k (one after the other), gap, gap_error.

    Returns
    -------
    int or None
        None where the gap goes on rising to the last k.
    """
    enough = table["gap"] >= table["gap"].shift(-1) - table["gap_error"].shift(-1)
    return int(table.loc[enough, "k"].iloc[0]) if enough.any() else None
