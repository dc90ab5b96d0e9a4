"""Suspects who are recorded as victims too, allegations both ways, and records from before DA's age."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.report.contents import Contents
from dapipeline.report.figure import DA, INK, LINE, OTHER, QUIET, drawn, svg
from dapipeline.report.reported import Kind, gathered
from dapipeline.report.table import Table, table
from dapipeline.report.words import FEWEST, count, count_of, share

VICTIMS = {
    "victim": "A victim of anything", "da_victim": "A victim of DA",
    "da_victim_of_partner": "By a partner or ex-partner", "da_victim_of_family": "By family",
    "da_victim_of_other": "By someone else", "da_victim_of_unknown": "By whom not recorded",
}  # fmt: skip
BOTH_WAYS = {
    "counter_allegation": "In another incident, ever", "counter_allegation_near": "Within 30 days",
    "both_in_one_incident": "In the same incident",
}  # fmt: skip
DRAWN = {"da_victim": (DA, "o", "recorded as a victim of DA"),
         "counter_allegation": (OTHER, "D", "allegations both ways")}  # fmt: skip


def overlap_section(contents: Contents, kinds: list[Kind]) -> dict[str, Any]:
    """Give the tables of the section; those are None that the extract lacks the columns for."""
    age = contents.config.domestic_abuse.minimum_age
    young = {"before_age": "Named as a suspect", "flagged_before_age": "Flagged as domestic abuse"}
    overlap = contents.overlap
    return {
        "age": age,
        "whom": "da_victim_of_partner" in set(overlap["measure"]),
        "victims": measure_table(overlap, kinds, VICTIMS, "Suspects of DA who are recorded as victims too"),
        "both": measure_table(overlap, kinds, BOTH_WAYS, "Suspects whose victim is recorded as a suspect against them"),
        "young": measure_table(overlap, kinds, young, f"Suspects of DA with a record from before they were {age}"),
    }


def measure_table(overlap: pd.DataFrame, kinds: list[Kind], measures: dict[str, str], caption: str) -> Table | None:
    """Lay out measures: a row a typology, a column a measure, and the cohort's at the end; None where there is none."""
    there = [name for name in measures if name in set(overlap["measure"])]
    if not there:
        return None
    rows = []
    for kind in gathered(kinds):
        counts = _counts(overlap, kind.numbers)
        rows.append([kind.title, count(kind.people), *(count_of(*counts.loc[name]) for name in there)])
    whole = _counts(overlap, overlap["cluster"])
    people = sum(kind.people for kind in kinds)
    rows.append(["All", count(people), *(count_of(*whole.loc[name]) for name in there)])
    columns = ["Typology or cluster", "People", *(measures[name] for name in there)]
    return table(caption, columns, rows, range(1, len(columns)))


def _counts(overlap: pd.DataFrame, clusters: Any) -> pd.DataFrame:
    """Add up clusters: offenders and known, by measure."""
    return overlap[overlap["cluster"].isin(clusters)].groupby("measure")[["offenders", "known"]].sum()


def overlap_figure(contents: Contents, kinds: list[Kind]) -> str | None:
    """Draw the share of each typology who are recorded victims of DA, and who are in allegations both ways."""
    overlap = contents.overlap
    if not set(DRAWN) <= set(overlap["measure"]):
        return None
    shown = gathered(kinds)[::-1]
    with drawn(9.2, 0.34 * len(shown) + 0.95) as figure:
        bottom = 0.5 / figure.get_figheight()
        axes = figure.add_axes((0.27, bottom, 0.7, 1 - bottom - 0.4 / figure.get_figheight()))
        whole = _counts(overlap, overlap["cluster"])
        for name, (colour, marker, words) in DRAWN.items():
            counts = [_counts(overlap, kind.numbers).loc[name] for kind in shown]
            places = [(c["offenders"] / c["known"], at) for at, c in enumerate(counts) if c["offenders"] >= FEWEST]
            cohort = whole.loc[name, "offenders"] / whole.loc[name, "known"]
            axes.scatter([x for x, _ in places], [y for _, y in places], s=52, color=colour, marker=marker, zorder=3,
                         label=words, clip_on=False)  # fmt: skip
            axes.axvline(cohort, color=colour, linewidth=1.0, linestyle=(0, (4, 3)), zorder=1)
        axes.set_yticks(range(len(shown)), [kind.title for kind in shown], color=INK)
        axes.set_ylim(-0.6, len(shown) - 0.4)
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
        axes.grid(color=LINE, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("share of the people; dashed: of the whole cohort", color=QUIET)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2, handletextpad=0.3)
        parts = [
            f"{words} {share(whole.loc[name, 'offenders'] / whole.loc[name, 'known'])} of the cohort"
            for name, (_, _, words) in DRAWN.items()
        ]
        return svg(
            figure, "overlap",
            f"Shares of {len(shown)} typologies: {', '.join(parts)}. The figures are in the tables below it.",
        )  # fmt: skip
