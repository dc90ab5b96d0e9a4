"""The words of headers and cells are consistent: one closed vocabulary, canonical columns, canonical values."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

from dapipeline.extract import columns
from dapipeline.extract.missing import FALSE_WORDS, TRUE_WORDS, shipped_words
from dapipeline.reference import codes, tables, vocabulary
from dapipeline.reference import titles as by_title

VALUES = {
    "risk_grade": codes.RISK_GRADES,
    "relationship": codes.RELATIONSHIPS,
    "relationship:nibrs": codes.RELATIONSHIPS,
    "location_type": codes.LOCATION_TYPES,
    "sex": tuple(codes.SEXES),
    "offence_family": tables.FAMILIES,
    "outcome_code": tuple(codes.OUTCOMES),
    **dict.fromkeys(("boolean", "arrested", "da_flag", "is_crime"), ("true", "false")),
}
CODES = vocabulary.code_words()
MEANT = [name for name in columns.BY_NAME if name != "force"]  # as a header "force" is often an area, or a use of force
CONFIGS = Path(__file__).parents[2] / "configs"


def meanings(header):
    """Every reading of a header of plain words and abbreviations, as sets of the closed vocabulary."""
    readings = [frozenset()]
    for word in header.lower().replace("_", " ").split():
        found = vocabulary.header_words().get(word, (word,))
        readings = [reading | set(meaning.split()) for reading in readings for meaning in found]
    return readings


def mapped(header):
    """Map a header to its columns by the phrases that match it exactly, the surest first."""
    phrases = vocabulary.header_phrases()
    sets = phrases["phrase"].map(lambda phrase: frozenset(phrase.split()))
    found = phrases[sets.isin(meanings(header))]
    return list(found.sort_values("strength", key=lambda s: s.map(vocabulary.STRENGTHS.index))["column"])


@pytest.mark.parametrize("name", ["header_words", "header_phrases", "code_words"])
def test_tables_are_sorted_lower_case_and_without_repetition(name):
    rows = list(tables.shipped(name).itertuples(index=False, name=None))
    assert rows == sorted(set(rows))
    words = [row[1] if name == "code_words" else row[0] for row in rows]
    assert all(word == word.lower().strip() and word for word in words)
    assert not any("  " in word for word in words)


def test_meanings_are_words_of_the_closed_vocabulary():
    for word, found in vocabulary.header_words().items():
        assert len(set(found)) == len(found)
        for meaning in found:
            assert set(meaning.split()) <= vocabulary.WORDS, (word, meaning)
        assert found != (word,), f"{word} means itself and needs no line"
        assert word.isalpha() or word.isdigit(), f"the cutting of headers never yields {word}"


def test_every_word_of_the_vocabulary_is_in_a_phrase_and_every_phrase_in_the_vocabulary():
    used = {word for phrase in vocabulary.header_phrases()["phrase"] for word in phrase.split()}
    assert used == vocabulary.WORDS


def test_words_of_the_vocabulary_keep_their_own_meaning():
    for word in vocabulary.WORDS & set(vocabulary.header_words()):
        assert word in vocabulary.header_words()[word]


def test_phrases_mean_known_columns_with_known_strengths():
    phrases = vocabulary.header_phrases()
    assert set(phrases["column"]) == {*MEANT, *vocabulary.PARTS, vocabulary.UNMAPPED}
    assert set(phrases["strength"]) == set(vocabulary.STRENGTHS)


def test_a_phrase_means_one_column_at_one_strength():
    phrases = vocabulary.header_phrases()
    phrases["set"] = phrases["phrase"].map(lambda phrase: frozenset(phrase.split()))
    assert (phrases["phrase"].map(lambda phrase: len(phrase.split())) == phrases["set"].map(len)).all()
    assert not phrases.duplicated(["set", "strength"]).any()
    assert not phrases.duplicated(["set", "column"]).any()
    assert phrases.drop_duplicates("phrase")["set"].is_unique, "one order of the words"


def test_cells_mean_canonical_values():
    assert set(CODES) == set(VALUES)
    for column, words in CODES.items():
        assert set(words.values()) <= set(VALUES[column]), column


def test_every_value_can_be_said():
    for column, values in VALUES.items():
        if not column.endswith(":nibrs"):
            assert set(CODES[column].values()) == set(values), column


def test_canonical_values_mean_themselves():
    for column, values in VALUES.items():
        if not column.endswith(":nibrs") and values != ("true", "false"):
            for value in set(values) - {"none"}:
                assert CODES[column][value.lower()] == value
    assert {CODES["boolean"][word] for word in TRUE_WORDS} == {"true"}
    assert {CODES["boolean"][word] for word in FALSE_WORDS} == {"false"}


def test_titles_of_outcomes_mean_their_codes():
    for code, title in zip(tables.outcomes()["code"], tables.outcomes()["title"], strict=True):
        assert CODES["outcome_code"][title.lower()] == code


def test_titles_of_families_mean_their_families():
    for family, title in zip(tables.families()["family"], tables.families()["title"], strict=True):
        assert CODES["offence_family"][title.lower()] == family


def test_no_cell_that_means_missing_has_a_value():
    missing = set(shipped_words("program", "error", "word"))
    for column, words in CODES.items():
        assert not missing & set(words), column


def test_flags_of_one_meaning_agree_with_booleans():
    for column in ("arrested", "da_flag", "is_crime"):
        for word in set(CODES[column]) & set(CODES["boolean"]):
            assert CODES[column][word] == CODES["boolean"][word]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("incident_id", "incident_id"),
        ("Occurrence No", "incident_id"),
        ("CMPLNT_NUM", "incident_id"),
        ("DR_NO", "incident_id"),
        ("Item_Number", "incident_id"),
        ("CRIME_NO", "offence_id"),
        ("offense id", "offence_id"),
        ("SUSP_ID", "offender_id"),
        ("NOMINAL_REF", "<person id>"),
        ("VICTIM_REF", "victim_id"),
        ("occurred from", "occurred_from"),
        ("CMPLNT_FR_DT", "occurred_from"),
        ("CMPLNT_FR_TM", "<occurred clock>"),
        ("DATE OCC", "occurred_from"),
        ("TIME OCC", "<occurred clock>"),
        ("offense start datetime", "occurred_from"),
        ("offense end datetime", "occurred_to"),
        ("occurred_to", "occurred_to"),
        ("Date Rptd", "reported_at"),
        ("reported_at", "reported_at"),
        ("DV_MARKER", "da_flag"),
        ("domestic abuse flag", "da_flag"),
        ("family violence", "da_flag"),
        ("HO_CODE", "offence_code"),
        ("Home Office offence code", "offence_code"),
        ("KY_CD", "<foreign code>"),
        ("IUCR", "<foreign code>"),
        ("OFNS_DESC", "offence"),
        ("Crm Cd Desc", "offence"),
        ("DASH", "risk_grade"),
        ("dash risk level", "risk_grade"),
        ("Last outcome category", "outcome_code"),
        ("SUSP_DOB", "offender_dob"),
        ("victim date of birth", "victim_dob"),
        ("Vict Age", "victim_age"),
        ("Vict Sex", "victim_sex"),
        ("Vict Descent", "victim_ethnicity"),
        ("SUSP_RACE", "offender_ethnicity"),
        ("SUSP_AGE_GROUP", "<suspect age band>"),
        ("number of victims", "-"),
        ("Premis Desc", "location_type"),
        ("PREM_TYP_DESC", "location_type"),
        ("location type", "location_type"),
        ("LSOA code", "lsoa"),
        ("IMD decile", "imd_decile"),
        ("BORO_NM", "borough"),
        ("AREA NAME", "borough"),
        ("victim to offender relationship", "relationship"),
        ("relationship to victim", "<relationship of suspect>"),
        ("HBV flag", "honour_based"),
        ("forced marriage ind", "forced_marriage"),
        ("fgm_flag", "fgm"),
        ("alcohol related", "alcohol"),
        ("arrest", "arrested"),
        ("non_crime", "<not crime>"),
        ("is_crime", "is_crime"),
    ],
)
def test_headers_of_real_layouts_are_known(header, column):
    assert mapped(header)[0] == column


@pytest.mark.parametrize("column", MEANT)
def test_canonical_names_mean_themselves(column):
    assert column in mapped(column)


@pytest.mark.parametrize("config", ["foreign", "allegations"])
def test_the_layouts_of_our_own_configs_are_known(config):
    extract = yaml.safe_load((CONFIGS / f"{config}.yaml").read_text(encoding="utf-8"))["extract"]
    personal = {"offender_sex": "<person sex>", "offender_ethnicity": "<person ethnicity>"}
    for column, header in extract["columns"].items():
        if (config, column) != ("allegations", "offence"):  # its categories are broad groups
            assert {column, personal.get(column)} & set(mapped(header)), header
    for column, values in extract.get("values", {}).items():
        known = CODES.get("sex" if column.endswith("_sex") else column, {})
        for value, words in values.items():
            for word in words:
                assert known.get(word.lower(), value) == value, (column, word)


def test_codes_of_schemes_are_not_among_the_words():
    assert not set(CODES["relationship"]) & set(CODES["relationship:nibrs"])


def test_phrases_within_cells_mean_canonical_values_and_each_once():
    for column, phrases in vocabulary.code_phrases().items():
        assert {value for _, value in phrases} - {vocabulary.UNMAPPED} <= set(VALUES[column])
        assert len({phrase for phrase, _ in phrases}) == len(phrases), column


@pytest.mark.parametrize(
    ("column", "word", "value"),
    [
        ("relationship", "husband", "partner"),
        ("relationship", "ex-husband", "ex_partner"),
        ("relationship", "mother", "parent"),
        ("relationship", "step-son", "child"),
        ("relationship", "mother-in-law", "other_family"),
        ("location_type", "dwelling", "residential"),
        ("location_type", "public house", "licensed"),
        ("outcome_code", "charged/summonsed", "1"),
        ("outcome_code", "investigation complete; no suspect identified", "18"),
        ("offence_family", "violence against the person", "violence"),
        ("is_crime", "non-crime", "false"),
        ("da_flag", "non-domestic", "false"),
        ("risk_grade", "med", "medium"),
    ],
)
def test_common_cells_are_read(column, word, value):
    assert CODES[column][word] == value


@pytest.mark.parametrize(
    ("column", "word"),
    [
        ("relationship", "parent/child"),
        ("relationship", "family"),
        ("outcome_code", "no further action"),
        ("outcome_code", "unable to prosecute suspect"),
        ("outcome_code", "offender given a caution"),
        ("offence_family", "violence and sexual offences"),
        ("location_type", "outside"),
        ("relationship:nibrs", "ru"),
    ],
)
def test_cells_of_several_meanings_are_left_to_the_reader(column, word):
    assert word not in CODES[column]


def test_families_agree_with_the_patterns_of_titles():
    families = CODES["offence_family"]
    found = by_title.match_titles(pd.Series(list(families)))["family"]
    known_slips = {  # of the patterns, which were made for British titles
        "assault with deadly weapon, aggravated assault",
        "child abuse (non-sexual)",
        "intoxicated & impaired driving",
    }
    for (word, family), matched in zip(families.items(), found, strict=True):
        assert word in known_slips or pd.isna(matched) or matched == family, word
