"""Choosing k: the loss, silhouette, gap statistic and stability for every number of clusters in a range."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from dapipeline.clustering.clusters import by_size, find_medoids
from dapipeline.clustering.gap import first_sufficient_k, gap, uniform_reference
from dapipeline.clustering.sampling import cluster_sample, draw_people
from dapipeline.clustering.silhouette import medoid_silhouette
from dapipeline.clustering.stability import STABLE, UNSTABLE, cluster_stability, people_in_half
from dapipeline.config import Clustering
from dapipeline.errors import CohortError, ConfigError
from dapipeline.kmedoids.distances import plain_distances
from dapipeline.say import Say

MOST = 150_000  # people; of a larger cohort a sample of this size is clustered
REFERENCES = 10  # data sets without clusters for the gap statistic
PART_OF_HALVES = 0.9  # share of the time for one k until the halves are done; the rest goes to the gap statistic
MOST_IN_HALF, MOST_IN_REFERENCE = 8_000, 4_000  # people; with more, k from 2 to 40 would take hours, not minutes
COLUMNS = [
    "k", "loss", "silhouette", "gap", "gap_error", "stability", "stable_clusters", "unstable_clusters", "stable_share"
]  # fmt: skip


@dataclass(frozen=True)
class Trials:
    """What was measured for every k.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per k: k; loss, the weighted mean distance to the medoid; silhouette; gap, the gap statistic, and
        gap_error, its standard error; stability, the mean over the clusters; stable_clusters, the number in the bands
        stable and highly stable; unstable_clusters, the number in the band unstable; stable_share, the share of people
        in stable_clusters.
    clusters : pandas.DataFrame
        One row per k and cluster: k, size (people) and the columns of `cluster_stability`.
    people, people_in_half, people_in_reference : int
        Number of offenders on whom loss and silhouette were measured, in each half, and in the sample for the gap
        statistic.
    """

    table: pd.DataFrame
    clusters: pd.DataFrame
    people: int
    people_in_half: int
    people_in_reference: int


@dataclass(frozen=True)
class Evidence:
    """The k that each measure points to, or None if it points to none in the range.

    Attributes
    ----------
    silhouette : int
        The k with the highest medoid silhouette.
    gap : int or None
        From `first_sufficient_k`.
    stability : int or None
        The largest k at which at least half of the clusters are stable. Clusters are counted and not people, because
        one cluster may hold half of the people.
    half_of_fall : int
        The first k at which half of the fall in loss from the first k to the last has been reached.
    """

    silhouette: int
    gap: int | None
    stability: int | None
    half_of_fall: int


def range_of_k(first: int, last: int) -> range:
    """Return every k from first to last.

    Parameters
    ----------
    first, last : int
        Both included.

    Returns
    -------
    range

    Raises
    ------
    ConfigError
        C024 if the first is larger than the last.
    """
    if first > last:
        raise ConfigError("C024", f"--from is {first}, which is more than --to, {last}.", "Exchange them.")
    return range(first, last + 1)


def try_ks(
    scores: np.ndarray, weights: np.ndarray, ids: np.ndarray, ks: range, settings: Clustering, say: Say
) -> Trials:
    """Cluster the offenders into every number of clusters in turn, and measure each result.

    Up to 150,000 offenders, the loss is that of a run with the same k; up to 16,000, so is the stability (a run has
    time for larger halves). Every fit starts from scratch.

    Parameters
    ----------
    scores : ndarray of shape (n_offenders, n_components)
        Places of the offenders in the space of principal components.
    weights : ndarray of shape (n_offenders,)
        From `offender_weights`.
    ids : ndarray of str, shape (n_offenders,)
        offender_id of each row.
    ks : range
        Each at least 2.
    settings : Clustering
        Solver, metric and seed; its k is not used.
    say : callable
        Receives progress messages.

    Returns
    -------
    Trials

    Raises
    ------
    CohortError
        D108 if there are too few different feature vectors for the largest k.
    """
    by_id = np.argsort(ids)  # with the people always in the same order, sums agree to the last digit
    everyone = by_id[draw_people(ids[by_id], min(len(ids), MOST), settings.seed)]
    scores, weights, ids = scores[everyone], weights[everyone], ids[everyone]
    distinct = len(np.unique(scores, axis=0))
    if distinct < ks[-1]:
        raise CohortError(
            "D108",
            f"The {len(ids):,} offenders have only {distinct:,} different feature vectors, too few for k = {ks[-1]}.",
            "Give a lower --to.",
        )
    for_gap = draw_people(ids, min(len(ids), MOST_IN_REFERENCE), settings.seed)
    references = [uniform_reference(scores[for_gap], settings.seed, number) for number in range(REFERENCES)]
    rows, clusters = [], []
    for k in ks:
        steps = partial(_say_within, say, k, ks)
        steps("everyone", 0.0)
        found = find_medoids(scores, weights, ids, k, settings)
        largest_first = by_size(found.labels_, ids[found.medoid_indices_])
        distances = plain_distances(scores, found.cluster_centers_[largest_first])
        labels = distances.argmin(axis=1) + 1
        table = cluster_stability(scores, weights, ids, labels, settings.seed, steps, MOST_IN_HALF, settings.metric)
        table.insert(1, "size", np.bincount(labels)[1:])
        loss = float(found.inertia_ / weights.sum())
        steps("random data", 1.0)
        losses = [_loss(x, weights[for_gap], ids[for_gap], k, settings) for x in (scores[for_gap], *references)]
        statistic, error = gap(losses[0], np.array(losses[1:]))
        rows.append((k, loss, medoid_silhouette(distances, weights), statistic, error, *_summarised(table)))
        clusters.append(table.assign(k=k)[["k", *table.columns]])
    return Trials(
        pd.DataFrame(rows, columns=COLUMNS),
        pd.concat(clusters, ignore_index=True),
        people=len(ids),
        people_in_half=people_in_half(len(ids), MOST_IN_HALF),
        people_in_reference=len(for_gap),
    )


def weigh(table: pd.DataFrame) -> Evidence:
    """Find the k that each measure points to.

    Parameters
    ----------
    table : pandas.DataFrame
        `Trials.table`.

    Returns
    -------
    Evidence
    """
    half = table["loss"].iloc[0] - (table["loss"].iloc[0] - table["loss"].iloc[-1]) / 2
    steady = table.loc[2 * table["stable_clusters"] >= table["k"], "k"]
    return Evidence(
        silhouette=int(table.loc[table["silhouette"].idxmax(), "k"]),
        gap=first_sufficient_k(table),
        stability=int(steady.iloc[-1]) if len(steady) else None,
        half_of_fall=int(table.loc[table["loss"] <= half, "k"].iloc[0]),
    )


def _say_within(say: Say, k: int, ks: range, text: str, share: float | None = None) -> None:
    """Report the progress of one k as a share of all trials; the time for each is taken to be in proportion to k."""
    done = sum(ks[: ks.index(k)]) + k * PART_OF_HALVES * (share or 0.0)
    say(f"k = {k}, up to {ks[-1]}, {text}", done / sum(ks))


def _loss(scores: np.ndarray, weights: np.ndarray, ids: np.ndarray, k: int, settings: Clustering) -> float:
    """Cluster from scratch and return the weighted mean distance to the medoid, in the metric."""
    found = cluster_sample(scores, weights, ids, k, settings.seed, settings.metric)
    return float(found.inertia_ / weights.sum())


def _summarised(table: pd.DataFrame) -> tuple[float, int, int, float]:
    """Return the mean stability, the numbers of stable and unstable clusters, and the share of people in the former."""
    stable = table["stability"] >= STABLE
    people = table["size"]
    return (
        float(table["stability"].mean()),
        int(stable.sum()),
        int((table["stability"] < UNSTABLE).sum()),
        float(people[stable].sum() / people.sum()),
    )
