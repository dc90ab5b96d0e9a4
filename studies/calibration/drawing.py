"""Two figures: how near the made-up force and the run come to the published figures, and which names were given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dapipeline.report.colours import DA, INK, LINE, OTHER
from dapipeline.report.figure import drawn, svg
from studies.calibration.comparison import NEAR, POINTS
from studies.calibration.results import read
from studies.calibration.scores import UNNAMED, confusion_of

FURTHEST, MOST_POINTS = 2.0, 0.2  # times, and points: what lies beyond is drawn at the edge
ROW, WIDTH = 0.19, 10.6  # inches
PLACES = {"truth": ("made", "o", 24, DA, DA), "recovered": ("found by the run", "o", 52, "none", OTHER)}


def draw_figures(results: Path) -> str:
    """Draw every count and mean as a ratio to the published one, and every share as a difference in points."""
    table = read("figures", results)
    assert table is not None
    table = table[table["not_measured"].isna() & ~table["kind"].isin(["rule", "rank"])]
    table = table[table[list(PLACES)].notna().any(axis=1)]
    low = pd.to_numeric(table["value"])
    nearest = {place: table[place].clip(low, table["most"].fillna(low)) for place in PLACES}  # of a published range
    sides = [table["kind"] == "share", table["kind"] != "share"]
    with drawn(WIDTH, ROW * max(side.sum() for side in sides) + 1.1) as figure:
        figure.add_artist(Rectangle((0, 0), 1, 1, transform=figure.transFigure, facecolor="white", zorder=-1))
        left, right = figure.subplots(1, 2)
        near = table[sides[1]]
        ratios = {
            place: np.log((near[place] / nearest[place][near.index]).clip(lower=1 / FURTHEST)) for place in PLACES
        }
        _dots(left, near, ratios, np.log(1 + NEAR), np.log(FURTHEST))
        ticks = [0.5, 0.8, 1.0, 1.25, 2.0]
        left.set_xticks(np.log(ticks), [f"{tick:g} ×" for tick in ticks])
        left.set_title("Counts and means, to the published", loc="left", fontsize=9.5, color=INK)
        part = table[sides[0]]
        differences = {place: part[place] - nearest[place][part.index] for place in PLACES}
        _dots(right, part, differences, POINTS, MOST_POINTS)
        right.xaxis.set_major_formatter(lambda tick, _: f"{100 * tick:+.0f}")
        right.set_title("Shares, points from the published", loc="left", fontsize=9.5, color=INK)
        left.legend(loc="lower center", bbox_to_anchor=(1.0, -0.09), ncols=2)
        figure.subplots_adjust(left=0.275, right=0.985, top=0.965, bottom=0.085, wspace=0.8)
        return svg(figure, "calibration", "Published figures against the made-up force and the run over it")


def _dots(axes: Axes, table: pd.DataFrame, values: dict[str, pd.Series], bar: float, furthest: float) -> None:
    at = np.arange(len(table))[::-1]
    axes.axvspan(-bar, bar, color=LINE, alpha=0.5, linewidth=0)
    axes.axvline(0, color=INK, linewidth=0.8)
    for place, (label, marker, size, face, edge) in PLACES.items():
        axes.scatter(
            values[place].clip(-furthest, furthest), at, marker=marker, s=size, facecolors=face, edgecolors=edge,
            label=label, clip_on=False, zorder=3,
        )  # fmt: skip
    names = table["figure"].str.replace("_", " ").str.replace(".", ": ")
    axes.set_yticks(at, names.tolist(), fontsize=7)
    axes.set_ylim(-0.8, len(table) - 0.2)
    axes.set_xlim(-furthest * 1.03, furthest * 1.03)


def draw_confusion(results: Path) -> str:
    """Draw planted against assigned names, one panel per weight, without faults; shading is the share of a row."""
    table = read("confusion", results)
    assert table is not None
    table = table[~table["faults"]]
    weights = list(table["weight"].unique())
    order = list(dict.fromkeys(table["planted"]))
    words = [name.replace("_", " ") for name in order]
    with drawn(WIDTH, 6.0) as figure:
        figure.add_artist(Rectangle((0, 0), 1, 1, transform=figure.transFigure, facecolor="white", zorder=-1))
        panels = np.atleast_1d(figure.subplots(1, len(weights), sharey=True))
        for axes, weight in zip(panels, weights, strict=True):
            counts = confusion_of(table[table["weight"] == weight])
            shares = counts.div(counts.sum(axis=1).clip(lower=1), axis=0).to_numpy()
            axes.imshow(shares, cmap="Purples", vmin=0, vmax=1, aspect="auto")
            for (row, column), number in np.ndenumerate(counts.to_numpy()):
                if number:
                    colour = "white" if shares[row, column] > 0.55 else INK
                    axes.text(column, row, f"{number:,.0f}", ha="center", va="center", fontsize=5.5, color=colour)
            axes.set_xticks(range(len(order)), words, rotation=60, ha="right", fontsize=7)
            axes.set_yticks(range(len(order)), words, fontsize=7)
            axes.set_title(f"Weight {weight}: assigned across, planted down", loc="left", fontsize=9.5, color=INK)
            axes.axhline(order.index(UNNAMED) - 0.5, color=INK, linewidth=0.6)
            axes.axvline(order.index(UNNAMED) - 0.5, color=INK, linewidth=0.6)
        figure.subplots_adjust(left=0.19, right=0.99, top=0.95, bottom=0.32, wspace=0.04)
        return svg(figure, "confusion", "Planted typologies against the names that were assigned")
