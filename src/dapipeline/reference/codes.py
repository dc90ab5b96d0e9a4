"""Every list of codes, once: what the coded columns of an extract may hold, and the groups A to E.

The other modules take their lists from here. To add a code is to add it here; to add a Home Office outcome is to add a
line to ``outcomes.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dapipeline.reference.tables import outcomes

# What the victim is to the offender.
INTIMATE = ("partner", "ex_partner")
FAMILY = ("parent", "child", "sibling", "other_family")
RELATIONSHIPS = (*INTIMATE, *FAMILY, "acquaintance", "stranger", "none")

LOCATION_TYPES = ("residential", "public", "licensed", "retail", "custody", "other")

SEXES = {"F": "Women", "M": "Men", "U": "Sex not known"}  # code to what the report calls these people

RISK_GRADES = ("standard", "medium", "high")  # from the lowest
RISK_RANKS = {grade: rank for rank, grade in enumerate(RISK_GRADES, start=1)}  # 1 is the lowest

MANAGED_BY = ("MARAC", "MAPPA", "IOM", "Drive", "none")  # who manages a suspect

DECILES = tuple(str(decile) for decile in range(1, 11))  # of deprivation, 1 the most deprived

# Home Office outcome to its short title; the full title and the group of each are in `reference.tables.outcomes`.
OUTCOMES: dict[str, str] = outcomes().set_index("code")["short_title"].to_dict()

HIGH_VOLUME = 3  # incidents; "3+ incidents of one kind = high volume" (published, as are the titles of the groups)


@dataclass(frozen=True)
class Group:
    """One of the groups A to E: a plain sorting of offenders by how many incidents they have.

    Attributes
    ----------
    title : str
        As published.
    da, non_da : tuple of (float, float)
        The fewest and the most DA and non-DA incidents as suspect of those who are in it, both included.
    colour : str
        In figures and on the page, as ``#rrggbb``.
    """

    title: str
    da: tuple[float, float]
    non_da: tuple[float, float]
    colour: str


_LOW, _HIGH, _NONE = (1, HIGH_VOLUME - 1), (HIGH_VOLUME, float("inf")), (0, 0)

GROUPS = {
    "A": Group("High volume DA, low volume non-DA", da=_HIGH, non_da=(0, HIGH_VOLUME - 1), colour="#8a1c5a"),
    "B": Group("High volume both", da=_HIGH, non_da=_HIGH, colour="#b5470b"),
    "C": Group("Low volume both", da=_LOW, non_da=_LOW, colour="#3f6285"),
    "D": Group("High volume non-DA, low volume DA", da=_LOW, non_da=_HIGH, colour="#23735f"),
    "E": Group("DA only, low volume", da=_LOW, non_da=_NONE, colour="#6a4fa3"),
}
