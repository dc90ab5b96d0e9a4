import numba
import numpy as np
import pytest
from scipy.spatial.distance import cdist

from dapipeline.kmedoids.distances import METRICS
from dapipeline.kmedoids.neighbours import find_neighbours, update_neighbours
from dapipeline.kmedoids.search import Search
from dapipeline.kmedoids.tiles import NO_POINT, TILE, copy_to_tiles, padded_order

from .made_up import SCIPY


def cloud(n, d, seed=0):
    """Float32 points, a third of them copies of others, and weights over three orders of magnitude."""
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(n, d)).astype(np.float32)
    points[rng.integers(n, size=n // 3)] = points[rng.integers(n, size=n // 3)]
    return points, 10.0 ** rng.uniform(-1.5, 1.5, size=n)


def loss_of(points, weights, medoids, metric="euclidean"):
    """The slow obvious loss, in float64."""
    return float(weights @ cdist(points.astype(float), medoids.astype(float), SCIPY[metric]).min(axis=1))


def test_tiles_hold_the_points_feature_by_feature():
    points, _ = cloud(150, 3)
    tiles = copy_to_tiles(points, padded_order(150))
    assert tiles.shape == (3, 3, TILE)
    flat = tiles.transpose(0, 2, 1).reshape(-1, 3)
    assert np.array_equal(flat[:150], points)
    assert not flat[150:].any()
    assert (padded_order(150)[150:] == NO_POINT).all()


@pytest.mark.parametrize("metric", SCIPY)
@pytest.mark.parametrize("k", [1, 2, 3, 9])
def test_neighbours_are_those_of_a_sorted_distance_matrix(k, metric):
    points, _ = cloud(300, 4)
    found = find_neighbours(copy_to_tiles(points, padded_order(300)), 300, points[:k], METRICS.index(metric), 1e6)
    distances = cdist(points.astype(float), points[:k].astype(float), SCIPY[metric])
    ranked = np.sort(np.column_stack([distances, np.full(300, 1e6)]), axis=1)
    np.testing.assert_allclose(found.to_first, ranked[:, 0], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(found.to_second, ranked[:, 1], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(distances[np.arange(300), found.first], ranked[:, 0], rtol=1e-5, atol=1e-6)
    if k > 1:
        np.testing.assert_allclose(distances[np.arange(300), found.second], ranked[:, 1], rtol=1e-5, atol=1e-6)
        assert (found.first != found.second).all()


@pytest.mark.parametrize("metric", SCIPY)
@pytest.mark.parametrize("k", [1, 2, 3, 9])
def test_an_update_after_a_swap_leaves_what_a_fresh_look_finds(k, metric):
    points, _ = cloud(300, 4)
    tiles, rng = copy_to_tiles(points, padded_order(300)), np.random.default_rng(k)
    medoids = points[:k].copy()
    known = find_neighbours(tiles, 300, medoids, METRICS.index(metric), 1e6)
    for _ in range(60):
        slot = int(rng.integers(k))
        medoids[slot] = points[rng.integers(300)]
        update_neighbours(tiles, medoids, slot, METRICS.index(metric), known)
        fresh = find_neighbours(tiles, 300, medoids, METRICS.index(metric), 1e6)
        assert np.array_equal(known.to_first, fresh.to_first)
        assert np.array_equal(known.to_second, fresh.to_second)
        distances = cdist(points.astype(float), medoids.astype(float), SCIPY[metric])
        own = distances[np.arange(300), known.first]
        np.testing.assert_allclose(own, known.to_first, rtol=1e-5, atol=1e-6)
        assert k == 1 or (known.first != known.second).all()


@pytest.mark.parametrize("metric", SCIPY)
@pytest.mark.parametrize("k", [1, 2, 7])
def test_a_change_is_the_difference_of_two_losses(k, metric):
    points, weights = cloud(400, 5, seed=k)
    medoids, candidates = np.arange(k) * 3, np.arange(390, 400)
    search = Search(points, weights, points, medoids, metric)
    before = loss_of(points, weights, points[medoids], metric)
    assert search.loss == pytest.approx(before, rel=1e-6)
    changes, slots = search.changes(candidates)
    for candidate, change, slot in zip(candidates, changes, slots, strict=True):
        swapped = [
            loss_of(points, weights, points[np.where(np.arange(k) == s, candidate, medoids)], metric) for s in range(k)
        ]
        assert change == pytest.approx(min(swapped) - before, abs=1e-5 * before)
        assert swapped[slot] == pytest.approx(min(swapped), rel=1e-6)


@pytest.mark.parametrize(("metric", "apart", "rounding"), [("euclidean", 1000.0, 0.1), ("sqeuclidean", 100.0, 1.0)])
def test_points_out_of_reach_are_passed_over_and_change_nothing(metric, apart, rounding):
    # Clusters so far apart that the triangle inequality settles almost every pair.
    rng = np.random.default_rng(0)
    points = (rng.normal(size=(2000, 3)) + apart * rng.integers(10, size=(2000, 1))).astype(np.float32)
    weights = np.ones(2000)
    medoids = np.array([np.flatnonzero(np.abs(points[:, 0] - apart * c) < 9)[0] for c in range(10)])
    search = Search(points, weights, points, medoids, metric)
    changes, slots = search.changes(np.arange(100))
    before = loss_of(points, weights, points[medoids], metric)
    for candidate in range(0, 100, 7):
        swapped = points[np.where(np.arange(10) == slots[candidate], candidate, medoids)]
        assert changes[candidate] == pytest.approx(loss_of(points, weights, swapped, metric) - before, abs=rounding)


@pytest.mark.parametrize("metric", SCIPY)
def test_every_swap_lowers_the_loss_and_none_is_left(metric):
    points, weights = cloud(900, 4)
    search = Search(points, weights, points, np.arange(12), metric)
    start = search.loss
    order = np.random.default_rng(1).permutation(900)
    assert search.improve(order, 100)
    assert search.n_swaps > 5
    assert len(set(search.medoids)) == 12
    assert search.loss < start
    assert search.loss == pytest.approx(loss_of(points, weights, points[search.medoids], metric), rel=1e-6)
    assert search.changes(order)[0].min() >= -1e-9 * search.loss


def test_one_pass_is_not_enough_where_passes_are_few():
    points, weights = cloud(3000, 4)
    search = Search(points, weights, points, np.arange(20), "euclidean")
    assert not search.improve(np.arange(3000), 1)
    assert search.improve(np.arange(3000), 100)


def test_medoids_may_lie_outside_the_points_that_are_measured():
    points, weights = cloud(800, 3)
    search = Search(points[:500], weights[:500], points, np.arange(6), "euclidean")
    search.improve(np.arange(500, 800), 100)
    assert (search.medoids >= 500).any()
    assert search.loss == pytest.approx(loss_of(points[:500], weights[:500], points[search.medoids]), rel=1e-6)


def test_more_slots_than_fit_in_sixteen_bits():
    points, weights = cloud(5000, 2)
    distinct = np.unique(points, axis=0, return_index=True)[1]
    search = Search(points, weights, points, distinct[:2100], "euclidean")
    assert search.improve(distinct[2100:], 100)
    assert search.loss == pytest.approx(loss_of(points, weights, points[search.medoids]), rel=1e-6)


def test_the_number_of_threads_changes_no_byte():
    points, weights = cloud(3000, 6)

    def found(threads):
        numba.set_num_threads(threads)
        search = Search(points, weights, points, np.arange(15), "euclidean")
        changes, slots = search.changes(np.arange(100, 900))
        search.improve(np.arange(3000), 5)
        return changes.tobytes(), slots.tobytes(), search.medoids.tobytes(), search.loss

    most = numba.config.NUMBA_NUM_THREADS
    assert most > 1
    try:
        assert found(1) == found(most)
    finally:
        numba.set_num_threads(most)
