"""The medoid silhouette: how much nearer offenders are to their own medoid than to the next.

Lenssen, L. and Schubert, E. (2022), "Clustering by direct optimization of the medoid silhouette", SISAP 2022.
"""

from __future__ import annotations

from math import fsum

import numpy as np


def medoid_silhouette(distances: np.ndarray, weights: np.ndarray) -> float:
    """Average 1 - (distance to the nearest medoid) / (distance to the second nearest).

    Parameters
    ----------
    distances : ndarray of shape (n, k)
        From each offender to each medoid; k is at least 2.
    weights : ndarray of shape (n,)
        What each offender counts.

    Returns
    -------
    float
        From 0, where everyone stands between two medoids, to 1, where everyone stands on one. Who stands on two
        medoids at once is between them and counts 0. The same to the last bit in any order of the rows.

    Raises
    ------
    ValueError
        Where there are fewer than two medoids.
    """
    if distances.shape[1] < 2:
        raise ValueError("A silhouette needs at least two medoids.")
    nearest, second = np.partition(distances, 1, axis=1)[:, :2].T
    shares = np.divide(nearest, second, out=np.ones_like(nearest), where=second > 0)
    return fsum(weights * (1 - shares)) / fsum(weights)
