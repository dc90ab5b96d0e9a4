"""A run is due for review a while after its extract was read, and everything that reads it says so from then on."""

from __future__ import annotations

import shutil
import warnings
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from dapipeline.config import Config
from dapipeline.errors import PrivacyWarning
from dapipeline.workflow.commands import assign, done_by, open_run
from dapipeline.workflow.compare import compare
from dapipeline.workflow.explain import explain
from dapipeline.workflow.inputs import resolve_inputs
from dapipeline.workflow.to_vectors import TO_VECTORS

from ..conftest import SETTINGS, made_extract
from ..manifests import put_manifest, read_raw
from .conftest import dapipeline

FIRST = date(2024, 3, 1)


def on(monkeypatch, day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))


def said_by(call) -> list[str]:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        call()
    return [str(one.message) for one in said if one.category is PrivacyWarning]


@pytest.fixture
def force(tmp_path) -> Path:
    rows = made_extract(5)
    rows.to_csv(tmp_path / "extract.csv", index=False)
    return tmp_path


def run(folder: Path, days: int = 30, k: int = 8, minimum_age: int = 16):
    settings = SETTINGS | {
        "reference": {}, "privacy": {"review_after_days": days}, "clustering": {"k": k},
        "domestic_abuse": {"minimum_age": minimum_age},
    }  # fmt: skip
    config = Config.model_validate(settings).read_from(folder / "config.yaml")
    return done_by("run", TO_VECTORS, config, resolve_inputs(config), folder / "out", None)


def test_the_day_follows_the_reading_of_the_extract_alone(force, monkeypatch):
    on(monkeypatch, FIRST)
    assert run(force).review_on == FIRST + timedelta(30)
    later = FIRST + timedelta(10)
    on(monkeypatch, later)
    again = run(force)
    assert (again.ran, again.review_on) == ({}, FIRST + timedelta(30))
    partly = run(force, minimum_age=18)
    assert (set(partly.ran), partly.review_on) == ({"incidents", "offenders"}, FIRST + timedelta(30))
    pd.read_csv(force / "extract.csv", dtype="string").iloc[1:].to_csv(force / "extract.csv", index=False)
    assert run(force, minimum_age=18).review_on == later + timedelta(30)


def test_another_number_of_days_moves_it_without_a_stage(force, monkeypatch):
    on(monkeypatch, FIRST)
    run(force)
    on(monkeypatch, FIRST + timedelta(5))
    changed = run(force, days=60)
    assert (changed.ran, changed.review_on) == ({}, FIRST + timedelta(60))
    assert open_run(force / "out").config.privacy.review_after_days == 60


def test_a_rerun_warns_when_it_has_passed_unless_the_extract_is_read(force, monkeypatch):
    on(monkeypatch, FIRST)
    assert said_by(lambda: run(force)) == []
    on(monkeypatch, FIRST + timedelta(29))
    assert said_by(lambda: run(force)) == []
    on(monkeypatch, FIRST + timedelta(30))
    (said,) = said_by(lambda: run(force))
    assert str(FIRST + timedelta(30)) in said
    assert "delete the folder" in said
    pd.read_csv(force / "extract.csv", dtype="string").iloc[1:].to_csv(force / "extract.csv", index=False)
    assert said_by(lambda: run(force)) == []


@pytest.fixture
def old(finished, tmp_path, monkeypatch):
    """A finished run whose review is overdue."""
    out = shutil.copytree(finished / "out", tmp_path / "old")
    on(monkeypatch, open_run(out).review_on)
    return out


def test_every_command_that_reads_a_finished_run_warns(finished, old, tmp_path):
    person = open_run(old).frame("assignments")["offender_id"][0]
    for call, times in [
        (lambda: explain(old, person), 1),
        (lambda: compare(old, old), 2),
        (lambda: assign(old, finished / "extract.csv", out=tmp_path / "placed"), 1),
    ]:
        assert [f"{old} were due for review" in said for said in said_by(call)] == [True] * times


def test_whoever_looks_at_it_is_told(old, monkeypatch):
    shown = open_run(old)
    assert f"due for review since {shown.review_on}" in repr(shown)
    assert "due for review" in shown._repr_html_()
    on(monkeypatch, shown.review_on - timedelta(1))
    assert "due for review" not in repr(shown)


def test_the_terminal_shows_one_line(old):
    person = open_run(old).frame("assignments")["offender_id"][0]
    ended = dapipeline("explain", old, person)
    assert ended.status == 0
    (line,) = [line for line in ended.said.splitlines() if "due for review" in line]
    assert line.startswith("Warning: The outputs in ")
    assert "PrivacyWarning" not in ended.said


def test_outputs_of_an_earlier_version_have_no_day(old):
    manifest = read_raw(old)
    del manifest["privacy"]
    put_manifest(old, manifest)
    assert open_run(old).review_on is None
    assert said_by(lambda: compare(old, old)) == []
