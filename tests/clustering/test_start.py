import numpy as np
import pytest

from dapipeline.clustering.distances import distance_matrix
from dapipeline.clustering.start import draw_candidates, draw_medoids, merge_identical, name_rows, rank_ids

NAMES = [b"N%05d" % i for i in range(3000)]


def seeded(seed=0):
    return np.random.RandomState(seed)


def drawn(names, weights, n, seed=0):
    return {names[i] for i in draw_candidates(names, np.asarray(weights, dtype=float), n, seeded(seed))}


def test_merging_adds_weights_and_puts_the_lowest_id_first():
    X = np.array([[2.0, 1.0], [1.0, 5.0], [2.0, 1.0], [1.0, 5.0], [0.0, 9.0]])
    distinct = merge_identical(X, np.array([1.0, 2.0, 4.0, 8.0, 0.0]), rank_ids(["e", "d", "c", "b", "a"], 5))
    assert distinct.rows.tolist() == [3, 2]  # the row of weight 0 is left out
    assert distinct.weights.tolist() == [10.0, 5.0]
    assert distinct.order.tolist() == [3, 1, 2, 0]


def test_integer_ids_rank_by_value_and_others_as_text():
    assert rank_ids([10, 9, 100], 3).tolist() == [1, 0, 2]
    assert rank_ids(["10", "9", "100"], 3).tolist() == [0, 2, 1]
    assert rank_ids(np.array(["b", "a"], dtype=object), 2).tolist() == [1, 0]


def test_a_row_without_id_is_named_by_its_values():
    names = name_rows(np.array([[1.0, 2.0], [2.0, 1.0], [1.0, 2.0]]), None)
    assert names[0] == names[2] != names[1]
    assert name_rows(np.zeros((2, 1)), np.array([7, 12])) == [b"7", b"12"]


def test_candidates_do_not_depend_on_row_order():
    weights = seeded(3).uniform(0.5, 4.0, size=len(NAMES))
    shuffle = seeded(4).permutation(len(NAMES))
    assert drawn(NAMES, weights, 200) == drawn([NAMES[i] for i in shuffle], weights[shuffle], 200)
    assert drawn(NAMES, weights, 200) != drawn(NAMES, weights, 200, seed=1)


def test_one_more_row_exchanges_at_most_one_candidate():
    ones = np.ones(len(NAMES))
    for left_out in range(0, len(NAMES), 300):
        rest = NAMES[:left_out] + NAMES[left_out + 1 :]
        assert len(drawn(NAMES, ones, 500) - drawn(rest, ones[1:], 500)) <= 1


def test_candidates_are_as_many_as_asked_for_and_ascending():
    few = draw_candidates(NAMES, np.ones(len(NAMES)), 40, seeded())
    assert len(few) == len(set(few)) == 40
    assert np.all(np.diff(few) > 0)
    assert draw_candidates(NAMES[:7], np.ones(7), 40, seeded()).tolist() == list(range(7))


def test_a_candidates_chance_is_in_proportion_to_weight():
    weights = np.where(np.arange(len(NAMES)) % 2, 3.0, 1.0)
    heavy = [len([n for n in drawn(NAMES, weights, 100, seed) if int(n[1:]) % 2]) for seed in range(60)]
    # 100 of 3,000 drawn: three quarters are expected to be heavy, standard error 0.6 points.
    assert 73 < np.mean(heavy) < 77


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
