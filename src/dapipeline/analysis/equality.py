"""The equality audit: who is in which cluster, by protected characteristics that were not used in the clustering."""

from __future__ import annotations

import pandas as pd

NOT_RECORDED = "not recorded"


def equality_audit(assignments: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Compare the make-up of each cluster with that of the cohort.

    Parameters
    ----------
    assignments : pandas.DataFrame
        One row per offender: offender_id, cluster, typology.
    people : pandas.DataFrame
        From `offenders.people.people_of`: offender_id and one column per characteristic that the extract has.

    Returns
    -------
    pandas.DataFrame
        One row per characteristic, cluster and value that occurs in it: characteristic, value (or `NOT_RECORDED`),
        cluster, typology, offenders, share (of the cluster), cohort_share, ratio (share by cohort_share).
    """
    joined = assignments[["offender_id", "cluster", "typology"]].merge(people, on="offender_id", how="left")
    parts = []
    for characteristic in [name for name in people.columns if name != "offender_id"]:
        values = joined[characteristic].fillna(NOT_RECORDED)
        cohort = values.value_counts(normalize=True)
        counts = joined.groupby(["cluster", "typology", values]).size().rename("offenders").reset_index()
        counts = counts.rename(columns={characteristic: "value"}).assign(characteristic=characteristic)
        counts["share"] = counts["offenders"] / counts.groupby("cluster")["offenders"].transform("sum")
        counts["cohort_share"] = counts["value"].map(cohort)
        counts["ratio"] = counts["share"] / counts["cohort_share"]
        parts.append(counts)
    columns = [
        "characteristic",
        "value",
        "cluster",
        "typology",
        "offenders",
        "share",
        "cohort_share",
        "ratio",
    ]
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts)[columns].sort_values(["characteristic", "cluster", "value"], ignore_index=True)
