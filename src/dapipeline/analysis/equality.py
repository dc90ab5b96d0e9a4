"""The equality audit: who is in which cluster and typology, by characteristics, and how surely that differs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.analysis.harm.people import NOT_KNOWN, age_bands
from dapipeline.analysis.representation import compare_with_rest

NOT_RECORDED = "not recorded"
FIFTHS = ("1 most deprived", "2", "3", "4", "5 least deprived")
UNKNOWN_SEX = "U"  # recorded as not known
COLUMNS = (
    "characteristic", "value", "cluster", "typology", "offenders", "share", "cohort_share", "ratio", "of", "low",
    "high", "rest_share", "rest_ratio", "rest_ratio_low", "rest_ratio_high", "p", "q", "representation",
)  # fmt: skip


def characteristics_of(people: pd.DataFrame, features: pd.DataFrame) -> pd.DataFrame:
    """Return the audited characteristics of each offender, by value in words.

    Parameters
    ----------
    people : pandas.DataFrame
        From `offenders.people.people_of`: offender_id and offender_sex, offender_ethnicity and imd_decile where the
        extract has them.
    features : pandas.DataFrame
        One row per offender: offender_id and, where ages are known, age_first_da.

    Returns
    -------
    pandas.DataFrame
        offender_id, and of what is known: age_band (at the first DA incident), deprivation (fifth of the areas of most
        of their incidents), offender_ethnicity, offender_sex; missing where nothing is recorded.
    """
    found = people[["offender_id"]].copy()
    if "age_first_da" in features and features["age_first_da"].notna().any():
        bands = age_bands(found["offender_id"].map(features.set_index("offender_id")["age_first_da"]))
        found["age_band"] = bands.where(bands != NOT_KNOWN)
    if "imd_decile" in people:
        fifth = (people["imd_decile"].astype("Float64") + 1) // 2 - 1
        found["deprivation"] = fifth.map(dict(enumerate(FIFTHS)))
    for name in [column for column in ("offender_ethnicity", "offender_sex") if column in people]:
        found[name] = people[name]
    if "offender_sex" in found:
        found["offender_sex"] = found["offender_sex"].where(found["offender_sex"] != UNKNOWN_SEX)
    return found


def equality_audit(assignments: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Compare the make-up of each cluster with that of the cohort, and of the rest of it.

    Parameters
    ----------
    assignments : pandas.DataFrame
        One row per offender: offender_id, cluster, typology.
    people : pandas.DataFrame
        From `characteristics_of`: offender_id and one column per characteristic that is known.

    Returns
    -------
    pandas.DataFrame
        One row per characteristic, cluster and value that occurs in the cohort: characteristic, value (or
        `NOT_RECORDED`), cluster, typology, offenders, share (of the cluster), cohort_share, ratio (share by
        cohort_share); of (the people of the cluster with a value recorded or, of `NOT_RECORDED`, all), and what
        `compare_with_rest` finds of offenders among these.
    """
    return _audit(assignments, people, ["cluster", "typology"])


def equality_by_typology(assignments: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Compare the people who carry each name with the rest of the cohort.

    Parameters
    ----------
    assignments, people : pandas.DataFrame
        As of `equality_audit`.

    Returns
    -------
    pandas.DataFrame
        The columns of `equality_audit` without cluster; the clusters without a name are one typology, unnamed.
    """
    return _audit(assignments, people, ["typology"])


def _audit(assignments: pd.DataFrame, people: pd.DataFrame, part: list[str]) -> pd.DataFrame:
    columns = [name for name in COLUMNS if name in part or name not in ("cluster", "typology")]
    joined = assignments[["offender_id", *part]].merge(people, on="offender_id", how="left")
    tables = [_of_one(joined, name, part) for name in people.columns if name != "offender_id"]
    if not tables:
        return pd.DataFrame(columns=columns)
    table = pd.concat(tables, ignore_index=True)
    found = table.join(compare_with_rest(table))
    return found[columns].sort_values(["characteristic", part[0], "value"], ignore_index=True)


def _of_one(joined: pd.DataFrame, characteristic: str, part: list[str]) -> pd.DataFrame:
    """Count every value in every part, none where nobody has it."""
    values = joined[characteristic].fillna(NOT_RECORDED).rename("value")
    counts = joined.groupby([*part, values]).size().unstack(fill_value=0)
    table = counts.melt(ignore_index=False, value_name="offenders").reset_index()
    missing = table["value"] == NOT_RECORDED
    size = table.groupby(part[0])["offenders"].transform("sum")
    unknown = table["offenders"].where(missing, 0).groupby(table[part[0]]).transform("sum")
    whole = table["value"].map(counts.sum())
    everyone, recorded = len(joined), len(joined) - int(table.loc[missing, "offenders"].sum())
    of = np.where(missing, size, size - unknown)
    return table.assign(
        characteristic=characteristic, share=table["offenders"] / size, cohort_share=whole / everyone,
        ratio=table["offenders"] / size / (whole / everyone), of=of, rest_offenders=whole - table["offenders"],
        rest_of=np.where(missing, everyone, recorded) - of,
    )  # fmt: skip
