"""The bridge from Home Office offence codes to the offence categories of the ONS Crime Severity Score.

The ONS publishes weights for categories of recorded crime ("8N Assault with injury"), not for offence codes. The table
``ons_categories.csv`` lists, for a class of offences (three digits) or an offence code (five), the categories it falls
into, the current one first. ``docs/decisions/offence_families.md`` names the codes that have no category.
"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from dapipeline.reference.tables import offences, shipped
from dapipeline.reference.titles import normalise_titles


def categories(weights: pd.DataFrame) -> pd.DataFrame:
    """Spell out the codes of offence categories.

    Parameters
    ----------
    weights : pandas.DataFrame
        codes as published ("1, 4.1/10/2", "8N", ``""`` where there is a title alone), title, severity.

    Returns
    -------
    pandas.DataFrame
        One row per category code: category (missing where there is a title alone), members (how many codes the
        published row has), title (normalised), severity.
    """
    # A loop in Python is enough for a few hundred rows; in "4.1/10/2" the later codes need the first.
    table = pd.DataFrame(
        {
            "category": weights["codes"].map(_spell_out),
            "title": normalise_titles(weights["title"]),
            "severity": weights["severity"],
        }
    )
    table = table.reset_index(drop=True).explode("category").astype({"category": "string"})
    table["members"] = table.groupby(level=0)["title"].transform("size")
    return table.reset_index(drop=True)


def _spell_out(codes: str) -> list[str]:
    """Spell out "1, 4.1/10/2" as 1, 4.1, 4.10, 4.2 and "17a/b" as 17A, 17B."""
    spelt: list[str] = []
    for group in re.split(r",|&|AND", codes.upper()):
        first, *others = (part.strip().lstrip("0") for part in group.split("/"))
        for part in (first, *others):
            if part.isalpha() and spelt:
                spelt.append(re.sub(r"\D.*", "", spelt[-1]) + part)
            elif part.isdigit() and "." in first:
                spelt.append(first.split(".")[0] + "." + part)
            elif part:
                spelt.append(part)
    return spelt


@cache
def bridge() -> pd.DataFrame:
    """Return the ONS categories of each class or code; the table is cached, so copy it before changing it.

    Returns
    -------
    pandas.DataFrame
        One row per class or code and category: scope (the class or code), rank (0 is the category to prefer), candidate
        (a category code, or ``=`` and a normalised title).
    """
    table = shipped("ons_categories")
    ladder = table.assign(candidate=table["categories"].str.split(";")).explode("candidate", ignore_index=True)
    return ladder.assign(rank=ladder.groupby("code").cumcount()).rename(columns={"code": "scope"})


def narrowest(entries: pd.DataFrame) -> pd.DataFrame:
    """Keep for each category the rows with the fewest categories beside it: their weight is more specific.

    Parameters
    ----------
    entries : pandas.DataFrame
        From `categories`.

    Returns
    -------
    pandas.DataFrame
        Rows of `entries` that have a category.
    """
    coded = entries[entries["category"].notna()]
    return coded[coded["members"] == coded.groupby("category")["members"].transform("min")]


def severity_by_title(entries: pd.DataFrame) -> pd.DataFrame:
    """Find the weight of each title, where it has one alone.

    Parameters
    ----------
    entries : pandas.DataFrame
        From `categories`.

    Returns
    -------
    pandas.DataFrame
        title (unique, sorted), severity.
    """
    titles = entries.loc[entries["title"] != "", ["title", "severity"]].drop_duplicates()
    # Where rows share a title but not a weight, a title alone cannot tell which weight applies: leave it out.
    return titles[~titles["title"].duplicated(keep=False)].sort_values("title", ignore_index=True)


def severity_by_code(entries: pd.DataFrame) -> pd.DataFrame:
    """Find the weight of each offence code: that of the first of its categories that the table has.

    Parameters
    ----------
    entries : pandas.DataFrame
        From `categories`.

    Returns
    -------
    pandas.DataFrame
        code (five digits, sorted), severity; codes without a category are left out.
    """
    coded = narrowest(entries).drop_duplicates("category").rename(columns={"category": "candidate"})
    titled = severity_by_title(entries)
    titled = titled.assign(candidate="=" + titled["title"])
    known = pd.concat([coded, titled])[["candidate", "severity"]].astype({"candidate": "string"})
    weighed = bridge().merge(known, on="candidate").sort_values(["scope", "rank"])
    by_scope = weighed.drop_duplicates("scope").set_index("scope")["severity"]
    codes = offences()["code"]
    own = codes.isin(bridge()["scope"])
    scope = codes.where(own, codes.str[:3])
    table = pd.DataFrame({"code": codes, "severity": scope.map(by_scope).astype("float64")})
    return table[table["severity"].notna()].reset_index(drop=True)
