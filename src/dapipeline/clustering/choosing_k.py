"""Choosing k: what every number of clusters in a range has to say for itself."""

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

MOST = 150_000  # people: a larger cohort is represented by so many
REFERENCES = 10
PART_OF_HALVES = 0.9  # of the time that one k takes: fits on everyone and on halves; the rest is random data
MOST_IN_HALF, MOST_IN_REFERENCE = 8_000, 4_000  # people, so that k from 2 to 40 takes minutes and not hours
COLUMNS = [
    "k", "loss", "silhouette", "gap", "gap_error", "stability", "stable_clusters", "unstable_clusters", "stable_share"
]  # fmt: skip


@dataclass(frozen=True)
class Trials:
    """What was measured for every k.

    Attributes
    ----------
    table : pandas.DataFrame
        k; loss, the weighted mean distance to the medoid; silhouette; gap and gap_error; stability, the mean over
        the clusters; stable_clusters and unstable_clusters, how many are at least stable and how many are not even
        doubtful; stable_share, the share of people in clusters that are at least stable.
    clusters : pandas.DataFrame
        k and the table of `cluster_stability`, with the size of each cluster: a row for each cluster of each k.
    people, people_in_half, people_in_reference : int
        How many offenders loss and silhouette were measured on, how many each half has, and how many the gap was
        measured on.
    """

    table: pd.DataFrame
    clusters: pd.DataFrame
    people: int
    people_in_half: int
    people_in_reference: int


@dataclass(frozen=True)
class Evidence:
    """Which k each measure points to; None where it points to none in the range.

    Attributes
    ----------
    silhouette : int
        The highest medoid silhouette.
    gap : int or None
        The first whose gap is at least the next one's less its standard error.
    stability : int or None
        The largest at which at least half of the clusters are stable. Of clusters and not of people, for one
        cluster may hold half of the people.
    half_of_fall : int
        The first that brings half of the fall in loss from the first k to the last.
    """

    silhouette: int
    gap: int | None
    stability: int | None
    half_of_fall: int


def range_of_k(first: int, last: int) -> range:
    """Give every k from first to last.

    Raises
    ------
    ConfigError
        C024 where the first is larger than the last.
    """
    if first > last:
        raise ConfigError("C024", f"--from is {first}, which is more than --to, {last}.", "Exchange them.")
    return range(first, last + 1)


def try_ks(
    scores: np.ndarray, weights: np.ndarray, ids: np.ndarray, ks: range, settings: Clustering, say: Say
) -> Trials:
    """Cluster the offenders into every number of clusters in turn and measure what comes of it.

    The loss is that of a run with that k where there are up to 150,000 offenders, and the stability up to 16,000,
    above which a run can afford larger halves. Every fit starts afresh.

    Parameters
    ----------
    scores : ndarray of shape (n_offenders, n_components)
    weights : ndarray of shape (n_offenders,)
    ids : ndarray of str, shape (n_offenders,)
    ks : range
        Each at least 2.
    settings : Clustering
        Solver and seed; its k has no say.
    say : callable
        Told how far it is.

    Raises
    ------
    CohortError
        D108 where there are not enough different offenders for the largest k.
    """
    order = np.argsort(ids)  # sums then run over the same people in the same order
    everyone = order[draw_people(ids[order], min(len(ids), MOST), settings.seed)]
    scores, weights, ids = scores[everyone], weights[everyone], ids[everyone]
    distinct = len(np.unique(scores, axis=0))
    if distinct < ks[-1]:
        raise CohortError(
            "D108",
            f"The {len(ids):,} offenders have only {distinct:,} different feature vectors, too few for k = {ks[-1]}.",
            "Give a lower --to.",
        )
    part = draw_people(ids, min(len(ids), MOST_IN_REFERENCE), settings.seed)
    references = [uniform_reference(scores[part], settings.seed, number) for number in range(REFERENCES)]
    rows, clusters = [], []
    for k in ks:
        steps = partial(_say_within, say, k, ks)
        steps("everyone", 0.0)
        found = find_medoids(scores, weights, ids, k, settings)
        order = by_size(found.labels_, ids[found.medoid_indices_])
        distances = plain_distances(scores, found.cluster_centers_[order])
        labels = distances.argmin(axis=1) + 1
        table = cluster_stability(scores, weights, ids, labels, settings.seed, steps, MOST_IN_HALF, settings.metric)
        table.insert(1, "size", np.bincount(labels)[1:])
        loss = float(found.inertia_ / weights.sum())
        steps("random data", 1.0)
        losses = [_loss(x, weights[part], ids[part], k, settings) for x in (scores[part], *references)]
        width, error = gap(losses[0], np.array(losses[1:]))
        rows.append((k, loss, medoid_silhouette(distances, weights), width, error, *_summarised(table)))
        clusters.append(table.assign(k=k)[["k", *table.columns]])
    return Trials(
        pd.DataFrame(rows, columns=COLUMNS),
        pd.concat(clusters, ignore_index=True),
        people=len(ids),
        people_in_half=people_in_half(len(ids), MOST_IN_HALF),
        people_in_reference=len(part),
    )


def weigh(table: pd.DataFrame) -> Evidence:
    """Say which k each measure points to.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `Trials`.
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
    """Say how far the trial of one k is, as a share of all trials, each of which takes time in proportion to its k."""
    done = sum(ks[: ks.index(k)]) + k * PART_OF_HALVES * (share or 0.0)
    say(f"k = {k}, up to {ks[-1]}, {text}", done / sum(ks))


def _loss(scores: np.ndarray, weights: np.ndarray, ids: np.ndarray, k: int, settings: Clustering) -> float:
    """Cluster afresh and give the weighted mean distance to the medoid, in the metric."""
    found = cluster_sample(scores, weights, ids, k, settings.seed, settings.metric)
    return float(found.inertia_ / weights.sum())


def _summarised(table: pd.DataFrame) -> tuple[float, int, int, float]:
    """Give the mean stability, how many clusters are stable and how many unstable, and the people in stable ones."""
    stable = table["stability"] >= STABLE
    people = table["size"]
    return (
        float(table["stability"].mean()),
        int(stable.sum()),
        int((table["stability"] < UNSTABLE).sum()),
        float(people[stable].sum() / people.sum()),
    )
