"""Recording faults: mistakes of people and systems in an extract, planted so that they can be counted."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from dapipeline.synthetic.force import Force
from dapipeline.synthetic.misrecording import misrecord

# Assumed: share of rows with each fault, named after the rule that finds it.
RATES = {
    "exact_duplicate": 0.004,
    "missing_incident_id": 0.002,
    "no_people": 0.0015,
    "unreadable_date": 0.002,
    "implausible_date": 0.0015,
    "end_before_start": 0.003,
    "unknown_code.relationship": 0.003,
    "unknown_code.risk_grade": 0.002,
    "unknown_code.outcome_code": 0.003,
    "suspect_age": 0.0015,
    "victim_is_suspect": 0.0015,
    "unknown_code.da_flag": 0.0015,
}
WITHOUT_DOB = "offenders_without_dob"
_WITHOUT_DOB_SHARE = 0.02  # assumed: share of offenders without a date of birth, unless the preset declares one
# These make a row unusable, so they are planted for people with other rows, who then stay in the cohort.
_COSTLY = frozenset(["missing_incident_id", "no_people", "unreadable_date", "implausible_date", "unknown_code.da_flag"])
_ENOUGH = 3  # DA incidents
_UNREADABLE, _DEFAULT_DOB = "31/02/2015", "1900-01-01"

Mutation = Callable[[pd.DataFrame, np.ndarray, np.random.Generator], None]


def add_faults(force: Force, seed: int) -> Force:
    """Plant a fault in about one row in forty, and remove the date of birth of some offenders.

    Parameters
    ----------
    force : Force
    seed : int
        The same seed plants the same faults.

    Returns
    -------
    Force
        Incidents are text as in a CSV (ISO dates, true and false; missing values stay missing), and duplicates follow
        their originals. `faults` has, for each key of `RATES`, the number of rows with it (for exact_duplicate, the
        copies added), for offenders_without_dob the number of people, and the counts of `misrecord` if the preset
        declares such faults.
    """
    block = [force.number] if force.number else []
    rng = np.random.default_rng(np.random.SeedSequence([seed, 1, *block]))
    declared = force.preset.faults
    if declared:
        force = misrecord(force, np.random.default_rng(np.random.SeedSequence([seed, 3, *block])))
    incidents = force.incidents
    rows = as_text(incidents)
    share = declared[WITHOUT_DOB].value if declared else _WITHOUT_DOB_SHARE
    faults = {**force.faults, WITHOUT_DOB: _forget_births(rows, share, rng)}
    eligible, steady = _eligible(rows, incidents), _steady(incidents)
    order = rng.permutation(len(rows))
    free = np.ones(len(rows), bool)
    duplicated = np.empty(0, np.int64)
    for fault, share in RATES.items():
        possible = eligible.get(fault, True) & free
        if fault in _COSTLY:
            possible &= steady
        chosen = order[possible[order]][: max(1, round(share * len(rows)))]
        free[chosen] = False
        faults[fault] = len(chosen)
        if fault == "exact_duplicate":
            duplicated = chosen
        else:
            _MUTATIONS[fault](rows, chosen, rng)
    rows = rows.iloc[np.sort(np.concatenate([np.arange(len(rows)), duplicated]))].reset_index(drop=True)
    return replace(force, incidents=rows, faults=dict(sorted(faults.items())))


def as_text(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return every value as text, as a CSV has it.

    Parameters
    ----------
    incidents : DataFrame
        Of the shape of `Force.incidents`.

    Returns
    -------
    DataFrame
        Same shape, of strings: dates of birth as YYYY-MM-DD, times to the second, true and false.
    """
    text: dict[Hashable, Any] = {}
    for name, column in incidents.items():
        if pd.api.types.is_datetime64_any_dtype(column):
            unit = pa.date32() if str(name).endswith("_dob") else pa.timestamp("s")
            text[name] = pa.array(column.to_numpy(dtype="datetime64[s]")).cast(unit).cast(pa.string()).to_pandas()
            text[name] = text[name].astype("string")
        elif pd.api.types.is_bool_dtype(column):
            text[name] = column.map({True: "true", False: "false"}).astype("string")
        else:
            text[name] = column.astype("string")
    return pd.DataFrame(text)


def _forget_births(rows: pd.DataFrame, share: float, rng: np.random.Generator) -> int:
    known = np.sort(rows["offender_id"].dropna().unique())
    forgotten = rng.choice(known, size=round(share * len(known)), replace=False)
    rows.loc[rows["offender_id"].isin(forgotten), "offender_dob"] = pd.NA
    return len(forgotten)


def _steady(incidents: pd.DataFrame) -> np.ndarray:
    """Return whether each row has no suspect, or one with several DA incidents."""
    da = incidents[incidents["da_flag"]]
    number = incidents["offender_id"].map(da.groupby("offender_id")["incident_id"].nunique())
    return (incidents["offender_id"].isna() | (number >= _ENOUGH)).to_numpy(dtype=bool)


def _eligible(rows: pd.DataFrame, incidents: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return, for faults that need certain values, the rows that have them; other faults fit every row."""
    has = rows[["offender_id", "victim_id", "relationship", "risk_grade", "outcome_code", "offender_dob"]].notna()
    both = (has["offender_id"] & has["victim_id"]).to_numpy()
    return {
        "unknown_code.relationship": has["relationship"].to_numpy(),
        "unknown_code.risk_grade": has["risk_grade"].to_numpy(),
        "unknown_code.outcome_code": has["outcome_code"].to_numpy(),
        # From 2012 on, somebody with the default date of birth, 1 January 1900, is over 110.
        "suspect_age": (has["offender_dob"] & (incidents["occurred_from"] >= "2012-01-01")).to_numpy(),
        "victim_is_suspect": both,
    }


def _set(column: str, *values: str | None) -> Mutation:
    def mutate(rows: pd.DataFrame, chosen: np.ndarray, rng: np.random.Generator) -> None:
        drawn = rng.integers(0, len(values), len(chosen))
        rows.loc[chosen, column] = pd.array([values[index] for index in drawn], dtype="string")

    return mutate


def _nobody(rows: pd.DataFrame, chosen: np.ndarray, _: np.random.Generator) -> None:
    personal = rows.columns[rows.columns.str.startswith(("offender_", "victim_"))]
    for name in (*personal, "relationship"):
        rows.loc[chosen, name] = pd.NA


def _wrong_year(rows: pd.DataFrame, chosen: np.ndarray, rng: np.random.Generator) -> None:
    year = rng.choice(np.array(["1066", "2201"], dtype=object), len(chosen))
    rows.loc[chosen, "occurred_from"] = year + rows.loc[chosen, "occurred_from"].str[4:]


def _end_first(rows: pd.DataFrame, chosen: np.ndarray, rng: np.random.Generator) -> None:
    began = rows.loc[chosen, "occurred_from"].to_numpy(dtype="datetime64[s]")
    early = began - rng.integers(1, 31, len(chosen)).astype("timedelta64[D]")
    rows.loc[chosen, "occurred_to"] = np.char.replace(np.datetime_as_string(early, unit="s"), "T", " ")


def _wrong_birth(rows: pd.DataFrame, chosen: np.ndarray, rng: np.random.Generator) -> None:
    began = rows.loc[chosen, "occurred_from"].to_numpy(dtype="datetime64[D]")
    infant = np.datetime_as_string(began - rng.integers(30, 9 * 365, len(chosen)).astype("timedelta64[D]"))
    rows.loc[chosen, "offender_dob"] = np.where(rng.random(len(chosen)) < 0.5, infant, _DEFAULT_DOB)


def _self(rows: pd.DataFrame, chosen: np.ndarray, _: np.random.Generator) -> None:
    for name in ("id", "dob", "sex", "ethnicity"):
        rows.loc[chosen, f"victim_{name}"] = rows.loc[chosen, f"offender_{name}"]


_MUTATIONS: dict[str, Mutation] = {
    "missing_incident_id": _set("incident_id", None),
    "no_people": _nobody,
    "unreadable_date": _set("occurred_from", _UNREADABLE),
    "implausible_date": _wrong_year,
    "end_before_start": _end_first,
    "unknown_code.relationship": _set("relationship", "friend of family", "UNK"),
    "unknown_code.risk_grade": _set("risk_grade", "severe", "9"),
    "unknown_code.outcome_code": _set("outcome_code", "77", "1a"),
    "suspect_age": _wrong_birth,
    "victim_is_suspect": _self,
    "unknown_code.da_flag": _set("da_flag", "maybe", "X"),
}
