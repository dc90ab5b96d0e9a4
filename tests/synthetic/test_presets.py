"""The declared tables are complete: shares add up, every rate says where it is from, counts add up."""

import dataclasses

import pytest

from dapipeline.synthetic.archetype import Mix, Rate
from dapipeline.synthetic.offences import KINDS, RECORDED
from dapipeline.synthetic.presets import (
    ARCHETYPES,
    OUTSIDE,
    PRESETS,
    TYPOLOGIES,
    UNNAMED,
    counts,
    preset_named,
)

KIND_NAMES = {kind.name for kind in KINDS}


def declared(kind):
    for archetype in ARCHETYPES:
        for field in dataclasses.fields(archetype):
            value = getattr(archetype, field.name)
            if isinstance(value, kind):
                yield f"{archetype.name}.{field.name}", value


def test_every_mix_adds_to_a_hundred_and_uses_known_kinds():
    mixes = dict(declared(Mix))
    assert len(mixes) >= 2 * len(ARCHETYPES)
    for name, mix in mixes.items():
        assert sum(mix.shares.values()) == pytest.approx(100, abs=1e-9), name
        assert set(mix.shares) <= KIND_NAMES, name
        assert min(mix.shares.values()) > 0, name


def test_every_rate_and_mix_says_whether_it_is_published_or_assumed():
    for name, entry in [*declared(Rate), *declared(Mix)]:
        assert entry.source.startswith(("published: ", "assumed")), name


def test_published_rates_name_a_figure_of_their_own_typology():
    rates = [(name, rate.source) for name, rate in declared(Rate)]
    sources = {(name.split(".")[0], source) for name, source in rates if source.startswith("published: ")}
    assert len(sources) >= 20
    labels = {archetype.name: archetype.typology for archetype in ARCHETYPES}
    for name, source in sources:
        assert source.removeprefix("published: ").split(".")[0] == labels[name]


def test_probabilities_are_probabilities_and_means_reach_their_floor():
    shares = [
        "women", "asian", "black", "exclusively_da", "non_da_new_victim", "stays", "intimate",
        "second_victim", "da_delay", "da_substance", "non_da_substance", "retrospective", "night",
    ]  # fmt: skip
    for archetype in ARCHETYPES:
        for name in shares:
            assert 0 <= getattr(archetype, name).value <= 1, (archetype.name, name)
        for high, medium in (("non_crime_high", "non_crime_medium"), ("crime_high", "crime_medium")):
            assert getattr(archetype, high).value + getattr(archetype, medium).value < 1
        assert max(archetype.da_substance.value, archetype.non_da_substance.value) <= 0.5
        assert archetype.da_incidents.value >= archetype.da_minimum.value >= 1
        assert 1 <= archetype.da_victims.value <= archetype.da_incidents.value
        some = 1 - archetype.exclusively_da.value
        if archetype.non_da_incidents.value:
            assert archetype.non_da_incidents.value / some >= archetype.non_da_minimum.value, archetype.name


def test_labels_are_eleven_names_and_the_shades():
    assert len(TYPOLOGIES) == 11 and not set(TYPOLOGIES) & set(UNNAMED)
    assert {a.typology for a in ARCHETYPES} == {*TYPOLOGIES, *UNNAMED, ""}
    assert len({a.name for a in ARCHETYPES}) == len(ARCHETYPES)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_shares_out_everybody(name):
    preset = preset_named(name)
    assert sum(preset.mix.values()) == pytest.approx(100)
    assert set(preset.mix) <= {a.name for a in ARCHETYPES[:OUTSIDE]}
    for offenders in (1, 7, 199, 2000, 2001, 20_000):
        shared = counts(preset, offenders)
        assert shared.sum() == offenders and shared[OUTSIDE] == 0
        exact = [preset.mix.get(a.name, 0) * offenders / 100 for a in ARCHETYPES]
        assert max(abs(shared - exact)) < 1


def test_the_codes_of_a_kind_are_neighbours_in_the_order_of_the_kinds():
    order = list(dict.fromkeys(row[0] for row in RECORDED))
    assert order == [kind.name for kind in KINDS]
    codes = [code for _, code, _, _ in RECORDED if code]
    assert len(codes) == len(set(codes)) and all(len(code) == 5 and code.isdigit() for code in codes)
    for kind in KINDS:
        assert sum(row[3] for row in RECORDED if row[0] == kind.name) > 0
