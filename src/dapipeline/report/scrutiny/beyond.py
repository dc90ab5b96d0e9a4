"""Which areas lie beyond the limits of a funnel plot, for every indicator that has them."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from dapipeline.report.contents import ScrutinyTables
from dapipeline.report.table import Table, table
from dapipeline.report.words import count, several
from dapipeline.scrutiny.catalogue import BY_KEY

ENOUGH = 10  # times the limit on both sides of a share: where an area lies then tells of no few
AS_WIDE = 1.05  # limits less than this much wider than by chance are called those of chance


def beyond_in_words(areas: Collection[str], limits: pd.DataFrame, what: str) -> list[str]:
    """Write how many areas lie beyond the limits of a plot.

    Parameters
    ----------
    areas : collection of str
        Those that the plot shows.
    limits : pandas.DataFrame
        The rows of funnel.csv of its indicator.
    what : str
        What the shares are of.

    Returns
    -------
    list of str
        One sentence; none without areas.
    """
    own = limits[limits["area"].isin(areas)]
    if own.empty:
        return []
    beyond, wider = int(_beyond(own, "998").ne("").sum()), own["dispersion"].iloc[0]
    chance = f", which are {wider:.1f} times as wide as by chance alone" if wider > AS_WIDE else ""
    who = f"{several(beyond, 'area') if beyond else 'No area'} of {len(own)} {'lie' if beyond > 1 else 'lies'}"
    return [f"{who} beyond the 99.8% limits for the share of {what}{chance}."]


def beyond_table(tables: ScrutinyTables, limit: int) -> Table | None:
    """Lay out the areas beyond the limits, by indicator.

    Parameters
    ----------
    tables : ScrutinyTables
    limit : int

    Returns
    -------
    Table or None
        None where no area is large enough.
    """
    funnel = tables.funnel
    least = ENOUGH * limit
    large = funnel[(funnel["numerator"] >= least) & (funnel["denominator"] - funnel["numerator"] >= least)]
    rows = []
    for key, own in large.groupby("indicator", sort=False):
        far, near = _beyond(own, "998"), _beyond(own, "95")
        named = [
            "; ".join(f"{area} ({side})" for area, side in zip(own["area"], sides, strict=True) if side) or "none"
            for sides in (far, near.where(far.eq(""), ""))
        ]
        rows.append([BY_KEY[str(key)].title, count(len(own)), *named])
    if not rows:
        return None
    heads = ["Indicator", "Areas", "Beyond the 99.8% limits", "Beyond the 95% limits alone"]
    note = f"Of areas with at least {count(least)} on both sides of the share. Figures and limits: tables/funnel.csv."
    return table("Areas beyond the limits of their funnel plot", heads, rows, [1], note)


def _beyond(own: pd.DataFrame, level: str) -> pd.Series:
    """Return for each area below, above or nothing."""
    side = pd.Series("", index=own.index)
    side[own["rate"] < own[f"low_{level}"]] = "below"
    side[own["rate"] > own[f"high_{level}"]] = "above"
    return side
