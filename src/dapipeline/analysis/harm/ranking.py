"""Typologies ranked by recorded harm, beside the ranks that the study prints."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dapipeline.typology.naming import UNNAMED

TOTALS = {"da": "da_severity_total", "non_da": "non_da_severity_total"}
FEWEST_TYPOLOGIES = 3  # the correlation of two ranks can only be 1 or -1


def harm_ranking(
    assignments: pd.DataFrame, features: pd.DataFrame, published: Mapping[str, tuple[int, int]]
) -> pd.DataFrame:
    """Rank named typologies by mean total severity per offender, 1 the most.

    Parameters
    ----------
    assignments : pandas.DataFrame
        One row per offender: offender_id, typology.
    features : pandas.DataFrame
        One row per offender: offender_id, da_severity_total and non_da_severity_total.
    published : mapping of str to (int, int)
        Typology to the ranks that the study prints, by DA and by non-DA severity.

    Returns
    -------
    pandas.DataFrame
        One row per named typology: typology, offenders, severity_da (the mean, in points of the run's scale), rank_da,
        published_rank_da (missing where none is printed), and the same three for non_da. The study ranked all of its
        clusters; these ranks are among named typologies.
    """
    named = assignments.loc[assignments["typology"] != UNNAMED, ["offender_id", "typology"]]
    grouped = named.merge(features, on="offender_id").groupby("typology")
    table = pd.DataFrame({"offenders": grouped.size()})
    for at, (kind, total) in enumerate(TOTALS.items()):  # at: the position in a pair of published ranks
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
        One row for da and one for non_da: severity (which of the two), typologies (how many have both ranks), spearman
        (from -1 to 1; missing for fewer than three typologies, and where all rank alike).
    """
    found = []
    for kind in TOTALS:
        both = ranking[[f"severity_{kind}", f"published_rank_{kind}"]].dropna().astype(float)
        enough = len(both) >= FEWEST_TYPOLOGIES and bool((both.max() > both.min()).all())
        order = (-both[f"severity_{kind}"]).rank(), both[f"published_rank_{kind}"].rank()
        found.append((kind, len(both), order[0].corr(order[1]) if enough else float("nan")))
    return pd.DataFrame(found, columns=["severity", "typologies", "spearman"])
