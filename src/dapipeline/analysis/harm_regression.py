"""Which other offences go with DA harm: total DA severity regressed on each offence type that is ever recorded."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import stdtr

FEWEST_OFFENDERS = 10  # with, and without, an offence; a mean of fewer is too uncertain to compare


def harm_regression(history: pd.DataFrame, harm: pd.Series, common_assault: float | None) -> pd.DataFrame:
    """Regress each offender's total DA severity on whether they have a non-DA offence of a type.

    One linear regression per offence type, as in the study. With one predictor that is 0 or 1 the slope is the
    difference of two means, and its heteroscedasticity-consistent (HC2) standard error is that of Welch's t-test.

    Parameters
    ----------
    history : pandas.DataFrame
        One row per offender and non-DA offence type: offender_id, offence_code, offence, family. Types are told apart
        by code, else by title, else by family.
    harm : pandas.Series
        Total DA severity of every offender, indexed by offender_id.
    common_assault : float or None
        Its severity on the run's scale, the unit in which effects are expressed; None where the scale has none.

    Returns
    -------
    pandas.DataFrame
        One row per offence type, the largest effect first: offence, family, n (offenders with it), effect (difference
        of mean DA severity, in points), standard_error, p (two-sided), q (false discovery rate, Benjamini and
        Hochberg), common_assaults (the effect in common assaults, missing where their severity is not known). Types
        that fewer than `FEWEST_OFFENDERS` offenders have, or lack, are left out.
    """
    n = len(harm)
    kind = history["offence_code"].fillna(history["offence"]).fillna(history["family"])
    known = history.assign(kind=kind)
    values = history[["offender_id"]].assign(kind=kind, harm=history["offender_id"].map(harm))
    values = values.dropna(subset=["harm"]).drop_duplicates(["offender_id", "kind"])
    values["square"] = values["harm"] ** 2
    found = values.groupby("kind", as_index=False).agg(
        n=("offender_id", "size"), total=("harm", "sum"), squares=("square", "sum")
    )
    found["offence"] = found["kind"].map(_first_of(known, "offence")).fillna(found["kind"])
    found["family"] = found["kind"].map(_first_of(known, "family"))
    found = found[(found["n"] >= FEWEST_OFFENDERS) & (n - found["n"] >= FEWEST_OFFENDERS)].reset_index(drop=True)
    columns = ["offence", "family", "n", "effect", "standard_error", "p", "q", "common_assaults"]
    if found.empty:
        return pd.DataFrame(columns=columns)
    with_mean, with_variance = _moments(found["n"], found["total"], found["squares"])
    others = n - found["n"]
    without_mean, without_variance = _moments(others, harm.sum() - found["total"], (harm**2).sum() - found["squares"])
    found["effect"] = with_mean - without_mean
    found["standard_error"] = np.sqrt(with_variance / found["n"] + without_variance / others)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (found["effect"] / found["standard_error"]).abs()
    found["p"] = np.where(found["standard_error"] > 0, 2 * stdtr(n - 2, -t), 1.0)
    found["q"] = _false_discovery_rates(found["p"].to_numpy())
    found["common_assaults"] = found["effect"] / common_assault if common_assault else np.nan
    return found.sort_values(["effect", "kind"], ascending=[False, True], ignore_index=True)[columns]


def _first_of(known: pd.DataFrame, column: str) -> pd.Series:
    """Find the first text by alphabet in a column for each kind of offence; rows without one are skipped."""
    return known.sort_values(column).groupby("kind")[column].first()


def _false_discovery_rates(p: np.ndarray) -> np.ndarray:
    """Compute Benjamini and Hochberg's q values; written out here, because importing scipy.stats takes a second."""
    order = np.argsort(-p, kind="stable")
    ranks = np.arange(len(p), 0, -1)
    q = np.empty_like(p)
    q[order] = np.minimum.accumulate(p[order] * len(p) / ranks)
    return np.minimum(q, 1.0)


def _moments(n: pd.Series, total: pd.Series, squares: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Compute means and variances from numbers, sums and sums of squares."""
    mean = total / n
    return mean, ((squares - n * mean**2) / (n - 1)).clip(lower=0)
