"""One row a cluster: its name, group, size, harm ranks and profile."""

from __future__ import annotations

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
) -> pd.DataFrame:
    """Put together what is known of each cluster.

    Parameters
    ----------
    clusters : pandas.Series
        The cluster of each offender.
    groups : ndarray of str
        The group of each offender.
    profiles : pandas.DataFrame
        From `cluster_profiles`.
    names : pandas.DataFrame or None
        From `name_clusters`; None where there are no definitions and clusters stay numbered.
    overrides : dict of int to str
        Cluster to the name an analyst gave it.
    stability : pandas.DataFrame
        From `cluster_stability`.

    Returns
    -------
    pandas.DataFrame
        cluster, what `name_clusters` gives, group, size, share, stability, stability_band, harm ranks, and the mean of
        every feature in natural units.
    """
    sizes = clusters.value_counts().sort_index()
    if names is None:
        names = pd.DataFrame(index=sizes.index, data={"typology": UNNAMED, "named_by": "nothing"})
        override_names(names, overrides)
    means = profiles.pivot_table(index="cluster", columns="feature", values="mean", sort=False)
    table = names.join(cluster_groups(clusters, groups))
    table["size"], table["share"] = sizes, sizes / len(clusters)
    table = table.join(stability.set_index("cluster")[["stability", "stability_band"]])
    table = table.join(harm_ranks(profiles)).join(means.add_prefix("mean_"))
    return table.rename_axis("cluster").reset_index()


def name_offenders(placed: pd.DataFrame, typologies: pd.Series, groups: np.ndarray) -> pd.DataFrame:
    """Give each offender the name of their cluster and their own group.

    Parameters
    ----------
    placed : pandas.DataFrame
        offender_id, cluster, distance, second_cluster, margin.
    typologies : pandas.Series
        Cluster to its name.
    groups : ndarray of str
        From `offender_groups`, in the order of the rows.

    Returns
    -------
    pandas.DataFrame
        offender_id, cluster, typology, group, distance, second_cluster, margin.
    """
    columns = ["offender_id", "cluster", "typology", "group", "distance", "second_cluster", "margin"]
    return placed.assign(typology=placed["cluster"].map(typologies), group=groups)[columns]
