"""The strip above a timeline: every record of a medoid over the years, domestic abuse above the line.

Written as SVG by hand: it is dots and lines, and there is one for every cluster.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.report.colours import DA, INK, LINE, OTHER, QUIET
from dapipeline.report.words import several

WIDTH, MIDDLE = 662, 49  # points
COLOURS = {True: DA, False: OTHER}
WORDS = {True: "domestic abuse", False: "other records"}


def strip_figure(records: pd.DataFrame, cluster: int, first: int, last: int) -> str:
    """Draw the strip.

    Parameters
    ----------
    records : pandas.DataFrame
        From `records_in_words`, of one cluster.
    cluster : int
        Its number.
    first, last : int
        Years that the axis spans, the same for every medoid.

    Returns
    -------
    str
        An svg element. Marks stand at the month, so that no day can be read off.
    """
    height = _height(records)
    tallest = max(float(height.max()), 3.0)
    step = (MIDDLE - 16) / tallest
    years = last + 1.2 - (first - 0.15)
    left = (records["year"] + (records["month"] - 0.5) / 12 - (first - 0.15)) / years * WIDTH
    room = min(1.0, 6.0 / tallest)  # marks shrink where many fall in a month
    radius = np.sqrt((13 + 2.8 * np.sqrt(records["severity"].clip(upper=1500))) * room / np.pi)
    ups = np.where(records["is_da"], 1, -1)
    parts = [_line(0, MIDDLE, WIDTH, MIDDLE, INK)]
    for year in range(first, last + 2):
        x = (year - (first - 0.15)) / years * WIDTH
        parts.append(_line(x, 4, x, 2 * MIDDLE - 4, LINE))
    for year in _labelled(first, last):
        x = (year + 0.5 - (first - 0.15)) / years * WIDTH
        parts.append(f'<text x="{x:.1f}" y="{2 * MIDDLE + 9}" text-anchor="middle" fill="{QUIET}">{year}</text>')
    marks = zip(records["is_da"], records["is_crime"], left, MIDDLE - ups * height * step, radius, strict=True)
    parts += [_mark(*mark) for mark in marks]
    for is_da, y in ((True, 10), (False, 2 * MIDDLE - 4)):
        parts.append(f'<text x="4" y="{y}" font-weight="bold" fill="{COLOURS[is_da]}">{WORDS[is_da]}</text>')
    da = int(records["is_da"].sum())
    words = f"{several(da, 'record')} of domestic abuse above the line, {len(records) - da} others below"
    label = f"Cluster {cluster}, one person's record by year: {words}."
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {2 * MIDDLE + 14}" role="img"'
    return f'{head} aria-label="{label}" font-size="9" font-family="sans-serif">\n' + "\n".join(parts) + "\n</svg>\n"


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1}" x2="{x2:.1f}" y2="{y2}" stroke="{colour}" stroke-width="0.8"/>'


def _mark(is_da: bool, crime: bool, x: float, y: float, radius: float) -> str:
    """Round for domestic abuse, square for the rest; hollow for what is no crime."""
    colour = COLOURS[bool(is_da)]
    paint = f'fill="{colour if crime else "white"}" stroke="{"white" if crime else colour}" stroke-width="0.8"'
    if is_da:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {paint}/>'
    side = radius * 1.8
    return f'<rect x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}" {paint}/>'


def _height(records: pd.DataFrame) -> pd.Series:
    """Stack the records of a month on each other, domestic abuse and others apart."""
    return records.groupby(["is_da", "year", "month"]).cumcount() + 1.0


def _labelled(first: int, last: int) -> range:
    return range(first, last + 1, 1 + (last - first) // 18)
