"""Markers of the force's own, which a config may add to what is clustered on."""

from __future__ import annotations

from dapipeline.offenders.feature import Feature
from dapipeline.offenders.measures import share


def marker_feature(name: str) -> Feature:
    """Make the feature of a marker.

    Parameters
    ----------
    name : str
        Of its column, with the prefix of markers.

    Returns
    -------
    Feature
        An incident of which nothing is recorded counts as not marked.
    """
    words = name.partition("_")[2].replace("_", " ")
    return Feature(
        name, f"DA incidents marked: {words}", "offence", "share", "share of incidents",
        f"Share of DA incidents that the force marked so: {words}.", "incidents",
        lambda t: share((t[name] == 1).fill_null(False), t.is_da), needs=(name,),
    )  # fmt: skip
