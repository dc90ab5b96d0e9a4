"""A finished run on a made-up force of 500, for the tests of what is asked of finished runs."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pandas as pd
import pytest

from dapipeline.config import Config
from dapipeline.synthetic import make_force
from dapipeline.workflow.pipeline import STAGES

from .running import run_in

SETTINGS = {
    "name": "made up",
    "extract": {"path": "extract.csv"},
    "window": {"from": "2011-01-01", "to": "2020-12-31"},
    "reference": {"severity": "weights.csv"},
    "clustering": {"k": 8, "weight": "root_incidents"},
}


def made_extract(seed: int) -> pd.DataFrame:
    """Give a made-up extract in which S1 has no date of birth and every row of S2 has a fault."""
    rows = make_force(500, seed).incidents
    domestic = rows["da_flag"] & rows["offender_id"].notna() & (rows["occurred_from"] >= "2012-01-01")
    one = rows[domestic & (rows["occurred_from"] < "2020-01-01")].iloc[0]
    ageless = pd.DataFrame([one]).assign(incident_id="X1", offender_id="S1", offender_dob=None)
    faulty = pd.DataFrame([one]).assign(incident_id="X2", offender_id="S2", occurred_from="never")
    return pd.concat([rows.astype(object), ageless.astype(object), faulty.astype(object)], ignore_index=True)


os.environ["SOURCE_DATE_EPOCH"] = "1709164800"  # pages that are compared across midnight are made on one day


@pytest.fixture(autouse=True)
def signals_as_python_sets_them():
    """A command in a fixture may have taken Ctrl-C and SIGTERM over, and a shell may have had them ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


@pytest.fixture(scope="session")
def finished(tmp_path_factory) -> Path:
    """Give a folder with extract.csv, weights.csv and, in out, a run on them; it is not to be changed."""
    folder = tmp_path_factory.mktemp("finished")
    rows = made_extract(3)
    rows.to_csv(folder / "extract.csv", index=False)
    codes = sorted(rows["offence_code"].dropna().unique())
    pd.DataFrame({"code": codes, "severity": range(1, 20 * len(codes), 20)}).to_csv(folder / "weights.csv", index=False)
    config = Config.model_validate(SETTINGS)
    before_analysis = tuple(
        stage
        for stage in STAGES
        if stage.name not in ("scrutiny", "analysis", "harm", "course", "markers", "edition", "report", "files")
    )
    run_in(folder, config, stages=before_analysis)
    return folder
