"""What a header means, as a person reads it."""

from __future__ import annotations

import pytest

from dapipeline.extract.draft.names import is_nameless, meanings, words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("VICT_DOB", ["vict", "dob"]),
        ("suspectDateOfBirth", ["suspect", "date", "of", "birth"]),
        ("HOClass", ["ho", "class"]),
        ("DATE OCC", ["date", "occ"]),
        ("Crm Cd 2", ["crm", "cd", "2"]),
        ("VIC1_AGE", ["vic", "1", "age"]),
        ("Reported (Date/Time)", ["reported", "date", "time"]),
    ],
)
def test_a_name_is_taken_apart_at_signs_humps_and_digits(name, words):
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("OFFENDER_REF", "offender_id"),
        ("Suspect Date of Birth", "offender_dob"),
        ("VICTIM_SEX", "victim_sex"),
        ("HO_CODE", "offence_code"),
        ("Crime Reference Number", "offence_id"),
        ("DV_MARKER", "da_flag"),
        ("Relationship of Victim to Suspect", "relationship"),
        ("LSOA11CD", "lsoa"),
    ],
)
def test_a_name_that_can_mean_one_thing_is_sure(name, column):
    assert meanings(name)[column].strength == 3


@pytest.mark.parametrize("name", ["OFFICER_ID", "Created Date", "Suspect Surname", "Postcode", "VEHICLE_REG", "ROW_NO"])
def test_a_name_of_something_else_is_unwanted(name):
    found = meanings(name)
    assert found["-"].strength == max(meaning.strength for meaning in found.values())


@pytest.mark.parametrize("name", ["A1", "A30", "Column 3", "F12", "var_7", "x2"])
def test_a_number_is_no_name(name):
    assert is_nameless(name)
    assert meanings(name) == {}


@pytest.mark.parametrize("name", ["DOB", "Sex", "HO Class", "LOG_NO"])
def test_a_word_is_a_name(name):
    assert not is_nameless(name)


def test_a_word_that_nobody_knows_makes_a_phrase_less_sure():
    assert meanings("SUSPECT_SEX")["offender_sex"].strength > meanings("SUSPECT_SEX_ZQX")["offender_sex"].strength


def test_a_canonical_name_is_itself():
    assert list(meanings("Occurred_From")) == ["occurred_from"]
