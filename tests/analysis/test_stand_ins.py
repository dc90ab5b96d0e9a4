"""How far features tell a characteristic: against scipy, and on features that plainly do or do not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kruskal

from dapipeline.analysis.stand_ins import FEWEST, TOGETHER, eta_squared, stand_ins
from dapipeline.clustering.threads import threads_limited

CHANCE = np.random.default_rng(11)
PEOPLE = 600
IDS = [f"P{at:04d}" for at in range(PEOPLE)]
SEX = np.where(CHANCE.random(PEOPLE) < 0.4, "F", "M")
VECTORS = pd.DataFrame(
    {
        "offender_id": IDS,
        "telling": np.where(SEX == "F", 3.0, 0.0) + CHANCE.normal(size=PEOPLE),
        "hinting": np.where(SEX == "F", 0.5, 0.0) + CHANCE.normal(size=PEOPLE),
        "nothing": CHANCE.integers(0, 4, PEOPLE).astype(float),
        "constant": 1.0,
    }
)
KNOWN = pd.DataFrame(
    {"offender_id": IDS, "offender_sex": SEX, "colour": CHANCE.choice(["red", "blue", "green"], PEOPLE)}
)


@pytest.mark.parametrize("feature", ["telling", "hinting", "nothing"])
@pytest.mark.parametrize("characteristic", ["offender_sex", "colour"])
def test_eta_squared_is_h_of_kruskal_and_wallis_by_n_less_one(feature, characteristic):
    values, groups = VECTORS[feature], KNOWN[characteristic]
    h = kruskal(*(values[groups == group] for group in sorted(set(groups)))).statistic
    assert eta_squared(values, groups) == pytest.approx(h / (PEOPLE - 1), abs=6e-5)


def test_what_tells_comes_first_and_what_does_not_is_near_chance():
    found = stand_ins(VECTORS, KNOWN, seed=1)
    sex = found[found["characteristic"] == "offender_sex"].reset_index(drop=True)
    assert sex["feature"].tolist() == [TOGETHER, "telling", "hinting", "nothing", "constant"]
    assert sex["strength"][0] > 0.95
    assert sex["strength"][4] == 0.0
    colour = found[found["characteristic"] == "colour"]
    assert abs(float(colour["strength"].iloc[0]) - 0.5) < 0.06
    assert set(found["people"]) == {PEOPLE}


def test_a_feature_that_says_the_characteristic_itself_is_left_out_of_all_together():
    bands = pd.DataFrame({"offender_id": IDS, "age_band": np.where(VECTORS["telling"] > 1.5, "old", "young")})
    vectors = VECTORS.rename(columns={"telling": "age_first_da", "hinting": "noise"})
    vectors["noise"] = CHANCE.normal(size=PEOPLE)
    found = stand_ins(vectors, bands, seed=1)
    assert found.loc[found["own"], "feature"].tolist() == ["age_first_da"]
    assert found.loc[found["feature"] == TOGETHER, "strength"].iloc[0] < 0.6


def test_values_of_few_people_are_left_out_and_so_is_who_has_none():
    few = KNOWN[["offender_id"]].assign(group=["rare"] * (FEWEST - 1) + ["x", "y"] * 290 + [None])
    found = stand_ins(VECTORS, few, seed=1)
    assert set(found["people"]) == {580}
    assert set(found["values"]) == {2}
    one = KNOWN[["offender_id"]].assign(group="x")
    assert stand_ins(VECTORS, one, seed=1).empty
    assert list(stand_ins(VECTORS, one, seed=1)) == list(found)


def test_neither_order_nor_threads_nor_the_names_of_values_change_anything():
    first = stand_ins(VECTORS, KNOWN, seed=1)
    with threads_limited(1):
        turned = stand_ins(VECTORS.sample(frac=1, random_state=2), KNOWN.iloc[::-1], seed=1)
    pd.testing.assert_frame_equal(first, turned)
    renamed = KNOWN.assign(offender_sex=KNOWN["offender_sex"].map({"F": "z", "M": "a"}))
    pd.testing.assert_frame_equal(first, stand_ins(VECTORS, renamed, seed=1))
