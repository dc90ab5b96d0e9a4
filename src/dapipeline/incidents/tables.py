"""The tables of this package: incidents of suspects, their offences, their victims, and who was a victim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from dapipeline.incidents.offences import NON_CRIME
from dapipeline.reference import tables as reference

INCIDENT = ["offender_id", "incident_id"]


@dataclass(frozen=True)
class IncidentTables:
    """What the incidents package hands on, each an Ibis table.

    Attributes
    ----------
    incidents : ibis.Table
        One row a suspect and incident.
    offences : ibis.Table
        One row a suspect, incident and distinct offence.
    victims : ibis.Table
        One row a suspect, incident and victim; victims without an id are told apart by what is known of them.
    victimisations : ibis.Table
        One row a victim and incident: who was harmed, and whether it was DA.
    """

    incidents: Any
    offences: Any
    victims: Any
    victimisations: Any


def build_incidents(rows: Any) -> IncidentTables:
    """Count each incident once for a suspect, whatever its offences and victims.

    Parameters
    ----------
    rows : ibis.Table
        Canonical rows with flagged, is_da, intimacy, family, severity and the ages.
    """
    suspected = _of_one_incident(rows.filter(rows.offender_id.notnull()))
    offences = _offences(suspected)
    return IncidentTables(
        incidents=_incidents(suspected, offences),
        offences=offences,
        victims=_victims(suspected),
        victimisations=_victimisations(rows),
    )


def _of_one_incident(rows: Any) -> Any:
    """What is true of an incident is true of all its rows: that it is DA, and how old its suspect was."""
    same = ibis.window(group_by=INCIDENT)
    return rows.mutate(is_da=any_known(rows.is_da).over(same), offender_age=rows.offender_age.min().over(same))


def _offences(rows: Any) -> Any:
    """One line an offence; where its rows disagree, the most severe record speaks for it."""
    keyed = rows.mutate(offence_key=ibis.coalesce(rows.offence_id, rows.offence_code, rows.offence, rows.family))
    deciding = ("family", "offence_code", "offence", "occurred_from", "outcome_code")
    order = [ibis.desc(keyed.severity), ibis.desc(keyed.is_crime), *(ibis.asc(keyed[name]) for name in deciding)]
    same = ibis.window(group_by=[*INCIDENT, "offence_key"], order_by=order)
    return (
        keyed.mutate(place=ibis.row_number().over(same))
        .filter(lambda t: t.place == 0)
        .select(
            *INCIDENT, "offence_key", "offence_code", "offence", "family", "is_crime", "severity", "outcome_code",
            "is_da", "occurred_from",
        )
    )  # fmt: skip


def any_known(condition: Any) -> Any:
    """Say whether a condition is known to hold in any row of a group."""
    return condition.fill_null(False).any()


def _incidents(rows: Any, offences: Any) -> Any:
    grade = rows.risk_grade.cases(("standard", 1), ("medium", 2), ("high", 3))
    rows = rows.mutate(grade=grade, place=rows.location_type)
    who_what_where = rows.group_by(INCIDENT).aggregate(
        occurred_from=rows.occurred_from.min(),
        occurred_to=rows.occurred_to.max(),
        reported_at=rows.reported_at.min(),
        is_da=any_known(rows.is_da),
        flagged=any_known(rows.flagged),
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
        location_type=rows.place.min(),
        imd_decile=rows.imd_decile.cast("int32").min(),
        lsoa=rows.lsoa.min(),
        borough=rows.borough.min(),
        offender_age=rows.offender_age.min(),
        offender_sex=rows.offender_sex.min(),
        offender_ethnicity=rows.offender_ethnicity.min(),
    )
    flags = {f"of_{name}": any_known(offences.family == name) for name in (*reference.FAMILIES, NON_CRIME)}
    kinds = reference.families()
    what = offences.group_by(INCIDENT).aggregate(
        severity=offences.severity.sum().fill_null(0).cast("decimal(18, 3)"),
        offences=offences.count(),
        da_parallel=any_known(
            offences.family.isin(kinds.loc[kinds["da_parallel"], "family"].tolist()) & offences.is_crime
        ),
        non_compliance=any_known(offences.family.isin(kinds.loc[kinds["non_compliance"], "family"].tolist())),
        **flags,
    )
    joined = who_what_where.inner_join(what, INCIDENT)
    return joined.mutate(
        intimacy=ibis.cases(
            (joined.intimate, "intimate"), (joined.family_member, "family"), (joined.related, "neither")
        ),
        # DA-parallel: the kind of crime DA is made of, recorded outside it.
        da_parallel=joined.da_parallel & ~joined.is_da,
        substance=joined.alcohol | joined.drugs,
        duration_seconds=joined.occurred_to.delta(joined.occurred_from, unit="second"),
    ).drop("intimate", "family_member", "related")


def _victims(rows: Any) -> Any:
    described = [rows.victim_sex, rows.relationship, rows.victim_age.cast("string")]
    known = ibis.or_(rows.victim_id.notnull(), *(value.notnull() for value in described))
    unnamed = ibis.literal("unnamed ") + ibis.literal("|").join([value.fill_null("") for value in described])
    links = rows.mutate(victim_key=ibis.coalesce(rows.victim_id, unnamed)).filter(known)
    return links.group_by([*INCIDENT, "victim_key"]).aggregate(
        victim_id=links.victim_id.min(),
        is_da=any_known(links.is_da),
        occurred_from=links.occurred_from.min(),
        relationship=links.relationship.min(),
        intimacy=links.intimacy.min(),
        victim_sex=links.victim_sex.min(),
        victim_age=links.victim_age.min(),
        offender_age=links.offender_age.min(),
    )


def _victimisations(rows: Any) -> Any:
    harmed = rows.filter(rows.victim_id.notnull())
    return harmed.group_by(["victim_id", "incident_id"]).aggregate(
        occurred_from=harmed.occurred_from.min(),
        is_da=any_known(harmed.is_da),
        is_crime=any_known(harmed.is_crime),
    )
