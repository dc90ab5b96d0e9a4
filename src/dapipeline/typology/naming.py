"""Names for clusters: every typology's criteria asked of every profile, the best fit taken, all of it written out."""

from __future__ import annotations

import pandas as pd

from dapipeline.typology.definitions import Criterion, Definitions

UNNAMED = "unnamed"


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
        cluster, typology, criterion (in words), feature, value, threshold, met, required, weight; in the
        order of the definitions. A criterion whose feature is switched off is not met, its value missing.
    """
    table = {statistic: profiles.pivot_table(index="cluster", columns="feature", values=statistic)
             for statistic in ("mean", "median")}  # fmt: skip
    found = []
    for typology, definition in definitions.typologies.items():
        for criterion in definition.criteria:
            asked = _ask(criterion, table[criterion.statistic], vectors)
            asked.insert(0, "typology", typology)
            asked.insert(1, "criterion", criterion.in_words())
            found.append(asked.assign(required=criterion.required, weight=criterion.weight))
    criteria = pd.concat(found, ignore_index=True)
    return criteria.sort_values("cluster", kind="stable", ignore_index=True)[
        ["cluster", "typology", "criterion", "feature", "value", "threshold", "met", "required", "weight"]
    ]


def _ask(criterion: Criterion, table: pd.DataFrame, vectors: pd.DataFrame) -> pd.DataFrame:
    needed = [criterion.feature, *([criterion.times_feature[0]] if criterion.times_feature else [])]
    result = pd.DataFrame({"cluster": table.index, "feature": criterion.feature})
    if not set(needed) <= set(table.columns):
        return result.assign(value=float("nan"), threshold=float("nan"), met=False)
    value = table[criterion.feature]
    threshold = pd.Series(_threshold(criterion, table, vectors), index=table.index)
    met = (value < threshold) if criterion.comparison.startswith("below") else (value >= threshold)
    return result.assign(value=value.to_numpy(), threshold=threshold.to_numpy(), met=met.to_numpy())


def _threshold(criterion: Criterion, table: pd.DataFrame, vectors: pd.DataFrame) -> float | pd.Series:
    if criterion.cohort_quantile is not None:
        return float(vectors[criterion.feature].quantile(criterion.cohort_quantile))
    times = criterion.times_cohort or criterion.below_times_cohort
    if times is not None:
        return float(vectors[criterion.feature].mean()) * times
    if criterion.times_feature is not None:
        return table[criterion.times_feature[0]] * criterion.times_feature[1]
    return float(getattr(criterion, criterion.comparison))


def score_typologies(criteria: pd.DataFrame, definitions: Definitions) -> pd.DataFrame:
    """Score every typology for every cluster.

    Parameters
    ----------
    criteria : pandas.DataFrame
        From `evaluate_criteria`.

    Returns
    -------
    pandas.DataFrame
        cluster, typology, score (share of the criteria met, by weight), required_met, fits; best first.
    """
    weighed = criteria.assign(
        met_weight=criteria["weight"] * criteria["met"], failed=criteria["required"] & ~criteria["met"]
    )
    scores = weighed.groupby(["cluster", "typology"], as_index=False).agg(
        met=("met_weight", "sum"), of=("weight", "sum"), failed=("failed", "any")
    )
    scores["score"] = scores["met"] / scores["of"]
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
    for cluster, name in overrides.items():
        names.loc[cluster, ["typology", "named_by"]] = [name, "override"]
    return names
