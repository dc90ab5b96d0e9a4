"""The judges of what a kill leaves, each shown a planted fault; and one command that is killed indeed."""

from __future__ import annotations

import signal

import pytest
from fuzz.ground import hashes, write_inputs
from fuzz.kills import after_kill, old_or_new
from fuzz.processes import Ended, Kill, run_real

TERM, KILL = signal.SIGTERM, signal.SIGKILL


def fill(out, text):
    for name in ("a", "b"):
        path = out / "quality" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + name)
    return hashes(out)


@pytest.fixture
def versions(tmp_path):
    return fill(tmp_path / "old", "old"), fill(tmp_path / "new", "new")


@pytest.mark.parametrize("text", ["old", "new"])
def test_old_and_new_outputs_are_sound(tmp_path, versions, text):
    fill(tmp_path / "out", text)
    assert old_or_new(tmp_path / "out", "check", *versions) == []


def test_no_outputs_are_sound_where_there_were_none(tmp_path, versions):
    assert old_or_new(tmp_path / "out", "check", {}, versions[1]) == []
    assert old_or_new(tmp_path / "out", "check", *versions) == ["outputs of check: some old, some new"]


def test_some_old_and_some_new_are_caught(tmp_path, versions):
    fill(tmp_path / "out", "old")
    (tmp_path / "out/quality/b").write_text("newb")
    assert old_or_new(tmp_path / "out", "check", *versions) == ["outputs of check: some old, some new"]


def test_half_a_file_is_caught(tmp_path, versions):
    fill(tmp_path / "out", "old")
    (tmp_path / "out/quality/b").write_text("ne")
    assert old_or_new(tmp_path / "out", "check", *versions) == ["outputs: 1 files of check neither old nor new"]


def left(tmp_path, status, err, how):
    (tmp_path / "temporary").mkdir(exist_ok=True)
    return after_kill(tmp_path, "check", Ended(status, "", err, 1.0), how, {}, {"a": "b"})


def test_a_clean_end_has_no_complaints(tmp_path):
    assert left(tmp_path, 143, "Stopped; outputs of an earlier run are as they were.\n", TERM) == []
    assert left(tmp_path, -9, "", KILL) == []


@pytest.mark.parametrize(
    ("status", "err", "word"),
    [
        (-15, "", "exit status -15"),
        (143, "", "0 lines on stderr"),
        (143, "one\ntwo\n", "2 lines on stderr"),
        (143, "Traceback (most recent call last)\n", "Traceback"),
    ],
)
def test_an_end_that_is_not_clean_is_caught(tmp_path, status, err, word):
    assert word in left(tmp_path, status, err, TERM)[0]


def test_what_a_gentle_signal_leaves_is_caught_and_what_sigkill_leaves_must_be_private(tmp_path):
    spill = tmp_path / "temporary/tmpabcdefgh"
    spill.mkdir(parents=True, mode=0o700)
    assert left(tmp_path, -9, "", KILL) == []
    assert "left behind" in left(tmp_path, 143, "Stopped.\n", TERM)[0]
    spill.chmod(0o755)
    assert "others can read" in left(tmp_path, -9, "", KILL)[0]


def test_a_killed_command_is_killed_and_says_so(tmp_path):
    write_inputs(tmp_path, new=True)
    arguments = ["check", "config.yaml", "--out", "out"]
    ended = run_real(tmp_path, arguments, 60, Kill(KILL, 0.05))
    assert ended.status == -KILL
    assert hashes(tmp_path / "out") == {}
