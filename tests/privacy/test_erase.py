"""Whoever is erased is in no table, nobody else is gone, and nothing brings them back unsaid."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from dapipeline.artefacts.folder import open_run as open_folder
from dapipeline.artefacts.hashes import sha256
from dapipeline.artefacts.secret_key import read_key
from dapipeline.config import Config, load_config
from dapipeline.errors import CohortError, PrivacyError, PrivacyWarning, RunError
from dapipeline.workflow import outputs
from dapipeline.workflow.commands import assign, done_by, open_run
from dapipeline.workflow.compare import compare
from dapipeline.workflow.erase import erase
from dapipeline.workflow.explain import explain
from dapipeline.workflow.inputs import resolve_inputs
from dapipeline.workflow.pipeline import STAGES

from ..conftest import SETTINGS
from ..manifests import read_raw
from ..running import run_in
from .conftest import MARK, dapipeline, put_key
from .test_nowhere import holding

AFTER = ("scrutiny", "analysis", "harm", "course", "markers", "edition", "report", "files")
BEFORE_ANALYSIS = tuple(stage for stage in STAGES if stage.name not in AFTER)


@pytest.fixture
def force(finished, tmp_path) -> Path:
    """A copy of the finished run with what it was made from."""
    return shutil.copytree(finished, tmp_path / "force")


@pytest.fixture
def whole(pseudonymised, tmp_path) -> Path:
    """A copy of the whole pseudonymised run, with its page, and of what it was made from."""
    return shutil.copytree(pseudonymised, tmp_path / "whole")


def parquets(out: Path) -> dict[str, pd.DataFrame]:
    return {path.relative_to(out).as_posix(): pd.read_parquet(path) for path in sorted(out.rglob("*.parquet"))}


def some_people(out: Path) -> list[str]:
    """Give a suspect who is a victim as well, a victim alone, and a suspect without DA."""
    rows = pd.read_parquet(out / "work/rows.parquet")
    medoids = set(pd.read_parquet(out / "model/medoids.parquet")["offender_id"])
    cohort = set(pd.read_parquet(out / "tables/features.parquet")["offender_id"])
    suspects, victims = set(rows["offender_id"].dropna()), set(rows["victim_id"].dropna())
    return [
        min((suspects & victims & cohort) - medoids), min(victims - suspects), max(suspects - cohort),
        *sorted(cohort - medoids)[-20:],
    ]  # fmt: skip


def check_whole(out: Path) -> None:
    """Read every file through the run, which compares it with its hash, and see that no other is there."""
    run = open_run(out)
    for name, digest in run.manifest["files"].items():
        assert sha256(run.path(name)) == digest
        if name.endswith((".csv", ".parquet")) and name != "model/severity.csv":  # a copy of the force's own
            assert len(run.frame(name)) == next(
                (record["rows"][name] for record in run.manifest["stages"].values() if name in record["rows"]), -1
            )
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert there == {*run.manifest["files"], "run.json"}


def test_they_are_gone_and_everybody_else_is_there(force):
    out = force / "out"
    people, before = some_people(out), parquets(out)
    found = erase(out, people)
    assert (found.people, found.not_found, found.medoids, found.foreign) == (len(people), 0, [], [])
    rows = before["work/rows.parquet"]
    named = rows["offender_id"].isin(people) | rows["victim_id"].isin(people)
    assert found.rows["work/rows.parquet"] == named.sum() > len(people)
    of_source = [*zip(rows.loc[named, "source_file"], rows.loc[named, "source_row"], strict=True)]
    for name, table in parquets(out).items():
        old = before[name]
        lost = pd.Series(False, index=old.index)
        for column in ("offender_id", "victim_id"):
            if column in old:
                assert not table[column].isin(people).any(), name
                lost |= old[column].isin(people)
        if "source_row" in old:
            lost |= pd.Series([*zip(old["source_file"], old["source_row"], strict=True)]).isin(of_source)
        if name in (outputs.QUARANTINE, outputs.BLANKED):
            continue
        pd.testing.assert_frame_equal(table, old[~lost].reset_index(drop=True))
        assert found.rows.get(name, 0) == lost.sum()
    check_whole(out)
    counts = open_run(out).frame("extract").set_index("rule")["rows"]
    assert counts["erased"] == named.sum()
    assert counts["rows_kept"] == (~named).sum()


def test_run_again_they_are_in_no_figure_as_if_the_extract_had_never_named_them(force):
    people = some_people(force / "out")
    erase(force / "out", people)
    config = Config.model_validate(SETTINGS)
    again = run_in(force, config, stages=BEFORE_ANALYSIS)
    assert set(again.ran) == {stage.name for stage in BEFORE_ANALYSIS} - {"extract"}
    assert {why for reasons in again.ran.values() for why in reasons} == {"people were erased, whom it counted"}

    raw = pd.read_csv(force / "extract.csv", dtype="string")
    named = raw["offender_id"].str.strip().isin(people) | raw["victim_id"].str.strip().isin(people)
    raw[~named].to_csv(force / "extract.csv", index=False)
    fresh = run_in(force, config, force / "fresh", BEFORE_ANALYSIS)
    for name in ("features", "assignments", "clusters", "profiles", "groups", "stability", "criteria",
                 "model/medoids.parquet", "work/incidents.parquet", "work/offences.parquet", "work/vectors.parquet",
                 "work/victimisations.parquet"):  # fmt: skip
        pd.testing.assert_frame_equal(again.frame(name), fresh.frame(name))
    totals = again.frame("reconciliation").groupby("effect")["rows"].sum()
    assert totals["read"] == totals[["used", "out of scope", "quarantined", "duplicate"]].sum()
    compared = compare(again, fresh)
    assert compared.about["offenders_in_both"] == compared.about["offenders_first"]
    counted = again.erased[0]["counted_with_them"]
    assert all(name.startswith("quality/") for name in counted)


def test_they_are_gone_from_rows_that_were_set_aside(force):
    out = force / "out"
    before = open_run(out).frame("quarantine")
    assert before["row"].str.contains('"S2"').sum() == 1
    found = erase(out, ["S2"])
    assert (found.people, found.rows) == (1, {"quality/quarantine.parquet": 1})
    after = open_run(out).frame("quarantine")
    assert not after["row"].str.contains('"S2"').any()
    assert len(after) == len(before) - 1
    check_whole(out)
    assert holding(out, '"S2"') == []


def test_an_id_within_another_is_not_taken_for_it(force):
    out = force / "out"
    rows = pd.read_csv(force / "extract.csv", dtype="string")
    faulty = rows.iloc[[0, 1, 2]].assign(
        offender_id=["77", "177", "77-1"], occurred_from="never", victim_id="", incident_id=["a", "b", "c"],
        offence_id=["x", "y", "z"],
    )  # fmt: skip
    pd.concat([rows, faulty]).to_csv(force / "extract.csv", index=False)
    run_in(force, Config.model_validate(SETTINGS), out, BEFORE_ANALYSIS[:2])
    found = erase(out, ["177"])
    assert found.rows == {"quality/quarantine.parquet": 1}
    left = "".join(open_run(out).frame("quarantine")["row"])
    assert '"77"' in left
    assert '"77-1"' in left
    assert "177" not in left


def test_who_is_not_there_is_told_as_a_number_and_nothing_changes(force):
    out = force / "out"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert erase(out, ["NOBODY", "NOR I", " NOBODY "]).not_found == 2
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_files_that_people_put_there_are_named(force):
    (force / "out/notes").mkdir()
    (force / "out/notes/mine.txt").write_text("about somebody")
    explain(force / "out", pd.read_parquet(force / "out/tables/assignments.parquet")["offender_id"][0])
    assert erase(force / "out", some_people(force / "out")[:1]).foreign == ["notes/mine.txt"]
    assert (force / "out/notes/mine.txt").read_text() == "about somebody"
    assert (force / "out/access_log/explain.jsonl").is_file()


def test_a_medoid_that_is_erased_leaves_its_place_without_an_id(force, tmp_path):
    out = force / "out"
    medoids, vectors = (pd.read_parquet(out / name) for name in ("model/medoids.parquet", "work/vectors.parquet"))
    person = medoids["offender_id"][2]
    found = erase(out, [person])
    assert found.medoids == [3]
    after = pd.read_parquet(out / "model/medoids.parquet")
    assert after["offender_id"].isna().tolist() == [False, False, True] + [False] * (len(medoids) - 3)
    pd.testing.assert_frame_equal(after.drop(columns="offender_id"), medoids.drop(columns="offender_id"))
    assert holding(out, person) == []
    with pytest.raises(PrivacyError, match=r"^P012: .*cluster 3 "), pytest.warns(PrivacyWarning):
        assign(out, force / "extract.csv", out=tmp_path / "placed")
    places = open_run(out).frame("work/assignments.parquet").set_index("offender_id")
    near = places[(places[["cluster", "second_cluster"]] == 3).any(axis=1)].index[0]
    far = places[(places[["cluster", "second_cluster"]] != 3).all(axis=1)].index[0]
    with pytest.warns(PrivacyWarning):
        with pytest.raises(PrivacyError, match=r"^P012: "):
            explain(out, near)
        assert explain(out, far).explanation.cluster != 3
        with pytest.raises(CohortError, match=r"^D115: "):
            explain(out, person)
    again = run_in(force, Config.model_validate(SETTINGS), stages=BEFORE_ANALYSIS)
    assert len(again.frame("work/vectors.parquet")) == len(vectors) - 1
    assert again.frame("model/medoids.parquet")["offender_id"].notna().all()
    assert again.erased[0]["medoids"] == [3]


def test_the_same_extract_cannot_bring_them_back(force):
    out = force / "out"
    erase(out, some_people(out))
    after = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    changed = Config.model_validate(SETTINGS | {"window": {"from": "2012-01-01", "to": "2020-12-31"}})
    with pytest.raises(PrivacyError, match=r"^P011: 23 people were erased "):
        run_in(force, changed, out, BEFORE_ANALYSIS)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == after


def run_with_warnings(force, out):
    config = Config.model_validate(SETTINGS).read_from(force / "config.yaml")
    return done_by("run", BEFORE_ANALYSIS, config, resolve_inputs(config), out, None)


def test_another_extract_is_read_with_a_warning(force):
    out = force / "out"
    erase(out, some_people(out))
    with pytest.warns(PrivacyWarning, match=r"23 people were erased .* the extract must no longer hold them"):
        same = run_with_warnings(force, out)
    assert "extract" not in same.ran
    raw = pd.read_csv(force / "extract.csv", dtype="string")
    raw.iloc[:-1].to_csv(force / "extract.csv", index=False)
    with pytest.warns(PrivacyWarning, match=r"23 people were erased"):
        anew = run_with_warnings(force, out)
    assert "extract" in anew.ran
    assert anew.erased[0]["counted_with_them"] == []
    assert "people erased" in repr(anew)


def test_two_erasures_add_up(force):
    out = force / "out"
    people = some_people(out)
    first, second = erase(out, people[:3]), erase(out, people[3:])
    assert [entry["people"] for entry in open_run(out).erased] == [first.people, second.people]
    assert open_run(out).frame("extract").set_index("rule")["rows"]["erased"] == (
        first.rows["work/rows.parquet"] + second.rows["work/rows.parquet"]
    )
    check_whole(out)


def test_while_another_run_is_writing_nobody_is_erased(force):
    with open_folder(force / "out"), pytest.raises(RunError, match=r"^O102: "):
        erase(force / "out", ["S2"])


def test_a_folder_that_is_no_run_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    for out in (tmp_path / "mine", tmp_path / "not" / "there"):
        with pytest.raises(RunError, match=r"^O104: "):
            erase(out, ["S2"])
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (b"S1\nS2\n", 2), (b"\xef\xbb\xbfS1\r\n\r\n S2 \r\nS1", 2), (b"offender_id\nS1\n", 1), (b'"S1"\n"S2"\n', 2),
        (b"victim_id\nS1", 1),
    ],
)  # fmt: skip
def test_a_file_names_them(force, tmp_path, content, ids):
    (tmp_path / "ids.txt").write_bytes(content)
    found = erase(force / "out", tmp_path / "ids.txt")
    assert (found.people, found.not_found) == (ids, 0)


@pytest.mark.parametrize(
    "content", [b"", b"\n \n", b"a,b\n", b"offender_id;x\n007;a\n", b"1\t2\n", b"\xff\xfe", b'"S1\n', b"offender_id\n"]
)
def test_a_file_that_names_nobody_is_refused(force, tmp_path, content):
    (tmp_path / "ids.txt").write_bytes(content)
    with pytest.raises(PrivacyError, match=r"^P010: "):
        erase(force / "out", tmp_path / "ids.txt")


def test_a_file_of_ids_that_is_not_there_is_told(force, tmp_path):
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(PrivacyError, match=r"^P010: "):
            erase(force / "out", path)


def owners(whole: Path, pseudonyms: list[str]) -> list[str]:
    """Give the own ids that stand behind pseudonyms."""
    key = read_key(whole / "secret/key")
    text = (whole / "extract.csv").read_text().replace("\0", "")
    own = {cell.strip() for line in text.splitlines() for cell in line.split(",")[:4] if MARK in cell}
    by_pseudonym = {key.pseudonym(one): one for one in own}
    return [by_pseudonym[one] for one in pseudonyms]


def test_from_a_whole_run_with_pseudonyms_everything_about_them_goes(whole, monkeypatch):
    monkeypatch.chdir(whole)
    out = whole / "out"
    run = open_run(out)
    shown = run.frame("timeline_people")
    people = [*shown["offender_id"].head(2), *some_people(out)[:3]]
    harm, features = run.frame("work/harm_people.parquet"), run.frame("features").sort_values("offender_id")
    own = owners(whole, people)
    (whole / "ids.txt").write_text("\n".join([*own, f"{MARK}NOBODY"]))
    ended = dapipeline("erase", out, "--ids", whole / "ids.txt", "--key", whole / "secret/key")
    assert ended.status == 0, ended.said
    assert "1 id is in none of its tables." in ended.said
    assert f"{len(people)} people were erased from" in ended.said
    assert "At the centre of cluster" in ended.said
    for one in (*own, *people):
        assert one not in ended.said
        assert holding(out, one) == []
    check_whole(out)
    after = open_run(out)
    left = after.frame("work/harm_people.parquet")
    kept = ~features["offender_id"].isin(people).to_numpy()
    pd.testing.assert_frame_equal(left, harm[kept].reset_index(drop=True))
    assert features.loc[kept, "da_incidents"].tolist() == left["da_incidents"].tolist()
    clusters = set(shown.loc[shown["offender_id"].isin(people), "cluster"])
    for name in ("medoids", "timeline_people", "timeline_records", "timeline_others"):
        assert not set(after.frame(name)["cluster"]) & clusters
    page = (out / "report/index.html").read_text()
    assert "People were erased" in page
    assert f"{len(people)} people were erased" in page
    assert list((out / "figures").glob("*")) == []

    ended = dapipeline("run", whole / "config.yaml", "--out", out)
    assert ended.status == 0, ended.said
    assert f"{len(people)} people were erased from {out}" in ended.said.replace("\n", " ")
    page = (out / "report/index.html").read_text()
    assert "People were erased" not in page
    assert len(page) > 100_000
    for one in people:
        assert holding(out, one) == []


def test_pseudonyms_cannot_be_looked_for_in_raw_rows(pseudonymised, tmp_path):
    for name in ("extract.csv", "config.yaml"):
        shutil.copy(pseudonymised / name, tmp_path)
    put_key(tmp_path / "key")
    text = (tmp_path / "config.yaml").read_text().replace("secret/key", "key, keep_raw_rows: true")
    (tmp_path / "config.yaml").write_text(text)
    config = load_config(tmp_path / "config.yaml")
    out = run_in(tmp_path, config, stages=STAGES[:2]).out
    own = f"{MARK}S1"
    with pytest.raises(PrivacyError, match=r"^P013: "):
        erase(out, [read_key(tmp_path / "key").pseudonym(own)], key=tmp_path / "key")
    assert holding(out, own) == ["quality/blanked.parquet", "quality/quarantine.parquet"]
    assert erase(out, [own], key=tmp_path / "key").people == 1
    left = pd.read_parquet(out / "quality/quarantine.parquet")["row"].str.cat()
    assert f'"{own}"' not in left
    assert f'"{MARK}S2"' in left


def test_an_assignment_loses_them_too_and_the_run_it_rests_on_does_not(force, tmp_path):
    placed = assign(force / "out", force / "extract.csv", out=tmp_path / "placed")
    person = placed.frame("assignments")["offender_id"][5]
    assert erase(placed, [person]).people == 1
    assert holding(tmp_path / "placed", person) == []
    check_whole(tmp_path / "placed")
    assert holding(force / "out", person) != []
    assert read_raw(tmp_path / "placed")["erased"][0]["people"] == 1
