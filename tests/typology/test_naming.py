import numpy as np
import pandas as pd
import pytest

from dapipeline.typology.naming import (
    NOTHING_FITS,
    TWO_FIT,
    UNNAMED,
    evaluate_criteria,
    name_clusters,
    score_typologies,
)
from dapipeline.typology.profiles import cluster_profiles

from .definition_files import criterion, definitions, typology

# Cluster 1: da 2, 4 and 6 (mean 4, median 4), other 1, 1 and 4 (mean 2, median 1); cluster 2: da 12, other 2.
# The cohort: da mean 6, other mean 2, and of da sorted 2, 4, 6, 12 the 50% point is 5.
VECTORS = pd.DataFrame({"da_incidents": [2.0, 4, 6, 12], "non_da_incidents": [1.0, 1, 4, 2]})
CLUSTERS = pd.Series([1, 1, 1, 2])
PROFILES = cluster_profiles(VECTORS, CLUSTERS)


def ask(*criteria):
    return evaluate_criteria(PROFILES, VECTORS, definitions(x=typology(*criteria)))


@pytest.mark.parametrize(
    ("asked", "threshold", "met", "fit"),
    [
        (criterion(at_least=4), [4, 4], [True, True], [1, 1]),
        (criterion(at_least=5), [5, 5], [False, True], [4 / 5, 1]),
        (criterion(below=4), [4, 4], [False, False], [1, 4 / 12]),
        (criterion(below=5), [5, 5], [True, False], [1, 5 / 12]),
        (criterion("non_da_incidents", "median", below=2), [2, 2], [True, False], [1, 1]),
        (criterion("non_da_incidents", "mean", below=2), [2, 2], [False, False], [1, 1]),
        (criterion(cohort_quantile=0.5), [5, 5], [False, True], [4 / 5, 1]),
        (criterion(below_cohort_quantile=0.5), [5, 5], [True, False], [1, 5 / 12]),
        (criterion(times_cohort=1.5), [9, 9], [False, True], [4 / 9, 1]),
        (criterion(below_times_cohort=0.7), [4.2, 4.2], [True, False], [1, 4.2 / 12]),
        (criterion(times_feature=("non_da_incidents", 3)), [6, 6], [False, True], [4 / 6, 1]),
        (criterion(statistic="median", times_feature=("non_da_incidents", 3)), [3, 6], [True, True], [1, 1]),
        # Above the cohort's mean of 6 a value has to pass the middle upwards, below it downwards. Counts are clustered
        # by the logarithm of one more, so their middle is a geometric mean: of 7 and 17, and of 7 and 4.
        (criterion(published=16), [119**0.5 - 1] * 2, [False, True], [4 / 16, 12 / 16]),
        (criterion(published=3), [28**0.5 - 1] * 2, [True, False], [3 / 4, 3 / 12]),
        # Beside another comparison the figure decides how well it fits, the comparison whether it is met.
        (criterion(at_least=3, published=8), [3, 3], [True, True], [4 / 8, 8 / 12]),
    ],
)
def test_each_comparison(asked, threshold, met, fit):
    found = ask(asked).sort_values("cluster")
    assert found["threshold"].to_numpy() == pytest.approx(threshold)
    assert found["met"].tolist() == met
    assert found["fit"].to_numpy() == pytest.approx(fit)


def test_criteria_are_written_out_cluster_by_cluster_in_the_order_of_the_definitions():
    found = ask(criterion(at_least=5, required=True), criterion("non_da_incidents", below=9, weight=2, published=4))
    assert found["cluster"].tolist() == [1, 1, 2, 2]
    assert found["number"].tolist() == [1, 2, 1, 2]
    assert found["criterion"].tolist()[:2] == ["mean da incidents at least 5.0", "mean non da incidents below 9.0"]
    assert found["value"].tolist() == [4, 2, 12, 2]
    assert found["required"].tolist() == [True, False] * 2
    assert found["weight"].tolist() == [1, 2] * 2
    assert found["published"].isna().tolist() == [True, False] * 2


def test_criteria_are_numbered_within_their_typology_and_may_have_the_same_words():
    twice = [criterion(at_least=3, weight=weight) for weight in (1, 2)]
    asked = definitions(x=typology(*twice), y=typology(criterion(at_least=3)))
    found = evaluate_criteria(PROFILES, VECTORS, asked).query("cluster == 1")
    assert len(set(found["criterion"])) == 1
    assert list(zip(found["typology"], found["number"], found["weight"], strict=True)) == [
        ("x", 1, 1), ("x", 2, 2), ("y", 1, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        criterion("da_victims", at_least=0),
        criterion("da_victims", below=100),
        criterion("da_victims", cohort_quantile=0.1),
        criterion("da_victims", published=3),
        criterion(times_feature=("da_victims", 0.001)),
    ],
)
def test_a_criterion_on_a_missing_feature_is_not_met(asked):
    found = ask(asked)
    assert not found["met"].any()
    assert (found["fit"] == 0).all()
    assert found["value"].isna().all() and found["threshold"].isna().all()


def test_a_value_of_zero_fits_a_positive_figure_not_at_all():
    vectors = pd.DataFrame({"da_victims": [0.0, 2.0]})
    asked = definitions(x=typology(criterion("da_victims", published=2)))
    found = evaluate_criteria(cluster_profiles(vectors, pd.Series([1, 2])), vectors, asked)
    assert found["fit"].tolist() == [0, 1]


def test_shares_and_ages_have_their_middle_as_they_are():
    vectors = pd.DataFrame({"da_non_crime_share": [0.0, 0.4], "age_first_da": [20.0, 40.0], "da_victims": [0.0, 0.0]})
    asked = [criterion("da_non_crime_share", published=0.5), criterion("age_first_da", published=24)]
    nobody = criterion("da_victims", published=3)
    found = evaluate_criteria(
        cluster_profiles(vectors, pd.Series([1, 2])), vectors, definitions(x=typology(*asked, nobody))
    )
    assert found["threshold"].to_numpy() == pytest.approx([0.35, 27, 1] * 2)
    assert found["met"].tolist() == [False, True, False, True, False, False]


def criteria_of(*rows):
    """Asked criteria by hand: cluster, typology, fit, met, required, weight."""
    return pd.DataFrame(rows, columns=["cluster", "typology", "fit", "met", "required", "weight"])


TWO = definitions(rare=typology(criterion(at_least=1)), common=typology(criterion(at_least=1)))


def test_a_score_is_the_mean_fit_by_weight():
    scores = score_typologies(criteria_of((1, "rare", 0.5, False, False, 3), (1, "rare", 1.0, True, False, 1)), TWO)
    assert scores["score"].tolist() == [0.625]
    assert scores["fits"].tolist() == [False]


def test_enough_is_enough():
    scores = score_typologies(criteria_of((1, "rare", 0.5, False, False, 1), (1, "rare", 1.0, True, False, 1)), TWO)
    assert scores["score"].tolist() == [0.75]
    assert scores["fits"].tolist() == [True]


def test_what_misses_a_required_criterion_does_not_fit_however_well_the_rest_does():
    scores = score_typologies(
        criteria_of(
            (1, "rare", 0.99, False, True, 1), (1, "rare", 1, True, False, 9), (1, "common", 0.8, True, True, 1)
        ),
        TWO,
    ).set_index("typology")  # fmt: skip
    assert scores["required_met"].to_dict() == {"common": True, "rare": False}
    assert scores.index.tolist() == ["common", "rare"]
    names = name_clusters(scores.reset_index(), {}, 0.02)
    assert names.loc[1, "typology"] == "common"
    assert names.loc[1, "second"] == "rare"
    assert names.loc[1, "score"] == pytest.approx(0.8)


def names_of(*rows, margin=0.02):
    return name_clusters(score_typologies(criteria_of(*rows), TWO), {}, margin).loc[1]


@pytest.mark.parametrize("fits", [(0.9, 0.9), (0.9, 0.881), (0.881, 0.9)])
def test_of_two_that_fit_alike_neither_names_the_cluster(fits):
    found = names_of(*((1, name, fit, True, True, 1) for name, fit in zip(("rare", "common"), fits, strict=True)))
    assert (found["typology"], found["named_by"], found["unnamed_because"]) == (UNNAMED, "nothing", TWO_FIT)
    assert found["lead"] == pytest.approx(max(fits) - min(fits))


def test_a_gap_of_the_margin_is_enough():
    found = names_of((1, "rare", 0.90, True, True, 1), (1, "common", 0.92, True, True, 1))
    assert (found["typology"], found["second"], found["lead"]) == ("common", "rare", 0.02)
    assert found["second_fits"]
    assert pd.isna(found["unnamed_because"])


@pytest.mark.parametrize(
    "rival",
    [(1, "common", 0.89, False, True, 1), (1, "common", 0.97, False, True, 1), (1, "common", 0.74, True, True, 1)],
)
def test_what_does_not_fit_is_no_rival(rival):
    found = names_of((1, "rare", 0.75, True, True, 1), rival)
    assert found["typology"] == "rare"
    assert not found["second_fits"]
    assert found["lead"] == pytest.approx(0.75 - rival[2])


def test_without_a_margin_the_order_of_the_definitions_decides_a_tie():
    tied = [(1, name, 0.9, True, True, 1) for name in ("common", "rare")]
    assert names_of(*tied, margin=0)["typology"] == "rare"


def test_the_last_bits_of_a_sum_are_no_gap():
    rows = [(1, "rare", 0.8, True, True, 0.1)] * 7 + [(1, "common", 0.8, True, True, 0.1)]
    assert names_of(*rows)["lead"] == 0


def test_a_cluster_says_why_it_is_unnamed():
    rows = [(1, name, 0.5, False, False, 1) for name in ("rare", "common")]
    found = names_of(*rows)
    assert (found["unnamed_because"], found["best"], found["score"]) == (NOTHING_FITS, "rare", 0.5)


def test_where_nothing_fits_a_cluster_stays_unnamed_and_an_override_stands_above_all():
    poor = [(c, name, 0.5, False, False, 1) for c in (1, 2) for name in ("rare", "common")]
    good = [(3, "rare", 1.0, True, True, 1), (3, "common", 0.2, False, False, 1)]
    names = name_clusters(score_typologies(criteria_of(*poor, *good), TWO), {2: "our own", 3: "common"}, 0.02)
    assert names["typology"].to_dict() == {1: UNNAMED, 2: "our own", 3: "common"}
    assert names["named_by"].to_dict() == {1: "nothing", 2: "override", 3: "override"}
    assert names["unnamed_because"].isna().to_dict() == {1: False, 2: True, 3: True}


def test_two_clusters_may_share_a_name():
    rows = [(c, name, fit, True, True, 1) for c in (1, 2) for name, fit in (("rare", 0.9), ("common", 0.8))]
    assert name_clusters(score_typologies(criteria_of(*rows), TWO), {}, 0.02)["typology"].tolist() == ["rare", "rare"]


def test_one_typology_alone_leaves_no_second():
    one = definitions(x=typology(criterion(at_least=4)))
    names = name_clusters(score_typologies(evaluate_criteria(PROFILES, VECTORS, one), one), {}, 0.02)
    assert names["typology"].tolist() == ["x", "x"]
    assert names["second"].isna().all() and np.isnan(names["second_score"]).all() and names["lead"].isna().all()
    assert not names["second_fits"].any()
