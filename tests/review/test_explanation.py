"""What features say adds up to the difference of the squared distances, and means what it is said to mean."""

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import cdist

from dapipeline.clustering.clusters import cluster_offenders
from dapipeline.clustering.model import Model
from dapipeline.config import Clustering
from dapipeline.review.explanation import decompose, explain_place

KINDS = {"da_incidents": "count", "non_da_incidents": "count", "age_first_da": "age", "da_night_share": "share"}


def slowly(person, nearest, second, matrix):
    """The same sum written out, one feature and one component at a time."""
    terms = []
    for feature in range(len(person)):
        weight = 0.0
        for component in matrix:
            apart = sum(component[g] * (nearest[g] - second[g]) for g in range(len(person)))
            weight += component[feature] * apart
        terms.append(2 * (person[feature] - (nearest[feature] + second[feature]) / 2) * weight)
    return terms


def apart(matrix, one, other):
    """The squared distance between two people's scores."""
    return float(((matrix @ one - matrix @ other) ** 2).sum())


def drawn(seed, components=5, features=9):
    rng = np.random.default_rng(seed)
    matrix = np.linalg.qr(rng.normal(size=(features, features)))[0][:components]
    return (*rng.normal(scale=4, size=(3, features)), matrix)


@pytest.mark.parametrize("seed", range(20))
def test_it_is_the_slow_sum_and_adds_up(seed):
    person, nearest, second, matrix = drawn(seed)
    found = decompose(person, nearest, second, matrix)
    assert found == pytest.approx(slowly(person, nearest, second, matrix), abs=1e-9)
    whole = apart(matrix, person, second) - apart(matrix, person, nearest)
    assert found.sum() == pytest.approx(whole, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_a_term_is_what_the_difference_loses_where_the_value_lies_midway(seed):
    person, nearest, second, matrix = drawn(seed)
    found = decompose(person, nearest, second, matrix)
    whole = apart(matrix, person, second) - apart(matrix, person, nearest)
    for feature in range(len(person)):
        other = person.copy()
        other[feature] = (nearest[feature] + second[feature]) / 2
        left = apart(matrix, other, second) - apart(matrix, other, nearest)
        assert whole - left == pytest.approx(found[feature], abs=1e-9)


def test_with_every_component_each_feature_speaks_by_its_own_distances():
    person, nearest, second, matrix = drawn(3, components=9)
    expected = (person - second) ** 2 - (person - nearest) ** 2
    assert decompose(person, nearest, second, matrix) == pytest.approx(expected, abs=1e-9)


def cohort(n=150, seed=0):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "offender_id": [f"N{i:03d}" for i in range(n)],
            "da_incidents": 1.0 + rng.poisson(2, n),
            "non_da_incidents": rng.poisson(4, n).astype(float),
            "age_first_da": np.round(rng.normal(30, 9, n)),
            "da_night_share": np.round(rng.uniform(0, 1, n), 3),
        }
    )


@pytest.fixture(scope="module")
def clustered():
    vectors = cohort()
    found = cluster_offenders(
        vectors, KINDS, np.ones(len(vectors)), Clustering(k=6, components=3, variance=None, solver="fasterpam"), "log1p"
    )
    components = found.space.components
    model = Model.of_tables(found.space.scaling.table, components.loadings, components.variance, found.medoids)
    return vectors, found, model


def test_everybody_s_two_nearest_medoids_are_those_of_the_assignment(clustered):
    vectors, found, model = clustered
    for line in found.assignments.itertuples():
        told = explain_place(model, vectors, line.offender_id)
        assert (told.cluster, told.second_cluster) == (line.cluster, line.second_cluster)
        assert told.distance == pytest.approx(line.distance, abs=1e-9)
        assert told.margin == pytest.approx(line.margin, abs=1e-9)
        assert told.features["contribution"].sum() == pytest.approx(
            told.second_distance**2 - told.distance**2, abs=1e-6
        )  # scores are rounded to nine digits


def test_values_are_natural_and_the_loudest_feature_comes_first(clustered):
    vectors, found, model = clustered
    person = vectors["offender_id"][17]
    told = explain_place(model, vectors, person)
    natural = vectors.set_index("offender_id")
    medoids = found.medoids.set_index("cluster")["offender_id"]
    for line in told.features.itertuples():
        assert line.value == natural.loc[person, line.feature]
        assert line.nearest == natural.loc[medoids[told.cluster], line.feature]
        assert line.second == natural.loc[medoids[told.second_cluster], line.feature]
    assert sorted(told.features["feature"]) == sorted(KINDS)
    assert told.features["contribution"].abs().is_monotonic_decreasing


def test_a_saved_model_places_people_as_the_clustering_did(clustered):
    vectors, found, model = clustered
    placed = model.place(vectors)
    pd.testing.assert_frame_equal(placed, found.assignments, rtol=0, atol=1e-12)
    far = cdist(found.space.scores, found.medoids[found.space.components.names])
    assert placed["cluster"].tolist() == (far.argmin(axis=1) + 1).tolist()
