"""Harm: which clusters have most of it, how few people account for it, and what goes with it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.reference.tables import families
from dapipeline.report.contents import Contents
from dapipeline.report.figure import DA, INK, LINE, OTHER, QUIET, drawn, svg
from dapipeline.report.kinds import Kind
from dapipeline.report.table import Table, table
from dapipeline.report.words import count, exact, number, plain, share

NORMAL_95 = 1.959964
STRONGEST = 15
RANKS = (("da_severity_total", "harm_rank_da"), ("non_da_severity_total", "harm_rank_non_da"))


def harm_section(contents: Contents, kinds: list[Kind]) -> dict[str, Any]:
    """Give the tables of the section; those are None that the run has no figures for."""
    concentration, regression = contents.harm_concentration, contents.harm_regression
    return {
        "typologies": _by_typology(kinds) if contents.has_severity else None,
        "clusters": _by_cluster(contents.clusters, kinds) if contents.has_severity else None,
        "concentration": None if concentration is None else _concentration(concentration),
        "regression": None if regression is None or regression.empty else _regression(regression),
        "asked": 0 if regression is None else len(regression),
        "significant": 0 if regression is None else int((regression["q"] < 0.05).sum()),
    }


def _by_typology(kinds: list[Kind]) -> Table | None:
    named = [kind for kind in kinds if kind.named]
    means = pd.DataFrame(
        {feature: [kind.mean(feature) for kind in named] for feature, _ in RANKS},
        index=[kind.title for kind in named],
    )
    ranks = means.rank(ascending=False, method="min")
    means = means.assign(rank=ranks["da_severity_total"], other=ranks["non_da_severity_total"])
    people = {kind.title: kind.people for kind in named}
    rows = [
        (title, str(int(row["rank"])), number(row["da_severity_total"]),
         "–" if pd.isna(row["other"]) else str(int(row["other"])),
         number(row["non_da_severity_total"]), count(people[str(title)]))
        for title, row in means.sort_values("rank", kind="stable").iterrows()
    ]  # fmt: skip
    columns = [
        "Typology",
        "Rank, DA",
        "DA severity points",
        "Rank, non-DA",
        "Non-DA severity points",
        "People",
    ]
    return table("Typologies by mean total severity of a person", columns, rows, range(1, 6)) if rows else None


def _by_cluster(clusters: pd.DataFrame, kinds: list[Kind]) -> Table:
    titles = {n: kind.title if kind.named else "unnamed" for kind in kinds for n in kind.numbers}
    columns, picked = ["Cluster", "Typology", "People"], []
    for (feature, rank), words in zip(RANKS, ("DA", "non-DA"), strict=True):
        if rank in clusters:
            columns += [f"Rank, {words}", f"{words[0].upper()}{words[1:]} severity points"]
            picked.append((rank, f"mean_{feature}"))
    rows = []
    for row in clusters.sort_values(["harm_rank_da", "cluster"]).to_dict("records"):
        cells = [text for rank, mean in picked for text in (str(row[rank]), number(row[mean]))]
        rows.append([str(row["cluster"]), titles[row["cluster"]], count(row["size"]), *cells])
    return table("Clusters by mean total severity of a person", columns, rows, range(2, len(columns)))


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
