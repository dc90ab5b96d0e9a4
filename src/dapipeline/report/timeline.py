"""A medoid's timeline: one box an offence, in order, year by year; long records with like offences together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from dapipeline.reference.tables import outcomes
from dapipeline.report.table import Table, table
from dapipeline.report.words import NOT_RECORDED, count, several

LONG_RECORD = 30  # offences from which like ones share a box
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Box:
    """One offence, or several of a kind within a stretch of a year."""

    number: int
    da: bool
    crime: bool
    when: str
    age: str
    offence: str
    family: str
    victim: str
    place: str
    outcome: str
    lasted: str


@dataclass(frozen=True)
class Year:
    """The boxes of a year, and how many years without a record went before it."""

    year: int
    offences: int
    boxes: tuple[Box, ...]
    silent: int


@dataclass(frozen=True)
class Timeline:
    """The record of one cluster's medoid.

    Attributes
    ----------
    cluster : int
    summary : str
        How long the record is.
    years : tuple of Year
    together : bool
        Whether like offences share a box.
    whole : Table or None
        Every offence, where they do.
    strip : Markup
        The figure of the whole record.
    """

    cluster: int
    summary: str
    years: tuple[Year, ...]
    together: bool
    whole: Table | None
    strip: Markup


def timeline(records: pd.DataFrame, cluster: int, strip: Markup) -> Timeline:
    """Lay out one medoid's offences.

    Parameters
    ----------
    records : pandas.DataFrame
        From `records_of`, of one cluster; at least one row.
    cluster : int
        Its number.
    strip : Markup
        From `strip_figure`.
    """
    together = len(records) >= LONG_RECORD
    records = records.reset_index(drop=True)
    turn = (records["is_da"] != records["is_da"].shift()) | (records["year"] != records["year"].shift())
    stretch = turn.cumsum() if together else pd.Series(range(len(records)))
    boxes = [
        (int(rows["year"].iloc[0]), _box(rows))
        for _, rows in records.groupby([stretch, "offence", "is_crime"], sort=False, observed=True)
    ]
    years = sorted(set(records["year"]))
    laid = [
        Year(int(year), int((records["year"] == year).sum()), tuple(b for y, b in boxes if y == year), int(gap))
        for year, gap in zip(years, [0, *(b - a - 1 for a, b in zip(years, years[1:], strict=False))], strict=True)
    ]
    return Timeline(cluster, _summary(records), tuple(laid), together, _whole(records) if together else None, strip)


def _box(rows: pd.DataFrame) -> Box:
    first, last = rows.iloc[0], rows.iloc[-1]
    when = MONTHS[first["month"] - 1]
    if first["month"] != last["month"]:
        when = f"{when} to {MONTHS[last['month'] - 1]}"
    return Box(
        len(rows), bool(first["is_da"]), bool(first["is_crime"]), when, _span(rows["age"]), str(first["offence"]),
        str(first["family"]), _victims(rows["victim"]), tally(rows["place"]), tally(rows["outcome"]),
        tally(rows["lasted"]),
    )  # fmt: skip


def _span(ages: pd.Series) -> str:
    known = [age for age in ages if age != NOT_RECORDED]
    if not known:
        return ""
    return known[0] if known[0] == known[-1] else f"{known[0]} to {known[-1]}"


def _victims(victims: pd.Series) -> str:
    if len(victims) == 1:
        return str(victims.iloc[0])
    kinds = victims.str.replace(r" \d+(?=,|$| and )", "", regex=True)  # ages would make each its own kind
    return tally(kinds)


def tally(words: pd.Series) -> str:
    """Say what a set of records holds: the word alone, or the commonest three with their numbers."""
    counts = words[words != ""].value_counts()
    if len(counts) == 0:
        return ""
    if len(counts) == 1 and counts.iloc[0] == len(words):
        return str(counts.index[0])
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    shown = [f"{number} × {word}" for word, number in ordered[:3]]
    return "; ".join(shown + (["others"] if len(ordered) > 3 else []))


def _summary(records: pd.DataFrame) -> str:
    da = int(records["is_da"].sum())
    first, last = int(records["year"].iloc[0]), int(records["year"].iloc[-1])
    years = f"in {first}" if first == last else f"from {first} to {last}"
    no_crime = int((~records["is_crime"]).sum())
    return (
        f"{several(len(records), 'record')} {years}: {count(da)} of domestic abuse, "
        f"{count(len(records) - da)} of other kinds; {count(no_crime)} not a crime."
    )


def _whole(records: pd.DataFrame) -> Table:
    kind = records["is_da"].map({True: "DA", False: "non-DA"}).str.cat(
        records["is_crime"].map({True: "", False: ", no crime"})
    )
    shown = records.assign(kind=kind)[["when", "age", "kind", "offence", "victim", "place", "outcome"]]
    columns = ["When", "Age", "Kind", "Offence", "Victim", "Place", "Outcome"]
    rows = [tuple(str(cell) or "–" for cell in row) for row in shown.itertuples(index=False)]
    return table("Every record, in order", columns, rows)


def timeline_key(medoids: pd.DataFrame) -> dict[str, Any]:
    """Give the key: an example of each box, and the outcomes that occur."""
    codes = pd.to_numeric(medoids["outcome_code"], errors="coerce").dropna().astype(int).unique()
    titles = outcomes().set_index("code")["title"]
    found = [(str(code), str(titles.get(str(code), "not on the list"))) for code in sorted(codes)]
    example = {"number": 1, "age": "31", "lasted": ""}
    return {
        "outcomes": table("Outcome codes that occur", ["Code", "Home Office outcome"], found),
        "boxes": [
            Box(da=True, crime=True, when="Mar", offence="Common assault", family="Violence",
                victim="F 29, ex-partner", place="residential", outcome="16, evidential; victim does not support action",
                **example),
            Box(da=True, crime=False, when="Apr", offence="Domestic incident", family="Non crime",
                victim="F 29, ex-partner", place="residential", outcome="", **example),
            Box(da=False, crime=True, when="Jun", offence="Theft from a shop", family="Acquisitive crime",
                victim="", place="retail", outcome="1, charged or summonsed", **example),
        ],
    }  # fmt: skip
