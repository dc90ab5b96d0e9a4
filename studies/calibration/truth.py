"""The made-up force as it was made: counted from its extract in plain pandas, without the pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t as student

from dapipeline.reference.tables import offences, subgroups
from studies.calibration.histories import Histories
from studies.calibration.published import typologies

# As the study's config has it: these flags, and no test of ages (Annex 3).
DOMESTIC = ["da_flag", "honour_based", "forced_marriage", "fgm"]
NON_CRIMES = {"Child abuse, no crime": "child_vulnerable", "Vulnerable adult abuse, no crime": "child_vulnerable"}
FEWEST_OFFENDERS = 10  # with and without an offence type
COMMON_ASSAULT = "10501"
GRADES = {"standard": 1, "medium": 2, "high": 3}
FLAGS = [*DOMESTIC, "is_crime", "alcohol", "drugs"]
MOMENTS = ["occurred_from", "occurred_to", "reported_at", "offender_dob", "victim_dob"]


def true_histories(folder: Path, first: str, last: str) -> Histories:
    """Read a made-up force and what its people were planted as.

    Parameters
    ----------
    folder : Path
        Holds incidents.parquet and truth.csv.
    first, last : str
        The window: days on which incidents came to be known.
    """
    rows, days = _read(pd.read_parquet(folder / "incidents.parquet"), first, last)
    planted = pd.read_csv(folder / "truth.csv", dtype="string").set_index("offender_id")["typology"]
    planted = planted[planted.isin(typologies())]
    suspected = rows[rows["offender_id"].notna()]
    key = ["offender_id", "incident_id"]
    suspected = suspected.assign(da=suspected.groupby(key)["da"].transform("max"))
    cohort = suspected.loc[suspected["da"], "offender_id"].unique()
    suspected = suspected[suspected["offender_id"].isin(cohort)]
    records = _weigh(suspected)
    incidents = _incidents(suspected, records)
    people = _people(suspected, incidents, rows).assign(typology=lambda table: table.index.map(planted))
    counts = {
        "records": len(records[["incident_id", "key"]].drop_duplicates()),
        "victims": suspected.loc[suspected["da"], "victim_id"].nunique(),
        "excluded": int(people["age_first_da"].isna().sum()),
        "first": days.min(),
        "last": days.max(),
    }
    weights = subgroups().set_index("subgroup")["severity"]
    common = weights[offences().set_index("code")["subgroup"][COMMON_ASSAULT]]
    return Histories(people, incidents, records, _effects(records, people["da_harm"]), counts, float(common))


def _read(rows: pd.DataFrame, first: str, last: str) -> tuple[pd.DataFrame, pd.Series]:
    """Return usable rows of the window with ages and DA, and the day on which each became known."""
    rows = rows.drop_duplicates()
    for name in MOMENTS:
        rows[name] = pd.to_datetime(rows[name], errors="coerce", format="ISO8601")
    for name in FLAGS:
        rows[name] = rows[name].astype("string").str.lower() == "true"
    known = rows["reported_at"].fillna(rows["occurred_to"]).fillna(rows["occurred_from"])
    inside = known.between(first, pd.Timestamp(last) + pd.Timedelta(days=1), inclusive="left")
    rows = rows[inside & rows["incident_id"].notna() & rows["occurred_from"].notna()]
    for who in ("offender", "victim"):
        born = rows[f"{who}_dob"].fillna(rows.groupby(f"{who}_id")[f"{who}_dob"].transform("min"))
        age = _years(born, rows["occurred_from"])
        rows[f"{who}_age"] = age.where(age.between(10 if who == "offender" else 0, 110))
    rows["da"] = rows[DOMESTIC].fillna(False).any(axis=1)
    return rows.fillna({"da": False}), known[inside]


def _years(born: pd.Series, at: pd.Series) -> pd.Series:
    """Compute the whole years from one day to another."""
    early = (at.dt.month < born.dt.month) | ((at.dt.month == born.dt.month) & (at.dt.day < born.dt.day))
    return at.dt.year - born.dt.year - early


def _weigh(suspected: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct records of each offender with family and severity (0 for a non-crime)."""
    key = suspected["offence_id"].fillna(suspected["offence_code"]).fillna(suspected["offence"])
    columns = ["offender_id", "incident_id", "da", "is_crime", "offence_code", "offence"]
    records = suspected[columns].assign(key=key).drop_duplicates(["offender_id", "incident_id", "key"])
    kinds = offences().set_index("code").join(subgroups().set_index("subgroup")["severity"], on="subgroup")
    records["family"] = records["offence_code"].map(kinds["family"]).fillna(records["offence"].map(NON_CRIMES))
    records["family"] = records["family"].fillna("non_crime").astype("category")
    harm = records["offence_code"].map(kinds["severity"]).astype(float)
    records["harm"] = harm.where(records["is_crime"], 0.0).fillna(0.0)
    return records.rename(columns={"is_crime": "crime", "offence": "title"})


def _incidents(suspected: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    rows = suspected.assign(
        substance=suspected["alcohol"] | suspected["drugs"], risk=suspected["risk_grade"].map(GRADES).astype(float)
    )
    found = rows.groupby(["offender_id", "incident_id"]).agg(
        da=("da", "max"), crime=("is_crime", "max"), substance=("substance", "max"), risk=("risk", "max"),
        began=("occurred_from", "min"), ended=("occurred_to", "max"), reported=("reported_at", "min"),
        age=("offender_age", "min"),
    )  # fmt: skip
    found["harm"] = records.groupby(["offender_id", "incident_id"])["harm"].sum()
    found["hours"] = (found["ended"] - found["began"]) / pd.Timedelta(hours=1)
    found["days_to_report"] = (found["reported"] - found["began"]) / pd.Timedelta(days=1)
    return found.reset_index()


def _people(suspected: pd.DataFrame, incidents: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    who = suspected.groupby("offender_id").agg(sex=("offender_sex", "first"), ethnicity=("offender_ethnicity", "first"))
    people = pd.DataFrame({"woman": who["sex"] == "F", "asian": who["ethnicity"] == "Asian"})
    for side, part in (("da", incidents[incidents["da"]]), ("non_da", incidents[~incidents["da"]])):
        people[side] = part.groupby("offender_id").size()
        people[f"{side}_harm"] = part.groupby("offender_id")["harm"].sum()
    pairs = suspected.dropna(subset=["victim_id"])
    people["victims"] = pairs.groupby("offender_id")["victim_id"].nunique()
    people["da_victims"] = pairs[pairs["da"]].groupby("offender_id")["victim_id"].nunique()
    harmed = rows[rows["da"]].groupby("victim_id")["incident_id"].nunique()
    people["da_victimisations"] = harmed.reindex(people.index)
    people = people.fillna(0)
    people["age_first_da"] = incidents[incidents["da"]].groupby("offender_id")["age"].min()
    return people


def _effects(records: pd.DataFrame, harm: pd.Series) -> pd.DataFrame:
    """Compare the DA harm of those with and without each non-DA offence type, by Welch's test."""
    crimes = records[~records["da"] & records["crime"]].drop_duplicates(["offender_id", "offence_code"])
    everyone, found = harm.to_numpy(), []
    for _, part in crimes.groupby("offence_code"):
        with_it = harm.index.isin(part["offender_id"])
        if min(with_it.sum(), (~with_it).sum()) < FEWEST_OFFENDERS:
            continue
        groups = everyone[with_it], everyone[~with_it]
        effect = groups[0].mean() - groups[1].mean()
        error = np.sqrt(sum(values.var(ddof=1) / len(values) for values in groups))
        row: dict[str, Any] = {"title": part["title"].min(), "family": part["family"].iloc[0], "n": len(groups[0])}
        found.append(row | {"effect": effect, "p": 2 * student.sf(abs(effect / error), len(everyone) - 2)})
    columns = ["title", "family", "n", "effect", "p"]
    return pd.DataFrame(found, columns=columns).sort_values("effect", ascending=False, ignore_index=True)
