"""A run killed at any moment leaves the outputs of the run before, byte for byte, and the next run completes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import dapipeline as dap
from dapipeline.artefacts import folder as artefacts
from dapipeline.artefacts import formats
from dapipeline.config import load_config
from dapipeline.workflow.inputs import resolve_inputs
from dapipeline.workflow.output import Output
from dapipeline.workflow.pipeline import Stage
from dapipeline.workflow.runner import run_stages

from ..killing import killed_at
from ..manifests import manifest_of
from .conftest import small_extract

KILLED = 9
ROWS = Output("work/rows.parquet", "copy_extract", "a row as it came", "internal")


def copy_extract(context):
    """A stage that writes what it reads: a table, a document and a page."""
    rows = pd.read_csv(context.inputs.extract, dtype=str)
    return {ROWS: rows, "work/columns.json": {"k": list(rows)}, "tables/rows.csv": rows}


def count_rows(context):
    """A stage on top of it that a setting changes."""
    k = context.config.clustering.k
    sizes = context.frame(ROWS).groupby("offender_id").size().rename("rows").reset_index()
    return {"tables/sizes.csv": sizes, "report/index.html": f"<p>{k} and {len(sizes)}</p>", "model/k.json": {"k": k}}


STAGES = (
    Stage(work=copy_extract, title="Copying", package="extract", settings=("extract",), inputs=("extract",)),
    Stage(work=count_rows, title="Counting", package="clustering", settings=("clustering",), after=("copy_extract",)),
)
FILES = 6  # that both write, beside run.json


def run(out="out"):
    settings = load_config(Path("config.yaml"))
    return run_stages("run", STAGES, settings, resolve_inputs(settings), Path(out))


def left_behind(folder: Path) -> list[Path]:
    """The folders that runs which died were writing to."""
    return sorted(folder.glob(".out.partial-*"))


@pytest.fixture
def finished(force, contents, monkeypatch):
    """The outputs of a run of two small stages over an older extract, and then a newer extract to run over."""
    run()
    before = contents(force / "out")
    assert len(before) == FILES + 1
    small_extract(force / "extract.csv", seed=2)
    return before


def test_a_run_that_dies_at_any_write_leaves_the_outputs_before(force, finished, contents):
    for moment in range(1, FILES + 2):  # the last is run.json
        assert killed_at(run, formats, "write", moment)
        assert contents(force / "out") == finished
    assert not killed_at(run, formats, "write", FILES + 2)
    after = contents(force / "out")
    assert after.keys() == finished.keys()
    assert after["tables/rows.csv"] != finished["tables/rows.csv"]


def test_a_run_that_dies_half_way_through_a_file_leaves_the_outputs_before(force, finished, contents, monkeypatch):
    def half(path, content):
        path.write_bytes(b"half of ")
        os._exit(KILLED)

    with monkeypatch.context() as patch:
        patch.setattr(formats, "write", half)
        assert killed_at(run, formats, "count_rows", 99)
    assert contents(force / "out") == finished
    (partial,) = left_behind(force)
    assert [path.read_bytes() for path in partial.rglob("*") if path.is_file()] == [b"half of "]
    run()
    assert left_behind(force) == []
    assert b"half of " not in b"".join(contents(force / "out").values())


def test_a_run_that_dies_while_it_takes_files_over_leaves_them_as_they_were(force, finished, contents):
    run()
    before = contents(force / "out")
    Path("config.yaml").write_text(Path("config.yaml").read_text().replace("k: 2", "k: 3"))
    Path("out/notes.txt").write_text("mine")  # linked as well, at the end
    before["notes.txt"] = b"mine"
    reused = 4
    for moment in range(1, reused + 1):
        assert killed_at(run, artefacts.os, "link", moment)
        assert contents(force / "out") == before
    assert list(run().ran) == ["count_rows"]
    assert (force / "out" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("owner", "name", "moment", "replaced"),
    [
        (os, "fsync", 1, False),  # before the first file is on the disk
        (os, "fsync", FILES + 1, False),  # when they all are
        (artefacts, "exchange", 1, False),  # before the swap
        (artefacts, "sync_folder", 1, True),  # after it, before the disk is sure to hold it
        (artefacts.shutil, "rmtree", 1, True),  # and before the old outputs are cleared away
    ],
)
def test_a_run_that_dies_in_the_commit_leaves_one_run_whole(force, finished, contents, owner, name, moment, replaced):
    assert killed_at(run, owner, name, moment)
    assert (contents(force / "out") == finished) is not replaced
    assert len(left_behind(force)) == 1
    assert bool(run().ran) is not replaced
    assert sorted(path.name for path in force.iterdir()) == [".out.lock", "config.yaml", "extract.csv", "out"]


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        (1, "old"),  # nothing moved yet
        (2, "none"),  # the old outputs aside, the new ones not yet in place: whoever comes next puts them back
        (3, "new"),
    ],
)
def test_where_folders_cannot_be_swapped_no_outputs_are_lost(force, finished, contents, monkeypatch, moment, left):
    monkeypatch.setattr(sys, "platform", "other")
    assert killed_at(run, Path, "rename", moment)
    if left == "none":
        assert not (force / "out").exists()
        with artefacts.open_run(force / "out"):
            pass
    assert (contents(force / "out") == finished) is (left != "new")
    assert bool(run().ran) is (left != "new")
    assert contents(force / "out").keys() == finished.keys()
    assert sorted(path.name for path in force.iterdir()) == [".out.lock", "config.yaml", "extract.csv", "out"]


def test_a_first_run_that_is_killed_leaves_no_outputs(force, monkeypatch):
    for moment in range(1, FILES + 2):
        assert killed_at(run, formats, "write", moment)
        assert not (force / "out").exists()
    assert killed_at(run, Path, "rename", 1)
    assert not (force / "out").exists()
    assert list(run().ran) == ["copy_extract", "count_rows"]


def test_the_command_killed_from_outside_leaves_the_outputs_before(force, contents):
    """SIGKILL to `dapipeline run` itself, each time a little further on."""
    with artefacts.open_run(Path("out")) as folder:
        folder.commit(manifest_of({}))  # a run before it, of no files
    before = contents(force / "out")
    command = [sys.executable, "-c", "from dapipeline.cli import main; main()", "run", "config.yaml", "--out", "out"]
    left: list[Path] = []
    for files in (0, 9, 22):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while process.poll() is None:
            new = [path for path in left_behind(force) if path not in left]
            if new and sum(len(names) for *_, names in os.walk(new[0])) >= files:
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.005)
        assert process.wait() == -signal.SIGKILL, process.stderr.read()
        process.stderr.close()
        assert contents(force / "out") == before
        assert left_behind(force) == new  # what the one before left is gone
        left = new
    dap.run("config.yaml", out="out")
    assert left_behind(force) == []
    assert len(contents(force / "out")) > 22
