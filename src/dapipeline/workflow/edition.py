"""The shareable edition: the stage that counts what it tells, and what the report makes of that."""

from __future__ import annotations

from dapipeline.analysis.average_course import average_course
from dapipeline.analysis.harm.people import reach_of
from dapipeline.analysis.person_facts import highest_risk, person_facts
from dapipeline.report.contents import Contents
from dapipeline.report.shareable.page import render_shareable
from dapipeline.workflow import outputs
from dapipeline.workflow.stage import Context, Outputs, Stage
from dapipeline.workflow.to_vectors import incident_tables


def edition(context: Context) -> Outputs:
    """Describe every offender by what the shareable edition counts, and the average course of each typology."""
    if context.config.report.edition != "shareable":
        return {}
    tables, assignments = incident_tables(context), context.frame(outputs.ASSIGNMENTS)
    features, people = context.frame(outputs.FEATURES), context.frame(outputs.PEOPLE)
    facts = person_facts(assignments, features, people, context.frame(outputs.OVERLAP_FLAGS), highest_risk(tables))
    end = reach_of(tables.incidents, context.config.window).end
    return {outputs.PERSON_FACTS: facts, outputs.AVERAGE_COURSE: average_course(tables, assignments, end)}


def shareable_edition(context: Context, contents: Contents) -> Outputs:
    """Return the pages and figures of the shareable edition.

    Parameters
    ----------
    context : Context
        Of a stage after edition.
    contents : Contents

    Returns
    -------
    Outputs
        Nothing in the internal edition.
    """
    facts, course = (context.frame_if_there(output) for output in (outputs.PERSON_FACTS, outputs.AVERAGE_COURSE))
    if facts is None or course is None:
        return {}
    made = render_shareable(contents, facts, course)
    return {
        outputs.SHAREABLE_PAGE: made.page.html,
        outputs.SHAREABLE_WORKBOOK: made.workbook,
        **{outputs.shareable_figure(name, "svg"): svg for name, svg in made.page.figures.items()},
        **{outputs.shareable_figure(name, "png"): png for name, png in made.page.pictures().items()},
    }


EDITION = Stage(
    work=edition, title="Preparing the edition", package="analysis", settings=("window", "report.edition"),
    after=("incidents", "offenders", "typology", "analysis"),
)  # fmt: skip
