"""Low, medium and high severity: the study's bands, which apply to ONS Crime Severity Scores alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.offenders.themes.severity import HIGH_ABOVE
from dapipeline.reference.severity import ONS_SCALE

SCALE = ONS_SCALE  # a run on another scale has no bands
LOW_BELOW = 100
# The study writes "100 to 500" and ">= 501"; what lies between 500 and 501 is high here, as for `HIGH_ABOVE`.
BANDS = {
    "no crime": "no crime recorded, severity 0",
    "low": f"a crime below {LOW_BELOW}",
    "medium": f"{LOW_BELOW} to {HIGH_ABOVE}",
    "high": f"above {HIGH_ABOVE}",
}
BOUNDS = f"low below {LOW_BELOW}, medium {LOW_BELOW} to {HIGH_ABOVE}, high above"


def incident_bands(incidents: Any) -> Any:
    """Count the DA incidents of each offender by band.

    Parameters
    ----------
    incidents : ibis.Table
        One row per suspect and incident: offender_id, is_da, is_crime, severity (points).

    Returns
    -------
    ibis.Table
        One row per offender, sorted by id: offender_id and a number of DA incidents for each of `BANDS`.
    """
    da = incidents.filter(incidents.is_da)
    bands = {
        "no crime": ~da.is_crime,
        "low": da.is_crime & (da.severity < LOW_BELOW),
        "medium": da.is_crime & (da.severity >= LOW_BELOW) & (da.severity <= HIGH_ABOVE),
        "high": da.is_crime & (da.severity > HIGH_ABOVE),
    }
    counts = {name: condition.cast("int64").sum() for name, condition in bands.items()}
    return da.group_by("offender_id").aggregate(**counts).order_by("offender_id")


def severity_bands(bands: pd.DataFrame, assignments: pd.DataFrame) -> pd.DataFrame:
    """Count DA incidents and offenders of each cluster by band.

    Parameters
    ----------
    bands : pandas.DataFrame
        From `incident_bands`.
    assignments : pandas.DataFrame
        One row per offender: offender_id, cluster, typology.

    Returns
    -------
    pandas.DataFrame
        One row per band and cluster: band, meaning, cluster, typology, da_incidents (an incident with two suspects
        counts for each), offenders (whose most severe DA incident is in the band).
    """
    joined = assignments[["offender_id", "cluster", "typology"]].merge(bands, on="offender_id")
    names = list(BANDS)
    reached = joined[names[::-1]].gt(0).idxmax(axis=1)  # the highest band in which they have an incident
    key = ["cluster", "typology"]
    parts = [
        joined.assign(da_incidents=joined[name], offenders=reached == name)
        .groupby(key, as_index=False)[["da_incidents", "offenders"]]
        .sum()
        .assign(band=name, meaning=BANDS[name])
        for name in names
    ]
    return pd.concat(parts, ignore_index=True)[["band", "meaning", *key, "da_incidents", "offenders"]]
