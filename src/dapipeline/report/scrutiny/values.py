"""Breakdowns of the scrutiny tables for the gate: each shares out one whole, so that every row adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from dapipeline.report.breakdown import ALL as EVERYTHING
from dapipeline.report.breakdown import Breakdown, Gated
from dapipeline.report.contents import ScrutinyTables
from dapipeline.report.disclosure import gate
from dapipeline.report.table import Part, Table
from dapipeline.report.words import listed
from dapipeline.scrutiny.counting import ALL

PREFIX = "Scrutiny: "
WHERE = {"year": ("area", "by year", "Year"), "area": ("year", "by area", "Area")}
NO_CRIME = "No crime recorded"
PART_OF_A_YEAR = "part of a year"  # in the notes of scrutiny.csv
STEPS = {
    NO_CRIME: (("funnel_crime", "denominator"), ("funnel_crime", "numerator")),
    "A crime, no arrest": (("funnel_crime", "numerator"), ("funnel_arrest", "numerator")),
    "An arrest, no charge": (("funnel_arrest", "numerator"), ("funnel_charge", "numerator")),
    "A charge": (("funnel_charge", "numerator"), None),
}  # column to what it is of, less what goes on


def whole_of(tables: ScrutinyTables, key: str, by: str, breakdown: str = ALL) -> pd.DataFrame:
    """Return the rows of an indicator by year, or by area, without those of all of them.

    Parameters
    ----------
    tables : ScrutinyTables
    key : str
    by : {"year", "area"}
    breakdown : str

    Returns
    -------
    pandas.DataFrame
        With people, those behind the denominator, where they are counted.
    """
    table = tables.scrutiny.merge(
        tables.scrutiny_people, on=["indicator", "area", "year", "breakdown", "group"], how="left"
    )
    other = WHERE[by][0]
    rows = table[(table["indicator"] == key) & (table[other] == ALL) & (table[by] != ALL)]
    return rows[rows["breakdown"] == breakdown]


def steps(tables: ScrutinyTables, by: str) -> Breakdown | None:
    """Share out DA incidents by how far they went.

    Parameters
    ----------
    tables : ScrutinyTables
    by : {"year", "area"}

    Returns
    -------
    Breakdown or None
        None where arrests or outcomes are not in the extract.
    """
    sides = {key: whole_of(tables, key, by).set_index(by) for key in ("funnel_crime", "funnel_arrest", "funnel_charge")}
    names = list(sides["funnel_crime"].index)
    if not names or not set(tables.scrutiny["indicator"]) >= set(sides):
        return None

    def counted(side: tuple[str, str]) -> np.ndarray:
        values = sides[side[0]][side[1]].reindex(names).fillna(0)
        return values.to_numpy(dtype=np.int64)

    counts = np.stack([counted(of) - (counted(on) if on else 0) for of, on in STEPS.values()], axis=1)
    people = sides["funnel_crime"]["people"].to_numpy(dtype=np.int64)
    return breakdown_of(names, list(STEPS), counts, people)


def shared_out(
    tables: ScrutinyTables, key: str, breakdown: str, by: str, titles: Mapping[str, str]
) -> Breakdown | None:
    """Share out what an indicator counts by its groups.

    Parameters
    ----------
    tables : ScrutinyTables
    key, breakdown : str
    by : {"year", "area"}
    titles : mapping of str to str
        Group to heading; a group that is not there has its own name.

    Returns
    -------
    Breakdown or None
        None where the run has no such indicator.
    """
    rows = whole_of(tables, key, by, breakdown)
    if rows.empty:
        return None
    groups, names = list(dict.fromkeys(rows["group"])), list(dict.fromkeys(rows[by]))
    counts = rows.pivot_table(index=by, columns="group", values="numerator", aggfunc="sum", fill_value=0)
    counts = counts.reindex(index=names, columns=groups, fill_value=0).to_numpy(dtype=np.int64)
    people = rows.groupby(by)["people"].max().reindex(names).to_numpy(dtype=np.int64)
    headings = [titles.get(group, group[:1].upper() + group[1:]) for group in groups]
    return breakdown_of(names, headings, counts, people)


def once_or_more(tables: ScrutinyTables, key: str, by: str, headings: Sequence[str]) -> Breakdown | None:
    """Share out persons by whether they recur.

    Parameters
    ----------
    tables : ScrutinyTables
    key : str
        Of kind people.
    by : {"year", "area"}
    headings : sequence of str
        Of those who do not, and of those who do.

    Returns
    -------
    Breakdown or None
    """
    rows = whole_of(tables, key, by)
    if rows.empty:
        return None
    number, of = (rows[name].to_numpy(dtype=np.int64) for name in ("numerator", "denominator"))
    return breakdown_of(list(rows[by]), headings, np.stack([of - number, number], axis=1), of)


def breakdown_of(rows: Sequence[str], columns: Sequence[str], counts: np.ndarray, people: np.ndarray) -> Breakdown:
    """Make a breakdown of which every row adds up to what it is a part of.

    Parameters
    ----------
    rows, columns : sequence of str
    counts : ndarray of int, shape (n_rows, n_columns)
    people : ndarray of int, shape (n_rows,)

    Returns
    -------
    Breakdown
    """
    of = np.repeat(counts.sum(axis=1, keepdims=True), counts.shape[1], axis=1)
    kept = counts.sum(axis=1) > 0
    return Breakdown(
        tuple(np.array(rows, dtype=object)[kept]),
        np.minimum(people, of[:, 0])[kept],
        tuple(columns),
        counts[kept],
        of[kept],
    )


def gated(breakdown: Breakdown | None, limit: int) -> Gated | None:
    """Ask the gate, where there is something to ask.

    Nothing stands if no row but that of all can, or if that row hides a number: other tables of the page may have the
    same row.

    Parameters
    ----------
    breakdown : Breakdown or None
    limit : int

    Returns
    -------
    Gated or None
    """
    if breakdown is None or not len(breakdown.rows) or not breakdown.people.sum():
        return None
    found = gate(breakdown, limit)
    return found if len(found.rows) > 1 and not found.withheld[-1].any() else None


def both_ways(by_year: Breakdown | None, by_area: Breakdown | None, limit: int) -> dict[str, Gated]:
    """Gate two breakdowns of the same whole, of which neither may print what the other withholds of it.

    Parameters
    ----------
    by_year, by_area : Breakdown or None
    limit : int

    Returns
    -------
    dict of str to Gated
        By year and area. Where their columns differ, areas are left out.
    """
    found = {name: gated(part, limit) for name, part in (("year", by_year), ("area", by_area))}
    there = {name: part for name, part in found.items() if part is not None}
    if len(there) == 2 and there["year"].columns != there["area"].columns:
        del there["area"]
    return there


def as_table(found: Gated | None, what: str, by: str, limit: int, counted: str) -> Table | None:
    """Lay out a gated breakdown.

    Parameters
    ----------
    found : Gated or None
    what : str
        What is shared out, and by what.
    by : str
        year, area, or the heading of the first column.
    limit : int
    counted : str
        Heading of the whole.

    Returns
    -------
    Table or None
    """
    words, heading = (WHERE[by][1], WHERE[by][2]) if by in WHERE else (f"by {by.lower()}", by)
    return found.as_table(f"{PREFIX}{what}, {words}", heading, limit, counted) if found else None


def all_of(found: Gated | None) -> dict[str, Part]:
    """Return what may be printed of the row of all.

    Parameters
    ----------
    found : Gated or None

    Returns
    -------
    dict of str to Part
        Column to count.
    """
    cells = found.cells(EVERYTHING) if found else {}
    return {name: cell for name, cell in cells.items() if isinstance(cell, Part)}


def printed_rows(found: Gated | None, column: str) -> dict[str, Part]:
    """Return what may be printed of a column, without the row of all.

    Parameters
    ----------
    found : Gated or None
    column : str

    Returns
    -------
    dict of str to Part
        Row to count.
    """
    cells = {row: found.cells(row).get(column) for row in found.rows[:-1]} if found else {}
    return {row: cell for row, cell in cells.items() if isinstance(cell, Part)}


def not_answered(tables: ScrutinyTables, *keys: str) -> list[str]:
    """Write which of some indicators the extract does not allow.

    Parameters
    ----------
    tables : ScrutinyTables
    *keys : str

    Returns
    -------
    list of str
        A sentence each.
    """
    gaps = tables.scrutiny_gaps
    own = gaps[gaps["indicator"].isin(keys) & gaps["breakdown"].fillna("").eq("")]
    return [f"Not answered: {line.title}, because missing: {line.missing}." for line in own.itertuples()]


def computed(tables: ScrutinyTables, key: str, breakdown: str = ALL) -> bool:
    """Return whether the run has an indicator, by groups where any are named.

    Parameters
    ----------
    tables : ScrutinyTables
    key, breakdown : str

    Returns
    -------
    bool
    """
    own = tables.scrutiny[tables.scrutiny["indicator"] == key]
    return bool(own["breakdown"].eq(breakdown).any())


def not_whole(tables: ScrutinyTables) -> str:
    """Write which years the records do not reach through.

    Parameters
    ----------
    tables : ScrutinyTables

    Returns
    -------
    str
        A sentence; empty where all are whole.
    """
    rows = tables.scrutiny[tables.scrutiny["note"].fillna("").str.contains(PART_OF_A_YEAR)]
    years = sorted(set(rows["year"]))
    return f"Only a part of the year is in the records: {listed(years)}." if years else ""
