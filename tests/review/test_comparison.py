"""Two runs side by side, against counts by hand and pairs counted one by one."""

from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
import pytest

from dapipeline.review.comparison import compare_assignments, compare_features, compare_settings


def table(**columns):
    return pd.DataFrame(columns)


FIRST = table(offender_id=list("ABCDEF"), cluster=[1, 1, 2, 2, 3, 3], typology=["x", "x", "y", "y", "y", "y"])
SECOND = table(offender_id=list("BCDEFGH"), cluster=[1, 1, 2, 2, 2, 1, 3], typology=["x", "x", "y", "y", "z", "x", "z"])


def rand_index(one, other):
    """Pairs of people, together or apart in each; adjusted for chance as Hubert and Arabie did in 1985."""
    pairs = list(combinations(range(len(one)), 2))
    both = sum(one[i] == one[j] and other[i] == other[j] for i, j in pairs)
    first, second = (sum(side[i] == side[j] for i, j in pairs) for side in (one, other))
    expected = first * second / comb(len(one), 2)
    return (both - expected) / ((first + second) / 2 - expected)


def test_who_moved_is_counted():
    about, moves = compare_assignments(FIRST, SECOND)
    assert about["offenders_in_both"] == 5
    assert (about["only_in_first"], about["only_in_second"]) == (1, 2)
    assert about["same_typology"] == 3  # B, D and E
    expected = table(
        typology_first=["x", "y", "y", "y"], typology_second=["x", "x", "y", "z"], offenders=[1, 1, 2, 1],
        share_of_first=[1, 0.25, 0.5, 0.25], share_of_second=[0.5, 0.5, 1, 1],
    )  # fmt: skip
    pd.testing.assert_frame_equal(moves, expected, check_dtype=False)
    assert about["adjusted_rand_index_typology"] == pytest.approx(rand_index("xyyyy", "xxyyz"))
    assert about["adjusted_rand_index_cluster"] == pytest.approx(rand_index("12233", "11222"))


def test_rand_index_of_many():
    rng = np.random.default_rng(0)
    one, other = rng.integers(0, 5, (2, 80)).astype(str)
    other[:50] = one[:50]
    people = [f"N{i:02d}" for i in range(80)]
    about, _ = compare_assignments(
        table(offender_id=people, cluster=one, typology=one), table(offender_id=people, cluster=other, typology=other)
    )
    assert about["adjusted_rand_index_typology"] == pytest.approx(rand_index(one, other))


def test_a_run_is_like_itself():
    about, moves = compare_assignments(FIRST, FIRST)
    assert about["adjusted_rand_index_typology"] == about["adjusted_rand_index_cluster"] == 1
    assert (moves["typology_first"] == moves["typology_second"]).all()
    features = table(offender_id=list("ABCDEF"), n=[1.0, 2, 3, 4, 5, 9])
    assert (compare_features((FIRST, features), (FIRST, features))["difference"] == 0).all()


def test_nobody_in_both_is_no_agreement():
    about, moves = compare_assignments(FIRST, SECOND.assign(offender_id=list("TUVWXYZ")))
    assert about["offenders_in_both"] == 0
    assert about["adjusted_rand_index_typology"] is None
    assert moves.empty


def test_features_of_the_cohort_and_of_each_typology():
    first = table(offender_id=[*"ABCDEF", "left_out"], n=[1.0, 2, 3, 4, 5, 9, 1000], flat=[7.0] * 7, gone=[0.0] * 7)
    second = table(offender_id=list("BCDEFGH"), n=[2.0, 4, 4, 6, 9, 9, 15], flat=[7.0] * 7, come=[0.0] * 7)
    found = compare_features((FIRST, first), (SECOND, second))
    assert found["feature"].unique().tolist() == ["n", "flat"]
    assert found["level"].tolist() == ["cohort"] * 2 + ["typology"] * 6
    assert found["typology"].tolist() == ["", "", "x", "x", "y", "y", "z", "z"]
    n = found[found["feature"] == "n"].set_index("typology")
    assert n.loc["", ["mean_first", "mean_second", "median_first", "median_second"]].tolist() == [4, 7, 3.5, 6]
    assert n.loc["", "difference_sd"] == pytest.approx(3 / np.std([1, 2, 3, 4, 5, 9]))
    assert n.loc["x", ["mean_first", "mean_second"]].tolist() == [1.5, 5]
    assert n.loc["z", ["mean_second", "median_second"]].tolist() == [12, 12]
    assert n.loc["z", ["mean_first", "difference", "difference_sd"]].isna().all()
    assert found.loc[found["feature"] == "flat", "difference_sd"].isna().all()


def test_settings_that_differ():
    one = {"name": "a", "clustering": {"k": 29, "weight": "none"}, "overrides": {}, "list": [1, 2]}
    other = {"name": "a", "clustering": {"k": 30, "weight": "none"}, "overrides": {"3": "Mine"}, "list": [1, 2]}
    assert compare_settings(one, other).to_numpy().tolist() == [
        ["clustering.k", "29", "30"],
        ["overrides.3", "", "Mine"],
    ]
    assert compare_settings(one, one).empty
