"""Drift: whether cluster sizes and distances of a refreshed cohort differ from the fit by more than chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.refresh.resampling import resampled

SURE = 0.99  # family-wise level: without drift, 99% of resamples exceed no threshold in any cluster or test
FEWEST_PEOPLE = 10  # a share or mean distance of fewer is too uncertain to test
DIGITS = 6  # smaller differences of distances are rounding error


@dataclass(frozen=True)
class Drift:
    """How a refreshed cohort compares with the fitted one.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per level (cohort, typology or cluster): typology, cluster; fit_offenders, offenders, new_entrants (not
        in the fit) and new_entrants_share (of the offenders); fit_share and share of the cohort; fit_median, median,
        fit_p90, p90, fit_mean and mean distance to the medoid, without the people who are the medoids;
        beyond_fit_p99, the share further from the medoid than 99% of the fit there; share_z and distance_z, the
        differences in standard errors; drift (none, share, distance, share and distance, or too few).
    threshold : float
        A difference is drift if it exceeds this many standard errors.
    """

    table: pd.DataFrame
    threshold: float


def measure_drift(fit: pd.DataFrame, new: pd.DataFrame, clusters: pd.DataFrame, medoids: np.ndarray, optimism: float
                  ) -> Drift:  # fmt: skip
    """Compare sizes and distances with those of the fit, and test the differences.

    People are resampled a thousand times (`resampled`); a person in both cohorts is drawn equally often in both. The
    standard error of a difference is its spread over the resamples; that of a share has a lower bound
    (`_error_of_shares`). The threshold is the 99th percentile, over resamples, of the largest difference of all
    clusters and both tests, in standard errors. This is the single-step maximum of Westfall and Young (1993): a
    hundred comparisons raise no more false alarms than one.

    Parameters
    ----------
    fit, new : pandas.DataFrame
        offender_id, cluster, distance; one row per offender, sorted by offender_id.
    clusters : pandas.DataFrame
        cluster (from 1, in order) and typology.
    medoids : ndarray of str, shape (k,)
        The ids of the medoids; their own distances, 0 in the fit, are left out.
    optimism : float
        From `refresh.optimism`: by which share new entrants are further from medoids although nothing drifted.

    Returns
    -------
    Drift
    """
    k = len(clusters)
    groups = _groups(clusters)
    belongs = np.array([np.isin(np.arange(1, k + 1), members) for members in groups["members"]], dtype=np.float64).T
    old, now = (resampled(cohort, medoids, k) for cohort in (fit, new))
    known = new["offender_id"].isin(fit["offender_id"])
    new_entrants = np.bincount(new["cluster"][~known] - 1, minlength=k) @ belongs
    with np.errstate(invalid="ignore", divide="ignore"):
        share = _shares(now.people, belongs) - _shares(old.people, belongs)
        means_then, means_now = (c.distances @ belongs / (c.measured @ belongs) for c in (old, now))
        allowed = optimism * means_then[0] * new_entrants / (now.people[0] @ belongs)
    distance = np.round(means_now - means_then - allowed, DIGITS)
    enough = {
        "share": (old.people[0] + now.people[0]) @ belongs >= FEWEST_PEOPLE,
        "distance": np.minimum(old.measured[0], now.measured[0]) @ belongs >= FEWEST_PEOPLE,
    }
    least = _error_of_shares(old.people[0], now.people[0], int(known.sum()), belongs)
    at_least: dict[str, np.ndarray | float] = {"share": least, "distance": 0.0}
    z, furthest = {}, np.zeros(len(share) - 1)
    for name, differences in (("share", share), ("distance", distance)):
        z[name], strayed = _standardised(differences, enough[name], at_least[name])
        furthest = np.maximum(furthest, strayed)
    threshold = float(np.quantile(furthest, SURE))
    table = groups.drop(columns="members").join(_describe(fit, new, medoids, groups["members"], known))
    table["share_z"], table["distance_z"] = z["share"], z["distance"]
    table["drift"] = _verdicts(z, enough, threshold)
    return Drift(table, threshold)


def _groups(clusters: pd.DataFrame) -> pd.DataFrame:
    """Return one row per level: the cohort, each typology and each cluster, with the clusters that belong to it."""
    lines = [("cohort", "", pd.NA, list(clusters["cluster"]))]
    by_typology = clusters.groupby("typology", sort=False)["cluster"]
    lines += [("typology", name, pd.NA, list(members)) for name, members in by_typology]
    lines += [("cluster", name, cluster, [cluster]) for cluster, name in clusters[["cluster", "typology"]].to_numpy()]
    table = pd.DataFrame(lines, columns=["level", "typology", "cluster", "members"])
    return table.astype({"cluster": "Int64"})


def _shares(people: np.ndarray, belongs: np.ndarray) -> np.ndarray:
    return people @ belongs / people.sum(axis=1, keepdims=True)


def _error_of_shares(then: np.ndarray, now: np.ndarray, in_both: int, belongs: np.ndarray) -> np.ndarray:
    """Return the standard error of a difference of shares if people came and left regardless of their cluster.

    If nobody left a small cluster, the bootstrap standard error of its share is 0; this lower bound prevents that.
    """
    fit, new = then.sum(), now.sum()
    share = (then + now) @ belongs / (fit + new)
    spread = in_both * (1 / new - 1 / fit) ** 2 + (new - in_both) / new**2 + (fit - in_both) / fit**2
    error: np.ndarray = np.sqrt(np.clip(share * (1 - share), 0, None) * spread)
    return error


def _standardised(
    differences: np.ndarray, enough: np.ndarray, at_least: np.ndarray | float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the differences in standard errors, and for each resample its largest deviation from them."""
    observed, drawn = differences[0], differences[1:]
    strayed = np.abs(np.where(enough, drawn - observed, 0.0))
    strayed = np.nan_to_num(strayed, nan=0.0)  # resamples that drew nobody from a cluster
    error = np.maximum(np.sqrt(np.mean(strayed**2, axis=0)), at_least)
    sound = enough & (error > 0)
    z = np.divide(observed, error, out=np.where(enough, 0.0, np.nan), where=sound)
    return z, np.divide(strayed, error, out=np.zeros_like(strayed), where=sound).max(axis=1)


def _describe(fit: pd.DataFrame, new: pd.DataFrame, medoids: np.ndarray, members: pd.Series, known: pd.Series
              ) -> pd.DataFrame:  # fmt: skip
    lines = []
    for clusters in members:
        there, here = fit["cluster"].isin(clusters), new["cluster"].isin(clusters)
        then = fit.loc[there & ~fit["offender_id"].isin(medoids), "distance"]
        now = new.loc[here & ~new["offender_id"].isin(medoids), "distance"]
        beyond = (now > then.quantile(0.99, interpolation="higher")).mean() if len(then) else np.nan
        lines.append(
            {
                "fit_offenders": int(there.sum()), "offenders": int(here.sum()),
                "new_entrants": int((here & ~known).sum()), "new_entrants_share": (~known[here]).mean(),
                "fit_share": there.mean(), "share": here.mean(), "fit_median": then.median(), "median": now.median(),
                "fit_p90": then.quantile(0.9), "p90": now.quantile(0.9), "fit_mean": then.mean(), "mean": now.mean(),
                "beyond_fit_p99": beyond,
            }
        )  # fmt: skip
    return pd.DataFrame(lines, index=members.index)


def _verdicts(z: dict[str, np.ndarray], enough: dict[str, np.ndarray], threshold: float) -> np.ndarray:
    far = {name: np.abs(np.nan_to_num(z[name])) > threshold for name in z}
    return np.select(
        [~enough["share"] & ~enough["distance"], far["share"] & far["distance"], far["share"], far["distance"]],
        ["too few", "share and distance", "share", "distance"],
        default="none",
    )
