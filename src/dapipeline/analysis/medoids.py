"""The records of the medoids, the most central person of each cluster, in chronological order."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.incidents.tables import IncidentTables

ORDER = ["cluster", "occurred_from", "incident_id", "offence_key"]

ABOUT_INCIDENT = ["occurred_from", "occurred_to", "is_da", "below_age", "offender_age", "location_type", "risk"]
ABOUT_OFFENCE = ["offence_key", "offence", "family", "is_crime", "severity", "outcome_code"]


def medoid_histories(tables: IncidentTables, medoids: pd.DataFrame) -> pd.DataFrame:
    """Collect the recorded offences of every medoid in chronological order.

    Parameters
    ----------
    tables : IncidentTables
        Of every suspect in the window.
    medoids : pandas.DataFrame
        One row per cluster: cluster, offender_id.

    Returns
    -------
    pandas.DataFrame
        As from `lay_out`.
    """
    return lay_out(medoids, *_recorded(tables, list(medoids["offender_id"])))


def _recorded(tables: IncidentTables, ids: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the offences of some offenders with what is known of their incidents, and their victims."""
    key = ["offender_id", "incident_id"]

    def theirs(table: Any) -> Any:
        return table.filter(table.offender_id.isin(ids))

    about = theirs(tables.incidents).select(*key, *ABOUT_INCIDENT)
    joined = theirs(tables.offences).select(*key, *ABOUT_OFFENCE).inner_join(about, key)
    return joined.mutate(severity=joined.severity.cast("float64")).to_pandas(), theirs(tables.victims).to_pandas()


def lay_out(medoids: pd.DataFrame, offences: pd.DataFrame, victims: pd.DataFrame) -> pd.DataFrame:
    """Join medoids, offences and victims into one row per offence, in chronological order.

    Parameters
    ----------
    medoids : pandas.DataFrame
        One row per cluster: cluster, offender_id.
    offences : pandas.DataFrame
        One row per offence or non-crime of a medoid: offender_id, incident_id, `ABOUT_OFFENCE`, and `ABOUT_INCIDENT` of
        the incident it belongs to.
    victims : pandas.DataFrame
        One row per victim and incident of a medoid: offender_id, incident_id, victim_key, victim_sex, victim_age,
        relationship.

    Returns
    -------
    pandas.DataFrame
        One row per offence: cluster, offender_id, incident_number (within the cluster, from 1), the columns of
        `offences` without offence_key, victim_sex, victim_age and relationship (of the first victim by key), victims
        (how many the incident has).
    """
    owners = medoids[["cluster", "offender_id"]]
    keys = ["offender_id", "incident_id"]
    ordered = victims.sort_values([*keys, "victim_key"])
    first = ordered.drop_duplicates(keys)[[*keys, "victim_sex", "victim_age", "relationship"]]
    number = ordered.groupby(keys).size().rename("victims").reset_index()
    shown = owners.merge(offences, on="offender_id").merge(first, on=keys, how="left")
    shown = shown.merge(number, on=keys, how="left").sort_values(ORDER, ignore_index=True)
    shown["victims"] = shown["victims"].fillna(0).astype(int)
    incidents = shown.groupby("cluster")["incident_id"].transform(lambda ids: pd.factorize(ids)[0] + 1)
    shown.insert(2, "incident_number", incidents.astype(int))
    return shown.drop(columns="offence_key")
