"""Counter-allegations of the same evening that stand under the number of the incident that they answer."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.synthetic.further import MARKERS

_EVENING = np.timedelta64(6 * 60, "m")  # longest time from the start of one incident to that of its answer
# What belongs to an incident and not to a suspect or an offence in it.
_OF_THE_INCIDENT = (
    "location_type", "lsoa", "imd_decile", "borough", "honour_based", "forced_marriage", "fgm", "reported_via", *MARKERS
)  # fmt: skip


def record_together(
    rows: pd.DataFrame, eligible: pd.DataFrame, share: float, rng: np.random.Generator
) -> tuple[pd.DataFrame, int]:
    """Write a share of the counter-allegations under the number of the incident that they answer.

    Such an incident has two suspects who are each other's victims, and a dual arrest where both were arrested.

    Parameters
    ----------
    rows : pandas.DataFrame
        Of the whole force, sorted by incident_id.
    eligible : pandas.DataFrame
        The rows of DA incidents that may be joined.
    share : float
        Of the incidents that could be joined to an earlier one.
    rng : numpy.random.Generator

    Returns
    -------
    pandas.DataFrame
        The rows in the order of their new numbers, with place, route and markers of the incident that is answered.
    int
        How many incidents were joined to another.
    """
    answers = _answers(eligible)
    answers = answers.iloc[np.sort(rng.choice(len(answers), round(share * len(answers)), replace=False))]
    joined = rows["incident_id"].map(answers)
    moved = joined.notna().to_numpy()
    rows = rows.copy()
    rows.loc[moved, "incident_id"] = joined[moved]
    first = eligible.drop_duplicates("incident_id").set_index("incident_id").loc[joined[moved]]
    for name in _OF_THE_INCIDENT:
        rows.loc[moved, name] = first[name].array
    return rows.sort_values("incident_id", kind="stable", ignore_index=True), len(answers)


def _answers(eligible: pd.DataFrame) -> pd.Series:
    """Map the number of each counter-allegation of the same evening to that of the incident it answers."""
    sides = eligible[["incident_id", "offender_id", "victim_id", "occurred_from"]].dropna()
    both = sides.merge(
        sides, left_on=["offender_id", "victim_id"], right_on=["victim_id", "offender_id"], suffixes=("", "_answered")
    )
    after = both["occurred_from"] - both["occurred_from_answered"]
    both = both[(after > np.timedelta64(0)) & (after <= _EVENING)]
    both = both.sort_values(["incident_id", "incident_id_answered"]).drop_duplicates("incident_id")
    # An incident that answers one is not answered itself, so that no number is given away and taken.
    both = both[~both["incident_id_answered"].isin(both["incident_id"])]
    return both.set_index("incident_id")["incident_id_answered"]
