from itertools import combinations

import numba
import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.metrics import adjusted_rand_score

import kmedoids
from dapipeline.kmedoids import streamed
from dapipeline.kmedoids.estimator import KMedoids
from dapipeline.kmedoids.row_ids import hash_values
from dapipeline.kmedoids.sampler import KeyedSampler

from .made_up import SCIPY


@pytest.fixture
def small_samples(monkeypatch):
    """Samples so small that a few points already go through every step."""
    monkeypatch.setattr(streamed, "START_SAMPLE", 5)
    monkeypatch.setattr(streamed, "SEARCH_SAMPLE", 6)
    monkeypatch.setattr(streamed, "NEAR_CENTRE", 2)


def mixture(n, d, seed, groups=40):
    rng = np.random.default_rng(seed)
    centres = rng.normal(scale=1.5, size=(groups, d))
    return centres[rng.integers(groups, size=n)] + rng.normal(size=(n, d))


def solved(points, weights, k, metric="euclidean", candidates=None, seed=0, max_iter=100):
    sampler = KeyedSampler(hash_values(points), weights, np.random.RandomState(seed))
    return streamed.solve(points, sampler, n_clusters=k, metric=metric, candidates=candidates, max_iter=max_iter)


def tiny(rng):
    """Few distinct points on a coarse grid, with many ties, or off it; weights alike or over six orders."""
    n = int(rng.integers(2, 13))
    points = rng.integers(0, 4, size=(n, 2)).astype(float) if rng.random() < 0.5 else rng.normal(size=(n, 2))
    points = np.unique(points, axis=0)
    weights = 10.0 ** rng.uniform(-3, 3, size=len(points)) if rng.random() < 0.5 else np.ones(len(points))
    return points, weights, int(rng.integers(1, len(points) + 1))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("metric", SCIPY)
def test_exact_always_ends_where_no_swap_improves(seed, metric, small_samples, capsys):
    rng = np.random.default_rng(seed)
    best, tries = 0, 600
    for _ in range(tries):
        points, weights, k = tiny(rng)
        found = solved(points, weights, k, metric)
        assert found.converged
        assert len(set(found.medoids)) == k
        distances = cdist(points, points, SCIPY[metric])

        def loss(medoids, distances=distances, weights=weights):
            return float(distances[:, list(medoids)].min(axis=1) @ weights)

        reached = loss(found.medoids)
        noise = 1e-5 * distances.max() * weights.sum()  # distances are float32
        for slot in range(k):
            for other in range(len(points)):
                swapped = [*found.medoids[:slot], other, *found.medoids[slot + 1 :]]
                assert reached <= loss(swapped) + noise
        best += reached <= min(loss(m) for m in combinations(range(len(points)), k)) + noise
    with capsys.disabled():
        print(f"[{metric}: {best / tries:.1%} of {tries} local optima are the global one]", end=" ")
    assert best / tries > 0.8


def test_exact_reaches_the_loss_of_the_kmedoids_package():
    points = mixture(900, 5, 3)
    matrix = cdist(points, points)
    ours = [matrix[:, solved(points, np.ones(900), 12, seed=s).medoids].min(axis=1).sum() for s in range(10)]
    theirs = [kmedoids.fasterpam(matrix, 12, random_state=s, n_cpu=1).loss for s in range(10)]
    assert np.median(ours) <= np.median(theirs) * 1.001
    # Their search, started from our medoids, finds no swap.
    medoids = solved(points, np.ones(900), 12).medoids
    assert set(kmedoids.fasterpam(matrix, medoids.astype(np.uint64), n_cpu=1).medoids) == set(medoids)


@pytest.mark.parametrize("seed", range(3))
def test_fewer_candidates_cost_little_and_never_help_by_leaving_off_sooner(seed, monkeypatch):
    monkeypatch.setattr(streamed, "START_SAMPLE", 300)
    monkeypatch.setattr(streamed, "SEARCH_SAMPLE", 1200)
    monkeypatch.setattr(streamed, "N_EXACT_STARTS", streamed.N_STARTS)  # all three from the same start
    points, ones = mixture(6000, 6, seed), np.ones(6000)

    def loss(candidates):
        return cdist(points, points[solved(points, ones, 15, candidates=candidates, seed=seed).medoids]).min(1).sum()

    exact, some, few = loss(None), loss(3000), loss(100)
    assert exact * (1 - 1e-6) <= some < exact * 1.01
    assert few < exact * 1.03


def test_never_worse_than_its_start(small_samples):
    rng = np.random.default_rng(8)
    for _ in range(300):
        points, weights, k = tiny(rng)
        sampler = KeyedSampler(hash_values(points), weights, np.random.RandomState(1))
        start = streamed._start(streamed._centred(points), sampler, k, "euclidean", 4, 100)
        sampler = KeyedSampler(hash_values(points), weights, np.random.RandomState(1))
        search = streamed.Search(streamed._centred(points), weights, streamed._centred(points), start, "euclidean")
        before = search.loss
        streamed._refine(search, 100)
        middle = search.loss
        search.improve(sampler.permutation(), 100)
        assert search.loss <= middle <= before


@pytest.mark.parametrize("candidates", [None, 400])
def test_order_of_rows_and_number_of_threads_change_no_byte(candidates, monkeypatch):
    monkeypatch.setattr(streamed, "START_SAMPLE", 200)
    monkeypatch.setattr(streamed, "SEARCH_SAMPLE", 500)
    X = np.round(mixture(2500, 4, 5), 1)  # some rows repeat
    ids = np.array([f"N{i:05d}" for i in range(2500)])
    weights = np.random.default_rng(2).uniform(0.1, 9.0, size=2500)
    most = numba.config.NUMBA_NUM_THREADS

    def answer(order, threads):
        numba.set_num_threads(threads)
        model = KMedoids(9, candidates=candidates).fit(X[order], sample_weight=weights[order], ids=ids[order])
        labels = np.empty(2500, dtype=np.int64)
        labels[order] = model.labels_
        return ids[order][model.medoid_indices_].tolist(), labels.tobytes(), model.inertia_, model.n_iter_

    assert most > 1
    try:
        expected = answer(np.arange(2500), most)
        assert answer(np.arange(2500), 1) == expected
        for seed in range(3):
            assert answer(np.random.default_rng(seed).permutation(2500), 1 + seed % most) == expected
    finally:
        numba.set_num_threads(most)


def test_a_weight_is_as_many_copies_in_every_step(monkeypatch):
    monkeypatch.setattr(streamed, "START_SAMPLE", 60)
    monkeypatch.setattr(streamed, "SEARCH_SAMPLE", 120)
    rng = np.random.default_rng(6)
    X, copies = rng.normal(size=(400, 3)), rng.integers(1, 6, size=400)
    for candidates in (None, 100):
        weighted = KMedoids(7, candidates=candidates).fit(X, sample_weight=copies)
        repeated = KMedoids(7, candidates=candidates).fit(np.repeat(X, copies, axis=0))
        assert np.array_equal(weighted.cluster_centers_, repeated.cluster_centers_)
        assert weighted.inertia_ == pytest.approx(repeated.inertia_, rel=1e-12)


def test_single_precision_is_taken_as_it_is():
    X = mixture(2000, 5, 1).astype(np.float32)
    single, double = KMedoids(8).fit(X), KMedoids(8).fit(X.astype(np.float64))
    assert np.array_equal(single.medoid_indices_, double.medoid_indices_)
    assert single.inertia_ == double.inertia_
    assert single.cluster_centers_.dtype == np.float32


def test_points_far_from_the_origin_are_told_apart():
    groups = np.arange(600) % 6
    X = np.random.default_rng(2).normal(scale=0.01, size=(600, 2)) + groups[:, None] + 2.0**20
    assert adjusted_rand_score(groups, KMedoids(6).fit_predict(X)) == 1.0


def test_too_few_passes_are_reported():
    points = mixture(3000, 4, 0)
    assert not solved(points, np.ones(3000), 20, max_iter=1).converged
