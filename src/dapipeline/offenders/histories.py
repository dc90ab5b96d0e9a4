"""The histories that features are computed from: the cohort's incidents, victims, offences and victimisations."""

from __future__ import annotations

from typing import Any

from dapipeline.incidents.tables import IncidentTables


def histories_of(tables: IncidentTables, cohort: Any) -> dict[str, Any]:
    """Return the table that the features of each grain are aggregated from.

    Parameters
    ----------
    tables : IncidentTables
        Of every suspect and victim in the window.
    cohort : ibis.Table
        From `incidents.scope.cohort_of`.

    Returns
    -------
    dict of str to ibis.Table
        By grain, the rows of the cohort alone, with offender_id: incidents (one row per offender and incident), victims
        (per offender, incident and victim), pairs (per offender and named victim, with the numbers of incidents da and
        non_da), offences (per offender, incident and offence), victimisations (per offender and incident in which they
        were a victim). Each incident there is DA or none of it. What was flagged and lies below the age is neither,
        and counts in one more grain alone: recorded, which is incidents with these beside them.
    """
    recorded = tables.incidents.inner_join(cohort, "offender_id")
    incidents = recorded.filter(~recorded.below_age)
    delay = incidents.reported_at.delta(incidents.occurred_from, unit="second")
    clock = incidents.occurred_from.hour()
    incidents = incidents.mutate(
        night=(clock >= 22) | (clock < 6),
        weekend=incidents.occurred_from.day_of_week.index() >= 5,
        # A report recorded as a day without a time is read as midnight, which may be before the incident started.
        delay_seconds=(delay < 0).ifelse(0, delay),
        before_first_da=incidents.occurred_from < incidents.first_da,
    )
    victims = tables.victims.filter(~tables.victims.below_age).inner_join(cohort, "offender_id")
    named = victims.filter(victims.victim_id.notnull())
    harmed = tables.victimisations.filter(~tables.victimisations.below_age)
    victimisations = harmed.inner_join(cohort, harmed.victim_id == cohort.offender_id)
    return {
        "recorded": recorded,
        "incidents": incidents,
        "victims": victims.mutate(age_gap=victims.offender_age - victims.victim_age),
        "pairs": named.group_by(["offender_id", "victim_id"]).aggregate(
            da=named.is_da.cast("int64").sum(), non_da=(~named.is_da).cast("int64").sum()
        ),
        "offences": tables.offences.filter(~tables.offences.below_age).inner_join(cohort, "offender_id"),
        "victimisations": victimisations.mutate(before_first_da=victimisations.occurred_from < victimisations.first_da),
    }
