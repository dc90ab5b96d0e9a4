"""Days from which recording changed, within the records: nothing is compared across one without saying so."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dapipeline.analysis.harm.people import Reach
from dapipeline.config import RecordingBreak
from dapipeline.reference.tables import recording_breaks

OWN = "the force's own, from the config"


def breaks_within(reach: Reach, own: Sequence[RecordingBreak], *, home_office: bool) -> pd.DataFrame:
    """List the changes of recording within the records.

    Parameters
    ----------
    reach : Reach
    own : sequence of RecordingBreak
        The force's.
    home_office : bool
        Whether the offences have the Home Office's codes: only then its changes hold for them.

    Returns
    -------
    pandas.DataFrame
        date (ISO text), what, touches, source; by date.
    """
    forces = pd.DataFrame(
        [(change.date.isoformat(), change.what, "any number", OWN) for change in own],
        columns=["date", "what", "touches", "source"],
    )
    parts = [recording_breaks(), forces] if home_office else [forces]
    table = pd.concat([part for part in parts if len(part)] or [forces], ignore_index=True)
    moment = pd.to_datetime(table["date"])
    within = (moment > pd.Timestamp(reach.start)) & (moment < pd.Timestamp(reach.end))
    return table[within].sort_values(["date", "what"], ignore_index=True)
