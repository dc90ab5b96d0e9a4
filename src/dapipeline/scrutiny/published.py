"""Checks published figures line by line: against each other, and against a run's own indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from dapipeline.scrutiny.counting import ALL

AGREES, DIFFERS, CUT = "agrees", "differs", "cut, not rounded"
NO_VALUE, TWO_VALUES = "no value", "two values"
NOT_THE_SUM, ROUNDED, LARGER = "parts do not add up", "parts add up but for rounding", "larger than its whole"
OVERLAP, OF_ONE = "bands overlap", "a band from a value to itself"
TOTAL = "total"
WITH_ITSELF, WITH_RUN = "the published table itself", "the run"
COLUMNS = ["table", "row", "figure", "value", "against", "finding", "computed", "text", "note"]
BAND = re.compile(r"^(\d+)\s*(?:-|–|to)\s*(\d+)$")
OPEN_BAND = re.compile(r"^(\d+)\s*(?:\+|and over)$")
BELOW = re.compile(r"^under (\d+)$")
Line = tuple[str, str, float, str]  # against, finding, computed, text


def check_published(published: pd.DataFrame, scrutiny: pd.DataFrame | None = None) -> pd.DataFrame:
    """Check every line of published figures.

    Parameters
    ----------
    published : pandas.DataFrame
        From `reference.published.read_published`.
    scrutiny : pandas.DataFrame, optional
        tables/scrutiny.csv of a run, for the lines that name a cell of it.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, one row per line and check that applies to it, in the order of the lines: what it was held against,
        what was found, the value that follows from the other figures (missing where none does), and a sentence.
    """
    cells = {} if scrutiny is None else _cells(scrutiny)
    figures = {(line.table, line.row, line.figure): line.amount for line in published.itertuples()}
    sums = dict(_sums(published))
    rivals = _rivals(published)
    rows = []
    for at, line in enumerate(published.itertuples()):
        found = [
            *_of_value(line, rivals),
            *_of_share(line, figures),
            *_of_whole(line, figures),
            *_of_bands(line, published),
        ]
        found += [sums[at]] if at in sums else []
        found += _of_run(line, cells) if scrutiny is not None else []
        rows += [(line.table, line.row, line.figure, line.value, *each, line.note) for each in found]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rivals(published: pd.DataFrame) -> set[tuple[str, ...]]:
    keys = ["table", "row", "figure", "block", "year"]
    different = published.dropna(subset="amount").groupby(keys)["amount"].nunique()
    return set(different[different > 1].index)


def _of_value(line: Any, rivals: set[tuple[str, ...]]) -> Iterator[Line]:
    if np.isnan(line.amount):
        yield WITH_ITSELF, NO_VALUE, np.nan, "No number is printed."
    elif (line.table, line.row, line.figure, line.block, line.year) in rivals:
        yield WITH_ITSELF, TWO_VALUES, np.nan, "The same figure is printed with another value too."


def _of_share(line: Any, figures: dict[tuple[str, str, str], float]) -> Iterator[Line]:
    """Hold a percentage against the counts that it is the share of."""
    number, of = (figures.get((line.table, line.row, name), np.nan) for name in (line.number, line.of))
    if line.unit == "percent" and number >= 0 and of > 0 and line.value:
        computed = 100 * number / of
        finding = rounding(line.value, computed)
        yield WITH_ITSELF, finding, computed, f"{number:g} of {of:g} is {computed:.2f}%."


def rounding(printed: str, computed: float) -> str:
    """Return whether a printed number is another one rounded, cut off, or neither.

    Parameters
    ----------
    printed : str
    computed : float

    Returns
    -------
    str
        `AGREES`, `CUT` or `DIFFERS`.
    """
    value, decimals = float(printed.replace(",", "")), len(printed.partition(".")[2])
    if abs(computed - value) <= 0.5 * 10**-decimals + 1e-9:
        return AGREES
    return CUT if abs(np.floor(computed * 10**decimals + 1e-9) / 10**decimals - value) < 1e-9 else DIFFERS


def _of_whole(line: Any, figures: dict[tuple[str, str, str], float]) -> Iterator[Line]:
    whole = figures.get((line.table, line.row, line.within), np.nan)
    if line.amount >= 0 and whole >= 0:
        finding = LARGER if line.amount > whole else AGREES
        yield WITH_ITSELF, finding, whole, f"It is a part of {line.within}, {whole:g}."


def _sums(published: pd.DataFrame) -> Iterator[tuple[int, Line]]:
    """Hold the totals of blocks against their parts: at the line of the total, or at the first of percentages."""
    numbered = published.assign(at=np.arange(len(published)))
    for _, own in numbered[numbered["block"] != ""].groupby(["table", "figure", "block"], sort=False):
        parts, total = own[own["row"] != TOTAL], own[own["row"] == TOTAL]
        added = float(parts["amount"].sum())
        if len(total) and not np.isnan(total["amount"].iloc[0]):
            wanted = float(total["amount"].iloc[0])
            finding = AGREES if added == wanted else NOT_THE_SUM
            yield int(total["at"].iloc[0]), (WITH_ITSELF, finding, added, f"The parts add up to {added:g}.")
        elif len(parts) and (parts["unit"] == "percent").all():
            slack = sum(0.5 * 10 ** -len(value.partition(".")[2]) for value in parts["value"])
            finding = AGREES if abs(added - 100) < 1e-9 else ROUNDED if abs(added - 100) <= slack else NOT_THE_SUM
            yield int(parts["at"].iloc[0]), (WITH_ITSELF, finding, added, f"The percentages add up to {added:g}.")


def band(row: str) -> tuple[int, float] | None:
    """Read the first and the last number of a band: 18-25, 50+, under 20.

    Parameters
    ----------
    row : str

    Returns
    -------
    tuple of (int, float) or None
        None where it is none.
    """
    closed, opened, below = (pattern.match(row) for pattern in (BAND, OPEN_BAND, BELOW))
    if closed:
        return int(closed[1]), float(closed[2])
    if opened:
        return int(opened[1]), np.inf
    return (0, float(int(below[1]) - 1)) if below else None


def _of_bands(line: Any, published: pd.DataFrame) -> Iterator[Line]:
    own = band(line.row)
    if not own or not line.block:
        return
    if own[0] == own[1]:
        yield WITH_ITSELF, OF_ONE, np.nan, "The band begins and ends with the same number."
    beside = published[(published[["table", "figure", "block"]] == [line.table, line.figure, line.block]).all(axis=1)]
    for other in beside["row"]:
        found = band(other)
        if found and other != line.row and own[0] < found[0] <= own[1]:
            yield WITH_ITSELF, OVERLAP, np.nan, f"It overlaps with {other}."


def _cells(scrutiny: pd.DataFrame) -> dict[tuple[str, ...], tuple[float, float]]:
    keys = scrutiny[["indicator", "area", "year", "breakdown", "group"]].itertuples(index=False, name=None)
    return dict(zip(keys, scrutiny[["numerator", "rate"]].itertuples(index=False, name=None), strict=True))


def _of_run(line: Any, cells: dict[tuple[str, ...], tuple[float, float]]) -> list[Line]:
    """Hold a line against the cell of the run that it names; rates of shares are compared in percent."""
    if not line.indicator or not line.value:
        return []
    key = (line.indicator, *(value or ALL for value in (line.area, line.year, line.breakdown, line.group)))
    if key not in cells:
        return [(WITH_RUN, "not in the run", np.nan, "The run has no such cell.")]
    number, rate = cells[key]
    computed = 100 * rate if line.unit == "percent" else number
    return [(WITH_RUN, rounding(line.value, computed), computed, f"The run has {computed:.6g}.")]
