"""What became of every row, and what the extract could not say."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.patches import Rectangle

from dapipeline.extract.columns import not_read_in
from dapipeline.extract.rows import NOT_READ
from dapipeline.extract.rules import ROW_RULES, VALUE_RULES
from dapipeline.incidents.offences import OWN_SCALE, untold
from dapipeline.report.colours import LINE, QUIET
from dapipeline.report.contents import Contents
from dapipeline.report.figure import drawn, says, svg
from dapipeline.report.labels import label
from dapipeline.report.material import Material
from dapipeline.report.table import Table, table
from dapipeline.report.words import count, listed, plain, several, share

TITLE = "Data quality"


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
    contents = material.contents
    verdict = verdict_on(contents.reconciliation, len(contents.warnings))
    return quality_section(contents) | {"verdict": verdict, "figures": {"rows": _rows_figure(contents.reconciliation)}}


FATES = {"used": "#23735f", "out of scope": "#6f86a0", "quarantined": "#b5470b", "duplicate": "#6a4fa3"}
MEANINGS = {(rule.code, rule.column): rule.meaning for rule in (*ROW_RULES, *VALUE_RULES)} | {
    ("exact_duplicate", ""): "The row is the same as another in every field.",
    ("malformed_row", ""): "The row has more or fewer fields than the header.",
    ("repeated_header", ""): "The header again, where a row should be.",
    ("outside_window", "occurred_from"): "Known to the police before or after the days that count.",
    ("no_da_incident", "offender_id"): "Nobody in the row is suspected of a DA incident.",
}
MOST_UNTOLD = 40  # titles that the page lists
DONE = {"quarantined": "row quarantined", "blanked": "value left blank", "duplicate": "counted once",
        "out of scope": "row not used"}  # fmt: skip
RESOLVED = {
    "code": "by Home Office code",
    "title": "by title",
    "family": "by the family the extract gives",
    "nothing": "by nothing: counted as other crime, or as a non-crime where it is none",
}


def fates(reconciliation: pd.DataFrame) -> pd.Series:
    """Count the rows by what became of them.

    Parameters
    ----------
    reconciliation : pandas.DataFrame
        quality/reconciliation.csv.

    Returns
    -------
    pandas.Series of int
        Rows by used, out of scope, quarantined and duplicate, in this order.
    """
    counts: pd.Series = reconciliation.groupby("effect")["rows"].sum().reindex(list(FATES), fill_value=0)
    return counts.astype(int)


def verdict_on(reconciliation: pd.DataFrame, warnings: int) -> str:
    """Write how much of the extract was used, and how much there is to mend.

    Parameters
    ----------
    reconciliation : pandas.DataFrame
        quality/reconciliation.csv.
    warnings : int
        How many points look wrong.

    Returns
    -------
    str
    """
    counts = fates(reconciliation)
    read = int(counts.sum())
    rest = [f"{count(rows)} {fate}" for fate, rows in counts.drop("used").items() if rows]
    others = f"; {listed(rest)}" if rest else ""
    used = f"{share(counts['used'] / max(read, 1))} of the rows were used"
    mend = "No large fault was found; what single rows got wrong stands below"
    if warnings:
        mend = "One thing to mend" if warnings == 1 else f"{warnings} things to mend"
    return f"{used} ({count(counts['used'])} of {count(read)}{others}). {mend}."


def _rows_figure(reconciliation: pd.DataFrame) -> str:
    """Draw the rows read as one bar, and below it, wider, those that were not used."""
    counts = fates(reconciliation)
    read, rest = int(counts.sum()), counts.drop("used")
    with drawn(9.2, 2.3) as figure:
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 2.3)
        _bar(axes, counts, read, 1.45)
        axes.text(0, 2.02, f"{count(read)} rows read", fontweight="bold")
        if rest.sum():
            used = counts["used"] / read
            axes.plot([used, 0], [1.45, 0.95], color=LINE, linewidth=1)
            axes.plot([1, 1], [1.45, 0.95], color=LINE, linewidth=1)
            _bar(axes, rest, int(rest.sum()), 0.5)
            axes.text(0.005, 1.0, f"{count(rest.sum())} not used", color=QUIET, va="bottom")
            for at, (fate, rows) in enumerate(rest[rest > 0].items()):
                axes.add_patch(Rectangle((at * 0.3, 0.12), 0.012, 0.16, color=FATES[str(fate)]))
                axes.text(at * 0.3 + 0.02, 0.2, f"{str(fate).capitalize()} {count(rows)}", va="center")
        words = ", ".join(f"{count(rows)} {fate}" for fate, rows in counts.items())
        return svg(figure, "rows", f"{count(read)} rows read: {words}.")


def _bar(axes: Any, counts: pd.Series, whole: int, bottom: float) -> None:
    start = 0.0
    for fate, rows in counts[counts > 0].items():
        width = rows / max(whole, 1)
        (bar,) = axes.barh(bottom, width, 0.45, left=start, align="edge", color=FATES[str(fate)], edgecolor="white")
        says(bar, f"{count(rows)} rows {fate} ({share(width)})")
        if fate == "used" and width > 0.25:
            words = f"{count(rows)} used ({share(width)})"
            axes.text(start + 0.012, bottom + 0.225, words, color="white", va="center", fontweight="bold")
        start += width


def quality_section(contents: Contents) -> dict[str, Any]:
    """Return the tables and sentences of the section on data quality.

    Parameters
    ----------
    contents : Contents

    Returns
    -------
    dict
        What quality.html shows.
    """
    counts = fates(contents.reconciliation)
    asked = contents.reconciliation[contents.reconciliation["effect"].isin(list(DONE))]
    off = contents.feature_catalogue[contents.feature_catalogue["use"] == "off"]
    not_read = contents.reconciliation.loc[contents.reconciliation["effect"] == NOT_READ, "column"]
    return {
        "fates": table(
            "What became of the rows",
            ["Rows", "Number", "Share"],
            [*((f.capitalize(), count(n), share(n / counts.sum())) for f, n in counts.items()),
             ("Read", count(counts.sum()), share(1.0))],
            [1, 2],
        ),
        "rules": _rules(asked),
        "asked": several(len(asked), "rule was asked", "rules were asked"),
        "silent": int((asked["rows"] == 0).sum()),
        "not_read": not_read_in(not_read),
        "missing": _missing(contents.missing_features),
        "off": table(
            "Features switched off, and the columns they need",
            ["Feature", "Column that is missing"],
            [(label(f), str(c)) for f, c in off[["feature", "missing_columns"]].itertuples(index=False)],
        ),
        "off_columns": sorted({name for cell in off["missing_columns"] for name in str(cell).split("; ")}),
        "offences": _offences(contents.offences),
        "untold": _untold(contents.offences, contents.config.report.limit),
        "unresolved": _unresolved(contents.unresolved),
        "own_scale": contents.scale == OWN_SCALE,
        "ons": "ONS" in contents.scale,
    }  # fmt: skip


def _rules(asked: pd.DataFrame) -> Table:
    named = asked.assign(column=asked["column"].fillna(""))
    broken = named[named["rows"] > 0].sort_values(["rows", "rule", "column"], ascending=[False, True, True])
    return table(
        "Rules that rows broke, and what was done",
        ["What was found", "Column", "What was done", "Rows"],
        [
            (
                MEANINGS.get((rule, column), plain(rule).capitalize()),
                plain(column) or "–",
                DONE[effect],
                count(rows),
            )
            for rule, column, effect, rows in broken[["rule", "column", "effect", "rows"]].itertuples(index=False)
        ],
        [3],
    )


def _missing(missing: pd.DataFrame) -> Table:
    treated = {"excluded": "left out of the clustering", "median": "given the cohort's median"}
    return table(
        "Offenders without a complete set of features",
        ["Feature", "Offenders", "What was done"],
        [
            ("Any of them" if f == "any" else label(f), count(n), treated.get(how, how))
            for f, n, how in missing[["feature", "offenders", "treatment"]].itertuples(index=False)
            if n
        ],
        [1],
    )


def _offences(offences: pd.DataFrame) -> Table:
    rows = offences.pivot_table(index="resolved_by", columns="is_crime", values="rows", aggfunc="sum", fill_value=0)
    rows = rows.reindex(index=list(RESOLVED), columns=[True, False], fill_value=0)
    kinds = offences["resolved_by"].value_counts().reindex(list(RESOLVED), fill_value=0)
    return table(
        "How offences and non-crimes were told apart",
        ["How", "Kinds", "Rows about a crime", "Rows about a non-crime"],
        [
            (words, count(kinds[how]), count(rows.loc[how, True]), count(rows.loc[how, False]))
            for how, words in RESOLVED.items()
        ],
        [1, 2, 3],
    )


def _untold(offences: pd.DataFrame, limit: int) -> Table:
    listed = untold(offences, limit)
    return table(
        "Titles that told nothing",
        ["Title", "Is it a crime", "Rows"],
        [
            (f"{count(line.titles)} {line.title}" if line.titles > 1 else line.title, "yes" if line.is_crime else "no",
             count(line.rows))
            for line in listed.head(MOST_UNTOLD).itertuples()
        ],
        [2],
        f"{count(len(listed) - MOST_UNTOLD)} more are in quality/offences.csv." if len(listed) > MOST_UNTOLD else "",
    )  # fmt: skip


def _unresolved(rows: dict[str, int]) -> list[str]:
    """Write what the look-ups of severity and area did not find."""
    lost, unknown = rows["crimes_without_severity"], rows["areas_unknown"]
    crimes = f"{count(lost)} of {count(rows['crimes'])} rows about a crime have no severity on it, and count as 0."
    areas = f"{count(unknown)} of {count(rows['areas'])} rows with an area lie in one whose deprivation is not known."
    return [crimes] * (lost > 0) + [areas] * (unknown > 0)
