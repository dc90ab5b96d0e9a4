"""Groups A to E: a plain sorting of offenders and clusters by their numbers of DA and of other incidents."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.reference.codes import GROUPS


def offender_groups(da_incidents: pd.Series, non_da_incidents: pd.Series) -> np.ndarray:
    """Find the group of each offender from their own counts.

    Parameters
    ----------
    da_incidents, non_da_incidents : pandas.Series
        Incidents as suspect, one value per offender; da_incidents is at least 1.

    Returns
    -------
    ndarray of str, shape (n_offenders,)
        The letter of the group, in the order of the rows.
    """
    inside = [da_incidents.between(*group.da) & non_da_incidents.between(*group.non_da) for group in GROUPS.values()]
    return np.select(inside, list(GROUPS), default="")  # the groups cover every pair of counts: nobody is left over


def cluster_groups(clusters: pd.Series, groups: np.ndarray) -> pd.Series:
    """Find the group that holds most members of each cluster.

    Parameters
    ----------
    clusters : pandas.Series
        The cluster of each offender.
    groups : ndarray of str, shape (n_offenders,)
        The group of each offender, in the same order.

    Returns
    -------
    pandas.Series
        The letter of the group, named group and indexed by cluster; the first letter where two groups hold as many.
    """
    counts = pd.crosstab(clusters, groups).reindex(columns=list(GROUPS), fill_value=0)
    return counts.idxmax(axis=1).rename("group")


def group_sizes(groups: np.ndarray) -> pd.DataFrame:
    """Count the offenders of each group.

    Parameters
    ----------
    groups : ndarray of str, shape (n_offenders,)
        The group of each offender.

    Returns
    -------
    pandas.DataFrame
        One row per group, also for a group without offenders: group, title, offenders, share (of all offenders).
    """
    counts = pd.Series(groups).value_counts().reindex(list(GROUPS), fill_value=0)
    return pd.DataFrame(
        {
            "group": list(GROUPS),
            "title": [group.title for group in GROUPS.values()],
            "offenders": counts.to_numpy(),
            "share": counts.to_numpy() / len(groups),
        }
    )
