"""The made-up force as a run of the pipeline found it: read from the run's own tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

import dapipeline as dap
from dapipeline.analysis.harm.significance import normal_p
from studies.calibration.histories import Histories
from studies.calibration.scores import UNNAMED

FEATURES = {
    "da_incidents": "da",
    "non_da_incidents": "non_da",
    "da_victims": "da_victims",
    "victims": "victims",
    "da_victimisations": "da_victimisations",
    "age_first_da": "age_first_da",
    "da_severity_total": "da_harm",
    "non_da_severity_total": "non_da_harm",
}


def recovered_histories(run: Path) -> Histories:
    """Read what a finished run says of its cohort.

    Parameters
    ----------
    run : Path
        Its folder.
    """
    features = dap.open_run(run).frame("tables/features.parquet").set_index("offender_id")
    about = dap.open_run(run).frame("work/people.parquet").set_index("offender_id").reindex(features.index)
    named = dap.open_run(run).frame("tables/assignments.parquet").set_index("offender_id")["typology"]
    people = features[list(FEATURES)].rename(columns=FEATURES)
    people["woman"] = about["offender_sex"] == "F"
    people["asian"] = about["offender_ethnicity"] == "Asian"
    people["typology"] = named.where(named != UNNAMED).reindex(people.index)
    incidents = _of(people, run, "work/incidents.parquet").rename(
        columns={"is_da": "da", "is_crime": "crime", "occurred_from": "began", "severity": "harm"}
    )
    incidents["harm"] = incidents["harm"].astype(float)
    incidents["hours"] = incidents["duration_seconds"] / 3600
    incidents["days_to_report"] = (incidents["reported_at"] - incidents["began"]) / pd.Timedelta(days=1)
    records = _of(people, run, "work/offences.parquet").rename(
        columns={"is_da": "da", "is_crime": "crime", "offence": "title", "severity": "harm"}
    )
    records["harm"] = records["harm"].astype(float).fillna(0.0)
    effects = dap.open_run(run).frame("tables/harm_regression.csv").query("model == 'univariate' and p == p")
    # The study's p is that of a linear regression, whatever the number of people.
    effects = effects.assign(p=normal_p(effects["effect"] / effects["standard_error"]))
    effects = effects.rename(columns={"offence": "title"})
    common = dap.open_run(run).document("work/resolution.json")["common_assault"]
    return Histories(people, incidents, records, effects, _counts(people, records, run), common or float("nan"))


def _of(people: pd.DataFrame, run: Path, table: str) -> pd.DataFrame:
    rows = dap.open_run(run).frame(table)
    return rows[rows["offender_id"].isin(people.index)].reset_index(drop=True)


def _counts(people: pd.DataFrame, records: pd.DataFrame, run: Path) -> dict[str, Any]:
    gaps = dap.open_run(run).frame("quality/missing_features.csv").set_index("feature")["offenders"]
    victims = _of(people, run, "work/victims.parquet")
    return {
        "records": len(records[["incident_id", "offence_key"]].drop_duplicates()),
        "victims": victims.loc[victims["is_da"], "victim_id"].nunique(),
        "excluded": int(gaps["any"]),
    }
