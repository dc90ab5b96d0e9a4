"""Typologies by harm beside published ranks, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.analysis.harm.ranking import harm_ranking, rank_agreement

ASSIGNED = pd.DataFrame(
    {
        "offender_id": list("ABCDEFGH"),
        "typology": ["worst", "worst", "middle", "middle", "least", "least", "own", "unnamed"],
    }
)
FEATURES = pd.DataFrame(
    {
        "offender_id": list("HGFEDCBA"),
        "da_severity_total": [9000.0, 50, 0, 2, 30, 10, 100, 300],
        "non_da_severity_total": [9000.0, 0, 7, 7, 9, 1, 0, 6],
    }
)
PUBLISHED = {"worst": (2, 20), "middle": (4, 11), "least": (9, 1), "elsewhere": (1, 1)}


@pytest.fixture
def ranking():
    return harm_ranking(ASSIGNED, FEATURES, PUBLISHED)


def test_named_typologies_are_ranked_by_their_mean(ranking):
    table = ranking.set_index("typology")
    assert list(table.index) == ["worst", "own", "middle", "least"]
    assert table["offenders"].tolist() == [2, 1, 2, 2]
    assert table["severity_da"].tolist() == [200, 50, 20, 1]
    assert table["rank_da"].tolist() == [1, 2, 3, 4]
    assert table["severity_non_da"].tolist() == [3, 0, 5, 7]
    assert table["rank_non_da"].tolist() == [3, 4, 2, 1]


def test_published_ranks_stand_beside_them_and_change_none(ranking):
    table = ranking.set_index("typology")
    assert table["published_rank_da"].fillna(0).tolist() == [2, 0, 4, 9]
    assert table["published_rank_non_da"].fillna(0).tolist() == [20, 0, 11, 1]
    without = harm_ranking(ASSIGNED, FEATURES, {})
    unchanged = ["typology", "offenders", "severity_da", "rank_da", "severity_non_da", "rank_non_da"]
    pd.testing.assert_frame_equal(without[unchanged], ranking[unchanged])
    assert without["published_rank_da"].isna().all()


def test_the_agreement_of_orders(ranking):
    found = rank_agreement(ranking).set_index("severity")
    assert found["typologies"].to_dict() == {"da": 3, "non_da": 3}
    assert found["spearman"].to_dict() == pytest.approx({"da": 1, "non_da": 1})
    other = rank_agreement(harm_ranking(ASSIGNED, FEATURES, {"worst": (9, 1), "middle": (4, 2), "least": (5, 3)}))
    # Orders 1 2 3 here and 3 1 2 there: 1 - 6 x (4 + 1 + 1) / (3 x 8) = -0.5.
    assert other["spearman"].tolist() == pytest.approx([-0.5, -1])


def test_of_two_typologies_no_agreement_is_told():
    found = rank_agreement(harm_ranking(ASSIGNED, FEATURES, {"worst": (1, 1), "least": (2, 2)}))
    assert found["typologies"].tolist() == [2, 2]
    assert found["spearman"].isna().all()


def test_a_run_without_names_ranks_nothing():
    empty = harm_ranking(ASSIGNED.assign(typology="unnamed"), FEATURES, PUBLISHED)
    assert empty.empty
    assert rank_agreement(empty)["typologies"].tolist() == [0, 0]
