"""What came before: the first DA crime, domestic homicides and attempts, and abuse of a parent in youth."""

from __future__ import annotations

import pandas as pd

from dapipeline.analysis.course.before_crime import NUMBERS
from dapipeline.report.breakdown import Gated
from dapipeline.report.contents import Contents
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
from dapipeline.report.disclosure import gate, gate_part
from dapipeline.report.part import Part, part, unanswered
from dapipeline.report.suppression import all_enough
from dapipeline.report.table import WITHHELD, Cell, Number, Table, table
from dapipeline.report.table import Part as Counted
from dapipeline.report.words import count, several, share

NON_CRIMES = {number: number for number in NUMBERS}
# Many first crimes are equally grave: none of these is a tenth or a half.
GRAVITY = {"above the 90th percentile": "Gravest", "above the median": "Next", "up to the median": "Other"}
FIGURE = (
    "People by the number of DA incidents without a crime before their first DA crime, by how grave that crime was."
)
LIMITS = (
    "First is first in the records: what lies before them, and what never came to be known, counts as nothing before.",
    "Many people have such incidents and no crime after them: these figures look back from crimes, and say nothing of "
    "what an incident leads to.",
    PARTLY,
)


def what_came_before_crime(contents: Contents, limit: int) -> Part:
    """Lay out what came before the first DA crime.

    Parameters
    ----------
    contents : Contents
    limit : int

    Returns
    -------
    Part
    """
    found = contents.course.non_crimes_before_crime
    by_gravity = _gated(_gravities(found), limit)
    tables = [
        ("By how grave the crime was", _laid(by_gravity, "", "First DA crime", limit)),
        *((f"By {BY[name]}", _table(contents, found, name, limit)) for name in ("typology", "first_type")),
    ]
    return part(
        "Before the first DA crime",
        _findings(found, limit),
        [("course_before", _figure(by_gravity), FIGURE)],
        tables,
        [*LIMITS, crossed(contents.course.recording_breaks), not_broken_down(tables) if len(found) else ""],
    )


def _gravities(found: pd.DataFrame) -> pd.DataFrame:
    rows = found[found["dimension"] == "severity_of_crime"]
    order = list(GRAVITY)
    part = rows.groupby("value")["people"].sum() / max(rows["people"].sum(), 1)
    titles = {value: f"{words} {share(part[value])}" for value, words in GRAVITY.items() if value in part.index}
    rows = rows.assign(title=rows["value"].map(titles), place=rows["value"].map(order.index))
    return rows.sort_values("place", kind="stable")


def _gated(rows: pd.DataFrame, limit: int) -> Gated | None:
    return gate(shared_out(rows, "non_crimes", "people", NON_CRIMES, people="of"), limit) if len(rows) else None


def _table(contents: Contents, found: pd.DataFrame, dimension: str, limit: int) -> Table | None:
    gated = _gated(chosen(found, dimension, contents), limit)
    return _laid(gated, f", {by(dimension)}", HEADS[dimension], limit, total=False)


def _laid(gated: Gated | None, by: str, first: str, limit: int, total: bool = True) -> Table | None:
    caption = f"People with a DA crime by the DA non-crimes before it{by}"
    return broken_down(gated, caption, first, limit, total=total) if gated else None


def _findings(found: pd.DataFrame, limit: int) -> list[str]:
    rows = whole(found).set_index("non_crimes")
    if rows.empty or not all_enough(rows["people"], limit):
        return []
    of, none = int(rows["of"].iloc[0]), int(rows.loc["0", "people"])
    before = rows.drop(index="0")
    high = int(before["high_graded"].sum())
    told = [
        f"For {share(none / of)} of the {several(of, 'person', 'people')} with a DA crime no earlier DA incident was "
        f"on record; {share(int(before['people'].sum()) / of)} had one or more, in which no crime was recorded."
    ]
    graded = int(before["graded"].sum())
    part_high = gate_part(high, graded, limit) if graded else None
    if isinstance(part_high, Counted):
        told.append(
            f"Where such incidents were graded, {share(high / graded)} of people had one graded high before the crime."
        )
    return told


def _figure(gated: Gated | None) -> str:
    rows = {row: {f"{name} before": of for name, of in shares.items()} for row, shares in whole_rows(gated).items()}
    return stacked(rows, "course_before", "People by the number of DA non-crimes before their first DA crime")


def what_came_before_the_worst(contents: Contents, limit: int) -> Part:
    """Lay out what came before domestic homicides and attempts.

    Parameters
    ----------
    contents : Contents
    limit : int

    Returns
    -------
    Part
    """
    found = contents.course.homicides
    rows, said = [], []
    for what, own in found.groupby("what", sort=False):
        of = int(own["of"].iloc[0])
        if not all_enough([of], limit):
            said.append(f"Fewer than {limit} people are suspected of a domestic {what}: no figure is given of so few.")
            continue
        cells = _apart_enough(own, limit)
        rows += [
            [str(what).capitalize(), row.meaning, Number(of, count), cells[row.before]] for row in own.itertuples()
        ]
        recent = cells.get("recent_da")
        if isinstance(recent, Counted):
            line = own.set_index("before").loc["recent_da"]
            said.append(
                f"{several(of, 'person', 'people')} are suspected of a domestic {what}; "
                f"{share(recent.number / recent.of)} had a DA incident in the two years before it, half of them "
                f"within about {several(max(round(line['days_median'] / 7), 1), 'week')}."
            )
        else:
            said.append(f"{several(of, 'person', 'people')} are suspected of a domestic {what}.")
    gaps = unanswered(contents.course.course_gaps, "homicides")
    if found.empty and not gaps:
        said.append("No domestic homicide or attempt is in the records.")
    heads = ["What", "In the records before it", "Suspects", "Suspects with it"]
    laid = table("What came before domestic homicides and attempts", heads, rows, (2, 3)) if rows else None
    return part(
        "Before domestic homicides and attempted murders",
        said,
        [],
        [("What came before", laid)],
        [
            *gaps,
            "These are few people, looked at backwards: most people with the same history do nothing of the kind.",
        ],
    )


def _apart_enough(rows: pd.DataFrame, limit: int) -> dict[str, Cell]:
    """Return the counts that may be printed side by side: none tells of too few by what another is less or more."""
    printed: dict[str, Cell] = {}
    for row in rows.itertuples():
        cell = gate_part(row.people, row.of, limit)
        told = [one.number for one in printed.values() if isinstance(one, Counted)]
        apart = isinstance(cell, Counted) and all_enough([abs(cell.number - number) for number in told], limit)
        printed[str(row.before)] = cell if apart else WITHHELD
    return printed


def children_and_parents(contents: Contents, limit: int) -> Part:
    """Lay out abuse of a parent by children, and partner abuse later.

    Parameters
    ----------
    contents : Contents
    limit : int

    Returns
    -------
    Part
    """
    found, title = contents.course.child_to_parent, "Under-18s suspected against a parent"
    gaps = unanswered(contents.course.course_gaps, "child_to_parent")
    if found is None:
        return part(title, [], limits=gaps)
    rows = whole(found)
    people = int(rows["people"].iloc[0]) if len(rows) else 0
    if not people or not all_enough([people], limit):
        few = f"Fewer than {limit} people" if people else "No people"
        words = f"{few} under 18 are suspected against a parent{': nothing more is shown of them' if people else ''}."
        return part(title, [words], limits=gaps)
    row = rows.iloc[0]
    later = gate_part(row["later"], row["followed"], limit)
    who = several(people, "person", "people")
    said = f"{who} under 18 are suspected against a parent, whether or not it counts as DA."
    if isinstance(later, Counted) and all_enough([people - later.of], limit):
        said += (
            f" Of the {count(later.of)} whom the records follow until they are 18, {count(later.number)} are suspected "
            "of abuse of a partner later on."
        )
    return part(
        title,
        [said],
        [],
        [],
        [
            *gaps,
            "An extract drawn round suspects of DA holds of these children only those who are in it for something else "
            "too: the share is then too high.",
        ],
    )
