"""Repeat DA incidents: DA incidents by their number in a person's sequence, and within pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from dapipeline.analysis.course.escalation import LAST
from dapipeline.analysis.course.records import ALL
from dapipeline.report.breakdown import Gated, meaning_of_mark
from dapipeline.report.colours import DA, LINE, OTHER
from dapipeline.report.contents import Contents
from dapipeline.report.course.values import BY, HEADS, PARTLY, chosen, crossed, held_of, whole
from dapipeline.report.disclosure import DOMINANCE, gate
from dapipeline.report.figure import drawn, points_say, svg
from dapipeline.report.part import Part, part, unanswered
from dapipeline.report.suppression import all_enough
from dapipeline.report.table import WITHHELD, Number, Table, table
from dapipeline.report.words import between, count, number, probability, several, share

REACHED = (2, 3, 5, LAST)
SHARES = {"crimes": "A crime", "high": "Graded high"}
ORDINALS = {2: "2nd", 3: "3rd"}
WORDS = {1: "first", 2: "second", 3: "third", 5: "fifth"}
FIGURE = (
    "Left: median days since the DA incident before, beside the days from the first to the second of the same people. "
    "Right: the share in which a crime was recorded, beside that of the same people's first incident."
)
LIMITS = (
    "Only those who go on are in the later rows: many incidents must lie close together to fit into the records. The "
    "figures of the same people's first incidents stand beside them, so that people are compared with themselves. Some "
    "of the shortening of gaps comes from the records ending.",
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
    rows = {unit: _printable(whole(escalation[escalation["unit"] == unit]), limit) for unit in ("person", "pair")}
    people = rows["person"]
    with_severity = _severity_allowed(contents, people)
    gated, firsts = _gated(people, limit), _firsts_allowed(people, limit)
    printed = _printed(people, gated)
    changes = _told_changes(changes, people, printed if firsts else printed | {"crimes": []}, with_severity, limit)
    return part(
        "Repeat DA incidents",
        _findings(people, changes),
        [("course_escalation", _figure(people, printed["crimes"], firsts), FIGURE)],
        [
            ("People by the number of the DA incident", _table(people, gated, "person", with_severity, limit)),
            (
                "The same within pairs of suspect and victim",
                _table(rows["pair"], _gated(rows["pair"], limit), "pair", False, limit),
            ),
            ("Later incidents beside the first ones of the same people", _changes(changes)),
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
    """Return rows as far as each takes in enough people or pairs, and loses enough to the next."""
    rows = rows.sort_values("order").reset_index(drop=True)
    ended = rows["units"] - rows["units"].shift(-1).fillna(0)
    enough = [all_enough(pair, limit) for pair in zip(rows["units"], ended, strict=True)]
    return rows[: enough.index(False)] if False in enough else rows


def _severity_allowed(contents: Contents, people: pd.DataFrame) -> bool:
    """Return whether no row of severities that is printed is mostly of two people."""
    held = contents.course.course_holders
    printed = held["of"].isin(people["order"].astype(str))
    shares = held.loc[(held["table"] == "escalation") & printed, "held_by_two"]
    return contents.has_severity and bool((shares < DOMINANCE).all())


def _gated(rows: pd.DataFrame, limit: int) -> Gated | None:
    """Ask the gate how many of the incidents of each number are crimes and graded high; None of one number alone."""
    if len(rows) < 2:
        return None
    rows = rows.assign(title=[_ordinal(int(order)) for order in rows["order"]])
    return gate(held_of(rows, SHARES, ("incidents", "graded"), "units"), limit)


def _printed(rows: pd.DataFrame, gated: Gated | None) -> dict[str, list[int]]:
    """Return the orders of which the share a crime, and the share graded high, is printed."""
    cells = {order: gated.cells(_ordinal(int(order))) for order in rows["order"]} if gated else {}
    return {
        name: [order for order, told in cells.items() if told.get(heading, WITHHELD) is not WITHHELD]
        for name, heading in SHARES.items()
    }


def _firsts_allowed(rows: pd.DataFrame, limit: int) -> bool:
    """Return whether no step from one row to the next tells of too few whose first was a crime, or was not."""
    crimes = (rows["units"] * rows["first_crime_share"]).round()
    steps = [of - of.shift(-1).fillna(0) for of in (crimes, rows["units"] - crimes)]
    return all_enough([*crimes, *(rows["units"] - crimes), *steps[0], *steps[1]], limit)


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
            f" Those who reach {'an' if later == 8 else 'a'} {_ordinal(later)} had {several(round(days), 'day')} "
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
                f"{_ordinal(int(last['order']))} it is {written(last['mean'])}, and was {written(last['first_mean'])} "
                "at the same people's first."
            )
            continue
        top = sure.iloc[-1]
        way = "higher" if top["change"] > 0 else "lower"
        said.append(
            f"{words} is {way} later on: at the {_ordinal(int(top['order']))} DA incident it is "
            f"{written(top['mean'])}, and was {written(top['first_mean'])} at the first of the same "
            f"{several(int(top['units']), 'person', 'people')}."
        )
    return said


def _ordinal(order: int) -> str:
    return WORDS.get(order) or ("10th or later" if order == LAST else ORDINALS.get(order, f"{order}th"))


def _table(rows: pd.DataFrame, gated: Gated | None, unit: str, with_severity: bool, limit: int) -> Table | None:
    if gated is None:
        return None
    firsts = _firsts_allowed(rows, limit)
    cells: list[list[Any]] = []
    for row in rows.to_dict("records"):
        title = _ordinal(int(row["order"]))
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


def _changes(found: pd.DataFrame) -> Table | None:
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
        own = (words[row.measure], _ordinal(int(row.order)), Number(row.units, count))
        means = (Number(of * row.first_mean, number), Number(of * row.mean, number))
        rows.append([*own, *means, between(of * row.change, of * row.low, of * row.high), probability(row.q)])
    heads = ["Measure", "DA incident", "People", "Mean at their first", "Mean then", "Change, 95% interval", "q"]
    return table("Later DA incidents beside the first of the same people", heads, rows, range(2, 7))


def _reached(contents: Contents, dimension: str, limit: int) -> Table | None:
    rows = contents.course.escalation.query("unit == 'person'").rename(columns={"units": "people"})
    rows = chosen(rows, dimension, contents)
    wide = rows.pivot_table(index="title", columns="order", values="people", aggfunc="sum", fill_value=0)
    wide = wide.reindex(index=list(dict.fromkeys(rows["title"])), columns=(1, *REACHED), fill_value=0).reset_index()
    wide = wide.rename(columns=str)
    numbers = {str(order): f"A {_ordinal(order)}" for order in REACHED}
    nested = tuple((at + 1, at) for at in range(len(REACHED) - 1))
    gated: Gated = gate(held_of(wide, numbers, ["1"] * len(REACHED), "1", nested), limit)
    return gated.as_table("People with another DA incident", HEADS[dimension], limit)


def _figure(people: pd.DataFrame, crimes: list[int], firsts: bool) -> str:
    """Draw the second to the ninth: of the tenth and later ones a person has several."""
    rows = people[(people["order"] > 1) & (people["order"] < LAST)]
    rows = rows.assign(
        crime_share=rows["crime_share"].where(rows["order"].isin(crimes)),
        first_crime_share=rows["first_crime_share"] if firsts else np.nan,
    )
    if len(rows) < 2:
        return ""
    with drawn(9.2, 2.8) as figure:
        panels: tuple[tuple[float, str, str, str, Callable[[float, Any], str]], ...] = (
            (0.07, "days_median", "first_days_median", "days", lambda value, _: f"{value:,.0f}"),
            (0.57, "crime_share", "first_crime_share", "share a crime", lambda value, _: f"{value:.0%}"),
        )
        names = [ORDINALS.get(order, f"{order}th") for order in rows["order"]]
        for left, own, first, axis, written in panels:
            if rows[own].isna().all():
                continue
            axes, at = figure.add_axes((left, 0.13, 0.41, 0.8)), range(len(names))
            axes.plot(at, rows[own], color=DA, marker="o", linewidth=2, label="then")
            if rows[first].notna().any():
                axes.plot(at, rows[first], color=OTHER, marker="s", linewidth=1.6, linestyle="--",
                          label="the same people's first")  # fmt: skip
            for column, whose in ((own, "then"), (first, "the same people's first")):
                known = rows[column].reset_index(drop=True).dropna()
                words = [f"{names[x]}, {whose}: {written(y, 0)} {axis}" for x, y in known.items()]
                points_say(axes, known.index, known, words)
            axes.set_xticks(at, names)
            axes.set_ylim(0, float(rows[[own, first]].max(axis=None)) * 1.15)
            axes.yaxis.set_major_formatter(written)
            axes.set_ylabel(axis)
            axes.grid(axis="y", color=LINE, linewidth=0.5)
            axes.legend(loc="lower left", fontsize=8.5)
        told = "; ".join(
            f"{name}: {number(row.days_median)} days, {share(row.crime_share)} a crime"
            for name, row in zip(names, rows.itertuples(), strict=True)
        )
        return svg(figure, "course_escalation", f"DA incidents by their number in people's sequences. {told}.")
