"""Stability: whether a cluster is found again when half of the people are left out.

Hennig, C. (2007), "Cluster-wise assessment of cluster stability", Computational Statistics and Data Analysis 52,
258-271: the Jaccard similarity of a cluster with its best match among the clusters of a resample, averaged over
resamples. The bounds of the bands are his.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.clustering.sampling import cluster_sample, draw_people
from dapipeline.say import Say

HALVES = 20  # the mean of so many is known to about 0.03, a fraction of a band
MOST = 20_000  # people in a half: 20 fits then take less than five times the clustering of a whole force
STABLE, UNSTABLE = 0.75, 0.60
BANDS = {"highly stable": 0.85, "stable": STABLE, "doubtful": UNSTABLE, "unstable": 0.0}
NOT_ASSESSED = "not assessed"
DIGITS = 2  # more would claim more than 20 halves can tell


def people_in_half(people: int, most: int = MOST) -> int:
    """Give how many people each half has: half of them, or `most` of a larger cohort."""
    return max(1, min(people // 2, most))


def cluster_halves(
    scores: np.ndarray, weights: np.ndarray, ids: np.ndarray, k: int, seed: int, say: Say, most: int = MOST,
    metric: str = "euclidean",
) -> np.ndarray:  # fmt: skip
    """Draw halves of the people and cluster each afresh.

    Each has a seed and a start of its own: a search that began from the medoids in hand would stay near them and
    flatter them. Offenders weigh in each fit what they weigh in the clustering.

    Parameters
    ----------
    scores : ndarray of shape (n_offenders, n_components)
    weights : ndarray of shape (n_offenders,)
    ids : ndarray of str, shape (n_offenders,)
        By which halves are drawn.
    k : int
        Number of clusters; fewer where a half has fewer different vectors.
    seed : int
        At least 0.
    say : callable
        Told how far it is.
    most : int
        People in a half at most. A rare cluster has few members in a small sample and is found again more seldom.
    metric : str
        Of `KMedoids`: that of the clustering.

    Returns
    -------
    ndarray of int16, shape (n_offenders, 20)
        The cluster of each offender in each half, from 1; 0 for those who were not drawn.
    """
    labels = np.zeros((len(ids), HALVES), dtype=np.int16)
    for number in range(HALVES):
        say(f"half {number + 1} of {HALVES}", number / HALVES)
        half = draw_people(ids, people_in_half(len(ids), most), seed, number)
        own_seed = int(np.random.SeedSequence((seed, number)).generate_state(3)[2])
        labels[half, number] = cluster_sample(scores[half], weights[half], ids[half], k, own_seed, metric).labels_ + 1
    return labels


def compare_halves(clusters: np.ndarray, halves: np.ndarray) -> pd.DataFrame:
    """Look for every cluster among the clusters of halves of the people.

    The similarity counts people, each once, because a cluster is shown as a set of people.

    Parameters
    ----------
    clusters : ndarray of int, shape (n_offenders,)
        From 1, none of them empty.
    halves : ndarray of int, shape (n_offenders, n_halves)
        From `cluster_halves`.

    Returns
    -------
    pandas.DataFrame
        cluster; stability, the mean similarity over the halves that hold any of its members, from 0 to 1 and
        rounded to two digits; stability_band, by the rounded figure; lowest of the halves; halves, how many hold
        members; members_in_half, how many on average. A cluster that no half met is not assessed.
    """
    k = int(clusters.max())
    found, held = np.empty((halves.shape[1], k)), np.empty((halves.shape[1], k))
    for number, afresh in enumerate(halves.T):
        drawn = afresh > 0
        found[number] = best_matches(clusters[drawn] - 1, afresh[drawn] - 1, k)
        held[number] = np.bincount(clusters[drawn] - 1, minlength=k)
    times = (held > 0).sum(axis=0)
    with np.errstate(invalid="ignore"):
        stability = np.round(np.nansum(found, axis=0) / times, DIGITS)
    lowest = np.round(np.where(times > 0, np.fmin.reduce(found, axis=0), np.nan), DIGITS)
    return pd.DataFrame(
        {
            "cluster": np.arange(1, k + 1),
            "stability": stability,
            "stability_band": [band(value) for value in stability],
            "lowest": lowest,
            "halves": times,
            "members_in_half": held.mean(axis=0),
        }
    )


def cluster_stability(
    scores: np.ndarray,
    weights: np.ndarray,
    ids: np.ndarray,
    clusters: np.ndarray,
    seed: int,
    say: Say,
    most: int = MOST,
    metric: str = "euclidean",
) -> pd.DataFrame:
    """Cluster halves of the people (`cluster_halves`) and look for every cluster in them (`compare_halves`)."""
    return compare_halves(clusters, cluster_halves(scores, weights, ids, int(clusters.max()), seed, say, most, metric))


def best_matches(clusters: np.ndarray, others: np.ndarray, k: int) -> np.ndarray:
    """Give each cluster's Jaccard similarity with the most similar of other clusters of the same people.

    The Jaccard similarity of two sets is the number of people in both over the number in either.

    Parameters
    ----------
    clusters, others : ndarray of int, shape (n,)
        From 0: the cluster of each person in one clustering and in the other.
    k : int
        Number of clusters in the first.

    Returns
    -------
    ndarray of shape (k,)
        From 0 to 1; missing for a cluster without people.
    """
    width = int(others.max()) + 1
    both = np.bincount(clusters * width + others, minlength=k * width).reshape(k, width)
    either = both.sum(axis=1)[:, None] + both.sum(axis=0) - both
    best = (both / np.maximum(either, 1)).max(axis=1)
    return np.where(both.any(axis=1), best, np.nan)


def band(stability: float) -> str:
    """Say how stable: highly stable from 0.85, stable from 0.75, doubtful from 0.60, else unstable."""
    return next((name for name, least in BANDS.items() if stability >= least), NOT_ASSESSED)
