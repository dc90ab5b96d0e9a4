"""What names by clusters add: people named by their cluster, beside people whose own record fits the typology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from dapipeline.typology.definitions import Definitions
from dapipeline.typology.evidence import Evidence
from dapipeline.typology.naming import cut_between


def count_own_records(
    names: Sequence[str], evidence: Evidence, values: Mapping[str, np.ndarray], clusters: pd.Series,
    definitions: Definitions,
) -> pd.DataFrame:  # fmt: skip
    """Count, for each typology, the people whom their cluster and whom their own record gives the name.

    Parameters
    ----------
    names : sequence of str, shape (n_offenders,)
        The name of each offender's cluster.
    evidence : Evidence
        With what each offender's own record fits best.
    values : mapping of str to ndarray
        By feature: each offender's value in natural units, shape (n_offenders,).
    clusters : pandas.Series
        The name of each cluster, indexed by its number.
    definitions : Definitions

    Returns
    -------
    pandas.DataFrame
        One row per typology: typology, by_cluster and by_record (people), both, cluster_alone, record_alone.
    """
    own = records_named(evidence, values, clusters, definitions)
    of_clusters = np.asarray(names, dtype=object)
    rows = []
    for key in definitions.typologies:
        by_cluster, by_record = of_clusters == key, own == key
        both = int((by_cluster & by_record).sum())
        rows.append((key, int(by_cluster.sum()), int(by_record.sum()), both))
    table = pd.DataFrame(rows, columns=["typology", "by_cluster", "by_record", "both"])
    return table.assign(
        cluster_alone=table["by_cluster"] - table["both"], record_alone=table["by_record"] - table["both"]
    )


def records_named(
    evidence: Evidence, values: Mapping[str, np.ndarray], clusters: pd.Series, definitions: Definitions
) -> np.ndarray:
    """Return the typology that each offender's own record fits best; compared ones are split where clusters are.

    Parameters
    ----------
    evidence : Evidence
    values : mapping of str to ndarray
        By feature: each offender's value in natural units, shape (n_offenders,).
    clusters : pandas.Series
        The name of each cluster, indexed by its number.
    definitions : Definitions

    Returns
    -------
    ndarray of str, shape (n_offenders,)
        Empty where none fits. For counting: no output has it by person.
    """
    own = np.array([*definitions.typologies, ""], dtype=object)[evidence.own]
    for pair in definitions.compared:
        cut = cut_between(clusters.index[clusters.isin([pair.higher, pair.lower])].to_numpy(), pair, evidence)
        if cut is not None:
            either = np.isin(own, [pair.higher, pair.lower])
            own = np.where(either, np.where(values[pair.by] >= cut, pair.higher, pair.lower), own)
    return own
