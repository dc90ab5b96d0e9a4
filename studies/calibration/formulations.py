"""Ways to find groups, compared by whether they set apart the rarest: high harm offenders.

A formulation takes a cohort's vectors, the kinds of the features, what each offender counts by the name of the weight,
the ids and the clustering settings, and returns the cluster of each offender. None sees what was planted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from dapipeline.clustering.clusters import find_medoids, place_offenders
from dapipeline.clustering.scaling import SKEWED
from dapipeline.config import Clustering

Weights = Mapping[str, np.ndarray]
Formulation = Callable[[pd.DataFrame, Mapping[str, str], Weights, np.ndarray, Clustering], np.ndarray]

TAIL = 0.01  # share of the offenders who are clustered apart where the tail is
TRANSFORM = "log1p"  # as every force on the page was measured
LOOSE = 2.0  # times the cohort's mean distance to the medoid, above which a cluster is split


def _groups(
    vectors: pd.DataFrame, kinds: Mapping[str, str], weight: np.ndarray, ids: np.ndarray, settings: Clustering, k: int
) -> tuple[np.ndarray, np.ndarray]:
    """Scale, project and cluster some offenders among themselves.

    Parameters
    ----------
    vectors : pandas.DataFrame
        Their features, complete.
    kinds : mapping of str to str
    weight : ndarray of shape (n,)
    ids : ndarray of str, shape (n,)
    settings : Clustering
        All but k and the weight.
    k : int

    Returns
    -------
    labels : ndarray of int64, shape (n,)
        From 0.
    distances : ndarray of shape (n,)
        To the medoid.
    """
    scores = place_offenders(vectors, kinds, settings, TRANSFORM).scores
    found = find_medoids(scores, weight, ids, min(k, len(np.unique(scores, axis=0))), settings)
    return found.labels_, np.linalg.norm(scores - found.cluster_centers_[found.labels_], axis=1)


def _untransformed(kinds: Mapping[str, str]) -> dict[str, str]:
    """Return the kinds with those on a log scale replaced by one that is not transformed."""
    return {name: "as it is" if kind in SKEWED else kind for name, kind in kinds.items()}


def _weighted(weight: Callable[[Weights], np.ndarray], *, log: bool = True) -> Formulation:
    """Cluster everybody by k-medoids, with the given weight."""

    def formulation(
        vectors: pd.DataFrame, kinds: Mapping[str, str], weights: Weights, ids: np.ndarray, settings: Clustering
    ) -> np.ndarray:
        seen = kinds if log else _untransformed(kinds)
        return _groups(vectors, seen, weight(weights), ids, settings, settings.k)[0]

    return formulation


def _squared(formulation: Formulation, times: int = 1) -> Formulation:
    """Minimise squared distances instead of distances, with `times` as many clusters."""

    def its_square(
        vectors: pd.DataFrame, kinds: Mapping[str, str], weights: Weights, ids: np.ndarray, settings: Clustering
    ) -> np.ndarray:
        its_own = settings.model_copy(update={"metric": "sqeuclidean", "k": times * settings.k})
        return formulation(vectors, kinds, weights, ids, its_own)

    return its_square


def _split_by_loss(
    vectors: pd.DataFrame, kinds: Mapping[str, str], weights: Weights, ids: np.ndarray, settings: Clustering
) -> np.ndarray:
    """Cluster the members of the cluster with the largest weighted loss again, among themselves.

    It gets as many clusters as its share of the whole loss is worth, at least two.
    """
    weight = weights["incidents"]
    labels, distances = _groups(vectors, kinds, weight, ids, settings, settings.k)
    losses = np.bincount(labels, weights=weight * distances)
    worst = int(losses.argmax())
    pieces = max(2, round(settings.k * losses[worst] / losses.sum()))
    return _split(labels, worst, pieces, vectors, kinds, weight, ids, settings)[0]


def split_loose(
    vectors: pd.DataFrame, kinds: Mapping[str, str], weights: Weights, ids: np.ndarray, settings: Clustering
) -> np.ndarray:
    """Split in two, again and again, every cluster whose members lie far from its medoid.

    Far is twice the cohort's mean distance, each member counted once and measured as on the first level; nobody is
    left in a cluster smaller than the number of first-level clusters.
    """
    weight = weights["incidents"]
    scores = place_offenders(vectors, kinds, settings, TRANSFORM).scores
    labels = find_medoids(scores, weight, ids, settings.k, settings).labels_
    tried: set[int] = set()
    bound = LOOSE * _mean_distances(scores, labels).mean()
    while True:
        loose = _mean_distances(scores, labels)
        sizes = np.bincount(labels)
        open_ = [c for c in range(len(sizes)) if c not in tried and loose[c] > bound and sizes[c] >= 2 * settings.k]
        if not open_:
            return labels
        worst = max(open_, key=lambda c: loose[c])
        split, smallest = _split(labels, worst, 2, vectors, kinds, weight, ids, settings)
        if smallest < settings.k:
            tried.add(worst)
        else:
            labels = split


def _split_most_harmful(pieces: int) -> Formulation:
    """Cluster the members of the cluster with the greatest mean severity again, among themselves; k in all."""

    def formulation(
        vectors: pd.DataFrame, kinds: Mapping[str, str], weights: Weights, ids: np.ndarray, settings: Clustering
    ) -> np.ndarray:
        weight = weights["incidents"]
        labels, _ = _groups(vectors, kinds, weight, ids, settings, settings.k - pieces + 1)
        severity = vectors["da_severity_total"] + vectors["non_da_severity_total"]
        worst = int(severity.groupby(labels).mean().idxmax())
        return _split(labels, worst, pieces, vectors, kinds, weight, ids, settings)[0]

    return formulation


def tail_apart(rank: Callable[[pd.DataFrame], pd.Series]) -> Formulation:
    """Cluster the top hundredth by some measure apart, on untransformed features.

    Of the k clusters each part gets as many as its share of all incidents is worth, at least two.
    """

    def formulation(
        vectors: pd.DataFrame, kinds: Mapping[str, str], weights: Weights, ids: np.ndarray, settings: Clustering
    ) -> np.ndarray:
        order = np.lexsort((ids.astype(str), -rank(vectors).to_numpy()))
        tail = np.zeros(len(vectors), dtype=bool)
        tail[order[: max(2 * settings.k, round(TAIL * len(vectors)))]] = True
        weight = weights["incidents"]
        pieces = max(2, round(settings.k * weight[tail].sum() / weight.sum()))
        labels = np.empty(len(vectors), dtype=np.int64)
        for part, k, seen in ((tail, pieces, _untransformed(kinds)), (~tail, settings.k - pieces, kinds)):
            labels[part] = _groups(vectors[part], seen, weight[part], ids[part], settings, k)[0]
        labels[tail] += settings.k - pieces
        return labels

    return formulation


def _split(
    labels: np.ndarray, cluster: int, pieces: int, vectors: pd.DataFrame, kinds: Mapping[str, str],
    weight: np.ndarray, ids: np.ndarray, settings: Clustering,
) -> tuple[np.ndarray, int]:  # fmt: skip
    """Cluster one cluster's members among themselves; also return the size of the smallest piece."""
    members = labels == cluster
    inner = _groups(vectors[members], kinds, weight[members], ids[members], settings, pieces)[0]
    split = labels.copy()
    split[members] = np.where(inner == 0, cluster, labels.max() + inner)
    return split, int(np.bincount(inner).min())


def _mean_distances(scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Compute the mean distance of each cluster's members to their mean."""
    sizes = np.bincount(labels)
    centres = pd.DataFrame(scores).groupby(labels).mean().to_numpy()
    return np.bincount(labels, weights=np.linalg.norm(scores - centres[labels], axis=1)) / sizes


NONE = _weighted(lambda weights: weights["none"])
ROOT = _weighted(lambda weights: weights["root_incidents"])
INCIDENTS = _weighted(lambda weights: weights["incidents"])
HARM = _weighted(lambda weights: weights["harm"])

FORMULATIONS: dict[str, Formulation] = {
    "none": NONE,
    "incidents": INCIDENTS,
    "harm": HARM,
    "none, squared": _squared(NONE),
    "incidents, squared": _squared(INCIDENTS),
    "harm, squared": _squared(HARM),
    "root_incidents, squared, 2 k": _squared(ROOT, 2),
    "root_incidents, squared, 3 k": _squared(ROOT, 3),
    "incidents, squared, 2 k": _squared(INCIDENTS, 2),
    "incidents, squared, 3 k": _squared(INCIDENTS, 3),
    "harm, squared, 3 k": _squared(HARM, 3),
    "incidents, untransformed": _weighted(lambda weights: weights["incidents"], log=False),
    "incidents to the 1.5": _weighted(lambda weights: weights["incidents"] ** 1.5),
    "incidents times harm": _weighted(lambda weights: weights["incidents"] * weights["harm"]),
    "split by loss": _split_by_loss,
    "split while loose": split_loose,
    "most harmful in 2": _split_most_harmful(2),
    "most harmful in 3": _split_most_harmful(3),
    "most harmful in 3, squared": _squared(_split_most_harmful(3)),
    "top 1% by DA incidents apart": tail_apart(lambda vectors: vectors["da_incidents"]),
    "top 1% by severity apart": tail_apart(
        lambda vectors: vectors["da_severity_total"] + vectors["non_da_severity_total"]
    ),
}
