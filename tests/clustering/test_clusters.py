import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import cdist

from dapipeline.clustering.clusters import cluster_offenders, clusters_for, offender_weights
from dapipeline.config import Clustering
from dapipeline.errors import CohortError

KINDS = {"da_incidents": "count", "non_da_incidents": "count", "age_first_da": "age", "da_night_share": "share"}


def cohort(n=240, seed=0):
    """Three kinds of people: one incident, many DA incidents, many others; sorted by id."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(3, size=n, p=[0.6, 0.25, 0.15])
    vectors = pd.DataFrame(
        {
            "offender_id": [f"N{i:04d}" for i in rng.permutation(n)],
            "da_incidents": 1 + rng.poisson(np.array([0.2, 9, 1])[kind]),
            "non_da_incidents": rng.poisson(np.array([0.1, 1, 20])[kind]),
            "age_first_da": np.round(rng.normal(np.array([40, 30, 22])[kind], 2)),
            "da_night_share": np.round(rng.uniform(0, 0.1, n), 3),
        }
    )
    return vectors.sort_values("offender_id", ignore_index=True)


def clustered(vectors, weights=None, **settings):
    weights = np.ones(len(vectors)) if weights is None else weights
    return cluster_offenders(
        vectors,
        KINDS,
        weights,
        Clustering(**{"k": 3, "components": 4, "variance": None, "metric": "euclidean", **settings}),
        "log1p",
    )


def scores_of(found, vectors):
    return found.space.components.scores(found.space.scaling.apply(vectors))


def test_planted_kinds_are_found():
    vectors = cohort()
    cluster = clustered(vectors).assignments["cluster"]
    planted = np.select([vectors["non_da_incidents"] >= 8, vectors["da_incidents"] >= 4], [3, 2], default=1)
    assert (cluster == planted).mean() > 0.97


@pytest.mark.parametrize("metric", ["euclidean", "sqeuclidean"])
def test_squares_decide_on_the_medoids_and_distances_stay_distances(metric):
    vectors = cohort()
    found = clustered(vectors, metric=metric, k=8)
    medoids = found.medoids[found.space.components.names].to_numpy()
    distances = np.sort(cdist(scores_of(found, vectors), medoids), axis=1)
    assert found.assignments["distance"].to_numpy() == pytest.approx(distances[:, 0])
    assert found.assignments["margin"].to_numpy() == pytest.approx(distances[:, 1] - distances[:, 0])
    power = {"euclidean": 1, "sqeuclidean": 2}[metric]
    assert found.loss == pytest.approx((distances[:, 0] ** power).mean())


def test_squares_set_the_few_far_ones_apart():
    few = {"da_incidents": 60, "non_da_incidents": 60, "age_first_da": 19, "da_night_share": 0.9}
    vectors = pd.concat([cohort(2000), pd.DataFrame([{"offender_id": f"Z{i}"} | few for i in range(3)])])
    vectors = vectors.reset_index(drop=True)
    with_the_few = {
        metric: clustered(vectors, metric=metric, k=5).assignments.groupby("cluster")["offender_id"].agg(list)
        for metric in ("euclidean", "sqeuclidean")
    }
    apart = {metric: ["Z0", "Z1", "Z2"] in list(members) for metric, members in with_the_few.items()}
    assert apart == {"euclidean": False, "sqeuclidean": True}


def test_clusters_count_from_the_largest():
    found = clustered(cohort(), k=8)
    sizes = found.assignments["cluster"].value_counts()
    assert sizes.sort_index().tolist() == sorted(sizes, reverse=True)
    assert found.medoids["cluster"].tolist() == list(range(1, 9))


def test_clusters_of_the_same_size_count_by_the_id_of_their_medoid():
    pairs = pd.DataFrame(
        {
            "offender_id": ["A", "B", "C", "D", "E", "F"],
            "da_incidents": [50, 1, 1, 50, 7, 7],
            "non_da_incidents": 0, "age_first_da": 30, "da_night_share": 0.5,
        }
    )  # fmt: skip
    found = clustered(pairs, components=1)
    assert dict(zip(pairs["offender_id"], found.assignments["cluster"], strict=True)) == {
        "A": 1, "D": 1, "B": 2, "C": 2, "E": 3, "F": 3,
    }  # fmt: skip
    assert found.medoids["offender_id"].tolist() == ["A", "B", "E"]


def test_each_offender_belongs_to_the_nearest_medoid():
    vectors = cohort()
    found = clustered(vectors, k=6)
    scores = scores_of(found, vectors)
    rows = vectors.set_index("offender_id").index.get_indexer(found.medoids["offender_id"])
    far = cdist(scores, scores[rows])
    table = found.assignments
    assert table["distance"].to_numpy() == pytest.approx(far.min(axis=1), abs=1e-6)
    assert table["cluster"].tolist() == (far.argmin(axis=1) + 1).tolist()
    assert table["margin"].to_numpy() == pytest.approx(np.sort(far, axis=1)[:, 1] - far.min(axis=1), abs=1e-6)
    assert table["second_cluster"].tolist() == (far.argsort(axis=1, kind="stable")[:, 1] + 1).tolist()
    assert found.medoids[[f"component_{i}" for i in range(1, 5)]].to_numpy() == pytest.approx(scores[rows])
    assert found.loss == pytest.approx(far.min(axis=1).mean())


def test_the_loss_is_the_weighted_mean_distance():
    vectors = cohort()
    weights = offender_weights(vectors.assign(incidents=vectors["da_incidents"]), "incidents")
    found = clustered(vectors, weights)
    assert found.loss == pytest.approx((weights * found.assignments["distance"]).sum() / weights.sum())


def test_rows_in_another_order_give_the_same_bytes():
    vectors = cohort()
    weights = vectors["da_incidents"].to_numpy(dtype=float)
    found = clustered(vectors, weights, k=7)
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(vectors))
        other = clustered(vectors.iloc[order].reset_index(drop=True), weights[order], k=7)
        for left, right in ((found.assignments, other.assignments), (found.medoids, other.medoids)):
            key = "offender_id" if "distance" in left else "cluster"
            again = right.sort_values(key, ignore_index=True)
            assert again.to_csv(index=False).encode() == left.to_csv(index=False).encode()


def test_one_cluster_holds_everyone():
    found = clustered(cohort(), k=1)
    assert set(found.assignments["cluster"]) == {1}
    assert (found.assignments["margin"] == 0).all()


def test_a_heavy_weight_draws_a_medoid_to_itself():
    vectors = cohort()
    odd = int(np.argmax(vectors["non_da_incidents"]))
    weights = np.ones(len(vectors))
    weights[odd] = 1e6
    medoids = clustered(vectors, weights, k=2).medoids["offender_id"]
    assert vectors["offender_id"][odd] in set(medoids)


def test_fewer_offenders_than_clusters_cannot_be_clustered():
    with pytest.raises(CohortError, match=r"D106.*10 offenders.*11 clusters"):
        clustered(cohort(10), k=11)


def test_too_many_alike_cannot_be_clustered():
    alike = pd.concat([cohort(4)] * 5, ignore_index=True).assign(offender_id=[f"N{i:02d}" for i in range(20)])
    with pytest.raises(CohortError, match=r"D107.*only 4 different.*5 clusters"):
        clustered(alike, k=5)


PEOPLE = pd.DataFrame(
    {"incidents": [1, 4, 9], "da_severity_total": [0.0, 10.5, 100], "non_da_severity_total": [0.0, 2, 0]}
)


@pytest.mark.parametrize(
    ("weight", "counts"),
    [("none", [1, 1, 1]), ("incidents", [1, 4, 9]), ("root_incidents", [1, 2, 3]), ("harm", [1, 13.5, 101])],
)
def test_what_an_offender_counts(weight, counts):
    assert offender_weights(PEOPLE, weight).tolist() == counts


@pytest.mark.parametrize("missing", ["da_severity_total", "non_da_severity_total"])
def test_harm_cannot_weigh_without_severity(missing):
    with pytest.raises(CohortError, match=r"D105.*incidents or none"):
        offender_weights(PEOPLE.drop(columns=missing), "harm")


@pytest.mark.parametrize(
    ("k", "people", "clusters"),
    [(29, 100_000, 29), ("auto", 8_000, 60), ("auto", 7_999, 40), ("auto", 1_600, 40), ("auto", 1_599, 39),
     ("auto", 500, 12), ("auto", 79, 1), ("auto", 3, 1)],
)  # fmt: skip
def test_the_number_of_clusters_goes_by_the_size_of_the_cohort(k, people, clusters):
    assert clusters_for(k, people) == clusters
