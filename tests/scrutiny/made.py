"""A made-up force in which everything that indicators count occurs, and a run of the stages up to scrutiny on it."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from dapipeline.config import Config
from dapipeline.synthetic import synthesise
from dapipeline.workflow import outputs
from dapipeline.workflow.run import Run
from dapipeline.workflow.scrutiny import SCRUTINY
from dapipeline.workflow.to_vectors import TO_VECTORS

from ..running import run_in

ROOT = Path(__file__).parents[2]


def awkward_rows(seed: int, faults: bool, people: int = 500, preset: str = "sample") -> pd.DataFrame:
    """A force with mutual incidents, dual arrests, second suspects, areas and days that nobody recorded."""
    rows = synthesise(people, seed=seed, preset=preset, faults=faults).incidents.astype(object)
    rows = rows.where(rows.notna(), None)
    random = np.random.default_rng(seed)
    flagged = rows["da_flag"].astype(str).str.lower().eq("true")
    both = rows[flagged & rows["offender_id"].notna() & rows["victim_id"].notna()].drop_duplicates("incident_id")
    mirrored = both.sample(40, random_state=seed).copy()
    for name in ("id", "sex", "dob", "ethnicity"):
        one, other = f"offender_{name}", f"victim_{name}"
        mirrored[one], mirrored[other] = mirrored[other].copy(), mirrored[one].copy()
    mirrored["arrested"] = [bool(value) for value in random.random(len(mirrored)) < 0.6]
    helped = both.sample(25, random_state=seed + 1).copy()
    helped["offender_id"] = both["offender_id"].sample(25, random_state=seed + 2).to_numpy()
    rows = pd.concat([rows, mirrored, helped], ignore_index=True)
    lost = rows["incident_id"].isin(both["incident_id"].sample(60, random_state=seed + 3))
    rows.loc[lost, "borough"] = None
    forgotten = both["incident_id"].sample(15, random_state=seed + 4)
    rows.loc[rows["incident_id"].isin(forgotten), "da_flag"] = "false"
    others = rows[
        ~flagged.reindex(rows.index, fill_value=True) & rows["relationship"].isin(["stranger", "acquaintance"])
    ]
    rows.loc[rows["incident_id"].isin(others["incident_id"].drop_duplicates().head(20)), "da_flag"] = "true"
    crime = rows["is_crime"].astype(str).str.lower().eq("true")
    settled = crime & (random.random(len(rows)) < 0.7)
    days = pd.to_timedelta(random.integers(-2, 200, len(rows)), unit="D")
    began = pd.to_datetime(rows["occurred_from"], errors="coerce", format="mixed")
    rows["outcome_at"] = (began + days).dt.strftime("%Y-%m-%d").where(settled & began.notna(), None)
    killed = crime & rows["relationship"].isin(["partner", "ex_partner", "parent"]) & (random.random(len(rows)) < 0.02)
    rows.loc[killed, ["offence_code", "offence"]] = ["00100", "Murder"]
    rows.loc[crime & (random.random(len(rows)) < 0.1), "outcome_code"] = None
    rows.loc[crime & (random.random(len(rows)) < 0.05), "outcome_code"] = "0"
    return rows


def scrutinised(folder: Path, rows: pd.DataFrame, **settings) -> Run:
    """A run of the stages that scrutiny needs."""
    rows.to_csv(folder / "rows.csv", index=False)
    extract = {"path": "rows.csv", "tolerance": 0.2} | settings.pop("extract", {})
    config = Config.model_validate({"name": "made up", "extract": extract, "report": {"limit": 3}, **settings})
    return run_in(folder, config, stages=(*TO_VECTORS[:2], SCRUTINY))


def plain(value):
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)) or value is pd.NA:
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def kept_rows(run: Run) -> list[dict]:
    """The rows that the extract stage kept, as dicts of plain values."""
    frame = run.frame(outputs.ROWS)
    rows = [{name: plain(value) for name, value in row.items()} for row in frame.to_dict("records")]
    for row in rows:
        for name in ("offence_family", "outcome_at", "offence_code"):
            row.setdefault(name, None)
        for who in ("offender", "victim"):
            born = row[f"{who}_dob"]
            row[f"{who}_dob"] = born.date() if isinstance(born, datetime) else born
    return rows


def kinds_of_offence(run: Run) -> dict:
    """Family, breach and severity of each kind of offence as recorded, from the table of the incidents stage."""
    breaches = {
        line["code"] for line in csv.DictReader((ROOT / "src/dapipeline/reference/offences.csv").open(encoding="utf-8"))
        if line["compliance"] == "breach"
    }  # fmt: skip
    found = {}
    for recorded in run.frame(outputs.OFFENCE_TYPES).to_dict("records"):
        line = {name: plain(value) for name, value in recorded.items()}
        key = (line["is_crime"], line["offence_code"], line["offence"], line["offence_family"])
        breach = line["offence_code"] in breaches if line["offence_code"] else line["compliance"] == "breach"
        found[key] = (line["family"], breach, line["severity"])
    return found
