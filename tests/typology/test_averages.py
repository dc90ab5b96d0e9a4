"""Means and medians of clusters, against a slow version and against profiles."""

import statistics

import numpy as np
import pandas as pd
import pytest

from dapipeline.typology.averages import asked_features, asked_values, member_averages
from dapipeline.typology.criteria import evaluate_criteria

from .definition_files import criterion, definitions, typology

ASKED = definitions(
    x=typology(
        criterion(at_least=1), criterion(statistic="median", below=2),
        criterion(times_feature=("non_da_incidents", 2)), criterion("age_first_da", published=30),
        criterion("age_first_da", "median", at_least=20), criterion("da_victims", at_least=1),
    ),
    y=typology(criterion(cohort_quantile=0.9), criterion(times_cohort=1.2)),
)  # fmt: skip


def cohort(seed):
    rng = np.random.default_rng(seed)
    vectors = pd.DataFrame(
        {
            "da_incidents": rng.poisson(3, 80) + 1.0, "non_da_incidents": rng.poisson(1, 80) * 1.0,
            "age_first_da": np.where(rng.uniform(size=80) < 0.2, np.nan, rng.integers(16, 70, 80)),
        }
    )  # fmt: skip
    return vectors, rng.choice([1, 2, 3, 5, 6], size=80)  # number 4 is empty


def test_what_is_asked_for_is_listed_once():
    assert asked_features(ASKED) == [
        ("mean", "da_incidents"), ("median", "da_incidents"), ("mean", "non_da_incidents"), ("mean", "age_first_da"),
        ("median", "age_first_da"), ("mean", "da_victims"),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_averages_are_those_of_the_members_that_are_known(seed):
    vectors, clusters = cohort(seed)
    found = member_averages({name: vectors[name].to_numpy() for name in vectors}, clusters, ASKED)
    assert found.clusters.tolist() == [1, 2, 3, 5, 6]
    for statistic, slow in (("mean", statistics.fmean), ("median", statistics.median)):
        for feature, values in found.of_clusters[statistic].items():
            for cluster, value in zip(found.clusters, values, strict=True):
                members = [v for v, c in zip(vectors[feature], clusters, strict=True) if c == cluster and v == v]
                assert value == pytest.approx(slow(members))
    assert "da_victims" not in found.of_clusters["mean"]


def test_only_what_is_asked_for_and_known_is_taken():
    vectors, _ = cohort(0)
    found = asked_values(vectors.assign(victims=1.0), ASKED)
    assert list(found) == ["da_incidents", "non_da_incidents", "age_first_da"]


def test_a_cluster_of_whose_members_nothing_is_known_has_no_average():
    values = {"age_first_da": np.array([np.nan, np.nan, 30.0])}
    found = member_averages(values, np.array([1, 1, 2]), ASKED)
    for statistic in ("mean", "median"):
        assert np.isnan(found.of_clusters[statistic]["age_first_da"]).tolist() == [True, False]
    assert not evaluate_criteria(found, ASKED).query("cluster == 1")["met"].any()
