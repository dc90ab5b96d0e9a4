"""Funnel plots: areas beside limits that widen for small areas, and for what differs between all of them.

Source: Spiegelhalter 2005, "Funnel plots for comparing institutional performance", Statistics in Medicine 24,
1185-1202: limits of shares, z-scores winsorised at a tenth on either side, and limits widened by the root of their mean
square where that is above 1 (multiplicative over-dispersion).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.scrutiny.counting import ALL, TOGETHER

PLOTTED = (
    "arrest_rate_offences", "charge_rate", "sanction_detection_rate", "attrition", "repeat_victims_incidents",
    "risk_form_completion", "funnel_crime",
)  # fmt: skip
LEVELS = {"95": 1.959963984540054, "998": 3.090232306167813}  # two-sided levels in percent, to standard normal
WINSORISED = 0.1
FEWEST_AREAS = 5
COLUMNS = ["indicator", "area", "numerator", "denominator", "rate", "target", "z", "dispersion", "low_95", "high_95",
           "low_998", "high_998"]  # fmt: skip
NOT_AREAS = (ALL, TOGETHER, "not recorded")


def funnel(table: pd.DataFrame) -> pd.DataFrame:
    """Compute the limits of each area for the shares of `PLOTTED`, all years together.

    Parameters
    ----------
    table : pandas.DataFrame
        From `indicators.compute`.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, by indicator and area; no rows for an indicator of fewer than `FEWEST_AREAS` areas, or whose share is
        0 or 1. The limits are of 95 and 99.8%. `dispersion` is how much wider they are than by chance alone, 1 or more.
    """
    whole = table[(table["breakdown"] == ALL) & (table["year"] == ALL)]
    parts = []
    for key in PLOTTED:
        own = whole[(whole["indicator"] == key) & ~whole["area"].isin(NOT_AREAS)]
        if len(own) < FEWEST_AREAS:
            continue
        target = own["numerator"].sum() / own["denominator"].sum()
        if 0 < target < 1:
            parts.append(_limits(own, float(target)))
    return pd.concat(parts, ignore_index=True)[COLUMNS] if parts else pd.DataFrame(columns=COLUMNS)


def _limits(own: pd.DataFrame, target: float) -> pd.DataFrame:
    error = np.sqrt(target * (1 - target) / own["denominator"].to_numpy())
    z = (own["rate"].to_numpy() - target) / error
    dispersion = max(1.0, float(np.sqrt(np.mean(winsorised(z) ** 2))))
    ends = {}
    for name, level in LEVELS.items():
        ends[f"low_{name}"] = np.clip(target - level * error * dispersion, 0, 1)
        ends[f"high_{name}"] = np.clip(target + level * error * dispersion, 0, 1)
    return own.assign(target=target, z=z, dispersion=dispersion, **ends)


def winsorised(z: np.ndarray) -> np.ndarray:
    """Replace the lowest and the highest tenth by the values at their inner ends.

    Parameters
    ----------
    z : ndarray of float

    Returns
    -------
    ndarray of float
        In the same order.
    """
    ordered = np.sort(z)
    cut = int(WINSORISED * len(z))
    return np.clip(z, ordered[cut], ordered[len(z) - 1 - cut])
