"""A finished run is read as it was written, or not at all."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.artefacts.finished import FinishedRun
from dapipeline.artefacts.folder import open_run
from dapipeline.errors import ConfigError, RunError

from ..manifests import manifest_of

TABLE = pd.DataFrame({"offender_id": ["01", "A"], "n": [1, 2]})


def put(out, **manifest):
    with open_run(out) as run:
        files = {name: run.write(name, content) for name, content in
                 {"t.parquet": TABLE, "t.csv": TABLE, "d.json": {"k": 2}}.items()}  # fmt: skip
        run.commit(manifest_of(files, run.cell_types, **manifest))
    return out


def test_outputs_are_read(tmp_path):
    run = FinishedRun(put(tmp_path / "out", command="assign"), "run", "assign")
    assert run.command == "assign"
    assert run.frame("t.parquet")["offender_id"].tolist() == run.frame("t.csv")["offender_id"].tolist() == ["01", "A"]
    assert list(run.frame("t.parquet", ["n"])) == ["n"]
    assert run.document("d.json") == {"k": 2}


@pytest.mark.parametrize("name", ["t.parquet", "t.csv", "d.json", "never.csv"])
def test_an_output_that_is_gone_or_changed_is_not_read(tmp_path, name):
    run = FinishedRun(put(tmp_path / "out"), "run")
    (tmp_path / "out" / name).write_text("by hand")
    with pytest.raises(RunError, match=rf"O107: .*{name} is missing or not as the run wrote it"):
        run.path(name)
    (tmp_path / "out" / name).unlink()
    with pytest.raises(RunError, match="O107"):
        run.path(name)


def test_outputs_of_another_command_are_refused(tmp_path):
    put(tmp_path / "out", command="choose-k")
    with pytest.raises(RunError, match=r"O106: .* of dapipeline choose-k, where those of a run are needed"):
        FinishedRun(tmp_path / "out", "run")
    assert FinishedRun(put(tmp_path / "run"), "run").command == "run"


def test_what_is_no_run_is_said_so(tmp_path):
    with pytest.raises(RunError, match="O104"):
        FinishedRun(tmp_path, "run")


def test_the_config_is_checked(tmp_path):
    config = {"name": "x", "extract": {"path": "e.csv"}, "typology": {"overrides": {"1": "Mine"}}}
    run = FinishedRun(put(tmp_path / "out", config=config), "run")
    assert run.config.typology.overrides == {1: "Mine"}
    old = FinishedRun(put(tmp_path / "old", config={"name": "x", "bogus": 1}), "run")
    with pytest.raises(ConfigError, match=r"C003: The config in .*run\.json has"):
        _ = old.config
