"""Titles of non-crimes as forces write them: invented lists, made without the patterns in view."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from dapipeline.reference import tables
from dapipeline.reference.titles import fact_patterns, facts_of, match_non_crimes, non_crime_patterns

# One row per title: the list it is from, its rows there, and the families that a reader would accept; "unclear" where
# it says nothing.
TITLES = pd.read_csv(Path(__file__).with_name("non_crime_titles.csv"), dtype="string").astype({"rows": int})
RESOLVED, ABSURD = 0.90, 0.0  # of the rows of a list, at least and at most
# A reader would take another family, and not find this one absurd.
NOT_ABSURD = {"non_crime", "public_order", "regulatory", "stalking_harassment"}


@pytest.fixture(scope="module")
def found():
    return TITLES.join(match_non_crimes(TITLES["title"]).rename(columns={"family": "told"}))


@pytest.mark.parametrize("name", TITLES["list"].unique())
def test_nine_rows_in_ten_of_a_list_are_told(found, name):
    of_list = found[found["list"] == name]
    told = of_list.loc[of_list["told"].notna(), "rows"].sum() / of_list["rows"].sum()
    assert len(of_list) > 40
    assert told >= RESOLVED


@pytest.mark.parametrize("name", TITLES["list"].unique())
def test_hardly_a_row_has_a_family_that_no_reader_would_take(found, name):
    of_list = found[(found["list"] == name) & found["told"].notna()]
    fits = [told in wanted.split("|") or wanted == "unclear" for told, wanted in of_list[["told", "family"]].to_numpy()]
    wrong = of_list[~pd.Series(fits, of_list.index)]
    assert wrong["rows"].sum() <= 0.03 * of_list["rows"].sum(), wrong[["title", "told"]].to_numpy()
    assert set(wrong["told"]) <= NOT_ABSURD


def test_domestic_incidents_are_never_child_abuse(found):
    domestic = found[found["title"].str.contains(r"(?i)domestic (?:abuse|incident|violence)")]
    assert len(domestic) > 10
    assert "child_vulnerable" not in set(domestic["told"])


def test_patterns_name_known_families_and_their_kinds():
    patterns = non_crime_patterns()
    assert patterns["rank"].tolist() == list(range(1, len(patterns) + 1))
    assert set(patterns["when"]) == {"first", "last"}
    assert set(patterns["family"].dropna()) <= {*tables.FAMILIES, tables.NON_CRIME}
    assert patterns.loc[patterns["family"] == tables.NON_CRIME, "kind"].notna().all()
    facts = fact_patterns()
    assert set(facts["family"]) <= set(tables.FAMILIES)
    assert set(facts["value"].dropna()) == {"child", "vulnerable_adult", "breach", "police_assault", "witness",
                                            "dangerous_driving"}  # fmt: skip
    for pattern in [*patterns["pattern"], *facts["pattern"]]:
        assert pattern.replace(r"\W", "") == pattern.replace(r"\W", "").lower()
        assert not re.search(r"\(\?[^:]|\\[1-9]|[*+?}]\+", pattern), pattern  # RE2 has none of these


def test_the_same_title_in_any_case_and_a_missing_one():
    titles = pd.Series(["MISSING   person", "missing Person", None, "Zog"], index=[5, 1, 7, 2])
    found = match_non_crimes(titles)
    assert found["kind"].fillna("-").tolist() == ["missing_person", "missing_person", "-", "-"]
    assert found.index.tolist() == [5, 1, 7, 2]


@pytest.mark.parametrize(
    ("title", "family", "against", "compliance"),
    [
        ("Rape of a female child under 16", "sexual", "child", None),
        ("Rape of a female aged 16 or over", "sexual", None, None),
        ("Sexual activity with a person with a mental disorder", "sexual", "vulnerable_adult", None),
        ("Abuse of position of trust", "sexual", "child", None),
        ("Possession of an indecent photograph of a child", "sexual", "child", None),
        ("Cruelty to or neglect of children", "child_vulnerable", "child", None),
        ("Ill-treatment of a person lacking capacity", "child_vulnerable", "vulnerable_adult", None),
        ("Assault a child under 16, ABH", "violence", "child", None),
        ("Assault occasioning ABH", "violence", None, None),
        ("Assault on an emergency worker (other than a constable)", "violence", None, None),
        ("Assault on an emergency worker", "violence", None, "police_assault"),
        ("Assault with intent to resist arrest", "violence", None, None),
        ("Breach of conditions of bail", "breach", None, "breach"),
        ("Breach of non-molestation order", "breach", None, "breach"),
        ("Recall to prison", "breach", None, "breach"),
        ("Failure to surrender to bail", "breach", None, "breach"),
        ("Failure to comply with sex offender notification requirements", "breach", None, None),
        ("Perverting the course of justice", "breach", None, None),
        ("Conveyance of list A articles into prison", "breach", None, None),
        ("Intimidating a juror or witness", "breach", None, "witness"),
        ("Causing death by dangerous driving", "motoring", None, "dangerous_driving"),
        ("Careless driving", "motoring", None, None),
    ],
)
def test_facts_beyond_the_family(title, family, against, compliance):
    found = facts_of(pd.Series([title]), pd.Series([family])).iloc[0]
    assert [None if pd.isna(value) else value for value in found] == [against, compliance]


def test_the_facts_of_codes_are_on_the_lists():
    offences = tables.offences()
    assert set(offences["against"].dropna()) == {"child", "vulnerable_adult"}
    assert set(offences["compliance"].dropna()) == {"breach", "police_assault", "witness", "dangerous_driving"}
    assert set(offences.loc[offences["compliance"] == "breach", "family"]) == {"breach"}
    assert offences["against"].notna().sum() > 200
