"""A run's folder is replaced whole or not at all, belongs to its owner alone, and keeps what people put into it."""

from __future__ import annotations

import errno
import multiprocessing
import os
import stat
import sys

import pytest

from dapipeline.artefacts import folder as artefacts
from dapipeline.artefacts.folder import open_plain, open_run
from dapipeline.errors import RunError

from ..manifests import manifest_of


def put(out, text="one", name="tables/a.csv"):
    """Make a run of one file."""
    with open_run(out) as run:
        digest = run.write(name.replace(".csv", ".html"), text)
        run.commit(manifest_of({name.replace(".csv", ".html"): digest}))


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_outputs_are_there_after_the_commit_and_not_before(tmp_path):
    out = tmp_path / "deep" / "out"
    with open_run(out) as run:
        run.write("tables/a.html", "x")
        assert not out.exists()
        run.commit(manifest_of({}))
        assert names(out) == ["run.json", "tables/a.html"]
    assert sorted(path.name for path in out.parent.iterdir()) == [".out.lock", "out"]


def test_a_run_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), open_run(tmp_path / "out") as run:
        run.write("a.html", "x")
        1 / 0  # noqa: B018
    assert [path.name for path in tmp_path.iterdir()] == [".out.lock"]


def test_a_run_that_fails_leaves_the_one_before(tmp_path):
    put(tmp_path / "out")
    before = {name: (tmp_path / "out" / name).read_bytes() for name in names(tmp_path / "out")}
    with pytest.raises(ZeroDivisionError), open_run(tmp_path / "out") as run:
        run.take_over({"tables/a.html": ""})
        run.write("b.html", "x")
        1 / 0  # noqa: B018
    assert {name: (tmp_path / "out" / name).read_bytes() for name in names(tmp_path / "out")} == before


def test_files_of_a_person_survive_and_those_of_an_older_run_do_not(tmp_path):
    out = tmp_path / "out"
    put(out, name="tables/old.csv")
    (out / "notes.docx").write_text("mine")
    (out / "tables" / ".hidden").write_text("mine too")
    (out / "my").mkdir()
    (out / "my" / "chart.png").write_text("and this")
    put(out, name="tables/new.csv")
    assert names(out) == ["my/chart.png", "notes.docx", "run.json", "tables/.hidden", "tables/new.html"]
    assert (out / "my" / "chart.png").read_text() == "and this"


@pytest.mark.parametrize("atomic", [True, False])
def test_a_second_run_takes_the_place_of_the_first(tmp_path, monkeypatch, atomic):
    if not atomic:
        monkeypatch.setattr(sys, "platform", "other")
    out = tmp_path / "out"
    put(out, "one")
    put(out, "two")
    assert (out / "tables" / "a.html").read_text() == "two"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.lock", "out"]


def leftover(out, text="half", name="partial-abcdefgh"):
    """What a run that was killed leaves."""
    folder = out.with_name(f".{out.name}.{name}")
    folder.mkdir()
    (folder / "half.html").write_text(text)
    return folder


def test_a_run_that_died_between_two_renames_is_put_back(tmp_path):
    out = tmp_path / "out"
    put(out, "one")
    out.rename(tmp_path / ".out.previous")
    leftover(out)
    with open_run(out) as run:
        assert run.manifest["files"].keys() == {"tables/a.html"}
        assert (out / "tables" / "a.html").read_text() == "one"
        assert list(run.staging.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.lock", "out"]


def test_what_killed_runs_left_is_removed_and_nothing_else(tmp_path):
    out = tmp_path / "out"
    left = [leftover(out), leftover(out, name="partial-0_000000"), leftover(out, name="previous")]
    others = [
        leftover(tmp_path / "out2"),  # of another place
        leftover(tmp_path / "out.partial-x", name="partial-abcdefgh"),
        leftover(out, name="partial-mine"),
    ]
    put(out)  # out was not there, so that .out.previous is put back first, and is no run
    assert not any(path.exists() for path in left)
    assert all((path / "half.html").read_text() == "half" for path in others)


@pytest.mark.parametrize("atomic", [True, False])
def test_what_cannot_be_removed_is_in_nobody_s_way(tmp_path, monkeypatch, atomic):
    if not atomic:
        monkeypatch.setattr(sys, "platform", "other")
    out = tmp_path / "out"
    put(out, "one")
    leftover(out)
    with monkeypatch.context() as patch:
        patch.setattr(artefacts.shutil, "rmtree", lambda path, ignore_errors: None)  # as if every file were immutable
        for text in ("two", "three", "four"):
            put(out, text)
            assert (out / "tables" / "a.html").read_text() == text
        assert len(list(tmp_path.glob(".out.partial-*"))) == 4
        out.rename(tmp_path / ".out.previous")  # the same with what a run left that died between two renames
        put(out, "five")
        assert (out / "tables" / "a.html").read_text() == "five"
    put(out, "six")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.lock", "out"]


def test_reused_files_are_not_copied(tmp_path):
    out = tmp_path / "out"
    put(out)
    was = (out / "tables" / "a.html").stat().st_ino
    with open_run(out) as run:
        run.take_over(run.manifest["files"])
        run.commit(run.manifest)
    assert (out / "tables" / "a.html").stat().st_ino == was


def test_what_the_run_before_holds_is_judged_by_content(tmp_path):
    out = tmp_path / "out"
    put(out)
    with open_run(out) as run:
        files = run.manifest["files"]
        assert run.holds(files)
        (out / "tables" / "a.html").write_text("by hand")
        assert not run.holds(files)
        (out / "tables" / "a.html").unlink()
        assert not run.holds(files)
        assert run.holds({})


def test_outputs_are_for_their_owner_alone(tmp_path):
    was = os.umask(0o022)
    try:
        put(tmp_path / "deep" / "out")
        with open_plain(tmp_path / "plain") as write:
            write("quality/a.html", "x")
        assert os.umask(0o022) == 0o022  # the mask of the caller is given back
    finally:
        os.umask(was)
    for root in (tmp_path / "deep", tmp_path / "plain"):
        for path in [root, *root.rglob("*")]:
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_place_below_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RunError, match=r"O101: .*file cannot be written"), open_run(tmp_path / "file" / "out"):
        pass
    with pytest.raises(RunError, match=r"O101: .*file.* cannot be written"), open_plain(tmp_path / "file") as write:
        write("a.html", "x")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, r"O110: The disk is full: .*out cannot be written\."),
        (errno.EDQUOT, "O110: The disk is full"),
        (errno.EROFS, "O101: .*out cannot be written: Read-only file system"),
        (errno.EACCES, "O101: .*out cannot be written: Permission denied"),
    ],
)
def test_a_disk_that_is_full_or_closed_is_said_so(tmp_path, number, said):
    put(tmp_path / "out", "one")
    with pytest.raises(RunError, match=said), open_run(tmp_path / "out"):
        raise OSError(number, os.strerror(number))
    assert (tmp_path / "out" / "tables" / "a.html").read_text() == "one"


def test_another_failure_of_the_system_is_not_taken_for_the_outputs(tmp_path):
    with pytest.raises(OSError, match="too many") as failed, open_run(tmp_path / "out"):
        raise OSError(errno.EMFILE, "too many")
    assert not isinstance(failed.value, RunError)


def test_a_folder_of_other_things_is_not_touched(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("x")
    (tmp_path / "single").write_text("x")
    for name in ("out", "single"):
        with (
            pytest.raises(RunError, match=f"O103: .*{name} holds files that are not a run's"),
            open_run(tmp_path / name),
        ):
            pass
    assert names(tmp_path) == ["out/thesis.docx", "single"]


def test_an_empty_folder_is_as_good_as_none(tmp_path):
    (tmp_path / "out").mkdir()
    put(tmp_path / "out")
    assert names(tmp_path / "out") == ["run.json", "tables/a.html"]


def test_two_runs_do_not_write_to_one_folder(tmp_path):
    with open_run(tmp_path / "out") as first:
        first.write("a.html", "x")
        with pytest.raises(RunError, match="O102: Another run is writing"), open_run(tmp_path / "out"):
            pass
        first.commit(manifest_of({}))
    assert names(tmp_path / "out") == ["a.html", "run.json"]
    put(tmp_path / "out")  # and the lock is free again


def _hold(out, ready):
    with open_run(out):
        ready.set()
        multiprocessing.Event().wait(60)


def test_the_lock_of_a_process_that_was_killed_is_free(tmp_path):
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    process = context.Process(target=_hold, args=(tmp_path / "out", ready))
    process.start()
    assert ready.wait(30)
    with pytest.raises(RunError, match="O102"), open_run(tmp_path / "out"):
        pass
    process.kill()
    process.join()
    put(tmp_path / "out")
    assert names(tmp_path / "out") == ["run.json", "tables/a.html"]
