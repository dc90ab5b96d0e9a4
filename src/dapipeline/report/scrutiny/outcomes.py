"""From incident to charge, and what became of DA crimes."""

from __future__ import annotations

from dapipeline.report.breakdown import Gated
from dapipeline.report.contents import ScrutinyTables
from dapipeline.report.course.values import not_broken_down
from dapipeline.report.part import Part, part
from dapipeline.report.scrutiny.figures import funnel_bars
from dapipeline.report.scrutiny.values import (
    STEPS,
    WHERE,
    all_of,
    as_table,
    both_ways,
    computed,
    not_answered,
    shared_out,
    steps,
)
from dapipeline.report.table import Part as Counted
from dapipeline.report.words import count, share
from dapipeline.scrutiny.units import OUTCOME_GROUPS, SANCTIONS

REACHED = ("DA incidents", "with a crime", "with an arrest", "with a charge")
NOT_A_CHAIN = (
    "An incident counts where all steps before hold too: a summons without an arrest is not among the charges here, "
    "and is among the outcomes below."
)
YEARS = "Outcomes stand in the year in which the incident came to be known; those of the latest years are still open."
TERM = (
    "Sanction detections, a term that ended with the outcomes framework of 2013-14, are outcomes 1 to 4 here: charged "
    "or summonsed, cautioned, taken into consideration."
)
OUTCOME_TITLES = {name: name[:1].upper() + name[1:] for name in OUTCOME_GROUPS} | {"none yet": "No outcome yet"}


def from_incident_to_charge(tables: ScrutinyTables, limit: int) -> Part:
    """Lay out how far DA incidents went.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int

    Returns
    -------
    Part
    """
    gaps = not_answered(tables, "funnel_arrest", "funnel_charge")
    if gaps:
        return part("From incident to charge", [], limits=gaps)
    found = both_ways(steps(tables, "year"), steps(tables, "area"), limit)
    reached = _reached(found.get("year"))
    figure = (
        [("scrutiny_funnel", funnel_bars(reached), "DA incidents of all years, by how far they went.")]
        if reached
        else []
    )
    laid = [
        (
            f"How far DA incidents went, by {by}",
            as_table(gated, "DA incidents by how far they went", by, limit, "DA incidents"),
        )
        for by, gated in ((name, found.get(name)) for name in WHERE)
    ]
    return part("From incident to charge", _said(reached), figure, laid, [NOT_A_CHAIN, not_broken_down(laid)])


def _reached(found: Gated | None) -> dict[str, int]:
    """Return how many incidents reached each step; nothing unless every step may be printed."""
    cells = all_of(found)
    if set(cells) != set(STEPS):
        return {}
    parts = [cells[name].number for name in STEPS]
    return {name: sum(parts[at:]) for at, name in enumerate(REACHED)}


def _said(reached: dict[str, int]) -> list[str]:
    if not reached:
        return []
    whole, crimes, arrests, charges = reached.values()
    return [
        f"Of {count(whole)} DA incidents {share(crimes / whole)} hold a crime; {share(arrests / max(crimes, 1))} of "
        "these "
        f"led to an arrest, and {share(charges / max(arrests, 1))} of these to a charge: {share(charges / whole)} of "
        "all."
    ]


def outcomes_of_crimes(tables: ScrutinyTables, limit: int) -> Part:
    """Lay out the outcomes of DA crimes.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int

    Returns
    -------
    Part
    """
    title, gaps = "Outcomes of DA crimes", not_answered(tables, "outcome_mix")
    if gaps or not computed(tables, "outcome_mix", "outcome"):
        return part(title, [] if gaps else ["No DA crime is in the records."], limits=gaps)
    by = {name: shared_out(tables, "outcome_mix", "outcome", name, OUTCOME_TITLES) for name in ("year", "area")}
    found = both_ways(by["year"], by["area"], limit)
    laid = [
        (f"Outcomes of DA crimes, by {name}", as_table(gated, "DA crimes by outcome", name, limit, "DA crimes"))
        for name, gated in ((by, found.get(by)) for by in WHERE)
    ]
    return part(
        "Outcomes of DA crimes", _ended(all_of(found.get("year"))), [], laid, [TERM, YEARS, not_broken_down(laid)]
    )


def _ended(cells: dict[str, Counted]) -> list[str]:
    charged, cautioned = (cells.get(name[:1].upper() + name[1:]) for name in SANCTIONS[:2])
    unsupported = cells.get("No action, victim does not support")
    said = []
    if charged and cautioned:
        said.append(
            f"{share(charged.number / charged.of)} of {count(charged.of)} DA crimes ended in a charge or summons and "
            f"{share(cautioned.number / cautioned.of)} in a caution: {charged.number / cautioned.number:.1f} charges "
            "for each caution"
        )
    if unsupported:
        said.append(
            f"{share(unsupported.number / unsupported.of)} ended without action that the victim did not support"
        )
    return [f"{'; '.join(said)}."] if said else []
