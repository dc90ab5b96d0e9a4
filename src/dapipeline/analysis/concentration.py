"""How concentrated harm is: the share of all DA severity that is recorded against the most harmful offenders."""

from __future__ import annotations

import numpy as np
import pandas as pd

TOP_SHARES = (0.01, 0.02, 0.03, 0.05, 0.10, 0.20, 0.50, 1.0)


def harm_concentration(severity: pd.Series) -> pd.DataFrame:
    """Compute the share of the total severity that the top shares of offenders account for.

    Parameters
    ----------
    severity : pandas.Series
        Total DA severity of each offender, 0 or more, in points of the run's scale.

    Returns
    -------
    pandas.DataFrame
        One row per share in `TOP_SHARES`: top_share, offenders (how many that is, rounded up), severity (theirs),
        share_of_severity (of the total; 0 where the total is 0).
    """
    ordered = np.sort(severity.to_numpy(dtype=np.float64))[::-1]
    cumulative = np.cumsum(ordered)
    # Rounded up; less 1e-9, because 0.07 * 100 is 7.000000000000001 in floating point and would become 8 people.
    numbers = np.maximum(np.ceil(np.array(TOP_SHARES) * len(ordered) - 1e-9).astype(int), 1)
    reached = cumulative[numbers - 1]
    whole = cumulative[-1]
    return pd.DataFrame(
        {
            "top_share": TOP_SHARES,
            "offenders": numbers,
            "severity": reached,
            "share_of_severity": reached / whole if whole > 0 else 0.0,
        }
    )


def lorenz_curve(severity: pd.Series) -> pd.DataFrame:
    """Compute the Lorenz curve: the share of all severity by shares of offenders, those with the least severity first.

    Parameters
    ----------
    severity : pandas.Series
        Total DA severity of each offender, 0 or more, and not 0 for all.

    Returns
    -------
    pandas.DataFrame
        share_of_offenders (0 to 1 in hundredths, in the last tenth in thousandths, where the curve is steep),
        share_of_severity (linear between two offenders).
    """
    ordered = np.sort(severity.to_numpy(dtype=np.float64))
    cumulative = np.concatenate([[0.0], np.cumsum(ordered)])
    shares = np.concatenate([np.arange(90) / 100, np.arange(900, 1001) / 1000])
    reached = np.interp(shares * len(ordered), np.arange(len(cumulative)), cumulative)
    return pd.DataFrame({"share_of_offenders": shares, "share_of_severity": reached / cumulative[-1]})
