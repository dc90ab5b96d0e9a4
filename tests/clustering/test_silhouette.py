import numpy as np
import pytest
from scipy.spatial.distance import cdist

import kmedoids
from dapipeline.clustering.silhouette import medoid_silhouette


def slow(distances, weights):
    total = 0.0
    for row, weight in zip(distances.tolist(), weights.tolist(), strict=True):
        nearest, second = sorted(row)[:2]
        total += weight * (0.0 if second == 0 else 1 - nearest / second)
    return total / sum(weights.tolist())


@pytest.fixture
def points():
    return np.random.default_rng(0).normal(size=(300, 3))


def test_counted_by_hand():
    distances = np.array([[0.0, 4.0, 9.0], [3.0, 1.0, 4.0], [2.0, 2.0, 7.0]])
    assert medoid_silhouette(distances, np.ones(3)) == pytest.approx((1 + 2 / 3 + 0) / 3)
    assert medoid_silhouette(distances, np.array([1.0, 6.0, 1.0])) == pytest.approx((1 + 4 + 0) / 8)


@pytest.mark.parametrize("k", [2, 7])
def test_as_the_slow_version_and_the_kmedoids_package_say(points, k):
    medoids = np.arange(k) * 11
    distances, weights = cdist(points, points[medoids]), np.random.default_rng(1).uniform(0.5, 9, size=300)
    assert medoid_silhouette(distances, weights) == pytest.approx(slow(distances, weights))
    theirs = kmedoids.medoid_silhouette(cdist(points, points), medoids, samples=False)[0]
    assert medoid_silhouette(distances, np.ones(300)) == pytest.approx(theirs)


def test_a_weight_is_as_many_copies(points):
    distances, weights = cdist(points, points[:5]), np.random.default_rng(2).integers(1, 5, size=300)
    copies = np.repeat(distances, weights, axis=0)
    assert medoid_silhouette(distances, weights.astype(float)) == medoid_silhouette(copies, np.ones(len(copies)))


def test_who_stands_on_two_medoids_is_between_them():
    assert medoid_silhouette(np.array([[0.0, 0.0, 5.0]]), np.ones(1)) == 0


def test_the_order_of_rows_does_not_move_the_last_bit(points):
    distances, weights = cdist(points, points[:4]), np.random.default_rng(3).uniform(size=300)
    expected = medoid_silhouette(distances, weights)
    for seed in range(20):
        rows = np.random.default_rng(seed).permutation(300)
        assert medoid_silhouette(distances[rows], weights[rows]) == expected


def test_one_medoid_has_no_next():
    with pytest.raises(ValueError, match="at least two"):
        medoid_silhouette(np.ones((3, 1)), np.ones(3))
