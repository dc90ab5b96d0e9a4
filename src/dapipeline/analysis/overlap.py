"""Suspects who are recorded as victims too, allegations that go both ways, and records from before DA's age.

A record says what was reported to the police and written down. None of this says who harmed whom first or most.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import pandas as pd

from dapipeline.config import DomesticAbuse
from dapipeline.incidents.tables import IncidentTables, any_known
from dapipeline.offenders.feature import OFFENDER_AGE

NEAR_DAYS = 30
MEASURES: dict[str, tuple[str, tuple[str, ...]]] = {  # what it is, and the canonical columns it needs
    "victim": ("named as a victim in an incident of any kind", ("victim_id",)),
    "da_victim": ("named as a victim in a DA incident", ("victim_id",)),
    "da_victim_of_partner": (
        "named as a victim in a DA incident whose suspect is a partner or ex-partner", ("victim_id", "relationship")
    ),
    "da_victim_of_family": (
        "named as a victim in a DA incident whose suspect is of the family", ("victim_id", "relationship")
    ),
    "da_victim_of_other": (
        "named as a victim in a DA incident whose suspect is neither", ("victim_id", "relationship")
    ),
    "da_victim_of_unknown": (
        "named as a victim in a DA incident with no named suspect or no recorded relationship",
        ("victim_id", "relationship"),
    ),
    "counter_allegation": (
        "the victim of one DA incident is, in another, the suspect against them", ("victim_id",)
    ),
    "counter_allegation_near": (
        f"the same, both known to the police within {NEAR_DAYS} days", ("victim_id",)
    ),
    "both_in_one_incident": (
        "each is suspect and victim of the other in one and the same DA incident", ("victim_id",)
    ),
    "before_age": ("named as a suspect of anything before the age at which DA starts", (OFFENDER_AGE,)),
    "flagged_before_age": (
        "the same, and flagged as domestic abuse by the police, which does not count as DA", (OFFENDER_AGE,)
    ),
}  # fmt: skip


def measures_of(present: Sequence[str]) -> list[str]:
    """List the measures that an extract with these canonical columns allows."""
    known = set(present)
    return [name for name, (_, needs) in MEASURES.items() if all(known & set(need.split("|")) for need in needs)]


def overlap_of(tables: IncidentTables, cohort: Any, definition: DomesticAbuse, present: Sequence[str]) -> Any:
    """Say what is recorded of each offender beside their own DA.

    Parameters
    ----------
    tables : IncidentTables
        Of every suspect and victim in the window.
    cohort : ibis.Table
        One row an offender.
    definition : DomesticAbuse
        What counts as DA, and from what age on.
    present : sequence of str
        The canonical columns that the extract has.

    Returns
    -------
    ibis.Table
        offender_id and a boolean column for each of `measures_of`; before_age and flagged_before_age are missing where
        no age is known. Sorted by id.
    """
    wanted = measures_of(present)
    people = cohort.select("offender_id")
    for part in (
        _victimised(tables, cohort).rename(offender_id="victim_id"),
        _counter_alleged(tables),
        _young(tables.incidents, definition.minimum_age),
    ):
        columns = [name for name in wanted if name in part.columns]
        joined = people.left_join(part.select("offender_id", *columns), "offender_id")
        filled = {name: joined[name] if "before" in name else joined[name].fill_null(False) for name in columns}
        people = joined.select(*people.columns, **filled)
    return people.order_by("offender_id")


def _victimised(tables: IncidentTables, cohort: Any) -> Any:
    """One row an offender who is a victim too: of what, and by whom; an incident may have several suspects."""
    suspects = cohort.select(victim_id="offender_id")
    links = tables.victims.semi_join(suspects, "victim_id")
    whom = links.group_by(["victim_id", "incident_id"]).aggregate(
        partner=any_known(links.intimacy == "intimate"),
        family=any_known(links.intimacy == "family"),
        other=any_known(links.intimacy == "neither"),
    )
    harmed = tables.victimisations.semi_join(suspects, "victim_id").left_join(whom, ["victim_id", "incident_id"])
    by = {name: harmed[name].fill_null(False) for name in ("partner", "family", "other")}
    by["unknown"] = ~(by["partner"] | by["family"] | by["other"])
    return harmed.group_by("victim_id").aggregate(
        victim=ibis.literal(True),
        da_victim=any_known(harmed.is_da),
        **{f"da_victim_of_{name}": any_known(harmed.is_da & condition) for name, condition in by.items()},
    )


def _counter_alleged(tables: IncidentTables) -> Any:
    """One row an offender with DA incidents both ways; these became known when reported, else when they ended."""
    incidents = tables.incidents
    known = ibis.coalesce(incidents.reported_at, incidents.occurred_to, incidents.occurred_from)
    links = tables.victims.filter(tables.victims.victim_id.notnull() & tables.victims.is_da)
    one = links.select("offender_id", "incident_id", "victim_id")
    other = links.select(accused="offender_id", other_id="incident_id", harmed="victim_id")
    pairs = one.inner_join(other, [("offender_id", "harmed"), ("victim_id", "accused")])
    # The few pairs first: only their incidents are looked up.
    first = incidents.select(offender_id="offender_id", incident_id="incident_id", known=known)
    second = incidents.select(accused="offender_id", other_id="incident_id", other_known=known)
    pairs = pairs.inner_join(first, ["offender_id", "incident_id"]).inner_join(second, ["accused", "other_id"])
    same = pairs.incident_id == pairs.other_id
    apart = pairs.known.delta(pairs.other_known, unit="second").abs()
    return pairs.group_by("offender_id").aggregate(
        counter_allegation=any_known(~same),
        counter_allegation_near=any_known(~same & (apart <= NEAR_DAYS * 86_400)),
        both_in_one_incident=any_known(same),
    )


def _young(incidents: Any, minimum_age: int) -> Any:
    """One row per suspect: whether anything is recorded of them below the age, and was flagged."""
    below = incidents.offender_age < minimum_age
    found = incidents.group_by("offender_id").aggregate(
        aged=incidents.offender_age.notnull().any(),
        before_age=any_known(below),
        flagged_before_age=any_known(below & incidents.flagged),
    )
    unknown = ibis.null("boolean")
    return found.select(
        "offender_id",
        before_age=found.aged.ifelse(found.before_age, unknown),
        flagged_before_age=found.aged.ifelse(found.flagged_before_age, unknown),
    )


def summarise_overlap(overlap: pd.DataFrame, assignments: pd.DataFrame) -> pd.DataFrame:
    """Count the offenders of each cluster by every measure.

    Parameters
    ----------
    overlap : pandas.DataFrame
        From `overlap_of`.
    assignments : pandas.DataFrame
        offender_id, cluster, typology.

    Returns
    -------
    pandas.DataFrame
        measure, meaning, cluster, typology, offenders, known (offenders of whom it is known), share (of these),
        cohort_share.
    """
    measures = [name for name in MEASURES if name in overlap]
    joined = assignments[["offender_id", "cluster", "typology"]].merge(overlap, on="offender_id")
    values = joined[measures].astype("boolean").astype("Float64")
    columns = ["measure", "meaning", "cluster", "typology", "offenders", "known", "share", "cohort_share"]
    parts = []
    for name in measures:
        counts = values[name].groupby([joined["cluster"], joined["typology"]]).agg(["sum", "count"]).reset_index()
        counts = counts.rename(columns={"sum": "offenders", "count": "known"})
        counts["offenders"] = counts["offenders"].astype(int)
        counts["share"] = counts["offenders"] / counts["known"]
        whole = counts[["offenders", "known"]].sum()
        cohort = whole["offenders"] / whole["known"] if whole["known"] else float("nan")
        parts.append(counts.assign(measure=name, meaning=MEASURES[name][0], cohort_share=cohort))
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
