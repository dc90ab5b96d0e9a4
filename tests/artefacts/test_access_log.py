"""The access log tells who asked and when, names nobody who was asked about, and is never lost."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import pwd
import re
import stat
import sys
import threading
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest

from dapipeline.artefacts import access_log
from dapipeline.artefacts import folder as artefacts
from dapipeline.artefacts.finished import FinishedRun
from dapipeline.artefacts.folder import open_run
from dapipeline.artefacts.swap import manifest_locked
from dapipeline.errors import RunError

from ..manifests import manifest_of

PERSON = "NOMINAL 12345 é"


def put(out, config_sha256="c" * 64):
    with open_run(out) as run:
        digest = run.write("tables/assignments.parquet", artefacts.Path(__file__))
        run.commit(manifest_of({"tables/assignments.parquet": digest}, config_sha256=config_sha256))
    return FinishedRun(out, "run")


def ask(run, command, person, answer):
    outputs = run.manifest["config_sha256"], run.digest("tables/assignments.parquet")
    access_log.record(run.out, *outputs, command, person, answer)


def lines(out):
    return [json.loads(line) for line in (out / "access_log" / "explain.jsonl").read_text().splitlines()]


def by_the_book(key: bytes, message: bytes) -> str:
    """HMAC as RFC 2104 defines it, written out."""
    inner, outer = (bytes(b ^ pad for b in key.ljust(64, b"\0")) for pad in (0x36, 0x5C))
    return hashlib.sha256(outer + hashlib.sha256(inner + message).digest()).hexdigest()


def test_a_line_says_who_when_what_and_of_which_outputs(tmp_path):
    run = put(tmp_path / "out")
    before = datetime.now(UTC) - timedelta(seconds=1)
    ask(run, "explain", PERSON, "explained")
    (line,) = lines(run.out)
    key = bytes.fromhex((run.out / "access_log" / "key").read_text())
    assert before <= datetime.fromisoformat(line.pop("at")) <= datetime.now(UTC)
    assert line == {
        "user": pwd.getpwuid(os.getuid()).pw_name,
        "command": "explain",
        "offender": by_the_book(key, PERSON.encode()),
        "answer": "explained",
        "config_sha256": "c" * 64,
        "assignments_sha256": hashlib.sha256(artefacts.Path(__file__).read_bytes()).hexdigest(),
    }


def test_the_user_is_the_system_s_and_not_the_environment_s(tmp_path, monkeypatch):
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody_else")
    run = put(tmp_path / "out")
    ask(run, "explain", PERSON, "explained")
    assert lines(run.out)[0]["user"] != "somebody_else"


def test_nobody_can_be_read_from_it_and_nobody_but_the_owner_reads_it(tmp_path):
    was = os.umask(0)
    try:
        run = put(tmp_path / "out")
        ask(run, "explain", PERSON, "explained")
    finally:
        os.umask(was)
    folder = run.out / "access_log"
    assert sorted(path.name for path in folder.iterdir()) == ["explain.jsonl", "key"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "12345" not in path.read_text()
        assert hashlib.sha256(PERSON.encode()).hexdigest() not in path.read_text()
    assert re.fullmatch("[0-9a-f]{64}\n", (folder / "key").read_text())


def test_keys_differ_between_runs_and_stay_within_one(tmp_path):
    one, other = put(tmp_path / "one"), put(tmp_path / "other")
    for run in (one, one, other):
        ask(run, "explain", PERSON, "explained")
    first, second = lines(one.out)
    assert first["offender"] == second["offender"] != lines(other.out)[0]["offender"]


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("atomic", [True, False])
def test_another_run_into_the_same_folder_keeps_it(tmp_path, monkeypatch, links, atomic):
    if not links:
        monkeypatch.setattr(artefacts.os, "link", Mock(side_effect=OSError(errno.EPERM, "no")))
    if not atomic:
        monkeypatch.setattr(sys, "platform", "other")
    out = tmp_path / "out"
    ask(put(out), "explain", "A", "explained")
    before = (out / "access_log" / "explain.jsonl").read_bytes()
    ask(put(out, "d" * 64), "explain", "A", "D115")
    assert (out / "access_log" / "explain.jsonl").read_bytes().startswith(before)
    first, second = lines(out)
    assert (first["config_sha256"], second["config_sha256"]) == ("c" * 64, "d" * 64)
    assert (first["answer"], second["answer"]) == ("explained", "D115")
    assert first["offender"] == second["offender"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in (out / "access_log").iterdir())


def test_a_question_asked_while_a_run_takes_its_place_is_not_lost(tmp_path, monkeypatch):
    """The very first question comes after foreign files were looked for and before the folders are exchanged."""
    out, exchange = tmp_path / "out", artefacts.exchange
    run = put(out)
    asked = threading.Thread(target=ask, args=(run, "explain", "A", "explained"))

    def slowly(new, old):
        asked.start()
        asked.join(0.3)  # it has to wait: the folder is being exchanged
        assert asked.is_alive()
        exchange(new, old)

    monkeypatch.setattr(artefacts, "exchange", slowly)
    put(out, "d" * 64)
    asked.join(10)
    assert not asked.is_alive()
    assert [line["answer"] for line in lines(out)] == ["explained"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.lock", "out"]


def test_many_ask_at_once_and_every_line_is_whole(tmp_path):
    run = put(tmp_path / "out")
    threads = [
        threading.Thread(target=ask, args=(run, "explain", f"N{i}", "explained")) for i in range(24)
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    key = bytes.fromhex((run.out / "access_log" / "key").read_text())
    assert {line["offender"] for line in lines(run.out)} == {by_the_book(key, f"N{i}".encode()) for i in range(24)}
    assert len(lines(run.out)) == 24


def test_a_line_that_does_not_fit_is_taken_back_and_said(tmp_path, monkeypatch):
    run = put(tmp_path / "out")
    ask(run, "explain", "A", "explained")
    before, write = (run.out / "access_log" / "explain.jsonl").read_bytes(), os.write
    monkeypatch.setattr(access_log.os, "write", lambda descriptor, data: write(descriptor, data[:10]))
    with pytest.raises(RunError, match=r"O108: .*cannot be written: No space left"):
        ask(run, "explain", "B", "explained")
    assert (run.out / "access_log" / "explain.jsonl").read_bytes() == before


@pytest.mark.parametrize("key", ["", "abcd\n", "z" * 64, "é"])
def test_a_damaged_key_is_said_and_never_used(tmp_path, key):
    run = put(tmp_path / "out")
    ask(run, "explain", "A", "explained")
    (run.out / "access_log" / "key").write_text(key)
    with pytest.raises(RunError, match=r"O108: .*its key is damaged"):
        ask(run, "explain", "A", "explained")
    assert len(lines(run.out)) == 1


def test_a_log_that_cannot_be_written_is_said(tmp_path):
    run = put(tmp_path / "out")
    (run.out / "access_log").write_text("in the way")
    with pytest.raises(RunError, match=r"O108: The access log in .*access_log cannot be written: File exists"):
        ask(run, "explain", "A", "explained")


def test_who_is_not_in_the_list_of_users_is_a_number(tmp_path, monkeypatch):
    monkeypatch.setattr(access_log.pwd, "getpwuid", lambda number: {}[number])
    run = put(tmp_path / "out")
    ask(run, "explain", "A", "explained")
    assert lines(run.out)[0]["user"] == str(os.getuid())


def test_outputs_that_are_not_there_yet_are_held_by_nothing(tmp_path):
    with manifest_locked(tmp_path):
        assert list(tmp_path.iterdir()) == []
