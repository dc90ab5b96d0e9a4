"""Makes one force, measures it as made and as a run finds it, and compares names with planted typologies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import dapipeline as dap
from dapipeline.config import load_config
from studies.calibration.cohorts import Cohort, definitions, name_people, read_cohort, settings
from studies.calibration.comparison import measure
from studies.calibration.forces import CONFIG, Force
from studies.calibration.measures import Measured
from studies.calibration.published import published_ranks
from studies.calibration.recovered import recovered_histories
from studies.calibration.scores import as_classes, confusion, summarise
from studies.calibration.truth import true_histories

OTHER_WEIGHT = "incidents"  # shown beside the study's plain objective


@dataclass(frozen=True)
class Calibrated:
    """The measurements of one force.

    Attributes
    ----------
    truth, recovered : dict of str to Measured
        Every figure as made and as found.
    confusion : pandas.DataFrame
        One row per pair of names and weight: planted, assigned, offenders, faults, weight.
    names : pandas.DataFrame
        One row per weight: faults, weight, and the summary of `scores.summarise`.
    """

    truth: dict[str, Measured]
    recovered: dict[str, Measured]
    confusion: pd.DataFrame
    names: pd.DataFrame


def calibrate_one(force: Force) -> Calibrated:
    """Make a force, count it, run the study's config on it, and compare.

    Parameters
    ----------
    force : Force

    Returns
    -------
    Calibrated
    """
    force.make()
    window = load_config(CONFIG).window
    truth = measure(true_histories(force.folder, str(window.first), str(window.last)))
    folder = _run(force)
    recovered = measure(recovered_histories(folder), folder)
    cohort = read_cohort(force, folder)
    named = dap.open_run(folder).frame("tables/assignments.parquet").set_index("offender_id")["typology"]
    assigned = {
        settings().weight: named.loc[cohort.ids].reset_index(drop=True),
        OTHER_WEIGHT: name_people(cohort.cluster(OTHER_WEIGHT, settings().seed), cohort.features, definitions()),
    }
    tables, names = [], []
    for weight, given in assigned.items():
        about = {"faults": force.faults, "weight": weight}
        table, summary = _compare_names(cohort, given)
        tables.append(table.assign(**about))
        names.append(about | summary)
    return Calibrated(truth, recovered, pd.concat(tables, ignore_index=True), pd.DataFrame(names))


def _run(force: Force) -> Path:
    """Run the study's config on a force, and return the folder of the run."""
    config, out = load_config(CONFIG), force.folder / "run"
    dap.run(config.read_from(CONFIG), extract=force.extract, out=out)
    return out


def _compare_names(cohort: Cohort, assigned: pd.Series) -> tuple[pd.DataFrame, dict[str, Any]]:
    names = list(definitions().typologies)
    planted: np.ndarray = as_classes(cohort.planted, names)
    given = as_classes(assigned, names)
    summary, _ = summarise(planted, given, cohort.harm, published_ranks(), names)
    return confusion(planted, given, names).reset_index().melt("planted", value_name="offenders"), summary
