"""Figures of scrutiny: how far incidents went, areas beside each other, and the hours of the week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from dapipeline.report.colours import DA, INK, LINE, OTHER, QUIET
from dapipeline.report.figure import drawn, svg
from dapipeline.report.table import Part
from dapipeline.report.words import count, share

ACROSS = 4  # small multiples beside each other


def funnel_bars(reached: Mapping[str, int]) -> str:
    """Draw how many incidents reach each step.

    Parameters
    ----------
    reached : mapping of str to int
        Step to number, the whole first.

    Returns
    -------
    str
        SVG.
    """
    whole = next(iter(reached.values()))
    with drawn(9.2, 0.5 * len(reached) + 0.2) as figure:
        axes = figure.add_axes((0.18, 0.02, 0.8, 0.96))
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.set_ylim(-0.6, len(reached) - 0.4)
        for at, (title, number) in enumerate(list(reached.items())[::-1]):
            axes.barh(at, number / whole, 0.7, color=DA)
            axes.annotate(title, (0, at), (-8, 0), textcoords="offset points", ha="right", va="center", color=INK)
            axes.annotate(f"{count(number)} ({share(number / whole)})", (number / whole, at), (6, 0),
                          textcoords="offset points", va="center", color=INK, annotation_clip=False)  # fmt: skip
        told = "; ".join(f"{title} {count(number)}" for title, number in reached.items())
        return svg(figure, "scrutiny_funnel", f"How far DA incidents went. {told}.")


def funnel_plot(points: Mapping[str, Part], limits: pd.DataFrame, name: str, axis: str) -> str:
    """Draw areas beside the limits that chance and the spread between areas allow.

    Parameters
    ----------
    points : mapping of str to Part
        Area to its count, of those that may be printed.
    limits : pandas.DataFrame
        target and dispersion of the indicator: a row of funnel.csv.
    name, axis : str

    Returns
    -------
    str
        SVG; empty without points.
    """
    if not points or limits.empty:
        return ""
    target, wider = float(limits["target"].iloc[0]), float(limits["dispersion"].iloc[0])
    sizes = np.array([part.of for part in points.values()])
    along = np.linspace(max(sizes.min() * 0.7, 1), sizes.max() * 1.1, 100)
    error = wider * np.sqrt(target * (1 - target) / along)
    with drawn(9.2, 3.4) as figure:
        axes = figure.add_axes((0.08, 0.15, 0.88, 0.8))
        for level, style in ((1.96, "--"), (3.09, ":")):
            for side in (-1, 1):
                axes.plot(
                    along, np.clip(target + side * level * error, 0, 1), color=QUIET, linewidth=1, linestyle=style
                )
        axes.axhline(target, color=QUIET, linewidth=1)
        rates = [part.number / part.of for part in points.values()]
        axes.plot(sizes, rates, "o", color=DA, markersize=6)
        for area, size, rate in zip(points, sizes, rates, strict=True):
            axes.annotate(area, (size, rate), (6, 4), textcoords="offset points", fontsize=8, color=INK)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.set_xlabel("of how many")
        axes.set_ylabel(axis)
        axes.grid(axis="y", color=LINE, linewidth=0.5)
        told = "; ".join(f"{area} {share(rate)}" for area, rate in zip(points, rates, strict=True))
        return svg(figure, name, f"{axis} by area; the whole is at {share(target)}. {told}.")


def small_multiples(
    lines: Mapping[str, Sequence[int]], years: Sequence[str], changed: Sequence[float], name: str, axis: str
) -> str:
    """Draw one small line per area, all on one scale.

    Parameters
    ----------
    lines : mapping of str to sequence of int
        Area to its numbers by year.
    years : sequence of str
    changed : sequence of float
        Where between the years recording changed, the first year being at 0.
    name, axis : str

    Returns
    -------
    str
        SVG; empty with fewer than two areas or years.
    """
    if len(lines) < 2 or len(years) < 2:
        return ""
    deep = -(-len(lines) // ACROSS)
    highest = max(max(values) for values in lines.values())
    with drawn(9.2, 1.25 * deep) as figure:
        for at, (area, values) in enumerate(lines.items()):
            axes = figure.add_subplot(deep, ACROSS, at + 1)
            axes.plot(range(len(values)), values, color=OTHER, linewidth=1.6)
            axes.set_ylim(0, highest * 1.05)
            for at_change in changed:
                axes.axvline(at_change, color=QUIET, linewidth=0.7, linestyle=":")
            axes.set_xticks([0, len(values) - 1], [years[0], years[-1]], fontsize=7)
            axes.tick_params(axis="y", labelsize=7)
            axes.set_title(area, fontsize=8.5, loc="left", color=INK)
        figure.subplots_adjust(
            left=0.06, right=0.97, top=1 - 0.2 / (1.25 * deep), bottom=0.22 / (1.25 * deep), hspace=0.75
        )
        told = "; ".join(f"{area} {count(values[0])} to {count(values[-1])}" for area, values in lines.items())
        return svg(figure, name, f"{axis} by area, {years[0]} to {years[-1]}. {told}.")


def heat_map(shares: np.ndarray, rows: Sequence[str], columns: Sequence[str], name: str, spoken: str) -> str:
    """Draw a field per row and column, darker the more there is.

    Parameters
    ----------
    shares : ndarray of float, shape (n_rows, n_columns)
        Missing where it is withheld: the field stays hatched.
    rows, columns : sequence of str
    name, spoken : str

    Returns
    -------
    str
        SVG.
    """
    with drawn(9.2, 2.6) as figure:
        axes = figure.add_axes((0.11, 0.12, 0.87, 0.84))
        highest = max(float(np.nanmax(shares)), 1e-9)
        for row, column in np.ndindex(shares.shape):
            value = shares[row, column]
            known = not np.isnan(value)
            axes.barh(-row, 1, 0.94, left=column, color=DA if known else "none", alpha=value / highest if known else 1,
                      hatch=None if known else "////", edgecolor=LINE, linewidth=0.5)  # fmt: skip
        axes.set_xlim(0, len(columns))
        axes.set_ylim(-len(rows) + 0.5, 0.5)
        axes.set_yticks([-at for at in range(len(rows))], rows)
        axes.set_xticks([at + 0.5 for at in range(len(columns))], columns, fontsize=8)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0)
        return svg(figure, name, spoken)
