"""What the tables of the course are broken down by, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from dapipeline.analysis.course.records import ALL
from dapipeline.reference.codes import GROUPS
from dapipeline.reference.tables import families
from dapipeline.report.breakdown import Gated
from dapipeline.report.contents import Contents
from dapipeline.report.reported import title_of
from dapipeline.report.table import Part, Table
from dapipeline.report.words import listed
from dapipeline.typology.naming import UNNAMED

HEADS = {
    "typology": "Typology", "first_type": "Gravest offence of the first DA incident", "group": "Group",
    "type": "Gravest offence", "risk_grade": "Risk grade", "outcome": "Outcome of the crime",
}  # fmt: skip
BY = {
    "typology": "typology", "first_type": "the gravest offence of the first DA incident", "group": "group",
    "type": "the gravest offence", "risk_grade": "risk grade", "outcome": "the outcome of the crime",
}  # fmt: skip
SAME_YEARS = " (typologies are made of the same years that this table describes)"
PARTLY = (
    "Typologies and groups are made of the same years that are counted here, so tables by them are partly true by "
    "definition. Tables by the first incident do not have this problem."
)
TITLES: dict[str, str] = families().set_index("family")["title"].to_dict() | {"non_crime": "No crime"}


def in_words(dimension: str, value: str, contents: Contents) -> str:
    """Return what readers call a value.

    Parameters
    ----------
    dimension : str
    value : str
    contents : Contents

    Returns
    -------
    str
    """
    if dimension == "typology":
        return "In no named cluster" if value == UNNAMED else title_of(value, contents)
    if dimension == "group" and value in GROUPS:
        return f"{value}: {GROUPS[value].title}"
    words = TITLES.get(value, value)
    return words[:1].upper() + words[1:]


def chosen(table: pd.DataFrame, dimension: str, contents: Contents) -> pd.DataFrame:
    """Return the rows of one dimension, with title: what readers call each value; most people first.

    Parameters
    ----------
    table : pandas.DataFrame
        dimension, value, people.
    dimension : str
    contents : Contents

    Returns
    -------
    pandas.DataFrame
    """
    rows = table[table["dimension"] == dimension]
    titles = {value: in_words(dimension, str(value), contents) for value in rows["value"].unique()}
    alike = [title for title in titles.values() if list(titles.values()).count(title) > 1]
    titles = {value: f"{title} ({value})" if title in alike else title for value, title in titles.items()}
    size = rows.groupby("value")["people"].transform("max") if "people" in rows else 0
    rows = rows.assign(title=rows["value"].map(titles), size=size)
    return rows.sort_values(["size", "title"], ascending=[False, True], kind="stable").drop(columns="size")


def whole(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are not broken down.

    Parameters
    ----------
    table : pandas.DataFrame

    Returns
    -------
    pandas.DataFrame
    """
    return table[table["dimension"] == ALL]


def broken_down(
    gated: Gated, caption: str, first: str, limit: int, whole: str = "People", *, total: bool = True
) -> Table | None:
    """Lay out a breakdown, if any row but that of all can stand.

    Parameters
    ----------
    gated : Gated
    caption, first : str
    limit : int
    whole : str
        What is counted.
    total : bool
        Whether the row of all is shown: in one table alone of those that add up to the same.

    Returns
    -------
    Table or None
    """
    laid = gated.as_table(caption, first, limit, whole) if len(gated.rows) > 1 else None
    return laid if laid is None or total else replace(laid, rows=laid.rows[:-1])


def whole_rows(gated: Gated | None) -> dict[str, dict[str, float]]:
    """Return the shares of the rows of which every cell may be printed, for a figure.

    Parameters
    ----------
    gated : Gated or None

    Returns
    -------
    dict of str to dict of str to float
        Row to column to share; without the row of all.
    """
    found = {}
    for row in gated.rows[:-1] if gated else ():
        cells = gated.cells(row) if gated else {}
        told = {name: cell.number / cell.of for name, cell in cells.items() if isinstance(cell, Part)}
        if told and len(told) == len(cells):
            found[row] = told
    return found


def not_broken_down(tables: Sequence[tuple[str, Table | None]]) -> str:
    """Write which tables are missing because their parts are too few people.

    Parameters
    ----------
    tables : sequence of (str, Table or None)
        What opens each, and the table.

    Returns
    -------
    str
        Empty where none is.
    """
    gone = [f"“{words}”" for words, laid in tables if laid is None]
    return f"Not shown, because the parts are too few people or would tell of too few: {listed(gone)}." if gone else ""


def crossed(breaks: pd.DataFrame) -> str:
    """Write that later incidents were recorded otherwise than earlier ones.

    Parameters
    ----------
    breaks : pandas.DataFrame
        From `breaks.breaks_within`.

    Returns
    -------
    str
        Empty where recording did not change.
    """
    if breaks.empty:
        return ""
    years = listed(sorted(set(breaks["date"].str[:4])))
    return (
        f"Recording changed in {years} (what changed is listed under What became of crimes): some of what differs "
        "between earlier and later incidents may be that."
    )


def by(dimension: str) -> str:
    """Write by what a table is broken down, with what has to be known before it is read.

    Parameters
    ----------
    dimension : str

    Returns
    -------
    str
        For the end of a caption.
    """
    return f"by {BY[dimension]}{SAME_YEARS if dimension in ('typology', 'group') else ''}"
