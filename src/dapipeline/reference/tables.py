"""The tables that the package ships: offences, subgroups, families, title patterns, outcomes.

``docs/decisions/offence_families.md`` names their sources and the rules by which they were made.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute


@cache
def shipped(name: str) -> pd.DataFrame:
    """Return a table of the package; it is cached, so copy it before changing it.

    Parameters
    ----------
    name : str
        The name of a CSV file of this folder, without its ending.

    Returns
    -------
    pandas.DataFrame
        All columns as text; an empty cell is ``""``.
    """
    with resources.files(__package__).joinpath(f"{name}.csv").open(encoding="utf-8") as stream:
        return pd.read_csv(stream, dtype="string", keep_default_na=False)


FAMILIES = tuple(shipped("families")["family"])  # the codes of the offence families, in the order of the table


def offences() -> pd.DataFrame:
    """Return the family and subgroup of every Home Office offence code.

    Returns
    -------
    pandas.DataFrame
        code (five digits, unique, sorted), subgroup, family; 3,039 rows, derived from the Ministry of
        Justice's list of Home Office offence codes (Open Government Licence v3).
    """
    return shipped("offences").copy()


def subgroups() -> pd.DataFrame:
    """Return the default severity of each offence subgroup.

    Returns
    -------
    pandas.DataFrame
        subgroup, title, severity (days, float), entries (int; how many entries of the index stand behind
        it, 0 where assumed), source. The scale is the Cambridge Crime Harm Index 2026, median
        starting-point days.
    """
    return shipped("subgroups").astype({"severity": "float64", "entries": "int64"})


def families() -> pd.DataFrame:
    """Return the offence families in the order of `FAMILIES`.

    Returns
    -------
    pandas.DataFrame
        family, title, da_parallel (bool: domestic abuse is commonly committed through such crimes),
        non_compliance (bool), subgroup (whose severity stands in where only the family is known), meaning.
    """
    table = shipped("families").copy()
    flags = ["da_parallel", "non_compliance"]
    table[flags] = table[flags] == "true"
    return table.astype(dict.fromkeys(flags, "bool"))


def outcomes() -> pd.DataFrame:
    """Return the Home Office crime outcomes, one row per outcome; `codes.OUTCOMES` takes its list from here.

    Returns
    -------
    pandas.DataFrame
        code (text), title, short_title (two to five words, for timelines), charged_or_summonsed (bool), group (of the
        Home Office's outcome tables).
    """
    table = shipped("outcomes").copy()
    table["charged_or_summonsed"] = table["charged_or_summonsed"] == "true"
    return table.astype({"charged_or_summonsed": "bool"})


def missing_words() -> pd.DataFrame:
    """Return what systems, programs and people write where something is not known.

    Returns
    -------
    pandas.DataFrame
        word (lower case, unique) and kind, which is one of: program (NULL of databases and drivers, NA of R, None of
        Python), error (such as #REF! of a spreadsheet), word (that people write, such as unknown), number (that stands
        for nobody in an id, as 0 does), no crime (written where an offence code is expected).
    """
    return shipped("missing").copy()


def title_patterns() -> pd.DataFrame:
    """Return the patterns that find the family of an offence by its title; the first match wins.

    Returns
    -------
    pandas.DataFrame
        rank (int, ascending), pattern (regular expression to be found anywhere in a normalised title;
        the syntax is common to Python, RE2 and Java), family, subgroup.
    """
    return shipped("titles").astype({"rank": "int64"})


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
    """Find family and subgroup of offences by their titles as recorded.

    Parameters
    ----------
    titles : pandas.Series
        Titles in any case; missing ones match nothing.

    Returns
    -------
    pandas.DataFrame
        family and subgroup on the index of `titles`, missing where no pattern matches.
    """
    text = normalise_titles(titles)
    distinct = text.dropna().unique()
    rank = np.full(len(distinct), -1)  # of the pattern that matches, -1 for none
    unmatched = pa.array(distinct, pa.string(), from_pandas=True)
    rows = np.arange(len(distinct))
    patterns = title_patterns()
    for at, pattern in enumerate(patterns["pattern"]):
        # Arrow matches by RE2, whose time grows with a title's length alone; Python's `re` may take exponential time.
        found = compute.match_substring_regex(unmatched, pattern).to_numpy(zero_copy_only=False)
        rank[rows[found]] = at
        unmatched, rows = unmatched.filter(~found), rows[~found]
    kinds = patterns[["family", "subgroup"]].reindex(rank).set_axis(pd.Index(distinct), axis="index")
    matched: pd.DataFrame = kinds.reindex(text).set_axis(titles.index, axis="index")
    return matched
