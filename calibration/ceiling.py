"""How well typologies could be found at all by these features: by what is shown the planted names.

python -m calibration.ceiling [--preset west_midlands] [--offenders N] [--seed N] …

A forest that learns the names says whether the features tell typologies apart. Clusters of places that know the names
say whether so few clusters can hold them apart: a run has to choose its features, scales and components without the
answer, and naming can do no better than the best union.
"""

from __future__ import annotations

import argparse
import sys
from itertools import product

import numpy as np
import pandas as pd
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from calibration.cohorts import METRICS, WEIGHTS, Cohort, definitions, read_cohort, settings
from calibration.forces import STUDY_SIZE, Force
from calibration.recovery import PRESET
from calibration.results import keep
from calibration.scores import as_classes, best_union, confusion, score_names
from dapipeline.clustering.clusters import find_medoids, place_offenders

FOREST = "forest"
FOLDS = 5
TREES = 200
SMALLEST_LEAF = 3  # people; single leaves would only learn the rarest by heart
WHOLE = 0.9999  # of the variance: all but what is a sum of other features
KEYS = ["preset", "offenders", "faults", "seed", "shown", "metric", "typology"]


def classify(cohort: Cohort, names: list[str]) -> pd.Series:
    """Score a forest that gives everybody a name, grown on the other four fifths of the people.

    Parameters
    ----------
    cohort : Cohort
    names : list of str
        The planted typologies; everybody else is one class.

    Returns
    -------
    pandas.Series
        F1 by name.
    """
    planted = as_classes(cohort.planted, names)
    forest = RandomForestClassifier(TREES, min_samples_leaf=SMALLEST_LEAF, random_state=0, n_jobs=-1)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    found = cross_val_predict(forest, cohort.vectors.drop(columns="offender_id"), planted, cv=folds)
    scores: pd.Series = score_names(confusion(planted, found, names)).set_index("typology")["f1"]
    return scores


def separate(cohort: Cohort, names: list[str]) -> np.ndarray:
    """Place everybody by the linear combinations of the features that set the planted typologies farthest apart.

    Linear discriminants (Fisher 1936), fitted to everybody with everybody's name: distances between them are in
    standard deviations within a typology.

    Parameters
    ----------
    cohort : Cohort
    names : list of str
        The planted typologies; everybody else is one class.

    Returns
    -------
    ndarray of shape (n, names that somebody has)
    """
    everything = settings().model_copy(update={"variance": WHOLE})
    placed = place_offenders(cohort.vectors, cohort.kinds, everything).scores
    apart = LinearDiscriminantAnalysis().fit(placed, as_classes(cohort.planted, names)).transform(placed)
    return np.ascontiguousarray(apart)


def cluster_shown(cohort: Cohort, places: np.ndarray, weight: str, metric: str, names: list[str]) -> pd.Series:
    """Score clusters as a run makes them, but of other places, by the best union of them.

    Parameters
    ----------
    cohort : Cohort
    places : ndarray of shape (n, d)
    weight, metric : str
        Of `WEIGHTS` and `METRICS`.
    names : list of str

    Returns
    -------
    pandas.Series
        F1 by name.
    """
    chosen = settings().model_copy(update={"metric": metric})
    labels = find_medoids(places, cohort.weights[weight], cohort.ids, chosen.k, chosen).labels_
    planted = as_classes(cohort.planted, names)
    return pd.Series({name: best_union(labels, planted == name)[0] for name in names})


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
    apart = separate(cohort, names)
    scores = {(FOREST, ""): classify(cohort, names)}
    for weight, metric in product(WEIGHTS, METRICS):
        scores[weight, metric] = cluster_shown(cohort, apart, weight, metric, names)
    planted = pd.Series(as_classes(cohort.planted, names)).value_counts()
    about = {"preset": asked.preset, "offenders": asked.offenders, "faults": asked.faults, "seed": asked.seed}
    measured = pd.concat(
        pd.DataFrame({"shown": shown, "metric": metric, "planted": planted.reindex(names, fill_value=0), "f1": f1})
        for (shown, metric), f1 in scores.items()
    ).rename_axis("typology").reset_index().assign(**about)  # fmt: skip
    print(measured.pivot_table("f1", "typology", ["shown", "metric"], sort=False).round(2).to_string())
    keep(measured[[*KEYS, "planted", "f1"]], "ceiling", KEYS)


if __name__ == "__main__":
    main(sys.argv[1:])
