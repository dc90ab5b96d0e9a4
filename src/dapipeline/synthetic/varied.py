"""A family of forces: every rate of a preset moved by up to a third, by the seed, for conclusions beyond one force."""

from __future__ import annotations

import dataclasses
import hashlib

from dapipeline.synthetic.archetype import assumed
from dapipeline.synthetic.house_style import HouseStyle, style_of
from dapipeline.synthetic.moved import move
from dapipeline.synthetic.nameless import NAMELESS
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.shades import SHADES

MOST = 1 / 3  # the furthest that a rate moves, up or down
_SIZE = 1.2  # percent of the cohort of a kind without a name, before it is moved
_BACKGROUND = frozenset(shade.name for shade in SHADES)


def vary(preset: Preset, seed: int) -> Preset:
    """Move every rate, size and offence mix of a preset by up to a third, and add two kinds without a name.

    A hash of seed, archetype and rate decides how far and which way: evenly between a third less and a third more. The
    offence mixes of the kinds without a typology move together: the force records another background. The seed also
    chooses which two kinds are added, and how the force writes codes and titles.

    Parameters
    ----------
    preset : Preset
    seed : int

    Returns
    -------
    Preset
    """

    def drawn(*names: str) -> float:
        digest = hashlib.sha256(".".join([str(seed), *names]).encode()).digest()
        return int.from_bytes(digest[:8]) / 2**64

    def factor(archetype: str, rate: str) -> float:
        together = archetype in _BACKGROUND and "_mix." in rate
        return 1 + MOST * (2 * drawn("background" if together else archetype, rate) - 1)

    chosen = sorted(NAMELESS, key=lambda archetype: drawn(archetype.name, "chosen"))[:2]
    added = [(each, assumed(_SIZE * factor(each.name, "size"))) for each in chosen]
    moved = move(preset, factor, added, "Every rate is moved by up to a third, by the seed; it is like no force.")
    style: HouseStyle = style_of(drawn("codes"), drawn("titles"))
    return dataclasses.replace(moved, style=style)
