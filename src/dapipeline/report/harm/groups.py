"""Groups of suspects compared: abuse of partners and of family, women and men, ages, deprivation, other suspects."""

from __future__ import annotations

import pandas as pd

from dapipeline.analysis.harm.comparisons import COMPARISONS, WITHOUT_DA, comparison_key
from dapipeline.reference.codes import SEXES
from dapipeline.report.contents import Contents
from dapipeline.report.disclosure import enough_on_both_sides
from dapipeline.report.harm.forest import forest
from dapipeline.report.part import Part, part, unanswered, undominated
from dapipeline.report.table import Cell, Number, Table, table
from dapipeline.report.words import between, count, listed, number, probability

TITLES = {
    "abuse": "Abuse of partners, of family, of others", "sex": "Women and men",
    "age_band": "Age at the first DA incident",
    "deprivation": "Deprivation of the place of the first DA incident, in fifths, 1 the most deprived",
    "any_da": "Suspects of DA and other suspects, by their incidents outside DA",
}  # fmt: skip
HARM = "da_severity_total"
KIND = {"intimate": "partners", "family": "family members", "intimate and family": "both", "other": "others"}
NAMED = 3  # features that a finding names
MOST = 8  # features that a table shows of a group, those with the smallest q first
OTHERS = (
    "Suspects without DA are those of this extract, each with an incident outside DA; suspects of DA are compared with "
    "them by their own incidents outside DA, where they have any."
)


def groups_compared(contents: Contents, limit: int) -> Part:
    """Lay out how groups differ.

    Parameters
    ----------
    contents : Contents
    limit : int
        Groups without an interval, which are fewer than 200, are not printed either.

    Returns
    -------
    Part
    """
    found = contents.comparisons
    least = found[["people", "people_reference"]].min(axis=1)
    held = undominated(contents.harm_holders, "comparisons", comparison_key(found))
    kept = enough_on_both_sides(least, 2 * least, limit) & held
    shown = found[found["p"].notna() & kept]
    severity = shown[shown["feature"] == HARM]
    drawn = severity.rename(columns={"difference": "effect"})
    drawn = drawn.assign(
        label=[f"{_opened(_group(r.group))} compared with {_group(r.reference)}" for r in severity.itertuples()]
    )
    axis = "difference in total DA severity points of a person"
    spoken = "Differences in DA severity between groups"
    caption = "Mean DA severity of a person, of one group less another. A filled mark is a clear difference."
    return part(
        "Groups compared",
        [*_findings(severity), *_differences(shown)],
        [("harm_groups", forest(drawn, "label", "harm_groups", axis, spoken), caption)],
        [(TITLES[c.name], _table(shown[shown["comparison"] == c.name], c.name)) for c in (*COMPARISONS, WITHOUT_DA)],
        [
            *unanswered(contents.harm_gaps, "comparisons"),
            "Nothing is held equal here: groups differ in many things at once, and in how often the police are called.",
            OTHERS if "any_da" in set(shown["comparison"]) else "",
        ],
    )


def _group(value: object) -> str:
    words = SEXES.get(str(value), str(value))
    if words.isdigit():
        return f"fifth {words}"
    return words.lower() if str(value) in SEXES else words


def _opened(words: str) -> str:
    """Begin with a capital, and leave the rest as it is."""
    return words[:1].upper() + words[1:]


def _findings(harm: pd.DataFrame) -> list[str]:
    said = []
    for row in harm[harm["comparison"].isin(["sex", "abuse"])].sort_values("comparison", ascending=False).itertuples():
        sure = "" if row.q < 0.05 else "; this may be chance"
        own = "a woman suspected of DA" if row.comparison == "sex" else f"a suspect whose abuse is of {KIND[row.group]}"
        beside = "a man" if row.comparison == "sex" else f"one whose abuse is of {KIND[row.reference]}"
        said.append(
            f"On average {number(row.mean)} points of DA harm are recorded for {own} and "
            f"{number(row.mean_reference)} for {beside}{sure}."
        )
    return said


def _differences(shown: pd.DataFrame) -> list[str]:
    """Count what differs, for each comparison."""
    said = []
    for name, rows in shown.groupby("comparison", sort=False):
        sure = rows[rows["q"] < 0.05].sort_values(["q", "label"])
        most = listed(f"“{label}”" for label in dict.fromkeys(sure["label"].head(NAMED)))
        named = f", most clearly in: {most}" if len(sure) else ""
        said.append(f"{TITLES[str(name)]}: {count(len(sure))} of {count(len(rows))} figures differ clearly{named}.")
    return said


def _table(rows: pd.DataFrame, name: str) -> Table | None:
    if rows.empty:
        return None
    sure = rows[rows["q"] < 0.05]
    kept = sure.sort_values(["group", "q", "label"]).groupby("group", sort=False).head(MOST)
    cells: list[list[Cell]] = [
        [
            f"{row.label} ({row.unit})", _opened(_group(row.group)), Number(row.mean, number),
            f"{number(row.mean_reference)} ({_group(row.reference)})", between(row.difference, row.low, row.high),
            probability(row.q),
        ]
        for row in kept.itertuples()
    ]  # fmt: skip
    unsure = [_group(group) for group in rows["group"].unique() if group not in set(sure["group"])]
    none = f" No clear difference from {_group(rows['reference'].iloc[0])}: {listed(unsure)}." if unsure else ""
    heads = ["Figure", "Group", "Mean", "Compared with", "Difference, 95% interval", "q"]
    note = f"Up to {MOST} clear differences of each group (q below 0.05); all are in tables/comparisons.csv.{none}"
    return table(TITLES[name], heads, cells, range(2, 6), note)
