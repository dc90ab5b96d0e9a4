"""The criteria of a typology, in words, with what clusters have."""

import pytest

from dapipeline.report.criteria import condition, criteria_table
from dapipeline.typology.definitions import Criterion


def test_criteria_show_figure_threshold_and_whether_met(make, may, by_key):
    table = criteria_table(make().criteria, by_key["domestic_abuse_specialist"], may)
    assert table.written() == [
        ["DA incidents, mean: at least 4", "required", "4", "7", "✓ 7"],
        ["DA at night (22:00 to 05:59), mean: at least 28%", "counts", "28%", "–", "✗ 25%"],
        ["DA incidents, mean: at least 5 × Non-DA incidents", "counts", "5", "–", "✓ 7"],
    ]
    assert table.note == ""
    assert criteria_table(make().criteria, by_key["town_centre_group"], may) is None


def test_a_mean_that_is_withheld_is_no_figure_of_a_criterion_either(make, strict, by_key):
    # Under a limit of 10, cluster 3 is withheld with the 3 people of cluster 4: alone they would follow from the rest.
    table = criteria_table(make().criteria, by_key["prolific_violent_offender"], strict)
    assert [row[-1] for row in table.written()] == ["✓ *", "✓ *"]
    assert table.note == strict.note_on_means


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        ({"at_least": 26280}, "How long a DA incident lasts, mean: at least 3 years"),
        ({"below": 48}, "How long a DA incident lasts, mean: below 2 days"),
        ({"cohort_quantile": 0.95}, "How long a DA incident lasts, mean: at least what 95% of the cohort stay below"),
        (
            {"below_cohort_quantile": 0.95},
            "How long a DA incident lasts, mean: less than what 5% of the cohort reach",
        ),
        ({"times_cohort": 1.5}, "How long a DA incident lasts, mean: at least 1.5 × the cohort's mean"),
        ({"below_times_cohort": 1}, "How long a DA incident lasts, mean: below 1 × the cohort's mean"),
        (
            {"times_feature": ("non_da_duration_mean_hours", 2)},
            "How long a DA incident lasts, mean: at least 2 × How long a non-DA incident lasts",
        ),
    ],
)
def test_every_comparison_has_words(comparison, words):
    assert condition(Criterion(feature="da_duration_mean_hours", statistic="mean", **comparison)) == words
