"""Single, repeat and serial offenders: how often against whom, and who has other crime recorded."""

from __future__ import annotations

import numpy as np
import pandas as pd

NEEDS = ("da_incidents", "da_victims", "da_repeat_victims", "non_da_crimes")
MEANINGS = {
    "serial": "DA against more than one victim",
    "repeat": "more than once against the same victim, and no other",
    "single": "one DA incident",
    "not known": "several DA incidents, without enough named victims to tell",
}
BLAND_2020 = {"serial": 0.70, "repeat": 0.57, "single": 0.33}  # share linked to non-DA crime (Bland 2020)


def pattern_of(features: pd.DataFrame) -> np.ndarray:
    """Find whether each offender is a single, repeat or serial offender.

    By the study's definitions, repeat is "more than once against the same victim" and serial "against more than one
    victim"; an offender who is both counts as serial.

    Parameters
    ----------
    features : pandas.DataFrame
        One row per offender: da_incidents, da_victims, da_repeat_victims.

    Returns
    -------
    ndarray of str, shape (n_offenders,)
        A key of `MEANINGS`.
    """
    return np.select(
        [features["da_victims"] >= 2, features["da_repeat_victims"] >= 1, features["da_incidents"] == 1],
        ["serial", "repeat", "single"],
        default="not known",
    )


def offender_patterns(assignments: pd.DataFrame, features: pd.DataFrame) -> pd.DataFrame:
    """Count single, repeat and serial offenders of each cluster.

    Parameters
    ----------
    assignments : pandas.DataFrame
        One row per offender: offender_id, cluster, typology.
    features : pandas.DataFrame
        One row per offender: offender_id and `NEEDS`.

    Returns
    -------
    pandas.DataFrame
        One row per pattern and cluster in which it occurs: pattern, cluster, typology, offenders, repeat_too (serial
        offenders with a victim of two or more DA incidents), with_other_crime (offenders with a non-DA crime).
    """
    joined = assignments[["offender_id", "cluster", "typology"]].merge(features, on="offender_id")
    pattern = pd.Categorical(pattern_of(joined), categories=list(MEANINGS))
    counted = joined.assign(
        pattern=pattern,
        repeat_too=(pattern == "serial") & (joined["da_repeat_victims"] >= 1),
        with_other_crime=joined["non_da_crimes"] >= 1,
    )
    table = counted.groupby(["pattern", "cluster", "typology"], observed=True, as_index=False).agg(
        offenders=("offender_id", "size"),
        repeat_too=("repeat_too", "sum"),
        with_other_crime=("with_other_crime", "sum"),
    )
    return table.astype({"pattern": "string"})
