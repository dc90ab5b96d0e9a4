"""Who is in which typology, by characteristics that never entered the clustering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dapipeline.report.breakdown import Gated
from dapipeline.report.disclosure import TOGETHER
from dapipeline.report.material import Material
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.table import Cell, Part, Table
from dapipeline.report.words import plain, share

TITLE = "Equality audit"


def show(material: Material) -> dict[str, Any]:
    """Return what the template of this section fills in.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict
        By the names that the template uses; figures, by name, where it has any.
    """
    may = material.may
    return {
        "tables": equality_tables(may),
        "recorded": bool(may.makeup),
        "findings": [words for words in map(_furthest, may.makeup, may.makeup.values()) if words],
    }


def _furthest(characteristic: str, gated: Gated) -> str:
    """Write where the share of a value differs most from that of the cohort."""
    cohort = gated.cells(gated.rows[-1])
    gaps = [
        (abs(cell.number / cell.of - whole.number / whole.of), -at, row, value, cell, whole)
        for at, row in enumerate(gated.rows[:-1]) if row != TOGETHER
        for value, cell in gated.cells(row).items()
        if isinstance(cell, Part) and isinstance(whole := cohort.get(value), Part) and cell.of and whole.of
    ]  # fmt: skip
    if not gaps:
        return ""
    _, _, row, value, cell, whole = max(gaps, key=lambda gap: gap[:2])
    by = plain(characteristic.removeprefix("offender_"))
    return (
        f"By {by}, the typology or cluster furthest from the whole cohort is {row}: "
        f"“{value}” is recorded of {share(cell.number / cell.of)} of its people, against "
        f"{share(whole.number / whole.of)} of all."
    )


@dataclass(frozen=True)
class Makeup:
    """How many of a typology have one value of a characteristic, beside how many of the cohort."""

    value: str
    offenders: Cell
    cohort: Cell


def makeup_of(may: Printable, characteristic: str, typology: ReportedTypology) -> list[Makeup]:
    """Return what may be printed of who is in a typology.

    Parameters
    ----------
    may : Printable
    characteristic : str
        offender_sex, for example.
    typology : ReportedTypology

    Returns
    -------
    list of Makeup
        Empty where the typology has too few people to be broken down.
    """
    gated = may.makeup[characteristic]
    own, cohort = gated.cells(typology.title), gated.cells(gated.rows[-1])
    return [Makeup(value, own[value], cohort[value]) for value in own if value not in gated.scarce]


def equality_tables(may: Printable) -> list[Table]:
    """Lay out one table per characteristic: one row per typology or unnamed cluster, one column per value.

    Parameters
    ----------
    may : Printable

    Returns
    -------
    list of Table
        Without a characteristic of which nothing can be printed.
    """
    tables = [
        gated.as_table(
            f"{plain(characteristic.removeprefix('offender_')).capitalize()} of the people in each typology",
            "Typology or cluster", may.limit,
        )
        for characteristic, gated in may.makeup.items()
    ]  # fmt: skip
    return [table for table in tables if table is not None]
