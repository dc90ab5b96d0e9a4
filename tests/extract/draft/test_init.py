"""The command: what it writes, what it prints, what it never writes over, and the same from Python."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import dapipeline
from dapipeline import cli

ROOT = Path(__file__).parents[3]
FOREIGN = ROOT / "data/foreign/force_export.txt"


@pytest.fixture
def init(monkeypatch, capsys, tmp_path):
    """Run init in an empty folder; return its exit status, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli.console, "width", 200)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["dapipeline", "init", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


def test_it_writes_a_config_that_leads_to_the_extract_and_is_for_its_owner_alone(init, tmp_path):
    status, said, _ = init(FOREIGN)
    config = tmp_path / "configs/force_export.yaml"
    assert status == 0
    assert f"The config: {config.relative_to(tmp_path)}" in said
    found = yaml.safe_load(config.read_text())["extract"]["path"]
    assert (config.parent / found).resolve() == FOREIGN.resolve()
    assert stat.S_IMODE(config.stat().st_mode) == 0o600


def test_it_ends_with_the_check_and_with_what_to_do_next(init):
    _, said, _ = init(FOREIGN, "--out", "mine.yaml")
    assert "rows kept" in said
    assert said.strip().splitlines()[-1] == "Then: make cluster CONFIG=mine.yaml"
    assert "18 columns mapped" in said


def test_what_is_there_is_never_written_over(init, tmp_path):
    (tmp_path / "mine.yaml").write_text("name: my work of a week\n")
    status, _, said = init(FOREIGN, "--out", "mine.yaml")
    assert (status, said.split(":")[0]) == (2, "C026")
    assert (tmp_path / "mine.yaml").read_text() == "name: my work of a week\n"


def test_a_dangling_link_is_something_that_is_there(init, tmp_path):
    (tmp_path / "mine.yaml").symlink_to(tmp_path / "nowhere.yaml")
    assert init(FOREIGN, "--out", "mine.yaml")[2].startswith("C026")
    assert not (tmp_path / "nowhere.yaml").exists()


def test_nothing_is_written_where_the_file_cannot_be_read(init, tmp_path):
    status, _, said = init("nothing.csv")
    assert (status, said.split(":")[0]) == (1, "E101")
    assert not (tmp_path / "configs").exists()


def test_what_only_a_person_can_decide_is_said_in_one_line(init, tmp_path):
    rows = "".join(f"I{n // 2:05},N{n % 50:05},{n % 28 + 1:02}/0{n % 9 + 1}/2015,ASSAULT\n" for n in range(300))
    (tmp_path / "plain.csv").write_text("INCIDENT_NO,SUSPECT_ID,INCIDENT_DATE,OFFENCE\n" + rows)
    status, said, _ = init("plain.csv")
    assert status == 0
    assert "Only you can decide:" in said
    assert "  da_flag: no column says which incidents are domestic abuse" in said


def test_python_has_it_too(tmp_path):
    draft = dapipeline.draft_config(FOREIGN, folder=tmp_path)
    assert yaml.safe_load(draft.text)["name"] == "force export"
    with pytest.raises(AttributeError):
        _ = dapipeline.no_such_thing


def test_importing_the_package_loads_nothing_heavy():
    code = "import dapipeline, sys; print(sorted({'pandas', 'ibis', 'sklearn', 'duckdb'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
