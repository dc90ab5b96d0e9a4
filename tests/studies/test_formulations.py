"""Formulations keep to their interface, and where the rarest went is counted by hand."""

import numpy as np
import pandas as pd
import pytest
from studies.calibration.formulations import FORMULATIONS, LOOSE, split_loose, tail_apart
from studies.calibration.rarest import RAREST, find_rarest

from dapipeline.config import Clustering

SETTINGS = Clustering(k=4, variance=0.9, seed=7)
KINDS = {
    "da_incidents": "count",
    "da_severity_total": "severity",
    "non_da_severity_total": "severity",
    "night": "share",
}


@pytest.fixture(scope="module")
def cohort():
    rng = np.random.default_rng(5)
    n = 400
    incidents = rng.geometric(0.5, n).astype(float)
    vectors = pd.DataFrame(
        {
            "offender_id": [f"N{number:04d}" for number in range(n)],
            "da_incidents": incidents,
            "da_severity_total": incidents * rng.gamma(1, 50, n),
            "non_da_severity_total": rng.gamma(0.3, 80, n),
            "night": rng.random(n),
        }
    )
    vectors.loc[:5, "da_incidents"] += 60
    weights = {"none": np.ones(n), "incidents": vectors["da_incidents"].to_numpy()}
    weights["root_incidents"] = np.sqrt(weights["incidents"])
    weights["harm"] = 1 + vectors["da_severity_total"].to_numpy()
    return vectors, KINDS, weights, vectors["offender_id"].to_numpy()


def partition(labels, ids):
    return {frozenset(ids[labels == label]) for label in np.unique(labels)}


@pytest.mark.parametrize("name", FORMULATIONS)
def test_everybody_is_in_a_cluster_whatever_the_order_of_the_rows(cohort, name):
    vectors, kinds, weights, ids = cohort
    labels = FORMULATIONS[name](vectors, kinds, weights, ids, SETTINGS)
    assert labels.shape == (len(vectors),)
    assert set(labels) == set(range(labels.max() + 1)) and labels.max() >= 3
    order = np.random.default_rng(1).permutation(len(vectors))
    shuffled = {key: weight[order] for key, weight in weights.items()}
    again = FORMULATIONS[name](vectors.iloc[order].reset_index(drop=True), kinds, shuffled, ids[order], SETTINGS)
    assert partition(again, ids[order]) == partition(labels, ids)


def test_the_tail_shares_no_cluster_with_the_rest(cohort):
    vectors, kinds, weights, ids = cohort
    labels = tail_apart(lambda table: table["da_incidents"])(vectors, kinds, weights, ids, SETTINGS)
    top = np.lexsort((ids, -vectors["da_incidents"].to_numpy()))[: 2 * SETTINGS.k]
    inside = np.isin(np.arange(len(vectors)), top)
    assert not set(labels[inside]) & set(labels[~inside])
    assert len(set(labels)) == SETTINGS.k


def test_splitting_makes_no_group_smaller_than_the_first_level_has_clusters(cohort):
    vectors, kinds, weights, ids = cohort
    labels = split_loose(vectors, kinds, weights, ids, SETTINGS)
    assert LOOSE > 1 and np.bincount(labels).min() >= 1


def test_where_the_rarest_went():
    planted = np.array([RAREST] * 4 + ["a"] * 8, dtype=object)
    labels = np.array([0, 0, 1, 2, 0, 0, 1, 1, 1, 3, 3, 3])
    harm = pd.DataFrame({"da": [9, 9, 5, 1, 9, 9, 5, 5, 5, 2, 2, 2], "non_da": range(12)})
    found = find_rarest(labels, planted, harm)
    assert (found["clusters"], found["smallest"], found["spread"]) == (4, 1, 3)
    assert (found["size"], found["held"], found["purity"], found["recall"]) == (4, 2, 0.5, 0.5)
    assert (found["rank_da"], found["rank_non_da"]) == (1, 4)  # 9 of 9, 5, 2, 1; 2.5 of 10, 5.75, 3, 2.5
    # Cluster 2 alone: 2 / 5; with cluster 0: 6 / 9; with cluster 1 too: 8 / 13.
    assert (found["best_f1"], found["best_clusters"]) == (pytest.approx(2 / 3), 2)
