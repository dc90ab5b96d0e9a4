"""Resamples of cohorts, drawn by a hash of each person's id: a person is drawn equally often in every cohort."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, factorial

import numpy as np
import pandas as pd

from dapipeline.kmedoids.row_ids import hash_ids, mix

RESAMPLES = 1000
BITS = 16  # of a hash, used to decide how often a person is drawn
_CHANCES = np.cumsum([exp(-1) / factorial(times) for times in range(BITS)])  # Poisson(1): drawn 0, up to 1, up to 2, …
_TIMES = np.searchsorted(_CHANCES, (np.arange(2**BITS) + 0.5) / 2**BITS).astype(np.float64)


@dataclass(frozen=True)
class Resampled:
    """Cluster sizes and summed distances of a cohort in every resample; row 0 is the cohort itself.

    Attributes
    ----------
    people : ndarray of shape (1 + RESAMPLES, k)
        Number of people in each cluster.
    measured : ndarray of shape (1 + RESAMPLES, k)
        The same without the people who are medoids of the run.
    distances : ndarray of shape (1 + RESAMPLES, k)
        Sum of the distances of the people in `measured`.
    """

    people: np.ndarray
    measured: np.ndarray
    distances: np.ndarray


def resampled(cohort: pd.DataFrame, medoids: np.ndarray, k: int) -> Resampled:
    """Resample a cohort a thousand times.

    In each resample a person is drawn a Poisson number of times with mean 1, which for large cohorts is the same as
    drawing with replacement (Poisson bootstrap; Chamandy, Muralidharan, Najmi and Naidu 2012). The number comes from a
    hash of the id, so it does not depend on the order of the rows or on who else is in the cohort.

    Parameters
    ----------
    cohort : pandas.DataFrame
        offender_id, cluster (from 1), distance; one row per offender.
    medoids : ndarray of str
        Ids of people whose distances are left out.
    k : int
        Number of clusters.

    Returns
    -------
    Resampled
    """
    ids = cohort["offender_id"].to_numpy()
    clusters, hashes, out = cohort["cluster"].to_numpy() - 1, hash_ids(ids), np.isin(ids, medoids)
    distances = np.where(out, 0.0, cohort["distance"].to_numpy())
    people, uncounted, sums = np.zeros((3, 1 + RESAMPLES, k))
    for number in range(1 + RESAMPLES):
        times = times_drawn(hashes, number) if number else np.ones(len(ids))
        people[number] = np.bincount(clusters, times, k)
        uncounted[number] = np.bincount(clusters[out], times[out], k)
        sums[number] = np.bincount(clusters, times * distances, k)
    return Resampled(people, people - uncounted, sums)


def times_drawn(hashes: np.ndarray, number: int) -> np.ndarray:
    """Return how often each person is drawn in a resample.

    Parameters
    ----------
    hashes : ndarray of uint64, shape (n,)
        From `hash_ids`, of the people's ids.
    number : int
        Which resample, from 1.

    Returns
    -------
    ndarray of float64, shape (n,)
        Whole numbers, 0 or more.
    """
    scattered = mix(hashes ^ mix(np.array([number], dtype=np.uint64)))
    drawn: np.ndarray = _TIMES[scattered >> np.uint64(64 - BITS)]
    return drawn
