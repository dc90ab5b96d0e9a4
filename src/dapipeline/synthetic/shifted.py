"""A preset with every rate moved by a third, by a fixed rule: no typology definition was written with it in view."""

from __future__ import annotations

import hashlib

from dapipeline.synthetic.archetype import assumed
from dapipeline.synthetic.moved import move
from dapipeline.synthetic.nameless import LATE_LIFE_CARER, NEIGHBOUR_DISPUTE
from dapipeline.synthetic.preset import Preset

UP, DOWN = 4 / 3, 2 / 3
_ADDED = ((NEIGHBOUR_DISPUTE, assumed(1.2)), (LATE_LIFE_CARER, assumed(1.5)))


def shift(preset: Preset) -> Preset:
    """Move every rate, size and offence mix of a preset up or down by a third, and add two archetypes.

    A hash of the names of archetype and rate decides whether it moves up or down, so that nobody chooses.

    Parameters
    ----------
    preset : Preset

    Returns
    -------
    Preset
    """
    return move(preset, _factor, _ADDED, "Derived by rule; it is like no force.")


def _factor(archetype: str, rate: str) -> float:
    return UP if hashlib.sha256(f"{archetype}.{rate}".encode()).digest()[0] & 1 else DOWN
