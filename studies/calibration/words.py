"""How the page writes tables and numbers."""

from __future__ import annotations

import pandas as pd

NONE = "–"


def markdown(header: list[str], rows: list[list[str]], texts: int = 1) -> str:
    """Write a table, an empty line before it; the first `texts` columns are text, the rest numbers."""
    rule = ["---"] * texts + ["---:"] * (len(header) - texts)
    return "\n" + "".join("| " + " | ".join(cells) + " |\n" for cells in [header, rule, *rows])


def words(name: str) -> str:
    """Write the name of a typology."""
    return name.replace("_", " ").capitalize()


SQUARED = {"euclidean": "", "sqeuclidean": ", squared"}  # what follows the weight of a fit


def force(preset: str, offenders: int, faults: bool = False) -> str:
    """Write which force a table is of."""
    return f"{preset}, {offenders:,} suspects{', with faults' if faults else ''}"


def two(value: float) -> str:
    """Write a number between -1 and 1."""
    return NONE if pd.isna(value) else f"{value:.2f}"


def percent(value: float) -> str:
    """Write a share."""
    return NONE if pd.isna(value) else f"{value:.1%}"


def whole(value: float) -> str:
    """Write a count."""
    return NONE if pd.isna(value) else f"{value:,.0f}"


def spread(values: pd.Series, one: str = ".2f") -> str:
    """Write a mean with the lowest and highest in brackets, or the one value there is."""
    known = values.dropna()
    if known.empty:
        return NONE
    mean, low, high = (format(number, one) for number in (known.mean(), known.min(), known.max()))
    return mean if low == high else f"{mean} ({low}–{high})"
