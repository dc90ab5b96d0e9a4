"""What an offence or a non-crime is, by its title as recorded: family, subgroup, kind, and what the study asks of it.

Patterns are found by Arrow with RE2, whose time grows with a title's length alone; Python's `re` may take exponential
time. Their syntax is common to Python, RE2 and Java. ``docs/decisions/offence_families.md`` says how they were made.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from dapipeline.reference.tables import shipped

FACTS = ("against", "compliance")


def title_patterns() -> pd.DataFrame:
    """Return the patterns that find the family of a crime by its title; the first match wins.

    Returns
    -------
    pandas.DataFrame
        rank (int, ascending), pattern (regular expression to be found anywhere in a normalised title), family,
        subgroup.
    """
    return shipped("titles").astype({"rank": "int64"})


def non_crime_patterns() -> pd.DataFrame:
    """Return the patterns that find what a non-crime is by its title; of those tried, the first match wins.

    Returns
    -------
    pandas.DataFrame
        rank (int, ascending), when (first: before the patterns of crimes are asked; last: after them, of titles that
        those do not know), pattern, family (missing: the patterns of crimes decide), kind (of those that are no crime
        of a family, such as domestic or missing_person; else missing).
    """
    return shipped("non_crimes").astype({"rank": "int64"}).replace("", pd.NA)


def fact_patterns() -> pd.DataFrame:
    """Return the patterns that tell more of an offence than its family; the first match of a fact wins.

    Returns
    -------
    pandas.DataFrame
        rank (int, ascending), fact (against or compliance), value (missing: the fact does not hold), family (that the
        pattern is asked of), pattern.
    """
    return shipped("title_facts").astype({"rank": "int64"}).replace("", pd.NA)


def normalise_titles(titles: pd.Series) -> pd.Series:
    """Lower the case of titles, replace every run of blanks by one blank, and trim.

    Parameters
    ----------
    titles : pandas.Series
        Titles as recorded, of any type that reads as text.

    Returns
    -------
    pandas.Series
        Text on the same index; missing where a title is.
    """
    return titles.astype("string").str.lower().str.replace(r"\s+", " ", regex=True).str.strip()


def match_titles(titles: pd.Series) -> pd.DataFrame:
    """Find family and subgroup of crimes by their titles as recorded.

    Parameters
    ----------
    titles : pandas.Series
        Titles in any case; missing ones match nothing.

    Returns
    -------
    pandas.DataFrame
        family and subgroup on the index of `titles`, missing where no pattern matches.
    """
    return _matched(titles, title_patterns(), ["family", "subgroup"])


def match_non_crimes(titles: pd.Series) -> pd.DataFrame:
    """Find family and kind of non-crimes by their titles as recorded.

    A title that names a domestic incident, missing people, mental health and the like says what it is; one that names
    a matter of a crime, such as a breach of bail, has the family of that crime.

    Parameters
    ----------
    titles : pandas.Series
        Titles in any case; missing ones match nothing.

    Returns
    -------
    pandas.DataFrame
        family (a family of offences or non_crime; missing where no pattern matches) and kind (missing where the family
        says it all) on the index of `titles`.
    """
    patterns = non_crime_patterns()
    columns = ["family", "kind"]
    first = _matched(titles, patterns[patterns["when"] == "first"], columns)
    as_crime = match_titles(titles)["family"]
    last = _matched(titles, patterns[patterns["when"] == "last"], columns)
    undecided = first["family"].isna()
    guessed = undecided & as_crime.isna()
    return pd.DataFrame(
        {
            "family": first["family"].fillna(as_crime).fillna(last["family"]),
            "kind": first["kind"].where(~guessed, last["kind"]),
        }
    )


def facts_of(titles: pd.Series, families: pd.Series) -> pd.DataFrame:
    """Find what a title tells beyond the family.

    Parameters
    ----------
    titles, families : pandas.Series
        Titles as recorded and their families, on one index.

    Returns
    -------
    pandas.DataFrame
        against (child or vulnerable_adult: whom an offence of sexual, violent or neglecting kind is against) and
        compliance (breach, or a related offence: police_assault, witness, dangerous_driving) on that index, missing
        where the title tells nothing of it.
    """
    found = pd.DataFrame({fact: pd.Series(pd.NA, titles.index, "string") for fact in FACTS})
    for (fact, family), patterns in fact_patterns().groupby(["fact", "family"], sort=False):
        of_family = (families == family).fillna(False)
        found.loc[of_family, fact] = _matched(titles[of_family], patterns, ["value"])["value"]
    return found


def _matched(titles: pd.Series, patterns: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Return the columns of the first pattern that each title matches, missing where none does."""
    text = normalise_titles(titles)
    distinct = text.dropna().unique()
    rank = np.full(len(distinct), -1)  # of the pattern that matches, -1 for none
    unmatched = pa.array(distinct, pa.string(), from_pandas=True)
    rows = np.arange(len(distinct))
    for at, pattern in enumerate(patterns["pattern"]):
        found = compute.match_substring_regex(unmatched, pattern).to_numpy(zero_copy_only=False)
        rank[rows[found]] = at
        unmatched, rows = unmatched.filter(~found), rows[~found]
    kinds = patterns[columns].reset_index(drop=True).reindex(rank).set_axis(pd.Index(distinct), axis="index")
    matched: pd.DataFrame = kinds.reindex(text).set_axis(titles.index, axis="index")
    return matched
