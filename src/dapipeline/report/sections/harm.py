"""Harm: how few people account for it, how often they are recorded against whom, and what goes with it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dapipeline.analysis.harm_regression import FEWEST_OFFENDERS
from dapipeline.analysis.severity_bands import BOUNDS
from dapipeline.reference.tables import families
from dapipeline.report.colours import DA, INK, LINE, OTHER, QUIET
from dapipeline.report.contents import Contents
from dapipeline.report.disclosure import enough_on_both_sides, steps_allowed
from dapipeline.report.figure import drawn, svg
from dapipeline.report.material import Material
from dapipeline.report.patterns import band_tables, pattern_tables
from dapipeline.report.printable import Printable
from dapipeline.report.ranking import agreement, cluster_ranking, typology_ranking
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.table import Cell, Number, Table, table
from dapipeline.report.words import count, exact, number, plain, share

TITLE = "Harm"


def show(material: Material) -> dict[str, Any]:
    """Return what the template of this section fills in.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict
        By the names that the template uses; figures, by name, where it has any.
    """
    return harm_section(material.contents, material.typologies, material.may)


NORMAL_95 = 1.959964
STRONGEST = 15
MARKED = (0.01, 0.05, 0.10, 0.20)  # top shares with a mark on the Lorenz curve


def harm_section(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> dict[str, Any]:
    """Return the tables and figures of the section; those are None that the run has no numbers for.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
    may : Printable

    Returns
    -------
    dict
        What harm.html shows.
    """
    concentration, regression = printable_concentration(contents, may.limit), _printable_regression(contents, may.limit)
    return {
        "typologies": typology_ranking(contents, may),
        "agreement": agreement(contents, may),
        "clusters": cluster_ranking(contents, typologies, may) if contents.has_severity else None,
        "concentration": None if concentration is None else _concentration(concentration, may.limit),
        **pattern_tables(contents.offender_patterns, typologies, may.limit),
        "bands": band_tables(contents.severity_bands, typologies, may.limit),
        "bounds": BOUNDS,
        "banded": contents.severity_bands is not None,
        "regression": None if regression is None or regression.empty else _regression(regression),
        "asked": 0 if regression is None else len(regression),
        "significant": 0 if regression is None else int((regression["q"] < 0.05).sum()),
        "common_assault": "" if contents.common_assault is None else number(contents.common_assault),
        "least": max(FEWEST_OFFENDERS, may.limit),
        "figures": _figures(contents, concentration, regression, may.limit),
    }


def _figures(
    contents: Contents, concentration: pd.DataFrame | None, regression: pd.DataFrame | None, limit: int
) -> dict[str, str]:
    figures = {}
    if concentration is not None and len(concentration) > 1:
        figures["concentration"] = _concentration_figure(concentration)
        if contents.lorenz is not None:
            figures["lorenz"] = _lorenz_figure(_printable_lorenz(contents, limit), concentration)
    if regression is not None and len(regression):
        figures["regression"] = _regression_figure(regression)
    return figures


def _printable_regression(contents: Contents, limit: int) -> pd.DataFrame | None:
    """Return the offences that enough people have, and enough have not."""
    found = contents.harm_regression
    if found is None:
        return None
    return found[enough_on_both_sides(found["n"], len(contents.people), limit)].reset_index(drop=True)


def printable_concentration(contents: Contents, limit: int) -> pd.DataFrame | None:
    """Return the top shares of people whose severity may be printed.

    Parameters
    ----------
    contents : Contents
    limit : int

    Returns
    -------
    pandas.DataFrame or None
        Rows of tables/harm_concentration; None where offences have no severity.
    """
    table = contents.harm_concentration
    if table is None:
        return None
    ordered = np.sort(contents.people["da_severity_total"].to_numpy())[::-1]
    return table.iloc[steps_allowed(ordered, table["offenders"].tolist(), limit)].reset_index(drop=True)


def _printable_lorenz(contents: Contents, limit: int) -> pd.DataFrame:
    """Return the points of the Lorenz curve between which enough people lie.

    Parameters
    ----------
    contents : Contents
        With a Lorenz curve.
    limit : int

    Returns
    -------
    pandas.DataFrame
        Rows of tables/lorenz, the first and the last among them.
    """
    curve = contents.lorenz
    assert curve is not None
    ordered = np.sort(contents.people["da_severity_total"].to_numpy())
    numbers = [round(part * len(ordered)) for part in curve["share_of_offenders"]]
    return curve.iloc[sorted({0, *steps_allowed(ordered, numbers, limit)})].reset_index(drop=True)


def _concentration(concentration: pd.DataFrame, limit: int) -> Table:
    columns = ["top_share", "offenders", "severity", "share_of_severity"]
    return table(
        "DA severity by the people with the most of it",
        ["Top share of people", "People", "Severity points", "Share of all DA severity"],
        [(Number(top, exact), Number(n, count), Number(round(points), count), Number(part, share))
         for top, n, points, part in concentration[columns].itertuples(index=False)],
        [1, 2, 3],
        f"From one row to the next are at least {limit} people, of whom no one or two hold 90% of what is added.",
    )  # fmt: skip


def _regression(regression: pd.DataFrame) -> Table:
    family = families().set_index("family")["title"]
    reach = NORMAL_95 * regression["standard_error"]
    low, high = regression["effect"] - reach, regression["effect"] + reach
    in_assaults = regression["common_assaults"].notna().any()
    rows: list[list[Cell]] = [
        [
            str(r.offence), str(family.get(r.family, plain(str(r.family)))), Number(r.n, count),
            Number(r.effect, number), f"{number(lo)} to {number(hi)}", Number(r.q, _q),
            *([Number(r.common_assaults, number)] if in_assaults else []),
        ]
        for r, lo, hi in zip(regression.head(STRONGEST).itertuples(), low, high, strict=False)
    ]  # fmt: skip
    columns = ["Non-DA offence in the history", "Family", "People", "Difference", "95% interval", "q"]
    columns += ["In common assaults"] if in_assaults else []
    return table("The strongest associations", columns, rows, range(2, len(columns)))


def _q(value: float) -> str:
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def _concentration_figure(concentration: pd.DataFrame) -> str:
    """Draw the share of all DA severity that the top shares of people account for."""
    shown = concentration[concentration["top_share"] < 1].iloc[::-1].reset_index(drop=True)
    with drawn(9.2, 0.36 * len(shown) + 0.3) as figure:
        axes = figure.add_axes((0.17, 0.02, 0.76, 0.96))
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.barh(shown.index, 1.0, 0.62, color="#e9edf1")
        axes.barh(shown.index, shown["share_of_severity"], 0.62, color=DA)
        for at, row in shown.iterrows():
            axes.text(-0.015, at, f"top {exact(row['top_share'])} of people", ha="right", va="center")
            axes.text(1.012, at, share(row["share_of_severity"]), va="center", fontweight="bold", color=DA)
        words = ", ".join(
            f"top {exact(t)}: {share(s)}" for t, s in zip(shown["top_share"], shown["share_of_severity"], strict=True)
        )
        return svg(figure, "concentration", f"Share of all recorded DA severity. {words}.")


def _lorenz_figure(lorenz: pd.DataFrame, concentration: pd.DataFrame) -> str:
    """Draw the Lorenz curve of DA severity, with the shares of the people who have the most of it."""
    with drawn(9.2, 4.3) as figure:
        axes = figure.add_axes((0.065, 0.12, 0.92, 0.86))
        across, up = lorenz["share_of_offenders"], lorenz["share_of_severity"]
        axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1.0, linestyle=(0, (4, 3)))
        axes.text(0.5, 0.52, "if everyone had as much", color=QUIET, ha="right", va="bottom")
        axes.fill_between(across, up, color=DA, alpha=0.12, linewidth=0)
        axes.plot(across, up, color=DA, linewidth=2.2)
        marked = concentration[concentration["top_share"].isin(MARKED)]
        for top, part in marked[["top_share", "share_of_severity"]].itertuples(index=False):
            axes.plot([1 - top], [1 - part], marker="o", color=DA, markersize=5)
            axes.annotate(f"the top {exact(top)} have {share(part)}", (1 - top, 1 - part), (-9, 0),
                          textcoords="offset points", ha="right", va="center", fontweight="bold")  # fmt: skip
        axes.set_xlim(0, 1.01)
        axes.set_ylim(0, 1.01)
        ticks, words = [0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"]
        axes.set_xticks(ticks, words)
        axes.set_yticks(ticks, words)
        axes.grid(color=LINE, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.set_xlabel("people, those with the least DA severity first", color=QUIET)
        axes.set_ylabel("share of all DA severity", color=QUIET)
        parts = ", ".join(
            f"top {exact(t)}: {share(s)}" for t, s in marked[["top_share", "share_of_severity"]].itertuples(index=False)
        )
        return svg(figure, "lorenz", f"Lorenz curve of recorded DA severity over people. {parts}.")


def _regression_figure(regression: pd.DataFrame) -> str:
    """Draw the strongest effects with their 95% intervals."""
    shown = regression.head(STRONGEST).iloc[::-1].reset_index(drop=True)
    reach = NORMAL_95 * shown["standard_error"]
    with drawn(9.2, 0.3 * len(shown) + 0.75) as figure:
        bottom = 0.55 / figure.get_figheight()
        axes = figure.add_axes((0.36, bottom, 0.62, 0.99 - bottom))
        sure = shown["q"] < 0.05
        for these, colour, fill in ((sure, DA, DA), (~sure, OTHER, "white")):
            axes.hlines(shown.index[these], (shown["effect"] - reach)[these], (shown["effect"] + reach)[these],
                        color=colour, linewidth=1.6)  # fmt: skip
            axes.scatter(shown["effect"][these], shown.index[these], s=38, facecolors=fill, edgecolors=colour,
                         linewidths=1.4, zorder=3)  # fmt: skip
        axes.axvline(0, color=INK, linewidth=0.9)
        axes.set_yticks(shown.index, [_short(offence) for offence in shown["offence"]], color=INK)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color=LINE, linewidth=0.5)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}".replace("-", "−"))
        axes.set_xlabel("difference in total DA severity points, and its 95% interval", color=QUIET)
        axes.spines["left"].set_visible(False)
        return svg(
            figure, "regression",
            f"The {len(shown)} non-DA offences that go with the largest differences in DA severity, "
            "with 95% intervals; the figures are in the table below it.",
        )  # fmt: skip


def _short(offence: str) -> str:
    return offence if len(offence) <= 46 else f"{offence[:45].rstrip()}…"
