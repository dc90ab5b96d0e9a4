"""The report of a run of the whole pipeline on a made-up force."""

import html
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dapipeline.config import Config
from dapipeline.report.contents import Contents, CourseTables, HarmTables, ScrutinyTables
from dapipeline.report.material import material_of
from dapipeline.report.printable import SEVERITIES
from dapipeline.report.records.written import render_records
from dapipeline.synthetic import make_force
from dapipeline.typology.definitions import load_definitions
from dapipeline.workflow.pipeline import ON_COURSE, ON_HARM, ON_SCRUTINY

from ..running import run_in
from .reading import files_of

CONFIGS = Path(__file__).parents[2] / "configs"
TABLES = ("clusters", "profiles", "groups", "criteria", "scores", "own_records", "medoids", "components",
          "timeline_people", "timeline_records", "timeline_others",
          "feature_catalogue", "name_stability", "name_changes", "measures", "overlap", "cohort_hexagons",
          "offender_patterns", "harm_ranking", "harm_rank_agreement", "comparisons", "harm_gaps",
          "equality_audit", "stand_ins")  # fmt: skip
QUALITY = ("missing_features", "reconciliation", "offences", "warnings")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    base = tmp_path_factory.mktemp("run")
    force = make_force(300, 7)
    force.incidents.to_csv(base / "incidents.csv", index=False)
    config = Config.model_validate(
        {
            "name": "Made-up force", "extract": {"path": "incidents.csv"}, "clustering": {"k": 6},
            "typology": {"definitions": str(CONFIGS / "typologies" / "west_midlands_2022.yaml")},
        }
    )  # fmt: skip
    outputs = run_in(base, config)
    resolution = outputs.document("work/resolution.json")
    assigned, features = outputs.frame("tables/assignments.parquet"), outputs.frame("tables/features.parquet")
    people = assigned[["offender_id", "cluster"]].merge(features[["offender_id", *SEVERITIES]])
    contents = Contents(
        **{name: outputs.frame(f"tables/{name}.csv") for name in TABLES},
        **{name: outputs.frame(f"quality/{name}.csv") for name in QUALITY},
        severity_bands=None,
        harm_holders=outputs.frame("work/harm_holders.parquet"),
        course=CourseTables(**{name: outputs.frame(str(output)) for name, output in ON_COURSE.items()}),
        counted_for_scrutiny=ScrutinyTables(
            **{
                name: outputs.frame(str(output)) if str(output) in outputs.manifest["files"] else None
                for name, output in ON_SCRUTINY.items()
            }
        ),
        harm=HarmTables(**{name: outputs.frame(str(output)) for name, output in ON_HARM.items()}),
        people=people,
        definitions=load_definitions(CONFIGS / "typologies" / "west_midlands_2022.yaml"),
        config=config,
        scale=resolution.pop("scale"),
        common_assault=resolution.pop("common_assault"),
        unresolved=resolution,
        model=outputs.document("model/model.json") | outputs.document("model/stability.json"),
        columns=tuple(outputs.document("work/columns.json")["present"]),
        settings_sha256=outputs.manifest["config_sha256"],
        inputs={name: digest for files in outputs.manifest["inputs"].values() for name, digest in files.items()},
        versions=outputs.manifest["versions"],
        made_on=date(2024, 2, 29),
    )
    return force.incidents, contents, files_of(contents)


def test_a_real_run_prints_no_id_of_anybody_or_anything(run):
    incidents, _, outputs = run
    ids = {*incidents["offender_id"], *incidents["victim_id"], *incidents["incident_id"], *incidents["offence_id"]}
    ids = {str(known) for known in ids if pd.notna(known)}
    assert len(ids) > 1000
    for name, text in outputs.items():
        assert not ids & set(re.findall(r"\w+", text)), name


def test_a_real_run_prints_no_day_of_an_offence(run):
    _, contents, outputs = run
    starts = pd.to_datetime(pd.concat([contents.medoids, contents.timeline_records])["occurred_from"])
    text = outputs["report/index.html"]
    assert not [day for day in starts.dt.strftime("%Y-%m-%d").unique() if day in text]


def test_medoids_of_a_real_run_are_the_victims_and_suspects_that_the_extract_names(run):
    incidents, contents, _ = run
    others = contents.timeline_others
    suffered = 0
    of_medoids = contents.timeline_records.query("shown == 'medoid' and role == 'victim'")
    people = contents.medoids.drop_duplicates("cluster").set_index("cluster")["offender_id"]
    for cluster, person in people.items():
        harmed = incidents[(incidents["victim_id"] == person) & (incidents["offender_id"] != person)]
        records = of_medoids[of_medoids["cluster"] == cluster]
        assert set(records["incident_id"]) == set(harmed["incident_id"])
        own = incidents[(incidents["offender_id"] == person) & incidents["victim_id"].notna()]
        met = others[(others["cluster"] == cluster) & (others["shown"] == "medoid")]
        victims = met.loc[met["role"] == "suspect", "person"].dropna().nunique()
        assert victims == own["victim_id"].nunique()
        both = set(own["victim_id"]) | set(harmed["offender_id"].dropna())
        assert met["person"].dropna().nunique() == len(both)
        suffered += len(harmed)
    assert suffered


def test_a_real_run_counts_its_people_and_shows_every_cluster(run):
    _, contents, outputs = run
    page = " ".join(re.sub(r"<[^>]+>", " ", outputs["report/index.html"]).split())
    people = len(contents.people)
    assert f"{people} of them are sorted here" in page or f"{people} people are recorded as suspects" in page
    read = int(contents.reconciliation.query("effect == 'read'")["rows"].sum())
    assert f"{read:,} rows read" in page
    assert {name for name in outputs if "medoid" in name} == {f"figures/medoid_0{n}.svg" for n in range(1, 7)}
    for size in contents.people["cluster"].value_counts():
        assert re.search(rf"\b{size:,}\b", page)


def test_a_real_run_counts_what_is_da_and_every_measure(run):
    _, contents, outputs = run
    assert contents.measures["missing_columns"].isna().all()  # as an empty cell of a file is read
    page = html.unescape(outputs["report/index.html"])
    section = page[page.index('<details id="counted"') : page.index('<section id="method"')]
    assert "Not counted" not in section
    assert [title for title in contents.measures["title"] if title not in section] == []


def test_a_real_run_renders_the_same_twice(run):
    _, contents, outputs = run
    assert files_of(contents) == outputs


def test_the_records_of_a_real_run_print_no_id_of_anybody_or_anything(run):
    incidents, contents, _ = run
    ids = {*incidents["offender_id"], *incidents["victim_id"], *incidents["incident_id"], *incidents["offence_id"]}
    ids = {str(known) for known in ids if pd.notna(known)}
    records = render_records(material_of(contents))
    assert len(records) == 4
    for name, text in records.items():
        assert not ids & set(re.findall(r"\w+", text)), name
        assert f"{len(contents.people):,} people recorded as suspects" in html.unescape(text), name
        assert "By sex: of " in html.unescape(text), name
