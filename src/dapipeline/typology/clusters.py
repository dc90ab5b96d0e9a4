"""The table of clusters: name, group, size, harm ranks and means, one row per cluster."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dapipeline.typology.groups import cluster_groups
from dapipeline.typology.naming import UNNAMED, override_names
from dapipeline.typology.profiles import harm_ranks


def summarise_clusters(
    clusters: pd.Series,
    groups: np.ndarray,
    profiles: pd.DataFrame,
    names: pd.DataFrame | None,
    overrides: dict[int, str],
    stability: pd.DataFrame,
    defined_groups: Mapping[str, str],
) -> pd.DataFrame:
    """Join what is known of each cluster into one table.

    Parameters
    ----------
    clusters : pandas.Series
        The cluster of each offender.
    groups : ndarray of str, shape (n_offenders,)
        The group of each offender, in the same order.
    profiles : pandas.DataFrame
        From `cluster_profiles`.
    names : pandas.DataFrame or None
        From `name_clusters`; None where there are no definitions and clusters stay numbered.
    overrides : dict of int to str
        Cluster to the name an analyst gave it.
    stability : pandas.DataFrame
        From `clustering.stability.compare_halves`: cluster, stability, stability_band.
    defined_groups : mapping of str to str
        Typology to the group that its definition names; empty where there are no definitions.

    Returns
    -------
    pandas.DataFrame
        One row per cluster: cluster, the columns of `name_clusters`, defined_group (of the typology; missing where the
        cluster has no name, or one that an analyst gave it), group (that holds most of its members), size, share (of
        the cohort), stability, stability_band, harm_rank_da, harm_rank_non_da, and mean_ and the name of every feature
        (in natural units).
    """
    sizes = clusters.value_counts().sort_index()
    if names is None:
        names = pd.DataFrame(index=sizes.index, data={"typology": UNNAMED, "named_by": "nothing"})
        override_names(names, overrides)
    means = profiles.pivot_table(index="cluster", columns="feature", values="mean", sort=False)
    named_by_criteria = names["typology"].where(names["named_by"] == "criteria")
    table = names.assign(defined_group=named_by_criteria.map(defined_groups).astype("string"))
    table = table.join(cluster_groups(clusters, groups))
    table["size"], table["share"] = sizes, sizes / len(clusters)
    table = table.join(stability.set_index("cluster")[["stability", "stability_band"]])
    table = table.join(harm_ranks(profiles)).join(means.add_prefix("mean_"))
    return table.rename_axis("cluster").reset_index()


def name_offenders(placed: pd.DataFrame, typologies: pd.Series, groups: np.ndarray) -> pd.DataFrame:
    """Add to each offender the name of their cluster and their own group.

    Parameters
    ----------
    placed : pandas.DataFrame
        One row per offender: offender_id, cluster, distance, second_cluster, margin.
    typologies : pandas.Series
        The name of each cluster, indexed by cluster.
    groups : ndarray of str, shape (n_offenders,)
        From `offender_groups`, in the order of the rows.

    Returns
    -------
    pandas.DataFrame
        One row per offender: offender_id, cluster, typology, group, distance, second_cluster, margin.
    """
    columns = ["offender_id", "cluster", "typology", "group", "distance", "second_cluster", "margin"]
    return placed.assign(typology=placed["cluster"].map(typologies), group=groups)[columns]
