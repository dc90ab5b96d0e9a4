"""Effects as marks with their intervals."""

from __future__ import annotations

import pandas as pd

from dapipeline.report.colours import DA, INK, LINE, OTHER, QUIET
from dapipeline.report.figure import drawn, points_say, svg
from dapipeline.report.words import between

LONGEST = 34  # characters of a label


def forest(effects: pd.DataFrame, label: str, name: str, axis: str, spoken: str) -> str:
    """Draw effects, the first on top.

    Parameters
    ----------
    effects : pandas.DataFrame
        effect, low, high (missing where there is no interval) and q.
    label : str
        The column of labels.
    name : str
        Of the figure.
    axis : str
        What the scale is of.
    spoken : str
        What the figure shows, for those who cannot see it; the effects follow.

    Returns
    -------
    str
        SVG; empty without effects.
    """
    if effects.empty:
        return ""
    shown = effects.iloc[::-1].reset_index(drop=True)
    with drawn(9.2, 0.3 * len(shown) + 0.75) as figure:
        bottom = 0.55 / figure.get_figheight()
        axes = figure.add_axes((0.36, bottom, 0.62, 0.99 - bottom))
        sure = shown["q"] < 0.05
        for these, colour, fill in ((sure, DA, DA), (~sure, OTHER, "white")):
            axes.hlines(shown.index[these], shown["low"][these], shown["high"][these], color=colour, linewidth=1.6)
            axes.scatter(shown["effect"][these], shown.index[these], s=38, facecolors=fill, edgecolors=colour,
                         linewidths=1.4, zorder=3)  # fmt: skip
        spans = zip(shown[label], shown["effect"], shown["low"], shown["high"], strict=True)
        points_say(axes, shown["effect"], shown.index, [f"{of}: {between(*span)}" for of, *span in spans])
        axes.axvline(0, color=INK, linewidth=0.9)
        axes.set_yticks(shown.index, [short(str(words)) for words in shown[label]], color=INK)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(-0.6, len(shown) - 0.4)
        axes.grid(axis="x", color=LINE, linewidth=0.5)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}".replace("-", "−"))
        axes.set_xlabel(f"{axis}, and its 95% interval" if shown["low"].notna().any() else axis, color=QUIET)
        axes.spines["left"].set_visible(False)
        values = "; ".join(
            f"{row[label]}: {between(row['effect'], row['low'], row['high'])}" for _, row in effects.iterrows()
        )
        return svg(figure, name, f"{spoken}. {values}.")


def short(text: str) -> str:
    """Shorten a label that is too long, in its middle, because titles differ most at their ends.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
    """
    text = " ".join(text.split())
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
