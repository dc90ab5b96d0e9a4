"""Suspects who are recorded as victims too, counter-allegations, and records from below the age at which DA starts.

A record shows what was reported to the police and written down. It does not show who harmed whom first or most.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import pandas as pd

from dapipeline.config import DomesticAbuse
from dapipeline.incidents.facts import age_of_da
from dapipeline.incidents.tables import IncidentTables, any_known
from dapipeline.offenders.feature import OFFENDER_AGE, missing_columns

NEAR_DAYS = 30
MEASURES: dict[str, tuple[str, tuple[str, ...]]] = {  # name to its meaning and the canonical columns it needs
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
        "the same, and flagged as domestic abuse by the police, which counts neither as DA nor as other history",
        (OFFENDER_AGE,)
    ),
}  # fmt: skip


OF_AN_AGE = ("before_age", "flagged_before_age")  # measures that ask for an age at which DA starts


def measures_of(present: Sequence[str], definition: DomesticAbuse) -> list[str]:
    """List the measures that an extract has the columns for.

    Parameters
    ----------
    present : sequence of str
        The canonical columns that the extract has.
    definition : DomesticAbuse
        Where the flag decides alone, DA starts at no age.

    Returns
    -------
    list of str
        Keys of `MEASURES`, in its order.
    """
    asked = [name for name in MEASURES if definition.minimum_age is not None or name not in OF_AN_AGE]
    return [name for name in asked if not missing_columns(MEASURES[name][1], present)]


def overlap_of(tables: IncidentTables, cohort: Any, definition: DomesticAbuse, present: Sequence[str]) -> Any:
    """Compute `MEASURES` for each offender: what is recorded of them beside the DA of which they are suspected.

    Parameters
    ----------
    tables : IncidentTables
        Of every suspect and victim in the window.
    cohort : ibis.Table
        One row per offender.
    definition : DomesticAbuse
        For the age at which DA starts.
    present : sequence of str
        The canonical columns that the extract has.

    Returns
    -------
    ibis.Table
        One row per offender, sorted by id: offender_id and a boolean column for each of `measures_of`. before_age and
        flagged_before_age are missing where no age of the offender is known.
    """
    wanted = measures_of(present, definition)
    people = cohort.select("offender_id")
    parts = [_victimised(tables, cohort).rename(offender_id="victim_id"), _counter_alleged(tables)]
    least = age_of_da(tables.incidents.occurred_from, definition)
    if least is not None:
        parts.append(_young(tables.incidents, least))
    for part in parts:
        columns = [name for name in wanted if name in part.columns]
        joined = people.left_join(part.select("offender_id", *columns), "offender_id")
        filled = {name: joined[name] if "before" in name else joined[name].fill_null(False) for name in columns}
        people = joined.select(*people.columns, **filled)
    return people.order_by("offender_id")


def _victimised(tables: IncidentTables, cohort: Any) -> Any:
    """Return one row per offender who is a victim too, by what they are to the suspects; incidents may have several."""
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
    """Return one row per offender of whom a victim is in turn a suspect of DA against them.

    An incident becomes known to the police when it is reported; where that is missing, when it ended, else started.
    """
    incidents = tables.incidents
    links = tables.victims.filter(tables.victims.victim_id.notnull() & tables.victims.is_da)
    one = links.select("offender_id", "incident_id", "victim_id")
    other = links.select(accused="offender_id", other_id="incident_id", harmed="victim_id")
    pairs = one.inner_join(other, [("offender_id", "harmed"), ("victim_id", "accused")])
    # Pairs are few, so find them first and look up the times of their incidents alone.
    first = incidents.select(offender_id="offender_id", incident_id="incident_id", known=incidents.known_at)
    second = incidents.select(accused="offender_id", other_id="incident_id", other_known=incidents.known_at)
    pairs = pairs.inner_join(first, ["offender_id", "incident_id"]).inner_join(second, ["accused", "other_id"])
    same = pairs.incident_id == pairs.other_id
    apart = pairs.known.delta(pairs.other_known, unit="second").abs()
    return pairs.group_by("offender_id").aggregate(
        counter_allegation=any_known(~same),
        counter_allegation_near=any_known(~same & (apart <= NEAR_DAYS * 86_400)),
        both_in_one_incident=any_known(same),
    )


def _young(incidents: Any, minimum_age: Any) -> Any:
    """Return one row per suspect: whether any incident is from below the age, and whether such a one was flagged."""
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
        One row per offender: offender_id, cluster, typology.

    Returns
    -------
    pandas.DataFrame
        One row per measure and cluster: measure, meaning, cluster, typology, offenders (of whom it is true), known (of
        whom it is known), share (offenders by known), cohort_share (the same over all clusters).
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
