"""Stability: whether a cluster is found again when half of the people are left out.

Hennig, C. (2007), "Cluster-wise assessment of cluster stability", Computational Statistics and Data Analysis 52,
258-271: the Jaccard similarity of a cluster with the most similar cluster of a subset of the data that was clustered
again, averaged over subsets. The bounds of the bands are his. A subset is called a half throughout, although it has at
most 20,000 people.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.clustering.sampling import cluster_sample, draw_people
from dapipeline.say import Say

HALVES = 20  # the mean over 20 has a standard error of about 0.03, a fraction of the width of a band
MOST = 20_000  # people in a half: all halves together then take less than five times as long as a whole force
STABLE, UNSTABLE = 0.75, 0.60
BANDS = {"highly stable": 0.85, "stable": STABLE, "doubtful": UNSTABLE, "unstable": 0.0}
NOT_ASSESSED = "not assessed"
DIGITS = 2  # decimal places: 20 halves do not support more


def people_in_half(people: int, most: int = MOST) -> int:
    """Return the number of people in each half.

    Parameters
    ----------
    people : int
        Number of people in the cohort.
    most : int
        Upper limit.

    Returns
    -------
    int
        Half of the cohort, rounded down, but at least 1 and at most `most`.
    """
    return max(1, min(people // 2, most))


def cluster_halves(
    scores: np.ndarray, weights: np.ndarray, ids: np.ndarray, k: int, seed: int, say: Say, most: int = MOST,
    metric: str = "euclidean",
) -> np.ndarray:  # fmt: skip
    """Draw halves of the people and cluster each from scratch.

    Each half has its own seed and its own first medoids: a search that started from the medoids of the clustering would
    stay near them, and the stability would look too high. Offenders have the same weights as in the clustering.

    Parameters
    ----------
    scores : ndarray of shape (n_offenders, n_components)
    weights : ndarray of shape (n_offenders,)
    ids : ndarray of str, shape (n_offenders,)
        The halves are drawn by hashes of the ids, so that the order of the rows does not matter.
    k : int
        Number of clusters; a half with fewer different vectors has fewer.
    seed : int
        At least 0.
    say : callable
        Receives progress messages.
    most : int
        Upper limit for the people in a half. In smaller halves a rare cluster has few members and is found again less
        often.
    metric : {"euclidean", "manhattan", "sqeuclidean"}
        That of the clustering.

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
    """Measure how similar each cluster is to its best match among the clusters of each half.

    The similarity counts every person once, whatever their weight, because the report shows a cluster as a set of
    people.

    Parameters
    ----------
    clusters : ndarray of int, shape (n_offenders,)
        Cluster of each offender, from 1; no cluster is empty.
    halves : ndarray of int, shape (n_offenders, n_halves)
        From `cluster_halves`.

    Returns
    -------
    pandas.DataFrame
        One row per cluster: cluster; stability, the mean Jaccard similarity over the halves with any of its members,
        from 0 to 1 and rounded to two decimal places; stability_band, that of the rounded figure; lowest, the lowest
        similarity; halves, the number of halves with any of its members; members_in_half, their mean number. A cluster
        without members in any half is "not assessed".
    """
    k = int(clusters.max())
    found, held = np.empty((halves.shape[1], k)), np.empty((halves.shape[1], k))
    for number, half in enumerate(halves.T):
        drawn = half > 0
        found[number] = best_matches(clusters[drawn] - 1, half[drawn] - 1, k)
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
    """Compute the stability of each cluster: `cluster_halves`, then `compare_halves`.

    Parameters
    ----------
    scores : ndarray of shape (n_offenders, n_components)
    weights : ndarray of shape (n_offenders,)
    ids : ndarray of str, shape (n_offenders,)
    clusters : ndarray of int, shape (n_offenders,)
        Cluster of each offender, from 1; no cluster is empty.
    seed : int
        At least 0.
    say : callable
        Receives progress messages.
    most : int
        Upper limit for the people in a half.
    metric : {"euclidean", "manhattan", "sqeuclidean"}
        That of the clustering.

    Returns
    -------
    pandas.DataFrame
        That of `compare_halves`.
    """
    return compare_halves(clusters, cluster_halves(scores, weights, ids, int(clusters.max()), seed, say, most, metric))


def best_matches(clusters: np.ndarray, others: np.ndarray, k: int) -> np.ndarray:
    """Compute the Jaccard similarity of each cluster with the most similar cluster of another clustering.

    The Jaccard similarity of two sets of people is the number of people in both, divided by the number in either.

    Parameters
    ----------
    clusters, others : ndarray of int, shape (n,)
        The cluster of each person in one clustering and in the other, from 0.
    k : int
        Number of clusters in the first clustering.

    Returns
    -------
    ndarray of shape (k,)
        From 0 to 1; NaN for a cluster without people.
    """
    width = int(others.max()) + 1
    both = np.bincount(clusters * width + others, minlength=k * width).reshape(k, width)
    either = both.sum(axis=1)[:, None] + both.sum(axis=0) - both
    best = (both / np.maximum(either, 1)).max(axis=1)
    return np.where(both.any(axis=1), best, np.nan)


def band(stability: float) -> str:
    """Return the band of a stability.

    Parameters
    ----------
    stability : float
        From 0 to 1, or NaN.

    Returns
    -------
    str
        "highly stable" from 0.85, "stable" from 0.75, "doubtful" from 0.60, otherwise "unstable"; "not assessed" for
        NaN. The bounds are those of Hennig (2007).
    """
    return next((name for name, least in BANDS.items() if stability >= least), NOT_ASSESSED)
