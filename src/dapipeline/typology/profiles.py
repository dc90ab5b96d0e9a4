"""The profile of a cluster: every feature in natural units beside the cohort's, and its rank by harm."""

from __future__ import annotations

import numpy as np
import pandas as pd


def cluster_profiles(vectors: pd.DataFrame, clusters: pd.Series) -> pd.DataFrame:
    """Compute the mean and median of every feature in every cluster; each member counts once, whatever their weight.

    Parameters
    ----------
    vectors : pandas.DataFrame
        The features in natural units, one row per offender.
    clusters : pandas.Series
        The cluster of each offender, in the same order.

    Returns
    -------
    pandas.DataFrame
        One row per cluster and feature: cluster, feature, mean, median, cohort_mean, cohort_median, difference (of the
        means, in standard deviations of the cohort; 0 where the cohort does not vary).
    """
    by_cluster = vectors.groupby(clusters.to_numpy(), sort=True)
    means, medians = by_cluster.mean(), by_cluster.median()
    spread = vectors.std(ddof=0)
    difference = ((means - vectors.mean()) / spread.where(spread > 0)).fillna(0.0)
    n_clusters, n_features = means.shape
    return pd.DataFrame(
        {
            "cluster": np.repeat(means.index.to_numpy(), n_features),
            "feature": np.tile(means.columns.to_numpy(), n_clusters),
            "mean": means.to_numpy().ravel(),
            "median": medians.to_numpy().ravel(),
            "cohort_mean": np.tile(vectors.mean().to_numpy(), n_clusters),
            "cohort_median": np.tile(vectors.median().to_numpy(), n_clusters),
            "difference": difference.to_numpy().ravel(),
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
