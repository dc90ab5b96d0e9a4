"""The published figures that only a run has: its clusters, its features, its groups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

import dapipeline as dap
from studies.calibration.histories import HIGH_VOLUME
from studies.calibration.measures import Measured, count, holds

THEMES = ("person", "victims", "numbers", "time", "place", "offence", "victimisation", "substances")
SHOWN = {
    "offender_age", "offence", "victim_sex", "victim_age", "relationship", "location_type", "outcome_code", "is_da"
}  # fmt: skip


def _clustered_in(theme: str) -> Callable[[Path], Measured]:
    """Return whether a run clustered on features of a theme, and on how many."""

    def measure(run: Path) -> Measured:
        catalogue = _catalogue(run)
        number = ((catalogue["theme"] == theme) & (catalogue["use"] == "clustered")).sum()
        return holds(number > 0, int(number))

    return measure


def _catalogue(run: Path) -> pd.DataFrame:
    return dap.open_run(run).frame("tables/feature_catalogue.csv")


def _clusters(run: Path) -> pd.DataFrame:
    return dap.open_run(run).frame("tables/clusters.csv")


def _threshold(run: Path) -> Measured:
    """Return whether the run's groups part people at the published number of incidents."""
    named = dap.open_run(run).frame("tables/assignments.parquet").set_index("offender_id")["group"]
    features = dap.open_run(run).frame("tables/features.parquet").set_index("offender_id").loc[named.index]
    same = (named.isin(["A", "B"]) == (features["da_incidents"] >= HIGH_VOLUME)).all()
    same &= (named.isin(["B", "D"]) == (features["non_da_incidents"] >= HIGH_VOLUME)).all()
    return holds(same, len(named))


RUN_FIGURES: dict[str, Callable[[Path], Measured]] = {
    "clusters": lambda run: count(len(_clusters(run))),
    "variables": lambda run: count((_catalogue(run)["use"] == "clustered").sum()),
    **{f"theme.{theme}": _clustered_in(theme) for theme in THEMES},
    "high_volume_threshold": _threshold,
    "medoid_timeline": lambda run: holds(
        set(dap.open_run(run).frame("tables/medoids.csv").columns) >= SHOWN, len(_clusters(run))
    ),
    "serial_abuser.clusters": lambda run: count((_clusters(run)["typology"] == "serial_abuser").sum()),
}
