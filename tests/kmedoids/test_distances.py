import numpy as np
import pytest
from scipy.spatial.distance import cdist

from dapipeline.kmedoids.distances import distance_matrix

from .made_up import SCIPY


@pytest.fixture
def points():
    # More points than one block holds, and not a multiple of it.
    return np.random.default_rng(1).normal(size=(2500, 4))


@pytest.mark.parametrize("metric", SCIPY)
def test_distances_are_those_of_scipy(points, metric):
    expected = cdist(points[:30], points, SCIPY[metric])
    np.testing.assert_allclose(distance_matrix(points[:30], points, metric, np.float64), expected, rtol=1e-14)
    single = distance_matrix(points[:30], points, metric, np.float32)
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, expected, rtol=1e-7)


def test_close_points_far_from_the_origin_keep_their_distance():
    rows = np.array([[1e8, 1e8]])
    points = rows + np.array([[3 / 4, 1.0]])
    assert distance_matrix(rows, points, "euclidean", np.float64)[0, 0] == 1.25


def test_a_distance_does_not_depend_on_the_other_points_or_on_direction(points):
    whole = distance_matrix(points[:5], points, "euclidean", np.float64)
    assert np.array_equal(whole[:, 1777:1778], distance_matrix(points[:5], points[1777:1778], "euclidean", np.float64))
    assert np.array_equal(whole.T, distance_matrix(points, points[:5], "euclidean", np.float64))
