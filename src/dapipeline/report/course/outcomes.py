"""What became of crimes: outcomes, arrests, breaches, and the DA harm after a first outcome."""

from __future__ import annotations

import pandas as pd

from dapipeline.analysis.course.outcomes import GROUPS, REFERENCE
from dapipeline.analysis.course.records import BY_PERSON
from dapipeline.report.breakdown import Gated
from dapipeline.report.contents import Contents
from dapipeline.report.course.afterwards import compared_in_words, printable_harm, table_of
from dapipeline.report.course.bars import breaks_in_words, by_year
from dapipeline.report.course.breakdowns import beside_each_other, held_of, shared_out
from dapipeline.report.course.values import (
    BY,
    HEADS,
    PARTLY,
    broken_down,
    by,
    chosen,
    not_broken_down,
    whole,
)
from dapipeline.report.disclosure import gate, gate_part
from dapipeline.report.part import Part, part, unanswered
from dapipeline.report.suppression import all_enough
from dapipeline.report.table import Part as Counted
from dapipeline.report.table import Table
from dapipeline.report.words import count, share

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
STARTS = (
    "The clock starts at the day of the outcome for {at} of the {people} people compared and, where that day is not "
    "known, with the crime for the others: among those a late outcome is favoured."
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
    gaps = unanswered(course.course_gaps, "outcomes", "breaches", "recording_breaks")
    arrests = [("Arrests per hundred incidents", _arrests(contents, limit))] if course.arrests is not None else []
    if course.outcomes is None or course.breaches is None or course.outcomes.empty:
        none = [] if course.outcomes is None else ["No crime of these people is in the records."]
        return part(title, none, [], arrests, gaps)
    kinds = whole(course.outcomes)
    kinds = kinds.assign(title=kinds["kind"].map(KINDS))
    gated = beside_each_other([
        gate(shared_out(own, "outcome", "crimes", COLUMNS, behind="people_with", of_all=own, apart=False), limit)
        for _, own in kinds.groupby("kind")
    ])  # fmt: skip
    harm = printable_harm(course.after_outcome, "after_outcome", course.course_holders, limit)
    charged = compared_in_words(harm, GROUPS[0], "Of people whose first DA crime ended charged or summonsed",
                                "of those whose victim did not support action", contents.common_assault)  # fmt: skip
    breaches = _gated_breaches(course.breaches, limit)
    graded = ("risk_grade",) if course.risk_grades is not None else ()
    tables = [
        (
            "Outcomes of DA crimes and of other crimes",
            broken_down(gated, "Crimes by their outcome", "Kind", limit, "Crimes", total=False),
        ),
        *((f"DA crimes by {BY[name]}", _by(contents, name, limit)) for name in ("typology", "first_type", *graded)),
        ("Breaches of orders, bail and licence", _breaches(breaches, limit)),
        *arrests,
    ]
    afterwards = table_of(
        harm, "Outcome", "DA harm after the outcome of the first DA crime", limit, contents.common_assault
    )
    late = course.course_gaps["table"].eq("after_outcome").any()
    clocks = [LATE if late else _clocks(harm, limit)] if len(harm) else []
    return part(
        title,
        [*_findings(gated), *_breaches_said(breaches), *(f"{words} {NO_EFFECT}" for words in charged)],
        [("course_outcomes", *_figure(contents, limit))],
        [*tables, ("DA harm after the first DA crime, by its outcome", afterwards)],
        [
            *gaps, *LIMITS, *([CUSTODY] if len(harm) else []), *clocks,
            _changed(course.recording_breaks), not_broken_down(tables),
        ],
    )  # fmt: skip


def _clocks(harm: pd.DataFrame, limit: int) -> str:
    """Write how many clocks start at the outcome, and how many for lack of a day at the crime."""
    of = harm[harm["model"] == "apart"]
    told = gate_part(of["clock_at_outcome"].sum(), of["people"].sum(), limit)
    if isinstance(told, Counted):
        return STARTS.format(at=count(told.number), people=count(told.of))
    return STARTS.format(at="all but a few, or a few,", people=count(of["people"].sum()))


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
    of_da = contents.course.outcomes.query("kind == 'DA'")
    rows = chosen(of_da, dimension, contents)
    if rows.empty:
        return None
    about = shared_out(rows, "outcome", "crimes", COLUMNS, behind="people_with", of_all=whole(of_da),
                       apart=dimension in BY_PERSON)  # fmt: skip
    gated = gate(about, limit)
    caption = f"DA crimes by outcome, {by(dimension)}"
    return broken_down(gated, caption, HEADS[dimension], limit, "DA crimes", total=False)


def _gated_breaches(breaches: pd.DataFrame, limit: int) -> Gated | None:
    rows = breaches.query("dimension == 'repeat'")
    if rows.empty:
        return None
    rows = rows.assign(title=rows["value"].str.capitalize())
    about = shared_out(rows, "outcome", "breaches", COLUMNS, behind="people_with", of_all=whole(breaches), apart=False)
    return gate(about, limit)


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
    about = held_of(
        rows, {"arrests": "Arrests"}, ["incidents"], "people", behind=["people_with"], beside=["people_without"]
    )
    gated = gate(about, limit)
    return gated.as_table(
        f"DA incidents in which the suspect was arrested, {by('typology')}",
        HEADS["typology"],
        limit,
        whole="DA incidents",
    )


def _figure(contents: Contents, limit: int) -> tuple[str, str]:
    """Draw the outcomes of DA crimes by year, those of which every year has enough."""
    assert contents.course.outcomes is not None
    rows = contents.course.outcomes.query("kind == 'DA' and dimension == 'year'")
    lines = {}
    for name in DRAWN:
        own = rows[rows["outcome"] == name].sort_values("value")
        left = own["people"] - own["people_with"]
        if len(own) and own["crimes"].all() and all_enough([*own["people_with"], *left], limit):
            lines[name] = pd.Series(own["share"].to_numpy(), index=own["value"].astype(int).to_numpy())
    breaks = contents.course.recording_breaks
    drawn = by_year(lines, breaks, "course_outcomes", "share of DA crimes", "Outcomes of DA crimes by year")
    changed = f" Recording changed: {' '.join(breaks_in_words(breaks))}" if len(breaks) else ""
    left = rows.loc[~rows["complete"], "value"].unique()
    short = f" {left[0]} is not complete: the records end within it." if len(left) else ""
    last = " The crimes of the last year had the least time to get an outcome."
    return drawn, f"Outcomes of DA crimes by the year in which they came to be known.{last}{short}{changed}"
