"""The declared tables are complete: shares add up, every rate says where it is from, counts add up."""

import dataclasses

import pytest

from dapipeline.synthetic.archetype import Mix, Rate
from dapipeline.synthetic.offences import KINDS, RECORDED
from dapipeline.synthetic.presets import PRESETS, preset_named
from dapipeline.synthetic.typologies import TYPOLOGIES

KIND_NAMES = {kind.name for kind in KINDS}
SHARES = [
    "women", "asian", "black", "exclusively_da", "non_da_new_victim", "stays", "intimate", "second_victim", "da_delay",
    "da_substance", "non_da_substance", "retrospective", "night", "childhood", "escalation", "co_offending",
    "family_pair", "counter",
]  # fmt: skip
each_preset = pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)


def declared(preset, kind):
    for archetype in preset.archetypes:
        for field in dataclasses.fields(archetype):
            value = getattr(archetype, field.name)
            if isinstance(value, kind):
                yield f"{archetype.name}.{field.name}", value


@each_preset
def test_every_mix_adds_to_a_hundred_and_uses_known_kinds(preset):
    mixes = dict(declared(preset, Mix))
    assert len(mixes) >= 2 * len(preset.archetypes)
    for name, mix in mixes.items():
        assert sum(mix.shares.values()) == pytest.approx(100, abs=1e-9), name
        assert set(mix.shares) <= KIND_NAMES, name
        assert min(mix.shares.values()) > 0, name


@each_preset
def test_every_rate_size_and_mix_says_whether_it_is_published_or_assumed(preset):
    force = [(name, getattr(preset, name)) for name in ("outside", "unsolved_da", "history", "shared_victims")]
    sizes, faults = preset.mix.items(), preset.faults.items()
    for name, entry in [*declared(preset, Rate), *declared(preset, Mix), *force, *sizes, *faults]:
        assert entry.source.startswith(("published: ", "assumed")), name


@pytest.mark.parametrize("name", ["sample", "west_midlands"])
def test_published_rates_name_a_figure_of_their_own_typology(name):
    preset = preset_named(name, 0)
    rates = [(rate_name, rate.source) for rate_name, rate in declared(preset, Rate)]
    sources = {(rate.split(".")[0], source) for rate, source in rates if source.startswith("published: ")}
    assert len(sources) >= 20
    labels = {archetype.name: archetype.typology for archetype in preset.archetypes}
    for archetype, source in sources:
        assert source.removeprefix("published: ").split(".")[0] == labels[archetype]


@each_preset
def test_probabilities_are_probabilities_and_means_reach_their_floor(preset):
    for archetype in preset.archetypes:
        for name in SHARES:
            assert 0 <= getattr(archetype, name).value <= 1, (archetype.name, name)
        for high, medium in (("non_crime_high", "non_crime_medium"), ("crime_high", "crime_medium")):
            assert getattr(archetype, high).value + getattr(archetype, medium).value < 1
        assert archetype.women.value <= 1 and archetype.asian.value + archetype.black.value <= 1
        assert max(archetype.da_substance.value, archetype.non_da_substance.value) <= 0.5
        assert archetype.da_incidents.value >= archetype.da_minimum.value >= 1
        assert 1 <= archetype.da_victims.value <= archetype.da_incidents.value
        assert archetype.decline.value >= 0 and archetype.age_first_da.value > 16.05
        some = 1 - archetype.exclusively_da.value
        if archetype.non_da_incidents.value:
            least = some * archetype.non_da_minimum.value
            assert archetype.non_da_incidents.value >= least - 1e-9, archetype.name


@each_preset
def test_labels_are_the_eleven_names_and_archetypes_without_one(preset):
    names = [archetype.name for archetype in preset.archetypes]
    assert len(set(names)) == len(names)
    assert len(TYPOLOGIES) == 11 and set(TYPOLOGIES) <= {archetype.typology for archetype in preset.archetypes}
    for archetype in preset.archetypes[:-1]:
        assert archetype.typology in TYPOLOGIES or archetype.typology == archetype.name
    assert preset.archetypes[preset.background].typology == ""


@each_preset
def test_a_preset_shares_out_everybody(preset):
    assert sum(share.value for share in preset.mix.values()) == pytest.approx(100)
    assert set(preset.mix) == {archetype.name for archetype in preset.archetypes[: preset.background]}
    for offenders in (1, 7, 199, 2000, 2001, 20_000):
        shared = preset.share_out(offenders)
        assert shared.sum() == offenders and shared[preset.background] == 0
        exact = [preset.mix[a.name].value * offenders / 100 if a.name in preset.mix else 0 for a in preset.archetypes]
        assert max(abs(shared - exact)) < 1


def test_the_codes_of_a_kind_are_neighbours_in_the_order_of_the_kinds():
    order = list(dict.fromkeys(row[0] for row in RECORDED))
    assert order == [kind.name for kind in KINDS]
    codes = [code for _, code, _, _ in RECORDED if code]
    assert len(codes) == len(set(codes)) and all(len(code) == 5 and code.isdigit() for code in codes)
    for kind in KINDS:
        assert sum(row[3] for row in RECORDED if row[0] == kind.name) > 0
