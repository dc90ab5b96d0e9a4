"""The commands as a user meets them: help, exit statuses, what is printed, and what never is."""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
import shutil
import stat
import sys
from importlib import metadata
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from rich.console import Console

from dapipeline import cli
from dapipeline.artefacts.folder import open_run
from dapipeline.console import answers
from dapipeline.extract.warnings import Warned, warnings_table
from dapipeline.offenders.catalogue import CATALOGUE
from dapipeline.typology.definitions import find_definitions, load_definitions
from dapipeline.workflow import check
from dapipeline.workflow.run import Run

from .layouts import LINKED
from .manifests import manifest_of, put_manifest, read_raw

ROOT = Path(__file__).parents[1]
COMMANDS = [
    "run",
    "check",
    "choose-k",
    "scrutiny",
    "explain",
    "assign",
    "compare",
    "erase",
    "synth",
    "features",
    "schema",
]
THREE = next(linked for linked in LINKED if len(linked.files) == 3)
HEADER = "incident_id,offender_id,occurred_from,da_flag,is_crime,risk_grade\n"


@pytest.fixture
def dapipeline(monkeypatch, capsys, tmp_path):
    """Run a command in an empty folder; give its exit status, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli.console, "width", 200)

    def run(*arguments: str):
        monkeypatch.setattr(sys, "argv", ["dapipeline", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


@pytest.fixture
def small(tmp_path):
    """A config and an extract with two faults."""
    (tmp_path / "config.yaml").write_text("name: small\nextract: {path: extract.csv, tolerance: 0.25}\n")
    lines = [
        "I1,A,2015-01-01,Y,Y,high",
        "I2,SECRET,never,Y,Y,high",
        "I3,B,2015-01-03,N,Y,V HIGH",
        "I3,B,2015-01-03,N,Y,V HIGH",
    ]
    (tmp_path / "extract.csv").write_text(HEADER + "\n".join(lines) + "\n")
    return tmp_path


def test_help_names_the_commands(dapipeline):
    status, out, err = dapipeline("--help")
    assert (status, err) == (0, "")
    assert all(command in out for command in COMMANDS)
    assert "never a person" in " ".join(out.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(dapipeline, command):
    status, out, err = dapipeline(command, "--help")
    assert (status, err) == (0, "")
    assert f"Usage: dapipeline {command}" in out


def test_init_joins_people_events_and_roles(dapipeline, tmp_path):
    paths = THREE.write(THREE.tables(1), tmp_path)
    status, out, err = dapipeline("init", *paths)
    assert (status, err) == (0, "")
    assert "roles.csv holds the roles: role" in out
    assert "people.csv holds people: its nominal_id" in out
    assert "Left out: 433 rows of people in roles that are neither suspect nor victim: INFORMANT (246)" in out
    assert (tmp_path / "configs/events_people_roles.sql").is_file()
    assert f"The extract: {tmp_path / 'events_people_roles_joined.csv'}" in out
    status, out, _ = dapipeline("check", "configs/events_people_roles.yaml")
    assert status == 0
    assert f"{len(THREE.joined(1)):,}" in out
    for name in ("events.csv", "people.csv"):
        (tmp_path / name).unlink()
    status, _, err = dapipeline("init", *paths, "--out", "configs/events_people_roles.yaml")
    assert status == 2
    assert err.startswith("C026: ")


def test_without_a_command_help_is_shown_and_usage_is_wrong(dapipeline):
    status, out, err = dapipeline()
    assert status == 2
    assert "Usage: dapipeline" in out + err


@pytest.mark.parametrize(
    "arguments",
    [
        ("frobnicate",),
        ("run",),
        ("run", "c.yaml", "--bogus"),
        ("run", "c.yaml", "--engine", "polars"),
        ("check",),
        ("choose-k",),
        ("choose-k", "c.yaml", "--from", "1"),
        ("choose-k", "c.yaml", "--to", "many"),
        ("explain", "run"),
        ("assign", "run", "--extract", "e.csv"),
        ("assign", "run", "--out", "o"),
        ("assign", "run", "--extract", "e.csv", "--out", "o", "--from", "2012"),
        ("compare", "run"),
        ("schema", "report"),
        ("synth", "--offenders", "x"),
        ("synth", "--offenders", "10", "--out", "o"),
    ],
)
def test_wrong_usage_is_2(dapipeline, arguments):
    status, out, err = dapipeline(*arguments)
    assert status == 2
    assert "Usage: dapipeline" in err
    assert "Traceback" not in out + err


# check


def test_check_says_what_is_usable_and_what_is_wrong_and_nobody_s_data(dapipeline, small):
    status, out, err = dapipeline("check", "config.yaml")
    assert (status, err) == (0, "")
    assert "Columns found: incident_id, offender_id, occurred_from, da_flag, is_crime, risk_grade." in out
    lines = {tuple(part.strip() for part in line.split("│")[1:-1]) for line in out.splitlines() if "│" in line}
    assert lines == {
        ("rows read", "", "read", "4"),
        ("exact duplicate", "", "duplicate", "1"),
        ("unreadable date", "occurred_from", "quarantined", "1"),
        ("unknown code", "risk_grade", "blanked", "1"),
        ("rows kept", "", "kept", "2"),
    }
    assert "3 of 3 faults, each kind once before more of it:" in out
    assert "extract.csv row 3: unreadable_date in occurred_from: 'never'" in out
    assert "extract.csv row 4: unknown_code in risk_grade: 'V HIGH'" in out
    assert "W308  1 of 4 rows (25%) are exact duplicates of others." not in out  # no more than is tolerated
    assert "SECRET" not in out
    assert sorted(path.name for path in small.iterdir()) == ["config.yaml", "extract.csv"]


def test_check_writes_row_by_row_where_asked(dapipeline, small):
    assert dapipeline("check", "config.yaml", "--out", "found")[0] == 0
    with (small / "found" / "quality" / "quarantine.csv").open(newline="", encoding="utf-8") as stream:
        aside = list(csv.DictReader(stream))
    assert [(line["source_row"], line["rule"], line["column"], line["value"]) for line in aside] == [
        ("3", "unreadable_date", "occurred_from", "never"),
        ("5", "exact_duplicate", "", ""),
    ]
    assert json.loads(aside[0]["row"])["offender_id"] == "SECRET"
    blanked = (small / "found" / "quality" / "blanked.csv").read_text()
    assert blanked == "source_file,source_row,rule,column,value\nextract.csv,4,unknown_code,risk_grade,V HIGH\n"
    for path in (small / "found").rglob("*.csv"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_check_shows_all_there_is_before_it_says_that_a_run_would_stop(dapipeline, small):
    (small / "config.yaml").write_text("name: small\nextract: {path: extract.csv, tolerance: 0.2}\n")
    status, out, err = dapipeline("check", "config.yaml", "--out", "found")
    assert status == 1
    assert err.startswith("E121: The rule unreadable_date in occurred_from sets aside 1 of 4 rows (25%)")
    assert "extract.csv row 3: unreadable_date in occurred_from" in out
    assert "W308  1 of 4 rows (25%) are exact duplicates of others." in out
    warnings = (small / "found" / "quality" / "warnings.csv").read_text()
    assert warnings.startswith("code,column,rows,text,remedy\nW308,,1,")
    assert dapipeline("run", "config.yaml", "--out", "out")[2] == err
    assert not (small / "out").exists()


def test_an_error_about_the_cohort_names_the_rules_that_took_the_rows(dapipeline, small):
    (small / "config.yaml").write_text(
        "name: small\nextract: {path: extract.csv, tolerance: 1}\nwindow: {from: 2016-01-01}\n"
    )
    status, _, err = dapipeline("run", "config.yaml", "--out", "out")
    assert status == 1
    assert err.startswith(
        "D100: Nobody in the extract is named as suspect of a DA incident in the window. Of 4 rows read, "
        "outside_window (occurred_from) took 2, exact_duplicate took 1, unreadable_date (occurred_from) took 1. Check"
    )


def test_check_takes_the_extract_of_the_command_line(dapipeline, small):
    (small / "other.csv").write_text(HEADER + "I1,A,2015-01-01,Y,Y,high\n")
    _, out, _ = dapipeline("check", "config.yaml", "--extract", "other.csv")
    assert "exact duplicate" not in out


def test_check_on_the_sample_finds_the_faults_planted_in_it(dapipeline):
    status, _, err = dapipeline("check", ROOT / "configs" / "sample.yaml", "--out", "found")
    assert (status, err) == (0, "")
    planted = json.loads((ROOT / "data" / "sample" / "faults.json").read_text())
    counts = pd.read_csv("found/quality/extract.csv").fillna("").set_index(["rule", "column"])["rows"]
    assert counts["exact_duplicate", ""] == planted["exact_duplicate"]
    assert counts["missing_incident_id", "incident_id"] == planted["missing_incident_id"]
    assert counts["unreadable_date", "occurred_from"] == planted["unreadable_date"]
    assert counts["unknown_code", "da_flag"] == planted["unknown_code.da_flag"]
    with (ROOT / "data" / "sample" / "incidents.csv").open(newline="", encoding="utf-8") as stream:
        assert counts["rows_read", ""] == sum(1 for _ in csv.reader(stream)) - 1


# run


def test_run_reports_reuses_and_explains(dapipeline, small):
    rows = [f"I{at},S{at % 9},201{at % 8}-0{1 + at % 7}-11,{'YYN'[at % 3]},{'YN'[at % 2]},high" for at in range(60)]
    (small / "extract.csv").write_text(HEADER + "\n".join(rows) + "\n")
    (small / "config.yaml").write_text(
        "name: small\nextract: {path: extract.csv}\nclustering: {k: 2}\ntypology: {definitions: none}\n"
    )
    status, out, err = dapipeline("run", "config.yaml", "--explain")
    assert (status, err) == (0, "")
    assert "extract      runs, because there are no outputs of it yet" in out
    # S2, S5 and S8 have no DA incident; 7, 7 and 6 of the 60 rows are theirs.
    assert "60 rows read: 40 used, 20 out of scope, 0 quarantined, 0 exact duplicates; 0 values blanked." in out
    found = pd.read_csv(small / "outputs" / "config" / "tables" / "clusters.csv")["stability_band"].value_counts()
    (line,) = [line for line in out.splitlines() if line.startswith("Stability of the 2 clusters: ")]
    assert sorted(line.split(": ")[1].rstrip(".").split(", ")) == sorted(f"{n} {band}" for band, n in found.items())
    assert (small / "outputs" / "config" / "run.json").is_file()
    (small / "elsewhere").mkdir()
    shutil.move("config.yaml", "elsewhere/config.yaml")
    status, out, err = dapipeline(
        "run", "elsewhere/config.yaml", "--extract", "extract.csv", "--out", "outputs/config", "--explain"
    )
    assert (status, err) == (0, "")
    assert "Nothing has changed since the last run: all of it was reused." in out
    assert out.count("is reused: nothing it depends on changed") == len(json.loads(
        (small / "outputs" / "config" / "run.json").read_text())["stages"])  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("run", "gone.yaml"), 2, "C001"),
        (("run", "config.yaml", "--extract", "gone.csv"), 1, "E101"),
        (("run", "config.yaml", "--out", "extract.csv"), 1, "O103"),
        (("run", "config.yaml", "--out", "extract.csv/out"), 1, "O101"),
        (("run", "config.yaml", "--out", "."), 1, "O103"),
        (("check", "config.yaml", "--out", "extract.csv"), 1, "O101"),
        (("choose-k", "config.yaml", "--from", "5", "--to", "3"), 2, "C024"),
        (("choose-k", "gone.yaml"), 2, "C001"),
        (("choose-k", "config.yaml", "--out", "."), 1, "O103"),
        (("explain", "gone", "SECRET"), 1, "O104"),
        (("assign", "gone", "--extract", "extract.csv", "--out", "placed"), 1, "O104"),
        (("compare", "gone", "gone"), 1, "O104"),
        (("synth", "--offenders", "500", "--out", "extract.csv"), 1, "O101"),
    ],
)
def test_what_goes_wrong_is_one_paragraph(dapipeline, small, arguments, status, code):
    (small / "config.yaml").write_text("name: s\nextract: {path: extract.csv}\ntypology: {definitions: none}\n")
    found, _, err = dapipeline(*arguments)
    assert found == status
    assert err.startswith(f"{code}: ")
    assert err.count("\n") == 1


def test_the_unforeseen_is_told_without_anybody_s_data(dapipeline, small, monkeypatch):
    def fail(*arguments):
        raise RuntimeError("SECRET of nominal 12345")

    monkeypatch.setattr(check, "take_in", fail)
    status, out, err = dapipeline("check", "config.yaml")
    assert status == 1
    assert err.startswith("U999: The program failed where it should not (RuntimeError at test_cli.py:")
    assert err.count("\n") == 1
    assert "SECRET" not in out + err
    assert "Traceback" not in out + err


def test_an_interrupted_command_says_so(dapipeline, small, monkeypatch):
    def interrupt(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "take_in", interrupt)
    status, _, err = dapipeline("check", "config.yaml")
    assert (status, err) == (130, "Interrupted; outputs of an earlier run are as they were.\n")


# choose-k


@pytest.fixture
def made(tmp_path):
    """A config and a made-up extract of 30 people."""
    rng = random.Random(1)
    rows = [
        f"I{at},S{at % 30},201{rng.randrange(9)}-0{rng.randrange(1, 9)}-1{rng.randrange(9)} {rng.randrange(10, 24)}:00"
        f",{'Y' if at < 30 else rng.choice('YN')},{rng.choice('YN')},{rng.choice(['high', 'medium', 'standard'])}"
        for at in range(200)
    ]
    (tmp_path / "extract.csv").write_text(HEADER + "\n".join(rows) + "\n")
    (tmp_path / "config.yaml").write_text(
        "name: made\nextract: {path: extract.csv}\nclustering: {k: 3}\ntypology: {definitions: none}\n"
    )
    return tmp_path


def test_choose_k_measures_every_k_and_prints_a_paragraph(dapipeline, made):
    status, out, err = dapipeline("choose-k", "config.yaml", "--from", "2", "--to", "5")
    assert (status, err) == (0, "")
    folder = made / "outputs" / "config_choose_k"
    assert pd.read_csv(folder / "tables" / "choose_k.csv")["k"].tolist() == [2, 3, 4, 5]
    assert len(pd.read_csv(folder / "tables" / "choose_k_clusters.csv")) == 2 + 3 + 4 + 5
    assert (folder / "choose_k.html").is_file()
    assert (folder / "figures" / "choose_k.svg").read_text().startswith("<svg")
    said = " ".join(out.split())
    assert "Every number of clusters k from 2 to 5 was tried on 30 offenders." in said
    assert json.loads((folder / "choose_k.json").read_text())["paragraph"] in said
    status, out, _ = dapipeline("choose-k", "config.yaml", "--from", "2", "--to", "5")
    assert status == 0
    assert "Nothing has changed since the last time: all of it was reused." in out


def test_choose_k_beyond_the_cohort_is_told(dapipeline, made):
    status, _, err = dapipeline("choose-k", "config.yaml", "--to", "31")
    assert status == 1
    assert err.startswith("D108: The 30 offenders have only ")
    assert err.count("\n") == 1
    assert not (made / "outputs" / "config_choose_k").exists()


def test_choose_k_and_run_never_replace_each_other_s_outputs(dapipeline, made):
    assert dapipeline("run", "config.yaml", "--out", "one")[0] == 0
    assert dapipeline("choose-k", "config.yaml", "--to", "3", "--out", "two")[0] == 0
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    status, _, err = dapipeline("choose-k", "config.yaml", "--to", "3", "--out", "one")
    assert (status, err.split(":")[0]) == (1, "O105")
    assert "holds the outputs of dapipeline run." in err
    status, _, err = dapipeline("run", "config.yaml", "--out", "two")
    assert (status, err.split(":")[0]) == (1, "O105")
    assert "holds the outputs of dapipeline choose-k." in err
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before


# explain, assign, compare


@pytest.fixture
def run(finished, tmp_path):
    """A copy of a finished run."""
    return shutil.copytree(finished / "out", tmp_path / "one")


def cells(out: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("│")[1:-1]] for line in out.splitlines() if line.startswith("│")]


def test_explain_says_what_it_is_for_and_what_decides_and_records_it(dapipeline, run):
    assigned = pd.read_parquet(run / "tables/assignments.parquet")
    line = assigned[assigned["typology"] != "unnamed"].iloc[0]
    status, out, err = dapipeline("explain", "one", line["offender_id"])
    assert (status, err) == (0, "")
    said = " ".join(out.split())
    assert said.startswith("For audit and complaints, not for decisions.")
    assert "It is no score, it predicts nothing" in said
    assert f"Cluster {line['cluster']} ({line['typology'].replace('_', ' ')}): {line['distance']:.3f} from" in said
    assert f"Second: cluster {line['second_cluster']} (" in said
    assert f"Margin: {line['margin']:.3f}." in said
    assert line["offender_id"] not in out
    shown = cells(out)
    assert shown[-1][0] == "All together"
    sides = {str(line["cluster"]): 1, str(line["second_cluster"]): -1, "neither": 0}
    spoken = [sides[row[4]] * float(row[5]) for row in shown]
    assert sum(spoken[:-1]) == pytest.approx(spoken[-1], abs=0.001 * len(spoken))
    (entry,) = (run / "access_log/explain.jsonl").read_text().splitlines()
    assert json.loads(entry)["answer"] == "explained"
    assert "Recorded: one/access_log/explain.jsonl" in out


def test_explain_marks_what_is_not_known_of_somebody(dapipeline, finished, tmp_path):
    folder = shutil.copytree(finished, tmp_path / "force")
    raw = json.loads((folder / "out/run.json").read_text())["config"]
    raw["features"]["missing"], raw["typology"]["definitions"] = "median", "none"
    (folder / "config.yaml").write_text(json.dumps(raw))  # JSON is YAML
    assert dapipeline("run", "force/config.yaml", "--out", "one")[0] == 0
    status, out, _ = dapipeline("explain", "one", "S1")
    assert status == 0
    filled = [row for row in cells(out) if row[1].endswith("*")]
    assert {row[0] for row in filled} <= {"Age at first DA incident", "Years older than DA victims"}
    assert ("* Not known of this offender: the cohort's median stands for it." in out) == bool(filled)


def test_explain_of_a_stranger_is_one_paragraph_without_the_id(dapipeline, run):
    status, out, err = dapipeline("explain", "one", "SECRET")
    assert status == 1
    assert err.startswith("D115: The run knows nobody by this id")
    assert err.count("\n") == 1
    assert "SECRET" not in out + err


def test_assign_places_and_compare_lays_side_by_side(dapipeline, finished, run):
    status, out, err = dapipeline("assign", "one", "--extract", finished / "extract.csv", "--out", "placed")
    assert (status, err) == (0, "")
    assert "No drift: sizes and distances differ from those of the fit by no more than resampling explains." in out
    assigned = pd.read_parquet("placed/tables/assignments.parquet")
    shown = {row[0]: row for row in cells(out.split("Distance to the medoid")[0])}
    for name, people in assigned["typology"].value_counts().items():
        assert shown[name.replace("_", " ")][1:3] == [f"{people:,} → {people:,}", "0%"]
    status, out, err = dapipeline("compare", "one", "placed", "--out", "found")
    assert (status, err) == (0, "")
    assert f"{len(assigned):,} offenders are in both runs, 0 in the first alone, 0 in the second alone." in out
    assert "Adjusted Rand index: 1.000 of typologies, 1.000 of clusters." in out
    assert "The runs have the same settings and inputs." in out
    names = sorted(path.name for path in Path("found").iterdir())
    assert names == ["comparison.csv", "comparison.json", "comparison_features.csv", "comparison_settings.csv"]
    for path in Path("found").iterdir():
        assert not set(assigned["offender_id"]) & set(path.read_text().replace("\n", ",").split(","))


def test_what_assign_prints_is_whole_on_a_terminal_of_80_columns(tmp_path, capsys):
    names = list(load_definitions(find_definitions("west_midlands_2022", tmp_path)).typologies)
    drift = pd.DataFrame({
        "level": ["cohort", *["typology"] * len(names)], "typology": [None, *names], "cluster": None,
        "fit_offenders": 137_661, "offenders": 140_002, "new_entrants_share": 0.123, "fit_share": 0.123, "share": 0.145,
        "fit_median": 12.34, "median": 13.45, "fit_p90": 21.22, "p90": 23.45, "beyond_fit_p99": 0.012,
        "drift": "share and distance",
    })  # fmt: skip
    outputs = {
        "tables/drift.csv": drift, "model/drift.json": {"threshold": 4.2},
        "quality/reconciliation.csv": pd.DataFrame({"rule": ["rows_read", "outside_window"], "rows": [1, 0]}),
        "quality/missing_features.csv": pd.DataFrame({"feature": ["any"], "offenders": [0], "treatment": ["excluded"]}),
        "quality/warnings.csv": warnings_table([Warned("W201", "victim_id", 0, "Of 5 suspects, 0 share an id.")]),
    }  # fmt: skip
    with open_run(tmp_path / "out") as folder:
        files = {name: folder.write(name, content) for name, content in outputs.items()}
        manifest = manifest_of(files, folder.cell_types, command="assign")
        folder.commit(manifest)
    answers.print_assignment(Console(width=80), Run(tmp_path / "out"))
    out = capsys.readouterr().out.split("Tables: ")[0]  # a path is never cut
    assert max(len(line) for line in out.splitlines()) <= 80
    assert "…" not in out
    words = set(re.findall(r"[^\s│]+", out))
    for name in names:
        assert set(name.replace("_", " ").split()) <= words
    assert {"137,661", "140,002", "distance", "12.3", "23.4", "W201"} <= words


def test_assign_warns_of_drift_and_says_what_a_window_leaves_out(dapipeline, finished, run):
    status, out, err = dapipeline("assign", "one", "--extract", finished / "extract.csv", "--out", "placed",
                                  "--to", "2013-12-31")  # fmt: skip
    assert (status, err) == (0, "")
    assert "Warning: this cohort has drifted from the fit by more than resampling explains" in out
    assert " of them outside the window; --from and --to set another." in out
    window = json.loads(Path("placed/run.json").read_text())["config"]["window"]
    assert window == {"from": "2011-01-01", "to": "2013-12-31"}


def test_compare_shows_who_moved_and_what_was_set_otherwise(dapipeline, finished, run, tmp_path):
    shutil.copytree(run, tmp_path / "two")
    assigned = pd.read_parquet("two/tables/assignments.parquet")
    moved = assigned.index[assigned["typology"] == "unnamed"][:3]
    assigned.loc[moved, "typology"] = "another_name"
    assigned.to_parquet("two/tables/assignments.parquet")
    manifest = read_raw(Path("two"))
    manifest["config"]["clustering"]["k"] = 9
    digest = hashlib.sha256(Path("two/tables/assignments.parquet").read_bytes()).hexdigest()
    manifest["files"]["tables/assignments.parquet"] = digest
    put_manifest(Path("two"), manifest)
    status, out, err = dapipeline("compare", "one", "two")
    assert (status, err) == (0, "")
    assert f"Of those in both, {len(assigned) - 3:,} (" in out
    rows = {row[0]: row[1:] for row in cells(out)}
    (unnamed,) = [values for name, values in rows.items() if name.endswith(" unnamed")]
    assert unnamed[0] == "3"  # another name comes first by alphabet
    assert rows["clustering.k"] == ["8", "9"]


# features, schema, synth


def test_features_lists_the_whole_catalogue(dapipeline):
    status, out, err = dapipeline("features")
    assert (status, err) == (0, "")
    assert all(feature.name in out for feature in CATALOGUE)


def test_features_are_whole_on_a_terminal_of_80_columns(dapipeline, monkeypatch):
    monkeypatch.setattr(cli.console, "width", 80)
    out = dapipeline("features")[1]
    assert max(len(line) for line in out.splitlines()) <= 80
    assert "…" not in out
    words = out.split()
    for feature in CATALOGUE:
        assert feature.name in words
        assert f"({feature.unit})" in out
        assert " ".join(feature.meaning.split()) in " ".join(words)


def test_the_version_is_that_of_the_package(dapipeline):
    assert dapipeline("--version") == (0, f"dapipeline {metadata.version('dapipeline')}\n", "")


@pytest.mark.parametrize("of", ["extract", "config"])
def test_schema_is_json_schema(dapipeline, of):
    status, out, err = dapipeline("schema", of)
    assert (status, err) == (0, "")
    schema = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(schema)
    if of == "extract":
        row = {"incident_id": "I1", "offender_id": "A", "occurred_from": "2015-01-01T00:00:00", "da_flag": True}
        validator = jsonschema.Draft202012Validator(schema)
        assert validator.is_valid(row)
        assert not validator.is_valid(row | {"risk_grade": "severe"})
        assert not validator.is_valid({"incident_id": "I1"})


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_synth_makes_an_extract_that_check_finds_sound(dapipeline, tmp_path, kind):
    status, _, err = dapipeline("synth", "--offenders", "500", "--seed", "3", "--out", "made", "--format", kind)
    assert (status, err) == (0, "")
    names = sorted(path.name for path in (tmp_path / "made").iterdir())
    assert names == ["faults.json", f"incidents.{kind}", "truth.csv"]
    assert len(pd.read_csv("made/truth.csv")) == 500
    Path("config.yaml").write_text(f"name: made\nextract: {{path: made/incidents.{kind}}}\n")
    status, out, _ = dapipeline("check", "config.yaml")
    assert status == 0
    assert "quarantined" not in out
    assert "blanked" not in out


def test_synth_plants_faults_where_asked_and_the_same_every_time(dapipeline, tmp_path):
    for folder in ("one", "two"):
        assert dapipeline("synth", "--offenders", "500", "--out", folder, "--faults")[0] == 0
    assert (tmp_path / "one/incidents.csv").read_bytes() == (tmp_path / "two/incidents.csv").read_bytes()
    assert json.loads((tmp_path / "one/faults.json").read_text())["exact_duplicate"] > 0
