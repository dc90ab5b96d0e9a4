"""Names clusters: where the members' own records or the averages of a cluster clearly fit one typology."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.typology.definitions import Compared, Definitions
from dapipeline.typology.evidence import DIGITS, Evidence

UNNAMED = "unnamed"
NOTHING_FITS, TWO_FIT = "nothing fits", "two fit alike"
MEMBERS, AVERAGES = "members", "averages"
# Why a cluster has no name, in words that follow "because". A new reason is a line here, given in `name_clusters`.
REASONS = {NOTHING_FITS: "no typology fits", TWO_FIT: "two typologies fit alike"}
# The rule of `name_clusters`, as the page tells it.
RULE = (
    "First the members are asked: where at least {witnesses} of them fit a typology by their own record, and its score "
    "on the cluster's averages, the mean fit of all its criteria, is at least {enough}, the typology that most members "
    "fit gives the name. Where no typology has so many, the averages alone decide: one fits where each required "
    "criterion is met and its score is at least {enough}, and the best score gives the name, unless another fits too "
    "and scores less than {margin} below. Then the two cannot be told apart, and the cluster stays unnamed."
)
LEAST = 1.0  # of what compared clusters differ by, in its unit: logarithms need more than 0


def score_table(evidence: Evidence, definitions: Definitions) -> pd.DataFrame:
    """Lay out the evidence by cluster and typology, the best of each cluster first.

    Parameters
    ----------
    evidence : Evidence
    definitions : Definitions

    Returns
    -------
    pandas.DataFrame
        One row per cluster and typology: cluster, typology, score (mean fit of its criteria on the cluster's averages,
        by weight; 0 to 1), required_met (whether every required criterion is met there), members (share whose own
        record fits it best), fits_by (`MEMBERS`, `AVERAGES` or missing). Of two typologies that are compared with each
        other there is one row, for the one that the cluster is: of what fits, that by members precedes that by
        averages.
    """
    scores, members, clusters = evidence.scores, evidence.members, evidence.averages.clusters
    fits = scores.fits(definitions.enough)
    names = np.tile(np.array(list(definitions.typologies), dtype=object), (len(clusters), 1))
    left_out = np.zeros(names.shape, dtype=bool)
    score, met = scores.score.copy(), scores.required_met.copy()
    for pair in definitions.compared:
        higher, lower = definitions.positions(pair)
        own = np.where(score[:, higher] > score[:, lower], higher, lower)
        rows = np.arange(len(own))
        names[:, lower] = names[0][own]
        score[:, lower], met[:, lower] = score[rows, own], met[:, higher] | met[:, lower]
        fits[:, lower] = fits[:, higher] | fits[:, lower]
        left_out[:, higher] = True
    by_members = (members >= definitions.witnesses) & (score >= definitions.enough)
    table = pd.DataFrame(
        {
            "cluster": np.repeat(clusters, names.shape[1]),
            "typology": names.ravel(),
            "score": score.ravel(),
            "required_met": met.ravel(),
            "members": members.ravel(),
            "fits_by": pd.array(np.select([by_members, fits], [MEMBERS, AVERAGES], "").ravel(), dtype="string"),
            "witnessed": np.where(by_members, members, 0.0).ravel(),
            "order": np.tile(np.arange(names.shape[1]), len(clusters)),
        }
    )[~left_out.ravel()]
    table = table.assign(fits=table["fits_by"] != "").sort_values(
        ["cluster", "witnessed", "fits", "score", "order"], ascending=[True, False, False, False, True],
        ignore_index=True,
    )  # fmt: skip
    table["fits_by"] = table["fits_by"].mask(~table["fits"])
    for pair in definitions.compared:
        _tell_apart(table, pair, evidence)
    return table[["cluster", "typology", "score", "required_met", "members", "fits_by"]]


def _tell_apart(table: pd.DataFrame, pair: Compared, evidence: Evidence) -> None:
    """Name the clusters that are either of a pair by comparing them with each other, in place; a lone one keeps its."""
    best = table.groupby("cluster").head(1)
    either = best[best["typology"].isin([pair.higher, pair.lower]) & best["fits_by"].notna()]
    cut = cut_between(either["cluster"].to_numpy(), pair, evidence)
    if cut is None:
        return
    means = _means(either["cluster"].to_numpy(), pair, evidence).to_numpy()
    table.loc[either.index, "typology"] = np.where(means >= cut, pair.higher, pair.lower)


def cut_between(clusters: np.ndarray, pair: Compared, evidence: Evidence) -> float | None:
    """Split clusters in two by the logarithm of what they are compared by, with the least sum of squares.

    Parameters
    ----------
    clusters : ndarray of int, shape (n,)
        Those that are either of the pair.
    pair : Compared
    evidence : Evidence

    Returns
    -------
    float or None
        Midway, by logarithm, between the highest of the lower part and the lowest of the higher one, in the unit of
        the feature; None where there are not two clusters that differ.
    """
    means = _means(clusters, pair, evidence).dropna().to_numpy()
    points = np.sort(np.log(np.maximum(means, LEAST)))
    ends = [at for at in range(1, len(points)) if points[at] > points[at - 1]]
    if not ends:
        return None
    spread = [round(float(points[:at].var() * at + points[at:].var() * (len(points) - at)), DIGITS) for at in ends]
    at = ends[int(np.argmin(spread))]
    return float(np.exp((points[at - 1] + points[at]) / 2))


def _means(clusters: np.ndarray, pair: Compared, evidence: Evidence) -> pd.Series:
    """Return what some clusters are compared by; missing where the feature is switched off."""
    known = evidence.averages.of_clusters["mean"].get(pair.by)
    return pd.Series(known, index=evidence.averages.clusters, dtype="float64")[clusters]


def name_clusters(scores: pd.DataFrame, overrides: dict[int, str], margin: float) -> pd.DataFrame:
    """Name each cluster by the typology that fits best, unless the evidence is thin; an override replaces the name.

    Evidence is thin where no typology fits, and where by averages alone a second one fits too and scores less than
    `margin` below the first, so that two names cannot be told apart.

    Parameters
    ----------
    scores : pandas.DataFrame
        From `score_table`.
    overrides : dict of int to str
        Cluster to the name that an analyst gave it.
    margin : float
        `Definitions.margin`, the difference of scores that a name by averages needs.

    Returns
    -------
    pandas.DataFrame
        Indexed by cluster: typology (or `UNNAMED`), named_by (criteria, override or nothing), unnamed_because (missing,
        `NOTHING_FITS` or `TWO_FIT`), best (typology), fits_by (`MEMBERS` or `AVERAGES`; missing where it does not fit),
        members (share of the cluster's members whose own record it fits), score, second (typology), second_score,
        second_fits, and lead (score less second_score; it may be negative where members decide, or where the second
        misses a required criterion).
    """
    best = scores.groupby("cluster").nth(0).set_index("cluster")
    second = scores.groupby("cluster").nth(1).set_index("cluster").reindex(best.index)
    lead = (best["score"] - second["score"]).round(DIGITS)
    second_fits = second["fits_by"].notna()  # False also where there is no second
    alike = best["fits_by"].eq(AVERAGES).fillna(False) & second_fits & (lead < margin)
    because = pd.Series(pd.NA, index=best.index, dtype="string")
    because = because.mask(best["fits_by"].isna(), NOTHING_FITS).mask(alike.astype(bool), TWO_FIT)
    named = because.isna()
    names = pd.DataFrame(
        {
            "typology": best["typology"].where(named, UNNAMED),
            "named_by": named.map({True: "criteria", False: "nothing"}),
            "unnamed_because": because,
            "best": best["typology"],
            "fits_by": best["fits_by"],
            "members": best["members"],
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
