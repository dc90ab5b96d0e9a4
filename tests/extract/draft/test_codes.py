"""Cells that are codes, words and numbers of a known kind."""

from __future__ import annotations

import pytest

from dapipeline.extract.draft import codes
from dapipeline.extract.draft.words import may_be_written, words_of_codes


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Husband", "partner"),
        ("EX-WIFE", "ex_partner"),
        ("Former Boyfriend", "ex_partner"),
        ("Victim was Mother", "parent"),
        ("Son/Daughter", "child"),
        ("Brother / Sister", "sibling"),
        ("Mother-in-law", "other_family"),
        ("Work Colleague", "acquaintance"),
        ("Stranger", "stranger"),
    ],
)
def test_a_relationship_is_read_by_its_words(column, text, value):
    assert codes.known_words(column([text, "Zq"]), "relationship") == {text.lower(): value}


@pytest.mark.parametrize("text", ["Parent/Child", "Child of partner", "Victim was Offender", "Zq"])
def test_a_relationship_that_may_be_two_things_is_not_read(column, text):
    assert codes.known_words(column([text, "Wife"]), "relationship") == {"wife": "partner"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Residence/Home", "residential"),
        ("01-SINGLE FAMILY HOME", "residential"),
        ("PARKING LOT/GARAGE(PUBLIC)", None),
        ("Highway/Road/Alley", "public"),
        ("BAR/NIGHTCLUB", "licensed"),
        ("Department Store", "retail"),
        ("Jail/Prison", "custody"),
        ("Nursing Home", None),
    ],
)
def test_a_place_is_read_by_its_words(column, text, value):
    assert codes.known_words(column([text]), "location_type").get(text.lower()) == value


def test_letters_of_a_published_scheme_are_read_where_nearly_all_fit(column):
    texts = {"SE": 40, "BG": 30, "ST": 20, "CH": 10}
    assert codes.known_words(column(texts), "relationship")["se"] == "partner"
    assert codes.known_words(column({**texts, "Nephew": 90}), "relationship") == {"nephew": "other_family"}


def test_bare_numbers_mean_nothing_as_places(column):
    assert codes.known_words(column({"01": 40, "02": 30, "20": 20}), "location_type") == {}


def test_the_number_before_the_words_of_an_outcome_is_the_outcome(column):
    texts = ["1 - Charged", "16 - Evidential difficulties: victim does not support", "99 - Anything", "20 - Other body"]
    found = codes.known_words(column(dict.fromkeys(texts, 9)), "outcome_code")
    assert found == {texts[0].lower(): "1", texts[1].lower(): "16", texts[3].lower(): "20"}


def test_numbers_before_words_of_something_else_are_no_outcomes(column):
    assert codes.known_words(column(["1-Theft", "2-Burglary", "16-Robbery"]), "outcome_code") == {}


@pytest.mark.parametrize("texts", [["8/67", "105/1"], ["00867", "10501"], ["008/67", "105/01"]])
def test_home_office_codes_are_known_however_written(column, texts):
    known, looks, slashed = codes.offence_codes(column(texts))
    assert (known, looks, slashed) == (1.0, 1.0, "/" in texts[0])


def test_words_are_listed_with_their_meaning_and_rare_ones_are_not_shown(column):
    found = words_of_codes(column({"HI": 30, "STD": 20, "Zq": 15, "Med": 3, "Smith 07700900123": 40}), "risk_grade")
    assert found.values == {"standard": ["STD"], "high": ["HI"]}
    assert found.unknown == {"Zq": 15}
    assert (found.rare, found.hidden) == (3, 40)


def test_words_that_are_read_anyway_need_no_line(column):
    found = words_of_codes(column({"Y": 30, "N": 20, "yes": 15}), "da_flag")
    assert (found.values, found.unknown, found.rare) == ({}, {}, 0)


@pytest.mark.parametrize("text", ["07700 900123", "12/05/1984", "a@b.uk", "PC 4711", "x" * 101])
def test_what_may_be_somebodys_is_not_written(text):
    assert not may_be_written(text)
