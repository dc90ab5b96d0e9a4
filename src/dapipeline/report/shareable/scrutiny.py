"""The scrutiny tables of the shareable edition: incidents, crimes and people by year or by area, never by both."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dapipeline.reference.codes import SEXES
from dapipeline.report.breakdown import Breakdown, Gated
from dapipeline.report.contents import ScrutinyTables
from dapipeline.report.scrutiny.outcomes import NOT_A_CHAIN, OUTCOME_TITLES
from dapipeline.report.scrutiny.people import AGAIN, ONCE, REPEAT
from dapipeline.report.scrutiny.values import (
    WHERE,
    both_ways,
    breakdown_of,
    gated,
    not_whole,
    once_or_more,
    shared_out,
    steps,
    whole_of,
)
from dapipeline.report.shareable.released import Counts

INCIDENTS, CRIMES = "DA incidents", "DA crimes"
# Indicator and what it is shared out by, to caption and what is counted; by year, and the first by area too.
SHARED_OUT = {
    ("risk_shares", "risk_grade"): ("DA incidents by risk grade", INCIDENTS),
    ("relationship", "tie"): ("DA incidents by the tie between victim and suspect", INCIDENTS),
    ("places", "place"): ("DA incidents by place", INCIDENTS),
    ("reporting_route", "route"): ("DA incidents by how they were reported", INCIDENTS),
    ("victims_profile", "sex"): ("Victims of DA crimes by sex", "Victims"),
    ("victims_profile", "age"): ("Victims of DA crimes by age", "Victims"),
    ("accused_profile", "sex"): ("Suspects of DA crimes by sex", "Suspects"),
    ("accused_profile", "age"): ("Suspects of DA crimes by age", "Suspects"),
}
BY_AREA = ("risk_shares",)
NO_CRIME = "No crime recorded"
COUNTED_APART = (
    "These are crimes, of which an incident may hold several; how far incidents went is another table, which asks for "
    "an arrest before a charge."
)


def scrutiny_tables(tables: ScrutinyTables, limit: int) -> list[Counts]:
    """Count for scrutiny, and ask the gate.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int

    Returns
    -------
    list of Counts
        Without those that the extract does not allow, or of too few.
    """
    how_far = both_ways(steps(tables, "year"), steps(tables, "area"), limit)
    parts = not_whole(tables)
    made = _laid("how_far", "DA incidents by how far they went", INCIDENTS, how_far, f"{NOT_A_CHAIN} {parts}")
    for (key, by), (caption, whole) in SHARED_OUT.items():
        areas = shared_out(tables, key, by, "area", SEXES) if key in BY_AREA else None
        found = both_ways(shared_out(tables, key, by, "year", SEXES), areas, limit)
        made += _laid(f"{key}_{by}", caption, whole, found, parts)
    if not _tells_of_crimes(how_far):
        share = both_ways(_crimes(tables, "year"), _crimes(tables, "area"), limit)
        made += _laid("da_share_of_crime", "Crimes, DA and other", "Crimes", share, parts)
    again = gated(once_or_more(tables, REPEAT, "year", (ONCE, AGAIN)), limit)
    made += _laid(
        "repeat_victims", "Victims by their DA incidents in the year", "Victims", {"year": again}, parts, adds=False
    )
    ended = {"": _outcomes(tables, limit)}
    return made + _laid("outcomes", "DA crimes by outcome, all years", CRIMES, ended, COUNTED_APART, adds=False)


def _laid(
    name: str, caption: str, whole: str, found: Mapping[str, Gated | None], note: str, *, adds: bool = True
) -> list[Counts]:
    """Lay out what the gate let through; without a row of all where people count in several rows."""
    return [
        Counts(f"{name}_{by}".strip("_"), f"{caption}{f', {WHERE[by][1]}' if by else ''}",
               WHERE[by][2] if by else "Years", whole, gated_, adds, note)
        for by, gated_ in found.items() if gated_ is not None
    ]  # fmt: skip


def _tells_of_crimes(how_far: dict[str, Gated]) -> bool:
    """Return whether a number of incidents without a crime is withheld, which numbers of crimes would narrow."""
    return any(
        found.withheld[:, [at for at, name in enumerate(found.columns) if NO_CRIME in name]].any()
        for found in how_far.values()
    )


def _crimes(tables: ScrutinyTables, by: str) -> Breakdown | None:
    """Share out crimes by whether they are DA."""
    rows = whole_of(tables, "da_share_of_crime", by)
    if rows.empty:
        return None
    number, of = (rows[name].to_numpy(dtype=np.int64) for name in ("numerator", "denominator"))
    return breakdown_of(list(rows[by]), [CRIMES, "Other crimes"], np.stack([number, of - number], axis=1), of)


def _outcomes(tables: ScrutinyTables, limit: int) -> Gated | None:
    """Share out the DA crimes of all years by outcome.

    By year they would tell of incidents, which are counted apart.
    """
    by_year = shared_out(tables, "outcome_mix", "outcome", "year", OUTCOME_TITLES)
    if by_year is None:
        return None
    counts = by_year.counts.sum(axis=0, keepdims=True)
    return gated(breakdown_of(["All years"], by_year.columns, counts, counts.sum(axis=1)), limit)
