"""The simulations of the harm statistics: docs/harm.md prints what is committed, and that keeps what was promised."""

from __future__ import annotations

import pandas as pd
import pytest
from studies.harm.forces import SIZE
from studies.harm.order import force
from studies.harm.page import PAGE, RESULTS, filled

FORCES, ORDERS = 400, 100


@pytest.fixture
def results():
    return lambda name: pd.read_csv(RESULTS / f"{name}.csv")


def test_the_page_prints_the_committed_results():
    text = PAGE.read_text(encoding="utf-8")
    assert filled(text) == text
    assert text.count("| `joint` |") > 5


def test_intervals_of_common_types_hold_the_truth(results):
    found = results("coverage").query("rarity == 1000").set_index("model")
    assert (found["forces"] == FORCES).all()
    for model in ("joint", "joint_adjusted"):
        assert found.loc[model, "intervals"] > 1_000
        assert 0.93 <= found.loc[model, "holds"] / found.loc[model, "intervals"] <= 0.97


def test_what_rare_types_have_instead_is_better_than_the_normal_approximation(results):
    found = results("coverage").query("rarity < 200 and nulls > 0")
    assert ((found["p_below"] / found["nulls"] - 0.05).abs() < (found["normal_p_below"] / found["nulls"] - 0.05)).all()


def test_the_model_that_allows_for_volume_finds_little_where_there_is_nothing(results):
    found = results("false_discovery").query("harm == 'line'").set_index("model")
    adjusted = found.loc["joint_adjusted"]
    assert adjusted["any_found"] / adjusted["forces"] <= 0.05
    assert adjusted["found_of_tests"] < 0.002
    assert found.loc["univariate", "any_found"] / found.loc["univariate", "forces"] > 0.9


def test_an_effect_of_what_came_first_is_found_and_not_made_up(results):
    found = results("order").query("design == 'before_first_da' and model == 'together'")
    assert (found["forces"] == ORDERS).all()
    assert (found.query("world == 'effect'")["positive"] >= 90).all()
    assert (found.query("world != 'effect'")[["positive", "significant"]] <= 7).all(axis=None)


def test_a_force_of_the_simulation_is_what_it_says():
    tables, people = force(3, "none")
    incidents, offences = tables.incidents.to_pandas(), tables.offences.to_pandas()
    assert len(people) == SIZE
    assert set(incidents["offender_id"]) == set(people.index)
    assert incidents.groupby("offender_id")["severity"].sum().to_dict() == pytest.approx(
        people["da_severity_total"].to_dict()
    )
    assert set(offences["offender_id"]) <= set(people.index)
