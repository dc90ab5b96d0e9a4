"""Evaluates criteria for every cluster at once: value, threshold, whether each is met, and how well it fits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.clustering.scaling import SKEWED
from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.typology.averages import Averages
from dapipeline.typology.definitions import Criterion, Definitions

COLUMNS = [
    "cluster", "typology", "number", "criterion", "feature", "value", "threshold", "met", "required", "weight",
    "published", "fit",
]  # fmt: skip


@dataclass(frozen=True)
class Answers:
    """The results of one criterion in each cluster; all ndarrays of shape (n_clusters,).

    Attributes
    ----------
    value, threshold : ndarray of float
        In the unit of the feature; NaN where the feature is switched off.
    met : ndarray of bool
    fit : ndarray of float
        From 0 to 1. Where the study prints a figure: the smaller of value and figure divided by the larger, so that
        half as much and twice as much both fit by 0.5; a share above the printed one fits by 1. Elsewhere: 1 where the
        criterion is met, and where it is not the smaller of value and threshold divided by the larger.
    """

    value: np.ndarray
    threshold: np.ndarray
    met: np.ndarray
    fit: np.ndarray


def ask(criterion: Criterion, averages: Averages) -> Answers:
    """Evaluate one criterion for every cluster.

    Parameters
    ----------
    criterion : Criterion
    averages : Averages
        Of the clusters and the cohort.

    Returns
    -------
    Answers
        A criterion whose feature is switched off is not met, and its fit is 0.
    """
    of_clusters = averages.of_clusters[criterion.statistic]
    needed = [criterion.feature, *([criterion.times_feature[0]] if criterion.times_feature else [])]
    n_clusters = len(averages.clusters)
    if not set(needed) <= of_clusters.keys():
        unknown = np.full(n_clusters, np.nan)
        return Answers(unknown, unknown, np.zeros(n_clusters, dtype=bool), np.zeros(n_clusters))
    value = of_clusters[criterion.feature]
    threshold = np.broadcast_to(_threshold(criterion, averages), value.shape)
    met = value < threshold if _asks_less(criterion, averages) else value >= threshold
    if criterion.published is not None:
        fit = _ratio(value, np.full(n_clusters, criterion.published))
        return Answers(value, threshold, met, np.where(_exceeds(criterion, value), 1.0, fit))
    return Answers(value, threshold, met, np.where(met, 1.0, _ratio(value, threshold)))


def _ratio(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Divide the smaller by the larger; 0 where either is missing, zero or negative."""
    low, high = np.fmin(left, right), np.fmax(left, right)
    sound = ~np.isnan(left + right) & (low > 0)
    return np.divide(low, high, out=np.zeros(len(left)), where=sound)


def _threshold(criterion: Criterion, averages: Averages) -> float | np.ndarray:
    cohort = averages.cohort[criterion.feature]
    if criterion.comparison in ("cohort_quantile", "below_cohort_quantile"):
        return float(np.quantile(cohort, getattr(criterion, criterion.comparison)))
    times = criterion.times_cohort or criterion.below_times_cohort
    if times is not None:
        return float(cohort.mean()) * times
    if criterion.times_feature is not None:
        return averages.of_clusters[criterion.statistic][criterion.times_feature[0]] * criterion.times_feature[1]
    if criterion.comparison == "published":
        figure = float(criterion.published or 0)
        middle = midway(float(cohort.mean()), figure, BY_NAME[criterion.feature].kind)
        return min(middle, figure) if _is_share(criterion) else middle
    return float(getattr(criterion, criterion.comparison))


def _asks_less(criterion: Criterion, averages: Averages) -> bool:
    if criterion.comparison == "published":
        return not _is_share(criterion) and bool(averages.cohort[criterion.feature].mean() > criterion.published)
    return criterion.comparison.startswith("below")


def _is_share(criterion: Criterion) -> bool:
    return BY_NAME[criterion.feature].kind == "share"


def _exceeds(criterion: Criterion, value: np.ndarray) -> np.ndarray:
    """Return where a share is above the printed one: more of it is no less of the typology."""
    found: np.ndarray = _is_share(criterion) & (value >= (criterion.published or 0))
    return found


def midway(one: float, other: float, kind: str) -> float:
    """Compute the value halfway between two others; of counts, severities and durations, by their logarithms.

    Parameters
    ----------
    one, other : float
        In the units of the feature.
    kind : str
        Declared kind of the feature. For a skewed one, halfway is nearer to the smaller value.

    Returns
    -------
    float
        In the units of the feature.
    """
    ends = np.array([one, other])
    return float(np.expm1(np.log1p(np.maximum(ends, 0.0)).mean()) if kind in SKEWED else ends.mean())


def evaluate_criteria(averages: Averages, definitions: Definitions) -> pd.DataFrame:
    """Evaluate every criterion for every cluster, and lay out the answers.

    Parameters
    ----------
    averages : Averages
        Of the clusters and the cohort.
    definitions : Definitions

    Returns
    -------
    pandas.DataFrame
        One row per cluster and criterion, in the order of the definitions: cluster, typology, number (of the criterion
        within its typology, from 1; with cluster and typology it identifies the row), criterion (in words), feature,
        value, threshold, met, required, weight, published (the study's figure, missing where it prints none), fit (see
        `Answers`). A criterion whose feature is switched off is not met; its value is missing and its fit 0.
    """
    asked = [
        (key, number, criterion)
        for key, definition in definitions.typologies.items()
        for number, criterion in enumerate(definition.criteria, start=1)
    ]
    answers = [ask(criterion, averages) for _, _, criterion in asked]
    about = {
        "typology": [key for key, _, _ in asked],
        "number": [number for _, number, _ in asked],
        "criterion": [c.in_words() for _, _, c in asked],
        "feature": [c.feature for _, _, c in asked],
        "required": [c.required for _, _, c in asked],
        "weight": [c.weight for _, _, c in asked],
        "published": [float("nan") if c.published is None else c.published for _, _, c in asked],
    }
    # One row per cluster and criterion: all criteria of the first cluster, then all of the second.
    columns = {name: np.tile(np.array(values), len(averages.clusters)) for name, values in about.items()}
    columns["cluster"] = np.repeat(averages.clusters, len(asked))
    for name in ("value", "threshold", "met", "fit"):
        columns[name] = np.column_stack([getattr(a, name) for a in answers]).ravel()
    return pd.DataFrame(columns)[COLUMNS]
