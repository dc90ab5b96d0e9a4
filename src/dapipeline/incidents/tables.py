"""Aggregates rows to tables: incidents of suspects, their offences, their victims, and who was a victim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from dapipeline.extract.columns import MARKER
from dapipeline.incidents.measures import ADULT, RELATED, measured, with_measures
from dapipeline.reference.codes import RISK_RANKS
from dapipeline.reference.tables import FAMILIES, NON_CRIME

INCIDENT = ["offender_id", "incident_id"]


@dataclass(frozen=True)
class IncidentTables:
    """The tables of the incidents package.

    Attributes
    ----------
    incidents : ibis.Table
        One row per suspect and incident.
    offences : ibis.Table
        One row per suspect, incident and distinct offence.
    victims : ibis.Table
        One row per suspect, incident and victim. Victims without an id are told apart by sex, age and relationship.
    victimisations : ibis.Table
        One row per victim and incident, with or without a named suspect.
    """

    incidents: Any
    offences: Any
    victims: Any
    victimisations: Any


def build_incidents(rows: Any) -> IncidentTables:
    """Aggregate rows to incidents, each of which counts once for a suspect, whatever its offences and victims.

    Parameters
    ----------
    rows : ibis.Table
        Canonical rows with flagged, is_da, intimacy, family, severity and the ages: the output of the functions in
        `facts`, `offences` and `deprivation`.

    Notes
    -----
    In every table an incident is DA, below the age (flagged, but not DA, because somebody is known to be too young) or
    neither: is_da and below_age are never both true.

    Returns
    -------
    IncidentTables
    """
    suspected = with_measures(_with_incident_values(rows.filter(rows.offender_id.notnull())))
    offences = _offences(suspected)
    return IncidentTables(
        incidents=_incidents(suspected, offences),
        offences=offences,
        victims=_victims(suspected),
        victimisations=_victimisations(rows),
    )


def _with_incident_values(rows: Any) -> Any:
    """Make is_da, below_age and offender_age constant per suspect and incident: DA if any row is; the lowest age."""
    same = ibis.window(group_by=INCIDENT)
    is_da, flagged = (any_known(rows[name]).over(same) for name in ("is_da", "flagged"))
    return rows.mutate(is_da=is_da, below_age=flagged & ~is_da, offender_age=rows.offender_age.min().over(same))


def _offences(rows: Any) -> Any:
    """Aggregate to one row per offence; where its rows disagree, keep the most severe."""
    keyed = rows.mutate(offence_key=ibis.coalesce(rows.offence_id, rows.offence_code, rows.offence, rows.family))
    deciding = ("family", "offence_code", "offence", "occurred_from", "outcome_code", "outcome_at")
    order = [ibis.desc(keyed.severity), ibis.desc(keyed.is_crime), *(ibis.asc(keyed[name]) for name in deciding)]
    same = [*INCIDENT, "offence_key"]
    ordered, whole = ibis.window(group_by=same, order_by=order), ibis.window(group_by=same)
    speaking = keyed.mutate(
        rank=ibis.row_number().over(ordered),
        called_so=any_known(keyed.against == "child").over(whole),
        has_a_child=any_known(keyed.victim_age < ADULT).over(whole),
    ).filter(lambda t: t["rank"] == 0)
    # Of several victims of one sexual offence any may be a child.
    of_a_child = speaking.called_so | ((speaking.family == "sexual") & speaking.has_a_child)
    return (
        speaking.mutate(against=of_a_child.ifelse("child", speaking.against))
        .select(
            *INCIDENT, "offence_key", "offence_code", "offence", "family", "kind", "against", "compliance", "is_crime",
            "severity", "outcome_code", "outcome_at", "is_da", "below_age", "occurred_from",
        )
    )  # fmt: skip


def any_known(condition: Any) -> Any:
    """Find whether a condition holds in any row of a group; where it is missing, it does not hold.

    Parameters
    ----------
    condition : ibis boolean column

    Returns
    -------
    ibis boolean aggregate
        Never missing.
    """
    return condition.fill_null(False).any()


def _incidents(rows: Any, offences: Any) -> Any:
    grade = rows.risk_grade.cases(*RISK_RANKS.items())
    rows = rows.mutate(grade=grade)
    markers = {
        name: rows[name].cast("int8").max() for name in rows.columns if name.startswith(MARKER)
    }  # 1, 0, not known
    who_what_where = rows.group_by(INCIDENT).aggregate(
        **markers,
        occurred_from=rows.occurred_from.min(),
        occurred_to=rows.occurred_to.max(),
        reported_at=rows.reported_at.min(),
        is_da=any_known(rows.is_da),
        flagged=any_known(rows.flagged),
        da_flag=any_known(rows.da_flag),
        below_age=any_known(rows.below_age),
        unknown_age=any_known(rows.unknown_age),
        age_blanked=any_known(rows.age_blanked),
        child_abuse=any_known(rows.child_abuse),
        vulnerable_adult_abuse=any_known(rows.vulnerable_adult_abuse),
        child_to_parent=any_known(rows.child_to_parent),
        is_crime=any_known(rows.is_crime),
        victims=rows.victim_id.nunique(),
        intimate=any_known(rows.intimacy == "intimate"),
        family_member=any_known(rows.intimacy == "family"),
        related=rows.intimacy.min().notnull(),
        ex_partner=any_known(rows.relationship == "ex_partner"),
        risk=rows.grade.max(),
        alcohol=any_known(rows.alcohol),
        drugs=any_known(rows.drugs),
        honour_based=any_known(rows.honour_based),
        arrested=rows.arrested.cast("int8").max(),  # 1, 0 or not known
        location_type=rows.location_type.min(),
        imd_decile=rows.imd_decile.cast("int32").min(),
        lsoa=rows.lsoa.min(),
        borough=rows.borough.min(),
        offender_age=rows.offender_age.min(),
        offender_sex=rows.offender_sex.min(),
        offender_ethnicity=rows.offender_ethnicity.min(),
    )
    flags = {f"of_{name}": any_known(offences.family == name) for name in (*FAMILIES, NON_CRIME)}
    compliance = {name: any_known(offences.compliance == name) for name in ("breach", *RELATED)}
    what = offences.group_by(INCIDENT).aggregate(
        severity=offences.severity.sum().fill_null(0).cast("decimal(18, 3)"),
        offences=offences.count(),
        child_or_vulnerable=any_known(
            (offences.family == "child_vulnerable") | ((offences.family == "sexual") & offences.against.notnull())
        ),
        **compliance,
        **flags,
    )
    joined = who_what_where.inner_join(what, INCIDENT)
    return (
        measured(joined)
        .mutate(
            known_at=ibis.coalesce(joined.reported_at, joined.occurred_to, joined.occurred_from),  # to the police
            intimacy=ibis.cases(
                (joined.intimate, "intimate"), (joined.family_member, "family"), (joined.related, "neither")
            ),
            substance=joined.alcohol | joined.drugs,
            duration_seconds=joined.occurred_to.delta(joined.occurred_from, unit="second"),
        )
        .drop("intimate", "family_member", "related")
    )


def _victims(rows: Any) -> Any:
    described = [rows.victim_sex, rows.relationship, rows.victim_age.cast("string")]
    known = ibis.or_(rows.victim_id.notnull(), *(value.notnull() for value in described))
    unnamed = ibis.literal("unnamed ") + ibis.literal("|").join([value.fill_null("") for value in described])
    links = rows.mutate(victim_key=ibis.coalesce(rows.victim_id, unnamed)).filter(known)
    return links.group_by([*INCIDENT, "victim_key"]).aggregate(
        victim_id=links.victim_id.min(),
        is_da=any_known(links.is_da),
        below_age=any_known(links.below_age),
        occurred_from=links.occurred_from.min(),
        relationship=links.relationship.min(),
        intimacy=links.intimacy.min(),
        victim_sex=links.victim_sex.min(),
        victim_age=links.victim_age.min(),
        offender_age=links.offender_age.min(),
    )


def _victimisations(rows: Any) -> Any:
    harmed = rows.filter(rows.victim_id.notnull())
    is_da = any_known(harmed.is_da)
    return harmed.group_by(["victim_id", "incident_id"]).aggregate(
        occurred_from=harmed.occurred_from.min(),
        is_da=is_da,
        below_age=any_known(harmed.flagged) & ~is_da,
        is_crime=any_known(harmed.is_crime),
    )
