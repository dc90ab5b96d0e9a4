"""A case is made from its seed alone: the same bytes each time, and other bytes for other seeds."""

from __future__ import annotations

import random

import pytest
from fuzz.__main__ import _seeds
from fuzz.case import command_of, make
from fuzz.sheet import canaries, small_force
from fuzz.texts import physical_rows

from fuzz import case, cells, rows, texts

SEEDS = range(1, 121)


def made(seed, folder):
    folder.mkdir(parents=True)
    about = make(seed, folder)
    return about, {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_seed_makes_the_same_bytes(tmp_path, seed):
    assert made(seed, tmp_path / "one") == made(seed, tmp_path / "two")


def test_other_seeds_make_other_cases_and_every_kind_comes(tmp_path):
    found = [made(seed, tmp_path / str(seed)) for seed in range(1, 401)]
    assert len({str(sorted(files.items())) for _, files in found}) == len(found)
    met = {kind for about, _ in found for kind in about.kinds}
    assert {kind.__name__ for kind in (*cells.KINDS, *rows.KINDS, *texts.KINDS)} <= met
    assert {"workbook", "parquet", "parts", "derive", "rules", "wrong_settings", "config_text", "words_of_yaml"} <= met


def test_a_case_knows_people_whom_no_terminal_may_show(tmp_path):
    about, files = made(1, tmp_path / "one")
    whole = b"".join(files.values())
    assert len(about.secrets) > 10
    assert all(cell.encode() in whole or cell.encode("utf-16-le") in whole for cell in about.secrets)


def test_where_there_is_no_header_the_record_in_its_place_is_about_people():
    sheet = small_force(random.Random(1), 20)
    rows.no_header(sheet, random.Random(1))
    assert sheet.header[1] in canaries(sheet)
    assert not canaries(small_force(random.Random(1), 20)) & set(small_force(random.Random(1), 20).header)


def test_a_campaign_takes_as_many_seeds_of_each_command_as_it_is_told():
    commands = [command_of(seed) for seed in _seeds(20_260_101_000, 30, 4)]
    assert (commands.count("check"), commands.count("run")) == (30, 4)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("h\na\nb\n", [2, 2]),
        ("h\r\na\r\n\r\nb", [2, 2]),
        ("h\ra\rb\r", [2, 2]),
        ("h\na\n  \nb\n", [2, 3]),
        ("h\n,,\n", [1, 1]),
        ("h\na\x0bb\x0cc\u2028d\n", [1, 1]),
        ("h\n", [0, 0]),
    ],
)
def test_lines_are_counted_without_a_parser(text, rows):
    assert physical_rows(text, 0) == rows


def test_lines_above_the_header_are_no_rows():
    assert physical_rows("title\nh\na\n", 1) == [1, 1]


def test_a_case_fits_the_command_line(tmp_path):
    about, _ = made(8, tmp_path / "one")
    assert about.arguments() == ["run", "config.yaml", "--out", "out"]
    assert case.command_of(9) == "check"
