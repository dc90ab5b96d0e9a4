"""Other offending first, DA harm afterwards: does what came before go with more of what came later?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pandas as pd

from dapipeline.analysis.harm.compared import Compared, covariates_and, means_compared
from dapipeline.analysis.harm.offence_types import held_by_two, types_of
from dapipeline.analysis.harm.people import YEAR, Reach
from dapipeline.analysis.harm.significance import false_discovery_rates
from dapipeline.analysis.harm.study_families import STUDY_FAMILIES, other_crimes
from dapipeline.incidents.scope import cohort_of
from dapipeline.incidents.tables import IncidentTables

LOOK_BACK = 5  # years before the first DA incident in which other offences count
LAST = 3  # years at the end of the records whose DA harm is compared out of time
INTO_IT = 2  # years into the records before which a first DA incident may not be the first
DESIGNS = {
    "before_first_da": f"offences within {LOOK_BACK} years before the first DA incident, and DA harm from that on",
    "out_of_time": f"offences until {LAST} years before the end, of people with a DA incident by then, and DA harm in "
    "those last years",
}
WHOM = {"all": "everybody", "first_known": f"first DA incident at least {INTO_IT} years into the records"}
MODELS = {
    "apart": "the mean of those with such an offence less that of those without (Welch)",
    "together": "the four families at once by least squares, HC3 errors, with the years before and after that the "
    "records cover",
}


def order_key(order: pd.DataFrame) -> pd.Series:
    """Return what each row compares, whatever its model.

    Parameters
    ----------
    order : pandas.DataFrame
        From `harm_order`.

    Returns
    -------
    pandas.Series of str
    """
    return order["design"] + " " + order["whom"] + " " + order["study_family"]


@dataclass(frozen=True)
class _Asked:
    """One comparison: people, what came before, what came later.

    Attributes
    ----------
    before : pandas.DataFrame of bool
        One row per person, a column for each of `STUDY_FAMILIES`.
    later : ndarray of float
        DA severity.
    covariates : ndarray of shape (n_people, n_covariates)
    """

    before: pd.DataFrame
    later: np.ndarray
    covariates: np.ndarray


def harm_order(tables: IncidentTables, people: pd.DataFrame, reach: Reach, fewest: int, seed: int) -> pd.DataFrame:
    """Compare later DA harm by other offences that came before.

    Parameters
    ----------
    tables : IncidentTables
    people : pandas.DataFrame
        From `people.harm_people`.
    reach : Reach
        At least as many years as `LAST` and 1 more, or nothing is compared out of time.
    fewest : int
        Least number of people with and without an offence of a family.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row for each of `DESIGNS`, `WHOM`, `MODELS` and `STUDY_FAMILIES`: design, whom, model, study_family, with,
        without (numbers of people), harm_with, harm_without (mean later DA severity), effect (points), standard_error,
        low, high (95%), p, q (among the rows of a design, of whom and of a model), note; and held_by_two, from
        `offence_types.held_by_two`, which is for deciding what may be printed.
    """
    cut = reach.end - pd.Timedelta(days=LAST * YEAR)
    late = people["first_da"] >= reach.start + pd.Timedelta(days=INTO_IT * YEAR)
    asked = {"before_first_da": _before_first(tables, people, reach)}
    if reach.years >= LAST + 1:
        asked["out_of_time"] = _out_of_time(tables, people, reach, cut)
    rows = []
    for design, question in asked.items():
        for whom in WHOM:
            kept = np.ones(len(question.later), dtype=bool)
            if whom == "first_known":
                kept = late.reindex(question.before.index).to_numpy()
            rows.append(_compared(question, kept, fewest, seed).assign(design=design, whom=whom))
    table = pd.concat(rows, ignore_index=True)
    return table[["design", "whom", *[column for column in table if column not in ("design", "whom")]]]


def _before_first(tables: IncidentTables, people: pd.DataFrame, reach: Reach) -> _Asked:
    """Return who has other offences in the years before their first DA incident, and all of their DA harm."""
    joined = other_crimes(tables.offences).inner_join(cohort_of(tables.incidents), "offender_id")
    since = joined.first_da - ibis.interval(days=round(LOOK_BACK * YEAR))
    before = joined.filter((joined.occurred_from < joined.first_da) & (joined.occurred_from >= since))
    behind = (people["first_da"] - reach.start).dt.total_seconds().clip(lower=0) / 86_400 / YEAR
    ahead = (pd.Timestamp(reach.end) - people["first_da"]).dt.total_seconds().clip(lower=0) / 86_400 / YEAR
    covariates = np.column_stack([behind.clip(upper=LOOK_BACK), ahead])
    return _Asked(_held(before, people.index), people["da_severity_total"].to_numpy(), covariates)


def _out_of_time(tables: IncidentTables, people: pd.DataFrame, reach: Reach, cut: Any) -> _Asked:
    """Return who of those with a DA incident by a day had other offences by then, and their DA harm after it."""
    chosen = people[people["first_da"] < cut]
    offences, incidents = other_crimes(tables.offences), tables.incidents
    later = incidents.filter(incidents.is_da & (incidents.occurred_from >= cut))
    harm = later.group_by("offender_id").aggregate(severity=later.severity.sum().cast("float64"))
    harm = harm.order_by("offender_id").to_pandas().set_index("offender_id")["severity"]
    covariates = ((cut - chosen["first_incident"]).dt.total_seconds() / 86_400 / YEAR).to_numpy()[:, None]
    held = _held(offences.filter(offences.occurred_from < cut), chosen.index)
    return _Asked(held, harm.reindex(chosen.index).fillna(0.0).to_numpy(), covariates)


def _held(offences: Any, people: pd.Index) -> pd.DataFrame:
    pairs = offences.select("offender_id", "study_family").distinct().order_by(["offender_id", "study_family"])
    pairs = pairs.to_pandas()
    has = {name: people.isin(pairs.loc[pairs["study_family"] == name, "offender_id"]) for name in STUDY_FAMILIES}
    return pd.DataFrame(has, index=people)


def _compared(asked: _Asked, kept: np.ndarray, fewest: int, seed: int) -> pd.DataFrame:
    """Compare the harm of those with and without each family, apart and together."""
    before, later = asked.before[kept], asked.later[kept]
    has = before.sum().to_numpy()
    enough = (has >= fewest) & (len(later) - has >= fewest)
    table = pd.DataFrame({"study_family": list(before), "with": has, "without": len(later) - has})
    with np.errstate(invalid="ignore", divide="ignore"):
        held = before.to_numpy(dtype=float)
        table["harm_with"] = later @ held / has
        table["harm_without"] = later @ (1 - held) / (len(later) - has)
    families = types_of(list(before), held)
    table["held_by_two"] = held_by_two(families, later)
    types = families.only(enough)
    found: dict[str, Compared] = {}
    if enough.any():
        found["apart"] = means_compared(types, later, seed)
        found["together"] = covariates_and(types, asked.covariates[kept]).least_squares(later, seed)
    parts = []
    for model in MODELS:
        part = table.assign(model=model, note=f"fewer than {fewest} people with or without it")
        for name in ("effect", "standard_error", "low", "high", "p", "q"):
            part[name] = np.nan
        if model in found:
            for name, values in found[model].figures().items():
                part.loc[enough, name] = values
            part["q"] = false_discovery_rates(part["p"].to_numpy())
        parts.append(part)
    columns = [
        "model", "study_family", "with", "without", "harm_with", "harm_without", "effect", "standard_error",
        "low", "high", "p", "q", "note", "held_by_two",
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)[columns]
