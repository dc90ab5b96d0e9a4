"""The workbook of the shareable edition: the tables of its page, one a sheet."""

from __future__ import annotations

import pandas as pd

from dapipeline.config.report import Report
from dapipeline.report.dictionary.column import SHARE, Column
from dapipeline.report.notes import CAUTIONS
from dapipeline.report.shareable.means import SHARE_OF_HARM, SHARE_OF_PEOPLE
from dapipeline.report.shareable.release import Release
from dapipeline.report.shareable.released import Counts, Released
from dapipeline.report.shareable.rounded import BASE, FIGURES
from dapipeline.report.words import MARK
from dapipeline.report.workbook import Sheet, workbook


def shareable_book(release: Release, name: str, report: Report) -> bytes:
    """Write the tables of the shareable edition as a workbook.

    Parameters
    ----------
    release : Release
    name : str
        Of the run.
    report : Report
        The settings: marking, contact, limit.

    Returns
    -------
    bytes
        The same for the same tables.
    """
    few = f"fewer than {report.limit}"
    about = [
        f"{name}: tables of the shareable edition", *([report.marking] if report.marking else []),
        f"Counts are to the nearest {BASE}; {MARK} stands for a number that would tell of {few} people.",
        *([f"Whom to ask: {report.contact}"] if report.contact else []),
    ]  # fmt: skip
    notes = [
        ("What is withheld", f"{MARK} stands for a count of {few}, nought among them, or for one from which such a "
         "count could be worked out; in tables of means, for one of too few people, or mostly of one or two."),
        ("Rounding", f"Counts are to the nearest {BASE}, means and shares of harm to {FIGURES} figures: numbers need "
         "not add up."),
        *((heading, text) for heading, text in CAUTIONS.items() if heading != "Empty cells"),
    ]  # fmt: skip
    return workbook([_sheet(table) for table in release.tables], notes, about, report.marking)


def _sheet(table: Released) -> Sheet:
    frame = table.frame()
    return Sheet(table.name.replace("_", " "), table.caption, "a row of the page's table", frame,
                 {str(name): _column(table, str(name), frame) for name in frame})  # fmt: skip


def _column(table: Released, name: str, frame: pd.DataFrame) -> Column:
    if name == frame.columns[0]:
        return Column(name, "What the row is of.")
    if isinstance(table, Counts):
        meaning = "How many there are in all." if name == table.whole else f"How many of them: {name}."
        return Column(name, meaning, table.whole.lower())
    unit = SHARE if name in (SHARE_OF_HARM, SHARE_OF_PEOPLE) else ""
    return Column(name[:1].upper() + name[1:], f"A mean, a rate or a share, to {FIGURES} figures.", unit)
