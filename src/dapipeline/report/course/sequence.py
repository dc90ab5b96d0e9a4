"""The figure of repeat incidents, and how their numbers are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from dapipeline.analysis.course.escalation import LAST
from dapipeline.report.colours import DA, LINE, OTHER
from dapipeline.report.figure import drawn, points_say, svg
from dapipeline.report.words import number, share

ORDINALS = {2: "2nd", 3: "3rd"}
WORDS = {1: "first", 2: "second", 3: "third", 5: "fifth"}


def ordinal(order: int) -> str:
    """Write which incident it is.

    Parameters
    ----------
    order : int

    Returns
    -------
    str
    """
    return WORDS.get(order) or ("10th or later" if order == LAST else ORDINALS.get(order, f"{order}th"))


def sequence(people: pd.DataFrame, crimes: list[int], firsts: bool) -> str:
    """Draw the second to the ninth: of the tenth and later ones a person has several.

    Parameters
    ----------
    people : pandas.DataFrame
        Rows of escalation.csv that may be printed.
    crimes : list of int
        The orders of which the share a crime may be.
    firsts : bool
        Whether the same people's first may be.

    Returns
    -------
    str
        SVG; empty with fewer than two orders.
    """
    rows = people[(people["order"] > 1) & (people["order"] < LAST)]
    rows = rows.assign(
        crime_share=rows["crime_share"].where(rows["order"].isin(crimes)),
        first_crime_share=rows["first_crime_share"] if firsts else np.nan,
    )
    if len(rows) < 2:
        return ""
    with drawn(9.2, 2.8) as figure:
        panels: tuple[tuple[float, str, str, str, Callable[[float, Any], str]], ...] = (
            (0.07, "days_median", "first_days_median", "days", lambda value, _: f"{value:,.0f}"),
            (0.57, "crime_share", "first_crime_share", "share a crime", lambda value, _: f"{value:.0%}"),
        )
        names = [ORDINALS.get(order, f"{order}th") for order in rows["order"]]
        for left, own, first, axis, written in panels:
            if rows[own].isna().all():
                continue
            axes, at = figure.add_axes((left, 0.13, 0.41, 0.8)), range(len(names))
            axes.plot(at, rows[own], color=DA, marker="o", linewidth=2, label="then")
            if rows[first].notna().any():
                axes.plot(at, rows[first], color=OTHER, marker="s", linewidth=1.6, linestyle="--",
                          label="the same people's first")  # fmt: skip
            for column, whose in ((own, "then"), (first, "the same people's first")):
                known = rows[column].reset_index(drop=True).dropna()
                words = [f"{names[x]}, {whose}: {written(y, 0)} {axis}" for x, y in known.items()]
                points_say(axes, known.index, known, words)
            axes.set_xticks(at, names)
            axes.set_ylim(0, float(rows[[own, first]].max(axis=None)) * 1.15)
            axes.yaxis.set_major_formatter(written)
            axes.set_ylabel(axis)
            axes.grid(axis="y", color=LINE, linewidth=0.5)
            axes.legend(loc="lower left", fontsize=8.5)
        told = "; ".join(
            f"{name}: {number(row.days_median)} days, {share(row.crime_share)} a crime"
            for name, row in zip(names, rows.itertuples(), strict=True)
        )
        return svg(figure, "course_escalation", f"DA incidents by their number in people's sequences. {told}.")
