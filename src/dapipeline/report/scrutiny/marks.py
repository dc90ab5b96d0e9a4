"""Markers of the force, two groups of offences beside each other, who is managed, and the audit of the flag."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from dapipeline.report.contents import ScrutinyTables
from dapipeline.report.disclosure import gate_part
from dapipeline.report.part import Part, part
from dapipeline.report.scrutiny.values import all_of, as_table, breakdown_of, gated
from dapipeline.report.suppression import all_enough
from dapipeline.report.table import WITHHELD, Cell, Number, Table, table
from dapipeline.report.table import Part as Counted
from dapipeline.report.words import count, number, probability, several, share
from dapipeline.scrutiny.counting import ALL
from dapipeline.scrutiny.flag_audit import AGREE, OVER, PUBLISHED, UNDER
from dapipeline.scrutiny.managed import TOPS

NOT_ACCURATE = (
    f"The published accuracy of the flag in London was {PUBLISHED:.1%} (2010); its denominator is not printed. "
    "Agreement of two records is not accuracy: both may be wrong, and a tie that nobody recorded cannot disagree. The "
    "rows to look at are in quality/flag_audit_rows.csv."
)
OF_2004 = (
    "The proportions of 2004 are of 241 sexual and 146 serious offences flagged as domestic violence in London in "
    "early 2001 (MPS 2004); they are no standard. Incidents of one person are taken as independent, so that intervals "
    "are too narrow where few people have many."
)
COUNTS_ALONE = (
    "These are counts of cohorts. The list of an area’s most harmful people by name, which the inspectorate asks for, "
    "is a decision about people and needs an officer: it is not made here."
)
NO_MANAGER = ("none", "not recorded")
UNMARKED = "A marker that nobody set may be one that nobody asked about."


def marked(tables: ScrutinyTables, limit: int) -> Part:
    """Lay out markers in DA and outside.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int

    Returns
    -------
    Part
    """
    if tables.markers is None:
        return part("Markers", [], limits=["Not answered: markers, because the config names none under markers."])
    own = tables.markers[tables.markers["dimension"] == "da"]
    rows: list[list[Cell]] = []
    for line in own.itertuples():
        cell = gate_part(line.marked, line.recorded, limit)
        missing = gate_part(line.incidents - line.recorded, line.incidents, limit)
        rows.append([f"{line.title}: {line.value}", cell, missing, *(_printed(value) for value in line[-2:])])
    heads = ["Marker", "Incidents marked, of those recorded", "Not recorded", "2004, sexual", "2004, serious"]
    laid = table("Markers of incidents, in DA and outside", heads, rows, range(1, 5)) if rows else None
    said = [f"{len(own['marker'].unique())} markers are counted; the force’s own words for them are in its config."]
    return part("Markers", said, [], [("Markers in DA and outside", laid)], [UNMARKED, OF_2004])


def _printed(value: float) -> str:
    return "" if pd.isna(value) else share(value)


def two_groups(tables: ScrutinyTables, limit: int) -> Part:
    """Lay out sexual beside other assault among DA incidents.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int

    Returns
    -------
    Part
    """
    rows: list[list[Cell]] = []
    for line in tables.offence_groups.itertuples():
        sides = [
            gate_part(line.sexual_with, line.sexual_of, limit),
            gate_part(line.assault_with, line.assault_of, limit),
        ]
        told = all(isinstance(side, Counted) for side in sides) and not pd.isna(line.odds_ratio)
        odds: Cell = f"{number(line.odds_ratio)} ({number(line.low)} to {number(line.high)})" if told else WITHHELD
        q: Cell = Number(line.q, probability) if told else WITHHELD
        printed = [_printed(line.published_sexual / line.published_sexual_of),
                   _printed(line.published_serious / line.published_serious_of)]  # fmt: skip
        rows.append([line.title, *sides, odds, q, *printed])
    heads = ["Factor", "Sexual", "Other assault", "Odds ratio (95%)", "q", "2004, sexual", "2004, serious"]
    laid = (
        table("DA incidents with a sexual crime beside those with another assault", heads, rows, range(1, 7))
        if rows
        else None
    )
    shown = [row for row in rows if isinstance(row[4], Number) and row[4].value < 0.05]
    said = [f"{len(shown)} of {len(rows)} factors differ between DA incidents with a sexual crime and with another "
    "assault "
            "(q below 0.05)."] if shown else []  # fmt: skip
    return part("Sexual and other assault", said, [], [("Sexual beside other assault", laid)], [OF_2004])


def managed(tables: ScrutinyTables, limit: int) -> Part:
    """Lay out who manages the suspects with most DA harm.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int

    Returns
    -------
    Part
    """
    title = "Who is managed"
    if tables.managed_by is None:
        return part(title, [], limits=["Not answered: who is managed, because missing: managed_by.", COUNTS_ALONE])
    wide = tables.managed_by.pivot_table(index="top", columns="managed_by", values="people", sort=True)
    wide = wide[list(dict.fromkeys(tables.managed_by["managed_by"]))]
    disjoint = wide.astype("int64").diff().fillna(wide.iloc[:1]).astype("int64")
    disjoint = _of_few_together(disjoint, limit)
    bands = disjoint.to_numpy()
    names = [
        "The top 1% by DA harm",
        *(f"From {a:.0%} to {b:.0%}" for a, b in pairwise(TOPS)),
        "The others",
    ]
    headings = [{"none": "Nobody", "not recorded": "Not recorded"}.get(name, name) for name in disjoint.columns]
    found = gated(breakdown_of(names, headings, bands, bands.sum(axis=1)), limit)
    laid = as_table(found, "suspects of DA by who manages them", "Suspects", limit, "Suspects")
    return part(title, [], [], [("Who manages the suspects with most DA harm", laid)], [COUNTS_ALONE])


def _of_few_together(bands: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Put the smallest managers together until each has enough people in every band, or one is left."""
    nobody = bands[[name for name in NO_MANAGER if name in bands]]
    managers = bands.drop(columns=nobody.columns)
    while managers.shape[1] > 1 and not all_enough(managers.to_numpy().ravel(), limit):
        one, other = managers.sum().sort_values(kind="stable").index[:2]
        managers = managers.assign(**{f"{other} or {one}": managers[one] + managers[other]}).drop(columns=[one, other])
    return managers.join(nobody)


def flag_and_tie(tables: ScrutinyTables, limit: int) -> Part:
    """Lay out where the DA flag and the recorded tie agree.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int

    Returns
    -------
    Part
    """
    title = "The flag beside the tie"
    if tables.flag_audit is None:
        return part(title, [], limits=["Not answered: the audit of the flag, because missing: relationship."])
    own = tables.flag_audit
    own = own[(own["area"] == ALL) & (own["year"] != ALL) & own["finding"].isin([AGREE, UNDER, OVER])]
    wide = own.pivot_table(index="year", columns="finding", values="incidents", sort=True)[[AGREE, UNDER, OVER]]
    counts = wide.to_numpy(dtype=np.int64)
    headings = ["Agree", "Tie without flag", "Flag without tie"]
    found = gated(breakdown_of(list(wide.index), headings, counts, counts.sum(axis=1)), limit)
    agree = all_of(found).get("Agree")
    said = [f"Flag and recorded tie agree in {share(agree.number / agree.of)} of {count(agree.of)} incidents that "
    "record the "
            "tie and both ages."] if agree else []  # fmt: skip
    laid: Table | None = as_table(found, "incidents by whether flag and tie agree", "year", limit, "Incidents")
    return part(title, said, [], [("Flag and tie, by year", laid)], [NOT_ACCURATE])


def unanswerable(tables: ScrutinyTables, limit: int) -> Part:
    """Lay out what cannot be computed, and why.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int

    Returns
    -------
    Part
    """
    gaps = tables.scrutiny_gaps.fillna("")
    rows = [[f"{line.title} {line.breakdown}".strip(), line.missing, line.because] for line in gaps.itertuples()]
    laid = table("What cannot be computed from this extract", ["Indicator", "Missing", "Because"], rows)
    done = tables.scrutiny["indicator"].nunique()
    said = [f"{several(done, 'indicator')} computed, {count(len(gaps))} not, each with what is missing."]
    return part("What cannot be computed", said, [], [("Each with what is missing", laid)], [])
