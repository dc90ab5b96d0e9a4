"""What else they do: wider offending by how much DA severity people have."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd

from dapipeline.analysis.harm.by_harm import NONE, PUBLISHED
from dapipeline.reference.codes import HIGH_VOLUME
from dapipeline.report.breakdown import Breakdown, Gated
from dapipeline.report.colours import DA, INK, LINE, QUIET
from dapipeline.report.contents import HarmTables
from dapipeline.report.disclosure import TOGETHER, gate
from dapipeline.report.figure import drawn, points_say, svg
from dapipeline.report.part import Part, part
from dapipeline.report.table import Number, Table, table
from dapipeline.report.words import count, number, probability, share

MANY = f"{HIGH_VOLUME} or more"
COLUMNS = (f"Fewer than {HIGH_VOLUME}", MANY)

FIGURE = (
    f"The share with {HIGH_VOLUME} or more incidents outside DA, with Wilson's 95% intervals, by how much DA severity "
    "people have."
)
LIMITS = (
    "Both counts cover the same years, so people who have been on record for longer have more of each. One need not "
    "lead to the other.",
)


def what_else_they_do(harm: HarmTables, limit: int) -> Part:
    """Lay out wider offending by bands of DA severity.

    Parameters
    ----------
    harm : HarmTables
    limit : int

    Returns
    -------
    Part
    """
    history = harm.harm_and_history.query("people > 0")
    gated = _gated(history, limit)
    whole = _name_of(gated.together, history)
    told = _told(history, gated)
    named = replace(gated, rows=tuple(whole if row == TOGETHER else row for row in gated.rows))
    number_of = named.as_table("Number of incidents outside DA", "DA severity", limit)
    return part(
        "What else they do",
        _findings(told, harm.harm_trend),
        [("harm_history", _figure(told), FIGURE)],
        [
            ("People by their DA severity and their incidents outside DA", number_of),
            ("The bands, with means and trends", _means(told, harm.harm_trend)),
        ],
        LIMITS,
    )


def _gated(history: pd.DataFrame, limit: int) -> Gated:
    bands = history[history["disjoint"]]
    people, many = (bands[name].to_numpy(dtype=np.int64) for name in ("people", "high_volume"))
    counts = np.stack([people - many, many], axis=1)
    of = np.repeat(people[:, None], len(COLUMNS), axis=1)
    return gate(Breakdown(tuple(bands["band"]), people, COLUMNS, counts, of), limit)


def _name_of(together: tuple[str, ...], history: pd.DataFrame) -> str:
    """Return what bands that stand together are called: the top that they add up to, if they do."""
    disjoint = history[history["disjoint"]]
    tops = history[~history["disjoint"]].set_index("band")["people"]
    people = disjoint.loc[disjoint["band"].isin(together), "people"].sum()
    highest = set(disjoint["band"].iloc[len(disjoint) - len(together) :])
    return next((band for band, own in tops.items() if own == people and highest == set(together)), TOGETHER)


def _told(history: pd.DataFrame, gated: Gated) -> pd.DataFrame:
    """Return the bands whose share with many incidents is printed, and sums of bands whose parts are."""
    at = gated.columns.index(MANY) if MANY in gated.columns else None
    printed = {band for band in gated.rows if at is not None and not gated.withheld[gated.rows.index(band), at]}
    disjoint = list(history.loc[history["disjoint"], "band"])
    reach = dict(zip(disjoint, history.loc[history["disjoint"], "people"][::-1].cumsum()[::-1], strict=True))
    together, kept = set(gated.together), []
    for row in history.itertuples():
        parts = {row.band} if row.disjoint else {band for band in disjoint if reach[band] <= row.people}
        whole = parts - together if together <= parts and TOGETHER in printed else parts
        kept.append(bool(parts) and whole <= printed)
    return history[kept].reset_index(drop=True)


def _findings(told: pd.DataFrame, trend: pd.DataFrame) -> list[str]:
    bands = told[told["disjoint"]]
    tops = told[~told["disjoint"] | (told["band"] == "top 1%")]
    if len(bands) < 2 or tops.empty:
        return []
    top, least = tops.iloc[0], bands.iloc[0]
    line = trend.set_index("question").loc["high_volume"]
    steps = [*bands["high_volume_share"], top["high_volume_share"]]
    up = line["slope"] > 0
    steady = all((later >= earlier) == up for earlier, later in itertools.pairwise(steps))
    sure = "is larger than chance would explain" if line["p"] < 0.05 else "may be chance"
    fewest = "without any recorded DA severity" if least["band"] == NONE else "with the least recorded DA severity"
    return [
        f"Of the people with the most recorded DA severity ({top['band']}), {share(top['high_volume_share'])} were "
        f"also suspects in {HIGH_VOLUME} or more incidents outside DA; of those {fewest}, "
        f"{share(least['high_volume_share'])}{_peak(bands, top)}. The study reports {share(PUBLISHED)} for a small "
        "group whose size it does not print.",
        f"The share {'rises' if up else 'falls'} with DA severity{'' if steady else ', but not at every step'}; "
        f"the {'rise' if up else 'fall'} as a whole {sure}.",
    ]


def _peak(bands: pd.DataFrame, top: pd.Series) -> str:
    """Write which band has the highest share, where it is not among the most severe."""
    highest = bands.sort_values(["high_volume_share", "band"], ascending=[False, True], kind="stable").iloc[0]
    if highest["high_volume_share"] <= top["high_volume_share"]:
        return ""
    return f"; it is highest in the band {highest['band']}, {share(highest['high_volume_share'])}"


def _all_told(told: pd.DataFrame) -> bool:
    """Return whether every band is printed by itself: else a test over all bands would tell of those that are not."""
    return bool(told.loc[told["disjoint"], "people"].sum() == told["of"].iloc[0]) if len(told) else False


def _figure(told: pd.DataFrame) -> str:
    """Draw the share with many other incidents by band, with intervals."""
    sums = told[~told["disjoint"]]
    alone = told["disjoint"] & told["band"].eq("top 1%")  # where the highest bands are printed, so are all
    bands = pd.concat([told[told["disjoint"]], sums.head(0 if alone.any() else 1)]).iloc[::-1].reset_index(drop=True)
    if len(bands) < 2:
        return ""
    with drawn(9.2, 0.34 * len(bands) + 0.75) as figure:
        bottom = 0.5 / figure.get_figheight()
        axes = figure.add_axes((0.26, bottom, 0.7, 0.98 - bottom))
        axes.hlines(bands.index, bands["high_volume_low"], bands["high_volume_high"], color=DA, linewidth=1.8)
        axes.scatter(bands["high_volume_share"], bands.index, color=DA, s=42, zorder=3)
        words = [f"{of}: {share(value)}" for of, value in bands[["band", "high_volume_share"]].itertuples(index=False)]
        points_say(axes, bands["high_volume_share"], bands.index, words)
        axes.axvline(PUBLISHED, color=QUIET, linewidth=1.0, linestyle=(0, (4, 3)))
        axes.annotate(f"the study's {share(PUBLISHED)}", (PUBLISHED, len(bands) - 0.45), (5, -2), color=QUIET,
                      textcoords="offset points", va="top", fontsize=8.5)  # fmt: skip
        axes.set_yticks(bands.index, bands["band"], color=INK)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(-0.7, len(bands) - 0.4)
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.grid(axis="x", color=LINE, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(f"share with {HIGH_VOLUME} or more incidents outside DA", color=QUIET)
        spoken = "; ".join(f"{row.band}: {share(row.high_volume_share)}" for row in bands.iloc[::-1].itertuples())
        return svg(figure, "harm_history", f"Share with {HIGH_VOLUME} or more incidents outside DA. {spoken}.")


def _means(told: pd.DataFrame, trend: pd.DataFrame) -> Table:
    rows = [
        [
            row.band, Number(row.people, count), Number(row.high_volume_share, share),
            f"{share(row.high_volume_low)} to {share(row.high_volume_high)}", Number(row.non_da_incidents_mean, number),
        ]
        for row in told.itertuples()
    ]  # fmt: skip
    words = {"any": "any incident", "high_volume": f"{HIGH_VOLUME} or more"}
    tests = "; ".join(f"{words[row.question]}, {number(row.z)} and {probability(row.p)}" for row in trend.itertuples())
    heads = ["DA severity", "People", f"With {HIGH_VOLUME} or more", "95% interval", "Incidents outside DA, mean"]
    note = f"Cochran-Armitage trend over the bands, z and p: {tests}." if _all_told(told) else ""
    return table("Bands of DA severity", heads, rows, (1, 2, 3, 4), note)
