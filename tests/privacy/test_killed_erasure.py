"""An erasure killed at any moment leaves the folder as it was or as it would be, and whoever comes next tidies up."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from dapipeline.artefacts import folder as artefacts
from dapipeline.artefacts import formats
from dapipeline.workflow.commands import open_run
from dapipeline.workflow.erase import erase

from ..killing import killed_at
from .test_nowhere import holding


@pytest.fixture(scope="module")
def erased(finished, tmp_path_factory) -> tuple[str, dict[str, bytes], dict[str, bytes]]:
    """Give somebody, the outputs that hold them, and the same outputs after they were erased."""
    folder = tmp_path_factory.mktemp("erased")
    person = pd.read_parquet(finished / "out/tables/assignments.parquet")["offender_id"][7]
    shutil.copytree(finished / "out", folder / "out")
    before = contents(folder / "out")
    erase(folder / "out", [person])
    after = contents(folder / "out")
    assert before != after
    return person, before, after


@pytest.fixture
def out(finished, tmp_path) -> Path:
    return shutil.copytree(finished / "out", tmp_path / "out")


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def left_behind(out: Path) -> list[Path]:
    return sorted(out.parent.glob(".out.partial-*"))


@pytest.mark.parametrize(("owner", "name"), [(formats, "write"), (artefacts.os, "link"), (os, "fsync")])
def test_before_the_swap_it_is_as_it_was(out, erased, owner, name):
    person, before, after = erased
    moment = 1
    while killed_at(lambda: erase(out, [person]), owner, name, moment):
        assert contents(out) == before, (name, moment)
        moment += 1
        if moment > 12 and moment % 5:  # by fives, once the beginning is seen to
            moment += 5 - moment % 5
    assert moment > 5
    assert contents(out) == after
    assert left_behind(out) == []


@pytest.mark.parametrize(
    ("owner", "name", "replaced"),
    [(artefacts, "exchange", False), (artefacts, "sync_folder", True), (artefacts.shutil, "rmtree", True)],
)
def test_at_the_swap_it_is_one_or_the_other(out, erased, owner, name, replaced):
    person, before, after = erased
    assert killed_at(lambda: erase(out, [person]), owner, name, 1)
    assert contents(out) == (after if replaced else before)
    assert len(left_behind(out)) == 1
    found = erase(out, [person])
    assert (found.people, found.not_found) == ((0, 1) if replaced else (1, 0))
    assert contents(out) == after
    assert left_behind(out) == []
    assert holding(out.parent, person) == []


def test_the_command_killed_from_outside_leaves_one_or_the_other(out, erased):
    """SIGKILL to `dapipeline erase` itself, each time a little further on."""
    person, before, after = erased
    (out.parent / "ids").write_text(person)
    command = [sys.executable, "-c", "from dapipeline.cli import main; main()", "erase", str(out),
               "--ids", str(out.parent / "ids")]  # fmt: skip
    seen: list[Path] = []
    for files in (0, 5, 20):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while process.poll() is None:
            new = [path for path in left_behind(out) if path not in seen]
            if new and sum(len(names) for *_, names in os.walk(new[0])) >= files:
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.002)
        process.wait()
        process.stderr.close()
        assert contents(out) in (before, after)
        seen = left_behind(out)
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert person not in ended.stdout + ended.stderr
    assert contents(out) == after
    assert left_behind(out) == []
    assert open_run(out).erased[0]["people"] == 1


def test_an_interrupted_erasure_tidies_up(out, erased, monkeypatch):
    person, before, _ = erased

    def stopped(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(artefacts, "exchange", stopped)
    with pytest.raises(KeyboardInterrupt):
        erase(out, [person])
    assert contents(out) == before
    assert left_behind(out) == []
