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
    return list(pairs)


def profiled_averages(profiles: pd.DataFrame, vectors: pd.DataFrame) -> Averages:
    """Take the averages of all features from profiles.

    Parameters
    ----------
    profiles : pandas.DataFrame
        From `cluster_profiles`.
    vectors : pandas.DataFrame
        The features in natural units, one row per offender.

    Returns
    -------
    Averages
    """
    tables = {
        statistic: profiles.pivot_table(index="cluster", columns="feature", values=statistic)
        for statistic in STATISTICS
    }
    return Averages(
        tables["mean"].index.to_numpy(),
        {statistic: {name: table[name].to_numpy() for name in table} for statistic, table in tables.items()},
        {name: vectors[name].dropna().to_numpy() for name in vectors},
    )


def member_averages(values: Mapping[str, np.ndarray], clusters: np.ndarray, definitions: Definitions) -> Averages:
    """Compute the averages that definitions ask for, and no others.

    Parameters
    ----------
    values : mapping of str to ndarray
        By feature: each offender's value in natural units, shape (n_offenders,); NaN where it is not known.
    clusters : ndarray of int, shape (n_offenders,)
        The cluster of each offender, from 1.
    definitions : Definitions

    Returns
    -------
    Averages
        As `profiled_averages` would give for these features; much faster, because `name_stability` needs it once per
        fit.
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
