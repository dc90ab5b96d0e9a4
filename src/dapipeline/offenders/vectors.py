"""One feature vector per offender, and what is done with offenders of whom a feature is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from dapipeline.errors import CohortError
from dapipeline.offenders.feature import Feature


def compute_features(histories: dict[str, Any], cohort: Any, features: Sequence[Feature]) -> Any:
    """Compute every feature of every offender.

    Parameters
    ----------
    histories : dict of str to ibis.Table
        A table for each grain, from `histories_of`.
    cohort : ibis.Table
        One row per offender.
    features : sequence of Feature
        What to compute.

    Returns
    -------
    ibis.Table
        One row per offender, sorted by id: offender_id and the features as floats in their own units.
    """
    vectors = cohort.select("offender_id")
    for grain in dict.fromkeys(feature.grain for feature in features):
        table = histories[grain]
        of_grain = [feature for feature in features if feature.grain == grain]
        found = table.group_by("offender_id").aggregate(
            any_history=table.count(), **{f.name: f.expression(table) for f in of_grain}
        )
        joined = vectors.left_join(found, "offender_id")
        filled = {f.name: joined.any_history.isnull().ifelse(f.empty, joined[f.name]).cast("float64") for f in of_grain}
        vectors = joined.select(*vectors.columns, **filled)
    return vectors.select("offender_id", *(feature.name for feature in features)).order_by("offender_id")


def settle_missing(
    vectors: pd.DataFrame,
    clustered: Sequence[str],
    missing: Literal["exclude", "median"],
    medians: pd.Series | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Leave out the offenders whose clustering features are not all known, or fill in medians.

    Parameters
    ----------
    vectors : pandas.DataFrame
        offender_id and features, one row per offender.
    clustered : sequence of str
        The features that must be known.
    missing : {"exclude", "median"}
        What to do with an offender who lacks one: leave them out, or fill in the median.
    medians : pandas.Series, optional
        The values to fill in, indexed by feature; the medians of these vectors by default.

    Returns
    -------
    complete : pandas.DataFrame
        offender_id and the clustered features without a missing value, sorted by id.
    counted : pandas.DataFrame
        One row per feature that offenders lack, and one named ``any`` for those who lack at least one: feature,
        offenders (how many), treatment.

    Raises
    ------
    CohortError
        D100 where there is no cohort, D102 where nobody is left, D103 where a feature is missing for everyone.
    """
    if vectors.empty:
        raise CohortError(
            "D100",
            "Nobody in the extract is named as suspect of a DA incident in the window.",
            "Check how da_flag is mapped, the window, and domestic_abuse.minimum_age.",
        )
    values = vectors[["offender_id", *clustered]]
    lacking = values[list(clustered)].isna()
    never = [name for name in clustered if lacking[name].all()]
    if never:
        raise CohortError(
            "D103",
            f"The feature {never[0]} is missing for every offender.",
            f"Check the columns it comes from, or leave it out: features.drop: [{never[0]}].",
        )
    counts = lacking.sum()
    counted = pd.DataFrame({"feature": counts.index, "offenders": counts.to_numpy()}).query("offenders > 0")
    everyone = pd.DataFrame({"feature": ["any"], "offenders": [int(lacking.any(axis=1).sum())]})
    counted = pd.concat([counted, everyone], ignore_index=True).assign(
        treatment="excluded" if missing == "exclude" else "median of the cohort"
    )
    filled = values.fillna(values[list(clustered)].median() if medians is None else medians)
    complete = filled if missing == "median" else values[~lacking.any(axis=1)]
    if complete.empty:
        raise CohortError(
            "D102",
            "No offender has every chosen feature.",
            f"Set features.missing: median, or leave out: {', '.join(counted['feature'][:3])}.",
        )
    return complete.sort_values("offender_id", ignore_index=True), counted
