"""Names clusters: evaluates the criteria of every typology, and names a cluster where one clearly fits best."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.typology.averages import Averages, profiled_averages
from dapipeline.typology.criteria import ask
from dapipeline.typology.definitions import Definitions

UNNAMED = "unnamed"
NOTHING_FITS, TWO_FIT = "nothing fits", "two fit alike"
# Why a cluster has no name, in words that follow "because". A new reason is a line here, given in `name_clusters`.
REASONS = {NOTHING_FITS: "no typology fits", TWO_FIT: "two typologies fit alike"}
# The rule of `name_clusters`, as the page tells it.
RULE = (
    "It fits where each required criterion is met and its score, the mean fit of all its criteria, is at least "
    "{enough}. The best fit gives the name, unless another typology fits too and its score is less than {margin} "
    "below: then the two cannot be told apart, and the cluster stays unnamed. A typology that misses a required "
    "criterion is no rival, whatever its score."
)
DIGITS = 9  # decimals of a score: scores that differ only by rounding of the sum are equal
COLUMNS = [
    "cluster", "typology", "number", "criterion", "feature", "value", "threshold", "met", "required", "weight",
    "published", "fit",
]  # fmt: skip


def evaluate_criteria(profiles: pd.DataFrame, vectors: pd.DataFrame, definitions: Definitions) -> pd.DataFrame:
    """Evaluate every criterion for every cluster.

    Parameters
    ----------
    profiles : pandas.DataFrame
        From `cluster_profiles`.
    vectors : pandas.DataFrame
        The features in natural units, one row per offender, for the cohort's means and quantiles.
    definitions : Definitions

    Returns
    -------
    pandas.DataFrame
        One row per cluster and criterion, in the order of the definitions: cluster, typology, number (of the criterion
        within its typology, from 1; with cluster and typology it identifies the row), criterion (in words), feature,
        value, threshold, met, required, weight, published (the study's figure, missing where it prints none), fit (see
        `Answers`). A criterion whose feature is switched off is not met; its value is missing and its fit 0.
    """
    return ask_all(profiled_averages(profiles, vectors), definitions)


def ask_all(averages: Averages, definitions: Definitions) -> pd.DataFrame:
    """Evaluate every criterion on averages of clusters.

    Parameters
    ----------
    averages : Averages
        Of the clusters and the cohort.
    definitions : Definitions

    Returns
    -------
    pandas.DataFrame
        As from `evaluate_criteria`.
    """
    asked = [
        (key, number, criterion)
        for key, definition in definitions.typologies.items()
        for number, criterion in enumerate(definition.criteria, start=1)
    ]
    answers = [ask(criterion, averages) for _, _, criterion in asked]
    about = {
        "typology": [key for key, _, _ in asked],
        "number": [number for _, number, _ in asked],
        "criterion": [c.in_words() for _, _, c in asked],
        "feature": [c.feature for _, _, c in asked],
        "required": [c.required for _, _, c in asked],
        "weight": [c.weight for _, _, c in asked],
        "published": [float("nan") if c.published is None else c.published for _, _, c in asked],
    }
    # One row per cluster and criterion: all criteria of the first cluster, then all of the second.
    columns = {name: np.tile(np.array(values), len(averages.clusters)) for name, values in about.items()}
    columns["cluster"] = np.repeat(averages.clusters, len(asked))
    for name in ("value", "threshold", "met", "fit"):
        columns[name] = np.column_stack([getattr(a, name) for a in answers]).ravel()
    return pd.DataFrame(columns)[COLUMNS]


def score_typologies(criteria: pd.DataFrame, definitions: Definitions) -> pd.DataFrame:
    """Score every typology for every cluster.

    Parameters
    ----------
    criteria : pandas.DataFrame
        From `evaluate_criteria`.
    definitions : Definitions
        For the order of the typologies and the lowest score that is enough.

    Returns
    -------
    pandas.DataFrame
        One row per cluster and typology, the best of each cluster first: cluster, typology, score (mean fit of its
        criteria, weighted; 0 to 1), required_met (whether every required criterion is met), fits (whether required_met,
        and the score is enough for a name). A typology that fits precedes one that does not.
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


def name_clusters(scores: pd.DataFrame, overrides: dict[int, str], margin: float) -> pd.DataFrame:
    """Name each cluster by the typology that fits best, unless the evidence is thin; an override replaces the name.

    Evidence is thin where no typology fits, and where a second one fits too and scores less than `margin` below the
    first, so that two names cannot be told apart.

    Parameters
    ----------
    scores : pandas.DataFrame
        From `score_typologies`.
    overrides : dict of int to str
        Cluster to the name that an analyst gave it.
    margin : float
        `Definitions.margin`, the difference of scores that a name needs.

    Returns
    -------
    pandas.DataFrame
        Indexed by cluster: typology (or `UNNAMED`), named_by (criteria, override or nothing), unnamed_because (missing,
        `NOTHING_FITS` or `TWO_FIT`), best (typology) and score, second (typology), second_score, second_fits, and lead
        (score less second_score; negative where the second scores more but misses a required criterion).
    """
    best = scores.groupby("cluster").nth(0).set_index("cluster")
    second = scores.groupby("cluster").nth(1).set_index("cluster").reindex(best.index)
    lead = (best["score"] - second["score"]).round(DIGITS)
    second_fits = second["fits"].eq(True)  # False also where there is no second
    alike = best["fits"] & second_fits & (lead < margin)
    because = pd.Series(pd.NA, index=best.index, dtype="string")
    because = because.mask(~best["fits"], NOTHING_FITS).mask(alike, TWO_FIT)
    named = because.isna()
    names = pd.DataFrame(
        {
            "typology": best["typology"].where(named, UNNAMED),
            "named_by": named.map({True: "criteria", False: "nothing"}),
            "unnamed_because": because,
            "best": best["typology"],
            "score": best["score"],
            "second": second["typology"],
            "second_score": second["score"],
            "second_fits": second_fits,
            "lead": lead,
        }
    )
    override_names(names, overrides)
    names.loc[names["named_by"] == "override", "unnamed_because"] = pd.NA
    return names


def override_names(names: pd.DataFrame, overrides: dict[int, str]) -> None:
    """Replace names by those that an analyst gave, in place.

    Parameters
    ----------
    names : pandas.DataFrame
        Indexed by cluster; typology and named_by are overwritten.
    overrides : dict of int to str
        Cluster to the name that an analyst gave it.
    """
    for cluster, name in overrides.items():
        names.loc[cluster, ["typology", "named_by"]] = [name, "override"]
