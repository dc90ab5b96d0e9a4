"""The gap statistic: how much lower the loss is than on random data without clusters.

Tibshirani, R., Walther, G. and Hastie, T. (2001), "Estimating the number of clusters in a data set via the gap
statistic", Journal of the Royal Statistical Society B 63, 411-423. They use the sum of squares within clusters; here it
is the loss of k-medoids, the weighted mean distance to the medoid.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def uniform_reference(scores: np.ndarray, *seed: int) -> np.ndarray:
    """Generate data without clusters: as many random points, spread evenly over the box that holds the real offenders.

    The sides of the box are parallel to the principal components, which are the columns of the scores: choice (b) of
    Tibshirani et al.

    Parameters
    ----------
    scores : ndarray of shape (n, n_components)
    *seed : int
        At least 0; other numbers generate other data.

    Returns
    -------
    ndarray of shape (n, n_components)
        In the units of the scores.
    """
    rng = np.random.default_rng(seed)
    return rng.uniform(scores.min(axis=0), scores.max(axis=0), size=scores.shape)


def gap(loss: float, reference_losses: np.ndarray) -> tuple[float, float]:
    """Compute the gap statistic and its standard error.

    Parameters
    ----------
    loss : float
        That of the real offenders.
    reference_losses : ndarray of shape (n_references,)
        Those of the data sets without clusters.

    Returns
    -------
    gap : float
        The mean natural logarithm of the reference losses minus the logarithm of the loss. NaN if any loss is 0,
        which has no logarithm.
    error : float
        The standard deviation of the logarithms of the reference losses, times sqrt(1 + 1 / n_references). NaN if the
        gap is.
    """
    if loss <= 0 or reference_losses.min() <= 0:
        return float("nan"), float("nan")
    logs = np.log(reference_losses)
    return float(logs.mean() - np.log(loss)), float(logs.std() * np.sqrt(1 + 1 / len(logs)))


def first_sufficient_k(table: pd.DataFrame) -> int | None:
    """Find the k that the gap statistic points to.

    It is the first k with gap(k) >= gap(k + 1) - error(k + 1), the rule of Tibshirani et al.: one more cluster lowers
    the loss no more than it would in data without clusters.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per k, ascending and without omissions: k, gap, gap_error.

    Returns
    -------
    int or None
        None if the gap keeps rising up to the last k.
    """
    enough = table["gap"] >= table["gap"].shift(-1) - table["gap_error"].shift(-1)
    return int(table.loc[enough, "k"].iloc[0]) if enough.any() else None
