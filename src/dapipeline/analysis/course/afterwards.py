"""DA harm afterwards: from a first graded incident on by its grade, from a first crime on by what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from dapipeline.analysis.course.holders import two_largest
from dapipeline.analysis.course.records import DAY, NO_CRIME, Records
from dapipeline.analysis.course.risk import grade_names
from dapipeline.analysis.harm.compared import Compared, covariates_and, means_compared
from dapipeline.analysis.harm.offence_types import types_of
from dapipeline.analysis.harm.people import YEAR
from dapipeline.analysis.harm.significance import false_discovery_rates
from dapipeline.reference.codes import RISK_GRADES

MODELS = {
    "apart": "the mean of those with the value less that of those with the reference (Welch)",
    "adjusted": "by least squares, HC3 errors, with the family and severity of the incident, the years followed (a "
    "line that bends at 0.25, 0.5, 1, 2 and 5 years) and the suspect's age",
}
COLUMNS = [
    "value", "reference", "model", "people", "clock_at_outcome", "none", "none_share", "years", "harm_mean",
    "effect", "standard_error", "low", "high", "p", "q", "note", "held_by_two",
]  # fmt: skip
REFERENCE = "the reference"
# Years at which the line of harm bends: it does not grow evenly, and outcomes differ in how long people are followed.
BENDS = (0, 0.25, 0.5, 1, 2, 5, np.inf)


@dataclass(frozen=True)
class Followed:
    """People from one incident of each on.

    Attributes
    ----------
    value : ndarray of str
        What they are compared by.
    harm : ndarray of float
        DA severity of incidents that begin after the clock starts.
    years : ndarray of float
        From the start of the clock to the end of the records, or to the suspect's death.
    at_outcome : ndarray of bool
        Whose clock starts at the outcome, not at the incident.
    covariates : ndarray of shape (n_people, n_covariates)
    names : tuple of str
        Of the covariates.
    """

    value: np.ndarray
    harm: np.ndarray
    years: np.ndarray
    at_outcome: np.ndarray
    covariates: np.ndarray
    names: tuple[str, ...]


def first_risk(records: Records, fewest: int, seed: int) -> pd.DataFrame:
    """Compare DA harm after people's first graded DA incident by its grade.

    Parameters
    ----------
    records : Records
    fewest : int
        Least number of people with a grade for it to be compared.
    seed : int
        Of permutations and resamples.

    Returns
    -------
    pandas.DataFrame
        One row per model of `MODELS` and grade, standard being the reference: value, reference, model, people,
        clock_at_outcome (of whom the clock starts at an outcome; of none here), none (without DA harm afterwards),
        none_share, years (mean, followed), harm_mean, effect (points), standard_error,
        low, high (95%), p, q (within the model), note; and held_by_two, the larger share of the harm of a grade or the
        reference that two people hold, which is for deciding what may be printed.
    """
    graded = records.incidents[records.incidents["risk"].notna()].drop_duplicates("person")
    grade = pd.Series(grade_names(graded["risk"]), graded.index)
    followed = _followed(records, graded, grade.astype(object), graded["occurred_from"])
    return _compared(followed, RISK_GRADES, RISK_GRADES[0], fewest, seed)


def after_outcome(records: Records, groups: tuple[str, ...], reference: str, fewest: int, seed: int) -> pd.DataFrame:
    """Compare DA harm after people's first DA crime by the group of its outcome.

    Parameters
    ----------
    records : Records
    groups : tuple of str
        Outcome groups to compare.
    reference : str
        The one that the others are compared with.
    fewest, seed : int
        As for `first_risk`.

    Returns
    -------
    pandas.DataFrame
        As for `first_risk`. The clock starts at the day of the outcome where that is known and not before the
        incident, else with the incident; people whose clock would not start before the end of the records, or before
        their death (outcome 5), are left out.
    """
    crimes = records.incidents[~records.incidents["outcome"].isin([NO_CRIME])].drop_duplicates("person")
    settled = crimes["outcome_at"].fillna(crimes["occurred_from"])
    started = settled.where(settled >= crimes["occurred_from"], crimes["occurred_from"])
    own_clock = pd.Series(settled >= crimes["occurred_from"], crimes.index) & crimes["outcome_at"].notna()
    return _compared(_followed(records, crimes, crimes["outcome"], started, own_clock), groups, reference, fewest, seed)


def _followed(
    records: Records, starts: pd.DataFrame, value: pd.Series, clock: pd.Series, from_outcome: pd.Series | None = None
) -> Followed:
    """Add up each person's DA severity after the clock starts, and lay out what is allowed for."""
    until = pd.Series(records.until(starts["person"].to_numpy()), starts.index)
    asked = (clock < until).to_numpy()
    at_outcome = np.zeros(len(starts), dtype=bool) if from_outcome is None else from_outcome.to_numpy()
    starts, value, clock, until, at_outcome = (part[asked] for part in (starts, value, clock, until, at_outcome))
    since = pd.Series(clock.to_numpy(), index=starts["person"].to_numpy())
    of = records.incidents[["person", "occurred_from", "severity", "incident_id"]]
    own = pd.Series(starts["incident_id"].to_numpy(), index=starts["person"].to_numpy())
    begun = of["person"].map(since)
    later = of[(of["occurred_from"] > begun) & (of["incident_id"] != of["person"].map(own))]
    later = later[later["occurred_from"] < records.end]
    harm = later.groupby("person")["severity"].sum().reindex(starts["person"]).fillna(0.0).to_numpy()
    years = ((until - clock).dt.total_seconds() / DAY / YEAR).to_numpy()
    age = starts["age"].astype("float64")
    covariates = pd.DataFrame(
        {
            **{f"years followed beyond {at}": np.clip(years - at, 0, end - at) for at, end in pairwise(BENDS)},
            "severity": starts["severity"].to_numpy(),
            "age": age.fillna(age.mean() if age.notna().any() else 0.0).to_numpy(),
            "age not known": age.isna().to_numpy(dtype=float),
        }
    )  # fmt: skip
    covariates = covariates.join(pd.get_dummies(starts["type"].reset_index(drop=True), dtype=float).iloc[:, 1:])
    kept = covariates.loc[:, covariates.max() > covariates.min()]
    return Followed(
        value.to_numpy(), harm, years, at_outcome, kept.to_numpy(dtype=float), tuple(map(str, kept.columns))
    )


def _compared(followed: Followed, values: tuple[str, ...], reference: str, fewest: int, seed: int) -> pd.DataFrame:
    """Compare the harm of people by value, apart and adjusted."""
    chosen = np.isin(followed.value, values)
    value, harm = followed.value[chosen], followed.harm[chosen]
    there = pd.Series(value).value_counts()
    table = pd.DataFrame({"value": [name for name in values if name in there.index]}, dtype="object")
    grouped = pd.DataFrame({"value": value, "harm": harm, "years": followed.years[chosen], "none": harm <= 0,
                            "at_outcome": followed.at_outcome[chosen]})  # fmt: skip
    grouped = grouped.groupby("value").agg(
        people=("harm", "size"),
        none=("none", "sum"),
        years=("years", "mean"),
        harm_mean=("harm", "mean"),
        clock_at_outcome=("at_outcome", "sum"),
    )
    table = table.join(grouped, on="value").assign(reference=reference)
    table["none_share"] = table["none"] / table["people"]
    held = {name: two_largest(harm[value == name]) for name in there.index}
    table["held_by_two"] = [max(held[name], held.get(reference, 0.0)) for name in table["value"]]
    enough = (table["people"] >= fewest) & (table["value"] != reference)
    compared = table.loc[enough, "value"].tolist() if there.get(reference, 0) >= fewest else []
    parts = []
    for model in MODELS:
        found = _effects(followed, chosen, value, harm, compared, reference, model, seed)
        part = table.assign(model=model, note="")
        part.loc[part["value"] == reference, "note"] = REFERENCE
        few = ~part["value"].isin(compared) & (part["value"] != reference)
        part.loc[few, "note"] = f"fewer than {fewest} people on one side"
        for name in ("effect", "standard_error", "low", "high", "p"):
            part[name] = part["value"].map({key: getattr(of, name)[at] for key, (of, at) in found.items()})
        for key, (of, at) in found.items():
            part.loc[part["value"] == key, "note"] = of.note[at]
        parts.append(part.assign(q=false_discovery_rates(part["p"].astype("float64").to_numpy())))
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _effects(
    followed: Followed, chosen: np.ndarray, value: np.ndarray, harm: np.ndarray, compared: list[str], reference: str,
    model: str, seed: int,
) -> dict[str, tuple[Compared, int]]:  # fmt: skip
    """Estimate the effect of each value against the reference, by one model."""
    if not compared:
        return {}
    if model == "apart":
        found = {}
        for name in compared:
            two = np.isin(value, (name, reference))
            found[name] = (
                means_compared(types_of([name], (value[two] == name).astype(float)[:, None]), harm[two], seed),
                0,
            )
        return found
    among = np.isin(value, (*compared, reference))
    allowed_for = followed.covariates[chosen][among]
    held = np.column_stack([value[among] == name for name in compared]).astype(float)
    design = covariates_and(types_of(compared, held), allowed_for, followed.names)
    fit = design.least_squares(harm[among], seed)
    return {name: (fit, at) for at, name in enumerate(compared)}
