"""The records of the people shown, the medoids and examples: as suspect and as victim, in chronological order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dapipeline.analysis.shown import MEDOID
from dapipeline.incidents.tables import IncidentTables

SUSPECT, VICTIM = "suspect", "victim"
WHOSE = ["cluster", "shown"]
ORDER = [*WHOSE, "occurred_from", "incident_id", "offence_key"]
KEY = ["offender_id", "incident_id"]

ABOUT_INCIDENT = ["occurred_from", "occurred_to", "is_da", "below_age", "offender_age", "location_type", "risk"]
ABOUT_OFFENCE = ["offence_key", "offence", "family", "is_crime", "severity", "outcome_code"]
FIRST_VICTIM = ["victim_sex", "victim_age", "relationship", "victims"]
# What the other is to the person shown, where the record says what the person is to the other.
THE_OTHER_WAY = {"parent": "child", "child": "parent"}


@dataclass(frozen=True)
class Histories:
    """What is recorded of the people shown.

    Attributes
    ----------
    medoids : pandas.DataFrame
        One row per offence of which a medoid is a suspect: as from `lay_out`, with reported_at last.
    records : pandas.DataFrame
        The other offences: with the person as victim, and those of examples: cluster, shown, role (suspect or victim),
        and the columns of `medoids` without those of the first victim. offender_id and offender_age are those of the
        person shown in either role.
    others : pandas.DataFrame
        From `number_people`.
    """

    medoids: pd.DataFrame
    records: pd.DataFrame
    others: pd.DataFrame


def histories_of(tables: IncidentTables, people: pd.DataFrame) -> Histories:
    """Collect the recorded offences of the people shown, and the people on the other side.

    Parameters
    ----------
    tables : IncidentTables
        Of every suspect and victim in the window.
    people : pandas.DataFrame
        From `shown.people_shown`.

    Returns
    -------
    Histories
    """
    offences, victims = _as_suspect(tables, list(people["offender_id"]))
    harm, suspects = _as_victim(tables, list(people["offender_id"]))
    done, suffered = lay_out(people, offences, victims), lay_out(people, harm, suspects)
    both = [(SUSPECT, done, victims), (VICTIM, suffered, suspects)]
    links = _together(*(linked(people, role, rows, met) for role, rows, met in both))
    of_medoid = done["shown"] == MEDOID
    beside = _together(done[~of_medoid].assign(role=SUSPECT), suffered.assign(role=VICTIM))
    front = [*WHOSE, "role"]
    columns = [*front, *(c for c in done.columns if c not in (*front, *FIRST_VICTIM))]
    return Histories(
        medoids=done[of_medoid].drop(columns="shown").reset_index(drop=True),
        records=beside[columns].sort_values([*front, "incident_number"], kind="stable", ignore_index=True),
        others=number_people(links),
    )


def _together(*tables: pd.DataFrame) -> pd.DataFrame:
    """Stack tables any of which may be empty, or have a column in which nothing is recorded."""
    return pd.concat([table.astype(object) for table in tables], ignore_index=True).infer_objects()


def _as_suspect(tables: IncidentTables, ids: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the offences of which people are suspects, and the victims."""

    def theirs(table: Any) -> Any:
        return table.filter(table.offender_id.isin(ids))

    about = theirs(tables.incidents).select(*KEY, *ABOUT_INCIDENT, "reported_at")
    joined = theirs(tables.offences).select(*KEY, *ABOUT_OFFENCE).inner_join(about, KEY)
    met = theirs(tables.victims).mutate(person_id=tables.victims.victim_id)
    return joined.mutate(severity=joined.severity.cast("float64")).to_pandas(), met.to_pandas()


def _as_victim(tables: IncidentTables, ids: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the offences of which people are victims, and the suspects; offender_id is the victim's id in both.

    An incident without a named suspect has one row, without an offence: offences are those of suspects.
    """
    links = tables.victims.filter(tables.victims.victim_id.isin(ids))
    links = links.filter(links.victim_id != links.offender_id)
    about = tables.incidents.select(
        *KEY, "occurred_to", "reported_at", "location_type", "risk", "offender_sex", suspect_age="offender_age"
    )
    known = links.select(*KEY, "victim_id", "victim_age", "relationship", "intimacy").left_join(about, KEY)
    suspected = known.select(*(c for c in known.columns if not c.endswith("_right"))).to_pandas()
    offences = tables.offences.select(*KEY, *ABOUT_OFFENCE).semi_join(links, KEY)
    offences = offences.mutate(severity=offences.severity.cast("float64")).to_pandas()
    harmed = tables.victimisations.filter(tables.victimisations.victim_id.isin(ids)).to_pandas()

    suspected = suspected.sort_values(["victim_id", "incident_id", "offender_id"])
    victim = ["victim_id", "incident_id"]
    incident = suspected.groupby(victim, as_index=False).agg(
        occurred_to=("occurred_to", "max"), reported_at=("reported_at", "min"), location_type=("location_type", "min"),
        risk=("risk", "max"), offender_age=("victim_age", "min"),
    )  # fmt: skip
    once = suspected[[*victim, "offender_id"]].merge(offences, on=KEY)
    once = once.sort_values([*victim, "offence_key", "offender_id"]).drop_duplicates([*victim, "offence_key"])
    rows = harmed.merge(incident, on=victim, how="left").merge(
        once.drop(columns="offender_id"), on=victim, how="left", suffixes=("", "_of_offence")
    )
    rows["is_crime"] = rows["is_crime_of_offence"].where(rows["offence_key"].notna(), rows["is_crime"]).astype(bool)
    suspected["relationship"] = suspected["relationship"].replace(THE_OTHER_WAY)
    met = suspected.rename(columns={
        "offender_id": "person_id", "offender_sex": "victim_sex", "suspect_age": "age", "victim_id": "offender_id",
    }).drop(columns="victim_age").rename(columns={"age": "victim_age"})  # fmt: skip
    return (
        rows.rename(columns={"victim_id": "offender_id"})[[*KEY, *ABOUT_OFFENCE, *ABOUT_INCIDENT, "reported_at"]],
        met.assign(victim_key=met["person_id"]),
    )


def lay_out(people: pd.DataFrame, offences: pd.DataFrame, met: pd.DataFrame) -> pd.DataFrame:
    """Join people, offences and whom they met into one row per offence, in chronological order.

    Parameters
    ----------
    people : pandas.DataFrame
        One row per person shown: cluster, shown, offender_id.
    offences : pandas.DataFrame
        One row per offence or non-crime of a person: offender_id, incident_id, `ABOUT_OFFENCE`, and `ABOUT_INCIDENT` of
        the incident it belongs to.
    met : pandas.DataFrame
        One row per person on the other side of an incident: offender_id, incident_id, victim_key, victim_sex,
        victim_age, relationship.

    Returns
    -------
    pandas.DataFrame
        One row per offence: cluster, offender_id, incident_number (of a person in a cluster, from 1), the columns of
        `offences` without offence_key, victim_sex, victim_age and relationship (of the first by key), victims (how
        many the incident has), reported_at, shown.
    """
    owners = people[[*WHOSE, "offender_id"]]
    ordered = met.sort_values([*KEY, "victim_key"])
    first = ordered.drop_duplicates(KEY)[[*KEY, *FIRST_VICTIM[:-1]]]
    number = ordered.groupby(KEY).size().rename("victims").reset_index()
    rows = owners.merge(offences, on="offender_id").merge(first, on=KEY, how="left")
    rows = rows.merge(number, on=KEY, how="left").sort_values(ORDER, ignore_index=True)
    rows["victims"] = rows["victims"].fillna(0).astype(int)
    incidents = rows.groupby(WHOSE)["incident_id"].transform(lambda ids: pd.factorize(ids)[0] + 1)
    rows.insert(3, "incident_number", incidents.astype(int))
    last = ["reported_at", "shown"]
    return rows[[*(c for c in rows.columns if c not in (*last, "offence_key")), *last]]


def linked(people: pd.DataFrame, role: str, rows: pd.DataFrame, met: pd.DataFrame) -> pd.DataFrame:
    """Return who stands on the other side in each incident of the people shown.

    Parameters
    ----------
    people : pandas.DataFrame
        As in `lay_out`.
    role : str
        Of the people shown.
    rows : pandas.DataFrame
        From `lay_out`.
    met : pandas.DataFrame
        As in `lay_out`, with person_id (missing of those without an id) and intimacy.

    Returns
    -------
    pandas.DataFrame
        One row per person and incident: cluster, shown, role, incident_number, occurred_from, is_da, person_id,
        victim_key, sex, age, relationship, intimacy.
    """
    incidents = rows.drop_duplicates([*WHOSE, "incident_number"])
    incidents = incidents[[*WHOSE, *KEY, "incident_number", "occurred_from", "is_da"]]
    about = met[[*KEY, "person_id", "victim_key", "victim_sex", "victim_age", "relationship", "intimacy"]]
    joined = incidents.merge(about, on=KEY).assign(role=role)
    return joined.drop(columns=KEY).rename(columns={"victim_sex": "sex", "victim_age": "age"})


def number_people(links: pd.DataFrame) -> pd.DataFrame:
    """Number the people whom a person met: V1, V2 and so on for victims, S1, S2 for those who are suspects alone.

    Those of domestic abuse are numbered before those of other incidents, both by first appearance; ties by id. A person
    without an id is not numbered: nothing says whether they are the same in two incidents.

    Parameters
    ----------
    links : pandas.DataFrame
        From `linked`.

    Returns
    -------
    pandas.DataFrame
        One row per person and incident, in order: cluster, shown, role, incident_number, person, sex, age,
        relationship (what they are to the person shown), intimacy (intimate, family or neither).
    """
    whom = [*WHOSE, "person_id"]
    known = links[links["person_id"].notna()].assign(
        suspect_alone=lambda t: ~(t["role"] == SUSPECT).groupby([t[c] for c in whom]).transform("any"),
        other=lambda t: ~t["is_da"].astype(bool),
    )
    first = known[known["suspect_alone"] | (known["role"] == SUSPECT)]
    first = first.sort_values([*WHOSE, "suspect_alone", "other", "occurred_from", "person_id"]).drop_duplicates(whom)
    at = first.groupby([*WHOSE, "suspect_alone"]).cumcount() + 1
    first["person"] = first["suspect_alone"].map({True: "S", False: "V"}) + at.astype(str)
    found = links.merge(first[[*whom, "person"]], on=whom, how="left")
    order = [*WHOSE, "role", "incident_number"]
    found = found.sort_values([*order, "victim_key"], ignore_index=True)
    return found[[*order, "person", "sex", "age", "relationship", "intimacy"]].astype({"person": "string"})
