"""Who does the harm: people, DA incidents, crimes and severity, each as a share of the cohort's."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dapipeline.analysis.harm.people import NOT_KNOWN

MEASURES = {  # what is shared out, and the column of each person's part
    "people": None, "da_incidents": "da_incidents", "da_crimes": "da_crimes", "da_severity": "da_severity_total",
    "da_high_graded": "da_high_graded",
}  # fmt: skip
NOT_CLUSTERED = "not clustered"


def share_of_harm(people: pd.DataFrame, dimensions: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Share out people, incidents and harm by each of some dimensions.

    Parameters
    ----------
    people : pandas.DataFrame
        From `people.harm_people`.
    dimensions : mapping of str to pandas.Series
        Dimension to the value of each offender, indexed by offender_id. Who has none is `NOT_KNOWN`, so that the parts
        of a dimension always add up to the cohort.

    Returns
    -------
    pandas.DataFrame
        One row per dimension and value: dimension, value and, for people and for each measure that the extract
        allows, its number, the cohort's (`…_of`) and the share (`…_share`, missing where the cohort has none).
        da_severity is in points; the others are counts. An incident with two suspects counts for each.
    """
    there = {name: column for name, column in MEASURES.items() if column is None or column in people}
    own = pd.DataFrame({name: people[column] if column else 1 for name, column in there.items()}, index=people.index)
    whole = own.sum()
    parts = []
    for dimension, values in dimensions.items():
        value = values.reindex(people.index).astype("string").fillna(NOT_KNOWN)
        parts.append(own.groupby(value.rename("value")).sum().reset_index().assign(dimension=dimension))
    table = pd.concat(parts, ignore_index=True)
    laid_out = table[["dimension", "value"]].copy()
    for name in there:
        counted = name != "da_severity"
        laid_out[name] = table[name].round().astype("int64") if counted else table[name]
        laid_out[f"{name}_of"] = round(whole[name]) if counted else whole[name]
        laid_out[f"{name}_share"] = table[name] / whole[name] if whole[name] else float("nan")
    order = pd.Categorical(laid_out["dimension"], categories=list(dimensions))
    return laid_out.assign(order=order, place=_place(laid_out)).sort_values(
        ["order", "place", "value"], ignore_index=True
    ).drop(columns=["order", "place"])  # fmt: skip


def _place(table: pd.DataFrame) -> pd.Series:
    """Order values that are numbers by size, and put what is not known last."""
    number = pd.to_numeric(table["value"], errors="coerce").astype("float64").fillna(0.0)
    return number.where(table["value"] != NOT_KNOWN, float("inf"))
