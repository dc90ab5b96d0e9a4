"""Compares published, made and found figures: differences, and whether they are within tolerance."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from studies.calibration.figures import FIGURES
from studies.calibration.histories import Histories
from studies.calibration.measures import Measured
from studies.calibration.rules import RULES
from studies.calibration.run_figures import RUN_FIGURES

NEAR, POINTS, ERRORS = 0.10, 0.03, 2.0  # a tenth; three points; standard errors
OF_FAULTS = ("excluded", "clustered")  # what only a force with recording faults can have
OPEN = float("inf")


def measure(histories: Histories, run: Path | None = None) -> dict[str, Measured]:
    """Measure every figure that can be measured.

    Parameters
    ----------
    histories : Histories
    run : Path, optional
        The folder of the run they come from.
    """
    found = {name: how(histories) for name, how in (FIGURES | RULES).items()}
    if run is not None:
        found |= {name: how(run) for name, how in RUN_FIGURES.items()}
    return {name: measured for name, measured in found.items() if measured is not None}


def tolerance(kind: str, published: float, measured: Measured) -> float:
    """Compute by how much a figure may differ.

    A count or mean may differ by a tenth or two standard errors, a share by three points or two standard errors,
    whichever is wider. The error of a share is the binomial one of the published share, that of a count the root of
    the published count; a medoid is one person, and the median is held to the bar of a mean.

    Parameters
    ----------
    kind : str
        count, mean, medoid or share.
    published : float
    measured : Measured
    """
    if kind == "share":
        sampling = math.sqrt(max(published * (1 - published), 0) / max(measured.n, 1))
        return max(POINTS, ERRORS * sampling)
    sampling = math.sqrt(abs(published)) if kind == "count" else measured.error
    return max(NEAR * abs(published), 0.0 if math.isnan(sampling) else ERRORS * sampling)


def verdict(figure: pd.Series, measured: Measured | None) -> str:
    """Judge whether a figure is within tolerance.

    Parameters
    ----------
    figure : pandas.Series
        A row of `published_figures`.
    measured : Measured or None

    Returns
    -------
    str
        within, outside; holds, fails (a rule); ranked (a rank has no bar of its own); not there, where nobody is of the
        typology or only a run has the figure; not measured, where the table says why.
    """
    if pd.notna(figure["not_measured"]):
        return "not measured"
    if measured is None:
        return "not there"
    if figure["kind"] == "rule":
        return "holds" if measured.value else "fails"
    if figure["kind"] == "rank":
        return "ranked"
    low = float(figure["value"])
    high = low if pd.isna(figure["most"]) else float(figure["most"])
    below, above = low - measured.value, measured.value - high
    slack = tolerance(figure["kind"], low if below > above or high == OPEN else high, measured)
    return "within" if max(below, above) <= slack else "outside"


def compare(published: pd.DataFrame, found: Mapping[str, Mapping[str, Measured]]) -> pd.DataFrame:
    """Put what was measured in several places beside the published figures.

    Parameters
    ----------
    published : pandas.DataFrame
        From `published_figures`.
    found : mapping of str to mapping
        By place (a column of the result), what `measure` found; the place of the bar is ``truth``, for what only
        faults bring ``truth_with_faults``.

    Returns
    -------
    pandas.DataFrame
        The published columns, then for each place value and n, and verdict.
    """
    table = published.copy()
    for place, figures in found.items():
        table[place] = [_value(figures.get(name)) for name in table["figure"]]
        table[f"n_{place}"] = pd.array([_number(figures.get(name)) for name in table["figure"]], dtype="Int64")
    table["verdict"] = [verdict(row, _judged(row["figure"], found)) for _, row in table.iterrows()]
    return table


def _judged(name: str, found: Mapping[str, Mapping[str, Measured]]) -> Measured | None:
    """Return the measurement that is judged: of the force as made, or of the run for figures that only a run has."""
    place = "truth_with_faults" if name in OF_FAULTS else "recovered" if name in RUN_FIGURES else "truth"
    return found.get(place, {}).get(name)


def _value(measured: Measured | None) -> float:
    return float("nan") if measured is None else measured.value


def _number(measured: Measured | None) -> int | None:
    return None if measured is None else measured.n
