"""Grades, outcomes and substances follow the declared shares, each drawn alone and in large numbers."""

import numpy as np
import pandas as pd
import pytest

from dapipeline.synthetic.circumstances import draw_areas, draw_circumstances, draw_outcomes
from dapipeline.synthetic.offences import KIND
from dapipeline.synthetic.presets import preset_named

SIZE = 200_000
PRESET = preset_named("sample", 0)
NAMES = [archetype.name for archetype in PRESET.archetypes]


def circumstances(name, kind, da):
    """Give one archetype's incidents of one kind, one for each offender."""
    cohort = pd.DataFrame({"archetype": np.full(SIZE, NAMES.index(name)), "home": np.arange(SIZE) % 100})
    incidents = pd.DataFrame({"offender": np.arange(SIZE), "kind": KIND[kind], "da": da, "juvenile": False})
    return draw_circumstances(incidents, cohort, PRESET, 100, np.random.default_rng(1))


def test_catastrophic_non_crimes_are_graded_as_published():
    risk = circumstances("catastrophic_offender", "non_crime", True)["risk"]
    graded = risk[risk < 3]
    assert len(graded) / SIZE == pytest.approx(0.95, abs=0.003)
    assert (risk == 0).mean() == pytest.approx(0.14, abs=0.004)  # of all, graded or not
    assert (risk == 1).mean() == pytest.approx(0.14, abs=0.004)


def test_only_domestic_abuse_is_graded_or_honour_based():
    found = circumstances("moderate_mixed", "common_assault", False)
    assert (found["risk"] == 3).all() and not found[["honour_based", "forced_marriage", "fgm"]].any(axis=None)


@pytest.mark.parametrize(("name", "da", "share"), [("high_harm_offender", True, 0.38),
                         ("female_victim_offender", False, 0.20)])  # fmt: skip
def test_substances_have_the_published_share(name, da, share):
    found = circumstances(name, "common_assault", da)
    assert (found["alcohol"] | found["drugs"]).mean() == pytest.approx(share, abs=0.005)


def test_unsolved_crimes_have_no_suspect_outcome_and_non_crimes_none():
    kind = np.full(1000, KIND["common_assault"])
    solved = np.zeros(1000, bool)
    rng = np.random.default_rng(2)
    assert set(draw_outcomes(kind, solved, ~solved, rng)) == {14, 18}
    assert 18 not in set(draw_outcomes(kind, solved, solved, rng))
    assert set(draw_outcomes(np.full(10, KIND["non_crime"]), solved[:10], solved[:10], rng)) == {23}


def test_areas_are_in_order_of_deprivation_in_equal_tenths():
    areas = draw_areas(200, np.random.default_rng(0))
    assert areas["imd_decile"].is_monotonic_increasing
    assert set(areas["imd_decile"].value_counts()) == {20}
    assert areas["lsoa"].is_unique and areas["borough"].nunique() == 10
