"""The histories features are computed from: the cohort's incidents, victims, offences and victimisations."""

from __future__ import annotations

from typing import Any

from dapipeline.incidents.tables import IncidentTables


def histories_of(tables: IncidentTables, cohort: Any) -> dict[str, Any]:
    """Give, for each grain of a feature, the table it is aggregated from.

    Parameters
    ----------
    tables : IncidentTables
        Every suspect's incidents, in the window.
    cohort : ibis.Table
        From `incidents.scope.cohort_of`.

    Returns
    -------
    dict of str to ibis.Table
        incidents, victims, pairs, offences, victimisations; each has offender_id and first_da, and the
        cohort's rows alone.
    """
    incidents = tables.incidents.inner_join(cohort, "offender_id")
    delay = incidents.reported_at.delta(incidents.occurred_from, unit="second")
    clock = incidents.occurred_from.hour()
    incidents = incidents.mutate(
        night=(clock >= 22) | (clock < 6),
        weekend=incidents.occurred_from.day_of_week.index() >= 5,
        # A report dated to the day alone may seem to come before the start.
        delay_seconds=(delay < 0).ifelse(0, delay),
        before_first_da=incidents.occurred_from < incidents.first_da,
    )
    victims = tables.victims.inner_join(cohort, "offender_id")
    named = victims.filter(victims.victim_id.notnull())
    harmed = tables.victimisations
    victimisations = harmed.inner_join(cohort, harmed.victim_id == cohort.offender_id)
    return {
        "incidents": incidents,
        "victims": victims.mutate(age_gap=victims.offender_age - victims.victim_age),
        "pairs": named.group_by(["offender_id", "victim_id"]).aggregate(
            da=named.is_da.cast("int64").sum(), non_da=(~named.is_da).cast("int64").sum()
        ),
        "offences": tables.offences.inner_join(cohort, "offender_id"),
        "victimisations": victimisations.mutate(before_first_da=victimisations.occurred_from < victimisations.first_da),
    }
