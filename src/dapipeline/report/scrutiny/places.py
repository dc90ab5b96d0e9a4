"""Areas beside each other, and when abuse is reported."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dapipeline.report.breakdown import Gated
from dapipeline.report.contents import ScrutinyTables
from dapipeline.report.course.values import not_broken_down
from dapipeline.report.disclosure import gate
from dapipeline.report.part import Part, part
from dapipeline.report.scrutiny.beyond import beyond_in_words, beyond_table
from dapipeline.report.scrutiny.figures import funnel_plot, heat_map, small_multiples
from dapipeline.report.scrutiny.values import (
    NO_CRIME,
    WHERE,
    all_of,
    as_table,
    both_ways,
    breakdown_of,
    computed,
    gated,
    not_answered,
    printed_rows,
    shared_out,
    steps,
)
from dapipeline.report.table import Part as Counted
from dapipeline.report.words import MARK, share
from dapipeline.scrutiny.counting import ALL
from dapipeline.scrutiny.hours import WEEKDAYS

NO_LEAGUE = (
    "This is no league table. Small areas vary by chance; the lines are where areas of a size lie 95% and 99.8% of the "
    "time, widened by how much all areas differ (Spiegelhalter 2005). Of twenty areas one lies beyond the 95% lines by "
    "chance; an area beyond the 99.8% lines differs by more than chance: in what it records, in whom it serves, or in "
    "what it does."
)
CLOCK = (
    "The clock is that of the report, where one was recorded, and else of the incident’s start. Times that were "
    "estimated gather at full hours and at midnight."
)
THREE = 3  # hours of a band where single hours are too few
CHARGED = "Charged or summonsed"


def areas(tables: ScrutinyTables, limit: int, changed: Sequence[tuple[str, float]] = ()) -> Part:
    """Lay out areas beside each other: funnel plots and small multiples.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int
    changed : sequence of (str, float)
        When recording changed: the year as the tables call it, and how much of it had passed.

    Returns
    -------
    Part
    """
    titles = {"charged or summonsed": CHARGED}
    by_year, by_area = (shared_out(tables, "outcome_mix", "outcome", by, titles) for by in WHERE)
    mix = both_ways(by_year, by_area, limit)
    reached = both_ways(steps(tables, "year"), steps(tables, "area"), limit)
    plots = [
        ("charge_rate", "DA crimes charged", "DA crimes", printed_rows(mix.get("area"), CHARGED)),
        ("funnel_crime", "DA incidents with a crime recorded", "DA incidents", _with_a_crime(reached.get("area"))),
    ]
    figures = [
        (f"scrutiny_{key}", funnel_plot(points, _limits(tables, key), f"scrutiny_{key}", axis),
         f"{axis}: areas by how many {things} they have. The middle line is all of them together.")
        for key, axis, things, points in plots
    ]  # fmt: skip
    gaps = not_answered(tables, "charge_rate", "funnel_arrest", "funnel_charge")
    over_years = _area_by_year(tables, limit) if "area" in reached else None
    small = _small(over_years, changed)
    drawn = (
        "scrutiny_areas",
        small,
        "DA incidents by area and year, on one scale: size of the area, not how common abuse is."
        + (" Dotted: recording changed." if changed else ""),
    )
    said = [words for key, axis, _, points in plots for words in beyond_in_words(points, _limits(tables, key), axis)]
    laid = (
        []
        if gaps
        else [
            (
                "DA incidents by area and year",
                as_table(over_years, "DA incidents by year", "area", limit, "DA incidents"),
            )
        ]
    )
    return part(
        "Areas beside each other",
        said,
        [*figures, drawn],
        [*laid, ("Areas beyond the limits, by indicator", beyond_table(tables, limit))],
        [*gaps, NO_LEAGUE, _merged(tables), not_broken_down(laid)],
    )


def _with_a_crime(found: Gated | None) -> dict[str, Counted]:
    """Return the incidents of each area that are not among those without a crime, as far as these are printed."""
    without = printed_rows(found, NO_CRIME)
    return {area: Counted(cell.of - cell.number, cell.of) for area, cell in without.items()}


def _limits(tables: ScrutinyTables, key: str) -> pd.DataFrame:
    return tables.funnel[tables.funnel["indicator"] == key]


def _merged(tables: ScrutinyTables) -> str:
    notes = tables.scrutiny["note"].dropna()
    said = notes[notes.str.startswith("together:")]
    return f"Areas of too few DA incidents stand {said.iloc[0].split('; part of')[0]}." if len(said) else ""


def _area_by_year(tables: ScrutinyTables, limit: int) -> Gated | None:
    """Gate DA incidents by area and year; to be printed only where areas are by how far incidents went too."""
    table = tables.scrutiny.merge(tables.scrutiny_people, on=["indicator", "area", "year", "breakdown", "group"])
    rows = table[(table["indicator"] == "funnel_crime") & (table["area"] != ALL)]
    years = sorted(set(rows["year"]) - {ALL})
    wide = rows[rows["year"] != ALL].pivot_table(
        index="area", columns="year", values="denominator", aggfunc="sum", fill_value=0
    )
    people = rows[rows["year"] == ALL].set_index("area")["people"].reindex(wide.index)
    counts = wide.reindex(columns=years, fill_value=0).to_numpy(dtype=np.int64)
    return gated(breakdown_of(list(wide.index), years, counts, people.to_numpy(dtype=np.int64)), limit)


def _small(found: Gated | None, changed: Sequence[tuple[str, float]]) -> str:
    lines = {}
    for row in found.rows[:-1] if found else ():
        cells = list(found.cells(row).values()) if found else []
        if cells and all(isinstance(cell, Counted) for cell in cells):
            lines[row] = [cell.number for cell in cells if isinstance(cell, Counted)]
    years = list(found.columns) if found else []
    at = [years.index(year) - 0.5 + passed for year, passed in changed if year in years]
    return small_multiples(lines, years, at, "scrutiny_areas", "DA incidents")


def when(tables: ScrutinyTables, limit: int) -> Part:
    """Lay out when DA is reported, by which route, how it was graded, and where flag and tie agree.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int

    Returns
    -------
    Part
    """
    hours = tables.hour_by_weekday[tables.hour_by_weekday["kind"] == "DA"]
    cells = hours["incidents"].to_numpy(dtype=np.int64).reshape(len(WEEKDAYS), 24)
    found, names = _gated_hours(cells, limit)
    graded = gated(shared_out(tables, "risk_shares", "risk_grade", "year", {}), limit)
    routes = gated(shared_out(tables, "reporting_route", "route", "year", {}), limit)
    gaps = not_answered(tables, "risk_shares", "reporting_route")
    laid = [
        ("DA incidents by weekday and hour", as_table(found, "DA incidents by hour", "Weekday", limit, "DA incidents")),
    ]
    for key, breakdown, title, one in (
        ("risk_shares", "risk_grade", "Risk grades by year", graded),
        ("reporting_route", "route", "Routes by year", routes),
    ):  # fmt: skip
        if computed(tables, key, breakdown):
            what = f"DA incidents by {'risk grade' if one is graded else 'route of the report'}"
            laid.append((title, as_table(one, what, "year", limit, "DA incidents")))
    drawn = (
        "scrutiny_hours",
        _map(found, names),
        f"DA incidents by weekday and hour; hatched where {MARK} stands in the table.",
    )
    return part(
        "When, by which route, how graded", _grades(graded), [drawn], laid, [*gaps, CLOCK, not_broken_down(laid)]
    )


def _gated_hours(cells: np.ndarray, limit: int) -> tuple[Gated | None, list[str]]:
    """Gate single hours, or bands of hours where a single one would have to be withheld."""
    names = [f"{hour:02d}" for hour in range(24)]
    people = cells.sum(axis=1)
    single = gate(breakdown_of(WEEKDAYS, names, cells, people), limit) if cells.sum() else None
    if (
        single is not None
        and not single.withheld.any()
        and len(single.rows) == len(WEEKDAYS) + 1
        and len(single.columns) == 24
    ):
        return single, names
    bands = cells.reshape(len(WEEKDAYS), 24 // THREE, THREE).sum(axis=2)
    names = [f"{at:02d}-{at + THREE:02d}" for at in range(0, 24, THREE)]
    return gated(breakdown_of(WEEKDAYS, names, bands, people), limit), names


def _map(found: Gated | None, names: list[str]) -> str:
    if found is None or list(found.rows[:-1]) != list(WEEKDAYS) or list(found.columns) != names:
        return ""
    shares = np.where(found.withheld[:-1], np.nan, found.counts[:-1] / max(int(found.counts[-1].sum()), 1))
    told = "; ".join(f"{day} {share(float(np.nansum(row)))}" for day, row in zip(WEEKDAYS, shares, strict=True))
    return heat_map(shares, WEEKDAYS, names, "scrutiny_hours", f"DA incidents by weekday and hour. {told}.")


def _grades(found: Gated | None) -> list[str]:
    high = all_of(found).get("High")
    return [f"{share(high.number / high.of)} of DA incidents were graded high."] if high else []
