"""Names for clusters: every typology's criteria asked of every profile, and a name where the evidence is plain."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.typology.averages import Averages, profiled_averages
from dapipeline.typology.criteria import ask
from dapipeline.typology.definitions import Definitions

UNNAMED = "unnamed"
NOTHING_FITS, TWO_FIT = "nothing fits", "two fit alike"
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
        The features in natural units, one row an offender, for the cohort's means and quantiles.
    definitions : Definitions

    Returns
    -------
    pandas.DataFrame
        cluster, typology, criterion (in words), feature, value, threshold, met, required, weight, published,
        fit (`Answers`); in the order of the definitions. A criterion whose feature is switched off is not met,
        its value missing and its fit 0.
    """
    return ask_all(profiled_averages(profiles, vectors), definitions)


def ask_all(averages: Averages, definitions: Definitions) -> pd.DataFrame:
    """Ask every criterion of the averages of clusters; see `evaluate_criteria` for what it gives."""
    asked = [(key, c) for key, definition in definitions.typologies.items() for c in definition.criteria]
    answers = [ask(criterion, averages) for _, criterion in asked]
    about = {
        "typology": [key for key, _ in asked],
        "criterion": [c.in_words() for _, c in asked],
        "feature": [c.feature for _, c in asked],
        "required": [c.required for _, c in asked],
        "weight": [c.weight for _, c in asked],
        "published": [float("nan") if c.published is None else c.published for _, c in asked],
    }
    # A row a cluster and criterion, all criteria of the first cluster first.
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


def name_clusters(scores: pd.DataFrame, overrides: dict[int, str], margin: float) -> pd.DataFrame:
    """Give each cluster the typology that fits best, or none where the evidence is thin; an override stands above it.

    Evidence is thin where nothing fits, and where a second typology fits as well and scores less than `margin`
    below the first: two names that cannot be told apart.

    Parameters
    ----------
    scores : pandas.DataFrame
        From `score_typologies`.
    overrides : dict of int to str
        Cluster to the name an analyst gave it.
    margin : float
        Of the definitions.

    Returns
    -------
    pandas.DataFrame
        Indexed by cluster: typology (or unnamed), named_by (criteria, override or nothing), unnamed_because (missing,
        nothing fits, two fit alike), best and its score, second, second_score, second_fits, and lead, the score less
        the second's. What fits stands before what does not, so a lead may be negative where the second does not.
    """
    best = scores.groupby("cluster").nth(0).set_index("cluster")
    second = scores.groupby("cluster").nth(1).set_index("cluster").reindex(best.index)
    lead = (best["score"] - second["score"]).round(DIGITS)
    second_fits = second["fits"].eq(True)  # missing where there is no second
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
    """Put an analyst's names in the place of what `names`, indexed by cluster, has in typology and named_by."""
    for cluster, name in overrides.items():
        names.loc[cluster, ["typology", "named_by"]] = [name, "override"]
