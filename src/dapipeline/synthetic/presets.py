"""The forces that can be made: how many of each archetype are among a hundred offenders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dapipeline.errors import ConfigError
from dapipeline.synthetic.archetype import Archetype
from dapipeline.synthetic.shades import BACKGROUND, SHADES
from dapipeline.synthetic.typologies import NAMED

ARCHETYPES: tuple[Archetype, ...] = (*NAMED, *SHADES, BACKGROUND)
OUTSIDE = len(ARCHETYPES) - 1
TYPOLOGIES = tuple(dict.fromkeys(archetype.typology for archetype in NAMED))
UNNAMED = tuple(archetype.typology for archetype in SHADES)


@dataclass(frozen=True)
class Preset:
    """One made-up force.

    Attributes
    ----------
    mix : mapping of str to float
        Percentage of the cohort for each archetype, adding to 100.
    outside : float
        Offenders without any DA incident, as a share of the cohort.
    unsolved_da, unsolved_non_da : float
        Incidents with a victim and no suspect, as a share of the cohort.
    note : str
        What is not as in a real force.
    """

    mix: Mapping[str, float]
    outside: float
    unsolved_da: float
    unsolved_non_da: float
    note: str


PRESETS = {
    "sample": Preset(
        {"one_off": 51, "occasional_repeat": 8, "occasional_mixed": 8, "mostly_non_da": 7,
         "moderate_mixed": 5, "serial_abuser_low": 2, "serial_abuser_high": 2,
         "female_victim_offender": 2,
         "domestic_abuse_specialist": 3.5, "non_specialised_law_breaker": 1.8, "prolific_young_offender": 2,
         "prolific_violent_offender": 1, "lower_harm_economic_compulsive": 0.65,
         "higher_harm_economic_compulsive": 0.65, "high_harm_offender": 0.65, "catastrophic_offender": 1.75,
         "coercive_controller": 3},
        outside=0.04, unsolved_da=0.04, unsolved_non_da=0.04,
        note="Rare typologies are lifted, so that 2,000 offenders hold at least 12 of every one. The study "
             "found 12 high harm offenders among 137,661; here they are 0.65%.",
    ),
}  # fmt: skip


def preset_named(name: str) -> Preset:
    """Give a preset.

    Raises
    ------
    ConfigError
        C020 where there is none of that name.
    """
    if name not in PRESETS:
        raise ConfigError("C020", f"There is no preset {name!r}.", f"The presets are: {', '.join(PRESETS)}.")
    return PRESETS[name]


def counts(preset: Preset, offenders: int) -> np.ndarray:
    """Share out the cohort by the largest remainder.

    Parameters
    ----------
    preset : Preset
    offenders : int
        People in the cohort.

    Returns
    -------
    ndarray of int
        Offenders for each of `ARCHETYPES`; nobody outside the cohort.
    """
    exact = np.array([preset.mix.get(archetype.name, 0) for archetype in ARCHETYPES]) / 100 * offenders
    whole = np.floor(exact + 1e-9).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: offenders - whole.sum()]] += 1
    return whole


def rate(name: str) -> np.ndarray:
    """Give one rate for every archetype, in the order of `ARCHETYPES`."""
    return np.array([getattr(archetype, name).value for archetype in ARCHETYPES])
