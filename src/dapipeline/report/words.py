"""Numbers and lists as a reader would write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import floor, log10

import pandas as pd

NOT_RECORDED = "not recorded"
MARK = "*"  # stands for every number that is withheld, for whatever reason
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


def count(number: float) -> str:
    """Write a whole number with thousands separators: 137,661.

    Parameters
    ----------
    number : float

    Returns
    -------
    str
    """
    return f"{int(number):,}"


def share(value: float) -> str:
    """Write a share as a percentage: 62%, 3.4%, <0.1%; 100% only where it is all of it.

    Parameters
    ----------
    value : float
        From 0 to 1; a dash where it is missing.

    Returns
    -------
    str
    """
    if pd.isna(value):
        return "–"
    if 0 < value < 0.0005:
        return "<0.1%"
    if 0.9995 <= value < 1:
        return ">99.9%"
    whole = value == 0 or 0.0995 <= value < 0.995 or value >= 1
    return f"{value:.0%}" if whole else f"{value:.1%}"


def tenths(value: float) -> str:
    """Write a share with one decimal, as the others of its column: 62.0%, 3.4%, <0.1%.

    Parameters
    ----------
    value : float
        From 0 to 1; a dash where it is missing.

    Returns
    -------
    str
    """
    words = share(value)
    return words if words[0] in "<>–" else f"{value:.1%}"


def exact(value: float) -> str:
    """Write a share that was chosen, not measured: 5%, 12.5%.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
    """
    return f"{100 * value:g}%"


def number(value: float) -> str:
    """Write a number with as many digits as it deserves: 5,475; 31.3; 2.5; 0.14.

    Parameters
    ----------
    value : float
        A dash where it is missing.

    Returns
    -------
    str
    """
    if pd.isna(value):
        return "–"
    size = abs(value)
    if size >= 99.95:
        said = f"{size:,.0f}"
    elif size >= 9.95 or size == 0:
        said = f"{size:.1f}".removesuffix(".0")
    else:
        said = f"{size:.2f}".rstrip("0").rstrip(".")
    return f"−{said}" if value < 0 and said != "0" else said


def yardstick(points: float, common_assault: float | None) -> str:
    """Write what severity comes to in common assaults, to follow it: ", about as much as 890 common assaults".

    Parameters
    ----------
    points : float
    common_assault : float or None
        What one weighs; None where the scale has no figure for one.

    Returns
    -------
    str
        Empty without a figure, and for less than two.
    """
    if not common_assault or points < 2 * common_assault:
        return ""
    assaults = points / common_assault
    rounded = round(assaults, 1 - floor(log10(assaults)))  # two figures: it is a yardstick
    return f", about as much as {rounded:,.0f} common assaults"


def between(value: float, low: float, high: float) -> str:
    """Write a number with its interval: 812 (617 to 1,008); the number alone where there is none.

    Parameters
    ----------
    value, low, high : float

    Returns
    -------
    str
    """
    return number(value) if pd.isna(low) else f"{number(value)} ({number(low)} to {number(high)})"


def probability(value: float) -> str:
    """Write a p or q with three decimals: 0.041, <0.001.

    Parameters
    ----------
    value : float
        A dash where it is missing.

    Returns
    -------
    str
    """
    if pd.isna(value):
        return "–"
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def amount(value: float, kind: str, unit: str) -> str:
    """Write the value of a feature in its natural unit.

    Parameters
    ----------
    value : float
        In the unit of the catalogue.
    kind : str
        The kind of the feature: share, duration, age, difference, severity, count or decile.
    unit : str
        The unit of the catalogue; hours and days become the unit that reads best.

    Returns
    -------
    str
    """
    if pd.isna(value):
        return "–"
    if kind == "share":
        return share(value)
    if kind == "duration":
        return lasting(value if unit == "hours" else value * 24)
    if kind in ("age", "difference"):
        return f"{value:.1f} years"
    return number(value)


def lasting(hours: float) -> str:
    """Write a time: 40 minutes, 5.3 hours, 12 days, 3.4 years.

    Parameters
    ----------
    hours : float

    Returns
    -------
    str
    """
    for size, name in ((8766.0, "years"), (24.0, "days"), (1.0, "hours")):
        if hours >= 2 * size:
            return f"{number(hours / size)} {name}"
    return f"{hours * 60:.0f} minutes"


def day(value: date) -> str:
    """Write a day: 1 January 2011.

    Parameters
    ----------
    value : datetime.date

    Returns
    -------
    str
    """
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def several(quantity: int, singular: str, plural: str | None = None) -> str:
    """Write how many of a thing: 1 cluster, 1,204 clusters.

    Parameters
    ----------
    quantity : int
    singular : str
    plural : str, optional
        The singular with an s by default.

    Returns
    -------
    str
    """
    return f"{count(quantity)} {singular if quantity == 1 else plural or singular + 's'}"


def listed(items: Iterable[str]) -> str:
    """Join words as a sentence does: a, b and c.

    Parameters
    ----------
    items : iterable of str

    Returns
    -------
    str
    """
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def plain(name: str) -> str:
    """Turn the name of a code into words: ex_partner into ex-partner, public_order into public order.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
    """
    return name.replace("ex_partner", "ex-partner").replace("_", " ")
