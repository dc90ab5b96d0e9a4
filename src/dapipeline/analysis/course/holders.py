"""How much of a harm that is compared two people hold: it decides what may be printed, and is itself never shown."""

from __future__ import annotations

import numpy as np
import pandas as pd


def two_largest(harm: np.ndarray) -> float:
    """Compute the share of some harm that the two with most of it hold.

    Parameters
    ----------
    harm : ndarray of float

    Returns
    -------
    float
        0 where there is none.
    """
    whole = float(harm.sum())
    return float(np.sort(harm)[-2:].sum()) / whole if whole > 1e-9 else 0.0


def held_by_order(ordered: pd.DataFrame) -> pd.DataFrame:
    """Compute it for the DA incidents of each number in people's sequences.

    Parameters
    ----------
    ordered : pandas.DataFrame
        From `escalation.in_order`, of one unit.

    Returns
    -------
    pandas.DataFrame
        order, held_by_two: of the severity of the incidents of that number or, if it is more, of the first incidents of
        those who have no later one; whoever knows two rows of the first incidents knows the difference.
    """
    last = ordered.groupby("unit")["order"].transform("max") == ordered["order"]
    rows = []
    for order, incidents in ordered.groupby("order"):
        of_unit = incidents.groupby("unit")["severity"].sum().to_numpy()
        ended = incidents[last[incidents.index]].drop_duplicates("unit")["first_severity"].to_numpy()
        rows.append((order, max(two_largest(of_unit), two_largest(ended))))
    return pd.DataFrame(rows, columns=["order", "held_by_two"])
