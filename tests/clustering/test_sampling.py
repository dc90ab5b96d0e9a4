import numpy as np
import pytest

from dapipeline.clustering.sampling import CANDIDATES, cluster_sample, draw_people

IDS = np.array([f"N{i:05d}" for i in range(3000)], dtype=object)


def test_a_sample_holds_as_many_different_people_as_asked():
    drawn = draw_people(IDS, 700, 1)
    assert drawn.tolist() == sorted(set(drawn.tolist()))
    assert len(drawn) == 700
    assert draw_people(IDS, len(IDS), 1).tolist() == list(range(len(IDS)))


def test_the_same_people_are_drawn_in_any_order_of_the_rows():
    drawn = set(IDS[draw_people(IDS, 700, 5, 3)])
    for seed in range(3):
        rows = np.random.default_rng(seed).permutation(len(IDS))
        assert set(IDS[rows][draw_people(IDS[rows], 700, 5, 3)]) == drawn


def test_one_person_more_replaces_at_most_one():
    before = set(IDS[draw_people(IDS, 700, 2)])
    for number in range(20):
        more = np.append(IDS, f"M{number}")
        assert len(before - set(more[draw_people(more, 700, 2)])) <= 1


def test_another_seed_draws_other_people_and_everyone_has_the_same_chance():
    drawn = np.zeros(len(IDS))
    for number in range(200):
        drawn[draw_people(IDS, 1500, 2022, number)] += 1
    # Binomial(200, 1/2) has a standard deviation of 7.07.
    assert np.abs(drawn - 100).max() < 5 * 7.07
    assert drawn.std() == pytest.approx(7.07, rel=0.1)


@pytest.mark.parametrize("size", [400, CANDIDATES + 400])
def test_blobs_are_found_in_a_small_and_in_a_large_sample(size):
    rng = np.random.default_rng(0)
    blob = rng.integers(4, size=size)
    scores = np.array([[0, 0], [50, 0], [0, 50], [50, 50]])[blob] + rng.normal(size=(size, 2))
    ids = np.array([f"N{i:05d}" for i in range(size)])
    found = cluster_sample(scores, np.ones(size), ids, 4, 0)
    assert len(set(zip(blob, found.labels_, strict=True))) == 4


def test_there_are_no_more_clusters_than_different_vectors():
    scores = np.repeat([[0.0], [1.0], [5.0]], 4, axis=0)
    found = cluster_sample(scores, np.ones(12), np.arange(12).astype(str), 8, 0)
    assert found.inertia_ == 0
    assert sorted(np.bincount(found.labels_)) == [4, 4, 4]
