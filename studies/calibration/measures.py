"""Numbers with what is needed to judge them: how many they rest on, and how much those vary."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

MEDIAN_ERROR = 1.2533  # of a median, times that of the mean, where values are normal


class Measured(NamedTuple):
    """A figure as measured.

    Attributes
    ----------
    value : float
        1 or 0 for a rule that holds or not.
    n : int
        People, incidents or records it rests on.
    error : float
        Its standard error; missing where the declared rate gives it (counts and shares).
    """

    value: float
    n: int
    error: float = float("nan")


def mean(values: pd.Series) -> Measured | None:
    """Measure a mean; nothing where nobody is left."""
    values = values.dropna().astype(float)
    error = float(values.std() / np.sqrt(len(values))) if len(values) > 1 else float("nan")
    return Measured(float(values.mean()), len(values), error) if len(values) else None


def median(values: pd.Series) -> Measured | None:
    """Measure a median."""
    found = mean(values)
    return found and Measured(float(values.median()), found.n, MEDIAN_ERROR * found.error)


def share(condition: pd.Series) -> Measured | None:
    """Measure the share for which a condition holds, the missing left out."""
    known = condition.dropna().astype(bool)
    return Measured(float(known.mean()), len(known)) if len(known) else None


def ratio(above: pd.Series, below: pd.Series) -> Measured | None:
    """Measure the ratio of two sums over the same people, its error by the delta method."""
    if not len(below) or not below.sum():
        return None
    value = float(above.sum() / below.sum())
    error = float((above - value * below).std() / np.sqrt(len(below)) / below.mean())
    return Measured(value, len(below), error)


def count(number: float) -> Measured:
    """Measure a count."""
    return Measured(float(number), int(number))


def holds(rule: bool, n: int) -> Measured:
    """Return 1 or 0 for a rule that holds or does not."""
    return Measured(float(bool(rule)), n)
