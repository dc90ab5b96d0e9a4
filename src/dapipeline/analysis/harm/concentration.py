"""How few hold most of the harm: offenders, victims, pairs of the two; and the parts of a record, one by one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dapipeline.incidents.tables import IncidentTables

TOP_SHARES = (0.01, 0.02, 0.03, 0.05, 0.10, 0.20, 0.50, 1.0)
PUBLISHED = {  # unit to (top share, share of harm, where)
    "offenders": (0.03, 0.90, "Thames Valley, intimate partner crime (Barnham and others 2017)"),
    "pairs": (0.02, 0.80, "Suffolk (Bland and Ariel 2015)"),
}


def harm_of_victims(tables: IncidentTables, cohort: Any) -> dict[str, np.ndarray]:
    """Add up the DA severity that is recorded with each named victim, and with each pair of offender and victim.

    Parameters
    ----------
    tables : IncidentTables
    cohort : ibis.Table
        One row per offender.

    Returns
    -------
    dict of str to ndarray of float
        victims: of each named victim, every incident once, whatever its suspects; pairs: of each offender and victim.
        An incident with two victims counts for each in full. Ascending.
    """
    da = tables.incidents.filter(tables.incidents.is_da).semi_join(cohort, "offender_id")
    named = tables.victims.filter(tables.victims.victim_id.notnull())
    links = named.select("offender_id", "incident_id", "victim_id").distinct()
    links = links.inner_join(da.select("offender_id", "incident_id", "severity"), ["offender_id", "incident_id"])
    once = links.group_by(["victim_id", "incident_id"]).aggregate(severity=links.severity.max())
    found = {
        "victims": once.group_by("victim_id").aggregate(severity=once.severity.sum()),
        "pairs": links.group_by(["offender_id", "victim_id"]).aggregate(severity=links.severity.sum()),
    }
    severities = {unit: table.select(table.severity.cast("float64")).to_pandas() for unit, table in found.items()}
    return {unit: np.sort(table.iloc[:, 0].to_numpy()) for unit, table in severities.items()}


def harm_concentration(harm: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Compute the share of the total severity that the top shares of some units account for.

    Parameters
    ----------
    harm : mapping of str to ndarray of float
        Unit (offenders, victims, pairs) to the DA severity of each, 0 or more, in points of the run's scale.

    Returns
    -------
    pandas.DataFrame
        One row per unit and share of `TOP_SHARES`: unit, top_share, number (how many that is, rounded up), of, severity
        (theirs), severity_of, share_of_severity (0 where the total is 0), published_share, published_in.
    """
    parts = []
    for unit, values in harm.items():
        ordered = np.sort(values)[::-1]
        cumulative = np.cumsum(ordered)
        # Rounded up; less 1e-9, because 0.07 * 100 is 7.000000000000001 in floating point and would become 8 people.
        numbers = np.maximum(np.ceil(np.array(TOP_SHARES) * len(ordered) - 1e-9).astype(int), 1)
        top, share, where = PUBLISHED.get(unit, (None, np.nan, ""))
        whole = cumulative[-1]
        parts.append(
            pd.DataFrame(
                {
                    "unit": unit, "top_share": TOP_SHARES, "number": numbers, "of": len(ordered),
                    "severity": cumulative[numbers - 1], "severity_of": whole,
                    "share_of_severity": cumulative[numbers - 1] / whole if whole > 0 else 0.0,
                    "published_share": [share if one == top else np.nan for one in TOP_SHARES],
                    "published_in": [where if one == top else "" for one in TOP_SHARES],
                }
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def lorenz_curve(harm: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Compute the Lorenz curve: the share of all severity by shares of a unit, those with the least severity first.

    Parameters
    ----------
    harm : mapping of str to ndarray of float
        As for `harm_concentration`.

    Returns
    -------
    pandas.DataFrame
        unit, share_of_units (0 to 1 in hundredths, in the last tenth in thousandths, where the curve is steep),
        share_of_severity (linear between two units). No rows for a unit without any severity.
    """
    shares = np.concatenate([np.arange(90) / 100, np.arange(900, 1001) / 1000])
    parts = []
    for unit, values in harm.items():
        cumulative = np.concatenate([[0.0], np.cumsum(np.sort(values))])
        if cumulative[-1] > 0:
            reached = np.interp(shares * len(values), np.arange(len(cumulative)), cumulative)
            parts.append(
                pd.DataFrame({"unit": unit, "share_of_units": shares, "share_of_severity": reached / cumulative[-1]})
            )
    return pd.concat(parts, ignore_index=True)


def gini(harm: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Compute Gini's coefficient: 0 where everybody has as much, near 1 where one has all.

    Parameters
    ----------
    harm : mapping of str to ndarray of float
        As for `harm_concentration`.

    Returns
    -------
    pandas.DataFrame
        One row per unit: unit, number, with_severity (how many have any), severity, gini (missing without severity).
    """
    rows = []
    for unit, values in harm.items():
        ordered, n = np.sort(values), len(values)
        whole = ordered.sum()
        rank = np.arange(1, n + 1)
        found = float((2 * rank - n - 1) @ ordered / (n * whole)) if whole > 0 else np.nan
        rows.append((unit, n, int((values > 0).sum()), float(whole), found))
    return pd.DataFrame(rows, columns=["unit", "number", "with_severity", "severity", "gini"])


def harm_parts(people: pd.DataFrame, edges: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    """Count people and their DA severity by recency, frequency, gravity and number of victims, each for itself.

    Parameters
    ----------
    people : pandas.DataFrame
        From `people.harm_people`.
    edges : mapping of str to sequence of float
        Measure of `PARTS` to the values at which its second and later bands begin.

    Returns
    -------
    pandas.DataFrame
        One row per measure and band: measure, unit, lower (included) and upper (excluded; missing for the last),
        people, people_of, people_share, da_severity, da_severity_of, da_severity_share.
    """
    harm, rows = people["da_severity_total"], []
    for measure, (column, unit) in PARTS.items():
        if column not in people:
            continue
        bounds = [0.0, *edges[measure], np.inf]
        for lower, upper in itertools.pairwise(bounds):
            held = people[column].ge(lower) & people[column].lt(upper)
            rows.append(
                (measure, unit, lower, upper, int(held.sum()), len(people), float(harm[held].sum()), harm.sum())
            )
    columns = ["measure", "unit", "lower", "upper", "people", "people_of", "da_severity", "da_severity_of"]
    table = pd.DataFrame(rows, columns=columns).replace({"upper": {np.inf: np.nan}})
    table.insert(6, "people_share", table["people"] / table["people_of"])
    table["da_severity_share"] = table["da_severity"] / table["da_severity_of"]
    return table


PARTS = {  # measure to its column and its unit
    "recency": ("recency_days", "days since the last DA incident"),
    "frequency": ("da_incidents", "DA incidents"),
    "gravity": ("da_severity_max", "severity points of the gravest DA incident"),
    "victims": ("da_victims", "people named as victim in DA incidents"),
}
