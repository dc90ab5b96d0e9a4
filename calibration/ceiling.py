"""How well anything could tell planted typologies apart by these features: a forest that is shown them.

python -m calibration.ceiling [--preset west_midlands] [--offenders N] [--seed N] …

Clusters are found and named without the truth. Where even a classifier that learns from it gets an F1 of 0.6, no
clustering can be expected to do better.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from calibration.cohorts import Cohort, definitions, read_cohort
from calibration.forces import STUDY_SIZE, Force
from calibration.recovery import PRESET
from calibration.results import keep
from calibration.scores import as_classes, confusion, score_names

FOLDS = 5
TREES = 200
SMALLEST_LEAF = 3  # people; single leaves would only learn the rarest by heart
KEYS = ["preset", "offenders", "faults", "seed", "typology"]


def classify(cohort: Cohort, names: list[str]) -> np.ndarray:
    """Give everybody the name that a forest grown on the other four fifths of the people gives them.

    Parameters
    ----------
    cohort : Cohort
    names : list of str
        The planted typologies; everybody else is one class.
    """
    planted = as_classes(cohort.planted, names)
    forest = RandomForestClassifier(TREES, min_samples_leaf=SMALLEST_LEAF, random_state=0, n_jobs=-1)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    found: np.ndarray = cross_val_predict(forest, cohort.vectors.drop(columns="offender_id"), planted, cv=folds)
    return found


def main(arguments: list[str]) -> None:
    """Measure what was asked for and keep it among the results."""
    parser = argparse.ArgumentParser(prog="python -m calibration.ceiling")
    parser.add_argument("--preset", default=PRESET)
    parser.add_argument("--offenders", type=int, default=STUDY_SIZE)
    parser.add_argument("--seed", type=int, default=1, help="of the force")
    parser.add_argument("--faults", action="store_true", help="with recording faults")
    asked = parser.parse_args(arguments)
    names = list(definitions().typologies)
    cohort = read_cohort(Force(asked.preset, asked.offenders, asked.seed, asked.faults))
    table = score_names(confusion(as_classes(cohort.planted, names), classify(cohort, names), names))
    print(table[["typology", "planted", "precision", "recall", "f1"]].round(2).to_string(index=False))
    about = {"preset": asked.preset, "offenders": asked.offenders, "faults": asked.faults, "seed": asked.seed}
    measured: pd.DataFrame = table.assign(**about)[[*KEYS, "planted", "precision", "recall", "f1"]]
    keep(measured, "ceiling", KEYS)


if __name__ == "__main__":
    main(sys.argv[1:])
