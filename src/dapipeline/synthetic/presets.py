"""The presets by name."""

from __future__ import annotations

from dapipeline.errors import ConfigError
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.sample import SAMPLE
from dapipeline.synthetic.shifted import shift
from dapipeline.synthetic.varied import vary
from dapipeline.synthetic.west_midlands import WEST_MIDLANDS

PRESETS = {
    "sample": SAMPLE,
    "west_midlands": WEST_MIDLANDS,
    "west_midlands_shifted": shift(WEST_MIDLANDS),
}


VARIED = "varied"  # one preset a seed


def preset_named(name: str, seed: int) -> Preset:
    """Return a preset.

    Parameters
    ----------
    name : str
        A key of `PRESETS`, or `VARIED`.
    seed : int
        Of the force, which decides how `VARIED` differs from the study's.

    Returns
    -------
    Preset

    Raises
    ------
    ConfigError
        C020 if there is no preset of that name.
    """
    if name == VARIED:
        return vary(WEST_MIDLANDS, seed)
    if name not in PRESETS:
        raise ConfigError("C020", f"There is no preset {name!r}.", f"The presets are: {', '.join([*PRESETS, VARIED])}.")
    return PRESETS[name]
