import numpy as np
import pytest

from dapipeline.kmedoids.distances import distance_matrix
from dapipeline.kmedoids.row_ids import rank_ids
from dapipeline.kmedoids.start import draw_medoids, merge_identical


def seeded(seed=0):
    return np.random.RandomState(seed)


def test_merging_adds_weights_and_puts_the_lowest_id_first():
    X = np.array([[2.0, 1.0], [1.0, 5.0], [2.0, 1.0], [1.0, 5.0], [0.0, 9.0]])
    distinct = merge_identical(X, np.array([1.0, 2.0, 4.0, 8.0, 0.0]), rank_ids(["e", "d", "c", "b", "a"], 5))
    # The row of weight 0 is left out; which vector comes first is up to its hash.
    assert dict(zip(distinct.rows.tolist(), distinct.weights.tolist(), strict=True)) == {3: 10.0, 2: 5.0}
    assert sorted(distinct.order.tolist()) == [0, 1, 2, 3]
    assert distinct.order[distinct.starts + 1].tolist() in ([1, 0], [0, 1])


def test_merging_gives_the_same_order_however_the_rows_came():
    rng = np.random.default_rng(0)
    X, weights = rng.integers(0, 3, size=(200, 3)).astype(float), rng.uniform(0.1, 2.0, size=200)
    merged = merge_identical(X, weights)
    assert len(merged.starts) == len(np.unique(X, axis=0))
    shuffle = rng.permutation(200)
    again = merge_identical(X[shuffle], weights[shuffle])
    assert X[merged.rows].tobytes() == X[shuffle][again.rows].tobytes()
    assert merged.weights.tobytes() == again.weights.tobytes()


@pytest.mark.parametrize("seed", range(5))
def test_first_medoids_are_distinct_even_where_all_distances_round_to_zero(seed):
    points = np.arange(6.0)[:, None] * 1e-60
    distances = distance_matrix(points, points, "euclidean", np.float32)
    assert distances.max() == 0
    medoids = draw_medoids(distances, np.ones(6), np.arange(6), 6, seeded(seed))
    assert sorted(medoids) == list(range(6))


def test_first_medoids_fall_in_groups_far_apart():
    centres = np.array([0.0, 1e6, 2e6, 3e6])
    points = (centres[:, None] + np.arange(50)).reshape(-1, 1)
    candidates = np.arange(0, 200, 2)
    distances = distance_matrix(points[candidates], points, "euclidean", np.float32)
    for seed in range(20):
        medoids = draw_medoids(distances, np.ones(200), candidates, 4, seeded(seed))
        assert sorted(candidates[medoids] // 50) == [0, 1, 2, 3]
