import statistics

import numpy as np
import pandas as pd
import pytest

from dapipeline.typology.profiles import cluster_profiles, harm_ranks


def test_profiles_equal_a_slow_version():
    rng = np.random.default_rng(5)
    vectors = pd.DataFrame({"da_incidents": rng.poisson(3, 60) + 1.0, "imd_decile_mean": rng.uniform(1, 10, 60)})
    clusters = pd.Series(rng.integers(1, 5, 60), index=rng.permutation(60))  # an index of its own: taken by row
    found = cluster_profiles(vectors, clusters).set_index(["cluster", "feature"])
    assert len(found) == 4 * 2
    for (cluster, feature), row in found.iterrows():
        whole = vectors[feature].tolist()
        members = [value for value, of in zip(whole, clusters, strict=True) if of == cluster]
        assert row["mean"] == pytest.approx(statistics.fmean(members))
        assert row["median"] == pytest.approx(statistics.median(members))
        assert row["cohort_mean"] == pytest.approx(statistics.fmean(whole))
        assert row["cohort_median"] == pytest.approx(statistics.median(whole))
        apart = statistics.fmean(members) - statistics.fmean(whole)
        assert row["difference"] == pytest.approx(apart / statistics.pstdev(whole))


def test_a_feature_that_does_not_vary_differs_by_nothing():
    vectors = pd.DataFrame({"da_homicides": [0.0, 0.0, 0.0]})
    assert cluster_profiles(vectors, pd.Series([1, 1, 2]))["difference"].tolist() == [0.0, 0.0]


def profile_of(**means):
    """Profiles of clusters 1, 2, …, by feature."""
    rows = [
        {"cluster": cluster, "feature": feature, "mean": value}
        for feature, values in means.items()
        for cluster, value in enumerate(values, start=1)
    ]
    return pd.DataFrame(rows)


def test_clusters_of_equal_harm_share_the_better_rank():
    ranks = harm_ranks(profile_of(da_severity_total=[5, 900, 900, 40], non_da_severity_total=[0, 3, 0, 8]))
    assert ranks["harm_rank_da"].to_dict() == {1: 4, 2: 1, 3: 1, 4: 3}
    assert ranks["harm_rank_non_da"].to_dict() == {1: 3, 2: 2, 3: 3, 4: 1}


def test_without_severity_there_is_no_rank():
    assert harm_ranks(profile_of(da_incidents=[2, 3])).columns.empty
