"""The day on which each crime got its outcome."""

from __future__ import annotations

import numpy as np
import pandas as pd

DAYS = 40.0  # assumed: from the report to the outcome, on average
NONE_YET = "0"


def with_outcome_days(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add the day of the outcome: blank exactly where there is none, or none yet.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `rows.write_rows`.
    rng : numpy.random.Generator
        Of this alone.

    Returns
    -------
    pandas.DataFrame
        With outcome_at beside outcome_code; the same in all rows of a crime, and not before the report.
    """
    crime, _ = pd.factorize(rows["offence_id"])
    waited = np.floor(rng.exponential(DAYS, crime.max(initial=-1) + 2)).astype("timedelta64[D]")
    day = rows["reported_at"].to_numpy().astype("datetime64[D]") + waited[crime]
    settled = (rows["outcome_code"].notna() & (rows["outcome_code"] != NONE_YET)).to_numpy(dtype=bool)
    rows.insert(
        rows.columns.get_loc("outcome_code") + 1, "outcome_at",
        np.where(settled, day.astype("datetime64[us]"), np.datetime64("NaT", "us")),
    )  # fmt: skip
    return rows
