"""Scrutiny: what inspectors, boards and boroughs ask for, by area and year."""

from __future__ import annotations

from datetime import date
from typing import Any

from dapipeline.report.course.values import crossed
from dapipeline.report.material import Material
from dapipeline.report.part import laid_out
from dapipeline.report.scrutiny.marks import flag_and_tie, managed, marked, two_groups, unanswerable
from dapipeline.report.scrutiny.outcomes import from_incident_to_charge, outcomes_of_crimes
from dapipeline.report.scrutiny.people import who_recurs
from dapipeline.report.scrutiny.places import areas, when
from dapipeline.report.scrutiny.values import not_whole
from dapipeline.scrutiny.years import place_in_year

TITLE = "Scrutiny"
PARTS = (
    from_incident_to_charge, outcomes_of_crimes, who_recurs, areas, when, flag_and_tie, marked, two_groups, managed,
    unanswerable,
)  # fmt: skip
OPENING = 4  # parts whose first finding opens the section


def show(material: Material) -> dict[str, Any]:
    """Return what the template of this section fills in.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict
        By the names that the template uses; figures, by name, where it has any.
    """
    contents = material.contents
    tables, limit, breaks = contents.counted_for_scrutiny, material.may.limit, contents.course.recording_breaks
    changed = [place_in_year(date.fromisoformat(moment), contents.config.scrutiny.years) for moment in breaks["date"]]
    parts = [areas(tables, limit, changed) if part is areas else part(tables, limit) for part in PARTS]
    return laid_out(parts) | {
        "findings": laid_out(parts[:OPENING])["findings"],
        "years": [words for words in (not_whole(tables), crossed(breaks)) if words],
    }
