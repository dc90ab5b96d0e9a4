"""The profile of a cluster: every feature in natural units beside the cohort's, and its rank by harm."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.typology.statistics import STATISTICS, of_clusters


def cluster_profiles(vectors: pd.DataFrame, clusters: pd.Series) -> pd.DataFrame:
    """Compute the statistics of every feature in every cluster; each member counts once, whatever their weight.

    Parameters
    ----------
    vectors : pandas.DataFrame
        The features in natural units, one row per offender.
    clusters : pandas.Series
        The cluster of each offender, in the same order.

    Returns
    -------
    pandas.DataFrame
        One row per cluster and feature: cluster, feature, mean, median, cohort_mean, cohort_median (all of
        `STATISTICS`), difference (of the means, in standard deviations of the cohort; 0 where it does not vary).
    """
    numbers, members = np.unique(clusters.to_numpy(), return_inverse=True)
    everyone = np.zeros_like(members)
    found, cohort = (
        {
            name: np.array([of_clusters(name, vectors[feature].to_numpy(), of, width) for feature in vectors]).T
            for name in STATISTICS
        }
        for of, width in ((members, len(numbers)), (everyone, 1))
    )
    spread = vectors.std(ddof=0).to_numpy()
    apart = found["mean"] - cohort["mean"]
    difference = np.divide(apart, spread, out=np.zeros_like(apart), where=spread > 0)
    return pd.DataFrame(
        {
            "cluster": np.repeat(numbers, len(vectors.columns)),
            "feature": np.tile(vectors.columns.to_numpy(), len(numbers)),
            **{name: values.ravel() for name, values in found.items()},
            **{f"cohort_{name}": np.tile(values.ravel(), len(numbers)) for name, values in cohort.items()},
            "difference": np.nan_to_num(difference).ravel(),
        }
    )


def harm_ranks(profiles: pd.DataFrame) -> pd.DataFrame:
    """Rank clusters by mean total severity per offender, 1 the most harm, as the study's Table 1 does.

    Parameters
    ----------
    profiles : pandas.DataFrame
        From `cluster_profiles`.

    Returns
    -------
    pandas.DataFrame
        Indexed by cluster: harm_rank_da, harm_rank_non_da; clusters of equal harm share the better rank. A column is
        absent where its feature was not computed.
    """
    means = profiles.pivot_table(index="cluster", columns="feature", values="mean")
    ranks = pd.DataFrame(index=means.index)
    for rank, feature in (
        ("harm_rank_da", "da_severity_total"),
        ("harm_rank_non_da", "non_da_severity_total"),
    ):
        if feature in means:
            ranks[rank] = means[feature].rank(ascending=False, method="min").astype("Int64")
    return ranks
