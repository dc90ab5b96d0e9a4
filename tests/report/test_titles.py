"""Titles beside the keys of typologies."""

import pandas as pd
from tests.report.conftest import DEFINITIONS

from dapipeline.report.sheets import sheet_of
from dapipeline.report.titles import typologies_table, with_titles

CLUSTERS = pd.DataFrame(
    {
        "cluster": [1, 2, 3, 4],
        "typology": ["unnamed", "domestic_abuse_specialist", "domestic_abuse_specialist", "town_centre_group"],
        "size": [60, 25, 12, 3],
    }
)
TITLES = {"unnamed": "Unnamed", "domestic_abuse_specialist": "Domestic abuse specialist"}


def test_every_typology_has_its_title_and_its_people_also_one_that_nobody_has():
    table = typologies_table(CLUSTERS, DEFINITIONS).set_index("typology")
    assert table["title"].to_dict() == {
        "catastrophic_offender": "Catastrophic offender",
        "prolific_violent_offender": "Prolific violent offender",
        "domestic_abuse_specialist": "Domestic abuse specialist",
        "town_centre_group": "Town centre group",
        "unnamed": "Unnamed",
    }
    assert table["offenders"].to_dict() == {
        "catastrophic_offender": 0, "prolific_violent_offender": 0, "domestic_abuse_specialist": 37,
        "town_centre_group": 3, "unnamed": 60,
    }  # fmt: skip
    assert table.loc["domestic_abuse_specialist", ["clusters", "defined_group"]].tolist() == [2, "A"]
    assert pd.isna(table.loc["town_centre_group", "defined_group"])


def test_without_definitions_unnamed_alone_is_sure():
    table = typologies_table(CLUSTERS.assign(typology="unnamed"), None)
    assert table[["typology", "offenders"]].to_numpy().tolist() == [["unnamed", 100]]


def test_a_title_stands_after_each_key():
    frame = pd.DataFrame({"typology": ["unnamed"], "best": ["domestic_abuse_specialist"], "second": [None], "n": [1]})
    found = with_titles(frame, TITLES)
    assert list(found) == ["typology", "title", "best", "best_title", "second", "second_title", "n"]
    assert found["title"].tolist() == ["Unnamed"] and found["best_title"].tolist() == ["Domestic abuse specialist"]
    assert found["second_title"].isna().all()
    assert list(frame) == ["typology", "best", "second", "n"]


def test_a_value_has_a_title_where_it_is_a_typology_alone():
    frame = pd.DataFrame({"dimension": ["all", "group", "typology"], "value": ["all", "A", "unnamed"]})
    found = with_titles(frame, TITLES | {"A": "no group"})
    assert list(found) == ["dimension", "value", "value_title"]
    assert found["value_title"].fillna("").tolist() == ["", "", "Unnamed"]
    other = pd.DataFrame({"dimension": ["area"], "value": ["North"]})
    assert list(with_titles(other, TITLES)) == ["dimension", "value"]


def test_the_sheet_of_a_table_has_its_words_and_those_of_the_titles():
    sheet = sheet_of("name_stability", "one typology", pd.DataFrame({"typology": ["unnamed"], "kept": [0.5]}), TITLES)
    assert sheet.name == "Name stability"
    assert [sheet.columns[name].words for name in sheet.frame] == ["Typology (key)", "Typology", "Name kept"]
    assert sheet.columns["kept"].unit == "share"
