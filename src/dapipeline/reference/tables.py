"""The tables that the package ships: offences, subgroups, families, outcomes, words for missing.

``docs/decisions/offence_families.md`` names their sources and the rules by which they were made.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import pandas as pd


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
NON_CRIME = "non_crime"  # the family of records that are no crime and are about no matter of a crime


def offences() -> pd.DataFrame:
    """Return the family and subgroup of every Home Office offence code, and the facts that the study asks for.

    Returns
    -------
    pandas.DataFrame
        code (five digits, unique, sorted), subgroup, family, against (child, vulnerable_adult or missing), compliance
        (breach, police_assault, witness, dangerous_driving or missing); 3,039 rows, derived from the Ministry of
        Justice's list of Home Office offence codes (Open Government Licence v3).
    """
    return shipped("offences").replace("", pd.NA)


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
        family, title, subgroup (whose severity stands in where only the family is known), meaning.
    """
    return shipped("families").copy()


def study_families() -> pd.DataFrame:
    """Return the four families in which the study found the offences that go with most DA harm.

    Returns
    -------
    pandas.DataFrame
        study_family, title, families and compliance (codes of offence families, and of what `offences` calls
        compliance, separated by spaces: an offence is in the study's family where either names it, and compliance goes
        first), printed (the offences that the study lists). Source: Crest Advisory, summary of research findings, 22
        February 2023. It lists offences and draws no bounds; the whole of each family of `FAMILIES` is our reading.
    """
    return shipped("study_families").copy()


def outcomes() -> pd.DataFrame:
    """Return the Home Office crime outcomes, one row per outcome; `codes.OUTCOMES` takes its list from here.

    Returns
    -------
    pandas.DataFrame
        code (text), title, short_title (two to five words, for timelines), charged_or_summonsed (bool), group (of the
        Home Office's outcome tables), course (the group by which what follows is compared: no action is told apart by
        whether the victim supports it, and diversion, outcome 22, stands alone).
    """
    table = shipped("outcomes").copy()
    table["charged_or_summonsed"] = table["charged_or_summonsed"] == "true"
    return table.astype({"charged_or_summonsed": "bool"})


def recording_breaks() -> pd.DataFrame:
    """Return the days from which recording changed everywhere in England and Wales.

    Returns
    -------
    pandas.DataFrame
        date (ISO text, ascending), what (a sentence without its full stop), touches (which numbers), source.
    """
    return shipped("recording_breaks").copy()


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
