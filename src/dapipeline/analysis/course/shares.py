"""Shares of incidents with an interval that knows that incidents of one person are alike."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dapipeline.analysis.harm.significance import wilson


def shares(counted: pd.DataFrame, by: Sequence[str], holds: str) -> pd.DataFrame:
    """Count how often something holds, by group.

    Parameters
    ----------
    counted : pandas.DataFrame
        One row per incident or crime: person, the columns of `by`, and `holds` (bool).
    by : sequence of str
    holds : str

    Returns
    -------
    pandas.DataFrame
        One row per group: `by`, number, of, people (who are behind `of`), share, low, high: Wilson's interval (1927) of
        95%, of as many independent incidents as would tell as much. How many that is follows from the variance of the
        share between people (the design effect of Kish 1965): never more than there are, and as many as there are
        people where it holds always or never, or for one person.
    """
    each = counted.groupby([*by, "person"], observed=True)[holds].agg(["sum", "size"]).reset_index()
    grouped = each.groupby(list(by), observed=True)
    found = grouped.agg(number=("sum", "sum"), of=("size", "sum"), people=("size", "size"))
    share = found["number"] / found["of"]
    apart = each["sum"] - each["size"] * each.merge(share.rename("share").reset_index(), on=list(by))["share"]
    between = (apart**2).groupby([each[name] for name in by], observed=True).sum() / found["of"] ** 2
    between *= found["people"] / (found["people"] - 1).clip(lower=1)
    plain = share * (1 - share) / found["of"]
    effective = (found["of"] * plain / between.where(between > plain)).fillna(found["of"])
    effective = effective.where((plain > 0) & (found["people"] > 1), found["people"])  # nothing varies between people
    low, high = wilson((share * effective).to_numpy(), effective.to_numpy())
    return found.assign(share=share, low=low, high=high).reset_index()
