"""Cohorts resampled by a hash of each person's id: the same person is drawn as often wherever they are."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, factorial

import numpy as np
import pandas as pd

from dapipeline.kmedoids.row_ids import hash_ids, mix

RESAMPLES = 1000
BITS = 16  # of a hash, which say how often somebody is drawn
_CHANCES = np.cumsum([exp(-1) / factorial(times) for times in range(BITS)])  # of being drawn so often or less
TIMES = np.searchsorted(_CHANCES, (np.arange(2**BITS) + 0.5) / 2**BITS).astype(np.float64)


@dataclass(frozen=True)
class Resampled:
    """The clusters of a cohort in every resample; the first row is the cohort itself.

    Attributes
    ----------
    people, measured : ndarray of shape (1 + RESAMPLES, k)
        People of each cluster, and those whose distances count.
    distances : ndarray of shape (1 + RESAMPLES, k)
        The sum of the distances that count.
    """

    people: np.ndarray
    measured: np.ndarray
    distances: np.ndarray


def resampled(cohort: pd.DataFrame, medoids: np.ndarray, k: int) -> Resampled:
    """Draw a cohort again and again.

    Everybody is drawn a Poisson number of times with mean 1, as by drawing with replacement from many people (the
    Poisson bootstrap: Chamandy, Muralidharan, Najmi and Naidu 2012). The number comes from a hash of the id, so it
    depends neither on the order of the rows nor on who else is there.

    Parameters
    ----------
    cohort : pandas.DataFrame
        offender_id, cluster, distance.
    medoids : ndarray of str
        People whose distances do not count.
    k : int
        Number of clusters.
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
    """Give how often each person is drawn in a resample.

    Parameters
    ----------
    hashes : ndarray of uint64, shape (n,)
        Of the ids.
    number : int
        Which resample, from 1.
    """
    scattered = mix(hashes ^ mix(np.array([number], dtype=np.uint64)))
    drawn: np.ndarray = TIMES[scattered >> np.uint64(64 - BITS)]
    return drawn
