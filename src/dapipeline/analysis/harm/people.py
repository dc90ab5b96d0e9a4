"""What the analyses of harm ask of each offender beside the features, and how far the records reach."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import numpy as np
import pandas as pd

from dapipeline.config import Window
from dapipeline.incidents.tables import IncidentTables
from dapipeline.reference.codes import RISK_RANKS

YEAR = 365.25  # days
AGE_BANDS = (
    (0, 17, "17 and under"),
    (18, 24, "18 to 24"),
    (25, 34, "25 to 34"),
    (35, 49, "35 to 49"),
    (50, 200, "50 and over"),
)
NOT_KNOWN = "not known"
WRONG = 0.001  # of the incidents may have a date that is wrong: of ten years, less than four days


@dataclass(frozen=True)
class Reach:
    """The first and the last moment that the records reach to."""

    start: datetime
    end: datetime

    @property
    def years(self) -> float:
        """How long that is."""
        return (self.end - self.start).total_seconds() / 86_400 / YEAR


def reach_of(incidents: Any, window: Window) -> Reach:
    """Find what time the records cover.

    Parameters
    ----------
    incidents : ibis.Table
        occurred_from and known_at.
    window : Window
        Where it has no beginning, the first start; where it has no end, the last moment at which an incident came to be
        known once the latest in `WRONG` are left aside: one wrong date would make everybody look followed until then.

    Returns
    -------
    Reach
    """
    seen = incidents.aggregate(first=incidents.occurred_from.min(), rows=incidents.count()).to_pandas().iloc[0]
    start = pd.Timestamp(window.first) if window.first else pd.Timestamp(seen["first"])
    if window.last:
        return Reach(start.to_pydatetime(), (pd.Timestamp(window.last) + pd.Timedelta(days=1)).to_pydatetime())
    aside = math.ceil(WRONG * int(seen["rows"]))
    latest = incidents.order_by(ibis.desc("known_at")).select("known_at").limit(aside + 1).to_pandas()["known_at"]
    return Reach(start.to_pydatetime(), pd.Timestamp(latest.min()).to_pydatetime())


def harm_people(
    tables: IncidentTables, cohort: Any, features: pd.DataFrame, known: pd.DataFrame, reach: Reach,
    present: Sequence[str],
) -> pd.DataFrame:  # fmt: skip
    """Describe every offender of the cohort for the analyses of harm.

    Parameters
    ----------
    tables : IncidentTables
    cohort : ibis.Table
        One row per offender with their features.
    features, known : pandas.DataFrame
        One row per offender: their features, and offender_sex where it is recorded.
    reach : Reach
    present : sequence of str
        The canonical columns that the extract has.

    Returns
    -------
    pandas.DataFrame
        One row per offender, sorted and indexed by offender_id: the features, and first_incident, first_da, last_da
        (moments), years_at_risk (from the first incident of any kind to the end of the records), recency_days (from the
        last DA incident to that end) and, where the extract has the columns, da_high_graded (DA incidents graded high),
        da_related_incidents (DA incidents with a recorded relationship), imd_decile (of the first DA incident with
        one), sex and age_band (at the youngest known DA incident); whose sex or age is not known has `NOT_KNOWN`.
    """
    incidents = tables.incidents.filter(~tables.incidents.below_age).semi_join(cohort, "offender_id")
    da = incidents.is_da
    asked = {
        "first_incident": incidents.occurred_from.min(),
        "first_da": incidents.occurred_from.min(where=da),
        "last_da": incidents.occurred_from.max(where=da),
    }
    if "risk_grade" in present:
        asked["da_high_graded"] = (da & (incidents.risk == RISK_RANKS["high"]).fill_null(False)).cast("int64").sum()
    if "relationship" in present:
        asked["da_related_incidents"] = (da & incidents.intimacy.notnull()).cast("int64").sum()
    if "imd_decile" in present:
        placed = da & incidents.imd_decile.notnull()
        asked["imd_decile"] = incidents.imd_decile.argmin(incidents.occurred_from, where=placed)
    found = incidents.group_by("offender_id").aggregate(**asked).order_by("offender_id").to_pandas()
    people = features.merge(found, on="offender_id").sort_values("offender_id", ignore_index=True)
    end = pd.Timestamp(reach.end)
    people["years_at_risk"] = (end - people["first_incident"]).dt.total_seconds().clip(lower=0) / 86_400 / YEAR
    people["recency_days"] = (end - people["last_da"]).dt.total_seconds().clip(lower=0) / 86_400
    if "offender_sex" in known:
        sex = people["offender_id"].map(known.set_index("offender_id")["offender_sex"])
        people["sex"] = sex.fillna(NOT_KNOWN).replace("U", NOT_KNOWN)
    if "age_first_da" in people and people["age_first_da"].notna().any():
        people["age_band"] = age_bands(people["age_first_da"])
    return people.set_index("offender_id")


def age_bands(ages: pd.Series) -> pd.Series:
    """Return the band of each age.

    Parameters
    ----------
    ages : pandas.Series
        In years.

    Returns
    -------
    pandas.Series of str
        A band of `AGE_BANDS`; `NOT_KNOWN` where the age is.
    """
    years = np.floor(ages)
    within = [years.between(low, high) for low, high, _ in AGE_BANDS]
    return pd.Series(np.select(within, [name for *_, name in AGE_BANDS], NOT_KNOWN), index=ages.index)
