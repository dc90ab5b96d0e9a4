"""The harm analyses of the sample, made once, and the same rows for a slow version."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from dapipeline.config import load_config
from dapipeline.workflow.pipeline import STAGES

from ...running import run_in
from .slow import Records

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The tables of a run on the sample, and its records as plain objects."""
    config = load_config(ROOT / "configs/sample.yaml")
    config = config.model_copy(
        update={"extract": config.extract.model_copy(update={"path": str(ROOT / "data/sample/incidents.csv")})}
    )
    stages = tuple(stage for stage in STAGES if stage.name != "report")
    run = run_in(tmp_path_factory.mktemp("sample"), config, stages=stages)
    rows, kinds = run.frame("work/rows.parquet"), run.frame("quality/offences.csv")
    assigned = run.frame("tables/assignments.parquet").set_index("offender_id")
    return SimpleNamespace(
        table=lambda name: run.frame(f"tables/{name}.csv"),
        features=run.frame("tables/features.parquet").set_index("offender_id"),
        assigned=assigned,
        records=Records(rows.astype(object).where(rows.notna(), None).to_dict("records"), kinds),
        window=(pd.Timestamp(config.window.first), pd.Timestamp(config.window.last) + pd.Timedelta(days=1)),
    )
