import numpy as np
import pytest
from scipy.spatial.distance import cdist

from dapipeline.clustering.central import LIKELY, central_members
from dapipeline.clustering.kmedoids import KMedoids

from .made_up import SCIPY, cohort, mixture, names


@pytest.mark.parametrize("metric", SCIPY)
def test_central_members_have_the_least_total_distance(metric):
    X, ids = cohort(1500, seed=4), names(1500)
    labels = np.random.default_rng(5).integers(6, size=1500)
    found = central_members(X, labels, ids, metric)
    for label, row in enumerate(found):
        members = np.flatnonzero(labels == label)
        totals = cdist(X[members], X[members], SCIPY[metric]).sum(axis=1)
        tied = members[totals <= totals.min() * (1 + 1e-9)]
        assert row == min(tied, key=lambda member: ids[member])


def test_central_members_tie_by_id_and_skip_empty_clusters():
    X = np.array([[0.0], [1.0], [5.0], [5.0], [7.0], [7.0], [3.0]])
    labels = np.array([0, 0, 2, 2, 2, 2, 4])
    assert central_members(X, labels, ["b", "a", "f", "e", "d", "c", "g"]).tolist() == [1, 5, 6]
    assert central_members(X, labels, [1, 2, 10, 9, 12, 11, 3]).tolist() == [0, 3, 6]


def test_central_members_count_each_member_once():
    # Six copies at 0 outweigh the rest: the middle distinct value would win if copies were not counted.
    X = np.array([[0.0]] * 6 + [[1.0], [2.0], [3.0], [4.0]])
    assert central_members(X, np.zeros(10), range(10)).tolist() == [0]


def test_central_members_do_not_depend_on_row_order():
    X, ids = mixture(600), names(600)
    labels = KMedoids(5).fit(X).labels_
    expected = ids[central_members(X, labels, ids)].tolist()
    order = np.random.default_rng(6).permutation(600)
    assert ids[order][central_members(X[order], labels[order], ids[order])].tolist() == expected


@pytest.mark.parametrize("seed", range(5))
def test_the_central_member_of_a_large_cluster_is_the_same_as_by_all_pairs(seed):
    X = np.concatenate([mixture(4 * LIKELY, d=12, groups=5, seed=seed), cohort(2000, seed).repeat(3, axis=1)])
    totals = cdist(X, X).sum(axis=1)
    found = central_members(X, np.zeros(len(X)), names(len(X)))
    assert totals[found[0]] <= totals.min() * (1 + 1e-12)


def test_the_central_member_of_a_large_cluster_does_not_depend_on_row_order():
    X, ids = mixture(3 * LIKELY, d=12), names(3 * LIKELY)
    expected = ids[central_members(X, np.zeros(len(X)), ids)].tolist()
    order = np.random.default_rng(6).permutation(len(X))
    assert ids[order][central_members(X[order], np.zeros(len(X)), ids[order])].tolist() == expected
