import numba
import numpy as np
import pytest

from dapipeline.clustering.sampling import draw_people
from dapipeline.clustering.stability import (
    HALVES,
    NOT_ASSESSED,
    band,
    best_matches,
    cluster_halves,
    cluster_stability,
    compare_halves,
    people_in_half,
)
from dapipeline.kmedoids.estimator import KMedoids
from dapipeline.say import silent


def names(n):
    return np.array([f"N{i:05d}" for i in range(n)], dtype=object)


def blobs(n, seed=0):
    """Five groups far apart in four dimensions."""
    rng = np.random.default_rng(seed)
    return 40 * np.eye(5, 4)[rng.integers(5, size=n)] + rng.normal(size=(n, 4))


def stability(scores, k, weights=None, seed=2022):
    weights = np.ones(len(scores)) if weights is None else weights
    ids = names(len(scores))
    labels = KMedoids(k, random_state=seed).fit(scores, sample_weight=weights, ids=ids).labels_ + 1
    return cluster_stability(scores, weights, ids, labels, seed, silent)


def test_best_matches_counted_by_hand():
    clusters = np.array([0, 0, 0, 1, 1, 2])
    others = np.array([0, 0, 1, 1, 1, 1])
    # {a b c} shares a, b with {a b}: 2 of 3 in either; {d e} and {f} are all inside {c d e f}: 2 of 4 and 1 of 4.
    assert best_matches(clusters, others, 4).tolist() == pytest.approx([2 / 3, 1 / 2, 1 / 4, np.nan], nan_ok=True)


@pytest.mark.parametrize("seed", range(5))
def test_best_matches_are_those_of_sets(seed):
    rng = np.random.default_rng(seed)
    clusters, others = rng.integers(7, size=90), rng.integers(4, size=90)
    sets = [{i for i in range(90) if clusters[i] == c} for c in range(7)]
    found = [{i for i in range(90) if others[i] == c} for c in range(4)]
    slow = [max(len(one & other) / len(one | other) for other in found) for one in sets]
    assert best_matches(clusters, others, 7).tolist() == pytest.approx(slow)


@pytest.mark.parametrize(
    ("value", "name"),
    [(0, "unstable"), (0.59, "unstable"), (0.6, "doubtful"), (0.74, "doubtful"), (0.75, "stable"), (0.84, "stable"),
     (0.85, "highly stable"), (1, "highly stable"), (float("nan"), NOT_ASSESSED)],
)  # fmt: skip
def test_bands(value, name):
    assert band(value) == name


def test_clusters_that_stand_apart_are_found_in_every_half():
    table = stability(blobs(600), 5)
    assert table["cluster"].tolist() == [1, 2, 3, 4, 5]
    assert (table["stability"] == 1).all()
    assert (table["lowest"] == 1).all()
    assert set(table["stability_band"]) == {"highly stable"}
    assert (table["halves"] == HALVES).all()
    assert table["members_in_half"].sum() == pytest.approx(300)


@pytest.mark.parametrize(("draw", "dimensions"), [("normal", 5), ("normal", 10), ("uniform", 8)])
@pytest.mark.parametrize("seed", [1, 2])
def test_data_without_structure_are_unstable(draw, dimensions, seed):
    scores = getattr(np.random.default_rng(seed), draw)(size=(1200, dimensions))
    table = stability(scores, 8)
    assert table["stability"].mean() < 0.5
    assert (table["stability_band"] == "unstable").mean() >= 0.75
    assert not table["stability_band"].isin(["stable", "highly stable"]).any()


def test_a_group_apart_is_told_from_the_arbitrary_cuts_beside_it():
    rng = np.random.default_rng(3)
    scores = np.vstack([rng.normal(size=(700, 6)), 60 + rng.normal(size=(80, 6))])
    ids, weights = names(780), np.ones(780)
    labels = KMedoids(7, random_state=0).fit(scores, ids=ids).labels_ + 1
    table = cluster_stability(scores, weights, ids, labels, 7, silent).set_index("cluster")
    (apart,) = set(labels[700:])
    assert set(labels[700:]).isdisjoint(labels[:700])
    assert table.loc[apart, "stability"] == 1
    assert (table.drop(apart)["stability"] < 0.6).all()


def test_rows_in_another_order_and_one_thread_give_the_same_bytes():
    rng = np.random.default_rng(4)
    scores, weights, ids = rng.normal(size=(500, 4)), rng.integers(1, 9, size=500).astype(float), names(500)
    labels = KMedoids(6).fit(scores, sample_weight=weights, ids=ids).labels_ + 1
    expected = cluster_stability(scores, weights, ids, labels, 1, silent).to_csv()
    assert cluster_stability(scores, weights, ids, labels, 2, silent).to_csv() != expected
    threads = numba.get_num_threads()
    try:
        numba.set_num_threads(1)
        for seed in range(2):
            rows = np.random.default_rng(seed).permutation(500)
            again = cluster_stability(scores[rows], weights[rows], ids[rows], labels[rows], 1, silent)
            assert again.to_csv() == expected
    finally:
        numba.set_num_threads(threads)


def test_the_fits_are_weighted():
    # By weight the four busy people are a cluster of their own; counted alike, the crowd would be cut in two.
    rng = np.random.default_rng(5)
    scores = np.vstack([np.c_[rng.uniform(-1, 1, 400), np.zeros(400)], np.c_[np.zeros(8), np.full(8, 6.0)]])
    scores[400:, 0] = np.linspace(0, 0.01, 8)
    labels, ids = np.repeat([1, 2], [400, 8]), names(408)
    heavy = np.repeat([1.0, 200.0], [400, 8])
    table = cluster_stability(scores, heavy, ids, labels, 0, silent)
    assert table["stability"].tolist() == [1, 1]
    table = cluster_stability(scores, np.ones(408), ids, labels, 0, silent)
    assert (table["stability"] < 0.75).all()


def test_a_half_with_fewer_people_than_clusters_is_no_obstacle():
    scores = np.arange(6.0)[:, None]
    table = cluster_stability(scores, np.ones(6), names(6), np.array([1, 1, 2, 3, 4, 5]), 0, silent)
    assert table["stability"].between(0, 1).all()


def test_a_cluster_that_no_half_holds_is_not_assessed():
    # Halves of one person each: twenty of them meet only some of sixty clusters of one person.
    ids, labels = names(60), np.arange(1, 61)
    met = {int(draw_people(ids, 1, 9, number)[0]) for number in range(HALVES)}
    scores = np.arange(60.0)[:, None]
    table = cluster_stability(scores, np.ones(60), ids, labels, 9, silent, most=1)
    assert (table["stability_band"] == NOT_ASSESSED).tolist() == [row not in met for row in range(60)]
    assert table["stability"].isna().tolist() == [row not in met for row in range(60)]
    assert table["lowest"].isna().tolist() == table["stability"].isna().tolist()
    assert table["halves"].sum() == HALVES


def test_halves_hold_the_clusters_of_those_who_were_drawn():
    ids = names(90)
    halves = cluster_halves(blobs(90), np.ones(90), ids, 5, 8, silent)
    assert halves.shape == (90, HALVES)
    for number, half in enumerate(halves.T):
        assert np.flatnonzero(half).tolist() == draw_people(ids, 45, 8, number).tolist()
        assert set(half[half > 0]) == {1, 2, 3, 4, 5}


def test_halves_compared_by_hand():
    clusters = np.array([1, 1, 1, 2, 2, 3])
    # First the same under other numbers; then {a b} and the rest, without c: cluster 2 shares 2 of 3 with {d e f}.
    halves = np.array([[3, 3, 3, 1, 1, 2], [1, 1, 0, 2, 2, 2]]).T
    table = compare_halves(clusters, halves)
    assert table["stability"].tolist() == [1, round((1 + 2 / 3) / 2, 2), round((1 + 1 / 3) / 2, 2)]
    assert table["lowest"].tolist() == [1, 0.67, 0.33]
    assert table["halves"].tolist() == [2, 2, 2]
    assert table["members_in_half"].tolist() == [2.5, 2, 1]


def test_it_says_how_far_it_is():
    said = []
    clusters = np.ones(40, dtype=int)
    cluster_stability(blobs(40), np.ones(40), names(40), clusters, 0, lambda *words: said.append(words))
    assert said == [(f"half {number + 1} of 20", number / 20) for number in range(20)]


@pytest.mark.parametrize(("people", "most", "half"), [(1, 9, 1), (2, 9, 1), (9, 9, 4), (30, 9, 9)])
def test_a_half_is_half_or_the_most(people, most, half):
    assert people_in_half(people, most) == half
