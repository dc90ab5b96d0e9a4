"""A path that outputs cannot go to is told in one error, and what is put in place is on the disk first."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from dapipeline.artefacts import disk as place
from dapipeline.artefacts import folder as artefacts
from dapipeline.artefacts.finished import FinishedRun
from dapipeline.artefacts.folder import open_plain, open_run
from dapipeline.errors import RunError

from ..manifests import manifest_of


def run_at(out) -> None:
    with open_run(Path(out)) as run:
        run.write("a.html", "x")
        run.commit(manifest_of({}))


def plain_at(out) -> None:
    with open_plain(Path(out)) as write:
        write("quality/a.html", "x")


@pytest.fixture
def hurting(tmp_path, monkeypatch):
    """A folder of things in the way, in which a test works."""
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("x")
    os.mkfifo("fifo")
    Path("one").symlink_to("two")
    Path("two").symlink_to("one")
    return tmp_path


@pytest.mark.parametrize("write", [run_at, plain_at])
@pytest.mark.parametrize(
    ("out", "code"),
    [
        ("x" * 300, "O101"), ("x" * 250 + "/out", None), ("dddddddddd/" * 500 + "out", "O101"), ("/proc/x", "O101"),
        ("/dev/null/x", "O101"), ("file/x", "O101"), ("one", "O101"), ("one/x", "O101"), ("a\0b", "O111"),
        ("a\udcff", "O111"), ("a\udcff/out", "O111"), ("fifo/x", "O101"),
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_is_one_error(hurting, write, out, code):
    if code is None:
        write(out)
        return
    with pytest.raises(RunError, match=code) as refused:
        write(out)
    assert len(str(refused.value)) < 450
    str(refused.value).encode("utf-8")
    assert sorted(path.name for path in hurting.iterdir()) == ["fifo", "file", "one", "two"]


@pytest.mark.parametrize("out", ["file", "fifo"])
def test_what_is_no_folder_is_left_alone(hurting, out):
    with pytest.raises(RunError, match="O103"):
        run_at(out)
    with pytest.raises(RunError, match=f"O101: .*{out}.* cannot be written: a file is in the way"):
        plain_at(out)
    assert Path("file").read_text() == "x"


def test_a_name_that_leaves_no_room_for_the_lock_s(hurting):
    with pytest.raises(RunError, match=r"O101: .* cannot be written: the name is too long\."):
        run_at("x" * 253)


@pytest.mark.parametrize("path", ["a\udcff", "a\0b"])
def test_a_run_at_such_a_path_is_not_asked(path):
    with pytest.raises(RunError, match="O111"):
        FinishedRun(Path(path), "run")


def test_a_link_to_a_folder_stays_one(tmp_path):
    for target in ("there", "not_yet"):
        link = tmp_path / f"to_{target}"
        link.symlink_to(tmp_path / target)
        (tmp_path / "there").mkdir(exist_ok=True)
        for _ in range(2):
            run_at(link)
        assert link.is_symlink()
        assert (tmp_path / target / "a.html").read_text() == "x"


def test_a_failure_of_another_file_is_not_the_outputs_(tmp_path):
    (tmp_path / "weights.csv").write_text("x")
    for number in (errno.EACCES, errno.ENOENT, errno.EINVAL):
        with pytest.raises(OSError, match="weights") as failed, open_run(tmp_path / "out"):
            raise OSError(number, "no", str(tmp_path / "weights.csv"))
        assert not isinstance(failed.value, RunError)
    for name in ("out/a.csv", ".out.lock", ".out.partial-abcdefgh/a.csv", "."):
        with pytest.raises(RunError, match="O101"), open_run(tmp_path / "out"):
            raise OSError(errno.EINVAL, "no", str(tmp_path / name))


def test_a_full_disk_while_it_is_asked_to_hold_a_file(tmp_path, monkeypatch):
    run_at(tmp_path / "out")
    before = (tmp_path / "out/run.json").read_bytes()
    real = os.fsync

    def full(descriptor):
        real(descriptor)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    for write in (run_at,):
        with pytest.raises(RunError, match="O110: The disk is full"):
            write(tmp_path / "out")
    assert (tmp_path / "out/run.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.lock", "out"]


def test_everything_new_is_on_the_disk_before_the_swap_and_the_swap_after_it(tmp_path, monkeypatch):
    out, synced, exchange = tmp_path / "out", [], artefacts.exchange
    with open_run(out) as run:
        files = {name: run.write(name, "x") for name in ("tables/old.html", "tables/deep/gone.html")}
        run.commit(manifest_of(files))
    (out / "notes.txt").write_text("mine")
    real = place._sync
    monkeypatch.setattr(place, "_sync", lambda path: (synced.append(path), real(path)))
    monkeypatch.setattr(artefacts, "exchange", lambda new, old: (synced.append("swap"), exchange(new, old)))
    with open_run(out) as run:
        staging = run.staging
        run.take_over({"tables/old.html": ""})
        run.write("figures/new.html", "x")
        run.commit(manifest_of({}))
    at = synced.index("swap")
    assert synced[at + 1 :] == [tmp_path]
    new = {"figures", "figures/new.html", "tables", "run.json", "."}  # what was taken over is on the disk already
    assert sorted(path.relative_to(staging).as_posix() for path in synced[:at]) == sorted(new)
