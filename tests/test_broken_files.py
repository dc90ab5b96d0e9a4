"""Every broken file and config ends in one paragraph: a code, the fact, the remedy; held in broken/expected.txt."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dapipeline import cli

BROKEN = Path(__file__).parent / "broken"
# Case: config and extract; None where the config's own path is the broken one.
CASES = {
    "a gzip cut short": ("config.yaml", "cut_short.csv.gz"),
    "a gzip cut in its header": ("config.yaml", "cut_in_header.csv.gz"),
    "a gzip that is none": ("config.yaml", "not_gzip.csv.gz"),
    "Windows-1252 read as UTF-8": ("config.yaml", "windows_1252.csv"),
    "UTF-16 read as UTF-8": ("config.yaml", "utf_16.csv"),
    "a needed column missing": ("config.yaml", "no_flag.csv"),
    "an empty file": ("config.yaml", "empty.csv"),
    "a header without rows": ("config.yaml", "header_only.csv"),
    "a directory": ("config.yaml", "parts"),
    "the header twice": ("config.yaml", "repeated_header.csv"),
    "a title above the header": ("config.yaml", "title_above.csv"),
    "a title padded with commas": ("config.yaml", "title_padded.csv"),
    "a column name twice": ("config.yaml", "name_twice.csv"),
    "a column name twice but for its case": ("config.yaml", "name_twice_by_case.csv"),
    "a file of an unknown kind": ("config.yaml", "extract.docx"),
    "a file that is not there": ("config.yaml", "nowhere.csv"),
    "a pattern that no file matches": ("pattern_without_files.yaml", None),
    "parts with different columns": ("config.yaml", "parts/*.csv"),
    "another delimiter": ("config.yaml", "pipes.csv"),
    "a Parquet file cut short": ("config.yaml", "cut_short.parquet"),
    "a Parquet file damaged inside": ("config.yaml", "damaged.parquet"),
    "a workbook cut short": ("config.yaml", "cut_short.xlsx"),
    "a workbook that is none": ("config.yaml", "not_a_workbook.xlsx"),
    "a rule that stops": ("rule_stops.yaml", "faulty.csv"),
    "a rule that is unknown": ("rule_unknown.yaml", None),
    "a rule that would blank an id": ("rule_blanks_an_id.yaml", None),
    "an expression that is not finished": ("expression_unfinished.yaml", None),
    "an expression that reads a file": ("expression_reads_a_file.yaml", None),
    "an expression of two statements": ("expression_of_two_statements.yaml", None),
    "an expression that names nothing": ("expression_names_nothing.yaml", None),
    "an expression of mixed types": ("expression_of_mixed_types.yaml", None),
    "an expression with a bad pattern": ("expression_with_bad_pattern.yaml", None),
    "a canonical column that is unknown": ("column_unknown.yaml", None),
    "a code that is unknown": ("code_unknown.yaml", None),
    "an encoding that is unknown": ("encoding_unknown.yaml", None),
    "a date format that is none": ("format_unknown.yaml", None),
    "a config that is not there": ("nowhere.yaml", None),
    "a config that is not YAML": ("not_yaml.yaml", None),
    "a config without settings": ("no_settings.yaml", None),
    "a setting that is unknown": ("setting_unknown.yaml", None),
}
PARAGRAPH = re.compile(r"[A-Z]\d{3}: \S.*[.:] \S.*\n")


def expected() -> dict[str, tuple[int, str]]:
    """Read the snapshot: a case's name, its exit status and what stands on stderr."""
    parts = (BROKEN / "expected.txt").read_text(encoding="utf-8").strip().split("\n\n")
    found = {}
    for part in parts:
        case, status, paragraph = part.split("\n")
        found[case] = int(status.removeprefix("exit status ")), paragraph + "\n"
    return found


def arguments(case: str) -> list[str]:
    config, extract = CASES[case]
    return ["check", config, *(["--extract", extract] if extract else []), "--out", "found"]


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the broken files to work in, so that messages hold no path of this machine."""
    copy = shutil.copytree(BROKEN, tmp_path / "broken")
    monkeypatch.chdir(copy)
    return copy


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_ends_in_one_paragraph(case, folder, monkeypatch, capsys):
    before = contents(folder)
    monkeypatch.setattr(sys, "argv", ["dapipeline", *arguments(case)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    assert (ended.value.code, said.err) == expected()[case]
    assert PARAGRAPH.fullmatch(said.err)
    assert not said.err.startswith("U")  # an unforeseen failure is no answer
    assert said.err.count("\n") == 1
    assert ended.value.code == (2 if said.err[0] in "CX" else 1)
    assert said.out == ""
    assert contents(folder) == before


def test_the_snapshot_holds_these_cases_and_no_others():
    assert list(expected()) == list(CASES)


def test_the_sound_file_beside_them_passes(folder, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["dapipeline", "check", "config.yaml"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    assert capsys.readouterr().err == ""


def test_a_real_process_says_the_same(folder):
    case = "a gzip cut short"
    done = subprocess.run(
        [sys.executable, "-c", "from dapipeline.cli import main; main()", *arguments(case)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert (done.returncode, done.stderr) == expected()[case]
    assert done.stdout == ""
    assert not (folder / "found").exists()
