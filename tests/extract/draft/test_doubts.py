"""What a draft must not decide silently: whose relationship, whose blanks, which of two people."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml

from dapipeline.config import load_config
from dapipeline.errors import ExtractError
from dapipeline.extract.draft import draft_config
from dapipeline.extract.intake import take_in

ROWS = 240
DAYS = pd.date_range("2015-01-01 09:30", periods=ROWS, freq="37h").strftime("%d/%m/%Y %H:%M")


@pytest.fixture
def draft(tmp_path):
    """Draft a config for a plain file with columns added or replaced; return it and the rows that a run would read."""

    def make(columns, drop=()):
        base = {
            "INCIDENT_NO": [f"I{n // 2:05}" for n in range(ROWS)], "SUSPECT_ID": [f"N{n % 60:05}" for n in range(ROWS)],
            "VICTIM_ID": [f"N{(n * 7 + 3) % 90:05}" for n in range(ROWS)],
            "INCIDENT_DATE": [DAYS[n // 2] for n in range(ROWS)],
            "DA_FLAG": ["YN"[n % 2] for n in range(ROWS)], "IS_CRIME": ["YYN"[n % 3] for n in range(ROWS)],
        }  # fmt: skip
        path = tmp_path / "extract.csv"
        table = pd.DataFrame(base | columns).drop(columns=list(drop))
        table.to_csv(path, index=False)
        found = draft_config(path, folder=tmp_path)
        (tmp_path / "config.yaml").write_text(found.text)
        kept = None
        if not found.undecided:
            kept = (
                take_in(path, load_config(tmp_path / "config.yaml")).extracted.kept.order_by("source_row").to_pandas()
            )
        return found, kept

    return make


def finding(draft, column):
    return next(found for found in draft.findings if found.column == column)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Relationship of Victim to Suspect", {"Mother": "parent", "Son": "child"}),
        ("VICTIM_IS", {"Mother": "parent", "Son": "child"}),
        ("Suspect Relationship to Victim", {"Mother": "child", "Son": "parent"}),
        ("REL_TO_VICTIM", {"Parent": "child", "Child": "parent"}),
    ],
)
def test_a_relationship_is_the_victims_to_the_suspect_whoever_the_name_starts_with(draft, name, read):
    words = [*read, "Wife", "Stranger"]
    _, kept = draft({name: [words[n % 4] for n in range(ROWS)]})
    for at, word in enumerate(read):
        assert kept["relationship"].iloc[at] == read[word]


def test_a_relationship_that_does_not_say_whose_it_is_is_a_doubt(draft):
    found, _ = draft({"RELATIONSHIP": [["Mother", "Son", "Wife"][n % 3] for n in range(ROWS)]})
    assert finding(found, "relationship").confidence != "certain"
    assert "parent and child change places" in finding(found, "relationship").doubt


@pytest.mark.parametrize("turned", [False, True])
def test_ages_tell_whose_relationship_it_is(draft, turned):
    words = ["Daughter" if turned else "Mother", "Wife"]
    births = {"SUSPECT_DOB": "01/02/1990", "VICTIM_DOB": "03/04/1960"}
    columns = {name: [day] * ROWS for name, day in births.items()}
    columns["VICTIM_DOB"] = ["03/04/1960" if n % 2 == 0 else "05/06/1991" for n in range(ROWS)]
    found, kept = draft({"RELATIONSHIP": [words[n % 2] for n in range(ROWS)], **columns})
    assert set(kept["relationship"]) == {"parent", "partner"}
    assert "by the ages" in " ".join(finding(found, "relationship").reasons)


@pytest.mark.parametrize("yes", ["Y", "DV", "1"])
def test_the_blanks_of_a_flag_that_only_says_yes_are_a_no_and_a_doubt(draft, yes):
    found, kept = draft({"DA_FLAG": [yes if n % 3 == 0 else "" for n in range(ROWS)]})
    assert list(kept["da_flag"]) == [n % 3 == 0 for n in range(ROWS)]
    assert any("DA_FLAG says so in 80 rows and is empty in 160" in doubt for doubt in found.doubts)


def test_a_flag_without_a_known_word_is_not_used(draft):
    found, _ = draft({"DA_FLAG": [["Perhaps", "Ask Jo", "See log"][n % 3] for n in range(ROWS)]})
    assert any(line.startswith("da_flag") for line in found.undecided)
    assert "could be da_flag" in found.text


def test_two_plain_people_are_never_told_apart_with_certainty(draft):
    people = {
        "PERSON_1_ID": [f"N{n % 60:05}" for n in range(ROWS)],
        "PERSON_2_ID": [f"N{(n * 7 + 3) % 90:05}" for n in range(ROWS)],
    }
    found, _ = draft(
        {**people, "PERSON_1_SEX": ["MF"[n % 60 % 2] for n in range(ROWS)]}, drop=["SUSPECT_ID", "VICTIM_ID"]
    )
    assert {f.confidence for f in found.findings if f.column.startswith(("offender", "victim"))} <= {"likely", "guess"}


def test_an_id_that_stands_in_one_row_only_is_a_doubt(draft):
    found, _ = draft({"SUSPECT_ID": [f"N{n:05}" for n in range(ROWS)]})
    assert finding(found, "offender_id").confidence == "guess"
    assert "one row only" in finding(found, "offender_id").doubt


def test_a_word_among_numbered_ids_may_be_nobody(draft):
    found, kept = draft({"VICTIM_ID": ["STATE" if n % 4 == 0 else f"N{n % 50:05}" for n in range(ROWS)]})
    assert "STATE" in yaml.safe_load(found.text)["extract"]["missing_values"]
    assert any("STATE" in doubt for doubt in found.doubts)
    assert "STATE" not in set(kept["victim_id"])


def test_codes_of_another_law_are_not_the_home_offices(draft):
    titles = ["MURDER", "THEFT FROM SHOP", "COMMON ASSAULT", "BURGLARY", "CRIMINAL DAMAGE", "ROBBERY", "RAPE"]
    numbers = ["10501", "00105", "00864", "09999", "04921", "10101", "00501"]
    found, _ = draft(
        {"OFFENSE_CODE": [numbers[n % 7] for n in range(ROWS)], "OFFENSE": [titles[(n + 3) % 7] for n in range(ROWS)]}
    )
    assert "offence_code" not in {f.column for f in found.findings}


def test_a_band_of_ages_is_its_middle(draft):
    _, kept = draft({"VICTIM_AGE_GROUP": [["18-24", "25 to 34", "65+", "<18"][n % 4] for n in range(ROWS)]})
    assert list(kept["victim_age"].iloc[:4]) == [21.0, 29.5, 65.0, 18.0]


def test_a_day_that_no_format_reads_is_named_by_its_shape(draft):
    found, _ = draft({"INCIDENT_DATE": [f"week {n % 50 + 10} of 2015" for n in range(ROWS)]})
    assert any("INCIDENT_DATE could be it" in line and "week 99 of 9999" in line for line in found.undecided)


def test_one_row_a_role_is_pointed_out(draft):
    roles = [["SUSPECT", "VICTIM", "WITNESS"][n % 3] for n in range(ROWS)]
    found, _ = draft(
        {"ROLE": roles, "PERSON_ID": [f"N{n % 60:05}" for n in range(ROWS)]}, drop=["SUSPECT_ID", "VICTIM_ID"]
    )
    assert any("ROLE tells suspects from victims" in doubt for doubt in found.doubts)


def test_a_record_in_the_place_of_the_header_is_not_repeated(draft, tmp_path):
    path = tmp_path / "headless.csv"
    path.write_text("".join(f"I{n:05},N{n % 9:05},25/07/2012 00:30,Y\n" for n in range(50)))
    with pytest.raises(ExtractError, match="E115") as refused:
        draft_config(path)
    assert "N0000" not in str(refused.value)


@pytest.mark.parametrize(
    "name", ['A "quoted" name', "x: y # z", "{{ x }}", "=cmd()", "yes", "- a", "Ünïcode ☃", "a\\b", "%d"]
)
def test_any_header_gives_a_config_that_loads_to_it(draft, name):
    found, kept = draft({name: [["North", "South", "East"][n % 3] for n in range(ROWS)]})
    assert len(kept) == ROWS
    assert name in (*found.unmapped, *(f.source for f in found.findings))


def test_the_words_that_stand_for_missing_are_named(draft):
    found, _ = draft({"BOROUGH": [["North", "South", "Not known", "N/A"][n % 4] for n in range(ROWS)]})
    assert "Read as missing, with their cells: n/a (60), not known (60)" in found.text
