"""How concentrated harm is: the share of all DA severity that the most harmful offenders account for."""

from __future__ import annotations

import numpy as np
import pandas as pd

TOP_SHARES = (0.01, 0.02, 0.03, 0.05, 0.10, 0.20, 0.50, 1.0)


def harm_concentration(severity: pd.Series) -> pd.DataFrame:
    """Give the share of the total severity by the top shares of offenders.

    Parameters
    ----------
    severity : pandas.Series
        Total DA severity of each offender, 0 or more.

    Returns
    -------
    pandas.DataFrame
        top_share, offenders (at least one), severity, share_of_severity (0 where there is none at all).
    """
    ordered = np.sort(severity.to_numpy(dtype=np.float64))[::-1]
    cumulative = np.cumsum(ordered)
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
    """Give the Lorenz curve: the share of all severity by shares of offenders, those with the least first.

    Parameters
    ----------
    severity : pandas.Series
        Total DA severity of each offender, 0 or more, and not 0 for all.

    Returns
    -------
    pandas.DataFrame
        share_of_offenders (by hundredths, by thousandths in the last tenth), share_of_severity (between two offenders
        on the straight line).
    """
    ordered = np.sort(severity.to_numpy(dtype=np.float64))
    cumulative = np.concatenate([[0.0], np.cumsum(ordered)])
    shares = np.concatenate([np.arange(90) / 100, np.arange(900, 1001) / 1000])
    reached = np.interp(shares * len(ordered), np.arange(len(cumulative)), cumulative)
    return pd.DataFrame({"share_of_offenders": shares, "share_of_severity": reached / cumulative[-1]})
