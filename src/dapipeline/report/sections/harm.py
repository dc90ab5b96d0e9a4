"""Harm: how few people account for it, how often they are recorded against whom, and what goes with it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.reference.tables import families
from dapipeline.report.contents import Contents
from dapipeline.report.figure import DA, INK, LINE, OTHER, QUIET, drawn, svg
from dapipeline.report.patterns import band_tables, pattern_table, patterns_by_typology, repeats_among_serial
from dapipeline.report.ranking import agreement, cluster_ranking, typology_ranking
from dapipeline.report.reported import Kind
from dapipeline.report.table import Table, table
from dapipeline.report.words import count, exact, number, plain, share

NORMAL_95 = 1.959964
STRONGEST = 15
MARKED = (0.01, 0.05, 0.10, 0.20)  # top shares with a mark on the Lorenz curve


def harm_section(contents: Contents, kinds: list[Kind]) -> dict[str, Any]:
    """Give the tables of the section; those are None that the run has no figures for."""
    concentration, regression = contents.harm_concentration, contents.harm_regression
    patterns = contents.offender_patterns
    return {
        "typologies": typology_ranking(contents),
        "agreement": agreement(contents),
        "clusters": cluster_ranking(contents.clusters, kinds) if contents.has_severity else None,
        "concentration": None if concentration is None else _concentration(concentration),
        "patterns": pattern_table(patterns),
        "serial_and_repeat": repeats_among_serial(patterns),
        "patterns_by_typology": patterns_by_typology(patterns, kinds),
        "bands": band_tables(contents.severity_bands, kinds),
        "regression": None if regression is None or regression.empty else _regression(regression),
        "asked": 0 if regression is None else len(regression),
        "significant": 0 if regression is None else int((regression["q"] < 0.05).sum()),
    }


def _concentration(concentration: pd.DataFrame) -> Table:
    columns = ["top_share", "offenders", "severity", "share_of_severity"]
    return table(
        "DA severity by the people with the most of it",
        ["Top share of people", "People", "Severity points", "Share of all DA severity"],
        [(exact(top), count(n), count(round(points)), share(part))
         for top, n, points, part in concentration[columns].itertuples(index=False)],
        [1, 2, 3],
    )  # fmt: skip


def _regression(regression: pd.DataFrame) -> Table:
    family = families().set_index("family")["title"]
    reach = NORMAL_95 * regression["standard_error"]
    low, high = regression["effect"] - reach, regression["effect"] + reach
    in_assaults = regression["common_assaults"].notna().any()
    rows = [
        (str(r.offence), str(family.get(r.family, plain(str(r.family)))), count(r.n), number(r.effect),
         f"{number(lo)} to {number(hi)}", "<0.001" if r.q < 0.001 else f"{r.q:.3f}",
         *([number(r.common_assaults)] if in_assaults else []))
        for r, lo, hi in zip(regression.head(STRONGEST).itertuples(), low, high, strict=False)
    ]  # fmt: skip
    columns = ["Non-DA offence in the history", "Family", "People", "Difference", "95% interval", "q"]
    columns += ["In common assaults"] if in_assaults else []
    return table("The strongest associations", columns, rows, range(2, len(columns)))


def concentration_figure(concentration: pd.DataFrame) -> str:
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


def lorenz_figure(lorenz: pd.DataFrame, concentration: pd.DataFrame) -> str:
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


def regression_figure(regression: pd.DataFrame) -> str:
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
