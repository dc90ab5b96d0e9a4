"""Who has a gap is left out or filled, and counted."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from dapipeline.errors import CohortError
from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.offenders.vectors import settle_missing

from .histories import row

NAN = float("nan")
VECTORS = pd.DataFrame(
    {
        "offender_id": ["d", "a", "c", "b"],
        "age": [30.0, NAN, 20.0, 50.0],
        "decile": [NAN, NAN, 2.0, 4.0],
        "incidents": [1.0, 2.0, 3.0, 9.0],
        "unused": [NAN, NAN, NAN, NAN],
    }
)
CHOSEN = ["incidents", "age", "decile"]


def test_excluded_offenders_are_counted():
    complete, counted = settle_missing(VECTORS, CHOSEN, "exclude")
    expected = pd.DataFrame(
        {"offender_id": ["b", "c"], "incidents": [9.0, 3.0], "age": [50.0, 20.0], "decile": [4.0, 2.0]}
    )
    pd.testing.assert_frame_equal(complete, expected)
    assert counted.to_dict("list") == {
        "feature": ["age", "decile", "any"],
        "offenders": [1, 2, 2],
        "treatment": ["excluded"] * 3,
    }


def test_the_median_of_those_who_have_one_fills_the_gap():
    complete, counted = settle_missing(VECTORS, CHOSEN, "median")
    expected = pd.DataFrame(
        {
            "offender_id": ["a", "b", "c", "d"],
            "incidents": [2.0, 9.0, 3.0, 1.0],
            "age": [30.0, 50.0, 20.0, 30.0],
            "decile": [3.0, 4.0, 2.0, 3.0],
        }
    )
    pd.testing.assert_frame_equal(complete, expected)
    assert counted["offenders"].tolist() == [1, 2, 2]
    assert set(counted["treatment"]) == {"median of the cohort"}


@pytest.mark.parametrize("missing", ["exclude", "median"])
def test_without_a_gap_everyone_stays_and_none_is_counted(missing):
    complete, counted = settle_missing(VECTORS, ["incidents"], missing)
    assert complete["offender_id"].tolist() == ["a", "b", "c", "d"]
    assert counted[["feature", "offenders"]].to_numpy().tolist() == [["any", 0]]


def test_the_vectors_given_are_not_changed():
    before = VECTORS.copy()
    settle_missing(VECTORS, CHOSEN, "median")
    pd.testing.assert_frame_equal(VECTORS, before)


def test_nobody_left_is_an_error():
    apart = pd.DataFrame({"offender_id": ["a", "b"], "age": [1.0, NAN], "decile": [NAN, 2.0]})
    with pytest.raises(CohortError) as error:
        settle_missing(apart, ["age", "decile"], "exclude")
    assert error.value.code == "D102"
    complete, _ = settle_missing(apart, ["age", "decile"], "median")
    assert complete[["age", "decile"]].to_numpy().tolist() == [[1.0, 2.0], [1.0, 2.0]]


@pytest.mark.parametrize("missing", ["exclude", "median"])
def test_a_feature_missing_for_everyone_is_an_error_that_names_it(missing):
    with pytest.raises(CohortError) as error:
        settle_missing(VECTORS, [*CHOSEN, "unused"], missing)
    assert error.value.code == "D103"
    assert "unused" in error.value.fact
    assert "unused" in error.value.remedy


def test_vectors_are_floats_sorted_by_id_in_the_order_asked_for(features_of):
    when = datetime(2020, 1, 1)
    rows = [row(offender_id=id, incident_id=id, occurred_from=when, da_flag=True) for id in ("b", "a10", "a9", "B")]
    wanted = [BY_NAME[name] for name in ("da_victims", "da_incidents", "da_victimisations", "incidents")]
    found = features_of(rows, features=wanted)
    assert list(found.index) == ["B", "a10", "a9", "b"]
    assert list(found.columns) == [feature.name for feature in wanted]
    assert set(found.dtypes) == {np.dtype("float64")}


def test_where_there_is_nothing_to_aggregate_the_features_own_value_stands(features_of):
    only = row(offender_id="A", incident_id="I", occurred_from=datetime(2020, 1, 1), da_flag=True)
    nothing = [feature for feature in BY_NAME.values() if feature.grain in ("victims", "pairs", "victimisations")]
    assert len(nothing) >= 10
    found = features_of([only], features=nothing).loc["A"]
    assert found.to_dict() == {feature.name: feature.empty for feature in nothing}
