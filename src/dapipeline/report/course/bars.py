"""Figures of the section on the course: bars that add up to everybody, and shares by year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dapipeline.report.colours import DA, INK, LINE, OTHER, QUIET
from dapipeline.report.figure import drawn, points_say, says, svg
from dapipeline.report.words import day, share

TONES = (DA, "#c07aa0", "#8fa6bd", OTHER, "#c9d0d8", QUIET)
NARROW = 0.05  # of the bar, below which a share is not written into it


def stacked(rows: Mapping[str, Mapping[str, float]], name: str, spoken: str) -> str:
    """Draw a bar for each row, which its parts fill.

    Parameters
    ----------
    rows : mapping of str to mapping of str to float
        Row to part to its share; the same parts in every row, of no more than there are tones.
    name : str
        Of the figure.
    spoken : str
        What the figure shows; the shares follow.

    Returns
    -------
    str
        SVG; empty without rows.
    """
    if not rows:
        return ""
    parts = list(next(iter(rows.values())))
    with drawn(9.2, 0.42 * len(rows) + 0.6) as figure:
        axes = figure.add_axes((0.3, 0.02, 0.68, 0.98 - 0.5 / figure.get_figheight()))
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.set_ylim(-0.6, len(rows) - 0.4)
        for at, (title, shares) in enumerate(list(rows.items())[::-1]):
            left = 0.0
            for tone, part in zip(TONES, parts, strict=False):
                (bar,) = axes.barh(at, shares[part], 0.7, left=left, color=tone, edgecolor="white", linewidth=1)
                says(bar, f"{title}: {part} {share(shares[part])}", title)
                if shares[part] >= NARROW:
                    dark = tone in (DA, OTHER, QUIET)
                    axes.text(left + shares[part] / 2, at, share(shares[part]), ha="center", va="center",
                              color="white" if dark else INK, fontsize=8.5)  # fmt: skip
                left += shares[part]
            axes.annotate(title, (0, at), (-8, 0), textcoords="offset points", ha="right", va="center", color=INK)
        handles = [axes.barh(-9, 0, color=tone) for tone, _ in zip(TONES, parts, strict=False)]
        axes.legend(handles, parts, loc="lower left", bbox_to_anchor=(-0.3, 1.0), ncols=len(parts), fontsize=8.5,
                    handlelength=1, columnspacing=1.2, borderaxespad=0)  # fmt: skip
        told = "; ".join(
            f"{title}: {', '.join(f'{part} {share(value)}' for part, value in shares.items())}"
            for title, shares in rows.items()
        )
        return svg(figure, name, f"{spoken}. {told}.")


def by_year(lines: Mapping[str, pd.Series], breaks: pd.DataFrame, name: str, axis: str, spoken: str) -> str:
    """Draw shares by year, with the days from which recording changed.

    Parameters
    ----------
    lines : mapping of str to pandas.Series
        What each line is of to its shares, indexed by year.
    breaks : pandas.DataFrame
        date and what.
    name, axis : str
    spoken : str
        What the figure shows; the shares of the first and last year follow.

    Returns
    -------
    str
        SVG; empty with fewer than two years.
    """
    years = sorted({year for line in lines.values() for year in line.index})
    if len(years) < 2:
        return ""
    with drawn(9.2, 3.2) as figure:
        axes = figure.add_axes((0.07, 0.13, 0.62, 0.82))
        for tone, (title, line) in zip(TONES, lines.items(), strict=False):
            axes.plot(line.index, line.to_numpy(), color=tone, linewidth=2, marker="o", markersize=4)
            points_say(axes, line.index, line, [f"{title}: {share(value)} in {year}" for year, value in line.items()])
            axes.annotate(title, (line.index[-1], line.iloc[-1]), (8, 0), textcoords="offset points", va="center",
                          color=tone if tone != "#c9d0d8" else QUIET, fontsize=8.5, annotation_clip=False)  # fmt: skip
        axes.set_ylim(0, None)
        for number, change in enumerate(breaks.itertuples(), start=1):
            moment = pd.Timestamp(change.date)
            at = moment.year + (moment.dayofyear - 1) / 366 - 0.5  # a year's mark stands in its middle
            if years[0] - 0.5 <= at <= years[-1] + 0.5:
                axes.axvline(at, color=QUIET, linewidth=0.9, linestyle=":")
                axes.annotate(str(number), (at, 1), (2, -8), xycoords=("data", "axes fraction"),
                              textcoords="offset points", color=QUIET, fontsize=8.5)  # fmt: skip
        axes.set_xticks(years, [str(year) for year in years])
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.grid(axis="y", color=LINE, linewidth=0.5)
        axes.set_ylabel(axis)
        told = "; ".join(
            f"{title}: {share(line.iloc[0])} in {line.index[0]}, {share(line.iloc[-1])} in {line.index[-1]}"
            for title, line in lines.items()
        )
        return svg(figure, name, f"{spoken}. {told}.")


def breaks_in_words(breaks: pd.DataFrame) -> list[str]:
    """Write the changes of recording as the figure numbers them.

    Parameters
    ----------
    breaks : pandas.DataFrame

    Returns
    -------
    list of str
    """
    said = []
    for number, change in enumerate(breaks.itertuples(), start=1):
        said.append(f"({number}) {day(pd.Timestamp(change.date))}: {change.what}.")
    return said
