"""Groups of suspects compared: by whom the abuse is against, by sex, age and deprivation, and suspects without DA."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from dapipeline.analysis.harm.people import AGE_BANDS, NOT_KNOWN
from dapipeline.analysis.harm.significance import false_discovery_rates, welch
from dapipeline.incidents.tables import IncidentTables, any_known
from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.reference.tables import FAMILIES, families

TOO_FEW = 200  # people in a group, below whom the interval of a mean with a heavy tail is too short (docs/harm.md)
COLUMNS = [
    "comparison", "group", "reference", "feature", "label", "unit", "people", "people_reference", "mean",
    "mean_reference", "difference", "standard_error", "low", "high", "p", "q", "note", "held_by_two",
]  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """Groups, and the one that the others are compared with.

    Attributes
    ----------
    name : str
    groups : tuple of str
    reference : str
    trivial : tuple of str
        Features that the groups are made of: a difference in them says nothing.
    """

    name: str
    groups: tuple[str, ...]
    reference: str
    trivial: tuple[str, ...] = ()


KINDS = ("intimate", "family", "intimate and family", "other")
COMPARISONS = (
    Comparison("abuse", KINDS, "intimate", ("da_intimate_share", "da_family_share", "da_family_incidents",
               "da_ex_partner_share", "da_ex_partner_incidents")),
    Comparison("sex", ("F", "M"), "M"),
    Comparison("age_band", tuple(name for *_, name in AGE_BANDS), "25 to 34",
               ("age_first_incident", "age_first_da", "age_last_da")),
    Comparison("deprivation", tuple(str(fifth) for fifth in range(1, 6)), "5", ("imd_decile_mean",)),
)  # fmt: skip
WITHOUT_DA = Comparison("any_da", ("suspects of DA", "other suspects"), "other suspects")


def comparison_key(table: pd.DataFrame) -> pd.Series:
    """Return what each row compares.

    Parameters
    ----------
    table : pandas.DataFrame
        From `comparisons`.

    Returns
    -------
    pandas.Series of str
    """
    return table["comparison"] + " " + table["group"] + " " + table["feature"]


def groups_of(people: pd.DataFrame) -> dict[str, pd.Series]:
    """Find the groups of `COMPARISONS` that people are in.

    Parameters
    ----------
    people : pandas.DataFrame
        From `people.harm_people`.

    Returns
    -------
    dict of str to pandas.Series
        Comparison to the group of each person, `NOT_KNOWN` where it is not; without comparisons whose columns the
        extract lacks. abuse is by the DA incidents with a recorded relationship: all with a partner or ex-partner, all
        with family, some of each, or neither in any; deprivation in fifths, 1 the most deprived.
    """
    found: dict[str, pd.Series] = {}
    if {"da_intimate_share", "da_family_share", "da_related_incidents"} <= set(people):
        intimate, family = people["da_intimate_share"], people["da_family_share"]
        related = people["da_related_incidents"] > 0
        named = [~related, (intimate > 0) & (family > 0), intimate > 0, family > 0]
        kind = np.select(named, [NOT_KNOWN, "intimate and family", "intimate", "family"], "other")
        found["abuse"] = pd.Series(kind, index=people.index)
    for name in ("sex", "age_band"):
        if name in people:
            found[name] = people[name]
    if "imd_decile" in people:
        fifth = np.ceil(people["imd_decile"] / 2)
        found["deprivation"] = fifth.map(lambda value: NOT_KNOWN if pd.isna(value) else str(int(value)))
    return found


def compare_groups(
    values: pd.DataFrame,
    groups: pd.Series,
    comparison: Comparison,
    labels: Mapping[str, tuple[str, str]],
    fewest: int,
) -> pd.DataFrame:
    """Compare the means of features between groups and a reference.

    Parameters
    ----------
    values : pandas.DataFrame
        One row per person, a column per feature in natural units; missing values are left out of their feature.
    groups : pandas.Series
        The group of each person, in the same order.
    comparison : Comparison
    labels : mapping of str to (str, str)
        Feature to its label and its unit; others are left out.
    fewest : int
        Least number of people in a group.

    Returns
    -------
    pandas.DataFrame
        One row per group and feature: `COLUMNS`. Differences are of the group less the reference; p and the 95%
        interval are Welch's (1947), q is the false discovery rate within the comparison. note says why a figure is
        missing. held_by_two, the share of a severity that two people hold in either group, is for deciding what may be
        printed.
    """
    names = [name for name in values if name in labels and name not in comparison.trivial]
    reference = _moments(values.loc[(groups == comparison.reference).to_numpy(), names])
    parts = []
    for group in comparison.groups:
        own = _moments(values.loc[(groups == group).to_numpy(), names])
        if group == comparison.reference or not own[0].max() or not reference[0].max():
            continue
        part = _welch(own, reference, fewest)
        part.insert(0, "feature", names)
        part["held_by_two"] = [_held_by_two(values, name, groups, (group, comparison.reference)) for name in names]
        parts.append(part.assign(comparison=comparison.name, group=group, reference=comparison.reference))
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.concat(parts, ignore_index=True)
    table["q"] = false_discovery_rates(table["p"].to_numpy())
    table["label"], table["unit"] = (table["feature"].map(lambda name, at=at: labels[name][at]) for at in (0, 1))
    return table[COLUMNS]


def _held_by_two(values: pd.DataFrame, feature: str, groups: pd.Series, two: tuple[str, str]) -> float:
    """Return how much of a severity is that of two people, in either of two groups."""
    if "severity" not in feature:
        return 0.0
    own = [np.sort(values.loc[(groups == group).to_numpy(), feature].fillna(0.0)) for group in two]
    return max((side[-2:].sum() / side.sum() for side in own if side.any()), default=0.0)


def _moments(values: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return how many people have each feature, its mean and its variance."""
    known = values.notna().sum().to_numpy()
    with np.errstate(invalid="ignore"):
        return known, values.mean().to_numpy(), values.var(ddof=1).to_numpy()


def _welch(own: tuple[np.ndarray, ...], reference: tuple[np.ndarray, ...], fewest: int) -> pd.DataFrame:
    (n, mean, variance), (m, other, other_variance) = own, reference
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = variance / n, other_variance / m
        error, freedom, p = welch(mean - other, parts, (n, m))
        reach = stdtrit(freedom, 0.975) * error
    few, least = np.minimum(n, m) < fewest, np.minimum(n, m)
    note = np.select([few, least < TOO_FEW, ~(error > 0)],
                     [f"fewer than {fewest} people", "too few people for an interval", "no spread"], "")  # fmt: skip
    sure = note == ""

    def where(told: np.ndarray, figures: np.ndarray) -> np.ndarray:
        return np.where(told, figures, np.nan)

    return pd.DataFrame(
        {
            "people": n, "people_reference": m, "mean": where(~few, mean), "mean_reference": where(~few, other),
            "difference": where(~few, mean - other), "standard_error": where(sure, error),
            "low": where(sure, mean - other - reach), "high": where(sure, mean - other + reach), "p": where(sure, p),
            "note": note,
        }
    )  # fmt: skip


def comparisons(people: pd.DataFrame, wider: pd.DataFrame | None, fewest: int) -> pd.DataFrame:
    """Make every comparison that the extract allows.

    Parameters
    ----------
    people : pandas.DataFrame
        From `people.harm_people`.
    wider : pandas.DataFrame or None
        From `wider_records`; None where the extract holds no other suspects.
    fewest : int
        Least number of people in a group.

    Returns
    -------
    pandas.DataFrame
        From `compare_groups`, the comparisons one below the other.
    """
    labels = {name: (feature.label, feature.unit) for name, feature in BY_NAME.items()}
    groups = groups_of(people)
    parts = [
        compare_groups(people, groups[comparison.name], comparison, labels, fewest)
        for comparison in COMPARISONS
        if comparison.name in groups
    ]
    if wider is not None:
        group = wider["in_cohort"].map({True: WITHOUT_DA.groups[0], False: WITHOUT_DA.reference})
        parts.append(compare_groups(wider, group, WITHOUT_DA, WIDER, fewest))
    told = [part for part in parts if len(part)]
    return pd.concat(told, ignore_index=True) if told else pd.DataFrame(columns=COLUMNS)


_TITLES = families().set_index("family")["title"]
WIDER = {  # what is known of any suspect's incidents outside DA: name to label and unit
    "incidents": ("Incidents outside DA", "incidents"), "crimes": ("Crimes outside DA", "incidents"),
    "severity": ("Severity outside DA, total", "severity points"),
    "severity_per_crime": ("Severity of a crime outside DA", "severity points"),
    "age": ("Age at the first incident outside DA", "years"),
    **{f"has_{name}": (f"Any of: {_TITLES[name]}", "share of people") for name in FAMILIES},
}  # fmt: skip


def wider_records(tables: IncidentTables, cohort: Any) -> pd.DataFrame | None:
    """Describe the incidents outside DA of every suspect who has one, with or without DA beside.

    Parameters
    ----------
    tables : IncidentTables
    cohort : ibis.Table
        One row per offender.

    Returns
    -------
    pandas.DataFrame or None
        One row per suspect, sorted by id: in_cohort and the columns of `WIDER`; None where every suspect is in the
        cohort. What is flagged as DA and lies below its age counts for neither.
    """
    other = tables.incidents.filter(~tables.incidents.is_da & ~tables.incidents.below_age)
    found = other.group_by("offender_id").aggregate(
        incidents=other.count(),
        crimes=other.is_crime.cast("int64").sum(),
        severity=other.severity.sum().cast("float64"),
        age=other.offender_age.min().cast("float64"),
        **{f"has_{name}": any_known(other[f"of_{name}"]).cast("float64") for name in FAMILIES},
    )
    known = cohort.select("offender_id", in_cohort=True)
    found = (
        found.left_join(known, "offender_id").select(*found.columns, "in_cohort").order_by("offender_id").to_pandas()
    )
    found["in_cohort"] = found["in_cohort"].notna()
    if found["in_cohort"].all():
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        found["severity_per_crime"] = found["severity"] / found["crimes"].where(found["crimes"] > 0)
    return found.drop(columns="offender_id")
