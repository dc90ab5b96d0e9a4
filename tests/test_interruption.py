"""Ctrl-C and SIGTERM at any instant: one line, the status that shells expect, and nothing left behind."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dapipeline import interruption

HEADER = "incident_id,offender_id,occurred_from,da_flag,is_crime,risk_grade\n"
LINE = "Interrupted; outputs of an earlier run are as they were.\n"
STATUSES = {signal.SIGINT: 130, signal.SIGTERM: 143}
ENTRIES = (["-m", "dapipeline"], ["-c", "from dapipeline.cli import main; main()"])
SWALLOWING = """
import sys, time
from dapipeline import interruption
interruption.take_over()

class Swallowing:
    def __del__(self):
        try:
            print("ready", flush=True)
            time.sleep(60)
        except BaseException:
            pass

Swallowing()
print("went on", flush=True)
"""


@pytest.fixture
def force(tmp_path):
    rows = [f"I{at},S{at % 9},201{at % 8}-0{1 + at % 7}-11,{'YYN'[at % 3]},{'YN'[at % 2]},high" for at in range(60)]
    (tmp_path / "extract.csv").write_text(HEADER + "\n".join(rows) + "\n")
    (tmp_path / "config.yaml").write_text(
        "name: small\nextract: {path: extract.csv}\nclustering: {k: 2}\ntypology: {definitions: none}\n"
    )
    (tmp_path / "tmp").mkdir()
    return tmp_path


def start(folder: Path, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env={**os.environ, "TMPDIR": str(folder / "tmp")},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def wait_until_caught(process: subprocess.Popen) -> None:
    """Wait until the process catches SIGTERM: before that Python itself is still starting."""
    mask = 0
    while process.poll() is None and not mask >> (signal.SIGTERM - 1) & 1:
        (line,) = [x for x in Path(f"/proc/{process.pid}/status").read_text().splitlines() if x.startswith("SigCgt")]
        mask = int(line.split()[1], 16)


def wait_for_work(process: subprocess.Popen, seconds: float) -> None:
    """Wait until a process has had so much of the processor: other work on the machine makes no difference."""
    done = 0.0
    while done < seconds and process.poll() is None:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        done = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        time.sleep(0.005)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc says which signals a process catches")
@pytest.mark.parametrize(("command", "instants"), [("check", 8), ("run", 4)])
def test_a_signal_at_any_instant_is_one_line_and_leaves_nothing(force, command, instants):
    command = (command, "config.yaml", "--out", "out")
    assert start(force, *ENTRIES[0], *command).communicate()[1] == ""  # compiles what was not compiled before
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert start(force, *ENTRIES[0], *command).communicate()[1] == ""
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    takes = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    ended = []
    for instant in range(instants):
        for number, status in STATUSES.items():
            process = start(force, *ENTRIES[instant % 2], *command)
            wait_until_caught(process)
            wait_for_work(process, takes * instant / (instants - 1))
            process.send_signal(number)
            _, said = process.communicate()
            assert (process.returncode, said) in [(status, LINE), (0, "")]
            assert list((force / "tmp").iterdir()) == []
            assert [path.name for path in force.rglob("*partial*")] == []
            ended.append(process.returncode)
    assert ended[:2] == [130, 143]  # at once, while the program is loaded
    assert len([status for status in ended if status]) >= instants


@pytest.mark.parametrize(("number", "status"), STATUSES.items())
def test_nothing_can_swallow_a_signal(tmp_path, number, status):
    process = subprocess.Popen(
        [sys.executable, "-c", SWALLOWING], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (status, "", LINE)


def in_a_child(work) -> tuple[int, str]:
    """Call a function in a fork; give its exit status and what it wrote to stderr."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(write, 2)
        work()
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as stream:
        said = stream.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def test_actions_are_called_last_first_whatever_they_raise(tmp_path):
    def work():
        done = tmp_path / "done"
        interruption.before_end(lambda: done.write_text(done.read_text() + " first"))
        interruption.before_end(lambda: 1 / 0)
        interruption.before_end(lambda: done.write_text("last"))
        withdraw = interruption.before_end(lambda: done.write_text("withdrawn"))
        withdraw()
        with interruption.tidied(lambda: done.write_text("over")):
            pass
        interruption.take_over()
        signal.raise_signal(signal.SIGTERM)

    assert in_a_child(work) == (143, LINE)
    assert (tmp_path / "done").read_text() == "last first"


def test_a_second_signal_does_not_cut_the_tidying_short(tmp_path):
    def tidy():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
        (tmp_path / "tidied").touch()

    def work():
        interruption.take_over()
        interruption.before_end(tidy)
        signal.raise_signal(signal.SIGINT)

    assert in_a_child(work) == (130, LINE)
    assert (tmp_path / "tidied").exists()


def test_a_signal_that_whoever_started_the_process_ignores_stays_ignored():
    def work():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        interruption.take_over()
        signal.raise_signal(signal.SIGINT)

    assert in_a_child(work) == (0, "")


def test_the_entry_loads_nothing_before_it_is_in_charge():
    program = (
        "import sys; import dapipeline.__main__; print([m for m in ('numpy', 'pandas', 'typer') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"
