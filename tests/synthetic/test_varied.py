"""The family of forces: every seed moves every rate by up to a third, and writes codes and titles its own way."""

import dataclasses

import pandas as pd
import pytest

from dapipeline.synthetic import synthesise
from dapipeline.synthetic.archetype import Mix, Rate
from dapipeline.synthetic.house_style import CODES, TITLES
from dapipeline.synthetic.nameless import NAMELESS
from dapipeline.synthetic.offences import TITLES as LISTED
from dapipeline.synthetic.presets import preset_named
from dapipeline.synthetic.typologies import TYPOLOGIES

BASE = preset_named("west_midlands", 0)
SEEDS = range(1, 31)
FORCES = {seed: preset_named("varied", seed) for seed in SEEDS}
BOUNDED = {"da_incidents", "non_da_incidents", "da_victims", "age_first_da"}


def factors(force) -> pd.DataFrame:
    """Each rate of the study's archetypes, as a multiple of what it was."""
    moved = {archetype.name: archetype for archetype in force.archetypes}
    found = []
    for before in BASE.archetypes[: BASE.background]:
        for field in dataclasses.fields(before):
            value, after = getattr(before, field.name), getattr(moved[before.name], field.name)
            if isinstance(value, Rate) and value.value not in (0, 1) and field.name not in BOUNDED:
                found.append((before.name, field.name, after.value / value.value, after.value))
    return pd.DataFrame(found, columns=["archetype", "rate", "factor", "value"])


def test_rates_move_by_up_to_a_third_either_way():
    moved = pd.concat([factors(force).assign(seed=seed) for seed, force in FORCES.items()])
    assert moved["factor"].between(2 / 3 - 1e-9, 4 / 3 + 1e-9).all()
    defining = moved["rate"].str.endswith(("minimum", "dispersion"))
    assert (moved.loc[defining, "factor"] == 1).all()
    free = moved[~defining & ~moved["value"].isin([0.5, 0.97])]
    # An even draw between 2/3 and 4/3 has mean 1 and standard deviation 1/(3√3); thousands of them come close.
    assert free["factor"].mean() == pytest.approx(1, abs=0.01)
    assert free["factor"].std() == pytest.approx(0.192, abs=0.005)
    assert free.groupby("seed")["factor"].min().lt(0.75).all()


def test_mixes_of_kinds_without_a_name_move_together_and_those_of_names_apart():
    before, after = (
        {archetype.name: pd.Series(archetype.da_mix.shares) for archetype in force.archetypes}
        for force in (BASE, FORCES[1])
    )

    def moved(name):  # before the mix is made to add up to 100 again
        ratio = after[name] / before[name]
        return ratio / ratio["common_assault"]

    together = pd.concat([moved(name) for name in ("one_off", "occasional_repeat", "moderate_mixed")], axis=1).dropna()
    assert len(together) > 8 and together.max(axis=1).to_numpy() == pytest.approx(together.min(axis=1).to_numpy())
    assert together.max().max() > 1.2
    apart = pd.concat([moved("one_off"), moved("prolific_young_offender")], axis=1).dropna()
    assert (apart.max(axis=1) / apart.min(axis=1)).max() > 1.2
    for force in FORCES.values():
        for archetype in force.archetypes:
            for field in dataclasses.fields(archetype):
                if isinstance(mix := getattr(archetype, field.name), Mix):
                    assert sum(mix.shares.values()) == pytest.approx(100)


def test_a_force_has_all_names_and_two_more_kinds():
    known = {archetype.name for archetype in BASE.archetypes}
    pairs = set()
    for force in FORCES.values():
        added = {archetype.name for archetype in force.archetypes} - known
        assert len(added) == 2 and added <= {archetype.name for archetype in NAMELESS}
        assert sum(share.value for share in force.mix.values()) == pytest.approx(100)
        assert {archetype.typology for archetype in force.archetypes} >= set(TYPOLOGIES)
        assert all(0.8 <= force.mix[name].value <= 1.6 for name in added)
        pairs.add(frozenset(added))
    assert len(pairs) > 8


def test_a_seed_is_one_force_and_forces_differ():
    one, again, other = (synthesise(500, seed=seed, preset="varied").incidents for seed in (3, 3, 4))
    pd.testing.assert_frame_equal(one, again)
    assert len(one) != len(other)


def test_forces_write_codes_and_titles_in_every_way():
    styles = {(force.style.codes, force.style.titles) for force in FORCES.values()}
    assert {codes for codes, _ in styles} == set(CODES) and {titles for _, titles in styles} == set(TITLES)
    assert ("none", "short") not in styles


@pytest.mark.parametrize("codes", CODES)
@pytest.mark.parametrize("titles", TITLES)
def test_a_style_changes_how_offences_are_written_and_not_which_they_are(codes, titles):
    listed = synthesise(500, seed=1, preset="west_midlands").incidents
    style = next(force.style for force in FORCES.values() if force.style.codes == codes)
    written = dataclasses.replace(style, titles=titles).write(listed)
    assert ("offence_code" in written) == (codes != "none")
    if codes == "slash":
        known = written["offence_code"].dropna().unique()
        assert "8/06" in known and not [code for code in known if code.startswith("0")]
    pairs = pd.DataFrame({"listed": listed["offence"], "written": written["offence"]}).drop_duplicates()
    assert pairs["written"].notna().all() and pairs["written"].is_unique and pairs["listed"].is_unique
    assert (set(pairs["written"]) <= set(LISTED)) == (titles == "listed")
