"""Moves the rates of a preset: every rate, size and offence mix by a factor of its own, within bounds."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from dapipeline.synthetic.archetype import Archetype, Mix, Rate
from dapipeline.synthetic.preset import Preset

Factor = Callable[[str, str], float]  # names of an archetype and of one of its rates to what the rate is multiplied by

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


def move(preset: Preset, factor: Factor, added: Sequence[tuple[Archetype, Rate]], note: str) -> Preset:
    """Move every rate, size and offence mix of a preset, and add archetypes.

    Rates of exactly 0 and 1, fewest incidents and dispersions stay, because they define an archetype. Shares stay below
    1, and means above their minimum.

    Parameters
    ----------
    preset : Preset
    factor : callable
        Names of archetype and rate to the factor that the rate is multiplied by.
    added : sequence of (Archetype, Rate)
        Archetypes to add, each with its percentage of the cohort.
    note : str
        How the result differs from a real force.

    Returns
    -------
    Preset
        The archetype of people outside the cohort is the same and stays last.
    """
    *inside, background = preset.archetypes
    size = {name: share.value * factor(name, "size") for name, share in preset.mix.items()}
    whole = sum(size.values()) / (100 - sum(share.value for _, share in added))
    mix = {name: Rate(share / whole, _source("size")) for name, share in size.items()}
    return dataclasses.replace(
        preset,
        archetypes=(*(_moved(each, factor) for each in inside), *(each for each, _ in added), background),
        mix=mix | {each.name: share for each, share in added},
        note=note,
    )


def _source(what: str) -> str:
    return f"assumed: the {what} of the preset it is derived from, moved"


def _moved(archetype: Archetype, factor: Factor) -> Archetype:
    changes: dict[str, Any] = {}
    for item in dataclasses.fields(archetype):
        value = getattr(archetype, item.name)
        if isinstance(value, Mix):
            changes[item.name] = _moved_mix(archetype.name, item.name, value, factor)
        elif isinstance(value, Rate) and item.name not in _KEPT and value.value not in (0, 1):
            moved = _bounded(item.name, value.value, factor(archetype.name, item.name))
            changes[item.name] = Rate(moved, _source("rate"))
    return _consistent(dataclasses.replace(archetype, **changes))


def _moved_mix(archetype: str, name: str, mix: Mix, factor: Factor) -> Mix:
    shares = {kind: share * factor(archetype, f"{name}.{kind}") for kind, share in mix.shares.items()}
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
