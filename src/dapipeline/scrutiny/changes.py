"""How indicators changed on the year before, with an interval."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from dapipeline.scrutiny.counting import ALL
from dapipeline.scrutiny.intervals import of_difference

COLUMNS = ["indicator", "area", "year", "before", "rate", "rate_before", "difference", "low", "high", "note"]
WITHOUT = ("days_to_outcome", "charge_caution_ratio")  # a median and a ratio have no difference of this kind
PART = "one of the two years is not whole in the records"


def changes(table: pd.DataFrame, years: list[str], partial: set[str]) -> pd.DataFrame:
    """Compare each year with the one before.

    Parameters
    ----------
    table : pandas.DataFrame
        From `indicators.compute`.
    years : list of str
        In order.
    partial : set of str
        Years that the records do not cover whole.

    Returns
    -------
    pandas.DataFrame
        One row per indicator, area and year that follows another: `COLUMNS`.
    """
    whole = table[(table["breakdown"] == ALL) & (table["year"] != ALL) & ~table["indicator"].isin(WITHOUT)]
    following = dict(pairwise(years))
    earlier = whole.assign(before=whole["year"], year=whole["year"].map(following).astype(object)).dropna(subset="year")
    keys = ["indicator", "area", "year"]
    both = whole.merge(earlier[[*keys, "before", "rate", "low", "high"]], on=keys, suffixes=("", "_before"))
    now, then = ((both[f"rate{end}"].to_numpy(), both[f"low{end}"].to_numpy(), both[f"high{end}"].to_numpy())
                 for end in ("", "_before"))  # fmt: skip
    low, high = of_difference(now, then)
    note = both["year"].isin(partial) | both["before"].isin(partial)
    made = both.assign(difference=now[0] - then[0], low=low, high=high, note=note.map({True: PART, False: ""}))
    return made[COLUMNS].reset_index(drop=True)
