"""Private folders: nobody else looks in, nothing stays, and nothing that is another's is touched."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dapipeline import interruption
from dapipeline.artefacts import scratch
from dapipeline.errors import RunError

HOLD = """
import sys, time
from dapipeline.artefacts.scratch import claim
folder = claim(sys.argv[1])
(folder.path / "rows").write_text("rows")
print(folder.path, flush=True)
time.sleep(600)
"""


@pytest.fixture
def other(tmp_path):
    """Another process with a private folder in the same place; gives the process and the folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    yield process, Path(process.stdout.readline().strip())
    process.kill()
    process.communicate()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_private_and_gone_after_the_block(tmp_path):
    old = os.umask(0)
    try:
        with scratch.private_folder(str(tmp_path)) as folder:
            assert folder.parent == tmp_path
            assert folder.name.startswith(f"dapipeline-{os.getuid()}-")
            assert mode(folder) == 0o700
            assert mode(tmp_path / f"{folder.name}.lock") == 0o600
            assert scratch.claimed()[0] == folder
            (folder / "deep").mkdir()
            (folder / "deep" / "rows").write_text("rows")
    finally:
        os.umask(old)
    assert names(tmp_path) == []
    assert folder not in scratch.claimed()


def test_a_folder_is_gone_where_the_block_fails(tmp_path):
    with pytest.raises(ZeroDivisionError), scratch.private_folder(str(tmp_path)):
        raise ZeroDivisionError
    assert names(tmp_path) == []


def test_the_environment_says_where_and_the_setting_says_it_first(tmp_path, monkeypatch):
    for name in ("environment", "setting"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "environment"))
    with scratch.private_folder(None) as folder:
        assert folder.parent == tmp_path / "environment"
    with scratch.private_folder(str(tmp_path / "setting")) as folder:
        assert folder.parent == tmp_path / "setting"


def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path, other):
    process, left = other
    process.kill()
    process.wait()
    assert (left / "rows").read_text() == "rows"
    with scratch.private_folder(str(tmp_path)) as folder:
        assert names(tmp_path) == [folder.name, f"{folder.name}.lock"]


def test_the_folder_of_a_living_process_is_left_alone(tmp_path, other):
    with scratch.private_folder(str(tmp_path)), scratch.private_folder(str(tmp_path)) as own:
        assert own.exists()
    assert names(tmp_path) == [other[1].name, f"{other[1].name}.lock"]
    assert (other[1] / "rows").read_text() == "rows"


def test_a_fork_does_not_remove_the_folder_of_its_parent(tmp_path):
    folder = scratch.claim(str(tmp_path))
    child = os.fork()
    if child == 0:
        folder.remove()
        os._exit(0)
    os.waitpid(child, 0)
    assert folder.path.is_dir()
    folder.remove()
    assert names(tmp_path) == []


@pytest.mark.parametrize("step", ["open", "mkdir", "getpid"])
def test_a_signal_between_any_two_steps_leaves_nothing(tmp_path, monkeypatch, step):
    child = os.fork()
    if child == 0:
        real = getattr(os, step)

        def then_a_signal(*arguments, **more):
            done = real(*arguments, **more)
            if [path.name for path in tmp_path.iterdir()]:
                signal.raise_signal(signal.SIGTERM)
            return done

        monkeypatch.setattr(os, step, then_a_signal)
        interruption.take_over()
        scratch.claim(str(tmp_path))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 143
    assert names(tmp_path) == []


def test_links_that_somebody_planted_are_not_followed(tmp_path):
    outside, place = tmp_path / "outside", tmp_path / "place"
    for path in (outside, place):
        path.mkdir()
    (outside / "theirs").write_text("theirs")
    prefix = f"dapipeline-{os.getuid()}-"
    (place / f"{prefix}folder").symlink_to(outside)
    (place / f"{prefix}folder.lock").touch()
    (place / f"{prefix}lock.lock").symlink_to(outside / "theirs")
    with scratch.private_folder(str(place)):
        pass
    assert (outside / "theirs").read_text() == "theirs"
    assert names(place) == [f"{prefix}folder", f"{prefix}folder.lock", f"{prefix}lock.lock"]


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file to another user")
def test_what_is_another_user_s_is_left_alone(tmp_path):
    prefix = f"dapipeline-{os.getuid()}-"
    (tmp_path / f"{prefix}theirs").mkdir()
    (tmp_path / f"{prefix}theirs.lock").touch()
    os.chown(tmp_path / f"{prefix}theirs.lock", 65534, 65534)
    with scratch.private_folder(str(tmp_path)):
        pass
    assert names(tmp_path) == [f"{prefix}theirs", f"{prefix}theirs.lock"]


@pytest.mark.parametrize(("place", "reason"), [("gone", "No such file or directory"), ("file", "Not a directory")])
def test_a_place_that_cannot_be_used_is_told(tmp_path, monkeypatch, place, reason):
    (tmp_path / "file").touch()
    monkeypatch.setenv("TMPDIR", str(tmp_path / place))
    with pytest.raises(RunError) as told:
        scratch.claim(None)
    assert (told.value.code, told.value.fact) == (
        "O122", f"The temporary folder {tmp_path / place} cannot be used: {reason}."
    )  # fmt: skip


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_up_is_told(tmp_path, number):
    with pytest.raises(RunError) as told, scratch.private_folder(str(tmp_path)):
        raise OSError(number, "as it is")
    assert (told.value.code, told.value.fact) == ("O121", f"The temporary folder {tmp_path} is full.")
    assert names(tmp_path) == []
