"""The forces that can be made, by name."""

from __future__ import annotations

from dapipeline.errors import ConfigError
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.sample import SAMPLE
from dapipeline.synthetic.shifted import shift
from dapipeline.synthetic.west_midlands import WEST_MIDLANDS

PRESETS = {
    "sample": SAMPLE,
    "west_midlands": WEST_MIDLANDS,
    "west_midlands_shifted": shift(WEST_MIDLANDS),
}


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
