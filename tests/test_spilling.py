"""Runs that spill at once under a memory limit: right results, private files, nothing left; and after a SIGKILL."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pandas as pd
import pytest

ROWS = 120_000
SETTINGS = "name: spilling\nextract: {path: extract.csv}\nclustering: {k: 3}\ntypology: {definitions: none}\n"
LIMITED = "engine: {memory_limit: 110MB, threads: 1}\n"
EXTRACT = f"""
SELECT 'I' || md5((i // 2)::varchar) AS incident_id, 'P' || md5((i % 400)::varchar) AS offender_id,
       'V' || md5((i * 7 % 500)::varchar) AS victim_id,
       strftime(TIMESTAMP '2011-01-01' + to_minutes((i * 37) % 5000000), '%Y-%m-%d %H:%M') AS occurred_from,
       if(i % 3 = 0, 'Y', 'N') AS da_flag, 'Y' AS is_crime, '00867' AS offence_code,
       ['high', 'medium', 'standard', 'odd'][1 + i % 4] AS risk_grade, md5(i::varchar) || md5((i + 1)::varchar) AS note
FROM range({ROWS}) AS t(i)
"""


@dataclass
class Seen:
    """What was in the temporary folder while processes ran."""

    files: set[str] = field(default_factory=set)
    open_to_others: set[str] = field(default_factory=set)

    def look(self, place: Path) -> set[Path]:
        """Look into the folder once; return the folders in it that hold a file of DuckDB's now."""
        spilling = set()
        for parent, folders, files in os.walk(place):
            for path in (Path(parent, name) for name in folders + files):
                try:
                    mode = path.lstat().st_mode
                except FileNotFoundError:
                    continue
                self.files.add(path.name)
                if stat.S_IMODE(mode) & 0o077:
                    self.open_to_others.add(f"{path.name} {mode:o}")
                if path.name.startswith("duckdb_temp"):
                    spilling.add(path.parent)
        return spilling


@pytest.fixture(scope="module")
def force(tmp_path_factory):
    """A folder with an extract that does not fit into the limit, two configs, and a run without a limit."""
    folder = tmp_path_factory.mktemp("spilling")
    duckdb.connect().execute(f"COPY ({EXTRACT}) TO '{folder}/extract.csv' (HEADER)")
    (folder / "limited.yaml").write_text(SETTINGS + LIMITED)
    (folder / "free.yaml").write_text(SETTINGS)
    (folder / "tmp").mkdir()
    process = start(folder, "run", "free.yaml", "--out", "free")
    assert process.wait() == 0, process.stderr.read()
    return folder


def start(folder: Path, *command: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "dapipeline", *command], cwd=folder, env={**os.environ, "TMPDIR": str(folder / "tmp")},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, umask=0,
    )  # fmt: skip


def start_and_hold(folder: Path, seen: Seen, *command: str) -> subprocess.Popen:
    """Start a process and stop it where it has files on disk, so that the next overlaps on however busy a machine."""
    others = seen.look(folder / "tmp")
    process = start(folder, *command)
    while process.poll() is None:
        if seen.look(folder / "tmp") - others:
            process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
            if seen.look(folder / "tmp") - others:
                return process
            process.send_signal(signal.SIGCONT)
        time.sleep(0.01)
    raise AssertionError(f"it ended and had no file on disk: {process.stderr.read()}")


def run_two(folder: Path, command: str) -> None:
    """Run a command twice, both in the middle of spilling at one moment."""
    seen = Seen()
    processes = [start_and_hold(folder, seen, command, "limited.yaml", "--out", f"{command}_{n}") for n in (1, 2)]
    assert len(seen.look(folder / "tmp")) == 2
    for process in processes:
        process.send_signal(signal.SIGCONT)
    while any(process.poll() is None for process in processes):
        seen.look(folder / "tmp")
        time.sleep(0.01)
    for process in processes:
        assert (process.wait(), process.stderr.read()) == (0, "")
    assert "raw.parquet" in seen.files
    assert seen.open_to_others == set()
    assert list((folder / "tmp").iterdir()) == []


def test_two_checks_that_spill_at_once_find_what_one_without_a_limit_finds(force):
    run_two(force, "check")
    expected = pd.read_parquet(force / "free/quality/blanked.parquet").astype(str)
    for number in (1, 2):
        quality = force / f"check_{number}" / "quality"
        assert (quality / "extract.csv").read_bytes() == (force / "free/quality/extract.csv").read_bytes()
        found = pd.read_csv(quality / "blanked.csv", dtype=str)
        assert len(found) == ROWS / 4
        pd.testing.assert_frame_equal(found, expected[found.columns])


def test_two_runs_that_spill_at_once_write_what_one_without_a_limit_writes(force):
    run_two(force, "run")
    names = [
        path.relative_to(force / "free")
        for room in ("work", "tables", "quality", "model")
        for path in (force / "free" / room).iterdir()
    ]
    assert len(names) > 30
    for number in (1, 2):
        for name in names:
            assert (force / f"run_{number}" / name).read_bytes() == (force / "free" / name).read_bytes(), name


def test_what_a_killed_run_left_is_gone_after_the_next(force):
    process = start_and_hold(force, Seen(), "check", "limited.yaml")
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    process.stderr.close()
    left = [path.name for path in (force / "tmp").rglob("*") if path.name.startswith("duckdb_temp")]
    assert left
    (force / "few.csv").write_text("incident_id,offender_id,occurred_from,da_flag,is_crime\nI1,A,2015-01-01,Y,Y\n")
    process = start(force, "check", "free.yaml", "--extract", "few.csv")
    assert (process.wait(), process.stderr.read()) == (0, "")
    assert list((force / "tmp").iterdir()) == []
