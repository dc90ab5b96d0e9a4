import numpy as np
import pandas as pd
import pytest

from dapipeline.clustering.choosing_k import Evidence, range_of_k, try_ks, weigh
from dapipeline.clustering.clusters import cluster_offenders, offender_weights
from dapipeline.clustering.stability import cluster_stability
from dapipeline.config import Clustering
from dapipeline.errors import CohortError, ConfigError
from dapipeline.say import silent

SETTINGS = Clustering(k=2, components=2, variance=None, metric="euclidean")


def names(n):
    return np.array([f"N{i:04d}" for i in range(n)], dtype=object)


def blobs(n, seed=0):
    """Four groups, three of them a triangle and one far from it."""
    rng = np.random.default_rng(seed)
    return np.array([[0, 0], [30, 0], [0, 30], [30, 33]])[rng.integers(4, size=n)] + rng.normal(size=(n, 2))


@pytest.fixture(scope="module")
def tried():
    return try_ks(blobs(400), np.ones(400), names(400), range(2, 8), SETTINGS, silent)


def test_every_k_is_reported_with_every_cluster(tried):
    assert tried.table["k"].tolist() == [2, 3, 4, 5, 6, 7]
    assert tried.table.notna().all(axis=None)
    assert tried.clusters.groupby("k").size().to_dict() == {k: k for k in range(2, 8)}
    assert (tried.clusters.groupby("k")["size"].sum() == 400).all()
    means = tried.clusters.groupby("k")["stability"].mean()
    assert tried.table["stability"].to_numpy() == pytest.approx(means.to_numpy())
    for row in tried.table.to_dict("records"):
        own = tried.clusters[tried.clusters["k"] == row["k"]]
        stable = own["stability_band"].isin(["stable", "highly stable"])
        assert row["stable_clusters"] == stable.sum()
        assert row["unstable_clusters"] == (own["stability_band"] == "unstable").sum()
        assert row["stable_share"] == pytest.approx(own.loc[stable, "size"].sum() / 400)
    assert (tried.people, tried.people_in_half, tried.people_in_reference) == (400, 200, 400)


def test_everything_points_to_the_planted_number(tried):
    found = weigh(tried.table)
    assert (found.silhouette, found.gap) == (4, 4)
    planted = tried.table.set_index("k").loc[4]
    assert planted["gap"] > 0
    assert (planted["stability"], planted["stable_share"], planted["unstable_clusters"]) == (1, 1, 0)
    assert tried.table.set_index("k")["stability"].drop([2, 3, 4]).max() < 1


def test_loss_falls_and_the_gap_of_uniform_data_is_nothing():
    scores = np.random.default_rng(1).uniform(size=(600, 2))
    table = try_ks(scores, np.ones(600), names(600), range(2, 6), SETTINGS, silent).table
    assert table["loss"].is_monotonic_decreasing
    assert table["gap"].abs().max() < 0.03


def test_the_row_of_k_is_what_a_run_with_that_k_finds():
    rng = np.random.default_rng(2)
    vectors = pd.DataFrame(
        {"offender_id": names(300), "incidents": 1 + rng.poisson(3, 300), "age": rng.normal(35, 9, 300),
         "share": rng.uniform(size=300)}
    )  # fmt: skip
    kinds = {"incidents": "count", "age": "age", "share": "share"}
    weights = offender_weights(vectors, "incidents")
    found = cluster_offenders(vectors, kinds, weights, SETTINGS.model_copy(update={"k": 5}), "sqrt")
    ids, clusters = vectors["offender_id"].to_numpy(), found.assignments["cluster"].to_numpy()
    stability = cluster_stability(found.space.scores, weights, ids, clusters, SETTINGS.seed, silent)
    tried = try_ks(found.space.scores, weights, ids, range(4, 6), SETTINGS, silent)
    assert tried.table.set_index("k").loc[5, "loss"] == found.loss
    own = tried.clusters[tried.clusters["k"] == 5].drop(columns=["k", "size"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(own, stability)
    assert tried.clusters.loc[tried.clusters["k"] == 5, "size"].tolist() == np.bincount(clusters)[1:].tolist()


def test_a_weight_is_as_many_copies_in_loss_and_silhouette():
    scores, weights = blobs(120), np.random.default_rng(3).integers(1, 4, size=120)
    weighted = try_ks(scores, weights.astype(float), names(120), range(4, 5), SETTINGS, silent).table
    copies = np.repeat(scores, weights, axis=0)
    repeated = try_ks(copies, np.ones(len(copies)), names(len(copies)), range(4, 5), SETTINGS, silent).table
    for name in ("loss", "silhouette"):
        assert weighted[name].iloc[0] == pytest.approx(repeated[name].iloc[0], rel=1e-12)


def test_rows_in_another_order_give_the_same_bytes():
    rng = np.random.default_rng(4)
    scores, weights, ids = rng.normal(size=(200, 3)), rng.uniform(1, 5, size=200), names(200)
    rows = rng.permutation(200)
    one = try_ks(scores, weights, ids, range(2, 6), SETTINGS, silent)
    other = try_ks(scores[rows], weights[rows], ids[rows], range(2, 6), SETTINGS, silent)
    assert one.table.to_csv() == other.table.to_csv()
    assert one.clusters.to_csv() == other.clusters.to_csv()


def test_more_clusters_than_different_offenders_are_refused():
    scores = np.repeat(np.arange(6.0), 5)[:, None]
    with pytest.raises(CohortError, match=r"D108: The 30 offenders have only 6 different.*k = 7.*--to"):
        try_ks(scores, np.ones(30), names(30), range(2, 8), SETTINGS, silent)
    table = try_ks(scores, np.ones(30), names(30), range(5, 7), SETTINGS, silent).table
    assert table["loss"].iloc[1] == 0
    assert np.isnan(table["gap"].iloc[1])


def test_it_says_how_far_it_is():
    said = []
    try_ks(blobs(60), np.ones(60), names(60), range(3, 5), SETTINGS, lambda *words: said.append(words))
    texts, shares = zip(*said, strict=True)
    assert texts[0] == "k = 3, up to 4, everyone"
    assert "k = 3, up to 4, half 20 of 20" in texts
    assert texts[-1] == "k = 4, up to 4, random data"
    assert shares[0] == 0
    assert list(shares) == sorted(shares)
    assert 0.9 < shares[-1] < 1


def test_the_range():
    assert list(range_of_k(2, 4)) == [2, 3, 4]
    assert list(range_of_k(5, 5)) == [5]
    with pytest.raises(ConfigError, match="C024: --from is 5, which is more than --to, 3"):
        range_of_k(5, 3)


def test_what_each_measure_points_to_by_hand():
    table = pd.DataFrame(
        {
            "k": [3, 4, 5, 6], "loss": [10.0, 8.0, 6.9, 6.0], "silhouette": [0.3, 0.5, 0.5, 0.4],
            "gap": [0.1, 0.2, 0.3, 0.25], "gap_error": [0.01] * 4, "stability": [0.9, 0.7, 0.8, 0.5],
            "stable_clusters": [3, 1, 3, 2], "unstable_clusters": 1, "stable_share": [1.0, 0.4, 0.5, 0.9],
        }
    )  # fmt: skip
    assert weigh(table) == Evidence(silhouette=4, gap=5, stability=5, half_of_fall=4)
    assert weigh(table.assign(gap=[1, 2, 3, 4.0], stable_clusters=1)) == Evidence(4, None, None, 4)
