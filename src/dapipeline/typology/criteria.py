"""Evaluates one criterion for every cluster at once: value, threshold, whether it is met, and how well it fits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dapipeline.clustering.scaling import midway
from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.typology.averages import Averages
from dapipeline.typology.definitions import Criterion


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
        half as much and twice as much both fit by 0.5. Elsewhere: 1 where the criterion is met, and where it is not the
        smaller of value and threshold divided by the larger.
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
        return Answers(value, threshold, met, _ratio(value, np.full(n_clusters, criterion.published)))
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
        return midway(float(cohort.mean()), float(criterion.published or 0), BY_NAME[criterion.feature].kind)
    return float(getattr(criterion, criterion.comparison))


def _asks_less(criterion: Criterion, averages: Averages) -> bool:
    if criterion.comparison == "published":
        return bool(averages.cohort[criterion.feature].mean() > criterion.published)
    return criterion.comparison.startswith("below")
