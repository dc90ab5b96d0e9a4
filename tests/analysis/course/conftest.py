"""The tables of the course of the sample, made once, and the same rows for a slow version."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from dapipeline.config import load_config
from dapipeline.workflow.pipeline import STAGES

from ...running import run_in
from .slow import Course

ROOT = Path(__file__).parents[3]
# What the course is made from, and no more: the other analyses and the report take longer than all of these.
NEEDED = ("extract", "incidents", "offenders", "clustering", "stability", "typology", "course")


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The tables of a run on the sample, and its records as plain objects."""
    config = load_config(ROOT / "configs/sample.yaml")
    config = config.model_copy(
        update={"extract": config.extract.model_copy(update={"path": str(ROOT / "data/sample/incidents.csv")})}
    )
    stages = tuple(stage for stage in STAGES if stage.name in NEEDED)
    run = run_in(tmp_path_factory.mktemp("sample_course"), config, stages=stages)
    rows, kinds = run.frame("work/rows.parquet"), run.frame("quality/offences.csv")
    end = pd.Timestamp(config.window.last) + pd.Timedelta(days=1)
    assigned = run.frame("tables/assignments.parquet").set_index("offender_id")[["typology", "group"]]
    plain = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return SimpleNamespace(
        table=lambda name: run.frame(f"tables/{name}.csv"),
        course=Course(plain, kinds, assigned.to_dict("index"), end),
        fewest=config.harm.fewest,
    )
