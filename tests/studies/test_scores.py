"""Scores against tables counted by hand."""

import numpy as np
import pandas as pd
import pytest
from studies.calibration.scores import (
    UNNAMED,
    as_classes,
    best_union,
    confusion,
    confusion_of,
    rand_indices,
    rank_correlation,
    score_names,
    summarise,
)

NAMES = ["a", "b", "c"]
# Down: planted a, b, c, unnamed. Across: assigned the same.
COUNTS = [[6, 2, 0, 2], [1, 3, 0, 0], [0, 0, 0, 5], [3, 0, 0, 78]]


@pytest.fixture
def people():
    classes = [*NAMES, UNNAMED]
    rows, columns = np.nonzero(COUNTS)
    times = np.array(COUNTS)[rows, columns]
    of = np.array(classes, dtype=object)
    return np.repeat(of[rows], times), np.repeat(of[columns], times)


def test_whoever_has_no_published_name_is_one_class():
    labels = pd.Series(["a", "one_off", None, "c", "unnamed"], dtype="string")
    assert list(as_classes(labels, NAMES)) == ["a", UNNAMED, UNNAMED, "c", UNNAMED]


def test_confusion_counts_people(people):
    table = confusion(*people, NAMES)
    assert table.to_numpy().tolist() == COUNTS
    assert list(table.index) == list(table.columns) == [*NAMES, UNNAMED]


def test_confusion_comes_back_from_what_is_kept(people):
    table = confusion(*people, NAMES)
    kept = table.reset_index().melt("planted", value_name="offenders")
    assert confusion_of(kept).equals(table.astype(int).rename_axis(columns="assigned"))


def test_precision_recall_and_f1(people):
    found = score_names(confusion(*people, NAMES)).set_index("typology")
    assert found["planted"].tolist() == [10, 4, 5]
    assert found["named"].tolist() == [10, 5, 0]
    assert found["both"].tolist() == [6, 3, 0]
    assert found.loc["a", ["precision", "recall", "f1"]].tolist() == pytest.approx([0.6, 0.6, 0.6])
    assert found.loc["b", ["precision", "recall", "f1"]].tolist() == pytest.approx([3 / 5, 3 / 4, 2 / 3])
    assert np.isnan(found.loc["c", "precision"])  # nobody is named so
    assert found.loc["c", ["recall", "f1"]].tolist() == [0, 0]


def test_a_name_nobody_was_planted_with_has_no_f1():
    found = score_names(confusion(np.array(["a"]), np.array(["b"]), NAMES)).set_index("typology")
    assert found["f1"].isna().tolist() == [False, True, True]


def test_rand_index_of_independent_halves():
    # No pair is together in both: 0 of an expected 2 * 2 / 6, at most 2.
    among, whole = rand_indices(np.array(list("aabb")), np.array(list("abab")))
    assert among == whole == pytest.approx((0 - 2 / 3) / (2 - 2 / 3))


def test_rand_index_among_the_planted_leaves_out_the_unnamed():
    planted = np.array(["a", "a", "b", "b", UNNAMED, UNNAMED])
    among, whole = rand_indices(planted, np.array(["a", "a", "b", "b", "a", "b"]))
    assert among == 1 and whole < 1


def test_ranks_correlate_over_the_names_that_are_there():
    published = pd.Series({"a": 1, "b": 2, "c": 3, "d": 4})
    # In the order c, a, b: differences 1, 1 and 2 in rank, so 1 - 6 * 6 / (3 * 8).
    found, ranked = rank_correlation(pd.Series({"a": 50, "b": 10, "c": 90, UNNAMED: 3}), published)
    assert (found, ranked) == (pytest.approx(-0.5), 3)


def test_two_names_have_no_correlation_to_speak_of():
    assert rank_correlation(pd.Series({"a": 1, "b": 2}), pd.Series({"a": 1, "b": 2}))[1] == 2
    assert np.isnan(rank_correlation(pd.Series({"a": 1, "b": 2}), pd.Series({"a": 1, "b": 2}))[0])


def test_the_summary_holds_the_bars(people):
    harm = pd.DataFrame({"da": np.arange(100), "non_da": np.arange(100)})
    ranks = pd.DataFrame({"da": [1, 2, 3], "non_da": [1, 2, 3]}, index=NAMES)
    summary, by_name = summarise(*people, harm, ranks, NAMES)
    assert summary["clustered"] == 100
    assert summary["unnamed"] == pytest.approx(0.85)
    assert summary["macro_f1"] == pytest.approx((0.6 + 2 / 3 + 0) / 3)
    assert (summary["above_060"], summary["above_075"]) == (1, 0)  # 0.6 is not above 0.6
    assert summary["below_060"] == ""  # nobody has a hundred members
    assert summary["ranked"] == 2
    assert len(by_name) == 3


def test_the_best_union_takes_the_purest_clusters_first():
    labels = np.array([0, 0, 1, 2, 0, 0, 1, 1, 1, 3, 3, 3])
    members = np.arange(12) < 4
    # Cluster 2 alone: 2 / 5; with cluster 0: 6 / 9; with cluster 1 too: 8 / 13.
    assert best_union(labels, members) == (pytest.approx(2 / 3), 2)
