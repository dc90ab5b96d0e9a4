"""Pseudonyms on Spark: the bytes of DuckDB."""

from __future__ import annotations

import pandas as pd

from dapipeline.config import Config
from dapipeline.synthetic import make_force
from dapipeline.workflow.to_vectors import TO_VECTORS

from ..privacy.conftest import put_key
from ..running import run_in

KEYED = {"name": "made up", "extract": {"path": "extract.csv"}, "privacy": {"pseudonymise": True, "key_file": "key"}}


def test_spark_hands_on_the_pseudonyms_of_duckdb(tmp_path):
    make_force(500, 4).incidents.to_csv(tmp_path / "extract.csv", index=False)
    put_key(tmp_path / "key")
    runs = {}
    for kind in ("duckdb", "spark"):
        config = Config.model_validate(KEYED | {"engine": {"kind": kind, "threads": 2}})
        runs[kind] = run_in(tmp_path, config, tmp_path / kind, TO_VECTORS)
    rows = [run.path("work/rows.parquet").read_bytes() for run in runs.values()]
    assert rows[0] == rows[1]
    for name in ("work/incidents.parquet", "work/victims.parquet", "work/victimisations.parquet", "features"):
        frames = [run.frame(name) for run in runs.values()]
        pd.testing.assert_frame_equal(*frames, check_exact=True)
        ids = [frame.filter(regex="^(offender|victim|incident)_id$") for frame in frames]
        assert ids[0].equals(ids[1])
        assert ids[0].iloc[:, 0].dropna().str.fullmatch("p[0-9a-f]{32}").all()
