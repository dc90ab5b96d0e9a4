"""Names for clusters: every typology's criteria asked of every profile, the best fit taken, all of it written out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.typology.definitions import Criterion, Definitions

UNNAMED = "unnamed"
DIGITS = 9  # of a score, so that the last bits of a sum break no tie
COLUMNS = [
    "cluster", "typology", "criterion", "feature", "value", "threshold", "met", "required", "weight",
    "published", "fit",
]  # fmt: skip


def evaluate_criteria(profiles: pd.DataFrame, vectors: pd.DataFrame, definitions: Definitions) -> pd.DataFrame:
    """Ask every criterion of every cluster.

    Parameters
    ----------
    profiles : pandas.DataFrame
        From `cluster_profiles`.
    vectors : pandas.DataFrame
        The features in natural units, one row an offender, for the cohort's quantiles.
    definitions : Definitions

    Returns
    -------
    pandas.DataFrame
        cluster, typology, criterion (in words), feature, value, threshold, met, required, weight, published,
        fit (`_fit`); in the order of the definitions. A criterion whose feature is switched off is not met,
        its value missing and its fit 0.
    """
    table = {statistic: profiles.pivot_table(index="cluster", columns="feature", values=statistic)
             for statistic in ("mean", "median")}  # fmt: skip
    found = []
    for typology, definition in definitions.typologies.items():
        for criterion in definition.criteria:
            asked = _ask(criterion, table[criterion.statistic], vectors)
            asked.insert(0, "typology", typology)
            asked.insert(1, "criterion", criterion.in_words())
            asked = asked.assign(required=criterion.required, weight=criterion.weight)
            published = float("nan") if criterion.published is None else criterion.published
            found.append(asked.assign(published=published, fit=_fit(criterion, asked)))
    criteria = pd.concat(found, ignore_index=True)
    return criteria.sort_values("cluster", kind="stable", ignore_index=True)[COLUMNS]


def _ask(criterion: Criterion, table: pd.DataFrame, vectors: pd.DataFrame) -> pd.DataFrame:
    needed = [criterion.feature, *([criterion.times_feature[0]] if criterion.times_feature else [])]
    result = pd.DataFrame({"cluster": table.index, "feature": criterion.feature})
    if not set(needed) <= set(table.columns):
        return result.assign(value=float("nan"), threshold=float("nan"), met=False)
    value = table[criterion.feature]
    threshold = pd.Series(_threshold(criterion, table, vectors), index=table.index)
    met = (value < threshold) if _asks_less(criterion, vectors) else (value >= threshold)
    return result.assign(value=value.to_numpy(), threshold=threshold.to_numpy(), met=met.to_numpy())


def _fit(criterion: Criterion, asked: pd.DataFrame) -> np.ndarray:
    """How well a criterion fits, 0 to 1.

    Where the study prints a figure, its ratio to the value or the value's to it, whichever is below 1: half
    as much and twice as much both fit by 0.5. Else 1 where the criterion is met and, where it is not, the
    ratio by which the value falls short.
    """
    value = asked["value"].to_numpy(dtype=float)
    if criterion.published is not None:
        return _ratio(value, np.full(len(value), criterion.published))
    short = _ratio(value, asked["threshold"].to_numpy(dtype=float))
    return np.where(asked["met"], 1.0, short)


def _ratio(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Divide the smaller by the larger, 0 where either is missing, zero or negative."""
    low, high = np.fmin(left, right), np.fmax(left, right)
    sound = ~np.isnan(left + right) & (low > 0)
    return np.divide(low, high, out=np.zeros(len(left)), where=sound)


def _threshold(criterion: Criterion, table: pd.DataFrame, vectors: pd.DataFrame) -> float | pd.Series:
    if criterion.cohort_quantile is not None:
        return float(vectors[criterion.feature].quantile(criterion.cohort_quantile))
    times = criterion.times_cohort or criterion.below_times_cohort
    if times is not None:
        return float(vectors[criterion.feature].mean()) * times
    if criterion.times_feature is not None:
        return table[criterion.times_feature[0]] * criterion.times_feature[1]
    if criterion.comparison == "published":
        return (float(vectors[criterion.feature].mean()) + float(criterion.published or 0)) / 2
    return float(getattr(criterion, criterion.comparison))


def _asks_less(criterion: Criterion, vectors: pd.DataFrame) -> bool:
    if criterion.comparison == "published":
        return bool(vectors[criterion.feature].mean() > criterion.published)
    return criterion.comparison.startswith("below")


def score_typologies(criteria: pd.DataFrame, definitions: Definitions) -> pd.DataFrame:
    """Score every typology for every cluster.

    Parameters
    ----------
    criteria : pandas.DataFrame
        From `evaluate_criteria`.

    Returns
    -------
    pandas.DataFrame
        cluster, typology, score (mean fit of the criteria, by weight), required_met, fits; best first.
    """
    weighed = criteria.assign(
        fitted=criteria["weight"] * criteria["fit"], failed=criteria["required"] & ~criteria["met"]
    )
    scores = weighed.groupby(["cluster", "typology"], as_index=False).agg(
        fitted=("fitted", "sum"), of=("weight", "sum"), failed=("failed", "any")
    )
    scores["score"] = (scores["fitted"] / scores["of"]).round(DIGITS)
    scores["required_met"] = ~scores["failed"]
    scores["fits"] = scores["required_met"] & (scores["score"] >= definitions.enough)
    scores["order"] = scores["typology"].map({key: i for i, key in enumerate(definitions.typologies)})
    scores = scores.sort_values(
        ["cluster", "fits", "score", "order"], ascending=[True, False, False, True], ignore_index=True
    )
    return scores[["cluster", "typology", "score", "required_met", "fits"]]


def name_clusters(scores: pd.DataFrame, overrides: dict[int, str]) -> pd.DataFrame:
    """Give each cluster the typology that fits best, or none; an analyst's override stands above it.

    Parameters
    ----------
    scores : pandas.DataFrame
        From `score_typologies`.
    overrides : dict of int to str
        Cluster to the name an analyst gave it.

    Returns
    -------
    pandas.DataFrame
        Indexed by cluster: typology (or unnamed), named_by (criteria, override or nothing), score of the
        best, second and second_score.
    """
    best = scores.groupby("cluster").nth(0).set_index("cluster")
    second = scores.groupby("cluster").nth(1).set_index("cluster").reindex(best.index)
    names = pd.DataFrame(
        {
            "typology": best["typology"].where(best["fits"], UNNAMED),
            "named_by": best["fits"].map({True: "criteria", False: "nothing"}),
            "score": best["score"],
            "second": second["typology"],
            "second_score": second["score"],
        }
    )
    override_names(names, overrides)
    return names


def override_names(names: pd.DataFrame, overrides: dict[int, str]) -> None:
    """Put an analyst's names in the place of what `names`, indexed by cluster, has in typology and named_by."""
    for cluster, name in overrides.items():
        names.loc[cluster, ["typology", "named_by"]] = [name, "override"]
