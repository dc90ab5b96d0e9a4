"""One feature vector an offender, and who has none because something is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from dapipeline.errors import CohortError
from dapipeline.offenders.feature import Feature


def compute_features(histories: dict[str, Any], cohort: Any, features: Sequence[Feature]) -> Any:
    """Aggregate every feature and join them to the cohort.

    Parameters
    ----------
    histories : dict of str to ibis.Table
        A table for each grain, from `histories_of`.
    cohort : ibis.Table
        One row an offender.
    features : sequence of Feature
        What to compute.

    Returns
    -------
    ibis.Table
        offender_id and the features as floats, natural units, one row an offender, sorted by id.
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
    """Leave out or fill the offenders whose clustering features are not all known.

    Parameters
    ----------
    vectors : pandas.DataFrame
        offender_id and features, one row an offender.
    clustered : sequence of str
        The features that must be known.
    missing : {"exclude", "median"}
        What to do where one is not.
    medians : pandas.Series, optional
        By feature, what to fill in; the medians of these vectors by default.

    Returns
    -------
    complete : pandas.DataFrame
        offender_id and the clustered features without a missing value, sorted by id.
    counted : pandas.DataFrame
        feature, offenders, treatment: how many lacked each feature, and in any (feature ``any``).

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
