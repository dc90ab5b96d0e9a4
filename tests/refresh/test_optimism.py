"""The excess of new entrants is what clustering and then drawing new people shows it to be."""

import numpy as np
import pytest

from dapipeline.clustering.sampling import cluster_sample
from dapipeline.refresh.optimism import optimism


def people(n, seed):
    return np.random.default_rng(seed).normal(size=(n, 3))


def ids(n):
    return np.array([f"N{i:05d}" for i in range(n)], dtype=object)


def fitted(n, k, seed):
    scores = people(n, seed)
    found = cluster_sample(scores, np.ones(n), ids(n), k, 0)
    return scores, found, found.transform(scores).min(axis=1)


@pytest.mark.parametrize(("n", "k"), [(400, 12), (400, 30), (1200, 30)])
def test_it_is_what_new_people_of_the_same_kind_show(n, k):
    told, shown = [], []
    for seed in range(6):
        scores, found, distances = fitted(n, k, seed)
        medoids = ids(n)[found.medoid_indices_]
        told.append(optimism(scores, np.ones(n), ids(n), distances, medoids, seed))
        new = found.transform(people(20_000, 100 + seed)).min(axis=1)
        shown.append(new.mean() / np.delete(distances, found.medoid_indices_).mean() - 1)
    # Each cohort shows another excess by chance: its own mean distance is off by so much.
    error = np.std(shown, ddof=1) / np.sqrt(len(shown))
    assert np.mean(told) == pytest.approx(np.mean(shown), abs=max(3 * error, 0.3 * np.mean(shown)))
    assert np.mean(told) > 0


def test_too_few_to_cluster_a_half_have_none():
    scores, found, distances = fitted(20, 12, 0)
    assert optimism(scores, np.ones(20), ids(20), distances, ids(20)[found.medoid_indices_], 0) == 0
