"""Incidents: whether the rows of one incident number belong together, in time and area."""

from __future__ import annotations

from dapipeline.extract.checks.question import Question
from dapipeline.extract.warnings import Warned

APART_DAYS = 92
FEWEST, LEAST_SHARE = 5, 0.02  # rows; share of the rows of incidents that have several


def incidents_apart(question: Question) -> list[Warned]:
    """Find incident numbers that are used again each day or year, or by several areas.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W208 and W209.
    """
    moment = "coalesce(reported_at, occurred_from)" if question.has("reported_at") else "occurred_from"
    area = "borough" if question.has("borough") else "NULL::VARCHAR"
    several, apart, apart_rows, by_year, areas, areas_rows = question.ask(f"""
        WITH rows AS (SELECT incident_id, {moment}::DATE AS day, year(occurred_from) AS year, {area} AS area FROM kept),
        incidents AS (SELECT count(*) AS rows, max(day) - min(day) AS days, count(DISTINCT area) AS areas
                      FROM rows GROUP BY incident_id),
        years AS (SELECT max(day) - min(day) AS days FROM rows GROUP BY incident_id, year)
        SELECT coalesce(sum(rows) FILTER (rows > 1), 0), count(*) FILTER (days > {APART_DAYS}),
               coalesce(sum(rows) FILTER (days > {APART_DAYS}), 0),
               (SELECT count(*) FROM years WHERE days > {APART_DAYS}), count(*) FILTER (areas > 1),
               coalesce(sum(rows) FILTER (areas > 1), 0)
        FROM incidents
    """)  # noqa: S608
    number, found = question.source("incident_id"), []
    if apart_rows >= max(FEWEST, LEAST_SHARE * several):
        # Add the year to numbers that restart each year, else the day.
        length = 4 if by_year < apart / 10 else 10
        part = f"left(cast(occurred_from as text), {length})"
        text = f"{apart_rows:,} rows share the number of {_incidents(apart)} and lie more than {APART_DAYS} days apart."
        remedy = (
            "If incident numbers begin anew, make them unique under extract.derive: "
            f"incident_id: '{number} || '' '' || {part}'."
        )
        found.append(Warned("W208", "incident_id", int(apart_rows), text, remedy))
    if areas_rows >= max(FEWEST, LEAST_SHARE * several):
        text = f"{areas_rows:,} rows share the number of {_incidents(areas)} and lie in different areas (borough)."
        remedy = (
            "If each area numbers its own incidents, add the area under extract.derive: "
            f"incident_id: '{number} || '' '' || {question.source('borough')}'."
        )
        found.append(Warned("W209", "incident_id", int(areas_rows), text, remedy))
    return found


def _incidents(number: int) -> str:
    return "one incident" if number == 1 else f"{number:,} incidents"
