"""From feature vectors to clusters: weights, scaling, components, medoids and who belongs where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.clustering.components import Components, fit_components
from dapipeline.clustering.scaling import Scaling, fit_scaling
from dapipeline.config import Clustering
from dapipeline.errors import CohortError
from dapipeline.kmedoids.distances import plain_distances
from dapipeline.kmedoids.estimator import KMedoids


@dataclass(frozen=True)
class Space:
    """Where offenders stand: near each other where their features are alike.

    Attributes
    ----------
    scaling : Scaling
    components : Components
    scores : ndarray of shape (n_offenders, n_components)
        Each offender's place.
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
        offender_id, cluster, distance to its medoid, second_cluster, margin (how much further the
        second medoid is), sorted by offender_id. Clusters count from 1, the largest first.
    medoids : pandas.DataFrame
        cluster, offender_id of its medoid, and the component scores.
    space : Space
        In which distances were measured.
    loss : float
        Weighted mean distance to the medoid, or squared distance where that is what was made least.
    """

    assignments: pd.DataFrame
    medoids: pd.DataFrame
    space: Space
    loss: float


def offender_weights(vectors: pd.DataFrame, weight: str) -> np.ndarray:
    """What each offender counts in the k-medoids objective.

    Parameters
    ----------
    vectors : pandas.DataFrame
        Has incidents, da_severity_total and non_da_severity_total where they are asked for.
    weight : {"none", "root_incidents", "incidents", "harm"}
        1, the square root of the number of incidents (halfway between counting people and counting
        incidents), the number itself, or 1 plus the severity of all incidents.

    Raises
    ------
    CohortError
        D105 where harm is asked for and the extract has no offences to take severity from.
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


def place_offenders(vectors: pd.DataFrame, kinds: Mapping[str, str], settings: Clustering) -> Space:
    """Scale feature vectors and project them to their principal components.

    Parameters
    ----------
    vectors : pandas.DataFrame
        The features in `kinds`, complete.
    kinds : mapping of str to str
        Feature to its declared kind.
    settings : Clustering
        Share of the variance, or number of components.
    """
    scaling = fit_scaling(vectors, kinds)
    scaled = scaling.apply(vectors)
    size = settings.components if settings.components is not None else settings.variance
    components = fit_components(scaled, list(kinds), 1.0 if size is None else size)
    return Space(scaling, components, components.scores(scaled))


def find_medoids(scores: np.ndarray, weights: np.ndarray, ids: np.ndarray, k: int, settings: Clustering) -> KMedoids:
    """Run k-medoids on everyone, with the metric, solver and seed of the settings and any k."""
    candidates = None if settings.candidates is None else max(settings.candidates, k)
    solver = KMedoids(
        n_clusters=k, solver=settings.solver, metric=settings.metric, candidates=candidates, random_state=settings.seed
    )
    return solver.fit(scores, sample_weight=weights, ids=ids)


def cluster_offenders(
    vectors: pd.DataFrame, kinds: Mapping[str, str], weights: np.ndarray, settings: Clustering
) -> Clusters:
    """Scale, project and group feature vectors.

    Parameters
    ----------
    vectors : pandas.DataFrame
        offender_id and the features in `kinds`, complete, sorted by offender_id.
    kinds : mapping of str to str
        Feature to its declared kind.
    weights : ndarray of shape (n_offenders,)
        From `offender_weights`.
    settings : Clustering
        Number of clusters and components, solver and seed.

    Raises
    ------
    CohortError
        D106 where there are fewer offenders than clusters, D107 where too many of them are alike.
    """
    if len(vectors) < settings.k:
        raise CohortError(
            "D106",
            f"There are {len(vectors):,} offenders to cluster, fewer than the {settings.k} clusters asked for.",
            "Set clustering.k lower.",
        )
    space = place_offenders(vectors, kinds, settings)
    scores = space.scores
    _check_distinct(scores, settings.k)
    ids = vectors["offender_id"].to_numpy()
    solver = find_medoids(scores, weights, ids, settings.k, settings)
    order = by_size(solver.labels_, ids[solver.medoid_indices_])
    distances = plain_distances(scores, solver.cluster_centers_[order])
    assignments = assign_to_nearest(ids, distances)
    medoids = pd.DataFrame(
        {
            "cluster": np.arange(1, settings.k + 1),
            "offender_id": ids[solver.medoid_indices_][order],
        }
    )
    medoids[space.components.names] = scores[solver.medoid_indices_][order]
    loss = float(solver.inertia_ / weights.sum())
    return Clusters(assignments, medoids, space, loss)


def _check_distinct(scores: np.ndarray, k: int) -> None:
    distinct = len(np.unique(scores, axis=0))
    if distinct < k:
        raise CohortError(
            "D107",
            f"The offenders have only {distinct:,} different feature vectors, fewer than the {k} clusters asked for.",
            "Set clustering.k lower.",
        )


def by_size(labels: np.ndarray, medoid_ids: np.ndarray) -> np.ndarray:
    """Order clusters by size, largest first, then by the id of the medoid.

    Parameters
    ----------
    labels : ndarray of int, shape (n_offenders,)
    medoid_ids : ndarray of str, shape (k,)

    Returns
    -------
    ndarray of int64, shape (k,)
    """
    sizes = np.bincount(labels, minlength=len(medoid_ids))
    return np.array(sorted(range(len(medoid_ids)), key=lambda c: (-sizes[c], medoid_ids[c])), dtype=np.int64)


def assign_to_nearest(ids: np.ndarray, distances: np.ndarray) -> pd.DataFrame:
    """Find everybody's nearest and second cluster.

    Parameters
    ----------
    ids : ndarray of str, shape (n_offenders,)
    distances : ndarray of shape (n_offenders, k)
        To each medoid, cluster 1 first.

    Returns
    -------
    pandas.DataFrame
        As `Clusters.assignments`, in the order of the ids; with one cluster it is the second as well.
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
