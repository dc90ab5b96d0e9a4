"""Groups A to E: how many DA and how many other incidents, by the published threshold of three."""

from __future__ import annotations

import numpy as np
import pandas as pd

HIGH_VOLUME = 3  # "3+ incidents of one kind = high volume" (published, as the names)
GROUPS = {
    "A": "High volume DA, low volume non-DA",
    "B": "High volume both",
    "C": "Low volume both",
    "D": "High volume non-DA, low volume DA",
    "E": "DA only, low volume",
}


def offender_groups(da_incidents: pd.Series, non_da_incidents: pd.Series) -> np.ndarray:
    """Give each offender's group, by their own counts.

    Parameters
    ----------
    da_incidents, non_da_incidents : pandas.Series
        Incidents as suspect; da_incidents is at least 1.
    """
    high_da, high_other = da_incidents >= HIGH_VOLUME, non_da_incidents >= HIGH_VOLUME
    return np.select(
        [high_da & ~high_other, high_da & high_other, ~high_da & high_other, non_da_incidents == 0],
        ["A", "B", "D", "E"],
        default="C",
    )


def cluster_groups(clusters: pd.Series, groups: np.ndarray) -> pd.Series:
    """Give each cluster the group that holds most of its members; the first letter where two hold as many."""
    counts = pd.crosstab(clusters, groups).reindex(columns=list(GROUPS), fill_value=0)
    return counts.idxmax(axis=1).rename("group")


def group_sizes(groups: np.ndarray) -> pd.DataFrame:
    """Count the offenders of each group: group, title, offenders, share."""
    counts = pd.Series(groups).value_counts().reindex(list(GROUPS), fill_value=0)
    return pd.DataFrame(
        {
            "group": list(GROUPS),
            "title": list(GROUPS.values()),
            "offenders": counts.to_numpy(),
            "share": counts.to_numpy() / len(groups),
        }
    )
