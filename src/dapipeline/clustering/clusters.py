"""From feature vectors to clusters: weights, scaling, components, medoids and the cluster of each offender."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.clustering.components import Components, fit_components
from dapipeline.clustering.optional_solver import check_sklearn_extra
from dapipeline.clustering.scaling import Scaling, fit_scaling
from dapipeline.config import Clustering
from dapipeline.errors import CohortError
from dapipeline.kmedoids.distances import plain_distances
from dapipeline.kmedoids.estimator import KMedoids

MANY, LARGE, FEWER, PEOPLE_EACH = 60, 8_000, 40, 40  # clusters, people, clusters, people: `clusters_for`


@dataclass(frozen=True)
class Space:
    """The space in which distances are measured: offenders with similar features are near each other.

    Attributes
    ----------
    scaling : Scaling
    components : Components
    scores : ndarray of shape (n_offenders, n_components)
        The coordinates of each offender.
    """

    scaling: Scaling
    components: Components
    scores: np.ndarray


@dataclass(frozen=True)
class Clusters:
    """A clustering of the cohort.

    Attributes
    ----------
    assignments : pandas.DataFrame
        One row per offender: offender_id, cluster, distance to its medoid, second_cluster, margin (how much farther
        the medoid of second_cluster is). Clusters are numbered from 1, the largest first.
    medoids : pandas.DataFrame
        One row per cluster: cluster, offender_id of its medoid, and the component scores of the medoid.
    space : Space
        The space in which distances were measured.
    loss : float
        Weighted mean distance to the medoid; squared distance if the metric is sqeuclidean.
    """

    assignments: pd.DataFrame
    medoids: pd.DataFrame
    space: Space
    loss: float


def offender_weights(vectors: pd.DataFrame, weight: str) -> np.ndarray:
    """Compute how much each offender counts in the k-medoids loss.

    Parameters
    ----------
    vectors : pandas.DataFrame
        One row per offender, with the columns that the weight needs: incidents, or da_severity_total and
        non_da_severity_total.
    weight : {"none", "root_incidents", "incidents", "harm"}
        "none" counts people: 1 each. "incidents" counts incidents. "root_incidents" is their square root, halfway
        between the two. "harm" is 1 plus the total severity of all incidents.

    Returns
    -------
    ndarray of float64, shape (n_offenders,)

    Raises
    ------
    CohortError
        D105 if the weight is harm and the extract has no offences from which to take severity.
    """
    if weight == "none":
        return np.ones(len(vectors))
    if weight in ("incidents", "root_incidents"):
        incidents = vectors["incidents"].to_numpy(dtype=np.float64)
        return np.sqrt(incidents) if weight == "root_incidents" else incidents
    totals = ["da_severity_total", "non_da_severity_total"]
    if not set(totals) <= set(vectors.columns):
        raise CohortError(
            "D105", "clustering.weight is harm, but no severity can be computed.", "Choose incidents or none."
        )
    return 1.0 + vectors[totals].to_numpy(dtype=np.float64).sum(axis=1)


def place_offenders(vectors: pd.DataFrame, kinds: Mapping[str, str], settings: Clustering, transform: str) -> Space:
    """Scale feature vectors and project them to their principal components.

    Parameters
    ----------
    vectors : pandas.DataFrame
        One row per offender, with the features in `kinds` and no missing value.
    kinds : mapping of str to str
        The declared kind of each feature.
    settings : Clustering
        The share of variance, or the number of components, to keep.
    transform : str
        A key of `scaling.TRANSFORMS`.

    Returns
    -------
    Space
    """
    scaling = fit_scaling(vectors, kinds, transform)
    scaled = scaling.apply(vectors)
    size = settings.components if settings.components is not None else settings.variance
    components = fit_components(scaled, list(kinds), 1.0 if size is None else size)
    return Space(scaling, components, components.scores(scaled))


def find_medoids(scores: np.ndarray, weights: np.ndarray, ids: np.ndarray, k: int, settings: Clustering) -> KMedoids:
    """Run k-medoids with the metric, solver and seed of the settings, and any k.

    Parameters
    ----------
    scores : ndarray of shape (n_offenders, n_components)
    weights : ndarray of shape (n_offenders,)
        Above zero.
    ids : ndarray of str, shape (n_offenders,)
        offender_id of each row.
    k : int
        Number of clusters.
    settings : Clustering
        Its own k is not used.

    Returns
    -------
    KMedoids
        Fitted.

    Raises
    ------
    ConfigError
        C021, C022, C023 or X001 if the solver sklearn_extra cannot be used (`check_sklearn_extra`).
    """
    candidates = None if settings.candidates is None else max(settings.candidates, k)
    if settings.solver == "sklearn_extra":
        check_sklearn_extra(scores, weights, candidates)
    solver = KMedoids(
        n_clusters=k, solver=settings.solver, metric=settings.metric, candidates=candidates, random_state=settings.seed
    )
    return solver.fit(scores, sample_weight=weights, ids=ids)


def cluster_offenders(
    vectors: pd.DataFrame, kinds: Mapping[str, str], weights: np.ndarray, settings: Clustering, transform: str
) -> Clusters:
    """Scale feature vectors, project them to their principal components and cluster them.

    Parameters
    ----------
    vectors : pandas.DataFrame
        One row per offender, sorted by offender_id, with the features in `kinds` and no missing value.
    kinds : mapping of str to str
        The declared kind of each feature.
    weights : ndarray of shape (n_offenders,)
        From `offender_weights`.
    settings : Clustering
        Number of clusters and components, metric, solver and seed.
    transform : str
        A key of `scaling.TRANSFORMS`.

    Returns
    -------
    Clusters

    Raises
    ------
    CohortError
        D106 if there are fewer offenders than clusters, D107 if there are fewer different feature vectors than
        clusters.
    """
    k = clusters_for(settings.k, len(vectors))
    if len(vectors) < k:
        raise CohortError(
            "D106",
            f"There are {len(vectors):,} offenders to cluster, fewer than the {k} clusters asked for.",
            "Set clustering.k lower.",
        )
    space = place_offenders(vectors, kinds, settings, transform)
    scores = space.scores
    _check_distinct(scores, k)
    ids = vectors["offender_id"].to_numpy()
    solver = find_medoids(scores, weights, ids, k, settings)
    largest_first = by_size(solver.labels_, ids[solver.medoid_indices_])
    distances = plain_distances(scores, solver.cluster_centers_[largest_first])
    assignments = assign_to_nearest(ids, distances)
    medoids = pd.DataFrame(
        {
            "cluster": np.arange(1, k + 1),
            "offender_id": ids[solver.medoid_indices_][largest_first],
        }
    )
    medoids[space.components.names] = scores[solver.medoid_indices_][largest_first]
    loss = float(solver.inertia_ / weights.sum())
    return Clusters(assignments, medoids, space, loss)


def clusters_for(k: int | str, offenders: int) -> int:
    """Return the number of clusters for a cohort.

    Parameters
    ----------
    k : int or "auto"
        From the settings.
    offenders : int
        People in the cohort.

    Returns
    -------
    int
        k where it is a number; "auto" is 60 from 8,000 people on and 40 below, and in cohorts below 1,600 people one
        for every 40 of them, at least 1: docs/decisions/names_by_members.md.
    """
    if k != "auto":
        return int(k)
    return MANY if offenders >= LARGE else min(FEWER, max(1, offenders // PEOPLE_EACH))


def _check_distinct(scores: np.ndarray, k: int) -> None:
    """Raise D107 if there are fewer different feature vectors than clusters."""
    distinct = len(np.unique(scores, axis=0))
    if distinct < k:
        raise CohortError(
            "D107",
            f"The offenders have only {distinct:,} different feature vectors, fewer than the {k} clusters asked for.",
            "Set clustering.k lower.",
        )


def by_size(labels: np.ndarray, medoid_ids: np.ndarray) -> np.ndarray:
    """Order clusters by number of offenders, largest first, then by the id of the medoid.

    Parameters
    ----------
    labels : ndarray of int, shape (n_offenders,)
        Cluster of each offender, from 0.
    medoid_ids : ndarray of str, shape (k,)
        offender_id of the medoid of each cluster.

    Returns
    -------
    ndarray of int64, shape (k,)
        The labels, that of the largest cluster first.
    """
    sizes = np.bincount(labels, minlength=len(medoid_ids))
    return np.array(sorted(range(len(medoid_ids)), key=lambda c: (-sizes[c], medoid_ids[c])), dtype=np.int64)


def assign_to_nearest(ids: np.ndarray, distances: np.ndarray) -> pd.DataFrame:
    """Find the nearest and second nearest cluster of each offender.

    Parameters
    ----------
    ids : ndarray of str, shape (n_offenders,)
    distances : ndarray of shape (n_offenders, k)
        From each offender to each medoid, cluster 1 first.

    Returns
    -------
    pandas.DataFrame
        As `Clusters.assignments`, in the order of the ids. With a single cluster, second_cluster is that one too.
    """
    if distances.shape[1] == 1:
        nearest = second = np.zeros(len(distances), dtype=np.int64)
    else:
        nearest, second = np.argsort(distances, axis=1, kind="stable")[:, :2].T
    rows = np.arange(len(distances))
    distance = distances[rows, nearest]
    return pd.DataFrame(
        {
            "offender_id": ids,
            "cluster": nearest + 1,
            "distance": distance,
            "second_cluster": second + 1,
            "margin": distances[rows, second] - distance,
        }
    )
