"""What became of crimes: outcomes, arrests, breaches, and the DA harm after a first outcome."""

from __future__ import annotations

import pandas as pd

from dapipeline.analysis.course.outcomes import GROUPS, REFERENCE
from dapipeline.report.breakdown import Gated
from dapipeline.report.contents import Contents
from dapipeline.report.course.afterwards import compared_in_words, printable_harm, table_of
from dapipeline.report.course.bars import breaks_in_words, by_year
from dapipeline.report.course.values import (
    BY,
    HEADS,
    PARTLY,
    broken_down,
    chosen,
    held_of,
    not_broken_down,
    shared_out,
    whole,
)
from dapipeline.report.disclosure import gate
from dapipeline.report.part import Part, part, unanswered
from dapipeline.report.suppression import all_enough
from dapipeline.report.table import Part as Counted
from dapipeline.report.table import Table
from dapipeline.report.words import share

COLUMNS = {name: name[:1].upper() + name[1:] for name in GROUPS}
DRAWN = GROUPS[:5]
CHARGED, UNSUPPORTED = COLUMNS[GROUPS[0]], COLUMNS[REFERENCE]
KINDS = {"DA": "DA crimes", "other": "Other crimes"}
NO_EFFECT = "This shows no effect of a charge: who is charged differs in more than is allowed for."
CUSTODY = (
    "Custody is not seen: whoever is charged may be in prison for a part of the years followed. What followed an "
    "outcome went with it; nothing here shows that it came of it."
)
LATE = (
    "The clock starts with the crime, as the extract has no day of the outcome (outcome_at): a late outcome is "
    "favoured, because the time before it counts as time after it."
)
LIMITS = (
    "Crimes are those of people with a DA incident; crimes without a named suspect, and those of others, are not among "
    "them.",
    PARTLY,
)


def what_became_of_crimes(contents: Contents, limit: int) -> Part:
    """Lay out outcomes.

    Parameters
    ----------
    contents : Contents
    limit : int

    Returns
    -------
    Part
    """
    course, title = contents.course, "What became of crimes"
    gaps = unanswered(course.course_gaps, "outcomes", "breaches")
    arrests = [("Arrests per hundred incidents", _arrests(contents, limit))] if course.arrests is not None else []
    if course.outcomes is None or course.breaches is None or course.outcomes.empty:
        none = [] if course.outcomes is None else ["No crime of these people is in the records."]
        return part(title, none, [], arrests, gaps)
    kinds = whole(course.outcomes)
    gated = gate(shared_out(kinds.assign(title=kinds["kind"].map(KINDS)), "outcome", "crimes", COLUMNS), limit)
    harm = printable_harm(course.after_outcome, "after_outcome", course.course_holders, limit)
    charged = compared_in_words(harm, GROUPS[0], "Of people whose first DA crime ended charged or summonsed",
                                "of those whose victim did not support action")  # fmt: skip
    breaches = _gated_breaches(course.breaches, limit)
    graded = ("risk_grade",) if course.risk_grades is not None else ()
    tables = [
        (
            "Outcomes of DA crimes and of other crimes",
            broken_down(gated, "Crimes by their outcome", "Kind", limit, "Crimes"),
        ),
        *((f"DA crimes by {BY[name]}", _by(contents, name, limit)) for name in ("typology", "first_type", *graded)),
        ("Breaches of orders, bail and licence", _breaches(breaches, limit)),
        *arrests,
    ]
    afterwards = table_of(harm, "Outcome", "DA harm after the outcome of the first DA crime", limit)
    late = course.course_gaps["table"].eq("after_outcome").any()
    return part(
        title,
        [*_findings(gated), *_breaches_said(breaches), *(f"{words} {NO_EFFECT}" for words in charged)],
        [("course_outcomes", *_figure(contents, limit))],
        [*tables, ("DA harm after the first DA crime, by its outcome", afterwards)],
        [
            *gaps, *LIMITS, *([CUSTODY] if len(harm) else []), *([LATE] if late and len(harm) else []),
            _changed(course.recording_breaks), not_broken_down(tables),
        ],
    )  # fmt: skip


def _changed(breaks: pd.DataFrame) -> str:
    words = " ".join(breaks_in_words(breaks))
    return f"Recording changed, so that years before and after do not compare: {words}" if words else ""


def _findings(gated: Gated) -> list[str]:
    told = {row: gated.cells(row) for row in gated.rows}
    said = []
    for row, cells in told.items():
        charged, unsupported = (cells.get(name) for name in (CHARGED, UNSUPPORTED))
        if row in KINDS.values() and isinstance(charged, Counted) and isinstance(unsupported, Counted):
            kind = row if row.startswith("DA") else row.lower()
            said.append(
                f"{share(charged.number / charged.of)} of {kind} ended charged or summonsed, and "
                f"{share(unsupported.number / unsupported.of)} without action, recorded as “victim does not support”"
            )
    return [f"{'; '.join(said)}."] if said else []


def _breaches_said(gated: Gated | None) -> list[str]:
    cells = gated.cells(gated.rows[-1]) if gated else {}
    none = [cells.get(COLUMNS[name]) for name in GROUPS if name.startswith("no action")]
    told = [cell for cell in none if isinstance(cell, Counted)]
    if not told or len(told) < len(none):
        return []
    number = sum(cell.number for cell in told)
    return [
        f"{share(number / told[0].of)} of recorded breaches of orders, bail and licence, in DA and outside it, ended "
        "without action. Recall to prison and what a court did are not in the records."
    ]


def _by(contents: Contents, dimension: str, limit: int) -> Table | None:
    assert contents.course.outcomes is not None
    rows = chosen(contents.course.outcomes.query("kind == 'DA'"), dimension, contents)
    if rows.empty:
        return None
    gated = gate(shared_out(rows, "outcome", "crimes", COLUMNS), limit)
    caption = f"DA crimes by outcome, by {BY[dimension]}"
    return broken_down(gated, caption, HEADS[dimension], limit, "DA crimes", total=False)


def _gated_breaches(breaches: pd.DataFrame, limit: int) -> Gated | None:
    rows = breaches.query("dimension == 'repeat'")
    if rows.empty:
        return None
    return gate(shared_out(rows.assign(title=rows["value"].str.capitalize()), "outcome", "breaches", COLUMNS), limit)


def _breaches(gated: Gated | None, limit: int) -> Table | None:
    caption = "Breaches by outcome, the first of a person and later ones"
    return gated.as_table(caption, "Breach", limit, whole="Breaches") if gated else None


def _arrests(contents: Contents, limit: int) -> Table | None:
    arrests = contents.course.arrests
    if arrests is None:
        return None
    rows = chosen(arrests.query("kind == 'DA'"), "typology", contents)
    if rows.empty:
        return None
    gated = gate(held_of(rows, {"arrests": "Arrests"}, ["incidents"], "people"), limit)
    return gated.as_table(
        "DA incidents in which the suspect was arrested", HEADS["typology"], limit, whole="DA incidents"
    )


def _figure(contents: Contents, limit: int) -> tuple[str, str]:
    """Draw the outcomes of DA crimes by year, those of which every year has enough."""
    assert contents.course.outcomes is not None
    rows = contents.course.outcomes.query("kind == 'DA' and dimension == 'year'")
    lines = {}
    for name in DRAWN:
        own = rows[rows["outcome"] == name].sort_values("value")
        left = own["of"] - own["crimes"]
        if len(own) and own["crimes"].all() and all_enough([*own["crimes"], *left], limit):
            lines[name] = pd.Series(own["share"].to_numpy(), index=own["value"].astype(int).to_numpy())
    breaks = contents.course.recording_breaks
    drawn = by_year(lines, breaks, "course_outcomes", "share of DA crimes", "Outcomes of DA crimes by year")
    changed = f" Recording changed: {' '.join(breaks_in_words(breaks))}" if len(breaks) else ""
    return drawn, f"Outcomes of DA crimes by the year in which they came to be known.{changed}"
