"""Title patterns against titles as police record them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dapipeline.reference import tables
from dapipeline.reference import titles as by_title

# Family and subgroup are empty where no pattern may match.
ROOT = Path(__file__).parents[2]
RECORDED = Path(__file__).with_name("recorded_titles.csv")
with RECORDED.open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.reader(stream))[1:]


@pytest.fixture(scope="module")
def matched():
    titles = pd.Series([case[0] for case in CASES])
    return by_title.match_titles(titles).fillna("").set_axis(titles, axis="index")


@pytest.mark.parametrize(("title", "family", "subgroup"), CASES)
def test_title_as_recorded(matched, title, family, subgroup):
    assert tuple(matched.loc[title]) == (family, subgroup)


def slowly_matched(titles: pd.Series) -> list[tuple[str, str]]:
    """Each title by itself, with Python's own regular expressions."""
    found = []
    for title in by_title.normalise_titles(titles):
        hits = [row for row in by_title.title_patterns().itertuples() if re.search(row.pattern, title)]
        found.append((hits[0].family, hits[0].subgroup) if hits else ("", ""))
    return found


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("data/sample/incidents.csv", "offence"),
        ("src/dapipeline/reference/subgroups.csv", "title"),
        ("tests/reference_room/recorded_titles.csv", "title"),
    ],
)
def test_titles_are_matched_as_python_would(path, column):
    titles = pd.Series(pd.read_csv(ROOT / path, dtype=str, keep_default_na=False)[column].unique())
    assert len(titles) > 20
    found = by_title.match_titles(titles).fillna("")
    assert list(zip(found["family"], found["subgroup"], strict=True)) == slowly_matched(titles)


def test_a_title_of_any_length_is_matched():
    long = pd.Series(["breach " * 20_000, "breach " * 20_000 + "of a restraining order", "x" * 200_000])
    found = by_title.match_titles(long)
    assert found["family"].fillna("").tolist() == ["", "breach", ""]


def test_case_and_blanks_do_not_matter():
    found = by_title.match_titles(pd.Series(["  COMMON   Assault\tand battery "], index=["row"]))
    assert found.loc["row", "family"] == "violence"


def test_missing_titles_and_repeats_keep_their_rows():
    titles = pd.Series(["Rape", None, "Rape", "Concern for safety"], index=[7, 3, 5, 1])
    found = by_title.match_titles(titles)
    assert list(found.index) == [7, 3, 5, 1]
    assert found["family"].fillna("-").tolist() == ["sexual", "-", "sexual", "-"]


def test_no_titles_at_all():
    assert by_title.match_titles(pd.Series([None, None], dtype=object)).isna().all(axis=None)


def test_patterns_name_known_families_and_subgroups():
    patterns = by_title.title_patterns()
    assert patterns["rank"].tolist() == list(range(1, len(patterns) + 1))
    assert patterns["pattern"].is_unique
    assert set(patterns["family"]) <= set(tables.FAMILIES)
    assert set(patterns["subgroup"]) <= set(tables.subgroups()["subgroup"])


def test_patterns_are_lower_case_without_lookarounds_or_backreferences():
    for pattern in by_title.title_patterns()["pattern"]:
        assert pattern == pattern.lower()
        assert not re.search(r"\(\?[^:]|\\[1-9]", pattern), pattern
        # Possessive quantifiers mean something else, or nothing, in RE2.
        assert not re.search(r"[*+?}]\+", pattern), pattern


def test_duckdb_finds_what_pandas_finds():
    titles = pd.DataFrame({"title": [case[0].lower() for case in CASES]})
    connection = duckdb.connect()
    for row in by_title.title_patterns().itertuples(index=False):
        connection.register("titles", titles)
        here = connection.execute("select regexp_matches(title, ?) from titles", [row.pattern]).fetchall()
        assert [hit for (hit,) in here] == titles["title"].str.contains(row.pattern).tolist(), row.pattern
