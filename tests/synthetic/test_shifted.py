"""The shifted force is the other one with every number a third away, by a rule that nobody tuned."""

import dataclasses

import pandas as pd
import pytest

from dapipeline.synthetic import make_force
from dapipeline.synthetic.archetype import Mix, Rate
from dapipeline.synthetic.presets import preset_named
from dapipeline.synthetic.typologies import TYPOLOGIES

BASE, SHIFTED = preset_named("west_midlands", 0), preset_named("west_midlands_shifted", 0)
AGES, FLOORED = {"age_first_da"}, {"da_incidents", "non_da_incidents", "da_victims"}


def pairs():
    moved = {archetype.name: archetype for archetype in SHIFTED.archetypes}
    for archetype in BASE.archetypes[: BASE.background]:
        for field in dataclasses.fields(archetype):
            yield archetype, field.name, getattr(archetype, field.name), getattr(moved[archetype.name], field.name)


def test_rates_move_by_a_third_unless_they_meet_a_bound():
    ups = downs = bound = 0
    for archetype, name, before, after in pairs():
        if not isinstance(before, Rate) or name in AGES:
            continue
        if name.endswith(("minimum", "dispersion")) or before.value in (0, 1):
            assert after.value == before.value or name in FLOORED, (archetype.name, name)
            continue
        if after.value == pytest.approx(before.value * 4 / 3):
            ups += 1
        elif after.value == pytest.approx(before.value * 2 / 3):
            downs += 1
        else:
            bound += 1
            assert name in FLOORED or after.value in (0.5, 0.97), (archetype.name, name)
    assert 0.4 < ups / (ups + downs) < 0.6
    assert ups + downs > 200 and bound < 0.15 * (ups + downs)


def test_ages_move_away_from_sixteen_or_towards_it():
    for archetype, name, before, after in pairs():
        if name in AGES:
            factor = (after.value - 16.1) / (before.value - 16.1)
            assert factor == pytest.approx(4 / 3) or factor == pytest.approx(2 / 3), archetype.name


def test_mixes_move_by_a_third_before_they_are_made_to_add_up_again():
    for archetype, name, before, after in pairs():
        if isinstance(before, Mix):
            assert set(before.shares) == set(after.shares)
            ratio = pd.Series(after.shares) / pd.Series(before.shares)
            steps = ratio / ratio.min()
            assert (((steps - 1).abs() < 1e-9) | ((steps - 2).abs() < 1e-9)).all(), (archetype.name, name)


def test_two_archetypes_without_a_name_are_added():
    added = {a.name for a in SHIFTED.archetypes} - {a.name for a in BASE.archetypes}
    assert added == {"neighbour_dispute_repeat", "late_life_carer"} and not added & set(TYPOLOGIES)
    truth = make_force(1000, 4, "west_midlands_shifted").truth
    sizes = truth["typology"].value_counts()
    assert sizes["neighbour_dispute_repeat"] == 12 and sizes["late_life_carer"] == 15


def test_the_sources_say_that_the_numbers_are_derived():
    derived = [
        after.source for _, _, before, after in pairs()
        if isinstance(before, Rate) and before.value not in (0, 1) and after.value != before.value
    ]  # fmt: skip
    assert len(derived) > 200 and all(source.endswith("moved") for source in derived)
