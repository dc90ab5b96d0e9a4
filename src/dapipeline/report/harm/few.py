"""How few hold most of it: top shares, Lorenz curves, and bands of recency, frequency, gravity and victims."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.analysis.harm.concentration import PARTS, PUBLISHED
from dapipeline.report.colours import DA, INK, LINE, OTHER, QUIET
from dapipeline.report.contents import Contents, HarmTables
from dapipeline.report.figure import drawn, points_say, says, svg
from dapipeline.report.part import Part, hidden_values, part, unanswered
from dapipeline.report.sums import steps_allowed
from dapipeline.report.table import Cell, Number, Table, table
from dapipeline.report.words import count, exact, listed, number, share

UNITS = {"offenders": "people", "victims": "victims", "pairs": "pairs of suspect and victim"}
MARKED = (0.01, 0.05, 0.10, 0.20)  # top shares with a mark on the Lorenz curve
COLOURS = {"offenders": DA, "victims": OTHER, "pairs": INK}
LINES = {"offenders": "-", "victims": (0, (6, 2)), "pairs": (0, (2, 2))}
HEADLINE = 0.03
BARS = "How much of all recorded DA severity the people with the most of it account for. Known only afterwards."
CURVES = "The same as Lorenz curves: the further one hangs below the dashed line, the fewer account for most of it."


def how_few(contents: Contents, harm: HarmTables, limit: int, patterns: tuple[tuple[str, Table | None], ...]) -> Part:
    """Lay out how few hold most of the harm.

    Parameters
    ----------
    contents : Contents
    harm : HarmTables
    limit : int
    patterns : tuple of (str, Table or None)
        Further tables, of single, repeat and serial offenders and of severity bands.

    Returns
    -------
    Part
    """
    units = [unit for unit in UNITS if _harm_of(harm, unit) is not None]
    shown = {unit: printable_concentration(harm, unit, limit) for unit in units}
    ginis = harm.gini.set_index("unit")["gini"]
    return part(
        "How few hold most of it",
        _findings(shown, harm),
        [
            ("concentration", _bars(shown["offenders"]), BARS),
            ("lorenz", _lorenz(harm, shown, limit), CURVES),
        ],
        [
            *((f"Top shares of {UNITS[unit]}", _table(unit, rows, ginis[unit])) for unit, rows in shown.items()),
            ("Recency, frequency, gravity and number of victims", _parts(harm, limit)),
            *patterns,
        ],
        [
            *unanswered(contents.harm_gaps, "harm_concentration", "harm_parts"),
            "Who these people are is known only with hindsight: this could have picked nobody out beforehand.",
            "What was published elsewhere is of other offences and on other scales (docs/harm.md).",
        ],
    )  # fmt: skip


def _harm_of(harm: HarmTables, unit: str) -> np.ndarray | None:
    """Return the severity of each of a unit, the most first; None where it is not known of any."""
    own = harm.harm_units.query("unit == @unit")["severity"].to_numpy()
    return own if len(own) and own.any() else None


def printable_concentration(harm: HarmTables, unit: str, limit: int) -> pd.DataFrame:
    """Return the top shares of a unit whose severity may be printed.

    Parameters
    ----------
    harm : HarmTables
    unit : str
        A key of `UNITS`.
    limit : int

    Returns
    -------
    pandas.DataFrame
        Rows of tables/harm_concentration.
    """
    rows, ordered = harm.harm_concentration.query("unit == @unit"), _harm_of(harm, unit)
    if ordered is None:
        return rows.iloc[:0]
    return rows.iloc[steps_allowed(ordered, rows["number"].tolist(), limit)].reset_index(drop=True)


def _findings(shown: dict[str, pd.DataFrame], harm: HarmTables) -> list[str]:
    said = []
    coefficients = harm.gini.set_index("unit")
    for unit, rows in shown.items():
        top = rows[rows["top_share"] < 1]
        if top.empty:
            continue
        part_of, held, where = PUBLISHED.get(unit, (HEADLINE, None, ""))
        row = top.iloc[(top["top_share"] - part_of).abs().argmin()]
        beside = ""
        if held is not None and row["top_share"] == part_of:
            less = "more" if row["share_of_severity"] > held else "less"
            beside = f"; in {where}, {exact(part_of)} did for {share(held)}, so it is {less} concentrated here"
        elif held is not None:
            beside = f"; published elsewhere is {exact(part_of)} with {share(held)}, {where}"
        said.append(
            f"The {exact(row['top_share'])} of {UNITS[unit]} with the most recorded DA harm ({count(row['number'])}) "
            f"account for {share(row['share_of_severity'])} of it{beside}."
        )
    own = coefficients.loc["offenders"]
    without = 1 - own["with_severity"] / own["number"]
    if without:
        said.append(f"{share(without)} of the people have no recorded DA severity at all.")
    return said


def _bars(rows: pd.DataFrame) -> str:
    """Draw the share of all DA severity that the top shares of people account for."""
    shown = rows[rows["top_share"] < 1].iloc[::-1].reset_index(drop=True)
    if shown.empty:
        return ""
    with drawn(9.2, 0.36 * len(shown) + 0.3) as figure:
        axes = figure.add_axes((0.17, 0.02, 0.76, 0.96))
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.barh(shown.index, 1.0, 0.62, color="#e9edf1")
        bars = axes.barh(shown.index, shown["share_of_severity"], 0.62, color=DA)
        for (at, row), bar in zip(shown.iterrows(), bars, strict=True):
            says(bar, f"top {exact(row['top_share'])} of people: {share(row['share_of_severity'])} of DA severity")
            axes.text(-0.015, at, f"top {exact(row['top_share'])} of people", ha="right", va="center")
            axes.text(1.012, at, share(row["share_of_severity"]), va="center", fontweight="bold", color=DA)
        words = ", ".join(
            f"top {exact(t)}: {share(s)}" for t, s in zip(shown["top_share"], shown["share_of_severity"], strict=True)
        )
        return svg(figure, "concentration", f"Share of all recorded DA severity. {words}.")


def _printable_lorenz(harm: HarmTables, unit: str, limit: int) -> pd.DataFrame:
    """Return the points of a Lorenz curve between which enough lie, the first and the last among them."""
    curve, ordered = harm.lorenz.query("unit == @unit"), np.sort(harm.harm_units.query("unit == @unit")["severity"])
    numbers = [round(part * len(ordered)) for part in curve["share_of_units"]]
    return curve.iloc[sorted({0, *steps_allowed(ordered, numbers, limit)})].reset_index(drop=True)


def _lorenz(harm: HarmTables, shown: dict[str, pd.DataFrame], limit: int) -> str:
    """Draw a Lorenz curve of each unit, with the shares of the people who have the most."""
    marked = shown["offenders"][shown["offenders"]["top_share"].isin(MARKED)]
    if marked.empty:
        return ""
    with drawn(9.2, 4.3) as figure:
        axes = figure.add_axes((0.078, 0.12, 0.907, 0.86))
        axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1.0, linestyle=(0, (4, 3)))
        axes.text(0.5, 0.52, "if all had as much", color=QUIET, ha="right", va="bottom")
        for unit in shown:
            curve = _printable_lorenz(harm, unit, limit)
            across, up = curve["share_of_units"], curve["share_of_severity"]
            axes.plot(across, up, color=COLOURS[unit], linewidth=2.2 if unit == "offenders" else 1.2,
                      linestyle=LINES[unit], label=UNITS[unit])  # fmt: skip
        for top, part_of in marked[["top_share", "share_of_severity"]].itertuples(index=False):
            axes.plot([1 - top], [1 - part_of], marker="o", color=DA, markersize=5)
            axes.annotate(f"the top {exact(top)} have {share(part_of)}", (1 - top, 1 - part_of), (-9, 0),
                          textcoords="offset points", ha="right", va="center", fontweight="bold")  # fmt: skip
        held = [f"the top {exact(t)}: {share(s)} of DA severity"
                for t, s in marked[["top_share", "share_of_severity"]].itertuples(index=False)]  # fmt: skip
        points_say(axes, 1 - marked["top_share"], 1 - marked["share_of_severity"], held)
        axes.set_xlim(0, 1.01)
        axes.set_ylim(0, 1.01)
        ticks, words = [0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"]
        axes.set_xticks(ticks, words)
        axes.set_yticks(ticks, words)
        axes.grid(color=LINE, linewidth=0.5)
        axes.set_axisbelow(True)
        if len(shown) > 1:
            axes.legend(loc="upper left", bbox_to_anchor=(0.02, 0.98))
        axes.set_xlabel("those with the least DA severity first", color=QUIET)
        axes.set_ylabel("share of all DA severity", color=QUIET)
        parts = ", ".join(
            f"top {exact(t)}: {share(s)}" for t, s in marked[["top_share", "share_of_severity"]].itertuples(index=False)
        )
        return svg(figure, "lorenz", f"Lorenz curves of recorded DA severity. Of people, {parts}.")


def _table(unit: str, rows: pd.DataFrame, coefficient: float) -> Table | None:
    if rows.empty:
        return None
    columns = ["top_share", "number", "share_of_severity"]
    return table(
        f"DA severity by the {UNITS[unit]} with the most of it",
        ["Top share", UNITS[unit].capitalize(), "Share of all DA severity"],
        [(Number(top, exact), Number(n, count), Number(part_of, share))
         for top, n, part_of in rows[columns].itertuples(index=False)],
        [1, 2],
        f"Gini coefficient {number(coefficient)}: 0 where all account for as much, near 1 where one does for all.",
    )  # fmt: skip


def _parts(harm: HarmTables, limit: int) -> Table | None:
    """Lay out shares by each measure for itself."""
    own, rows, left = harm.harm_people, [], []
    for measure, lines in harm.harm_parts.groupby("measure", sort=False):
        column, unit = PARTS[measure]
        band = np.searchsorted(lines["lower"].to_numpy(), own[column].to_numpy(), side="right")
        hidden = hidden_values(pd.Series(band.astype(str), index=own.index), own["da_severity_total"], limit)
        for at, line in enumerate(lines.itertuples(), start=1):
            name = f"{str(measure).capitalize()}, {unit}: {_band(line.lower, line.upper, str(measure))}"
            if str(at) in hidden or not line.people:
                left += [name] if line.people else []
                continue
            cells: list[Cell] = [name, Number(line.people_share, share), Number(line.da_severity_share, share)]
            rows.append(cells)
    if not rows:
        return None
    note = "They stand side by side and are never made into one score."
    note += f" Not shown, of too few people or mostly of one or two: {listed(left)}." if left else ""
    return table("Recency, frequency, gravity and victims, one at a time",
                 ["Band", "Share of the people", "Share of all DA severity"], rows, (1, 2), note)  # fmt: skip


def _band(lower: float, upper: float, measure: str) -> str:
    if pd.isna(upper):
        return f"{number(lower)} or more"
    if measure not in ("frequency", "victims"):
        return f"{number(lower)} to below {number(upper)}"
    first = max(lower, 1) if measure == "frequency" else lower
    return number(first) if upper == first + 1 else f"{number(first)} to {number(upper - 1)}"
