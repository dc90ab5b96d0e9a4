import numpy as np
import pandas as pd
import pytest

from dapipeline.typology.averages import Averages, asked_values, member_averages
from dapipeline.typology.criteria import evaluate_criteria, midway
from dapipeline.typology.evidence import NONE, Evidence, Scores, gather_evidence, own_names, score_typologies
from dapipeline.typology.naming import AVERAGES, MEMBERS, NOTHING_FITS, TWO_FIT, UNNAMED, name_clusters, score_table

from .definition_files import criterion, definitions, typology

# Cluster 1: da 2, 4 and 6 (mean 4, median 4), other 1, 1 and 4 (mean 2, median 1); cluster 2: da 12, other 2.
# The cohort: da mean 6, other mean 2, and of da sorted 2, 4, 6, 12 the 50% point is 5.
VECTORS = pd.DataFrame({"da_incidents": [2.0, 4, 6, 12], "non_da_incidents": [1.0, 1, 4, 2]})
CLUSTERS = np.array([1, 1, 1, 2])


def asked_of(vectors, clusters, asked):
    return evaluate_criteria(member_averages(asked_values(vectors, asked), np.array(clusters), asked), asked)


def ask(*criteria):
    return asked_of(VECTORS, CLUSTERS, definitions(x=typology(*criteria)))


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
    found = asked_of(VECTORS, CLUSTERS, asked).query("cluster == 1")
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
    found = asked_of(vectors, [1, 2], asked)
    assert found["fit"].tolist() == [0, 1]


def test_shares_and_ages_have_their_middle_as_they_are():
    vectors = pd.DataFrame({"da_non_crime_share": [0.0, 0.4], "age_first_da": [20.0, 40.0], "da_victims": [0.0, 0.0]})
    asked = [criterion("da_non_crime_share", published=0.5), criterion("age_first_da", published=24)]
    nobody = criterion("da_victims", published=3)
    found = asked_of(vectors, [1, 2], definitions(x=typology(*asked, nobody)))
    assert found["threshold"].to_numpy() == pytest.approx([0.35, 27, 1] * 2)
    assert found["met"].tolist() == [False, True, False, True, False, False]


@pytest.mark.parametrize(
    ("published", "threshold", "met", "fit"),
    [
        # The cohort's mean is 0.4. Above it a share has to pass the middle; below it, the printed figure.
        (0.6, 0.5, [False, False, True], [1 / 6, 2 / 3, 1]),
        (0.3, 0.3, [False, True, True], [1 / 3, 1, 1]),
    ],
)
def test_a_printed_share_is_reached_or_exceeded(published, threshold, met, fit):
    vectors = pd.DataFrame({"da_non_crime_share": [0.1, 0.4, 0.7]})
    found = asked_of(vectors, [1, 2, 3], definitions(x=typology(criterion("da_non_crime_share", published=published))))
    assert found["threshold"].to_numpy() == pytest.approx([threshold] * 3)
    assert found["met"].tolist() == met and found["fit"].to_numpy() == pytest.approx(fit)
    assert found["criterion"].iloc[0].endswith(", or above it")


@pytest.mark.parametrize(
    ("one", "other", "kind", "middle"),
    [
        (1.0, 7.0, "count", 3.0),  # of 2 and 8 the geometric mean is 4
        (7.0, 1.0, "severity", 3.0),
        (-30.0, 3.0, "duration", 1.0),  # below 0 counts as none: of 1 and 4
        (0.2, 0.6, "share", 0.4),
        (20.0, 30.0, "age", 25.0),
    ],
)
def test_midway_is_in_proportion_for_skewed_kinds(one, other, kind, middle):
    assert midway(one, other, kind) == pytest.approx(middle)


TWO = definitions(rare=typology(criterion(at_least=1)), common=typology(criterion(at_least=1)))
PAIR = definitions(
    low=typology(criterion(at_least=1)), other=typology(criterion(at_least=1)), high=typology(criterion(at_least=1)),
    compared=({"higher": "high", "lower": "low", "by": "non_da_severity_mean"},),
)  # fmt: skip


def evidence(*clusters, by=None):
    """Evidence by hand: of each cluster, by typology, score, whether required criteria are met, share of members."""
    table = np.array(clusters, dtype=float)
    means = {} if by is None else {"non_da_severity_mean": np.array(by, dtype=float)}
    averages = Averages(np.arange(1, len(table) + 1), {"mean": means, "median": {}}, {})
    scores = Scores(table[:, :, 0], table[:, :, 1].astype(bool))
    return Evidence(averages, scores, table[:, :, 2], np.array([]))


def names_by(*clusters, asked=TWO, margin=0.02, overrides=None, by=None):
    return name_clusters(score_table(evidence(*clusters, by=by), asked), overrides or {}, margin)


def test_a_score_is_the_mean_fit_by_weight():
    asked = definitions(x=typology(criterion(at_least=8, weight=3), criterion("non_da_incidents", at_least=1)))
    found = score_typologies(member_averages(asked_values(VECTORS, asked), CLUSTERS, asked), asked)
    assert found.score[:, 0].tolist() == [(3 * 0.5 + 1) / 4, 1]  # a mean of 4 DA incidents is half of 8
    assert found.fits(0.625)[:, 0].tolist() == [True, True] and found.fits(0.63)[:, 0].tolist() == [False, True]


def test_what_misses_a_required_criterion_does_not_fit_by_averages_however_well_the_rest_does():
    found = names_by([(0.98, 0, 0), (0.8, 1, 0)]).loc[1]
    assert (found["typology"], found["second"], found["fits_by"]) == ("common", "rare", AVERAGES)
    assert found["score"] == 0.8 and not found["second_fits"]
    assert found["lead"] == pytest.approx(-0.18)


@pytest.mark.parametrize("scores", [(0.9, 0.9), (0.9, 0.881), (0.881, 0.9)])
def test_of_two_that_fit_alike_by_averages_neither_names_the_cluster(scores):
    found = names_by([(score, 1, 0.1) for score in scores]).loc[1]
    assert (found["typology"], found["named_by"], found["unnamed_because"]) == (UNNAMED, "nothing", TWO_FIT)
    assert found["lead"] == pytest.approx(max(scores) - min(scores))


def test_a_gap_of_the_margin_is_enough():
    found = names_by([(0.90, 1, 0), (0.92, 1, 0)]).loc[1]
    assert (found["typology"], found["second"], found["lead"]) == ("common", "rare", 0.02)
    assert found["second_fits"] and pd.isna(found["unnamed_because"])


def test_without_a_margin_the_order_of_the_definitions_decides_a_tie():
    assert names_by([(0.9, 1, 0)] * 2, margin=0).loc[1, "typology"] == "rare"


def test_the_members_decide_before_the_averages():
    # Common has the better averages, meets what is required, and a fifth of the members; of rare, a quarter.
    found = names_by([(0.76, 0, 0.25), (0.99, 1, 0.2)]).loc[1]
    assert (found["typology"], found["fits_by"], found["members"]) == ("rare", MEMBERS, 0.25)
    assert (found["second"], found["second_fits"]) == ("common", True)
    assert found["lead"] == pytest.approx(-0.23) and pd.isna(found["unnamed_because"])


def test_of_two_that_members_fit_the_one_with_more_gives_the_name_without_a_margin():
    assert names_by([(0.80, 1, 0.40), (0.99, 1, 0.39)]).loc[1, "typology"] == "rare"


def test_members_do_not_name_a_cluster_whose_averages_score_too_little():
    found = names_by([(0.74, 1, 0.9), (0.5, 1, 0)]).loc[1]
    assert (found["typology"], found["unnamed_because"]) == (UNNAMED, NOTHING_FITS)
    assert found["best"] == "rare" and pd.isna(found["fits_by"])


def test_where_nothing_fits_a_cluster_stays_unnamed_and_an_override_stands_above_all():
    poor, good = [(0.5, 0, 0)] * 2, [(1, 1, 0), (0.2, 0, 0)]
    names = names_by(poor, poor, good, overrides={2: "our own", 3: "common"})
    assert names["typology"].to_dict() == {1: UNNAMED, 2: "our own", 3: "common"}
    assert names["named_by"].to_dict() == {1: "nothing", 2: "override", 3: "override"}
    assert names["unnamed_because"].isna().to_dict() == {1: False, 2: True, 3: True}


def test_two_clusters_may_share_a_name():
    assert names_by(*[[(0.9, 1, 0), (0.8, 1, 0)]] * 2)["typology"].tolist() == ["rare", "rare"]


def test_one_typology_alone_leaves_no_second():
    names = names_by([(0.9, 1, 0)], asked=definitions(x=typology(criterion(at_least=4))))
    assert names["typology"].tolist() == ["x"]
    assert names["second"].isna().all() and np.isnan(names["second_score"]).all() and names["lead"].isna().all()
    assert not names["second_fits"].any()


EITHER, NEITHER = [(0.8, 1, 0.6), (0.5, 0, 0), (0.9, 0, 0.6)], [(0.4, 0, 0.1), (0.9, 1, 0), (0.3, 0, 0.1)]


def test_compared_clusters_are_split_where_their_logarithms_differ_most():
    # Logarithms near 2.3, 2.5, 2.7 and 5.0: the last stands apart. The fifth is of another typology, however severe.
    names = names_by(EITHER, EITHER, EITHER, EITHER, NEITHER, asked=PAIR, by=[10, 12, 15, 150, 9000])
    assert names["typology"].tolist() == ["low", "low", "low", "high", "other"]


def test_the_split_has_the_least_sum_of_squares():
    rng = np.random.default_rng(7)
    for _ in range(50):
        by = np.exp(rng.uniform(1, 8, rng.integers(2, 7)))
        names = names_by(*[EITHER] * len(by), asked=PAIR, by=by)["typology"].to_numpy()
        order, logs = np.argsort(by), np.log(np.sort(by))
        slow = [sum(((part - part.mean()) ** 2).sum() for part in np.split(logs, [at])) for at in range(1, len(by))]
        assert names[order].tolist() == ["low"] * (at := int(np.argmin(slow)) + 1) + ["high"] * (len(by) - at)


def test_a_lone_one_and_ones_that_do_not_differ_keep_the_name_of_their_own_averages():
    higher = [(0.8, 1, 0.6), (0.5, 0, 0), (0.9, 1, 0.6)]
    lower = [(0.9, 1, 0.6), (0.5, 0, 0), (0.8, 1, 0.6)]
    assert names_by(higher, NEITHER, asked=PAIR, by=[10, 9000])["typology"].tolist() == ["high", "other"]
    assert names_by(lower, NEITHER, asked=PAIR, by=[10, 20])["typology"].tolist() == ["low", "other"]
    assert names_by(higher, lower, asked=PAIR, by=[10, 10])["typology"].tolist() == ["high", "low"]
    assert names_by(higher, lower, asked=PAIR)["typology"].tolist() == ["high", "low"]  # severity is not known


def test_of_two_that_are_compared_a_cluster_has_one_row():
    table = score_table(evidence(EITHER, NEITHER, by=[10, 20]), PAIR)
    assert table.groupby("cluster").size().tolist() == [2, 2]
    assert table["typology"].tolist() == ["high", "other", "other", "low"]


def test_members_are_asked_by_the_criteria_of_clusters():
    asked = definitions(
        many=typology(criterion(at_least=6, required=True)),
        few=typology(criterion(statistic="median", below=4, required=True)),
    )
    values = asked_values(VECTORS, asked)
    assert own_names(values, 4, asked).tolist() == [1, NONE, 0, 0]
    found = gather_evidence(values, CLUSTERS, asked)
    assert found.members.tolist() == [[1 / 3, 1 / 3], [1, 0]]
    assert found.averages.clusters.tolist() == [1, 2] and found.own.tolist() == [1, NONE, 0, 0]


def test_members_of_either_of_two_that_are_compared_count_as_one():
    asked = definitions(
        low=typology(criterion(below=5, required=True)), high=typology(criterion(at_least=5, required=True)),
        compared=({"higher": "high", "lower": "low", "by": "da_incidents"},),
    )  # fmt: skip
    found = gather_evidence(asked_values(VECTORS, asked), CLUSTERS, asked)
    assert found.members.tolist() == [[1, 1], [1, 1]]
    assert found.averages.of_clusters["mean"]["da_incidents"].tolist() == [4, 12]


@pytest.mark.parametrize("seed", range(3))
def test_a_record_is_a_cluster_of_one(seed):
    rng = np.random.default_rng(seed)
    people = pd.DataFrame(
        {"da_incidents": rng.poisson(4, 60) + 1.0, "non_da_incidents": np.where(rng.random(60) < 0.2, np.nan, 3.0),
         "da_non_crime_share": rng.random(60)}
    )  # fmt: skip
    asked = definitions(
        x=typology(criterion(published=7), criterion("da_non_crime_share", published=0.5, required=True)),
        y=typology(criterion(statistic="median", cohort_quantile=0.8), criterion("non_da_incidents", at_least=2)),
    )
    values = asked_values(people, asked)
    alone = score_typologies(member_averages(values, np.arange(60) + 1, asked), asked)
    best = np.where(alone.fits(asked.enough), alone.score, -1)
    expected = [int(row.argmax()) if row.max() >= 0 else NONE for row in best]
    assert own_names(values, 60, asked).tolist() == expected
    assert 0 < sum(name != NONE for name in expected) < 60


def test_definitions_that_ask_only_for_what_is_switched_off_name_nothing():
    asked = definitions(x=typology(criterion("da_victims", at_least=1)))
    found = gather_evidence(asked_values(VECTORS, asked), CLUSTERS, asked)
    assert found.own.tolist() == [NONE] * 4 and found.members.tolist() == [[0], [0]]
    names = name_clusters(score_table(found, asked), {}, asked.margin)
    assert names["unnamed_because"].tolist() == [NOTHING_FITS] * 2
