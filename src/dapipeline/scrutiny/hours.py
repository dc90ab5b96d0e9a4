"""When domestic abuse is reported: by hour and weekday."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COLUMNS = ["kind", "weekday", "hour", "incidents", "of", "share"]


def hour_by_weekday(incidents: Any) -> pd.DataFrame:
    """Count DA incidents by the hour and weekday of their report, or of their start where no clock was reported.

    Parameters
    ----------
    incidents : ibis.Table

    Returns
    -------
    pandas.DataFrame
        kind (DA; sexual, those that hold a sexual crime), weekday, hour (0 to 23), incidents, of, share; every cell.
    """
    told = incidents.filter(incidents.da).select(
        weekday=incidents.clock.day_of_week.index(), hour=incidents.clock.hour(), sexual=incidents.sexual.cast("int32")
    )
    found = told.group_by(["weekday", "hour"]).aggregate(da=told.count(), sexual=told.sexual.sum()).to_pandas()
    parts = []
    for kind, name in (("DA", "da"), ("sexual", "sexual")):
        cells = np.zeros((7, 24), dtype=np.int64)
        np.add.at(
            cells, (found["weekday"].to_numpy(dtype=np.int64), found["hour"].to_numpy(dtype=np.int64)), found[name]
        )
        day, hour = (axis.ravel() for axis in np.indices(cells.shape))
        parts.append(pd.DataFrame({
            "kind": kind, "weekday": np.array(WEEKDAYS, dtype=object)[day], "hour": hour, "incidents": cells.ravel(),
            "of": cells.sum(), "share": cells.ravel() / max(cells.sum(), 1),
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True)[COLUMNS]
