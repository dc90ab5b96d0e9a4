"""Who recurs, and who the victims and suspects of DA crimes are."""

from __future__ import annotations

from dapipeline.reference.codes import SEXES
from dapipeline.report.breakdown import Gated
from dapipeline.report.contents import ScrutinyTables
from dapipeline.report.course.values import not_broken_down
from dapipeline.report.part import Part, part
from dapipeline.report.scrutiny.values import all_of, as_table, computed, gated, not_answered, once_or_more, shared_out
from dapipeline.report.table import Table
from dapipeline.report.words import count, share

REPEAT = "repeat_victims_incidents"
ONCE, AGAIN = "In one", "In two or more"
WHO = {"victims_profile": "Victims", "accused_profile": "Suspects"}
GROUPS = {"sex": "sex", "age": "age", "ethnicity": "ethnicity"}
LIMITS = (
    "A person counts once in every incident; whoever is in several counts in each. The years of a repeat victim are "
    "counted apart: two incidents in two years are no repeat within a year.",
    "Police data shows what was reported and recorded, and where police look. Nothing here is a rate: how many people "
    "of each group there are is not in it.",
)


def who_recurs(tables: ScrutinyTables, limit: int) -> Part:
    """Lay out repeat victims, and victims and suspects by sex, age and ethnicity.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int

    Returns
    -------
    Part
    """
    found = {by: gated(once_or_more(tables, REPEAT, by, (ONCE, AGAIN)), limit) for by in ("year", "area")}
    gaps = not_answered(tables, REPEAT, *WHO)
    laid: list[tuple[str, Table | None]] = [
        (f"Repeat victims, by {by}", _without_all(as_table(one, "victims by their DA incidents", by, limit, "Victims")))
        for by, one in found.items()
        if computed(tables, REPEAT)
    ]
    said = []
    for key, who in WHO.items():
        for breakdown, words in GROUPS.items():
            if not computed(tables, key, breakdown):
                continue
            one = gated(shared_out(tables, key, breakdown, "year", dict(SEXES)), limit)
            what = f"{who.lower()} of DA crimes by {words}"
            laid.append((f"{who} of DA crimes by {words}", as_table(one, what, "year", limit, who)))
            said += _women(one, who) if breakdown == "sex" else []
    return part("Victims and suspects", said, [], laid, [*gaps, *LIMITS, not_broken_down(laid)])


def _without_all(table: Table | None) -> Table | None:
    """Leave out the row of all: whoever is in two years, or two areas, would count twice in it."""
    if table is None:
        return None
    return Table(table.caption, table.columns, table.rows[:-1], table.numeric, table.note)


def _women(found: Gated | None, who: str) -> list[str]:
    women = all_of(found).get(SEXES["F"])
    if women is None:
        return []
    return [
        f"{share(women.number / women.of)} of the {count(women.of)} {who.lower()} of DA crimes are recorded as women."
    ]
