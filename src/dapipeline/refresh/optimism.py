"""How much further people lie from medoids that were found without them, though nothing has drifted."""

from __future__ import annotations

import numpy as np

from dapipeline.clustering.sampling import cluster_sample, draw_people
from dapipeline.clustering.stability import people_in_half
from dapipeline.kmedoids.distances import plain_distances

HALVES = 8  # the excess is then known to a quarter of itself on 2,000 people, and it is smaller on more
MOST = 5_000  # people in a half


def optimism(
    scores: np.ndarray, weights: np.ndarray, ids: np.ndarray, distances: np.ndarray, medoids: np.ndarray, seed: int,
    metric: str = "euclidean",
) -> float:  # fmt: skip
    """Measure by how much, relatively, new entrants of the same population lie further from the medoids.

    Medoids are where they are because of the people they were found among. Halves of the people are clustered from
    scratch, and the mean distance of the others is divided by that of the half, medoids left out. Which people
    happened to be drawn is divided out by the same ratio of their distances in the run. The excess falls as 1 over
    the number of people, and a half has fewer than the run.

    Parameters
    ----------
    scores : ndarray of shape (n_offenders, n_components)
    weights : ndarray of shape (n_offenders,)
    ids : ndarray of str, shape (n_offenders,)
    distances : ndarray of shape (n_offenders,)
        To the nearest medoid of the run.
    medoids : ndarray of str, shape (k,)
        The ids of the medoids of the run.
    seed : int
    metric : str
        Of `KMedoids`: that of the run.

    Returns
    -------
    float
        0.03 where new entrants lie 3% further; 0 or more.
    """
    size = people_in_half(len(ids), MOST)
    is_medoid = np.isin(ids, medoids)
    if size <= len(medoids):
        return 0.0  # too few to cluster a half of them
    ratios = []
    for number in range(HALVES):
        half = draw_people(ids, size, seed, number)
        inside = np.isin(np.arange(len(ids)), half)
        found = cluster_sample(scores[half], weights[half], ids[half], len(medoids), seed + number, metric)
        afresh = plain_distances(scores, found.cluster_centers_).min(axis=1)
        its_medoid = np.isin(np.arange(len(ids)), half[found.medoid_indices_])
        in_run = distances[~inside & ~is_medoid].mean() / distances[inside & ~is_medoid].mean()
        ratios.append(afresh[~inside].mean() / afresh[inside & ~its_medoid].mean() / in_run)
    return max(0.0, float(np.mean(ratios)) - 1) * size / len(ids)
