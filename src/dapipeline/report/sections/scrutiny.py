"""Scrutiny: what inspectors, boards and boroughs ask for, by area and year."""

from __future__ import annotations

from typing import Any

from dapipeline.report.material import Material
from dapipeline.report.part import laid_out
from dapipeline.report.scrutiny.marks import flag_and_tie, managed, marked, two_groups, unanswerable
from dapipeline.report.scrutiny.outcomes import from_incident_to_charge, outcomes_of_crimes
from dapipeline.report.scrutiny.people import who_recurs
from dapipeline.report.scrutiny.places import areas, when

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
    parts = [part(material.contents.counted_for_scrutiny, material.may.limit) for part in PARTS]
    return laid_out(parts) | {"findings": laid_out(parts[:OPENING])["findings"]}
