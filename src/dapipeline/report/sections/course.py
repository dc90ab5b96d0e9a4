"""The course: how abuse goes on, how soon again, risk grades, outcomes, and what came before."""

from __future__ import annotations

from typing import Any

from dapipeline.report.course.again import how_soon_again
from dapipeline.report.course.before import (
    children_and_parents,
    what_came_before_crime,
    what_came_before_the_worst,
)
from dapipeline.report.course.escalation import how_it_goes_on
from dapipeline.report.course.outcomes import what_became_of_crimes
from dapipeline.report.course.risk import what_grades_foretold
from dapipeline.report.material import Material
from dapipeline.report.part import laid_out

TITLE = "The course"
PARTS = (
    how_it_goes_on, how_soon_again, what_grades_foretold, what_became_of_crimes, what_came_before_crime,
    what_came_before_the_worst, children_and_parents,
)  # fmt: skip
OPENING = 5  # parts whose first finding opens the section: what follows is of few people


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
    parts = [part(material.contents, material.may.limit) for part in PARTS]
    return laid_out(parts) | {"findings": laid_out(parts[:OPENING])["findings"]}
