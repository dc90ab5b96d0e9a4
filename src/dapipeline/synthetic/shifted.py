"""A preset with every rate moved by a third, by a fixed rule: no typology definition was written with it in view."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

from dapipeline.synthetic.archetype import Archetype, Mix, Rate, assumed
from dapipeline.synthetic.mixes import WIDE_NON_DA
from dapipeline.synthetic.preset import Preset

UP, DOWN = 4 / 3, 2 / 3
_YOUNGEST = 16.1  # years; only the part of an age above it is moved by a third
# Not moved, because they define the archetype: fewest incidents, and how uneven the counts are.
_KEPT = frozenset(["da_minimum", "non_da_minimum", "da_dispersion", "non_da_dispersion"])
_SUBSTANCES = frozenset(
    ["da_substance", "non_da_substance"]
)  # at most a half, because an offender's own share may be twice the rate
_SHARES = frozenset(
    [
        "women", "asian", "black", "exclusively_da", "non_da_new_victim", "stays", "intimate", "second_victim",
        "da_delay", "non_crime_high", "non_crime_medium", "crime_high", "crime_medium", "retrospective", "night",
        "childhood", "escalation", "co_offending", "family_pair", "counter",
    ]
)  # fmt: skip

NEIGHBOUR_DISPUTE = Archetype(
    "neighbour_dispute_repeat", "neighbour_dispute_repeat",
    Mix({"non_crime": 55, "harassment": 20, "public_order": 12, "criminal_damage": 8, "common_assault": 5}),
    Mix({"public_order": 40, "harassment": 30, "criminal_damage": 20, "common_assault": 10}),
    da_incidents=assumed(2), da_dispersion=assumed(6), non_da_incidents=assumed(7), non_da_minimum=assumed(3),
    non_da_new_victim=assumed(0.15), intimate=assumed(0.2), age_first_da=assumed(47), age_shape=assumed(4),
    women=assumed(0.4), da_delay=assumed(0.5),
)  # fmt: skip
LATE_LIFE_CARER = Archetype(
    "late_life_carer", "late_life_carer",
    Mix({"non_crime": 62, "common_assault": 24, "actual_bodily_harm": 6, "other_theft": 5, "threats": 3}),
    WIDE_NON_DA,
    da_incidents=assumed(2.6), da_minimum=assumed(1), da_dispersion=assumed(3), exclusively_da=assumed(1),
    da_victims=assumed(1.1), intimate=assumed(0.6), age_first_da=assumed(66), age_shape=assumed(20),
    women=assumed(0.45), deprivation=assumed(0.04), da_substance=assumed(0.08),
)  # fmt: skip
_ADDED = ((NEIGHBOUR_DISPUTE, assumed(1.2)), (LATE_LIFE_CARER, assumed(1.5)))


def shift(preset: Preset) -> Preset:
    """Move every rate, size and offence mix of a preset up or down by a third, and add two archetypes.

    A hash of the names of archetype and rate decides whether it moves up or down, so that nobody chooses. Rates of
    exactly 0 and 1, fewest incidents and dispersions stay, because they define an archetype. Shares stay below 1, and
    means above their minimum.

    Parameters
    ----------
    preset : Preset

    Returns
    -------
    Preset
    """
    *inside, background = preset.archetypes
    moved = tuple(_moved(archetype) for archetype in inside)
    size = {name: share.value * _factor(name, "size") for name, share in preset.mix.items()}
    added = sum(share.value for _, share in _ADDED)
    whole = sum(size.values()) / (100 - added)
    mix = {name: Rate(share / whole, _source("size")) for name, share in size.items()}
    mix |= {archetype.name: share for archetype, share in _ADDED}
    return dataclasses.replace(
        preset,
        archetypes=(*moved, *(archetype for archetype, _ in _ADDED), background),
        mix=mix,
        note="Derived by rule; it is like no force.",
    )


def _factor(archetype: str, rate: str) -> float:
    return UP if hashlib.sha256(f"{archetype}.{rate}".encode()).digest()[0] & 1 else DOWN


def _source(what: str) -> str:
    return f"assumed: the {what} of the preset it is derived from, moved by a third"


def _moved(archetype: Archetype) -> Archetype:
    changes: dict[str, Any] = {}
    for item in dataclasses.fields(archetype):
        value = getattr(archetype, item.name)
        if isinstance(value, Mix):
            changes[item.name] = _moved_mix(archetype.name, item.name, value)
        elif isinstance(value, Rate) and item.name not in _KEPT and value.value not in (0, 1):
            moved = _bounded(item.name, value.value, _factor(archetype.name, item.name))
            changes[item.name] = Rate(moved, _source("rate"))
    return _consistent(dataclasses.replace(archetype, **changes))


def _moved_mix(archetype: str, name: str, mix: Mix) -> Mix:
    shares = {kind: share * _factor(archetype, f"{name}.{kind}") for kind, share in mix.shares.items()}
    whole = sum(shares.values()) / 100
    return Mix({kind: share / whole for kind, share in shares.items()}, _source("mix"))


def _bounded(name: str, value: float, factor: float) -> float:
    if name == "age_first_da":
        return _YOUNGEST + (value - _YOUNGEST) * factor
    if name in _SUBSTANCES:
        return min(value * factor, 0.5)
    return min(value * factor, 0.97) if name in _SHARES else value * factor


def _consistent(archetype: Archetype) -> Archetype:
    """Keep means possible: incidents at least the minimum, victims between 1 and the number of incidents."""
    da = max(archetype.da_incidents.value, archetype.da_minimum.value)
    some = 1 - archetype.exclusively_da.value
    least = some * archetype.non_da_minimum.value if archetype.non_da_incidents.value else 0
    non_da = max(archetype.non_da_incidents.value, least)
    victims = min(max(archetype.da_victims.value, 1), da)
    return dataclasses.replace(
        archetype,
        da_incidents=Rate(da, archetype.da_incidents.source),
        non_da_incidents=Rate(non_da, archetype.non_da_incidents.source),
        da_victims=Rate(victims, archetype.da_victims.source),
    )
