"""Which non-DA offences go with DA harm: each person's DA severity against the types in their record, five ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.analysis.harm.compared import Compared, covariates_and, means_compared
from dapipeline.analysis.harm.offence_types import OffenceTypes, kind_of
from dapipeline.analysis.harm.significance import false_discovery_rates
from dapipeline.analysis.harm.tweedie import POWER

MODELS = {
    "univariate": "the mean of those with the type less that of those without it (Welch)",
    "joint": "all types at once by least squares, HC3 errors",
    "joint_adjusted": "the same with the number of non-DA incidents and the years at risk",
    "joint_log": "as joint, of the logarithm of 1 + severity",
    "tweedie": f"as joint, of the logarithm of the mean (Tweedie, power {POWER:g}), HC0 errors",
}
IN_POINTS = ("univariate", "joint", "joint_adjusted")  # the others are in logarithms
SIGNIFICANT = 0.05
PUBLISHED = {"types": 656, "share_p": 0.16}  # of linear regression; every significant effect was positive
COLUMNS = [
    "model", "offence_code", "offence", "family", "study_family", "offenders", "effect", "standard_error", "low",
    "high", "p", "q", "common_assaults", "note",
]  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What is explained and what is allowed for, of everybody in the order of the types' rows.

    Attributes
    ----------
    harm : ndarray of shape (n_people,)
        Total DA severity, in points.
    incidents : ndarray of shape (n_people,)
        Number of non-DA incidents.
    years : ndarray of shape (n_people,)
        Years at risk.
    common_assault : float or None
        Its severity on the run's scale; None where the scale has none.
    """

    harm: np.ndarray
    incidents: np.ndarray
    years: np.ndarray
    common_assault: float | None


def harm_regression(types: OffenceTypes, outcome: Outcome, fewest: int, seed: int) -> pd.DataFrame:
    """Compare DA harm by the types of non-DA offence in a person's record, by every model.

    Parameters
    ----------
    types : OffenceTypes
    outcome : Outcome
    fewest : int
        Least number of people with a type, and without it, for it to enter a model.
    seed : int
        Of permutations and resamples.

    Returns
    -------
    pandas.DataFrame
        One row per model of `MODELS` and type, in the order of the models, the largest effect first and those without
        an effect last: `COLUMNS`. effect is in points of severity for `IN_POINTS`, in natural logarithms otherwise;
        common_assaults is the effect in common assaults; low and high bound it with 95%; p is two-sided; q is the false
        discovery rate among the types of that model that have a p. note says why a figure is missing, or how p and the
        interval were made where it is not by the normal approximation.
    """
    n, has = types.held.shape[0], types.table["offenders"].to_numpy()
    enough = (has >= fewest) & (n - has >= fewest)
    few = np.where(has < fewest, f"fewer than {fewest} people have it", f"fewer than {fewest} people do not have it")
    found = _models(types.only(enough), outcome, seed) if enough.any() else {}
    parts = []
    for model in MODELS:
        part = types.table.assign(model=model, note=few, place=kind_of(types.table))
        for name in ("effect", "standard_error", "low", "high", "p", "q"):
            part[name] = np.nan
        for name, values in found[model].figures().items() if found else ():
            part.loc[enough, name] = values
        part["q"] = false_discovery_rates(part["p"].to_numpy())
        unit = outcome.common_assault if model in IN_POINTS else None
        part["common_assaults"] = part["effect"] / unit if unit else np.nan
        parts.append(part.sort_values(["effect", "place"], ascending=[False, True], na_position="last"))
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _models(types: OffenceTypes, outcome: Outcome, seed: int) -> dict[str, Compared]:
    """Fit every model to the types that enter one."""
    alone = covariates_and(types, np.empty((len(outcome.harm), 0)))
    allowed_for = np.column_stack([outcome.incidents, outcome.years])
    adjusted = covariates_and(types, allowed_for, ("number of non-DA incidents", "years at risk"))
    return {
        "univariate": means_compared(types, outcome.harm, seed),
        "joint": alone.least_squares(outcome.harm, seed),
        "joint_adjusted": adjusted.least_squares(outcome.harm, seed),
        "joint_log": alone.least_squares(np.log1p(outcome.harm), seed),
        "tweedie": alone.tweedie(outcome.harm),
    }


def regression_summary(regression: pd.DataFrame) -> pd.DataFrame:
    """Count what each model finds, beside what chance alone would and what the study printed.

    Parameters
    ----------
    regression : pandas.DataFrame
        From `harm_regression`.

    Returns
    -------
    pandas.DataFrame
        One row per model: model, meaning, types (all), tested (with a p), p_below (with p < 0.05), p_below_share,
        by_chance (5% of those tested), q_below (with q < 0.05), q_below_share, positive (of those, with an effect above
        0), published_types and published_share (of p < 0.05; beside the linear models on points).
    """
    rows = []
    for model, meaning in MODELS.items():
        lines = regression[regression["model"] == model]
        tested, q = int(lines["p"].notna().sum()), lines["q"] < SIGNIFICANT
        p_below, q_below = int((lines["p"] < SIGNIFICANT).sum()), int(q.sum())
        told = model in IN_POINTS
        rows.append(
            {
                "model": model, "meaning": meaning, "types": len(lines), "tested": tested, "p_below": p_below,
                "p_below_share": p_below / tested if tested else np.nan, "by_chance": SIGNIFICANT * tested,
                "q_below": q_below, "q_below_share": q_below / tested if tested else np.nan,
                "positive": int((lines.loc[q, "effect"] > 0).sum()),
                "published_types": PUBLISHED["types"] if told else None,
                "published_share": PUBLISHED["share_p"] if told else np.nan,
            }
        )  # fmt: skip
    return pd.DataFrame(rows).astype({"published_types": "Int64"})


def found_by_all(regression: pd.DataFrame) -> pd.DataFrame:
    """Find the offences that go with more DA harm, or with less, by every model that tells of them.

    Parameters
    ----------
    regression : pandas.DataFrame
        From `harm_regression`.

    Returns
    -------
    pandas.DataFrame
        One row per offence with q below 0.05 in each model in which it has a q, in at least two, and always on the same
        side: offence_code, offence, family, study_family, offenders, models (how many), more_harm (bool).
    """
    tested = regression[regression["q"].notna()]
    key = ["offence_code", "offence", "family", "study_family", "offenders"]
    found = tested.assign(sure=tested["q"] < SIGNIFICANT, up=tested["effect"] > 0).groupby(
        key, dropna=False, sort=False
    )
    told = found.agg(models=("sure", "size"), sure=("sure", "all"), up=("up", "mean")).reset_index()
    chosen = told[told["sure"] & (told["models"] > 1) & told["up"].isin([0.0, 1.0])]
    return chosen.assign(more_harm=chosen["up"] == 1)[[*key, "models", "more_harm"]].reset_index(drop=True)
