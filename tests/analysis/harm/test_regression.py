"""The table of the regression: which offences it holds, in what order, and what stands beside the figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dapipeline.analysis.harm.offence_types import held_by_two, offence_types
from dapipeline.analysis.harm.regression import (
    COLUMNS,
    IN_POINTS,
    MODELS,
    Outcome,
    found_by_all,
    harm_regression,
    regression_summary,
)

from .sparse_data import random_people, types_of


@pytest.fixture(scope="module")
def found():
    held, outcome = random_people(13)
    return held, outcome, harm_regression(types_of(held), outcome, 60, 1)


def test_every_model_has_a_row_for_every_type(found):
    held, _, table = found
    assert list(table) == COLUMNS
    assert list(dict.fromkeys(table["model"])) == list(MODELS)
    for _, lines in table.groupby("model"):
        assert sorted(lines["offence_code"]) == [f"{at:05}" for at in range(held.shape[1])]


def test_types_of_too_few_stay_as_rows_without_figures(found):
    held, _, table = found
    few = {f"{at:05}" for at in range(held.shape[1]) if held[:, at].sum() < 60}
    assert few
    rows = table[table["offence_code"].isin(few)]
    assert set(rows["note"]) == {"fewer than 60 people have it"}
    assert rows[["effect", "standard_error", "low", "high", "p", "q"]].isna().all(axis=None)
    assert table.loc[~table["offence_code"].isin(few), "effect"].notna().all()


def test_types_that_nearly_everybody_has_stay_too():
    held = np.zeros((100, 2))
    held[:95, 0] = held[:50, 1] = 1
    outcome = Outcome(np.arange(100.0), np.ones(100), np.ones(100), None)
    table = harm_regression(types_of(held), outcome, 10, 1)
    assert set(table.loc[table["offence_code"] == "00000", "note"]) == {"fewer than 10 people do not have it"}


def test_the_largest_effect_comes_first_and_what_has_none_last(found):
    for _, lines in found[2].groupby("model"):
        known = lines["effect"].dropna().tolist()
        assert known == sorted(known, reverse=True)
        assert lines["effect"].isna().tolist() == sorted(lines["effect"].isna())


def test_q_is_what_benjamini_and_hochberg_s_recipe_gives_within_a_model(found):
    for _, lines in found[2].groupby("model"):
        tested = lines.dropna(subset=["p"]).sort_values("p")
        p, m = tested["p"].tolist(), len(tested)
        # Step up: the smallest of m / i * p(i) over this rank and all above it, and at most 1.
        by_hand = [min(1.0, *(m / (j + 1) * p[j] for j in range(i, m))) for i in range(m)]
        assert tested["q"].tolist() == pytest.approx(by_hand)
        assert (lines["q"].isna() == lines["p"].isna()).all()


def test_effects_in_points_are_told_in_common_assaults_too(found):
    table = found[2].dropna(subset=["effect"])
    points = table["model"].isin(IN_POINTS)
    assert table.loc[points, "common_assaults"].tolist() == pytest.approx(table.loc[points, "effect"] / 10)
    assert table.loc[~points, "common_assaults"].isna().all()


def test_the_summary_counts_what_is_in_the_table(found):
    table = found[2]
    summary = regression_summary(table).set_index("model")
    for model, lines in table.groupby("model"):
        told = summary.loc[model]
        assert told["tested"] == sum(p == p for p in lines["p"])
        assert told["p_below"] == sum(p < 0.05 for p in lines["p"])
        assert told["q_below"] == sum(q < 0.05 for q in lines["q"])
        assert told["by_chance"] == pytest.approx(0.05 * told["tested"])
        assert told["positive"] == sum(q < 0.05 and e > 0 for q, e in zip(lines["q"], lines["effect"], strict=True))
    assert summary["published_share"].notna().sum() == len(IN_POINTS)


def test_what_every_model_finds_is_found_by_every_model(found):
    table = found[2]
    firm = set(found_by_all(table)["offence_code"])
    assert firm
    for code, lines in table.groupby("offence_code"):
        told = lines.dropna(subset=["q"])
        sides = set(np.sign(told["effect"]))
        assert (code in firm) == (len(told) > 1 and bool((told["q"] < 0.05).all()) and len(sides) == 1)


def history_of(who, **offence) -> pd.DataFrame:
    given = {"offender_id": list(who), "family": "violence", "offence_code": "1", "offence": "X", "study_family": None}
    return pd.DataFrame(given | offence)


def test_offences_are_told_apart_by_code_else_title_else_family():
    ids = pd.Index([f"S{at:02}" for at in range(60)])
    lines = [
        *((one, "00806", title, "violence") for one in ids[:20] for title in ("ABH", "Actual bodily harm")),
        *((one, None, "Bigamy", "other") for one in ids[10:30]),
        *((one, None, None, "drugs") for one in ids[30:51]),
        ("X1", None, None, "drugs"),  # not of the cohort
        ("S01", None, None, None),  # nothing is known of it
    ]
    history = pd.DataFrame(lines, columns=["offender_id", "offence_code", "offence", "family"]).assign(
        study_family=None
    )
    types = offence_types(history.sample(frac=1, random_state=1), ids)
    assert types.table["offence"].tolist() == ["Drugs", "ABH", "Bigamy"]  # those of most people first
    assert types.table["offenders"].tolist() == [21, 20, 20]
    assert types.held.sum(axis=0).tolist() == [21, 20, 20]
    assert types.held[[30]].toarray().tolist() == [[1, 0, 0]]


def test_rows_of_an_offence_without_a_title_take_that_of_the_others():
    ids = pd.Index([f"S{at}" for at in range(9)])
    history = history_of(ids, offence=[None, "B", "A", *[None] * 6], family=[None, *["violence"] * 8])
    [line] = offence_types(history, ids).table.to_dict("records")
    assert (line["offence"], line["family"]) == ("A", "violence")


def test_where_nobody_s_harm_differs_nothing_is_found():
    held = np.zeros((40, 1))
    held[:20] = 1
    table = harm_regression(types_of(held), Outcome(np.full(40, 5.0), np.ones(40), np.ones(40), None), 10, 1)
    line = table.set_index("model").loc["univariate"]
    assert (line["effect"], line["standard_error"]) == (0, 0)
    assert line["p"] == 1


def test_without_a_type_of_enough_people_there_is_a_row_and_no_figure():
    held = np.zeros((40, 1))
    held[:3] = 1
    table = harm_regression(types_of(held), Outcome(np.arange(40.0), np.ones(40), np.ones(40), None), 10, 1)
    assert len(table) == len(MODELS)
    assert table["p"].isna().all()
    assert regression_summary(table)["tested"].tolist() == [0] * len(MODELS)
    assert found_by_all(table).empty


def test_how_much_two_people_hold():
    held = np.array([[1, 0], [1, 1], [1, 1], [0, 0], [0, 1], [0, 0], [0, 1]], dtype=float)
    # With the first: 6, 3 and 1. Without it: 50, 5, 5 and 5. With the second: 3, 1, 5 and 5; without it 6, 50 and 5.
    found = held_by_two(types_of(held), np.array([6.0, 3, 1, 50, 5, 5, 5]))
    assert found.tolist() == pytest.approx([0.9, 56 / 61])
    assert held_by_two(types_of(held), np.zeros(7)).tolist() == [0, 0]


def test_the_same_in_any_order_of_people(found):
    held, outcome, table = found
    ids = pd.Index([f"S{at:04}" for at in range(len(held))])
    rows, columns = np.nonzero(held)
    history = history_of(ids[rows], offence_code=[f"{at:05}" for at in columns], offence="X")
    mixed = offence_types(history.sample(frac=1, random_state=3), ids)
    again = harm_regression(mixed, outcome, 60, 1)
    same = harm_regression(offence_types(history, ids), outcome, 60, 1)
    pd.testing.assert_frame_equal(again, same, check_exact=True)
    assert sorted(same["effect"].dropna()) == pytest.approx(sorted(table["effect"].dropna()), rel=1e-9)
