"""What came before the first DA crime: DA incidents without a crime, over how long, how graded."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.analysis.course.records import ALL, BY_PERSON, DAY, Records
from dapipeline.analysis.harm.significance import wilson

NUMBERS = ("0", "1", "2", "3 or more")  # of non-crimes before
GRAVITY = "severity_of_crime"
HALVES = ("above the median", "up to the median")
GRAVEST = "above the 90th percentile"


def non_crimes_before_crime(records: Records) -> pd.DataFrame:
    """Count the DA non-crimes before people's first DA crime.

    Parameters
    ----------
    records : Records

    Returns
    -------
    pandas.DataFrame
        One row per dimension (all; severity_of_crime: first crimes above the 90th percentile of severity, above
        the median, and up to it; and those of people), value and non_crimes (0, 1, 2, 3 or more): people (with as
        many), of (with a DA crime), share, low, high (Wilson), days_median, days_q1, days_q3 (from the first of the
        non-crimes to the crime), graded (people of whom any was graded), medium, high_graded (whose highest grade was
        that).
    """
    incidents = records.incidents
    crime = incidents[incidents["is_crime"]].drop_duplicates("person").set_index("person")
    own = incidents["person"].map(crime["order"])
    before = incidents[(incidents["order"] < own).fillna(False) & ~incidents["is_crime"]].groupby("person")
    people = pd.DataFrame(
        {
            "number": before.size(), "since": before["occurred_from"].min(), "risk": before["risk"].max(),
        }
    ).reindex(crime.index)  # fmt: skip
    people["number"] = people["number"].fillna(0).astype(int)
    people["days"] = (crime["occurred_from"] - people["since"]).dt.total_seconds() / DAY
    people["non_crimes"] = pd.Categorical.from_codes(np.minimum(people["number"], 3), categories=NUMBERS)
    people = people.reset_index().assign(**{GRAVITY: _gravity(crime["severity"]).to_numpy()})
    parts = []
    for dimension in (ALL, GRAVITY, *BY_PERSON):
        told = people.assign(
            value=np.asarray(records.values(dimension, people)),
            graded=people["risk"].notna(),
            medium=people["risk"] == 2,
            high_graded=people["risk"] == 3,
        )
        by = told.groupby(["value", "non_crimes"], observed=False)
        part = by.agg(
            people=("person", "size"), graded=("graded", "sum"), medium=("medium", "sum"),
            high_graded=("high_graded", "sum"), days_median=("days", "median"), days_q1=("days", _quarter),
            days_q3=("days", _three_quarters),
        ).reset_index()  # fmt: skip
        part["of"] = part.groupby("value")["people"].transform("sum")
        parts.append(part.assign(dimension=dimension))
    table = pd.concat(parts, ignore_index=True).astype({"non_crimes": "object"})
    low, high = wilson(table["people"].to_numpy(), table["of"].to_numpy())
    table = table.assign(share=table["people"] / table["of"], low=low, high=high)
    return table[COLUMNS].astype(dict.fromkeys(("people", "of", "graded", "medium", "high_graded"), "int64"))


COLUMNS = [
    "dimension", "value", "non_crimes", "people", "of", "share", "low", "high", "days_median", "days_q1", "days_q3",
    "graded", "medium", "high_graded",
]  # fmt: skip


def _quarter(days: pd.Series) -> float:
    return days.quantile(0.25)


def _three_quarters(days: pd.Series) -> float:
    return days.quantile(0.75)


def _gravity(severity: pd.Series) -> pd.Series:
    """Tell first crimes apart by the 90th percentile and the median; many are as grave as each, and stay below it."""
    tenth, half = severity.quantile([0.9, 0.5])
    names = np.select([severity > tenth, severity > half], [GRAVEST, HALVES[0]], HALVES[1])
    return pd.Series(names, index=severity.index)
