"""Every list of codes is in one place, and the other modules take it from there."""

from __future__ import annotations

import re
import subprocess
import sys

from dapipeline.extract.columns import BY_NAME
from dapipeline.reference import codes, tables
from dapipeline.report.colours import DA, INK, OTHER, QUIET
from dapipeline.report.template import template

# A process of its own: the lists are made when their modules are imported.
WITH_OUTCOME_23 = """
import sys
from pathlib import Path

import pandas as pd

from dapipeline.reference.tables import shipped

outcomes = shipped("outcomes")
outcomes.loc[len(outcomes)] = ["23", "An outcome of tomorrow", "outcome of tomorrow", "false", "Other", "other"]

from dapipeline.config import Config
from dapipeline.extract.columns import BY_NAME, COLUMNS, extract_schema
from dapipeline.extract.intake import take_in
from dapipeline.reference.vocabulary import code_words
from dapipeline.report.timeline.key import timeline_key
from dapipeline.report.timeline.records import offences_in_words

path = Path(sys.argv[1])
path.write_text(
    "incident_id,offender_id,occurred_from,da_flag,is_crime,outcome_code\\n"
    "I1,A,2015-06-15 10:00:00,true,true,23\\n"
    "I2,A,2015-06-16 10:00:00,true,true,24\\n"
)
config = Config.model_validate({"name": "test", "extract": {"path": "given", "tolerance": 1.0}})
found = take_in(path, config).extracted
rows = found.rows.order_by("incident_id").to_pandas()
print("read:", rows["outcome_code"].fillna("nothing").tolist(), len(found.blanked.to_pandas()))
print("schema:", extract_schema(COLUMNS)["properties"]["outcome_code"]["enum"][-1], BY_NAME["outcome_code"].meaning)
print("drafted:", code_words()["outcome_code"]["an outcome of tomorrow"])
recorded = {
    "cluster": 1, "occurred_from": "2015-06-15", "occurred_to": None, "family": "violence", "offence": None,
    "is_da": True, "below_age": False, "is_crime": True,
    "severity": 1.0, "offender_age": 30, "location_type": None, "victim_age": None,
    "victim_sex": None, "relationship": None, "victims": 0, "outcome_code": "23",
    "reported_at": None, "risk": None,
}
medoids = pd.DataFrame([recorded])
print("shown:", offences_in_words(medoids)["outcome"].tolist(), timeline_key(medoids)["outcomes"].rows[0][1])
"""


def test_an_outcome_more_in_the_list_is_read_kept_and_shown(tmp_path):
    arguments = [sys.executable, "-c", WITH_OUTCOME_23, str(tmp_path / "extract.csv")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "read: ['23', 'nothing'] 1",
        "schema: 23 Home Office outcome, 0 to 23.",
        "drafted: 23",
        "shown: ['outcome of tomorrow (23)'] An outcome of tomorrow",
    ]


def test_coded_columns_take_their_values_from_the_lists():
    lists = {
        "offence_family": (*tables.FAMILIES, tables.NON_CRIME), "risk_grade": codes.RISK_GRADES,
        "relationship": codes.RELATIONSHIPS,
        "location_type": codes.LOCATION_TYPES, "imd_decile": codes.DECILES, "offender_sex": tuple(codes.SEXES),
        "victim_sex": tuple(codes.SEXES), "outcome_code": tuple(tables.outcomes()["code"]),
        "managed_by": codes.MANAGED_BY,
    }  # fmt: skip
    assert {name: column.values for name, column in BY_NAME.items() if column.values} == lists


def test_every_outcome_has_a_short_title():
    assert list(codes.OUTCOMES) == list(tables.outcomes()["code"])
    assert not [title for title in codes.OUTCOMES.values() if not title or len(title.split()) > 6]


def test_risk_grades_rise():
    assert codes.RISK_RANKS == {"standard": 1, "medium": 2, "high": 3}


def test_the_page_has_the_colours_of_the_groups():
    style = template("style.css").render()
    colours = {letter: group.colour for letter, group in codes.GROUPS.items()}
    light = re.search(r":root \{(.*?)\}", style)[1]
    assert dict(re.findall(r"--g([A-Z]): (#\w+);", light)) == colours
    assert {colour for colour in (DA, OTHER, INK, QUIET) if f": {colour};" in style} == {DA, OTHER, INK, QUIET}
    assert dict(re.findall(r"\.g([A-Z]) \{ --g: var\(--g([A-Z])\); \}", style)) == {g: g for g in colours}
    assert re.findall(r"\.chip\.g([A-Z])\b", style) == list(colours)
