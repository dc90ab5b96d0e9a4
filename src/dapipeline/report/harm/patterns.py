"""Single, repeat and serial offenders, and severity bands, by typology."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.analysis.patterns import BLAND_2020
from dapipeline.analysis.patterns import MEANINGS as PATTERNS
from dapipeline.analysis.severity_bands import BANDS
from dapipeline.report.breakdown import Gated, meaning_of_mark
from dapipeline.report.disclosure import gate, gate_part
from dapipeline.report.printable import counted
from dapipeline.report.reported import ReportedTypology, gathered
from dapipeline.report.table import WITHHELD, Cell, Part, Table, table
from dapipeline.report.words import share

FIRST = "Typology or cluster"


def pattern_tables(patterns: pd.DataFrame | None, typologies: list[ReportedTypology], limit: int) -> dict[str, Any]:
    """Lay out single, repeat and serial offenders, of the cohort and by typology.

    Parameters
    ----------
    patterns : pandas.DataFrame or None
        From `analysis.patterns.offender_patterns`; None where victims are not named.
    typologies : list of ReportedTypology
    limit : int

    Returns
    -------
    dict
        patterns and patterns_by_typology (Table or None), serial_and_repeat (text: empty where it is not known or
        withheld).
    """
    if patterns is None:
        return {"patterns": None, "patterns_by_typology": None, "serial_and_repeat": ""}
    headings = {name: name.capitalize() for name in PATTERNS}
    gated = gate(counted(patterns, "pattern", "offenders", gathered(typologies), columns=headings), limit)
    sums = patterns.groupby("pattern")[["offenders", "repeat_too", "with_other_crime"]].sum()
    serial = sums.loc["serial"] if "serial" in sums.index else None
    both = WITHHELD if serial is None else gate_part(serial["repeat_too"], serial["offenders"], limit)
    return {
        "patterns": _of_cohort(gated, sums, limit),
        "patterns_by_typology": gated.as_table("Single, repeat and serial offenders", FIRST, limit),
        "serial_and_repeat": str(both) if isinstance(both, Part) else "",
    }


def _of_cohort(gated: Gated, sums: pd.DataFrame, limit: int) -> Table:
    """Lay out the whole cohort, beside the published share with other crime."""
    cells = gated.cells(gated.rows[-1])
    rows: list[list[Cell]] = []
    for pattern, meaning in PATTERNS.items():
        if pattern not in sums.index:
            continue
        cell = cells.get(pattern.capitalize(), WITHHELD)
        linked = gate_part(sums.loc[pattern, "with_other_crime"], sums.loc[pattern, "offenders"], limit)
        printed = share(BLAND_2020[pattern]) if pattern in BLAND_2020 else "–"
        rows.append([f"{pattern.capitalize()}: {meaning}", cell, linked if isinstance(cell, Part) else cell, printed])
    columns = ["Offenders", "People", "With a non-DA crime", "Bland 2020"]
    marked = any(WITHHELD in row for row in rows)
    return table("How often against whom", columns, rows, range(1, 4), meaning_of_mark(limit) if marked else "")


def band_tables(bands: pd.DataFrame | None, typologies: list[ReportedTypology], limit: int) -> list[Table]:
    """Lay out DA incidents and people by severity band.

    Parameters
    ----------
    bands : pandas.DataFrame or None
        From `analysis.severity_bands.severity_bands`; None on another scale than the bands.
    typologies : list of ReportedTypology
    limit : int

    Returns
    -------
    list of Table
    """
    if bands is None:
        return []
    headings = {
        name: f"{name.capitalize()} ({meaning.split(',')[0]})" if name != "no crime" else "No crime"
        for name, meaning in BANDS.items()
    }
    found = []
    for number, caption, whole in (
        ("da_incidents", "DA incidents by severity band", "DA incidents"),
        ("offenders", "People by the band of their most severe DA incident", "People"),
    ):
        gated = gate(counted(bands, "band", number, gathered(typologies), columns=headings), limit)
        found.append(gated.as_table(caption, FIRST, limit, whole))
    return [table for table in found if table is not None]
