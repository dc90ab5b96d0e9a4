"""The people whose records the report shows: the medoid of each cluster, and examples that the definitions ask for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.typology.definitions import Definitions

MEDOID, EXAMPLE = "medoid", "example"
MIDDLE = (0.25, 0.75)  # the middle half


def people_shown(
    medoids: pd.DataFrame,
    assigned: pd.DataFrame,
    vectors: pd.DataFrame,
    features: pd.DataFrame,
    definitions: Definitions | None,
) -> pd.DataFrame:
    """Choose whose records are shown, and find how typical each is of the members of the cluster.

    Parameters
    ----------
    medoids : pandas.DataFrame
        One row per cluster: cluster, offender_id.
    assigned : pandas.DataFrame
        One row per offender: offender_id, cluster, typology, distance.
    vectors : pandas.DataFrame
        offender_id and the clustered features, one row per offender.
    features : pandas.DataFrame
        offender_id and every feature, one row per offender.
    definitions : Definitions or None
        With the examples that are asked for.

    Returns
    -------
    pandas.DataFrame
        One row per person and cluster, sorted by cluster, the medoid first: cluster, shown (medoid or example),
        offender_id, example (what was asked for; missing of a medoid), members (people in the cluster), measures
        (clustered features), in_middle (of these, how many of the person's values lie in the middle half of the
        members'), members_in_middle (the mean of that over the members).
    """
    central = medoids[["cluster", "offender_id"]].itertuples(index=False)
    wanted = [(int(cluster), MEDOID, str(person), None) for cluster, person in central]
    asked = examples(medoids, assigned, features, definitions)
    chosen = pd.DataFrame([*wanted, *asked], columns=["cluster", "shown", "offender_id", "example"])
    found = pd.concat([chosen, typical(chosen, assigned, vectors)], axis=1)
    found["example"] = found["example"].astype("string")
    return found.sort_values(["cluster", "shown"], ascending=[True, False], ignore_index=True)


def examples(
    medoids: pd.DataFrame, assigned: pd.DataFrame, features: pd.DataFrame, definitions: Definitions | None
) -> list[tuple[int, str, str, str | None]]:
    """Choose the example of each typology that asks for one: the member with what is asked nearest to a medoid.

    Parameters
    ----------
    medoids, assigned, features, definitions
        As in `people_shown`.

    Returns
    -------
    list of (int, str, str, str)
        cluster, shown, offender_id, example. At most one row per typology; ties by cluster and id. None where a medoid
        has what is asked for and so is such an example, where nobody has, or where the feature was not computed.
    """
    rows: list[tuple[int, str, str, str | None]] = []
    for key, typology in definitions.typologies.items() if definitions else ():
        asked = typology.example
        if asked is None or asked.feature not in features:
            continue
        having = features.loc[features[asked.feature] >= asked.at_least, "offender_id"]
        members = assigned[(assigned["typology"] == key) & assigned["offender_id"].isin(having)]
        if members.empty or members["offender_id"].isin(medoids["offender_id"]).any():
            continue
        nearest = members.sort_values(["distance", "cluster", "offender_id"]).iloc[0]
        rows.append((int(nearest["cluster"]), EXAMPLE, str(nearest["offender_id"]), asked.title))
    return rows


def typical(people: pd.DataFrame, assigned: pd.DataFrame, vectors: pd.DataFrame) -> pd.DataFrame:
    """Count in how many of the clustered features people lie in the middle half of the members of a cluster.

    Parameters
    ----------
    people : pandas.DataFrame
        One row per person: cluster, offender_id.
    assigned, vectors : pandas.DataFrame
        As in `people_shown`.

    Returns
    -------
    pandas.DataFrame
        members, measures, in_middle, members_in_middle, in the order of `people`.
    """
    own = vectors.set_index("offender_id")
    clusters = assigned.set_index("offender_id")["cluster"].loc[own.index]
    low, high = (own.groupby(clusters.to_numpy()).quantile(share) for share in MIDDLE)

    def inside(values: pd.DataFrame, of: pd.Series) -> np.ndarray:
        lowest, highest = (bound.reindex(of).to_numpy() for bound in (low, high))
        counted: np.ndarray = ((values.to_numpy() >= lowest) & (values.to_numpy() <= highest)).sum(axis=1)
        return counted

    members = pd.Series(inside(own, clusters)).groupby(clusters.to_numpy()).agg(["size", "mean"])
    there = members.reindex(people["cluster"])
    return pd.DataFrame(
        {
            "members": there["size"].fillna(0).astype(int).to_numpy(),
            "measures": own.shape[1],
            "in_middle": inside(own.loc[people["offender_id"]], people["cluster"]),
            "members_in_middle": there["mean"].to_numpy(),
        },
        index=people.index,
    )
