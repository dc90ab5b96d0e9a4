import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import cdist
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.estimator_checks import check_estimator

import kmedoids
from dapipeline.kmedoids.estimator import KMedoids

from .made_up import SCIPY, cohort, mixture, names

reproducible = settings(derandomize=True, deadline=None, max_examples=150)


def test_scikit_learn_accepts_the_estimator():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # some checks hold fewer distinct rows than clusters
        results = check_estimator(KMedoids(), on_skip=None, on_fail=None)
    assert [(r["check_name"], r["exception"]) for r in results if r["status"] == "failed"] == []
    assert sum(r["status"] == "passed" for r in results) > 50


@pytest.mark.parametrize("metric", SCIPY)
def test_attributes_agree_with_each_other_and_with_scipy(metric):
    X, weights = mixture(500), np.random.default_rng(1).uniform(0.5, 5.0, size=500)
    model = KMedoids(8, metric=metric).fit(X, sample_weight=weights)
    assert np.array_equal(model.cluster_centers_, X[model.medoid_indices_])
    distances = cdist(X, X[model.medoid_indices_], SCIPY[metric])
    assert np.array_equal(model.labels_, distances.argmin(axis=1))
    assert model.inertia_ == pytest.approx((weights * distances.min(axis=1)).sum(), rel=1e-12)
    np.testing.assert_allclose(model.transform(X), distances, rtol=1e-12, atol=1e-14)
    assert np.array_equal(model.predict(X), model.labels_)
    assert np.array_equal(KMedoids(8, metric=metric).fit_predict(X, sample_weight=weights), model.labels_)
    assert model.n_features_in_ == 4
    assert np.array_equal(model.labels_[model.medoid_indices_], np.arange(8))
    assert model.cluster_centers_[:, 0].tolist() == sorted(model.cluster_centers_[:, 0])


def test_the_loss_is_that_of_the_kmedoids_package():
    X = mixture(800, seed=3)
    matrix = cdist(X, X)
    ours = [KMedoids(10, random_state=seed).fit(X).inertia_ for seed in range(10)]
    theirs = [kmedoids.fasterpam(matrix, 10, random_state=seed, n_cpu=1).loss for seed in range(10)]
    assert np.mean(ours) <= np.mean(theirs) * 1.005
    assert min(ours) == pytest.approx(min(theirs), rel=0.005)


def test_a_sample_of_candidates_costs_little_even_where_most_rows_repeat():
    X = cohort(3000)
    distinct = len(np.unique(X, axis=0))
    assert 500 < distinct < 1000
    full = KMedoids(12).fit(X).inertia_
    for seed in range(4):
        assert KMedoids(12, candidates=distinct // 4, random_state=seed).fit(X).inertia_ < full * 1.08


grid = st.integers(2, 25).flatmap(
    lambda n: st.tuples(
        arrays(np.int8, (n, 2), elements=st.integers(-3, 3)),
        arrays(np.int8, n, elements=st.integers(0, 4)).filter(lambda w: np.count_nonzero(w) >= 2),
        st.sampled_from([None, 2, 5]),
        st.integers(0, 3),
    )
)


@reproducible
@given(grid)
def test_a_weight_is_as_many_copies_and_weight_zero_is_no_row(case):
    X, weights, candidates, seed = case
    model = KMedoids(2, candidates=candidates, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        weighted = model.fit(X, sample_weight=weights)
        medoids, inertia, labels = weighted.cluster_centers_, weighted.inertia_, weighted.labels_
        repeated = model.fit(np.repeat(X, weights, axis=0))
    assert np.array_equal(medoids, repeated.cluster_centers_)
    assert inertia == pytest.approx(repeated.inertia_, rel=1e-12)
    assert np.array_equal(labels, repeated.predict(X))


@pytest.mark.parametrize("candidates", [None, 150])
@pytest.mark.parametrize("identified", [True, False])
@pytest.mark.parametrize("make", [mixture, cohort])
def test_row_order_does_not_matter_to_the_byte(candidates, identified, make):
    X, ids = make(700), names(700)
    weights = np.random.default_rng(2).uniform(0.1, 9.0, size=700)
    model = KMedoids(9, candidates=candidates)

    def answer(order):
        fitted = model.fit(X[order], sample_weight=weights[order], ids=ids[order] if identified else None)
        labels = np.empty(700, dtype=np.int64)
        labels[order] = fitted.labels_
        medoids = ids[order][fitted.medoid_indices_].tolist() if identified else []
        return labels.tobytes(), fitted.cluster_centers_.tobytes(), fitted.inertia_, fitted.n_iter_, medoids

    expected = answer(np.arange(700))
    for seed in range(4):
        assert answer(np.random.default_rng(seed).permutation(700)) == expected


def test_negative_zero_is_zero():
    X = np.array([[0.0, 1.0], [-0.0, 1.0], [0.0, 1.0], [5.0, 5.0], [6.0, 5.0]])
    model = KMedoids(2, candidates=2).fit(X)
    flipped = KMedoids(2, candidates=2).fit(np.where(X == 0, -X, X))
    assert model.cluster_centers_.tobytes() == flipped.cluster_centers_.tobytes()


def test_a_medoid_of_identical_rows_is_the_one_with_the_lowest_id():
    X = np.array([[1.0], [1.0], [1.0], [9.0], [9.0]])
    assert KMedoids(2).fit(X, ids=["c", "a", "b", "e", "d"]).medoid_indices_.tolist() == [1, 4]
    assert KMedoids(2).fit(X, ids=[10, 9, 100, 3, 20]).medoid_indices_.tolist() == [1, 3]
    assert KMedoids(2).fit(X).medoid_indices_.tolist() == [0, 3]


def test_ids_choose_the_candidates():
    X = mixture(400)
    first = KMedoids(5, solver="fasterpam", candidates=20).fit(X, ids=names(400))
    second = KMedoids(5, solver="fasterpam", candidates=20).fit(X, ids=np.arange(400))
    assert not np.array_equal(first.medoid_indices_, second.medoid_indices_)


def test_one_cluster_is_the_row_with_the_least_total():
    X = mixture(300, seed=5)
    model = KMedoids(1).fit(X)
    assert model.medoid_indices_.tolist() == [int(cdist(X, X).sum(axis=0).argmin())]
    assert not model.labels_.any()


def test_as_many_clusters_as_rows():
    X = mixture(12)
    model = KMedoids(12).fit(X)
    assert sorted(model.medoid_indices_) == list(range(12))
    assert model.inertia_ == 0
    assert np.array_equal(model.medoid_indices_[model.labels_], np.arange(12))


def test_fewer_distinct_rows_than_clusters_leave_clusters_empty():
    X = np.array([[1.0], [1.0], [2.0], [2.0], [2.0]])
    with pytest.warns(ConvergenceWarning, match=r"distinct clusters \(2\) found smaller than n_clusters \(4\)"):
        model = KMedoids(4).fit(X, ids=[5, 4, 3, 2, 1])
    assert len(set(model.medoid_indices_)) == 4
    assert model.cluster_centers_.ravel().tolist() == [1.0, 1.0, 2.0, 2.0]
    assert model.labels_.tolist() == [0, 0, 2, 2, 2]
    assert model.inertia_ == 0
    with pytest.warns(ConvergenceWarning):
        assert sorted(KMedoids(5).fit(X).medoid_indices_) == list(range(5))


def test_constant_columns_change_nothing():
    X = mixture(300)
    wide = np.column_stack([np.full(300, 7.5), X, np.zeros(300)])
    model, widened = KMedoids(6).fit(X), KMedoids(6).fit(wide)
    assert np.array_equal(model.medoid_indices_, widened.medoid_indices_)
    assert model.inertia_ == widened.inertia_


def test_an_equal_distance_goes_to_the_lowest_cluster():
    model = KMedoids(2).fit(np.array([[0.0], [0.0], [4.0], [4.0]]))
    assert model.predict([[2.0], [1.9], [2.1]]).tolist() == [0, 0, 1]


def test_an_unseeded_run_is_repeatable():
    X = mixture(400, groups=30)
    runs = [KMedoids(12, candidates=100).fit(X).medoid_indices_.tolist() for _ in range(2)]
    assert runs[0] == runs[1] == KMedoids(12, candidates=100, random_state=0).fit(X).medoid_indices_.tolist()
    assert runs[0] != KMedoids(12, candidates=100, random_state=1).fit(X).medoid_indices_.tolist()
    generator = np.random.RandomState(0)
    assert runs[0] == KMedoids(12, candidates=100, random_state=generator).fit(X).medoid_indices_.tolist()


def test_too_few_passes_are_warned_of():
    with pytest.warns(ConvergenceWarning, match="did not converge in max_iter=1"):
        KMedoids(12, max_iter=1).fit(mixture(500, groups=30))


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"n_clusters": 0}, "n_clusters == 0, must be >= 1"),
        ({"n_clusters": 31}, "n_samples=30 should be >= n_clusters=31"),
        ({"max_iter": 0}, "max_iter == 0, must be >= 1"),
        ({"solver": "pam"}, "solver should be one of .*'fasterpam_streamed'.* got 'pam' instead"),
        ({"metric": "cosine"}, "metric should be one of .* got 'cosine' instead"),
        ({"candidates": 7}, "candidates == 7, must be >= 8"),
    ],
)
def test_parameters_out_of_range_are_refused(parameters, message):
    with pytest.raises(ValueError, match=message):
        KMedoids(**parameters).fit(mixture(30))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"sample_weight": np.full(30, -1.0)}, "Negative values"),
        ({"sample_weight": np.repeat([1.0, 0.0], [7, 23])}, "n_samples=7 should be >= n_clusters=8"),
        ({"ids": range(29)}, r"ids has shape \(29,\), expected \(30,\)"),
        ({"ids": [*range(29), 0]}, "ids should be distinct: 30 rows have 29 ids"),
    ],
)
def test_weights_and_ids_that_do_not_fit_are_refused(given, message):
    with pytest.raises(ValueError, match=message):
        KMedoids().fit(mixture(30), **given)


@pytest.mark.parametrize(("value", "message"), [(np.nan, "contains NaN"), (1e39, "too far apart")])
def test_values_that_have_no_distance_are_refused(value, message):
    X = mixture(30)
    X[3, 1] = value
    with pytest.raises(ValueError, match=message):
        KMedoids().fit(X)


def test_values_may_have_a_distance_and_no_square():
    X = mixture(30)
    X[3, 1] = 1e20
    assert KMedoids().fit(X).inertia_ > 0
    with pytest.raises(ValueError, match="too far apart"):
        KMedoids(metric="sqeuclidean").fit(X)
