import numpy as np
import pytest
from numpy.random import default_rng

import kmedoids
from dapipeline.kmedoids.distances import distance_matrix
from dapipeline.kmedoids.fasterpam import solve, swap_eagerly
from dapipeline.kmedoids.row_ids import hash_values
from dapipeline.kmedoids.sampler import KeyedSampler


def loss_of(distances, weights, medoids):
    return float(distances[np.asarray(medoids)].astype(float).min(axis=0) @ weights)


def best_swap_of(distances, weights, medoids):
    """The least loss that any swap of one medoid for one candidate reaches, the slow obvious way."""
    losses = [loss_of(distances, weights, medoids)]
    for slot in range(len(medoids)):
        for candidate in range(len(distances)):
            losses.append(loss_of(distances, weights, [*medoids[:slot], candidate, *medoids[slot + 1 :]]))
    return min(losses)


def mixture(n, d, seed):
    rng = default_rng(seed)
    centres = rng.normal(scale=2.0, size=(12, d))
    return centres[rng.integers(12, size=n)] + rng.normal(size=(n, d))


def tiny(rng):
    """A small problem, with many ties in half of the cases and weights that span six orders of magnitude."""
    n = int(rng.integers(1, 10))
    m = int(rng.integers(1, n + 1))
    k = int(rng.integers(1, m + 1))
    points = rng.integers(0, 4, size=(n, 2)).astype(float) if rng.random() < 0.5 else rng.normal(size=(n, 2))
    candidates = rng.choice(n, size=m, replace=False)
    distances = distance_matrix(points[candidates], points, "euclidean", np.float32)
    weights = 10.0 ** rng.uniform(-3, 3, size=n) if rng.random() < 0.5 else np.ones(n)
    return distances, weights, rng.choice(m, size=k, replace=False)


@pytest.mark.parametrize("seed", range(4))
def test_no_swap_improves_what_was_found(seed):
    rng = default_rng(seed)
    moved = 0
    for _ in range(1000):
        distances, weights, start = tiny(rng)
        medoids, _, converged = swap_eagerly(distances, weights, start, 100)
        loss = loss_of(distances, weights, medoids)
        assert converged
        assert len(set(medoids)) == len(start)
        assert loss <= loss_of(distances, weights, start) * (1 + 1e-12)
        assert loss <= best_swap_of(distances, weights, medoids) + 1e-9 * distances.max() * weights.sum()
        moved += set(medoids) != set(start)
    assert moved > 200


@pytest.mark.parametrize("seed", range(6))
def test_the_same_start_ends_as_good_as_the_kmedoids_package(seed):
    points = mixture(600, 5, seed)
    distances = distance_matrix(points, points, "euclidean", np.float32)
    start = default_rng(seed).choice(600, size=9, replace=False)
    ones = np.ones(600)
    medoids, _, _ = swap_eagerly(distances, ones, start, 100)
    oracle = kmedoids.fasterpam(distances, start.astype(np.uint64), n_cpu=1)
    ours, theirs = loss_of(distances, ones, medoids), loss_of(distances, ones, oracle.medoids)
    assert ours == pytest.approx(theirs, rel=0.01)
    # Both are local optima: started from the other's medoids, neither finds a swap.
    assert set(swap_eagerly(distances, ones, oracle.medoids.astype(np.int64), 100)[0]) == set(oracle.medoids)
    assert set(kmedoids.fasterpam(distances, medoids.astype(np.uint64), n_cpu=1).medoids) == set(medoids)


def test_over_many_starts_the_loss_is_that_of_the_kmedoids_package():
    points = mixture(500, 4, 99)
    distances = distance_matrix(points, points, "euclidean", np.float32)
    ones = np.ones(500)
    starts = [default_rng(seed).choice(500, size=8, replace=False) for seed in range(20)]
    ours = [loss_of(distances, ones, swap_eagerly(distances, ones, start, 100)[0]) for start in starts]
    theirs = [kmedoids.fasterpam(distances, start.astype(np.uint64), n_cpu=1).loss for start in starts]
    assert np.mean(ours) == pytest.approx(np.mean(theirs), rel=0.003)


def test_a_weight_is_as_many_copies():
    rng = default_rng(5)
    for _ in range(300):
        distances, _, start = tiny(rng)
        copies = rng.integers(1, 5, size=distances.shape[1])
        repeated = np.repeat(distances, copies, axis=1)
        weighted = swap_eagerly(distances, copies.astype(float), start, 100)[0]
        assert np.array_equal(weighted, swap_eagerly(repeated, np.ones(repeated.shape[1]), start, 100)[0])


def test_one_medoid_is_the_candidate_with_the_least_total():
    rng = default_rng(6)
    points, weights = rng.normal(size=(200, 3)), rng.uniform(0.1, 3.0, size=200)
    candidates = np.arange(0, 200, 3)
    distances = distance_matrix(points[candidates], points, "manhattan", np.float32)
    medoids, _, converged = swap_eagerly(distances, weights, np.array([5]), 100)
    assert medoids.tolist() == [int(np.argmin(distances.astype(float) @ weights))]
    assert converged


def test_noise_between_equal_swaps_makes_no_cycle():
    # All points of a regular simplex are equally good medoids; thirds do not sum exactly.
    distances = np.full((300, 300), 1 / 3, dtype=np.float32)
    np.fill_diagonal(distances, 0)
    start = np.arange(7) * 40
    medoids, n_iter, converged = swap_eagerly(distances, np.full(300, 0.1), start, 100)
    assert (medoids.tolist(), n_iter, converged) == (start.tolist(), 1, True)


def test_too_few_passes_are_reported():
    points = mixture(400, 3, 7)
    distances = distance_matrix(points, points, "euclidean", np.float32)
    start = np.arange(10)
    cut = swap_eagerly(distances, np.ones(400), start, 1)
    full = swap_eagerly(distances, np.ones(400), start, 100)
    assert cut[1:] == (1, False)
    assert full[1] > 1
    assert full[2]
    assert loss_of(distances, np.ones(400), full[0]) < loss_of(distances, np.ones(400), cut[0])


def test_medoids_come_from_the_candidates_alone():
    points, ones = mixture(300, 3, 8), np.ones(300)

    def sampler():
        return KeyedSampler(hash_values(points), ones, np.random.RandomState(0))

    candidates = sampler().candidates(43)
    solution = solve(
        points,
        sampler(),
        n_clusters=6,
        metric="euclidean",
        candidates=43,
        max_iter=100,
    )
    assert solution.converged
    assert set(solution.medoids) <= set(candidates)
    distances = distance_matrix(points[candidates], points, "euclidean", np.float32)
    medoids = np.searchsorted(candidates, solution.medoids)
    loss = loss_of(distances, np.ones(300), medoids)
    assert loss <= best_swap_of(distances, np.ones(300), medoids) * (1 + 1e-9)
