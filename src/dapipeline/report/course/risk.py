"""Risk grades: of which incidents, what became of a first one, and the harm that followed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from dapipeline.analysis.course.records import BY_PERSON
from dapipeline.analysis.course.risk import GRADES, NEVER, NONE_LATER
from dapipeline.analysis.harm.study_families import STUDY_FAMILIES
from dapipeline.reference.codes import RISK_GRADES
from dapipeline.report.breakdown import Gated
from dapipeline.report.contents import Contents
from dapipeline.report.course.afterwards import compared_in_words, printable_harm, table_of
from dapipeline.report.course.bars import stacked
from dapipeline.report.course.breakdowns import shared_out
from dapipeline.report.course.values import (
    BY,
    HEADS,
    PARTLY,
    broken_down,
    by,
    chosen,
    crossed,
    not_broken_down,
    whole,
    whole_rows,
)
from dapipeline.report.disclosure import gate
from dapipeline.report.part import Part, part, unanswered
from dapipeline.report.suppression import all_enough
from dapipeline.report.table import Cell, Table
from dapipeline.report.table import Part as Counted
from dapipeline.report.words import several, share

NONE = "No later grade"
LATER = {**{grade: f"Later {grade}" for grade in RISK_GRADES}, NONE_LATER: NONE}
FIGURE = "People by the first risk grade that a DA incident of theirs was given, and the highest of their later grades."
LIMITS = (
    "A grade is the officer's, on the day. A high grade may lead to help and to arrests, so that what followed does "
    "not show whether the grade was right.",
    "What is compared are people alike in a few things; grades also rest on what the records do not hold.",
    PARTLY,
)


def what_grades_foretold(contents: Contents, limit: int) -> Part:
    """Lay out risk grades.

    Parameters
    ----------
    contents : Contents
    limit : int

    Returns
    -------
    Part
    """
    course = contents.course
    gaps = unanswered(course.course_gaps, "risk_grades", "first_risk")
    if course.risk_grades is None or course.risk_transitions is None or course.offences_after_grade is None:
        return part("Risk grades", [], limits=gaps)
    highest, following = transitions_gated(course.risk_transitions, limit)
    harm = printable_harm(course.first_risk, "first_risk", course.course_holders, limit)
    said = compared_in_words(
        harm, "high", "Of people first graded high", "of those first graded standard", contents.common_assault
    )
    tables = [
        ("Highest of the later grades, by the first", _laid(highest, "highest of the later grades", limit)),
        ("Next grade, by the first", _laid(following, "next grade", limit)),
        *(
            (f"DA incidents by {BY[name]}", _grades(contents, name, limit))
            for name in ("type", "typology", "first_type")
        ),
        ("The last grade before other offences", _before_offences(course.offences_after_grade, limit)),
    ]
    afterwards = table_of(
        harm, "First grade", "DA harm after the first graded DA incident", limit, contents.common_assault
    )
    return part(
        "Risk grades",
        [*_findings(contents, highest, limit), *said],
        [("course_grades", _figure(highest), FIGURE)],
        [*tables, ("DA harm after the first grade", afterwards)],
        [*gaps, *LIMITS, crossed(course.recording_breaks), not_broken_down(tables)],
    )


def _findings(contents: Contents, highest: Gated | None, limit: int) -> list[str]:
    graded = contents.course.risk_grades
    rows = whole(graded).set_index("grade") if graded is not None else pd.DataFrame()
    said = []
    if "high" in rows.index and all_enough(rows[["people_with", "people_without"]].to_numpy().ravel(), limit):
        said.append(
            f"Of the DA incidents with a grade {share(rows.loc['high', 'share'])} are graded high and "
            f"{share(rows.loc['medium', 'share'])} medium; {share(rows.loc[GRADES[-1], 'share'])} of all have none."
        )
    cells = {row: highest.cells(row) for row in highest.rows[:-1]} if highest else {}
    high = {row: told.get(LATER["high"]) for row, told in cells.items()}
    known = {row: cell for row, cell in high.items() if isinstance(cell, Counted)}
    if known:
        parts = ", ".join(
            f"{share(cell.number / cell.of)} of the {several(cell.of, 'person', 'people')} first graded {row.lower()}"
            f"{_of_regraded(cell, cells[row])}"
            for row, cell in known.items()
        )
        said.append(f"Graded high at a later DA incident: {parts}.")
    return said


def _of_regraded(high: Counted, cells: dict[str, Cell]) -> str:
    """Write what share it is of those who have a later grade at all."""
    none = cells.get(LATER[NONE_LATER])
    if not isinstance(none, Counted) or none.number >= none.of:
        return ""
    return f" ({share(high.number / (none.of - none.number))} of those graded again)"


def transitions_gated(table: pd.DataFrame, limit: int) -> tuple[Gated | None, Gated | None]:
    """Gate the highest and the next of the later grades at once: who has none is the same in both.

    Parameters
    ----------
    table : pandas.DataFrame
        risk_transitions.
    limit : int

    Returns
    -------
    Gated or None, Gated or None
        The highest and the next; None where nobody is graded.
    """
    rows = table[table["later"].isin(["highest", "next"]) & (table["of"] > 0)]
    if rows.empty:
        return None, None
    rows = rows.assign(title=rows["first_grade"].str.capitalize())
    heading = rows["grade"].map(LATER)
    rows = rows.assign(heading=heading.where((rows["later"] == "highest") | (heading == NONE), "Next: " + heading))
    rows = rows[(rows["later"] == "highest") | (heading != NONE)]
    names = {name: name for name in dict.fromkeys(rows["heading"])}
    one = shared_out(rows, "heading", "people", names, people="of")
    at = {name: number for number, name in enumerate(one.columns)}
    highest = [name for name in LATER.values() if name in at]
    following = [f"Next: {name}" if name != NONE else name for name in highest]
    sets = tuple(tuple(at[name] for name in names) for names in (highest, following))
    of = np.repeat(rows.groupby("title", sort=False)["of"].first().to_numpy()[:, None], len(at), axis=1)
    gated = gate(replace(one, exclusive=False, adding_up=sets, of=of), limit)
    return gated.of_columns(highest), replace(gated.of_columns(following), columns=tuple(highest))


def _laid(gated: Gated | None, what: str, limit: int) -> Table | None:
    caption = f"People by the first risk grade and the {what}"
    return broken_down(gated, caption, "First grade", limit) if gated else None


def _grades(contents: Contents, dimension: str, limit: int) -> Table | None:
    assert contents.course.risk_grades is not None
    rows = chosen(contents.course.risk_grades, dimension, contents)
    if rows.empty:
        return None
    about = shared_out(
        rows, "grade", "incidents", {grade: grade.capitalize() for grade in GRADES}, behind="people_with",
        of_all=whole(contents.course.risk_grades), apart=dimension in BY_PERSON,
    )  # fmt: skip
    gated = gate(about, limit)
    caption = f"DA incidents by risk grade, {by(dimension)}"
    return broken_down(gated, caption, HEADS[dimension], limit, "DA incidents", total=dimension == "type")


def _before_offences(table: pd.DataFrame, limit: int) -> Table | None:
    if table.empty:
        return None
    rows = table.assign(title=table["study_family"].map(STUDY_FAMILIES))
    columns = {grade: f"Last graded {grade}" for grade in RISK_GRADES} | {NEVER: "No grade before"}
    gated = gate(shared_out(rows, "grade", "offences", columns, behind="people_with", apart=False), limit)
    caption = "Crimes outside DA of the study’s four families, by the last risk grade of the suspect before them"
    return broken_down(gated, caption, "Family of the study", limit, "Crimes")


def _figure(highest: Gated | None) -> str:
    rows = {f"First graded {row.lower()}": shares for row, shares in whole_rows(highest).items()}
    return stacked(rows, "course_grades", "People by their first risk grade and the highest of their later ones")
