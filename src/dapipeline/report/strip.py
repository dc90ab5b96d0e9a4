"""The strip above a timeline: every record of a medoid over the years, domestic abuse above the line."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.report.figure import DA, INK, LINE, OTHER, drawn, svg
from dapipeline.report.words import several

LANES = ((True, 1, DA, "o", "domestic abuse"), (False, -1, OTHER, "s", "other records"))


def strip_figure(records: pd.DataFrame, cluster: int, first: int, last: int) -> str:
    """Draw the strip.

    Parameters
    ----------
    records : pandas.DataFrame
        From `records_of`, of one cluster.
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
    with drawn(9.2, 1.55) as figure:
        axes = figure.add_axes((0.0, 0.15, 1.0, 0.84))
        axes.set_xlim(first - 0.15, last + 1.05)
        axes.set_ylim(-tallest - 0.9, tallest + 0.9)
        axes.axhline(0, color=INK, linewidth=0.9, zorder=1)
        for year in range(first, last + 2):
            axes.axvline(year, color=LINE, linewidth=0.6, zorder=0)
        when = records["year"] + (records["month"] - 0.5) / 12
        room = min(1.0, 6.0 / tallest)  # marks shrink where many fall in a month
        sizes = (13 + 2.8 * np.sqrt(records["severity"].clip(upper=1500))) * room
        for is_da, side, colour, shape, words in LANES:
            for crime in (True, False):
                these = (records["is_da"] == is_da) & (records["is_crime"] == crime)
                axes.scatter(
                    when[these], side * height[these], s=sizes[these], marker=shape, linewidths=0.8, zorder=3,
                    facecolors=colour if crime else "white", edgecolors="white" if crime else colour,
                )  # fmt: skip
            axes.text(first - 0.1, side * (tallest + 0.75), words, color=colour, fontsize=8.5, fontweight="bold",
                      va="top" if is_da else "bottom")  # fmt: skip
        axes.tick_params(axis="x", length=0, labelsize=8.5)
        axes.set_xticks([year + 0.5 for year in _labelled(first, last)], [str(y) for y in _labelled(first, last)])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set_visible(False)
        da = int(records["is_da"].sum())
        words = f"{several(da, 'record')} of domestic abuse above the line, {len(records) - da} others below"
        return svg(figure, f"medoid-{cluster}", f"Cluster {cluster}, one person's record by year: {words}.")


def _height(records: pd.DataFrame) -> pd.Series:
    """Stack the records of a month on each other, domestic abuse and others apart."""
    return records.groupby(["is_da", "year", "month"]).cumcount() + 1.0


def _labelled(first: int, last: int) -> range:
    return range(first, last + 1, 1 + (last - first) // 18)
