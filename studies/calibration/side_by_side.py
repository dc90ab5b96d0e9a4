"""The published figures beside what was made and what was found, as tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from studies.calibration.words import NONE, markdown, two, words

PLACES = {"truth": "made", "recovered": "found", "truth_with_faults": "made, faults",
          "recovered_with_faults": "found, faults"}  # fmt: skip
BARS = {"within": "within", "outside": "**outside**", "holds": "holds", "fails": "**fails**", "not there": NONE,
        "not measured": "not measured", "ranked": ""}  # fmt: skip
TITLES = {"data set": "The data set", "cohort": "The cohort"}
BEFORE_HEADER = ["figure", "published", "made, before", "made, now", "found, before", "found, now", "bar, before",
                 "bar, now"]  # fmt: skip
HEADER = ["figure", "published", "made", "to published", "bar", "found", "to published", "made, faults",
          "found, faults"]  # fmt: skip


def figure_tables(figures: pd.DataFrame, why: Mapping[str, str]) -> str:
    """Write one table per subject, and below it explanations of figures not measured or not within tolerance.

    Parameters
    ----------
    figures : pandas.DataFrame
        From `comparison.compare`.
    why : mapping of str to str
        Figure to its explanation.
    """
    counts = figures["verdict"].value_counts()
    said = ", ".join(f"{counts[name]} {name}" for name in BARS if name in counts)
    text = f"\n{len(figures)} published figures and statements: {said}.\n"
    for subject, part in figures[figures["kind"] != "rank"].groupby("subject", sort=False):
        text += f"\n## {TITLES.get(str(subject), words(str(subject)))}\n"
        text += markdown(HEADER, [_figure(row) for _, row in part.iterrows()])
        notes = [
            _note(row, why) for _, row in part.iterrows() if row["verdict"] in ("outside", "fails", "not measured")
        ]
        text += "\n" + "".join(notes) if notes else ""
    return text


def _note(row: pd.Series, why: Mapping[str, str]) -> str:
    reason = row["not_measured"] if row["verdict"] == "not measured" else why.get(row["figure"], "Not explained yet.")
    return f"- *{row['what']}*: {reason}\n"


def _named(row: pd.Series) -> str:
    unit = "" if pd.isna(row["unit"]) or row["kind"] == "rule" else f" ({row['unit']})"
    return f"{row['what']}{unit}"


def _figure(row: pd.Series) -> list[str]:
    return [
        _named(row), _stated(row),
        _shown(row, "truth"), _difference(row, "truth"), BARS[row["verdict"]],
        _shown(row, "recovered"), _difference(row, "recovered"),
        _shown(row, "truth_with_faults"), _shown(row, "recovered_with_faults"),
    ]  # fmt: skip


def _stated(row: pd.Series) -> str:
    if pd.isna(row["value"]) or row["kind"] == "rule":
        return "" if pd.isna(row["value"]) else str(row["value"])
    low = _number(row["kind"], float(row["value"]))
    if pd.isna(row["most"]):
        return low
    return f"over {low}" if row["most"] == float("inf") else f"{low} to {_number(row['kind'], row['most'])}"


def _number(kind: str, value: float) -> str:
    if kind == "share":
        return f"{value:.1%}"
    return f"{value:,.0f}" if kind in ("count", "rank") else f"{value:,.2f}"


def _shown(row: pd.Series, place: str) -> str:
    if pd.isna(row[place]):
        return NONE
    if row["kind"] == "rule":
        return "yes" if row[place] else "no"
    return _number(row["kind"], row[place])


def _difference(row: pd.Series, place: str) -> str:
    if pd.isna(row[place]) or row["kind"] in ("rule", "rank") or not pd.isna(row["most"]):
        return ""
    published = float(row["value"])
    if row["kind"] == "share":
        return f"{100 * (row[place] - published):+.1f} points"
    return f"{row[place] / published - 1:+.0%}"


def before_table(before: pd.DataFrame, figures: pd.DataFrame) -> str:
    """Write every published figure as version 0.1 measured it and as it is measured now.

    Parameters
    ----------
    before, figures : pandas.DataFrame
        figure, what, unit, kind, value, most, truth, recovered and verdict, of the two. A figure that only one of them
        has is in the table too.
    """
    sides = [{row["figure"]: row for _, row in table.iterrows()} for table in (before, figures)]
    subjects, rows = set(figures["subject"]), []
    for name in dict.fromkeys([*sides[1], *sides[0]]):
        then, now = (_measured(side.get(name)) for side in sides)
        about = sides[1].get(name, sides[0].get(name))
        subject = name.split(".")[0]
        named = f"{words(subject)}: {_named(about)}" if subject in subjects else _named(about)
        rows.append([named, _stated(about), *(cell for pair in zip(then, now, strict=True) for cell in pair)])
    return markdown(BEFORE_HEADER, rows)


def _measured(row: pd.Series | None) -> list[str]:
    """Write what was made, what was found and the bar."""
    if row is None:
        return [NONE] * 3
    return [_shown(row, "truth"), _shown(row, "recovered"), BARS[row["verdict"]]]


def ranking_table(figures: pd.DataFrame) -> str:
    """Write the published Table 1 beside the ranks of the made-up force, and how they correlate."""
    ranks = figures[figures["kind"] == "rank"].assign(side=lambda table: table["figure"].str.split(".").str[0])
    text, rows = "\n## Harm ranking, published Table 1\n" + RANKED, []
    for subject, part in ranks.groupby("subject", sort=False):
        row = [words(str(subject))]
        for _, rank in part.iterrows():
            row += [_number("rank", float(rank["value"])), *(_shown(rank, place) for place in PLACES)]
        rows.append(row)
    columns = [f"{side}: {place}" for side in ("DA", "non-DA") for place in ("published", *PLACES.values())]
    text += markdown(["typology", *columns], rows) + "\nSpearman's correlation with the published ranks, and in "
    text += "brackets how many typologies it rests on:\n"
    said = []
    for side, part in ranks[ranks["not_measured"].isna()].groupby("side", sort=False):
        published = part["value"].astype(float)
        found = [f"{two(published.corr(part[p], method='spearman'))} ({part[p].notna().sum()})" for p in PLACES]
        said.append(["DA" if side == "rank_da" else "non-DA", *found])
    return text + markdown(["severity", *PLACES.values()], said)


RANKED = """
The study ranks its 29 clusters by mean severity per individual. Here all clusters of a name are taken together and
ranked among the eleven typologies, or those of them that were found. The study does not describe its cluster 29.
"""
