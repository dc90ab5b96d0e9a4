from itertools import combinations

import numpy as np
import pytest
from numpy.random import RandomState, default_rng
from scipy.spatial.distance import cdist

from dapipeline.clustering.clusters import find_medoids
from dapipeline.config import Clustering
from dapipeline.kmedoids.estimator import KMedoids
from dapipeline.kmedoids.row_ids import hash_values
from dapipeline.kmedoids.sampler import KeyedSampler
from dapipeline.kmedoids.sklearn_extra import solve

from ..kmedoids.made_up import SCIPY


def find(points, weights=None, k=3, metric="euclidean", max_iter=100, seed=0):
    weights = np.ones(len(points)) if weights is None else weights
    sampler = KeyedSampler(hash_values(points), weights, RandomState(seed))
    return solve(points, sampler, n_clusters=k, metric=metric, candidates=None, max_iter=max_iter)


def loss_of(points, weights, medoids, metric="euclidean"):
    return float(cdist(points, points[list(medoids)], SCIPY[metric]).min(axis=1) @ weights)


def mixture(n, d=5, seed=0):
    rng = default_rng(seed)
    centres = rng.normal(scale=3.0, size=(8, d))
    return centres[rng.integers(8, size=n)] + rng.normal(size=(n, d))


@pytest.mark.parametrize("metric", SCIPY)
def test_no_swap_of_one_medoid_for_one_weighted_point_lowers_the_loss(metric):
    rng = default_rng(5)
    best_of_all = 0
    for _ in range(150):
        points = np.unique(rng.integers(0, 5, size=(9, 2)).astype(float), axis=0)
        weights = rng.integers(1, 6, size=len(points)).astype(float)
        k = int(rng.integers(1, len(points) + 1))
        solution = find(points, weights, k, metric)
        loss = loss_of(points, weights, solution.medoids, metric)
        assert solution.converged
        assert len(set(solution.medoids)) == k
        others = (set(c) for c in combinations(range(len(points)), k))
        near = [loss_of(points, weights, c, metric) for c in others if len(c & set(solution.medoids)) >= k - 1]
        assert loss == pytest.approx(min(near), abs=1e-9)
        every = min(loss_of(points, weights, c, metric) for c in combinations(range(len(points)), k))
        best_of_all += loss < every + 1e-9
    assert best_of_all > 120


def test_it_is_as_good_as_fasterpam_on_rows_that_repeat():
    rows = mixture(300)[default_rng(1).integers(300, size=450)]
    found = KMedoids(8, solver="sklearn_extra", candidates=None).fit(rows)
    ours = KMedoids(8, solver="fasterpam", candidates=None).fit(rows)
    assert found.inertia_ == pytest.approx(ours.inertia_, rel=0.005)
    assert found.n_iter_ > 1
    assert len(np.unique(found.cluster_centers_, axis=0)) == 8


def test_the_order_of_rows_changes_nothing():
    rows = mixture(300)[default_rng(1).integers(300, size=450)]
    found = KMedoids(8, solver="sklearn_extra", candidates=None).fit(rows)
    shuffled = KMedoids(8, solver="sklearn_extra", candidates=None).fit(rows[default_rng(2).permutation(450)])
    assert np.array_equal(found.cluster_centers_, shuffled.cluster_centers_)


def test_the_seed_changes_nothing():
    points = mixture(200)
    assert np.array_equal(find(points, k=8, seed=0).medoids, find(points, k=8, seed=1).medoids)


def test_one_medoid_is_the_most_central_point():
    points = mixture(60)
    weights = default_rng(0).integers(1, 9, size=60).astype(float)
    solution = find(points, weights, 1)
    assert solution.medoids.tolist() == [int(np.argmin(cdist(points, points) @ weights))]
    assert solution.converged


def test_it_says_when_swaps_are_left():
    points = mixture(400)
    stopped = find(points, k=8, max_iter=1)
    assert not stopped.converged
    assert stopped.n_iter == 1
    assert loss_of(points, np.ones(400), find(points, k=8).medoids) < loss_of(points, np.ones(400), stopped.medoids)


def test_a_run_can_choose_it():
    points, ids = mixture(60), np.array([f"N{i:02d}" for i in range(60)], dtype=object)
    settings = Clustering(k=3, solver="sklearn_extra", candidates=None, metric="euclidean")
    found = find_medoids(points, np.ones(60), ids, 3, settings)
    assert found.inertia_ == pytest.approx(loss_of(points, np.ones(60), find(points).medoids))
