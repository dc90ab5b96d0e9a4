"""The files of a force: the sample as it has always been, the same bytes for the same seed, large forces in blocks."""

from pathlib import Path

import pandas as pd
import pytest

from dapipeline.artefacts.folder import open_plain
from dapipeline.synthetic import export_force, make_force
from dapipeline.synthetic import force as force_module
from dapipeline.synthetic.presets import preset_named

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def export(folder, offenders, seed, preset="west_midlands", faults=True, ending="csv"):
    with open_plain(folder) as write:
        return export_force(offenders, seed, preset, faults=faults, ending=ending, write=write)


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_sample_is_what_it_has_always_been(tmp_path):
    export(tmp_path / "made", 2000, 2022, "sample")
    made = contents(tmp_path / "made")
    assert set(made) == {"incidents.csv", "truth.csv", "faults.json"}
    for name, text in made.items():
        assert text == (SAMPLE / name).read_bytes(), name


@pytest.mark.parametrize(("offenders", "ending"), [(500, "csv"), (500, "parquet"), (5000, "parquet")])
def test_the_same_seed_gives_the_same_bytes_at_any_size(tmp_path, offenders, ending):
    sizes = [export(tmp_path / name, offenders, seed, ending=ending) for name, seed in (("a", 3), ("b", 3), ("c", 4))]
    one, two, other = (contents(tmp_path / name) for name in "abc")
    assert set(one) == {f"incidents.{ending}", "truth.csv", "faults.json", "planted.csv", "declared.csv"}
    assert one == two
    assert one[f"incidents.{ending}"] != other[f"incidents.{ending}"]
    assert sizes[0] == sizes[1] and sizes[0][1] == offenders
    assert 4 * offenders < sizes[0][0] < 6 * offenders


def test_a_force_of_one_offender_can_be_made():
    for preset in ("west_midlands", "west_midlands_shifted"):
        assert len(make_force(1, 0, preset).truth) == 1


@pytest.fixture(scope="module")
def blocks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("blocks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(force_module, "BLOCK", 1500)
        export(folder, 4000, 6)
    tables = [pd.read_csv(path, dtype="string") for path in sorted(folder.glob("incidents-*.csv"))]
    return folder, tables


def test_a_large_force_is_written_in_blocks_one_after_another(blocks):
    folder, _ = blocks
    assert [path.name for path in sorted(folder.glob("incidents*"))] == [f"incidents-0{n}.csv" for n in (1, 2, 3)]
    truth = pd.read_csv(folder / "truth.csv", dtype="string")
    planted = pd.read_csv(folder / "planted.csv")
    assert planted["person"].nunique() == 4000
    sizes = planted.drop_duplicates("person")["archetype"].value_counts()
    preset = preset_named("west_midlands", 0)
    expected = preset.share_out(4000)
    for archetype, number in zip(preset.archetypes, expected, strict=True):
        assert sizes.get(archetype.name, 0) == number
    assert truth["offender_id"].is_unique and truth["offender_id"].is_monotonic_increasing


def test_people_and_incidents_of_two_blocks_are_never_the_same(blocks):
    _, tables = blocks
    for name in ("incident_id", "offence_id", "offender_id"):
        held = [set(table[name].dropna()) for table in tables]
        assert not held[0] & held[1] and not held[1] & held[2] and not held[0] & held[2]
        assert max(held[0]) < min(held[1]) and max(held[1]) < min(held[2])
    people = [{*table["offender_id"].dropna(), *table["victim_id"].dropna()} for table in tables]
    assert not people[0] & people[1] and not people[1] & people[2]
    assert not tables[0]["occurred_from"].head(50).equals(tables[1]["occurred_from"].head(50))


def test_an_area_is_the_same_in_every_block(blocks):
    rows = pd.concat(blocks[1])
    areas = rows[["lsoa", "imd_decile", "borough"]].drop_duplicates()
    assert areas["lsoa"].is_unique and len(areas) <= 100


def test_faults_of_the_blocks_are_added_up(blocks):
    folder, tables = blocks
    found = pd.read_json(folder / "faults.json", typ="series")
    assert found["missing_incident_id"] == sum(table["incident_id"].isna().sum() for table in tables)
    assert found["unreadable_date"] == sum((table["occurred_from"] == "31/02/2015").sum() for table in tables)
