"""Optimism: by how much new people are further from the medoids than those the medoids were found among."""

from __future__ import annotations

import numpy as np

from dapipeline.clustering.sampling import cluster_sample, draw_people
from dapipeline.clustering.stability import people_in_half
from dapipeline.kmedoids.distances import plain_distances

HALVES = 8  # enough to know the optimism to within a quarter on 2,000 people; with more people it is smaller
MOST = 5_000  # people in a half


def optimism(
    scores: np.ndarray, weights: np.ndarray, ids: np.ndarray, distances: np.ndarray, medoids: np.ndarray, seed: int,
    metric: str = "euclidean",
) -> float:  # fmt: skip
    """Measure by which share new entrants of the same population are further from the medoids than the fitted cohort.

    Medoids are chosen to be near the people they are found among, so distances within the fit are too small for anybody
    else (Efron 1983 calls such a difference optimism). To measure it, random halves of the people are clustered from
    scratch, and the mean distance of the other half is divided by that of the clustered half, medoids left out. That
    ratio is divided by the same one with the distances of the run, which removes the chance differences between the
    halves. The optimism falls in proportion to 1 / n; the result is scaled from the size of a half to that of the run.

    Parameters
    ----------
    scores : ndarray of shape (n_offenders, n_components)
        Component scores of the fitted cohort.
    weights : ndarray of shape (n_offenders,)
        Weight of each offender in the loss.
    ids : ndarray of str, shape (n_offenders,)
    distances : ndarray of shape (n_offenders,)
        To the nearest medoid of the run.
    medoids : ndarray of str, shape (k,)
        The ids of the medoids of the run.
    seed : int
        Of the halves and their clustering.
    metric : {"euclidean", "sqeuclidean"}
        The metric of the run.

    Returns
    -------
    float
        0.03 means that new entrants are 3% further away; never below 0, and 0 if a half has too few people to cluster.
    """
    size = people_in_half(len(ids), MOST)
    is_medoid = np.isin(ids, medoids)
    if size <= len(medoids):
        return 0.0  # a half has too few people for k medoids
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
