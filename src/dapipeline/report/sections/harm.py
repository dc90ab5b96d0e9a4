"""Harm: who does it, what else they do, what goes with it, what came first, how few hold most, how groups differ."""

from __future__ import annotations

from typing import Any

from dapipeline.analysis.harm.gaps import SEVERITY
from dapipeline.analysis.severity_bands import BOUNDS
from dapipeline.report.harm.few import how_few
from dapipeline.report.harm.groups import groups_compared
from dapipeline.report.harm.offences import other_offences
from dapipeline.report.harm.order import what_came_first
from dapipeline.report.harm.patterns import band_tables, pattern_tables
from dapipeline.report.harm.shares import who_does_the_harm
from dapipeline.report.harm.wider import what_else_they_do
from dapipeline.report.material import Material
from dapipeline.report.part import laid_out
from dapipeline.report.words import number

TITLE = "Harm"


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
    contents, typologies, may = material.contents, material.typologies, material.may
    patterns = pattern_tables(contents.offender_patterns, typologies, may.limit)
    bands = band_tables(contents.severity_bands, typologies, may.limit)
    shown: dict[str, Any] = {
        "bounds": BOUNDS,
        "banded": contents.severity_bands is not None,
        "bands": bands,
        **patterns,
        "parts": (),
        "findings": (),
        "figures": {},
        "because": "",
        "common_assault": "" if contents.common_assault is None else number(contents.common_assault),
        "measured": contents.harm is not None,
    }
    harm, groups = contents.harm, groups_compared(contents, may.limit)
    if harm is None:
        gaps = contents.harm_gaps
        because = gaps.loc[gaps["table"] == SEVERITY, "because"]
        return shown | laid_out((groups,) if groups.findings else ()) | {"because": next(iter(because), "")}
    further = (
        ("Single, repeat and serial offenders", patterns["patterns"]),
        ("The same by typology", patterns["patterns_by_typology"]),
        *((table.caption, table) for table in bands or ()),
    )
    parts = (
        who_does_the_harm(contents, harm, typologies, may),
        what_else_they_do(harm, may.limit),
        other_offences(contents, harm, may.limit),
        what_came_first(contents, harm, may.limit),
        how_few(contents, harm, may.limit, further),
        groups,
    )
    return shown | laid_out(parts)
