"""What is counted as DA, and the measures: in words, with what is withheld and what cannot be counted."""

from __future__ import annotations

import pytest

from dapipeline.config import DomesticAbuse
from dapipeline.report.material import material_of
from dapipeline.report.sections.counted import age_in_words, definition_in_words, show

CHANGED = [{"from": "2011-01-01", "age": 18}, {"from": "2013-03-31", "age": 16}]


@pytest.fixture
def shown(make):
    return show(material_of(make()))


def test_a_measure_of_few_people_and_those_that_tell_it_are_withheld(shown):
    rows = {row[0]: row[1:5] for row in shown["da"].written()}
    assert rows["Flagged, but somebody is too young"] == ["*", "*", "incidents of any kind", "*"]
    assert rows["Flagged"] == ["*", "*", "incidents of any kind", "*"]  # else by subtraction
    assert rows["Counted as DA"] == ["207", "23%", "900 incidents of any kind", "100"]
    assert "fewer than 3 people" in shown["da"].note


def test_what_is_withheld_of_few_is_printed_of_many(make):
    table = make().measures
    table.loc[table["measure"] == "below_age", "people"] = 20
    shown = {row[0]: row[1:5] for row in show(material_of(make(measures=table)))["da"].written()}
    assert shown["Flagged"] == ["210", "23.3%", "900 incidents of any kind", "102"]
    assert shown["Flagged, but somebody is too young"] == ["3", "0.3%", "900 incidents of any kind", "20"]


def test_the_measures_of_the_cohort_with_definition_and_source(shown):
    rows = {row[0]: row for row in shown["measures"].written()}
    assert rows["DA-parallel"][1:5] == ["31", "4.8%", "643 incidents that are not DA", "22"]
    about = {row[0]: row[1:] for row in shown["definitions"].written()}
    assert about["DA-parallel"][0].startswith("What it is") and about["DA-parallel"][1] == "Crest 2023, Annex 3"
    assert "High-risk non-crimes" in about
    assert shown["measures"].note == ""


def test_what_cannot_be_counted_is_named_with_its_column(shown):
    assert shown["missing"] == ["High-risk non-crimes (risk_grade)"]
    assert "High-risk non-crimes" not in {row[0] for row in shown["measures"].written()}


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ({}, "flagged as DA, unless its suspect or all of its victims are known to be younger than 16"),
        ({"minimum_age": 18, "include": ["fgm"]}, "flagged as DA, or marked as female genital mutilation, unless"),
        ({"minimum_age": None}, "The flag decides: ages are not tested again."),
        ({"minimum_age": CHANGED}, "younger than 18, and from 31 March 2013 16. Somebody of unknown age passes."),
        (
            {"include": ["honour_based", "forced_marriage", "fgm"]},
            "or marked as honour-based abuse, forced marriage and female genital mutilation",
        ),
    ],
)
def test_the_definition_in_words(definition, words):
    assert words in definition_in_words(DomesticAbuse(**definition))


def test_one_age_by_date_needs_no_date():
    assert age_in_words(DomesticAbuse(minimum_age=[CHANGED[1]])) == "16"
