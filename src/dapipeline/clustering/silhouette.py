"""The medoid silhouette: how much nearer offenders are to their own medoid than to the second nearest.

Lenssen, L. and Schubert, E. (2022), "Clustering by direct optimization of the medoid silhouette", SISAP 2022.
"""

from __future__ import annotations

from math import fsum

import numpy as np


def medoid_silhouette(distances: np.ndarray, weights: np.ndarray) -> float:
    """Compute the weighted mean of 1 - (distance to the nearest medoid) / (distance to the second nearest).

    Lenssen and Schubert (2022) define it without weights.

    Parameters
    ----------
    distances : ndarray of shape (n, k)
        From each offender to each medoid; k is at least 2.
    weights : ndarray of shape (n,)
        How much each offender counts.

    Returns
    -------
    float
        From 0 (everyone is halfway between two medoids) to 1 (everyone is identical to a medoid). An offender identical
        to two medoids counts as halfway. The result is the same to the last digit in any order of the rows.

    Raises
    ------
    ValueError
        If there are fewer than two medoids.
    """
    if distances.shape[1] < 2:
        raise ValueError("A silhouette needs at least two medoids.")
    nearest, second = np.partition(distances, 1, axis=1)[:, :2].T
    shares = np.divide(nearest, second, out=np.ones_like(nearest), where=second > 0)
    return fsum(weights * (1 - shares)) / fsum(weights)
