"""How well typologies could be found with these features at best, by methods that are shown the planted names.

python -m studies.calibration.ceiling [--preset west_midlands] [--offenders N] [--seed N] …

A forest that learns the names says whether the features tell typologies apart. Clusters of places that know the names
say whether so few clusters can hold them apart: a run has to choose its features, scales and components without the
answer, and naming can do no better than the best union.
"""

from __future__ import annotations

import argparse
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from dapipeline.clustering.clusters import place_offenders
from studies.calibration.cohorts import METRICS, WEIGHTS, Cohort, definitions, read_cohort, settings, transform
from studies.calibration.forces import STUDY_SIZE, Force
from studies.calibration.recovery import PRESET
from studies.calibration.results import RESULTS, keep
from studies.calibration.scores import as_classes, best_unions, confusion, score_names
from studies.calibration.words import SQUARED

FOREST = "forest"
FOLDS = 5
TREES = 200
SMALLEST_LEAF = 3  # people; smaller leaves would overfit the rarest typologies
WHOLE = 0.9999  # of the variance: leaves out only what is a linear combination of other features
KEYS = ["preset", "offenders", "faults", "seed", "shown", "typology"]


def _classify(cohort: Cohort, planted: np.ndarray, names: list[str]) -> pd.Series:
    """Score a random forest that predicts everybody's name, grown on the other four fifths of the people.

    Parameters
    ----------
    cohort : Cohort
    planted : ndarray of str, shape (n,)
        From `as_classes`.
    names : list of str

    Returns
    -------
    pandas.Series
        F1 by name.
    """
    forest = RandomForestClassifier(TREES, min_samples_leaf=SMALLEST_LEAF, random_state=0, n_jobs=-1)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    found = cross_val_predict(forest, cohort.vectors.drop(columns="offender_id"), planted, cv=folds)
    scores: pd.Series = score_names(confusion(planted, found, names)).set_index("typology")["f1"]
    return scores


def separate(cohort: Cohort, planted: np.ndarray) -> np.ndarray:
    """Compute the linear combinations of features that separate the planted typologies most.

    Linear discriminants (Fisher 1936), fitted with everybody's planted name: distances are in standard deviations
    within a typology.

    Returns
    -------
    ndarray of shape (n, names that somebody has)
    """
    everything = settings().model_copy(update={"variance": WHOLE})
    placed = place_offenders(cohort.vectors, cohort.kinds, everything, transform()).scores
    return np.ascontiguousarray(LinearDiscriminantAnalysis().fit(placed, planted).transform(placed))


def reach(force: Force, results: Path = RESULTS) -> pd.DataFrame:
    """Measure and keep how well a forest and clusters on linear discriminants find the names of one force.

    Returns
    -------
    pandas.DataFrame
        `KEYS`, planted and f1; shown is the forest or, by weight and metric, k-medoids.
    """
    names = list(definitions().typologies)
    cohort = read_cohort(force)
    planted = as_classes(cohort.planted, names)
    places = separate(cohort, planted)
    scores = {FOREST: _classify(cohort, planted, names)}
    for weight, metric in product(WEIGHTS, METRICS):
        labels = cohort.cluster(weight, settings().seed, metric, places=places)
        scores[weight + SQUARED[metric]] = best_unions(labels, planted, names)
    members = pd.Series(planted).value_counts().reindex(names, fill_value=0)
    about = {"preset": force.preset, "offenders": force.offenders, "faults": force.faults, "seed": force.seed}
    tables = (pd.DataFrame({"shown": shown, "planted": members, "f1": f1}) for shown, f1 in scores.items())
    measured = pd.concat(tables).rename_axis("typology").reset_index().assign(**about)[[*KEYS, "planted", "f1"]]
    keep(measured, "ceiling", KEYS, results)
    return measured


def main(arguments: list[str]) -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m studies.calibration.ceiling")
    parser.add_argument("--preset", default=PRESET)
    parser.add_argument("--offenders", type=int, default=STUDY_SIZE)
    parser.add_argument("--seed", type=int, default=1, help="of the force")
    parser.add_argument("--faults", action="store_true", help="with recording faults")
    asked = parser.parse_args(arguments)
    measured = reach(Force(asked.preset, asked.offenders, asked.seed, asked.faults))
    print(measured.pivot_table("f1", "typology", "shown", sort=False).round(2).to_string())


if __name__ == "__main__":
    main(sys.argv[1:])
