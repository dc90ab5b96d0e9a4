"""Suspects who are recorded as victims too, allegations both ways, and records from before DA's age."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dapipeline.report.breakdown import ALL, Breakdown, Gated
from dapipeline.report.colours import DA, INK, LINE, OTHER, QUIET
from dapipeline.report.contents import Contents
from dapipeline.report.disclosure import TOGETHER, gate
from dapipeline.report.figure import drawn, points_say, svg
from dapipeline.report.material import Material
from dapipeline.report.printable import Printable
from dapipeline.report.reported import ReportedTypology, gathered
from dapipeline.report.sections.counted import age_in_words
from dapipeline.report.table import Part, Table
from dapipeline.report.words import share

TITLE = "Suspects recorded as victims too"


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
    shown = overlap_section(material.contents, material.typologies, material.may)
    return shown | {"figures": {"overlap": shown["figure"]} if shown["figure"] else {}}


VICTIMS = {
    "victim": "A victim of anything", "da_victim": "A victim of DA",
    "da_victim_of_partner": "By a partner or ex-partner", "da_victim_of_family": "By family",
    "da_victim_of_other": "By someone else", "da_victim_of_unknown": "By whom not recorded",
}  # fmt: skip
BOTH_WAYS = {
    "counter_allegation": "In another incident, ever", "counter_allegation_near": "Within 30 days",
    "both_in_one_incident": "In the same incident",
}  # fmt: skip
DRAWN = ((DA, "o", "recorded as a victim of DA"), (OTHER, "D", "allegations both ways"))


# Every victim of DA is one by a partner, by family, by somebody else, or by somebody not recorded.
BY_WHOM = tuple(name for name in VICTIMS if name.startswith("da_victim_"))
# Which counts some of those whom the other counts: what is printed of the one bounds what is withheld of the other.
WITHIN = (
    ("da_victim", "victim"), ("da_victim_of_partner", "da_victim"), ("da_victim_of_family", "da_victim"),
    ("da_victim_of_other", "da_victim"), ("da_victim_of_unknown", "da_victim"),
    ("counter_allegation_near", "counter_allegation"), ("flagged_before_age", "before_age"),
)  # fmt: skip


def overlap_section(contents: Contents, typologies: list[ReportedTypology], may: Printable) -> dict[str, Any]:
    """Return the tables and the figure of the section; those are None that the extract lacks the columns for.

    Parameters
    ----------
    contents : Contents
    typologies : list of ReportedTypology
    may : Printable

    Returns
    -------
    dict
        What overlap.html shows.
    """
    age = age_in_words(contents.config.domestic_abuse)
    young = {"before_age": "Named as a suspect", "flagged_before_age": "Flagged as domestic abuse"}
    overlap, limit = contents.overlap, may.limit
    victims = _gated_measures(overlap, typologies, VICTIMS, limit)
    both = _gated_measures(overlap, typologies, BOTH_WAYS, limit)
    before = _gated_measures(overlap, typologies, young, limit)
    return {
        "age": age,
        "flag_decides": contents.config.domestic_abuse.minimum_age is None,
        "whom": "da_victim_of_partner" in set(overlap["measure"]),
        "asked": victims is not None,
        "aged": before is not None,
        "victims": _laid_out(victims, "Suspects of DA who are recorded as victims too", limit),
        "both": _laid_out(both, "Suspects whose victim is recorded as a suspect against them", limit),
        "young": _laid_out(before, f"Suspects of DA with a record from before they were {age}", limit),
        "figure": None if victims is None or both is None else _overlap_figure(victims, both),
        "findings": [
            words
            for words in (
                _most(victims, VICTIMS["da_victim"], "are recorded as victims of domestic abuse too"),
                _most(
                    both,
                    BOTH_WAYS["counter_allegation"],
                    "are in allegations both ways: each of two people is a suspect against the other",
                ),
            )
            if words
        ],
    }


def _most(gated: Gated | None, column: str, words: str) -> str:
    """Write what share of the cohort something is true of, and of which typology most."""
    if gated is None or column not in gated.columns:
        return ""
    whole = gated.cells(gated.rows[-1])[column]
    if not isinstance(whole, Part) or not whole.of:
        return ""
    cells = {row: gated.cells(row).get(column) for row in gated.rows[:-1] if row not in (ALL, TOGETHER)}
    parts = {row: cell.number / cell.of for row, cell in cells.items() if isinstance(cell, Part) and cell.of}
    first = max(parts, key=lambda row: parts[row], default="")
    more = parts and parts[first] > whole.number / whole.of  # else the row with most is withheld
    most = f", most often of {first} ({share(parts[first])})" if more else ""
    return f"{share(whole.number / whole.of)} of the people {words}{most}."


def _gated_measures(
    overlap: pd.DataFrame, typologies: list[ReportedTypology], measures: dict[str, str], limit: int
) -> Gated | None:
    """Ask the gate about measures, a column each: whoever has one may have another.

    Parameters
    ----------
    overlap : pandas.DataFrame
        From `analysis.overlap.summarise_overlap`.
    typologies : list of ReportedTypology
    measures : dict of str to str
        Measure to heading.
    limit : int

    Returns
    -------
    Gated or None
        None where the extract allows none of the measures.
    """
    there = [name for name in measures if name in set(overlap["measure"])]
    if not there:
        return None
    rows = gathered(typologies)
    owner = {cluster: row.title for row in rows for cluster in row.numbers}
    sums = overlap.assign(row=overlap["cluster"].map(owner)).groupby(["row", "measure"])[["offenders", "known"]].sum()
    counts, known = (
        sums[name].unstack(fill_value=0).reindex(index=[row.title for row in rows], columns=there, fill_value=0)
        for name in ("offenders", "known")
    )
    breakdown = Breakdown(
        rows=tuple(row.title for row in rows),
        people=np.array([row.people for row in rows], dtype=np.int64),
        columns=tuple(measures[name] for name in there),
        counts=counts.to_numpy(dtype=np.int64),
        of=known.to_numpy(dtype=np.int64),
        exclusive=False,
        within=tuple((there.index(a), there.index(b)) for a, b in WITHIN if a in there and b in there),
        covered=(
            ((there.index("da_victim"), tuple(there.index(name) for name in BY_WHOM)),)
            if {"da_victim", *BY_WHOM} <= set(there)
            else ()
        ),
    )
    return gate(breakdown, limit)


def _laid_out(gated: Gated | None, caption: str, limit: int) -> Table | None:
    return None if gated is None else gated.as_table(caption, "Typology or cluster", limit)


def _overlap_figure(victims: Gated, both: Gated) -> str | None:
    """Draw the share of each typology who are recorded victims of DA, and who are in allegations both ways.

    Parameters
    ----------
    victims, both : Gated
        Of `VICTIMS` and `BOTH_WAYS`. A row that the one has put together with others has no mark of it.

    Returns
    -------
    str or None
        An svg element; None where the cohort's share may not be drawn, or that of no typology.
    """
    drawn_of = [(gated, column, look) for gated, column, look in ((victims, VICTIMS["da_victim"], DRAWN[0]),
                (both, BOTH_WAYS["counter_allegation"], DRAWN[1])) if column in gated.columns]  # fmt: skip
    cohort = [gated.cells(gated.rows[-1])[column] for gated, column, _ in drawn_of]
    if len(cohort) < len(DRAWN) or not all(isinstance(cell, Part) for cell in cohort):
        return None
    alone = dict.fromkeys((*victims.rows, *both.rows))  # in order, each once
    names = [name for name in alone if name not in (ALL, TOGETHER)][::-1]  # the first stands at the top
    if not names:
        return None
    with drawn(9.2, 0.34 * len(names) + 0.95) as figure:
        bottom = 0.5 / figure.get_figheight()
        axes = figure.add_axes((0.27, bottom, 0.7, 1 - bottom - 0.4 / figure.get_figheight()))
        parts = []
        for (gated, column, (colour, marker, words)), whole in zip(drawn_of, cohort, strict=True):
            assert isinstance(whole, Part)
            cells = [gated.cells(name).get(column) for name in names]
            places = [(c.number / c.of, at) for at, c in enumerate(cells) if isinstance(c, Part)]
            axes.scatter([x for x, _ in places], [y for _, y in places], s=52, color=colour, marker=marker, zorder=3,
                         label=words, clip_on=False)  # fmt: skip
            told = [f"{names[at]}: {share(x)} {words}" for x, at in places]
            points_say(axes, [x for x, _ in places], [at for _, at in places], told)
            axes.axvline(whole.number / whole.of, color=colour, linewidth=1.0, linestyle=(0, (4, 3)), zorder=1)
            parts.append(f"{words} {share(whole.number / whole.of)} of the cohort")
        axes.set_yticks(range(len(names)), names, color=INK)
        axes.set_ylim(-0.6, len(names) - 0.4)
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
        axes.grid(color=LINE, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("share of the people; dashed: of the whole cohort", color=QUIET)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2, handletextpad=0.3)
        return svg(
            figure, "overlap",
            f"Shares of {len(names)} typologies: {', '.join(parts)}. The figures are in the tables below it.",
        )  # fmt: skip
