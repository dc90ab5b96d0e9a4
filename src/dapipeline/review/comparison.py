"""Differences between two runs: offenders who changed typology, means of features, settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sklearn.metrics import adjusted_rand_score

COHORT = "cohort"


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side; the tables have counts and means only, never an id.

    Attributes
    ----------
    about : dict
        offenders_first, offenders_second, offenders_in_both, only_in_first, only_in_second; same_typology (offenders in
        both runs with the same typology); adjusted_rand_index_typology and adjusted_rand_index_cluster over offenders
        in both runs, None if there are none; features_of_one_run.
    moves : pandas.DataFrame
        One row per pair of typologies that somebody has: typology_first, typology_second, offenders; share_of_first and
        share_of_second, of the offenders in both runs who have that typology in the first or in the second run.
    features : pandas.DataFrame
        One row per feature of both runs and level (cohort or typology): typology, feature, mean_first, mean_second,
        median_first, median_second, difference (of the means), difference_sd (in standard deviations of the first
        cohort).
    settings : pandas.DataFrame
        One row per setting that differs: setting, first, second.
    """

    about: dict[str, Any]
    moves: pd.DataFrame
    features: pd.DataFrame
    settings: pd.DataFrame


def compare_assignments(first: pd.DataFrame, second: pd.DataFrame) -> tuple[dict[str, Any], pd.DataFrame]:
    """Compare the typologies and clusters of the offenders who are in both runs.

    Parameters
    ----------
    first, second : pandas.DataFrame
        offender_id, cluster, typology; one row per offender.

    Returns
    -------
    about : dict
        `Comparison.about` without features_of_one_run. The adjusted Rand index is that of Hubert and Arabie (1985).
    moves : pandas.DataFrame
        `Comparison.moves`.
    """
    both = first.merge(second, on="offender_id", suffixes=("_first", "_second"))
    about: dict[str, Any] = {
        "offenders_first": len(first),
        "offenders_second": len(second),
        "offenders_in_both": len(both),
        "only_in_first": len(first) - len(both),
        "only_in_second": len(second) - len(both),
        "same_typology": int((both["typology_first"] == both["typology_second"]).sum()),
    }
    for what in ("typology", "cluster"):
        index = adjusted_rand_score(both[f"{what}_first"], both[f"{what}_second"]) if len(both) else None
        about[f"adjusted_rand_index_{what}"] = index
    pair = ["typology_first", "typology_second"]
    moves = both.groupby(pair, as_index=False).size().rename(columns={"size": "offenders"})
    for side in ("first", "second"):
        of_name = moves.groupby(f"typology_{side}")["offenders"].transform("sum")
        moves[f"share_of_{side}"] = moves["offenders"] / of_name
    return about, moves.sort_values(pair, ignore_index=True)


def compare_features(
    first: tuple[pd.DataFrame, pd.DataFrame], second: tuple[pd.DataFrame, pd.DataFrame]
) -> pd.DataFrame:
    """Compare the means and medians of features between two runs, for the cohort and for each typology.

    Parameters
    ----------
    first, second : tuple of pandas.DataFrame
        The assignments (offender_id, typology) and the features (offender_id and features, natural units).

    Returns
    -------
    pandas.DataFrame
        `Comparison.features`; values are missing for a typology that one run does not have.
    """
    members = [assigned[["offender_id", "typology"]].merge(features, on="offender_id") for assigned, features in
               (first, second)]  # fmt: skip
    names = [name for name in first[1].columns if name in second[1].columns and name != "offender_id"]
    spread = members[0][names].std(ddof=0)
    by = ["level", "typology", "feature"]
    described = [_describe(table, names).set_index(by) for table in members]
    table = described[0].join(described[1], how="outer", lsuffix="_first", rsuffix="_second").reset_index()
    table["difference"] = table["mean_second"] - table["mean_first"]
    table["difference_sd"] = table["difference"] / table["feature"].map(spread.where(spread > 0))
    place = table["feature"].map({name: place for place, name in enumerate(names)})
    return table.assign(feature_order=place).sort_values(
        ["level", "typology", "feature_order"], ignore_index=True
    ).drop(columns="feature_order")  # fmt: skip


def _describe(members: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Compute mean and median of every feature, for the cohort and for each typology."""
    found = []
    for what in ("mean", "median"):
        whole = members[names].agg(what).to_frame("").T.rename_axis("typology")
        values = pd.concat({COHORT: whole, "typology": members.groupby("typology")[names].agg(what)}, names=["level"])
        found.append(values.reset_index().melt(["level", "typology"], var_name="feature", value_name=what))
    return found[0].assign(median=found[1]["median"])


def compare_settings(first: dict[str, Any], second: dict[str, Any]) -> pd.DataFrame:
    """Find the settings in which two nested configs differ.

    Parameters
    ----------
    first, second : dict
        Nested settings.

    Returns
    -------
    pandas.DataFrame
        One row per setting that differs: setting (its dotted name), first and second, as text; empty text if absent.
    """
    flat = [_flat(settings) for settings in (first, second)]
    names = sorted({name for side in flat for name in side if flat[0].get(name, "") != flat[1].get(name, "")})
    return pd.DataFrame(
        [(name, flat[0].get(name, ""), flat[1].get(name, "")) for name in names], columns=["setting", "first", "second"]
    )


def _flat(settings: Any, path: str = "") -> dict[str, str]:
    if isinstance(settings, dict):
        return {
            name: text
            for key, value in settings.items()
            for name, text in _flat(value, f"{path}.{key}".lstrip(".")).items()
        }
    return {path: str(settings)}
