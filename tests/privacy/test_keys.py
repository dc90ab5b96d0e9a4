"""The secret key: which files can be one, and how a finished run is asked with it."""

from __future__ import annotations

import json
import re
import shutil
import warnings

import pandas as pd
import pytest

from dapipeline.artefacts.secret_key import PSEUDONYM, read_key
from dapipeline.config import Config, checked
from dapipeline.errors import CohortError, ConfigError, PrivacyError, PrivacyWarning
from dapipeline.workflow.commands import assign
from dapipeline.workflow.compare import compare
from dapipeline.workflow.explain import explain

from ..manifests import read_raw
from .conftest import MARK, SECRET, put_key


@pytest.fixture
def run(pseudonymised, tmp_path, monkeypatch):
    """A copy of the run, in a folder without its key."""
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(pseudonymised / "out", tmp_path / "out")


@pytest.fixture
def key(tmp_path):
    return put_key(tmp_path / "the_key")


def somebody(pseudonymised, run) -> tuple[str, str]:
    """Give a clustered offender's own id and their pseudonym."""
    clustered = set(pd.read_parquet(run / "tables/assignments.parquet")["offender_id"])
    for line in (pseudonymised / "extract.csv").read_text().splitlines():
        for own in re.findall(rf"\b{MARK}[A-Z]*\d+\b", line):
            made = read_key(pseudonymised / "secret/key").pseudonym(own)
            if made in clustered:
                return own, made
    raise AssertionError("nobody of the extract is in a cluster")


def test_what_cannot_be_a_key_is_refused(tmp_path):
    for name, content, code in [
        ("short", b"x" * 31, "P002"), ("breaks", b"x" * 31 + b"\r\n" * 9, "P002"), ("empty", b"", "P002"),
        ("long", b"x" * 1025, "P002"), ("huge", b"x" * 10_000, "P002"),
    ]:  # fmt: skip
        (tmp_path / name).write_bytes(content)
        (tmp_path / name).chmod(0o600)
        with pytest.raises(PrivacyError, match=f"^{code}: ") as told:
            read_key(tmp_path / name)
        assert "xxx" not in str(told.value)
    for path in (tmp_path / "missing", tmp_path, tmp_path / "short" / "below"):
        with pytest.raises(PrivacyError, match=r"^P001: "):
            read_key(path)


def test_a_key_that_the_system_refuses_is_told(key, monkeypatch):
    def refused(*arguments, **more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(key), "open", refused)
    with pytest.raises(PrivacyError, match=r"^P001: .*Permission denied"):
        read_key(key)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\n\n"])
def test_a_line_break_at_its_end_is_no_part_of_a_key(tmp_path, end):
    (tmp_path / "key").write_bytes(b"k" * 32 + end)
    (tmp_path / "key").chmod(0o600)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_key(tmp_path / "key").secret == b"k" * 32


@pytest.mark.parametrize(("mode", "warned"), [(0o600, 0), (0o400, 0), (0o640, 1), (0o604, 1), (0o620, 1)])
def test_a_key_that_others_may_use_is_warned_of(key, mode, warned):
    key.chmod(mode)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        read_key(key)
    assert [one.category for one in said] == [PrivacyWarning] * warned
    assert all(SECRET not in str(one.message) for one in said)


def test_a_key_does_not_show_itself(key):
    assert SECRET not in repr(read_key(key))


def test_pseudonyms_need_a_key():
    with pytest.raises(ConfigError, match=r"C003.*pseudonymise needs key_file"):
        from_yaml = {"name": "n", "extract": {"path": "p"}, "privacy": {"pseudonymise": True}}
        checked(Config, from_yaml, "The config")


def test_run_json_tells_whether_a_key_is_the_same_and_no_more(run, key):
    about = read_raw(run)["privacy"]
    assert about["pseudonyms"] is True
    assert about["key_check"] == read_key(key).check
    assert re.fullmatch("[0-9a-f]{16}", about["key_check"])
    assert not PSEUDONYM.fullmatch(about["key_check"])


def test_an_offender_is_found_by_their_own_id_and_by_the_pseudonym(pseudonymised, run, key):
    own, made = somebody(pseudonymised, run)
    by_own, by_pseudonym = explain(run, own, key=key), explain(run, made)
    assert by_own.explanation.features.equals(by_pseudonym.explanation.features)
    with_key = explain(run, made, key=key)
    assert with_key.explanation.cluster == by_own.explanation.cluster
    entries = [json.loads(line) for line in (run / "access_log/explain.jsonl").read_text().splitlines()]
    assert len({entry["offender"] for entry in entries}) == 1
    assert len(entries) == 3


def test_the_key_that_the_config_names_is_used_if_it_is_there(pseudonymised, run, tmp_path):
    own, _ = somebody(pseudonymised, run)
    with pytest.raises(PrivacyError, match=r"^P004: ") as told:
        explain(run, own)
    assert own not in str(told.value)
    assert not (run / "access_log").exists()
    (tmp_path / "secret").mkdir()
    put_key(tmp_path / "secret/key")
    assert explain(run, own).explanation.cluster > 0


def test_another_key_is_told(pseudonymised, run, tmp_path):
    own, made = somebody(pseudonymised, run)
    other = put_key(tmp_path / "other", SECRET + " and more")
    for one in (own, made):
        with pytest.raises(PrivacyError, match=r"^P005: "):
            explain(run, one, key=other)
    with pytest.raises(PrivacyError, match=r"^P005: "):
        assign(run, pseudonymised / "extract.csv", out=tmp_path / "placed", key=other)
    assert not (tmp_path / "placed").exists()


def test_a_run_without_pseudonyms_takes_no_key(finished, key, tmp_path):
    with pytest.raises(PrivacyError, match=r"^P007: "):
        explain(finished / "out", "somebody", key=key)
    with pytest.raises(PrivacyError, match=r"^P007: "):
        assign(finished / "out", finished / "extract.csv", out=tmp_path / "placed", key=key)


def test_assign_makes_the_pseudonyms_of_the_run(pseudonymised, run, key, tmp_path):
    placed = assign(run, pseudonymised / "extract.csv", out=tmp_path / "placed", key=key)
    fit = pd.read_parquet(run / "tables/assignments.parquet")
    assert placed.frame("assignments")["offender_id"].tolist() == fit["offender_id"].tolist()
    assert placed.frame("assignments")["cluster"].tolist() == fit["cluster"].tolist()
    assert (placed.frame("drift")["new_entrants"] == 0).all()
    assert compare(run, placed).about["offenders_in_both"] == len(fit)
    assert placed.manifest["privacy"]["key_check"] == read_raw(run)["privacy"]["key_check"]


def test_runs_whose_ids_cannot_meet_are_not_compared(finished, run):
    for pair in [(run, finished / "out"), (finished / "out", run)]:
        with pytest.raises(PrivacyError, match=r"^P006: "):
            compare(*pair)
    assert compare(run, run).settings.empty


def test_who_was_set_aside_without_an_id_cannot_be_told_from_nobody(run, key):
    for one in (f"{MARK}S1", f"{MARK}NOBODY"):
        with pytest.raises(CohortError, match=r"^D115: .* or in rows that were set aside") as told:
            explain(run, one, key=key)
        assert MARK not in str(told.value)
