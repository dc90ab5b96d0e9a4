"""An extract in which every id is marked, sound or not, and everything that the commands make of it with pseudonyms."""

from __future__ import annotations

import contextlib
import csv
import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from dapipeline import cli
from dapipeline.synthetic import make_force

MARK = "QZXMARK"
IDS = ("incident_id", "offence_id", "offender_id", "victim_id")
SECRET = "a key of the tests, of more than 32 bytes"


def marked_rows(seed: int) -> list[dict[str, str]]:
    """Give a made-up extract with marked ids, and rows that are faulty in every way in which an id may slip out."""
    force = make_force(500, seed).incidents.astype("string").fillna("")
    for name in IDS:
        force[name] = force[name].where(force[name] == "", MARK + force[name])
    rows = force.to_dict("records")
    one = next(row for row in rows if row["offender_id"] and row["victim_id"] and row["da_flag"] == "True")

    def like(number: int, **values: str) -> dict[str, str]:
        return one | {"incident_id": f"{MARK}X{number}", "offence_id": f"{MARK}Y{number}"} | values

    faulty = [
        like(1, offender_id=f"{MARK}S1", occurred_from="never"),
        like(2, offender_id=f"{MARK}S2", da_flag=f"{MARK}S2"),
        like(3, offender_id=f'="{MARK}S3"'),
        like(4, offender_id=f"'{MARK}S4"),
        like(5, offender_id=f"  {MARK}S5 \u00a0"),
        like(6, offender_id=f"{MARK}\0S6"),
        like(7, offender_id=f"=cmd|'{MARK}S7'!A1"),
        like(8, offender_id=f"@{MARK}S8", victim_id=f"-{MARK}V8"),
        like(9, offender_id=f"{MARK}S9", victim_id=f"{MARK}S9"),
        like(10, risk_grade=f"{MARK}S1", outcome_at=f"{MARK}S2", victim_dob=f"{MARK}V8", outcome_code=f"{MARK}1"),
        like(11, offender_id=f"{MARK}\nS11"),
        like(12, offender_id=f"{MARK}é“S12”"),
        like(13, offender_id="", victim_id=f"{MARK}V13", occurred_from=""),
    ]
    faulty += [like(20 + n, risk_grade=f"{MARK}1", outcome_code=one["offender_id"]) for n in range(30)]
    return [*rows, *faulty, rows[0], rows[0]]


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write rows as a CSV, at its end a record that is too long."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(list(rows[0]))
        writer.writerows([list(row.values()) for row in rows])
        writer.writerow([f"{MARK}M{at}" for at in range(len(rows[0]) + 3)])


def put_key(path: Path, secret: str = SECRET) -> Path:
    """Write a key that its owner alone can read."""
    path.write_text(secret + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


@dataclass
class Ended:
    status: int
    said: str


def dapipeline(*arguments: object) -> Ended:
    """Run a command; give its exit status and all that it printed."""
    said, before = io.StringIO(), sys.argv
    sys.argv = ["dapipeline", *map(str, arguments)]
    status = 0
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            cli.main()
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        sys.argv = before
    return Ended(status, said.getvalue())


CONFIG = """\
name: made up
extract: {{path: extract.csv{more}}}
clustering: {{k: 6}}
privacy: {{pseudonymise: true, key_file: secret/key}}
"""


@pytest.fixture(scope="session")
def pseudonymised(tmp_path_factory) -> Path:
    """Give a folder with extract.csv, config.yaml, secret/key and, in out, a whole run; it is not to be changed."""
    folder = tmp_path_factory.mktemp("pseudonymised")
    write_rows(folder / "extract.csv", marked_rows(7))
    (folder / "secret").mkdir()
    put_key(folder / "secret/key")
    (folder / "config.yaml").write_text(CONFIG.format(more=""), encoding="utf-8")
    ended = dapipeline("run", folder / "config.yaml", "--out", folder / "out")
    assert ended.status == 0, ended.said
    (folder / "said.txt").write_text(ended.said, encoding="utf-8")
    return folder
