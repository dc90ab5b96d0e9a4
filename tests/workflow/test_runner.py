"""A run is made of what it depends on and of nothing else: what changed is done again, and the rest is reused."""

from __future__ import annotations

import csv
import hashlib
import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dapipeline.artefacts import reuse
from dapipeline.config import Config
from dapipeline.errors import CohortError, ExtractError, RunError
from dapipeline.workflow import outputs
from dapipeline.workflow.choose_k import stages_of_choice
from dapipeline.workflow.inputs import resolve_inputs
from dapipeline.workflow.pipeline import STAGES
from dapipeline.workflow.stage import Context, Declared, Stage, UndeclaredError

from ..running import Heard, run_in

# The report draws figures and the files stage writes copies: what is reused does not depend on how they look.
SHORT = tuple(stage for stage in STAGES if stage.name not in ("report", "files"))
THIS, THAT = "a" * 64, "b" * 64  # hashes of two versions of the program
NAMES = [stage.name for stage in SHORT]
SETTINGS = {
    "name": "small",
    "extract": {"path": "extract.csv"},
    "clustering": {"k": 2},
    "typology": {"definitions": "none"},
    "reference": {"severity": "weights.csv"},
}


def config_of(**sections) -> Config:
    merged = {key: SETTINGS.get(key, {}) | value for key, value in sections.items()}
    return Config.model_validate(SETTINGS | merged)


def write_extract(path: Path, seed: int = 1) -> None:
    rng = random.Random(seed)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["incident_id", "offender_id", "occurred_from", "da_flag", "is_crime", "offence_code"])
        for at in range(40):
            day = f"201{rng.randrange(9)}-0{rng.randrange(1, 9)}-1{rng.randrange(9)}"
            code = rng.choice(["00806", "10501", "04600"])
            writer.writerow([f"I{at}", f"S{rng.randrange(12):02}", day, rng.choice("YYN"), rng.choice("YYN"), code])


def run(folder: Path, config: Config | None = None, stages: tuple[Stage, ...] = SHORT) -> dict[str, list[str]]:
    """Run, and give the stages that ran with their reasons, as --explain is told them."""
    heard = Heard()
    ran = run_in(folder, config or config_of(), stages=stages, progress=heard).ran
    assert list(heard.stages) == NAMES  # every stage is told, in order
    assert ran == heard.ran
    return ran


@pytest.fixture(scope="module")
def first_run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("force")
    write_extract(folder / "extract.csv")
    (folder / "weights.csv").write_text("code,severity\n00806,300\n10501,9\n04600,1\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reuse, "program_hash", lambda packages: THIS)
        ran = run(folder)
    assert ran == {name: ["there are no outputs of it yet"] for name in NAMES}
    return folder


@pytest.fixture
def force(first_run, tmp_path, monkeypatch):
    """A copy of a finished run with its inputs."""
    monkeypatch.setattr(reuse, "program_hash", lambda packages: THIS)
    return shutil.copytree(first_run, tmp_path / "force")


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in (folder / "out").rglob("*") if p.is_file()}


def test_nothing_changed_and_all_is_reused(force):
    before = files(force)
    assert run(force) == {}
    assert files(force) == before


def test_another_k_is_another_clustering_and_what_follows(force):
    assert run(force, config_of(clustering={"k": 3})) == {
        "clustering": ["setting clustering.k changed"],
        "stability": ["clustering ran again"],
        "typology": ["clustering ran again", "stability ran again"],
        "analysis": ["clustering ran again", "typology ran again"],
        "harm": ["typology ran again"],
        "course": ["typology ran again"],
        "markers": ["typology ran again"],
        "edition": ["analysis ran again", "typology ran again"],
    }


def test_another_extract_is_another_run(force):
    write_extract(force / "extract.csv", seed=2)
    ran = run(force)
    assert list(ran) == NAMES
    assert ran["extract"] == ["input extract.extract.csv changed"]
    assert ran["incidents"] == ["extract ran again"]
    assert ran["clustering"] == ["incidents ran again", "offenders ran again"]


def test_the_same_extract_elsewhere_is_the_same(force):
    (force / "moved").mkdir()
    (force / "extract.csv").rename(force / "moved" / "extract.csv")
    assert run(force, config_of(extract={"path": "moved/extract.csv"})) == {}


def test_the_config_and_the_outputs_may_be_moved(force, tmp_path):
    assert run(force.rename(tmp_path / "elsewhere")) == {}


def test_another_table_of_severities_starts_at_the_incidents(force):
    (force / "weights.csv").write_text("code,severity\n00806,300\n10501,8\n04600,1\n")
    ran = run(force)
    assert list(ran) == NAMES[1:]
    assert ran["incidents"] == ["input severity.weights.csv changed"]


@pytest.mark.parametrize(
    ("sections", "first", "reason"),
    [
        ({"extract": {"missing_values": ["-"]}}, "extract", "setting extract.missing_values changed"),
        ({"extract": {"rules": {"no_people": "stop"}}}, "extract", "setting extract.rules.no_people changed"),
        ({"window": {"to": "2018-12-31"}}, "extract", "setting window.to changed"),
        ({"domestic_abuse": {"minimum_age": 18}}, "incidents", "setting domestic_abuse.minimum_age changed"),
        ({"features": {"missing": "median"}}, "offenders", "setting features.missing changed"),
        ({"clustering": {"weight": "none"}}, "clustering", "setting clustering.weight changed"),
        ({"typology": {"overrides": {1: "Mine"}}}, "typology", "setting typology.overrides.1 changed"),
    ],
)
def test_a_setting_starts_the_stage_that_reads_it(force, sections, first, reason):
    ran = run(force, config_of(**sections))
    assert next(iter(ran.items())) == (first, [reason])
    after = NAMES[NAMES.index(first) :]
    if first not in ("extract", "incidents"):
        after.remove("scrutiny")  # it counts incidents, whatever becomes of the cohort
    assert list(ran) == after


@pytest.mark.parametrize("sections", [{"engine": {"threads": 1}}, {"report": {"edition": "internal"}}])
def test_a_setting_that_changes_no_result_starts_nothing(force, sections):
    assert run(force, config_of(**sections)) == {}


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("edited by hand\n")])
def test_an_output_that_is_gone_or_edited_is_made_again_and_no_other(force, spoil):
    before = files(force)
    spoil(force / "out" / "tables" / "profiles.csv")
    assert run(force) == {"typology": ["an output of it is missing or was changed by hand"]}
    after = files(force)
    assert {name for name in before if before[name] != after[name]} <= {"out/run.json"}  # the seconds it took


def test_a_changed_program_is_not_trusted_with_old_outputs(force, monkeypatch):
    monkeypatch.setattr(reuse, "program_hash", lambda packages: THAT if packages[-1] == "typology" else THIS)
    again = ["typology ran again"]
    assert run(force) == {
        "typology": ["the program changed"],
        "analysis": again,
        "harm": again,
        "course": again,
        "markers": again,
        "edition": ["analysis ran again", *again],
    }


def test_the_hash_of_the_program_is_of_the_rooms_a_stage_uses():
    reuse.program_hash.cache_clear()
    hashes = {packages: reuse.program_hash(packages) for packages in [("extract",), ("incidents",), ("clustering",)]}
    assert len(set(hashes.values())) == len(hashes)
    assert all(len(value) == 64 for value in hashes.values())


@pytest.mark.parametrize(
    ("forgotten", "what"),
    [
        ({"settings": ()}, "reads clustering"),
        ({"inputs": ("imd",)}, "reads severity"),
        ({"after": ("incidents",)}, "reads work/vectors.parquet, and is not declared after offenders"),
    ],
)
def test_a_stage_that_reads_what_it_did_not_declare_is_an_error_in_every_run(force, forgotten, what):
    stages = tuple(replace(stage, **forgotten) if stage.name == "clustering" else stage for stage in SHORT)
    before = files(force)
    with pytest.raises(UndeclaredError, match=what):
        run(force, config_of(clustering={"k": 3}), stages=stages)
    assert files(force) == before


def test_an_output_that_a_run_lacks_has_to_be_declared_too(force):
    def looking(context: Context):
        assert context.frame_if_there(outputs.CRITERIA) is None
        return {}

    looking.__name__ = "looking"
    declared = Stage(work=looking, title="Looking", package="report", after=("typology",))
    assert "looking" in run_in(force, config_of(), stages=(*SHORT, declared)).ran
    with pytest.raises(UndeclaredError, match="is not declared after typology"):
        run_in(force, config_of(), stages=(*SHORT, replace(declared, after=("analysis",))))


def test_a_part_of_a_section_may_be_declared_alone():
    seen = Declared(config_of(), ("clustering.seed", "window"), "a stage")
    assert seen.clustering.seed == 2022
    assert seen.window == config_of().window
    for read in (lambda: seen.clustering.k, lambda: seen.name):
        with pytest.raises(UndeclaredError, match="the stage a stage reads"):
            read()


@pytest.mark.parametrize("changes", [{"engine": {"threads": 1}}, {"extract": {"tolerance": 0.5}}])
def test_the_report_is_not_written_again_for_a_setting_that_changes_no_result(changes):
    (report,) = [stage for stage in STAGES if stage.name == "report"]
    assert report.settings_of(config_of(**changes)) == report.settings_of(config_of())


@pytest.mark.parametrize(
    "changes",
    [{"extract": {"columns": {"lsoa": "AREA"}}}, {"report": {"limit": 20}}, {"markers": {"weapon": "WEAPON"}}],
)
def test_the_hash_of_the_settings_that_the_records_name_changes_with_every_other(changes):
    (report,) = [stage for stage in STAGES if stage.name == "report"]
    assert report.settings_of(config_of(**changes)) != report.settings_of(config_of())


def test_several_reasons_are_all_given(force):
    ran = run(force, config_of(clustering={"k": 3, "seed": 7, "weight": "none"}))
    assert ran["clustering"] == [f"setting clustering.{name} changed" for name in ("k", "seed", "weight")]


def test_every_k_is_tried_once_whatever_the_config_asks_for(force):
    def choose(ks, **clustering):
        heard = Heard()
        run_in(force, config_of(clustering=clustering), force / "choice", stages_of_choice(ks), heard, "choose-k")
        return heard.ran

    assert list(choose(range(2, 4))) == ["extract", "incidents", "offenders", "trials", "comparison"]
    assert choose(range(2, 4)) == {}
    assert choose(range(2, 4), k=3) == {"comparison": ["setting clustering.k changed"]}
    assert choose(range(2, 5), k=3)["trials"] == ["setting --to changed"]
    assert choose(range(2, 5), k=3, seed=7)["trials"] == ["setting clustering.seed changed"]


def test_a_stage_that_fails_leaves_the_run_before(force):
    before = files(force)
    write_extract(force / "extract.csv", seed=3)
    with pytest.raises(CohortError):
        run(force, config_of(clustering={"k": 39}))
    assert files(force) == before
    assert list(force.glob(".out.partial*")) == []


@pytest.mark.parametrize("change", [lambda path: path.write_text(path.read_text() + "\n"), Path.unlink])
def test_a_table_that_changes_while_it_is_read_is_not_named_in_the_manifest(force, change):
    before = files(force)
    (incidents,) = [stage for stage in SHORT if stage.name == "incidents"]

    def meanwhile(context):
        outputs = incidents.work(context)
        change(force / "weights.csv")
        return outputs

    meanwhile.__name__ = "incidents"
    stages = [replace(stage, work=meanwhile) if stage is incidents else stage for stage in SHORT]
    write_extract(force / "extract.csv", seed=2)
    with pytest.raises(RunError, match=r"O112: .*weights\.csv changed while it was read"):
        run(force, stages=tuple(stages))
    assert files(force) == before


@pytest.mark.parametrize("name", ["weights \udcff.csv", "weights \ud800.csv", "a\0b"])
def test_a_file_that_cannot_be_named_is_one_error(force, name):
    with pytest.raises(RunError, match="O111"):
        run(force, config_of(reference={"severity": name}))
    with pytest.raises(RunError, match="O111"):
        resolve_inputs(config_of(), force / name)
    (force / "an extract \udcff.csv").write_bytes(b"")
    with pytest.raises(RunError, match="O111"):  # found by a pattern
        run(force, config_of(extract={"path": "an *.csv"}))


def test_a_first_run_that_fails_leaves_nothing(tmp_path):
    (tmp_path / "extract.csv").write_text("incident_id,offender_id\nI1,A\n")
    with pytest.raises(ExtractError):
        run(tmp_path, config_of(reference={"severity": None}))
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.lock", "extract.csv"]


def test_the_manifest_says_what_the_run_was_made_of(force):
    manifest = json.loads((force / "out" / "run.json").read_text())
    assert list(manifest["stages"]) == sorted(NAMES)
    assert manifest["seed"] == 2022
    assert manifest["config"]["clustering"]["k"] == 2
    # A hash is what sha256 of the file says, for inputs and outputs.
    assert manifest["inputs"]["extract"] == {"extract.csv": sha256(force / "extract.csv")}
    assert manifest["inputs"]["severity"] == {"weights.csv": sha256(force / "weights.csv")}
    on_disk = {p.relative_to(force / "out").as_posix(): p for p in (force / "out").rglob("*") if p.is_file()}
    assert manifest["files"] == {name: sha256(path) for name, path in on_disk.items() if name != "run.json"}
    rows = manifest["stages"]["extract"]["rows"]
    assert rows["work/rows.parquet"] == 40
    assert manifest["peak_memory_mb"] > 50
    assert {"dapipeline", "python", "duckdb", "ibis-framework"} <= set(manifest["versions"])


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
