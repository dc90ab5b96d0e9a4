"""A medoid's timeline: one box per offence, in order, year by year; in long records like offences share a box."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from markupsafe import Markup

from dapipeline.reference.tables import outcomes
from dapipeline.report.table import Table, table
from dapipeline.report.words import MONTHS, NOT_RECORDED, count, several

SIDES = {True: "DA", False: "non-DA"}
TOO_YOUNG = "flagged, too young to be DA"
LONG_RECORD = 30  # offences from which like ones share a box

Record = dict[str, Any]  # a row of `records_in_words`

EXAMPLES: tuple[Record, ...] = tuple(
    dict(zip(("is_da", "is_crime", "month", "offence", "family", "victim", "place", "outcome"), example, strict=True))
    | {"age": "31", "lasted": "", "below_age": False}
    for example in (
        (
            True,
            True,
            3,
            "Common assault",
            "Violence",
            "F 29, ex-partner",
            "residential",
            "victim does not support (16)",
        ),
        (True, False, 4, "Domestic incident", "", "F 29, ex-partner", "residential", ""),
        (False, True, 6, "Theft from a shop", "Acquisitive crime", "", "retail", "charged (1)"),
    )
)


@dataclass(frozen=True)
class Box:
    """One offence, or several of a kind within a stretch of a year."""

    number: int
    da: bool
    below_age: bool
    crime: bool
    when: str
    age: str
    offence: str
    family: str
    victim: str
    place: str
    outcome: str
    lasted: str

    @property
    def side(self) -> str:
        """Whether it is DA, below the age, or neither."""
        return TOO_YOUNG if self.below_age else SIDES[self.da]

    @property
    def details(self) -> list[tuple[str, str]]:
        """What a box says under its title, without what is not recorded."""
        about = [
            ("Victim", self.victim),
            ("Place", self.place),
            ("Lasted", self.lasted),
            ("Outcome", self.outcome),
        ]
        return [(name, words) for name, words in about if words]


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
        From `records_in_words`, of one cluster; at least one row.
    cluster : int
        Its number.
    strip : Markup
        From `strip_figure`.

    Returns
    -------
    Timeline
    """
    together = len(records) >= LONG_RECORD
    boxes = [(rows[0]["year"], _box(rows)) for rows in _stretches(records, together)]
    years = sorted(set(records["year"]))
    laid = [
        Year(int(year), int((records["year"] == year).sum()), tuple(b for y, b in boxes if y == year), int(gap))
        for year, gap in zip(years, [0, *(b - a - 1 for a, b in pairwise(years))], strict=True)
    ]
    return Timeline(cluster, _summary(records), tuple(laid), together, _whole(records) if together else None, strip)


def _stretches(records: pd.DataFrame, together: bool) -> list[list[Record]]:
    """Divide the records into those that share a box: of a kind, in a year, with no turn to or from DA between."""
    turn = (records["is_da"] != records["is_da"].shift()) | (records["year"] != records["year"].shift())
    stretch = turn.cumsum() if together else pd.Series(range(len(records)), index=records.index)
    boxes: dict[tuple[int, str, bool, bool], list[Record]] = {}
    alike = zip(stretch, records["offence"], records["below_age"], records["is_crime"], strict=True)
    for key, record in zip(alike, records.to_dict("records"), strict=True):
        boxes.setdefault(key, []).append(record)
    return list(boxes.values())


def _box(rows: list[Record]) -> Box:
    first, last = rows[0], rows[-1]
    months = [MONTHS[row["month"] - 1][:3] for row in (first, last)]
    when = months[0] if months[0] == months[1] else "–".join(months)
    victims = [row["victim"] for row in rows]
    if len(rows) > 1:  # ages would make each its own kind
        victims = [re.sub(r" \d+(?=,|$| and )", "", victim) for victim in victims]
    return Box(
        len(rows), first["is_da"], first["below_age"], first["is_crime"], when, _span([row["age"] for row in rows]),
        first["offence"], first["family"], tally(victims),
        *(tally([row[name] for row in rows]) for name in ("place", "outcome", "lasted")),
    )  # fmt: skip


def _span(ages: list[str]) -> str:
    known = [age for age in ages if age != NOT_RECORDED]
    if not known:
        return ""
    return known[0] if known[0] == known[-1] else f"{known[0]}–{known[-1]}"


def tally(words: list[str]) -> str:
    """Write what a set of records holds: the word alone, or the commonest three with their numbers.

    Parameters
    ----------
    words : list of str
        One per record; empty where it is not recorded.

    Returns
    -------
    str
    """
    counts = Counter(word for word in words if word)
    if len(counts) == 1 and counts.total() == len(words):
        return next(iter(counts))
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [f"{number} × {word}" if number > 1 else word for word, number in ordered[:3]]
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
    kind = (
        records["is_da"]
        .map(SIDES)
        .mask(records["below_age"], TOO_YOUNG)
        .str.cat(records["is_crime"].map({True: "", False: ", no crime"}))
    )
    shown = records.assign(kind=kind)[["when", "age", "kind", "offence", "victim", "place", "outcome"]]
    columns = ["When", "Age", "Kind", "Offence", "Victim", "Place", "Outcome"]
    rows = [tuple(str(cell) or "–" for cell in row) for row in shown.itertuples(index=False)]
    return table("Every record, in order", columns, rows)


def timeline_key(medoids: pd.DataFrame) -> dict[str, Any]:
    """Return the key: an example of each box, and the outcomes that occur.

    Parameters
    ----------
    medoids : pandas.DataFrame
        tables/medoids.csv.

    Returns
    -------
    dict
        outcomes (Table) and boxes.
    """
    codes = pd.to_numeric(medoids["outcome_code"], errors="coerce").dropna().astype(int).unique()
    titles = outcomes().set_index("code")["title"]
    found = [(str(code), str(titles.get(str(code), "not on the list"))) for code in sorted(codes)]
    return {
        "outcomes": table("Outcome codes that occur", ["Code", "Home Office outcome"], found),
        "boxes": [_box([example]) for example in EXAMPLES],
    }
