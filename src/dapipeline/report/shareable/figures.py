"""Figures of the shareable edition, drawn from its tables alone."""

from __future__ import annotations

import numpy as np

from dapipeline.report.breakdown import ALL
from dapipeline.report.colours import DA, INK, LINE, OTHER, QUIET
from dapipeline.report.course.bars import stacked
from dapipeline.report.figure import drawn, says, svg
from dapipeline.report.shareable.course import OF_KINDS
from dapipeline.report.shareable.released import Amounts, Counts
from dapipeline.report.shareable.rounded import two_figures
from dapipeline.report.table import Part

MARKS = (DA, OTHER)


def course_figure(course: Amounts, title: str) -> str:
    """Draw the rates of a typology by year: bars of DA and of other incidents, then a line of squares per family.

    Parameters
    ----------
    course : Amounts
    title : str
        Of the typology.

    Returns
    -------
    str
        SVG.
    """
    values = course.amounts
    kinds = [name for name in OF_KINDS.values() if name in values.index]
    families = [name for name in values.index if name not in kinds]
    years = [str(name).removeprefix("year ") for name in values.columns]
    tall, low = 0.9 * bool(kinds), 0.24 * len(families)
    height = tall + low + 0.6
    highest = np.nanmax(values.to_numpy())
    with drawn(9.2, height) as figure:
        if kinds:
            axes = figure.add_axes((0.32, (low + 0.46) / height, 0.66, (tall + 0.1) / height))
            for at, kind in enumerate(kinds):
                own, tone = values.loc[kind], MARKS[list(OF_KINDS.values()).index(kind)]
                where = np.arange(len(years)) + (at - (len(kinds) - 1) / 2) * 0.4
                for x, year, value in zip(where, years, own, strict=True):
                    if not np.isnan(value):
                        (bar,) = axes.bar(x, value, 0.36, color=tone)
                        says(bar, f"{title}: {kind}, year {year}: {two_figures(value)} per 100 people", title)
            axes.set_xlim(-0.5, len(years) - 0.5)
            axes.set_xticks([])
            axes.grid(axis="y", color=LINE, linewidth=0.5)
            axes.set_axisbelow(True)
            handles = [axes.bar(-9, 0, color=MARKS[list(OF_KINDS.values()).index(kind)]) for kind in kinds]
            axes.legend(handles, kinds, loc="center right", bbox_to_anchor=(-0.06, 0.5), fontsize=8.5)
        below = figure.add_axes((0.32, 0.44 / height, 0.66, max(low, 0.02) / height))
        below.set_xlim(-0.5, len(years) - 0.5)
        below.set_ylim(len(families) - 0.5, -0.5) if families else below.set_yticks([])
        for row, family in enumerate(families):
            for x, (year, value) in enumerate(zip(years, values.loc[family], strict=True)):
                if not np.isnan(value):
                    (square,) = below.barh(row, 0.9, 0.84, left=x - 0.45, color=INK, alpha=0.12 + 0.6 * value / highest)
                    says(square, f"{title}: {family}, year {year}: {two_figures(value)} per 100 people", title)
                    below.text(x, row, two_figures(value), ha="center", va="center", color=INK, fontsize=8)
        below.set_yticks(range(len(families)), families, fontsize=8.5)
        below.set_xticks(range(len(years)), years)
        below.set_xlabel("year since the first incident")
        below.tick_params(length=0, colors=QUIET)
        for spine in below.spines.values():
            spine.set_visible(False)
        return svg(figure, course.name, f"{course.caption}. The figures stand in the table beneath")


def shares_figure(counts: Counts) -> str:
    """Draw the rows of a table of which every number is printed as bars that their parts fill.

    Parameters
    ----------
    counts : Counts

    Returns
    -------
    str
        SVG; empty where no row is printed whole.
    """
    rows = {}
    for name, _, *cells in counts.table().rows:
        parts = [cell for cell in cells if isinstance(cell, Part)]
        if len(parts) == len(counts.gated.columns) and str(name) != ALL:
            whole = sum(part.number for part in parts) or 1
            rows[str(name)] = {c: p.number / whole for c, p in zip(counts.gated.columns, parts, strict=True)}
    return stacked(rows, counts.name, counts.caption)
