"""A refreshed extract gets the places it would have had in the run, and drift is told only where there is some."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dapipeline.errors import CohortError, ConfigError, RunError
from dapipeline.synthetic import make_force
from dapipeline.workflow.commands import assign

from ..manifests import put_manifest, read_raw


def place(finished, extract, out, run=None, **days):
    names = {"from": "first", "to": "last"}
    return assign(run or finished / "out", extract, out=out, **{names[name]: day for name, day in days.items()})


def drift(out: Path) -> pd.DataFrame:
    return pd.read_csv(out / "tables" / "drift.csv")


def changed(finished, tmp_path, change) -> Path:
    """Write the run's own extract with a change."""
    rows = change(pd.read_csv(finished / "extract.csv", dtype="string"))
    rows.to_csv(tmp_path / "new.csv", index=False)
    return tmp_path / "new.csv"


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def own(finished, tmp_path_factory):
    """The run's own extract assigned to it, after the force's tables are gone from where they were."""
    away = shutil.copytree(finished, tmp_path_factory.mktemp("own") / "moved")
    (away / "weights.csv").unlink()
    before = contents(away / "out")
    place(away, away / "extract.csv", away / "own")
    assert contents(away / "out") == before
    return away / "own"


def test_the_run_s_own_extract_gets_the_run_s_own_assignments(finished, own):
    for name in ("tables/assignments.parquet", "tables/features.parquet", "quality/missing_features.csv",
                 "quality/reconciliation.csv"):  # fmt: skip
        assert (own / name).read_bytes() == (finished / "out" / name).read_bytes(), name
    found = drift(own)
    assert set(found["drift"]) == {"none", "too few"}
    assert (found["new_entrants"] == 0).all()
    assert (found["fit_mean"].fillna(0) == found["mean"].fillna(0)).all()


def test_the_run_keeps_the_table_of_severities_it_was_made_with(finished):
    assert (finished / "out/model/severity.csv").read_bytes() == (finished / "weights.csv").read_bytes()


def test_the_manifest_says_what_it_was_made_of(finished, own):
    manifest = json.loads((own / "run.json").read_text())
    assert manifest["command"] == "assign"
    assert list(manifest["stages"]) == ["assignment", "drift", "extract", "incidents", "refreshed"]
    run = json.loads((finished / "out/run.json").read_text())
    assert manifest["inputs"]["extract"] == run["inputs"]["extract"]
    assert manifest["config"]["clustering"] == run["config"]["clustering"]
    assert set(contents(own)) == {*manifest["files"], "run.json"}


def test_rows_in_another_order_and_a_column_more_give_the_same_bytes(finished, own, tmp_path):
    shuffled = changed(finished, tmp_path, lambda rows: rows.sample(frac=1, random_state=5).assign(legacy_code="7"))
    place(finished, shuffled, tmp_path / "out")
    for name in ("assignments.parquet", "drift.csv", "features.parquet"):
        assert (tmp_path / "out/tables" / name).read_bytes() == (own / "tables" / name).read_bytes(), name


def test_other_people_of_the_same_kind_have_not_drifted(finished, tmp_path):
    rows = make_force(500, 21).incidents
    rows["offender_id"], rows["victim_id"] = "Z" + rows["offender_id"], "Z" + rows["victim_id"]
    rows.to_csv(tmp_path / "new.csv", index=False)
    place(finished, tmp_path / "new.csv", tmp_path / "out")
    found = drift(tmp_path / "out")
    assert set(found["drift"]) <= {"none", "too few"}
    assert (found["new_entrants"] == found["offenders"]).all()


def test_twice_as_many_incidents_are_drift(finished, tmp_path):
    def twice(rows):
        again = {name: rows[name] + "B" for name in ("incident_id", "offence_id")}
        return pd.concat([rows, rows.assign(**again)])

    place(finished, changed(finished, tmp_path, twice), tmp_path / "out")
    found = drift(tmp_path / "out")
    assert (found["new_entrants"] == 0).all()
    told = found[~found["drift"].isin(["none", "too few"])]
    assert {"typology", "cluster"} <= set(told["level"])
    threshold = json.loads((tmp_path / "out/model/drift.json").read_text())["threshold"]
    for line in told.itertuples():
        assert max(abs(line.share_z), np.nan_to_num(abs(line.distance_z))) > threshold


def test_a_column_that_the_run_had_is_missed(finished, tmp_path):
    lacking = changed(finished, tmp_path, lambda rows: rows.drop(columns=["imd_decile", "lsoa"]))
    with pytest.raises(CohortError, match="D109: The extract lacks imd_decile, from which the run has imd_decile_mean"):
        place(finished, lacking, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_severity_of_the_extract_s_own_is_another_scale(finished, tmp_path):
    scored = changed(finished, tmp_path, lambda rows: rows.assign(severity="7"))
    with pytest.raises(CohortError, match="D110: The severity scale of the run is force-supplied"):
        place(finished, scored, tmp_path / "scored")


def test_another_window(finished, tmp_path):
    outcome = place(finished, finished / "extract.csv", tmp_path / "out", to=date(2013, 12, 31))
    assert outcome.manifest["config"]["window"] == {"from": "2011-01-01", "to": "2013-12-31"}
    assert drift(tmp_path / "out")["offenders"][0] < drift(tmp_path / "out")["fit_offenders"][0]
    incidents = pd.read_parquet(tmp_path / "out/work/incidents.parquet")
    assert incidents["occurred_from"].max() < pd.Timestamp("2014-01-01")


def test_a_window_that_ends_before_it_begins(finished, tmp_path):
    with pytest.raises(ConfigError, match=r"C003: The window has 1 wrong setting: .*'from' is later than 'to'"):
        place(finished, finished / "extract.csv", tmp_path / "out", to=date(2010, 1, 1))


def with_setting(finished, tmp_path, section, **settings) -> Path:
    """Copy the run as if it had been made with another setting."""
    run = shutil.copytree(finished / "out", tmp_path / "run")
    manifest = read_raw(run)
    manifest["config"][section] |= settings
    put_manifest(run, manifest)
    return run


def test_what_is_missing_is_filled_with_the_run_s_medians(finished, tmp_path):
    run = with_setting(finished, tmp_path, "features", missing="median")
    fit = pd.read_parquet(finished / "out/tables/features.parquet").set_index("offender_id")
    assert np.isnan(fit.loc["S1", "age_first_da"])

    # Everybody a decade older: their own median is another, and is not what is filled in.
    def aged(rows):
        born = pd.to_datetime(rows["offender_dob"]) - pd.DateOffset(years=10)
        return rows.assign(offender_dob=born.dt.strftime("%Y-%m-%d"))

    older = changed(finished, tmp_path, aged)
    place(finished, older, tmp_path / "older", run=run)
    again = pd.read_parquet(tmp_path / "older/work/vectors.parquet").set_index("offender_id")
    assert again["age_first_da"].median() > fit["age_first_da"].median() + 5
    assert again.loc["S1", "age_first_da"] == fit["age_first_da"].median()


def test_features_are_those_of_the_model_whatever_the_preset_has_become(finished, own, tmp_path):
    run = with_setting(finished, tmp_path, "features", add=["da_victim_under_18_share"], drop=["incidents"])
    place(finished, finished / "extract.csv", tmp_path / "out", run=run)
    assert (tmp_path / "out/tables/assignments.parquet").read_bytes() == (
        own / "tables/assignments.parquet"
    ).read_bytes()  # fmt: skip


def test_nothing_changed_and_all_is_reused_and_another_run_is_another_answer(finished, own, tmp_path):
    copy = shutil.copytree(own, tmp_path / "own")
    assert place(finished, finished / "extract.csv", copy).ran == {}
    run = shutil.copytree(finished / "out", tmp_path / "run")
    names = pd.read_csv(run / "tables/clusters.csv").assign(typology="renamed")
    names.to_csv(run / "tables/clusters.csv", index=False)
    with pytest.raises(RunError, match="O107"):
        place(finished, finished / "extract.csv", copy, run=run)
    manifest = read_raw(run)
    manifest["files"]["tables/clusters.csv"] = sha256(run / "tables/clusters.csv")
    put_manifest(run, manifest)
    ran = place(finished, finished / "extract.csv", copy, run=run).ran
    assert list(ran) == ["refreshed", "assignment", "drift"]
    assert ran["refreshed"] == ["setting run changed"]
    assert set(pd.read_parquet(copy / "tables/assignments.parquet")["typology"]) == {"renamed"}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_run_is_not_overwritten(finished, tmp_path):
    run = shutil.copytree(finished / "out", tmp_path / "run")
    with pytest.raises(RunError, match="O105"):
        place(finished, finished / "extract.csv", run, run=run)
