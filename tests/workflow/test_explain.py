"""What is said of one offender is what the run says, and every question is recorded; two runs are laid side by side."""

from __future__ import annotations

import hashlib
import json
import shutil

import numpy as np
import pandas as pd
import pytest

from dapipeline.config import Config
from dapipeline.errors import CohortError, RunError
from dapipeline.workflow.commands import assign
from dapipeline.workflow.compare import compare
from dapipeline.workflow.explain import explain
from dapipeline.workflow.pipeline import STAGES

from ..manifests import put_manifest, read_raw
from ..running import run_in


@pytest.fixture
def run(finished, tmp_path):
    """A copy of the finished run, which questions may be recorded in."""
    return shutil.copytree(finished / "out", tmp_path / "out")


def log(run):
    return [json.loads(line) for line in (run / "access_log/explain.jsonl").read_text().splitlines()]


def table(run, name):
    return pd.read_parquet(run / name)


def test_the_places_are_those_of_the_assignments(run):
    assigned = table(run, "tables/assignments.parquet")
    for line in assigned.iloc[::40].itertuples():
        answer = explain(run, line.offender_id)
        found = answer.explanation
        assert (found.cluster, found.second_cluster) == (line.cluster, line.second_cluster)
        assert (found.distance, found.margin) == pytest.approx((line.distance, line.margin), abs=1e-9)
        assert answer.typologies[found.cluster] == line.typology
        assert found.features["contribution"].sum() == pytest.approx(
            found.second_distance**2 - line.distance**2, abs=1e-6
        )
        assert answer.filled == frozenset()
    assert len(log(run)) == len(assigned.iloc[::40])


def test_every_feature_has_a_meaning_and_a_unit(run):
    answer = explain(run, table(run, "tables/assignments.parquet")["offender_id"][0])
    scaled = set(table(run, "model/scaling.parquet")["feature"])
    assert set(answer.explanation.features["feature"]) == scaled
    assert answer.catalogue.loc[list(scaled), ["unit", "meaning"]].notna().all(axis=None)


def nobody_s(run):
    suspects = set(table(run, "work/incidents.parquet")["offender_id"])
    cohort = set(table(run, "tables/features.parquet")["offender_id"])
    victims = set(table(run, "work/victimisations.parquet")["victim_id"].dropna())
    return {
        "D111": "S1", "D112": min(suspects - cohort), "D113": min(victims - suspects), "D114": "S2", "D115": "NOBODY",
    }  # fmt: skip


@pytest.mark.parametrize("code", ["D111", "D112", "D113", "D114", "D115"])
def test_who_cannot_be_explained_is_told_why_and_recorded(run, code):
    person = nobody_s(run)[code]
    with pytest.raises(CohortError, match=f"^{code}: ") as told:
        explain(run, f" {person} ")
    assert person not in str(told.value)
    assert log(run)[-1]["answer"] == code
    if code == "D111":
        assert "age_first_da, da_victim_age_gap_mean is not known" in str(told.value)


def test_the_same_person_is_the_same_in_the_log_however_it_ends(run):
    person = table(run, "tables/assignments.parquet")["offender_id"][0]
    for name in (person, f" {person} "):
        explain(run, name)
    with pytest.raises(CohortError):
        explain(run, "NOBODY")
    first, second, third = log(run)
    assert first["offender"] == second["offender"] != third["offender"]
    assert person not in (run / "access_log/explain.jsonl").read_text()
    assert first["config_sha256"] == json.loads((run / "run.json").read_text())["config_sha256"]


def test_nothing_is_said_that_cannot_be_recorded(run):
    (run / "access_log").write_text("in the way")
    for person in (table(run, "tables/assignments.parquet")["offender_id"][0], "NOBODY"):
        with pytest.raises(RunError, match="O108"):
            explain(run, person)


def test_a_run_with_one_cluster_decides_nothing(run):
    one = table(run, "model/medoids.parquet").head(1)
    one.to_parquet(run / "model/medoids.parquet")
    manifest = read_raw(run)
    digest = hashlib.sha256((run / "model/medoids.parquet").read_bytes()).hexdigest()
    manifest["files"]["model/medoids.parquet"] = digest
    put_manifest(run, manifest)
    with pytest.raises(CohortError, match="D116"):
        explain(run, table(run, "tables/assignments.parquet")["offender_id"][0])


def again(finished, out, **settings):
    """Run anew into a folder, with other settings."""
    manifest = json.loads((finished / "out/run.json").read_text())
    raw = manifest["config"]
    for path, value in settings.items():
        section, name = path.split("__")
        raw[section][name] = value
    config = Config.model_validate(raw)
    before_analysis = tuple(stage for stage in STAGES if stage.name not in ("analysis", "edition", "report", "files"))
    run_in(finished, config, out, before_analysis)


def test_the_log_outlives_another_run_into_the_folder(finished, run):
    person = table(run, "tables/assignments.parquet")["offender_id"][0]
    explain(run, person)
    (before,) = log(run)
    again(finished, run, clustering__k=7)
    explain(run, person)
    assert log(run)[0] == before
    assert log(run)[1]["offender"] == before["offender"]
    assert log(run)[1]["config_sha256"] != before["config_sha256"]
    found = compare(finished / "out", run)
    assert found.settings.to_numpy().tolist() == [["clustering.k", "8", "7"]]
    assert found.about["offenders_in_both"] == found.about["offenders_first"]
    assert found.moves["offenders"].sum() == found.about["offenders_in_both"]
    assert 0 < found.about["adjusted_rand_index_cluster"] < 1
    assert (found.features.loc[found.features["level"] == "cohort", "difference"] == 0).all()


def test_a_run_differs_in_nothing_from_itself(finished):
    found = compare(finished / "out", finished / "out")
    assert found.about["adjusted_rand_index_typology"] == found.about["adjusted_rand_index_cluster"] == 1
    assert found.about["same_typology"] == found.about["offenders_in_both"] == found.about["offenders_first"]
    assert (found.moves["typology_first"] == found.moves["typology_second"]).all()
    assert (found.features["difference"] == 0).all()
    assert found.settings.empty
    assert found.about["features_of_one_run"] == []


def test_a_run_is_compared_with_what_was_assigned_to_it(finished, tmp_path):
    rows = pd.read_csv(finished / "extract.csv", dtype="string")
    left = rows[rows["offender_id"].fillna("").str[-1] != "7"]
    left.to_csv(tmp_path / "new.csv", index=False)
    assign(finished / "out", tmp_path / "new.csv", out=tmp_path / "placed")
    found = compare(finished / "out", tmp_path / "placed")
    ids = table(finished / "out", "tables/assignments.parquet")["offender_id"]
    assert found.about["only_in_first"] == (ids.str[-1] == "7").sum() > 0
    assert found.about["only_in_second"] == 0
    assert found.settings["setting"].tolist() == ["contents of extract"]
    assert np.isfinite(found.features.loc[found.features["level"] == "cohort", "difference"]).all()
