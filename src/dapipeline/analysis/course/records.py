"""The DA incidents of the cohort in order, as the analyses of the course ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pandas as pd

from dapipeline.analysis.harm.study_families import with_study_family
from dapipeline.engine import fetch
from dapipeline.incidents.scope import cohort_of
from dapipeline.incidents.tables import INCIDENT, IncidentTables
from dapipeline.reference.tables import outcomes

DAY = 86_400  # seconds
NOT_KNOWN = "not known"
NO_CRIME = "no crime"
NOT_GRADED = "not graded"
OUTCOME_GROUPS: dict[str, str] = outcomes().set_index("code")["course"].to_dict()
BY_PERSON = ("typology", "group", "first_type")  # what people are told apart by, in every table
ALL = "all"
OFFENDER_DIED = "5"  # the Home Office's outcome
KINDS = {True: "DA", False: "other"}  # of incidents and crimes


@dataclass(frozen=True)
class Records:
    """The cohort and its DA incidents.

    Attributes
    ----------
    people : pandas.DataFrame
        One row per offender, sorted and indexed by offender_id: typology, group, and first_type, the family of the
        gravest offence of the first DA incident. The first two are made of the same years as what is counted; the
        third of the first incident alone.
    incidents : pandas.DataFrame
        One row per offender and DA incident, by person and time: person (position in `people`), incident_id,
        occurred_from, order (1 for the first), is_crime, severity, risk (1 to 3, missing where not graded), age (of the
        suspect), type (family of the gravest offence), outcome (group of the gravest crime's; `NO_CRIME`), outcome_at
        (its day).
    end : pandas.Timestamp
        Where the records end.
    died : pandas.Series, optional
        Person to the moment at which an outcome says that the suspect had died: nobody is followed beyond it.
    """

    people: pd.DataFrame
    incidents: pd.DataFrame
    end: pd.Timestamp
    died: pd.Series | None = None

    def until(self, person: np.ndarray) -> np.ndarray:
        """Return until when people are followed.

        Parameters
        ----------
        person : ndarray of int
            Positions in `people`.

        Returns
        -------
        ndarray of datetime64
            The end of the records, or the death where that is earlier; never before the start of the last incident.
        """
        ends = np.full(len(self.people), self.end.to_datetime64(), dtype="datetime64[ns]")
        if self.died is not None and len(self.died):
            last = self.incidents.groupby("person")["occurred_from"].max().reindex(self.died.index)
            ends[self.died.index] = self.died.where(self.died > last, last).clip(upper=self.end)
        return ends[person]

    def kinds(self, dimension: str) -> pd.Categorical:
        """Return what people are told apart by.

        Parameters
        ----------
        dimension : str
            `ALL` or one of `BY_PERSON`.

        Returns
        -------
        pandas.Categorical
            One per person.
        """
        if dimension == ALL:
            return pd.Categorical.from_codes(np.zeros(len(self.people), dtype=np.int8), categories=[ALL])
        return pd.Categorical(self.people[dimension])

    def values(self, dimension: str, incidents: pd.DataFrame) -> pd.Categorical:
        """Return what incidents are told apart by.

        Parameters
        ----------
        dimension : str
            `ALL`, one of `BY_PERSON`, or a column of the incidents.
        incidents : pandas.DataFrame
            With person; also crimes, or one row per person.

        Returns
        -------
        pandas.Categorical
        """
        if dimension not in (ALL, *BY_PERSON):
            return pd.Categorical(incidents[dimension])
        return self.kinds(dimension).take(incidents["person"].to_numpy(dtype=np.intp))


def records_of(tables: IncidentTables, assigned: pd.DataFrame, end: Any) -> Records:
    """Lay out the DA incidents of the cohort.

    Parameters
    ----------
    tables : IncidentTables
    assigned : pandas.DataFrame
        offender_id, typology, group; who is missing there has `NOT_KNOWN`.
    end : datetime
        Where the records end.

    Returns
    -------
    Records
    """
    incidents = _da_incidents(tables)
    ids = pd.Index(incidents["offender_id"].unique(), name="offender_id")
    incidents["person"] = ids.get_indexer(incidents["offender_id"])
    person = incidents["person"].to_numpy()
    begins = np.r_[True, person[1:] != person[:-1]] if len(person) else np.zeros(0, dtype=bool)
    at = np.arange(len(person))
    incidents["order"] = at - np.maximum.accumulate(np.where(begins, at, 0)) + 1 if len(person) else 0
    people = pd.DataFrame(index=ids)
    by_person = assigned.set_index("offender_id")
    for name in ("typology", "group"):
        people[name] = by_person[name].astype("object").reindex(ids).fillna(NOT_KNOWN)
    people["first_type"] = incidents.loc[begins, "type"].to_numpy()
    return Records(people, incidents.drop(columns="offender_id"), pd.Timestamp(end), _died(tables, ids))


def _died(tables: IncidentTables, ids: pd.Index) -> pd.Series:
    """Find when an outcome says that a suspect had died: on its day, else, where that is not known, at the incident."""
    dead = tables.offences.filter(tables.offences.outcome_code == OFFENDER_DIED)
    day = ibis.coalesce(dead.outcome_at, dead.occurred_from)
    found = fetch(dead.group_by("offender_id").aggregate(died=day.min()).order_by("offender_id"))
    found = found[found["offender_id"].isin(ids)]
    return pd.Series(found["died"].to_numpy(), index=ids.get_indexer(found["offender_id"]))


def _da_incidents(tables: IncidentTables) -> pd.DataFrame:
    """Return the DA incidents of everybody, each with its gravest offence."""
    da, offences = tables.incidents.filter(tables.incidents.is_da), tables.offences.filter(tables.offences.is_da)
    gravest = ibis.window(
        group_by=INCIDENT,
        order_by=[
            ibis.desc(offences.is_crime), ibis.desc(offences.severity.fill_null(-1)), ibis.asc(offences.offence_key),
        ],
    )  # fmt: skip
    leading = offences.mutate(rank=ibis.row_number().over(gravest)).filter(lambda t: t["rank"] == 0)
    leading = leading.select(*INCIDENT, "outcome_code", "outcome_at", type=leading.family)
    asked = da.select(
        *INCIDENT, "occurred_from", "is_crime", "risk", severity=da.severity.cast("float64"), age=da.offender_age
    )
    joined = asked.left_join(leading, INCIDENT).select(*asked.columns, "outcome_code", "outcome_at", "type")
    found = fetch(joined.order_by(["offender_id", "occurred_from", "incident_id"]))
    found["risk"] = found["risk"].astype("float64")
    found["outcome"] = (
        found.pop("outcome_code").map(OUTCOME_GROUPS).fillna(NOT_KNOWN).where(found["is_crime"], NO_CRIME)
    )
    return found


def with_person(found: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Put positions in place of ids.

    Parameters
    ----------
    found : pandas.DataFrame
        With offender_id.
    people : pandas.DataFrame
        Indexed by offender_id.

    Returns
    -------
    pandas.DataFrame
        With person, the position in `people`, and without offender_id.
    """
    return found.assign(person=people.index.get_indexer(found["offender_id"])).drop(columns="offender_id")


def crimes_of(tables: IncidentTables, people: pd.DataFrame) -> pd.DataFrame:
    """Return the crimes of the cohort, DA and other; those below the age of DA are neither.

    Parameters
    ----------
    tables : IncidentTables
    people : pandas.DataFrame
        Indexed by offender_id.

    Returns
    -------
    pandas.DataFrame
        One row per offender and crime, by person and time: person (position in `people`), incident_id, occurred_from,
        is_da, compliance, study_family, outcome (group) and, of its incident, risk (1 to 3, missing where not graded)
        and known_at (when it came to be known).
    """
    offences = with_study_family(tables.offences.filter(tables.offences.is_crime & ~tables.offences.below_age))
    own = tables.incidents.select(*INCIDENT, "risk", "known_at")
    columns = [
        "offender_id", "incident_id", "occurred_from", "is_da", "compliance", "study_family", "outcome_code", "risk",
        "known_at",
    ]  # fmt: skip
    placed = offences.semi_join(cohort_of(tables.incidents), "offender_id").inner_join(own, INCIDENT)
    found = fetch(placed.order_by(["offender_id", "occurred_from", "incident_id", "offence_key"]).select(columns))
    found = with_person(found, people)
    found["outcome"] = found.pop("outcome_code").map(OUTCOME_GROUPS).fillna(NOT_KNOWN)
    return found.astype({"risk": "float64"})


def victims_of(tables: IncidentTables, people: pd.DataFrame) -> pd.DataFrame:
    """Return the named victims of the cohort's DA incidents.

    Parameters
    ----------
    tables : IncidentTables
    people : pandas.DataFrame
        Indexed by offender_id.

    Returns
    -------
    pandas.DataFrame
        person, incident_id, victim_id; each once.
    """
    named = tables.victims.filter(tables.victims.is_da & tables.victims.victim_id.notnull())
    columns = [*INCIDENT, "victim_id"]
    found = fetch(named.select(*columns).distinct().order_by(columns))
    found = with_person(found, people)
    return found[["person", "incident_id", "victim_id"]]


def incidents_arrested(tables: IncidentTables, people: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the incidents of which it is known whether the suspect was arrested.

    Parameters
    ----------
    tables : IncidentTables
    people : pandas.DataFrame
        Indexed by offender_id.

    Returns
    -------
    dict of str to pandas.DataFrame
        DA and other to one row per incident: person, arrested (bool).
    """
    incidents = tables.incidents
    known = incidents.filter(incidents.arrested.notnull() & ~incidents.below_age)
    known = known.semi_join(cohort_of(incidents), "offender_id").order_by(INCIDENT)
    found = fetch(known.select("offender_id", "is_da", arrested=known.arrested == 1))
    found = with_person(found, people)
    return {name: found.loc[found["is_da"] == da, ["person", "arrested"]] for da, name in KINDS.items()}


def victims_placed(records: Records, victims: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Find the incident of each victim: the same as a merge on person and incident_id, which takes far longer.

    Parameters
    ----------
    records : Records
    victims : pandas.DataFrame
        person, incident_id, victim_id; those of incidents that are not in the records are left out.

    Returns
    -------
    at : ndarray of int
        Positions in the incidents of the records.
    victim : ndarray of int
        A number for each victim_id.
    """
    incidents = records.incidents
    codes, _ = pd.factorize(pd.concat([incidents["incident_id"], victims["incident_id"]]))
    keys = codes.astype(np.int64) * max(len(records.people), 1)
    own = keys[: len(incidents)] + incidents["person"].to_numpy()
    asked = keys[len(incidents) :] + victims["person"].to_numpy()
    order = np.argsort(own, kind="stable")
    found = np.searchsorted(own[order], asked)
    there = np.isin(asked, own)
    victim, _ = pd.factorize(victims["victim_id"])
    return order[found[there]], victim[there].astype(np.int64)
