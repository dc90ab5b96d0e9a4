"""Repeat DA incidents: DA incidents by their number in a person's sequence, and within pairs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dapipeline.analysis.course.escalation import LAST
from dapipeline.analysis.course.records import ALL
from dapipeline.report.breakdown import ALL as EVERYBODY
from dapipeline.report.breakdown import Gated, meaning_of_mark
from dapipeline.report.contents import Contents
from dapipeline.report.course.afterwards import MEANING_OF_Q, in_assaults
from dapipeline.report.course.breakdowns import held_of, nested, steps
from dapipeline.report.course.sequence import ordinal, sequence
from dapipeline.report.course.values import (
    BY,
    HEADS,
    PARTLY,
    by,
    chosen,
    crossed,
    whole,
)
from dapipeline.report.disclosure import gate
from dapipeline.report.part import Part, part, unanswered
from dapipeline.report.sums import DOMINANCE
from dapipeline.report.suppression import all_enough
from dapipeline.report.table import WITHHELD, Number, Table, table
from dapipeline.report.words import between, count, number, probability, several, share

REACHED = (2, 3, 5, LAST)
SHARES = {"crimes": "A crime", "high": "Graded high"}
REST = "later ones"
FIGURE = (
    "Left: median days since the DA incident before, beside the days from the first to the second of the same people. "
    "Right: the share in which a crime was recorded, beside that of the same people's first incident."
)
LIMITS = (
    "Only those who go on are in the later rows: many incidents must lie close together to fit into the records. The "
    "figures of the same people's first incidents stand beside them, so that people are compared with themselves. Some "
    "of the shortening of gaps comes from the records ending.",
    "The tenth and all later incidents are one row, in which each counts, and so does the first incident beside each.",
    "People who stopped, were imprisoned, moved away or died look alike here.",
    PARTLY,
)


def how_it_goes_on(contents: Contents, limit: int) -> Part:
    """Lay out escalation.

    Parameters
    ----------
    contents : Contents
    limit : int

    Returns
    -------
    Part
    """
    escalation, changes = contents.course.escalation, contents.course.escalation_changes
    every = {unit: whole(escalation[escalation["unit"] == unit]).sort_values("order") for unit in ("person", "pair")}
    rows = {unit: _printable(own, limit) for unit, own in every.items()}
    people = rows["person"]
    with_severity = _severity_allowed(contents, people)
    gated, firsts = _gated(people, every["person"], limit), _firsts_allowed(people, limit)
    printed = _printed(people, gated)
    changes = _told_changes(changes, people, printed if firsts else printed | {"crimes": []}, with_severity, limit)
    return part(
        "Repeat DA incidents",
        _findings(people, changes),
        [("course_escalation", sequence(people, printed["crimes"], firsts), FIGURE)],
        [
            ("People by the number of the DA incident", _table(people, gated, "person", with_severity, limit)),
            (
                "The same within pairs of suspect and victim",
                _table(rows["pair"], _gated(rows["pair"], every["pair"], limit), "pair", False, limit),
            ),
            ("Later incidents beside the first ones of the same people", _changes(changes, contents.common_assault)),
            *(
                (f"How many have another, by {BY[name]}", _reached(contents, name, limit))
                for name in ("typology", "first_type")
            ),
        ],
        [
            *unanswered(contents.course.course_gaps, "escalation"),
            *LIMITS,
            crossed(contents.course.recording_breaks),
            ""
            if with_severity
            else "Severity is not shown: there is none, or most of it is that of one or two people.",
        ],
    )


def _printable(rows: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return rows as far as each takes in enough people, loses enough to the next, and leaves enough to those after."""
    rows = rows.sort_values("order").reset_index(drop=True)
    following = rows["people"].shift(-1).fillna(0).astype("int64")
    ended = rows["people"] - following
    lost = rows["units"] - rows["units"].shift(-1).fillna(0)
    nobody = (ended == 0) & (lost > 0)  # the same people go on, with fewer pairs
    enough = [all_enough(told, limit) for told in zip(rows["people"], ended, following, strict=True)]
    good = [fine and not none for fine, none in zip(enough, nobody, strict=True)]
    return rows[: good.index(False)] if False in good else rows


def _severity_allowed(contents: Contents, people: pd.DataFrame) -> bool:
    """Return whether no row of severities that is printed is mostly of two people."""
    held = contents.course.course_holders
    printed = held["of"].isin(people["order"].astype(str))
    shares = held.loc[(held["table"] == "escalation") & printed, "held_by_two"]
    return contents.has_severity and bool((shares < DOMINANCE).all())


def _gated(rows: pd.DataFrame, every: pd.DataFrame, limit: int) -> Gated | None:
    """Ask the gate how many of the incidents of each number are crimes and graded high; None of one number alone.

    The numbers that are not printed are one more row: how many crimes there are in all stands in other tables.
    """
    if len(rows) < 2:
        return None
    asked = every.assign(
        title=[ordinal(int(order)) if order in set(rows["order"]) else REST for order in every["order"]],
        no_crime=every["people"] - every["crime_people"], not_high=every["graded_people"] - every["high_people"],
    )  # fmt: skip
    added = dict.fromkeys(("crimes", "incidents", "high", "graded"), "sum")
    most = dict.fromkeys(("people", "crime_people", "high_people", "no_crime", "not_high"), "max")
    asked = asked.groupby("title", sort=False).agg(added | most).reset_index()
    about = held_of(asked, SHARES, ("incidents", "graded"), "people", ("crime_people", "high_people"),
                    ("no_crime", "not_high"), apart=False)  # fmt: skip
    return gate(about, limit)


def _printed(rows: pd.DataFrame, gated: Gated | None) -> dict[str, list[int]]:
    """Return the orders of which the share a crime, and the share graded high, is printed."""
    cells = {order: gated.cells(ordinal(int(order))) for order in rows["order"]} if gated else {}
    return {
        name: [order for order, told in cells.items() if told.get(heading, WITHHELD) is not WITHHELD]
        for name, heading in SHARES.items()
    }


def _firsts_allowed(rows: pd.DataFrame, limit: int) -> bool:
    """Return whether no step from one row to the next tells of too few whose first was a crime, or was not."""
    crimes = rows["first_crime_people"]
    numbers = [crimes, rows["people"] - crimes]
    steps = [of - of.shift(-1).fillna(0) for of in numbers]
    lost = rows["first_crimes"] - rows["first_crimes"].shift(-1).fillna(0)
    single = rows["order"] < LAST
    moved = bool((single & (steps[0] == 0) & (lost != 0)).any())  # pairs, of the same people
    return not moved and all_enough([abs(number) for of in (*numbers, *steps) for number in of], limit)


def _told_changes(
    changes: pd.DataFrame, people: pd.DataFrame, printed: dict[str, list[int]], with_severity: bool, limit: int
) -> pd.DataFrame:
    """Return the comparisons of later and first incidents that may be printed, of people as a whole."""
    found = changes[(changes["unit"] == "person") & (changes["dimension"] == ALL) & changes["p"].notna()]
    measured = found["measure"].map({"crime": "crimes", "high": "high"})
    kept = [
        row.measure in ("days", "severity")
        or (
            row.order in printed[str(name)]
            and all_enough([round(row.units * of) for m in (row.mean, row.first_mean) for of in (m, 1 - m)], limit)
        )
        for row, name in zip(found.itertuples(), measured, strict=True)
    ]
    kept = np.array(kept, dtype=bool) & found["order"].isin(people["order"]).to_numpy()
    return found[kept & (with_severity | (found["measure"] != "severity").to_numpy())]


def _findings(people: pd.DataFrame, changes: pd.DataFrame) -> list[str]:
    by_order = people.set_index("order")
    if 2 not in by_order.index:
        return []
    everybody, second = int(by_order.loc[1, "units"]), int(by_order.loc[2, "units"])
    said = (
        f"{share(second / everybody)} of the {several(everybody, 'person', 'people')} have a second DA incident in the "
        f"records, half of them within {several(round(by_order.loc[2, 'days_median']), 'day')} of the first."
    )
    later = max(order for order in by_order.index if order < LAST)
    if later > 2:
        days, first = by_order.loc[later, "days_median"], by_order.loc[later, "first_days_median"]
        said += (
            f" Those who reach {'an' if later == 8 else 'a'} {ordinal(later)} had {several(round(days), 'day')} "
            f"before it (median), and {several(round(first), 'day')} between their own first two."
        )
    return [said, *_changed(changes)]


def _changed(found: pd.DataFrame) -> list[str]:
    """Tell whether later incidents are graver than the same people's first."""
    said = []
    for measure, words, written in (
        ("severity", "Recorded severity", number), ("high", "The share graded high", share),
    ):  # fmt: skip
        rows = found[found["measure"] == measure]
        if rows.empty:
            continue
        last = rows.iloc[-1]
        sure = rows[rows["q"] < 0.05]
        if sure.empty or len(set(sure["change"] > 0)) > 1:
            said.append(
                f"{words} does not clearly change from people's first DA incident to later ones: at the "
                f"{ordinal(int(last['order']))} it is {written(last['mean'])}, and was {written(last['first_mean'])} "
                "at the same people's first."
            )
            continue
        top = sure.iloc[-1]
        way = "higher" if top["change"] > 0 else "lower"
        said.append(
            f"{words} is {way} later on: at the {ordinal(int(top['order']))} DA incident it is "
            f"{written(top['mean'])}, and was {written(top['first_mean'])} at the first of the same "
            f"{several(int(top['units']), 'person', 'people')}."
        )
    return said


def _table(rows: pd.DataFrame, gated: Gated | None, unit: str, with_severity: bool, limit: int) -> Table | None:
    if gated is None:
        return None
    firsts = _firsts_allowed(rows, limit)
    cells: list[list[Any]] = []
    for row in rows.to_dict("records"):
        title = ordinal(int(row["order"]))
        told = gated.cells(title) or dict.fromkeys(SHARES.values(), WITHHELD)
        cells.append(
            [
                title.capitalize(), Number(row["units"], count), Number(row["incidents"], count),
                Number(row["days_median"], number),
                Number(row["first_days_median"], number), told["A crime"],
                Number(row["first_crime_share"], share) if firsts else WITHHELD, told["Graded high"],
                *([Number(row["severity_mean"], number), Number(row["first_severity_mean"], number)]
                  if with_severity else []),
            ]
        )  # fmt: skip
    whose, own = ("people", "people’s") if unit == "person" else ("pairs", "pairs’")
    heads = [
        "DA incident", whose.capitalize(), "Incidents", "Median days since the one before", f"The same {own} first gap",
        "A crime", f"The same {own} first", "Graded high",
        *(["Mean severity", f"The same {own} first"] if with_severity else []),
    ]  # fmt: skip
    graded = [at for at, head in enumerate(heads) if head != "Graded high" or rows["graded"].any()]
    return table(
        f"DA incidents by their number in the sequence of {whose}", [heads[at] for at in graded],
        [[row[at] for at in graded] for row in cells], range(1, len(graded)),
        meaning_of_mark(limit) if any(cell is WITHHELD for row in cells for cell in row) else "",
    )  # fmt: skip


def _changes(found: pd.DataFrame, common_assault: float | None) -> Table | None:
    words = {
        "severity": "Severity",
        "crime": "Per cent a crime",
        "high": "Per cent graded high",
        "days": "Days since the one before",
    }
    if found.empty:
        return None
    rows: list[list[Any]] = []
    for row in found.itertuples():
        of = 100 if row.measure in ("crime", "high") else 1
        own = (words[row.measure], ordinal(int(row.order)), Number(row.units, count))
        means = (Number(of * row.first_mean, number), Number(of * row.mean, number))
        rows.append([*own, *means, between(of * row.change, of * row.low, of * row.high), probability(row.q)])
    heads = ["Measure", "DA incident", "People", "Mean at their first", "Mean then", "Change, 95% interval", "q"]
    note = f"{MEANING_OF_Q}{in_assaults(common_assault)}"
    return table("Later DA incidents beside the first of the same people", heads, rows, range(2, 7), note)


def _reached(contents: Contents, dimension: str, limit: int) -> Table | None:
    rows = contents.course.escalation.query("unit == 'person'")
    rows = chosen(rows, dimension, contents)
    wide = rows.pivot_table(index="title", columns="order", values="units", aggfunc="sum", fill_value=0)
    wide = wide.reindex(index=list(dict.fromkeys(rows["title"])), columns=(1, *REACHED), fill_value=0).reset_index()
    wide = wide.rename(columns=str)
    chain = {"1": EVERYBODY} | {str(order): f"A {ordinal(order)}" for order in REACHED}
    gated = steps(gate(nested(wide, chain, "1"), limit))
    return gated.as_table(f"People with another DA incident, {by(dimension)}", HEADS[dimension], limit)
