"""How well names fit what was planted: confusion, precision, recall, F1, Rand indices, ranks by harm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import spearmanr
from sklearn.metrics import adjusted_rand_score

from dapipeline.typology.naming import UNNAMED


def as_classes(labels: pd.Series, names: Sequence[str]) -> np.ndarray:
    """Return the published names as they are and everything else as one class, `UNNAMED`."""
    known = labels.isin(names).to_numpy(dtype=bool)
    return np.where(known, labels.astype(object), UNNAMED)


def confusion(planted: np.ndarray, assigned: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    """Count offenders by planted (rows) and assigned typology (columns), both in the order of the names.

    Parameters
    ----------
    planted, assigned : ndarray of str, shape (n,)
        From `as_classes`.
    names : sequence of str

    Returns
    -------
    pandas.DataFrame
        Square; the last row and column are `UNNAMED`.
    """
    classes = [*names, UNNAMED]
    table = pd.crosstab(pd.Series(planted, name="planted"), pd.Series(assigned, name="assigned"))
    return table.reindex(index=classes, columns=classes, fill_value=0)


def confusion_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the square table from its rows in the results: planted, assigned, offenders."""
    order = list(dict.fromkeys(rows["planted"]))
    table = rows.pivot_table(index="planted", columns="assigned", values="offenders", aggfunc="sum")
    return table.reindex(index=order, columns=order).fillna(0).astype(int)


def score_names(table: pd.DataFrame) -> pd.DataFrame:
    """Score each name.

    Parameters
    ----------
    table : pandas.DataFrame
        From `confusion`.

    Returns
    -------
    pandas.DataFrame
        typology, planted, named, both, precision and recall (missing where nobody is named or planted), f1 (0
        where nobody is named as planted, missing where nobody is planted).
    """
    names = [name for name in table.index if name != UNNAMED]
    both = np.diag(table.loc[names, names]).astype(float)
    planted, named = table.loc[names].sum(axis=1).to_numpy(), table[names].sum().to_numpy()
    found = pd.DataFrame({"typology": names, "planted": planted, "named": named, "both": both.astype(int)})
    with np.errstate(invalid="ignore", divide="ignore"):
        found["precision"], found["recall"] = both / named, both / planted
        found["f1"] = np.where(planted > 0, 2 * both / (planted + named), np.nan)
    return found


def best_union(labels: np.ndarray, members: np.ndarray) -> tuple[float, int]:
    """Compute the highest F1 with which a set of whole clusters finds some people, and its number of clusters.

    No naming of these clusters could find them better. Taking clusters in the order of their purity is optimal: a set
    that leaves out a purer cluster than one it holds is never the better for it.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
    members : ndarray of bool, shape (n,)
        Who is looked for.
    """
    counts = pd.DataFrame({"size": 1, "held": members}).groupby(labels).sum()
    purity = (counts["held"] / counts["size"]).sort_values(ascending=False, kind="stable")
    taken = counts.loc[purity.index].cumsum()
    f1 = (2 * taken["held"] / (taken["size"] + members.sum())).to_numpy()
    return float(f1.max()), int(f1.argmax()) + 1


def best_unions(labels: np.ndarray, planted: np.ndarray, names: Sequence[str]) -> pd.Series:
    """Compute the F1 of the best union of clusters (`best_union`) for each name.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
    planted : ndarray of str, shape (n,)
        From `as_classes`.
    names : sequence of str
    """
    return pd.Series({name: best_union(labels, planted == name)[0] for name in names})


def rand_indices(planted: np.ndarray, assigned: np.ndarray) -> tuple[float, float]:
    """Compute the adjusted Rand index among those with a planted name, and of all with the unnamed as one class.

    Parameters
    ----------
    planted, assigned : ndarray of str, shape (n,)
        From `as_classes`.
    """
    with_name = planted != UNNAMED
    among = adjusted_rand_score(planted[with_name], assigned[with_name])
    return float(among), float(adjusted_rand_score(planted, assigned))


def rank_correlation(harm: pd.Series, published: pd.Series) -> tuple[float, int]:
    """Compute Spearman's correlation of typologies' harm with their published ranks, and how many were compared.

    Parameters
    ----------
    harm : pandas.Series
        Mean severity per offender, indexed by typology; names that no cluster has are absent.
    published : pandas.Series
        Rank (1 is the most harm), indexed by typology.
    """
    both = pd.concat([-harm, published], axis=1, join="inner", keys=["harm", "rank"]).dropna()
    if len(both) < 3:
        return float("nan"), len(both)
    return float(spearmanr(both["harm"], both["rank"]).statistic), len(both)


def summarise(
    planted: np.ndarray, assigned: np.ndarray, harm: pd.DataFrame, ranks: pd.DataFrame, names: Sequence[str]
) -> tuple[dict[str, Any], pd.DataFrame]:
    """Score one assignment of names.

    Parameters
    ----------
    planted, assigned : ndarray of str, shape (n,)
        From `as_classes`.
    harm : pandas.DataFrame
        da and non_da: total severity of each offender, in the same order.
    ranks : pandas.DataFrame
        da and non_da: published ranks, indexed by typology.
    names : sequence of str

    Returns
    -------
    summary : dict
        clustered, unnamed (share of offenders without a name), macro_f1, rand_among_planted, rand_with_unnamed,
        above_060, above_075 (names by F1), below_060 (those of at least 100 members), spearman_da, spearman_non_da
        and ranked (names compared).
    by_name : pandas.DataFrame
        From `score_names`.
    """
    by_name = score_names(confusion(planted, assigned, names))
    among, whole = rand_indices(planted, assigned)
    means = harm.groupby(assigned).mean()
    da, ranked = rank_correlation(means["da"], ranks["da"])
    large = by_name[by_name["planted"] >= 100]
    summary = {
        "clustered": len(planted),
        "unnamed": float((assigned == UNNAMED).mean()),
        "macro_f1": float(by_name["f1"].mean()),
        "rand_among_planted": among,
        "rand_with_unnamed": whole,
        "above_060": int((by_name["f1"] > 0.6).sum()),
        "above_075": int((by_name["f1"] > 0.75).sum()),
        "below_060": "; ".join(large.loc[~(large["f1"] > 0.6), "typology"]),
        "spearman_da": da,
        "spearman_non_da": rank_correlation(means["non_da"], ranks["non_da"])[0],
        "ranked": ranked,
    }
    return summary, by_name
