"""Typologies ranked by recorded harm, beside the ranks that a study prints."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dapipeline.typology.naming import UNNAMED

TOTALS = {"da": "da_severity_total", "non_da": "non_da_severity_total"}
FEWEST_TYPOLOGIES = 3  # typologies; of two, ranks agree or they do not


def harm_ranking(
    assignments: pd.DataFrame, features: pd.DataFrame, published: Mapping[str, tuple[int, int]]
) -> pd.DataFrame:
    """Rank named typologies by mean total severity of an offender, 1 the most.

    Parameters
    ----------
    assignments : pandas.DataFrame
        offender_id, typology.
    features : pandas.DataFrame
        offender_id, da_severity_total and non_da_severity_total.
    published : mapping of str to (int, int)
        Typology to the ranks that a study prints, by DA and by non-DA severity.

    Returns
    -------
    pandas.DataFrame
        typology, offenders, and for da and non_da: severity_da (the mean), rank_da, published_rank_da (missing where
        none is printed). The published ranks are among all of a study's clusters, these among named typologies.
    """
    named = assignments.loc[assignments["typology"] != UNNAMED, ["offender_id", "typology"]]
    grouped = named.merge(features, on="offender_id").groupby("typology")
    table = pd.DataFrame({"offenders": grouped.size()})
    for at, (kind, total) in enumerate(TOTALS.items()):
        table[f"severity_{kind}"] = grouped[total].mean()
        table[f"rank_{kind}"] = table[f"severity_{kind}"].rank(ascending=False, method="min").astype("Int64")
        printed = {name: ranks[at] for name, ranks in published.items()}
        table[f"published_rank_{kind}"] = table.index.map(printed.get).astype("Int64")
    return table.reset_index().sort_values(["rank_da", "typology"], ignore_index=True)


def rank_agreement(ranking: pd.DataFrame) -> pd.DataFrame:
    """Correlate the ranks found with those published (Spearman).

    Parameters
    ----------
    ranking : pandas.DataFrame
        From `harm_ranking`.

    Returns
    -------
    pandas.DataFrame
        severity (da, non_da), typologies (how many have both ranks), spearman (missing for fewer than three).
    """
    found = []
    for kind in TOTALS:
        both = ranking[[f"severity_{kind}", f"published_rank_{kind}"]].dropna().astype(float)
        enough = len(both) >= FEWEST_TYPOLOGIES
        order = (-both[f"severity_{kind}"]).rank(), both[f"published_rank_{kind}"].rank()
        found.append((kind, len(both), order[0].corr(order[1]) if enough else float("nan")))
    return pd.DataFrame(found, columns=["severity", "typologies", "spearman"])
