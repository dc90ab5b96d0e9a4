"""How soon again: the share of people with another DA incident within a time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.analysis.course.again import ANYBODY, BY_INCIDENT, NEW, SAME, STARTS, WITHIN
from dapipeline.analysis.course.records import BY_PERSON
from dapipeline.report.breakdown import ALL as EVERYBODY
from dapipeline.report.breakdown import Gated
from dapipeline.report.contents import Contents
from dapipeline.report.course.breakdowns import nested, steps
from dapipeline.report.course.values import (
    BY,
    HEADS,
    PARTLY,
    by,
    chosen,
    whole,
)
from dapipeline.report.disclosure import gate
from dapipeline.report.harm.forest import forest
from dapipeline.report.part import Part, part, unanswered
from dapipeline.report.suppression import all_enough
from dapipeline.report.table import WITHHELD, Cell, Number, Table, table
from dapipeline.report.words import count, several, share

YEAR = WITHIN[-1]
HEADINGS = {str(within): f"Within {within} days" for within in WITHIN}
FIGURE = (
    f"People with another DA incident within {YEAR} days of their first, by the gravest offence of the first, with 95% "
    "intervals."
)
LIMITS = (
    "People whose records end sooner count as long as they are followed (Kaplan and Meier; for the same or a new "
    "victim Aalen and Johansen). Who moved away, was in prison or died counts as followed, because the records do not "
    "say so.",
    "After any DA incident, people with many count once for each, so that its share is higher; its interval comes from "
    "drawing people anew, each with all of their incidents.",
    "The time runs from the start of the incident, also where people are told apart by the outcome of its crime, which "
    "came later.",
    "Another incident is another that came to be known to the police.",
    PARTLY,
)


def how_soon_again(contents: Contents, limit: int) -> Part:
    """Lay out recurrence.

    Parameters
    ----------
    contents : Contents
    limit : int

    Returns
    -------
    Part
    """
    found = contents.course.reoffending
    if found.empty:
        return part("How soon again", [], limits=["No DA incident is in the records."])
    first = found[(found["start"] == "first") & (found["victim"] == ANYBODY)]
    missing = {"risk_grade": contents.course.risk_grades is None, "outcome": contents.course.outcomes is None}
    of_incident = [name for name in BY_INCIDENT if not missing[name]]
    gates = {name: _gated(contents, first, name, limit) for name in ("first_type", "typology", "group", *of_incident)}
    tables = [
        (f"After the first DA incident, by {BY[name]}", _table(first, name, of, limit)) for name, of in gates.items()
    ]
    every = found[found["start"] == "any"]
    tables += [
        (f"After any DA incident, by {BY[name]}", _table(every, name, _gated(contents, every, name, limit), limit))
        for name in (*of_incident, "typology", "first_type")
    ]
    return part(
        "How soon again",
        _findings(found, limit),
        [("course_again", _figure(*gates["first_type"]), FIGURE)],
        tables,
        [*unanswered(contents.course.course_gaps, "reoffending"), *LIMITS],
    )


def _findings(found: pd.DataFrame, limit: int) -> list[str]:
    rows = whole(found).set_index(["start", "victim", "within_days"]).sort_index()
    first = rows.loc[("first", ANYBODY)]
    if not _enough(first, limit) or first["share"].isna().any():
        return []
    every = rows.loc[("any", ANYBODY)].loc[YEAR]
    counted = (
        f" Counted from every DA incident, so that people with many count many times, it is {share(every['share'])} "
        "within a year."
    )
    said = [
        f"{share(first.loc[YEAR, 'share'])} of the {several(int(first.loc[YEAR, 'people']), 'person', 'people')} have "
        f"another DA incident within a year of their first{_interval(first.loc[YEAR])}, "
        f"{share(first.loc[WITHIN[0], 'share'])} within {WITHIN[0]} days."
        + (counted if all_enough([every["people_again"], every["people_not_again"]], limit) else "")
    ]
    if ("first", SAME, YEAR) in rows.index and ("first", NEW, YEAR) in rows.index:
        kinds = {kind: rows.loc[("first", kind)] for kind in (SAME, NEW)}
        again = [int(kind.loc[YEAR, "again"]) for kind in kinds.values()]
        again.append(int(first.loc[YEAR, "again"]) - sum(again))  # whose victim is not known
        if all(again[:2]) and all_enough(again, limit):
            said.append(
                f"Within a year of the first the next one has a victim of the first again for "
                f"{share(kinds[SAME].loc[YEAR, 'share'])} of people, and other victims for "
                f"{share(kinds[NEW].loc[YEAR, 'share'])}."
            )
    return said


def _interval(row: pd.Series) -> str:
    """Write an interval, if it is wide enough for its ends to be written differently."""
    low, high = share(row["low"]), share(row["high"])
    return f" (95% interval {low} to {high})" if low != high else ""


def _enough(first: pd.DataFrame, limit: int) -> bool:
    """Return whether as many came again, and did not, as may be told; nobody between two times may stand alone."""
    again = first["again"].tolist()
    steps = [later - before for before, later in zip([0, *again], [*again, int(first["people"].iloc[0])], strict=True)]
    return all_enough(steps, limit) and again[-1] > 0


def _gated(contents: Contents, found: pd.DataFrame, dimension: str, limit: int) -> tuple[Gated, pd.DataFrame]:
    """Gate how many came again within each time: what lies between two times may not tell of too few either."""
    rows = chosen(found, dimension, contents)
    about = rows.drop_duplicates("title")[["title", "people", "incidents"]].reset_index(drop=True)
    longest = list(WITHIN[::-1])
    wide = rows.pivot_table(index="title", columns="within_days", values="again", aggfunc="sum")
    wide = about.join(wide.rename(columns=str), on="title")
    chain = {"incidents": EVERYBODY} | {str(within): HEADINGS[str(within)] for within in longest}
    if (found["start"] == STARTS[0]).all():  # one incident of each
        return gate(nested(wide, chain, "people"), limit), rows
    asked = pd.concat([rows, whole(found).assign(title=EVERYBODY)])
    behind = np.column_stack([
        _people(asked, "people_not_again", longest[0]), *(_people(asked, "people_since", within) for within in longest)
    ])  # fmt: skip
    about = nested(wide, chain, "people", behind[:-1], behind[-1], apart=dimension in BY_PERSON)
    return gate(about, limit), rows


def _people(rows: pd.DataFrame, name: str, within: int) -> np.ndarray:
    return rows.loc[rows["within_days"] == within, name].to_numpy()


def _table(found: pd.DataFrame, dimension: str, told: tuple[Gated, pd.DataFrame], limit: int) -> Table | None:
    differences, rows = told
    gated = steps(differences)
    shown = rows.set_index(["title", "within_days"])
    cells: list[list[Cell]] = []
    people = dict(zip(gated.rows, gated.people, strict=True))
    for title in gated.rows[:-1]:
        if (title, YEAR) not in shown.index:
            continue  # several together: their shares would have to be estimated together
        may = gated.cells(title)
        line: list[Cell] = [title, Number(int(people[title]), count)]
        for within, heading in HEADINGS.items():
            row = shown.loc[(title, int(within))]
            line.append(WITHHELD if may.get(heading, WITHHELD) is WITHHELD else _with_interval(row))
        cells.append(line)
    kept = [line for line in cells if any(cell is not WITHHELD for cell in line[2:])]
    heads = [HEADS[dimension], "People", *(f"{heading}, 95% interval" for heading in HEADINGS.values())]
    started = "any" if (found["start"] == "any").all() else "their first"
    caption = f"People with another DA incident after {started}, {by(dimension)}"
    return table(caption, heads, kept, range(1, len(heads)), gated.note(limit)) if kept else None


def _with_interval(row: pd.Series) -> str:
    if pd.isna(row["low"]):
        return share(row["share"])
    return f"{share(row['share'])} ({share(row['low'])} to {share(row['high'])})"


def _figure(differences: Gated, rows: pd.DataFrame) -> str:
    gated = steps(differences)
    year = rows[(rows["within_days"] == YEAR) & rows["low"].notna()]
    heading = HEADINGS[str(YEAR)]
    told = [title for title in year["title"] if gated.cells(title).get(heading, WITHHELD) is not WITHHELD]
    drawn = year[year["title"].isin(told)].sort_values("share", ascending=False)
    drawn = drawn.assign(effect=100 * drawn["share"], low=100 * drawn["low"], high=100 * drawn["high"], q=0.0)
    axis = f"per cent with another DA incident within {YEAR} days"
    return forest(drawn, "title", "course_again", axis, f"People with another DA incident within {YEAR} days")
