"""Means and medians of clusters, on which criteria are evaluated, and the cohort that they are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.typology.definitions import Definitions
from dapipeline.typology.statistics import STATISTICS, of_clusters


@dataclass(frozen=True)
class Averages:
    """The statistics of clusters that criteria compare, and the values of the whole cohort.

    Attributes
    ----------
    clusters : ndarray of int, shape (n_clusters,)
        The numbers of the clusters.
    of_clusters : mapping of str to mapping of str to ndarray
        By statistic (mean, median) and feature: one value per cluster, shape (n_clusters,), in the unit of the feature.
        Features that are switched off are absent.
    cohort : mapping of str to ndarray
        By feature: the values of all offenders of whom it is known.
    """

    clusters: np.ndarray
    of_clusters: Mapping[str, Mapping[str, np.ndarray]]
    cohort: Mapping[str, np.ndarray]


def asked_features(definitions: Definitions) -> list[tuple[str, str]]:
    """List the statistics that definitions ask for.

    Parameters
    ----------
    definitions : Definitions

    Returns
    -------
    list of (str, str)
        Pairs of statistic and feature, each once, in the order of the definitions.
    """
    pairs: dict[tuple[str, str], None] = {}
    for definition in definitions.typologies.values():
        for criterion in definition.criteria:
            others = [criterion.times_feature[0]] if criterion.times_feature else []
            pairs |= dict.fromkeys((criterion.statistic, feature) for feature in (criterion.feature, *others))
    pairs |= dict.fromkeys(("mean", pair.by) for pair in definitions.compared)
    return list(pairs)


def asked_values(vectors: pd.DataFrame, definitions: Definitions) -> dict[str, np.ndarray]:
    """Take the features that definitions ask for from vectors.

    Parameters
    ----------
    vectors : pandas.DataFrame
        The features in natural units, one row per offender.
    definitions : Definitions

    Returns
    -------
    dict of str to ndarray of float, shape (n_offenders,)
        By feature, NaN where a value is not known; features that are switched off are absent.
    """
    names = dict.fromkeys(feature for _, feature in asked_features(definitions))
    return {name: vectors[name].to_numpy(dtype=np.float64) for name in names if name in vectors}


def own_values(values: Mapping[str, np.ndarray], people: int, definitions: Definitions) -> Averages:
    """Let each offender's record stand for itself, as the mean and median of one.

    Parameters
    ----------
    values : mapping of str to ndarray
        From `asked_values`.
    people : int
        How many offenders there are.
    definitions : Definitions

    Returns
    -------
    Averages
        With one cluster per offender, in their order.
    """
    asked = [(statistic, feature) for statistic, feature in asked_features(definitions) if feature in values]
    found = {name: {feature: values[feature] for of, feature in asked if of == name} for name in STATISTICS}
    cohort = {feature: values[feature][~np.isnan(values[feature])] for _, feature in asked}
    return Averages(np.arange(people), found, cohort)


def member_averages(values: Mapping[str, np.ndarray], clusters: np.ndarray, definitions: Definitions) -> Averages:
    """Compute the averages that definitions ask for, and no others.

    Parameters
    ----------
    values : mapping of str to ndarray
        From `asked_values`.
    clusters : ndarray of int, shape (n_offenders,)
        The cluster of each offender, from 1.
    definitions : Definitions

    Returns
    -------
    Averages
    """
    width = int(clusters.max()) + 1
    present = np.flatnonzero(np.bincount(clusters, minlength=width))
    found: dict[str, dict[str, np.ndarray]] = {statistic: {} for statistic in STATISTICS}
    cohort = {}
    for statistic, feature in asked_features(definitions):
        if feature not in values:
            continue
        found[statistic][feature] = of_clusters(statistic, values[feature], clusters, width)[present]
        cohort[feature] = values[feature][~np.isnan(values[feature])]
    return Averages(present, found, cohort)
