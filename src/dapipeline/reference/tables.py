"""The tables the package ships: offences, subgroups, families, title patterns, outcomes.

Where they come from and by which rules is told in ``docs/decisions/offence_families.md``.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute

FAMILIES = (
    "homicide",
    "violence",
    "sexual",
    "stalking_harassment",
    "controlling_coercive",
    "child_vulnerable",
    "criminal_damage",
    "acquisitive",
    "drugs",
    "weapons",
    "public_order",
    "breach",
    "motoring",
    "regulatory",
    "other",
)


@cache
def shipped(name: str) -> pd.DataFrame:
    """Return a table of the package as text; it is cached, so copy it before changing it."""
    with resources.files(__package__).joinpath(f"{name}.csv").open(encoding="utf-8") as stream:
        return pd.read_csv(stream, dtype="string", keep_default_na=False)


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
    """Return the Home Office crime outcomes 0 to 22.

    Returns
    -------
    pandas.DataFrame
        code (text), title, charged_or_summonsed (bool), group (of the Home Office's outcome tables).
    """
    table = shipped("outcomes").copy()
    table["charged_or_summonsed"] = table["charged_or_summonsed"] == "true"
    return table.astype({"charged_or_summonsed": "bool"})


def missing_words() -> pd.DataFrame:
    """Return what systems, programs and people write where something is not known.

    Returns
    -------
    pandas.DataFrame
        word (lower case, unique), kind: program (NULL of databases and drivers, NA of R, None of Python), error (a cell
        of a spreadsheet), word (of people), number (that stands for nobody in an id, as does 0), no crime (in the place
        of an offence code).
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
    """Lower the case, make every run of blanks one blank, and trim."""
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
    place = np.full(len(distinct), -1)
    unmatched = pa.array(distinct, pa.string(), from_pandas=True)
    rows = np.arange(len(distinct))
    patterns = title_patterns()
    for at, pattern in enumerate(patterns["pattern"]):
        # RE2: the time is proportional to a title's length, which Python's own is not.
        found = compute.match_substring_regex(unmatched, pattern).to_numpy(zero_copy_only=False)
        place[rows[found]] = at
        unmatched, rows = unmatched.filter(~found), rows[~found]
    kinds = patterns[["family", "subgroup"]].reindex(place).set_axis(pd.Index(distinct), axis="index")
    matched: pd.DataFrame = kinds.reindex(text).set_axis(titles.index, axis="index")
    return matched
