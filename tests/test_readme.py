"""The README's worked example and its commands, run as a reader would type them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml

import dapipeline as dap
from dapipeline.config import load_config
from dapipeline.extract.draft import draft_config
from dapipeline.extract.intake import take_in
from dapipeline.workflow.inputs import resolve_inputs

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIG = ROOT / "configs/foreign.yaml"
FILE_OF_THE_READER = re.search(r"In a new file `([^`]+)`", README)[1]
INIT = "init data/foreign/force_export.txt --out configs/my_force.yaml"
NOT_TYPED = {"make test"}  # it is what runs this
FENCED_OR_INLINE = re.compile(r"```(\w*)\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def blocks(language: str) -> list[str]:
    return [part.split("```")[0] for part in README.split(f"```{language}\n")[1:]]


def test_the_settings_shown_are_those_of_the_config():
    shown = yaml.safe_load("".join(blocks("yaml")))
    whole = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    for name, value in shown["extract"].items():
        if isinstance(value, dict):
            assert value.items() <= whole["extract"][name].items()
        else:
            assert value == whole["extract"][name]
    assert shown["clustering"] == whole["clustering"]


def test_check_counts_what_the_readme_shows():
    config = load_config(CONFIG)
    counts = take_in(resolve_inputs(config).extract, config).extracted.counts
    for line in counts[counts["rows"] > 0].itertuples():
        what = line.rule.replace("_", " ")
        assert f"│ {what:<15} │ {line.column:<13} │ {line.effect:<11} │ {line.rows:>4} │" in README


def test_the_foreign_file_ends_in_a_report(tmp_path):
    config = load_config(CONFIG)
    dap.run(config, out=tmp_path / "out")
    assert (tmp_path / "out/report/index.html").is_file()
    assert len(pd.read_csv(tmp_path / "out/tables/clusters.csv")) == 8


@pytest.mark.parametrize("line", [line for line in README.splitlines() if "](" in line and "://" not in line])
def test_links_lead_somewhere(line):
    for part in line.split("](")[1:]:
        target = part.split(")")[0].split("#")[0]
        assert (ROOT / target).exists(), target


def typed() -> list[str]:
    """The commands in the order in which they stand, without what is said of them."""
    found = []
    for language, fenced, inline in FENCED_OR_INLINE.findall(README):
        lines = [inline] if inline else [] if language else fenced.splitlines()
        found += [line.removeprefix("$ ").partition("#")[0].strip() for line in lines]
    commands = [line for line in found if line.startswith(("make ", ".venv/bin/"))]
    return [command for command in commands if command not in NOT_TYPED]


@pytest.fixture
def copy(tmp_path) -> Path:
    """A fresh copy of what git tracks, in which make finds everything installed."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if tracked.returncode:
        pytest.skip("not a clone")
    place = tmp_path / "copy"
    for name in tracked.stdout.decode().strip("\0").split("\0"):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, place / name)
    (place / ".venv").mkdir()
    for entry in Path(sys.prefix).iterdir():
        if entry.name not in ("core", "dev", "peers"):
            (place / ".venv" / entry.name).symlink_to(entry)
    for marker in ("core", "dev"):
        (place / ".venv" / marker).touch()
    return place


def as_the_reader_types(command: str, place: Path) -> str:
    environment = os.environ | {"PYTHONPATH": str(place / "src")}  # what is installed is another copy
    ended = subprocess.run(command, shell=True, cwd=place, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{command}: {ended.stderr}"
    return ended.stdout


def test_a_newcomer_who_types_what_stands_there_gets_what_stands_there(copy):
    own = copy / FILE_OF_THE_READER
    assert not own.exists(), "the reader is told to make a new file"
    own.write_text("".join(blocks("yaml")), encoding="utf-8")
    commands = typed()
    told = {command: as_the_reader_types(command, copy) for command in commands}
    assert commands[0] == "make cluster"
    assert {command.split()[1] for command in commands if command.startswith(".venv")} >= {
        "init",
        "check",
        "choose-k",
        "explain",
    }
    for name in ("sample", "my_force"):
        assert (copy / "outputs" / name / "report/index.html").is_file()
    for command in (f"check {FILE_OF_THE_READER}", INIT):
        shown = next(block for block in README.split("```") if command in block).strip().splitlines()[1:]
        said = {*map(str.strip, told[f".venv/bin/dapipeline {command}"].splitlines()), "…"}
        assert [line for line in shown if line.strip() not in said] == []
    faults = next(block for block in README.split("```") if "V HIGH" in block and "$" not in block)
    assert {line.strip() for line in faults.strip().splitlines()} <= {
        *map(str.strip, told[f".venv/bin/dapipeline {INIT}"].splitlines())
    }


def test_the_words_that_the_reader_settles_are_read(tmp_path):
    drafted = draft_config(ROOT / "data/foreign/force_export.txt", folder=tmp_path).text
    text = drafted.replace("    risk_grade:  # words of DASH\n", "    risk_grade:\n      high: [V HIGH]\n")
    text = text.replace("    relationship:  # words of VICTIM_IS\n", "    relationship:\n      child: [Son/Daughter]\n")
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    config = load_config(tmp_path / "config.yaml")
    counts = take_in(resolve_inputs(config).extract, config).extracted.counts
    assert "unknown_code" not in set(counts.loc[counts["rows"] > 0, "rule"])


def test_the_files_that_contributing_sends_to_are_there():
    words = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    source = ROOT / "src" / "dapipeline"
    named = set(re.findall(r"`((?:\.\./)*[\w.]+(?:/[\w.]+)*/?)`", words))
    paths = {name for name in named if "/" in name or name.endswith((".py", ".csv", ".md"))}
    places = (source, ROOT, source / "reference")
    gone = {name for name in paths if not any((place / name).exists() for place in places)}
    assert gone == set()
    assert len(paths) > 40
    for module, name in re.findall(r"`([A-Z_]{5,}|_[a-z]+)` in `([\w/]+\.py)`", words):
        assert re.search(rf"^(def )?{module}\b", (source / name).read_text(encoding="utf-8"), re.MULTILINE)
