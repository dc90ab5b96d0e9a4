"""The course of a typology averaged over its people, in place of the record of its medoid, who is one real person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.analysis.average_course import KINDS
from dapipeline.reference.tables import FAMILIES
from dapipeline.report.course.values import TITLES
from dapipeline.report.shareable.released import Amounts, amounts_of
from dapipeline.report.shareable.rounded import to_base, two_figures
from dapipeline.report.sums import may_be_added
from dapipeline.report.suppression import all_enough

OF_KINDS = {"da_incidents": "DA incidents", "other_incidents": "Other incidents"}


def courses(table: pd.DataFrame, titles: dict[str, str], limit: int) -> dict[str, Amounts]:
    """Compute incidents per hundred people, by year since the first incident and offence family.

    Parameters
    ----------
    table : pandas.DataFrame
        From `average_course`.
    titles : dict of str to str
        Key to title, of the typologies of which there are enough people.
    limit : int

    Returns
    -------
    dict of str to Amounts
        Title to its rates: one row per kind with any value, one column per year.
    """
    found = {}
    for key, title in titles.items():
        own = table[table["typology"] == key]
        told = pd.concat([_told(of_year, limit) for _, of_year in own.groupby("year")])
        # By the rounded number: by the exact one, rates of two years would tell that a single person was followed less.
        rate = (100 * own["incidents"] / own["followed"].map(to_base)).where(told)
        values = own.assign(rate=rate).pivot(index="kind", columns="year", values="rate")
        values = values.reindex([*KINDS, *FAMILIES]).dropna(how="all")
        if values.size:
            last = values.columns[values.notna().any()].max()
            values = values.loc[:, values.columns <= last]
            values.index = [OF_KINDS.get(kind) or TITLES[kind] for kind in values.index]
            values.columns = [f"year {year}" for year in values.columns]
            caption = f"{title}: incidents per 100 people in each year since the first incident"
            found[title] = amounts_of(
                f"course_{key}", caption, "What is recorded", values, dict.fromkeys(values, two_figures)
            )
    return found


def _told(year: pd.DataFrame, limit: int) -> pd.Series:
    """Return which rates of a year may be printed.

    Everybody has an incident in the first year, so that what is above one a person would tell how few have a second.

    Most incidents are of one family, so that a single withheld one would be what is left of all: with any that is
    withheld goes one of enough people.
    """
    told = pd.Series(
        [
            all_enough([row.followed], limit)
            and may_be_added(
                row.again if row.kind in KINDS and row.year == 1 else row.people, np.array([row.first, row.second]),
                row.incidents, limit,
            )
            for row in year.itertuples()
        ],
        index=year.index,
    )  # fmt: skip
    families = year[~year["kind"].isin(KINDS)]
    printed = families[told[families.index]]
    if len(printed) and len(printed) < len(families):
        told[printed.sort_values(["people", "kind"]).index[0]] = False
    return told
