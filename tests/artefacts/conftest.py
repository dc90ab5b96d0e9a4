"""A small sound extract and its config, and a folder to run it in."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

CONFIG = """\
name: small
extract: {path: extract.csv}
clustering: {k: 2}
typology: {definitions: none}
"""


def small_extract(path: Path, seed: int = 1, rows: int = 40) -> None:
    """Write invented incidents of a dozen people."""
    rng = random.Random(seed)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["incident_id", "offender_id", "victim_id", "occurred_from", "da_flag", "is_crime", "offence_code"]
        )
        for at in range(rows):
            day = f"201{rng.randrange(9)}-0{rng.randrange(1, 9)}-1{rng.randrange(9)} 1{rng.randrange(9)}:00:00"
            people = [f"S{rng.randrange(12):02}", f"V{rng.randrange(20):02}"]
            code = rng.choice(["00806", "10501", "04600"])
            writer.writerow([f"I{at:03}", *people, day, rng.choice("YYN"), rng.choice("YYN"), code])


@pytest.fixture
def force(tmp_path, monkeypatch) -> Path:
    """A folder with config.yaml and extract.csv, in which a test works."""
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    small_extract(tmp_path / "extract.csv")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def contents():
    """Give every file of a folder, its manifest without the seconds and the memory it took."""

    def read(folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return read
