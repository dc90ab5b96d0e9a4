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

_NUMBER = r"\d{1,3}[A-Z]?(?:\.\d{1,2})?"
_PREFIX = rf"^({_NUMBER}(?:\s*[,/]\s*(?:{_NUMBER}|[A-Z]\b))*)\s+(.+)$"


def categories(weights: pd.DataFrame) -> pd.DataFrame:
    """Split offence categories into the category codes they begin with and their titles.

    Parameters
    ----------
    weights : pandas.DataFrame
        category as published ("1, 4.1/10/2 Homicide", "8N Assault with injury" or a title alone), severity.

    Returns
    -------
    pandas.DataFrame
        One row per category code: category (missing where there is a title alone), members (how many codes the
        published row has), title (normalised), severity.
    """
    parts = weights["category"].str.extract(_PREFIX)
    # A loop in Python is enough for a few hundred rows; in "4.1/10/2" the later codes need the first.
    codes = parts[0].map(_spell_out, na_action="ignore")
    table = pd.DataFrame(
        {
            "category": codes,
            "title": normalise_titles(parts[1].fillna(weights["category"])),
            "severity": weights["severity"],
        }
    )
    table = table.explode("category")
    table["members"] = table.groupby(level=0)["title"].transform("size")
    return table.reset_index(drop=True)


def _spell_out(prefix: str) -> list[str]:
    """Spell out "1, 4.1/10/2" as 1, 4.1, 4.10, 4.2 and "17A/B" as 17A, 17B."""
    spelt: list[str] = []
    for group in prefix.split(","):
        first, *others = (part.strip() for part in group.split("/"))
        whole = first.split(".")[0] + "." if "." in first else re.sub(r"[A-Z]$", "", first)
        shared = [part if "." not in first and part[0].isdigit() else whole + part for part in others]
        spelt += [first, *shared]
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
    # Where two rows have a category, take the one with fewer categories: its weight is more specific.
    coded = entries[entries["category"].notna()].sort_values(["members", "title"], kind="stable")
    coded = coded.drop_duplicates("category").rename(columns={"category": "candidate"})
    titled = entries.sort_values("title", kind="stable").drop_duplicates("title")
    titled = titled.assign(candidate="=" + titled["title"])
    known = pd.concat([coded, titled])[["candidate", "severity"]].astype({"candidate": "string"})
    weighed = bridge().merge(known, on="candidate").sort_values(["scope", "rank"])
    by_scope = weighed.drop_duplicates("scope").set_index("scope")["severity"]
    codes = offences()["code"]
    own = codes.isin(bridge()["scope"])
    scope = codes.where(own, codes.str[:3])
    table = pd.DataFrame({"code": codes, "severity": scope.map(by_scope).astype("float64")})
    return table[table["severity"].notna()].reset_index(drop=True)
