"""The preset of the repository's sample: shares of rare typologies raised, so that 2,000 offenders have all of them."""

from __future__ import annotations

from dapipeline.synthetic.archetype import assumed
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.shades import BACKGROUND, SHADES
from dapipeline.synthetic.typologies import NAMED

_PERCENT = {
    "one_off": 51, "occasional_repeat": 8, "occasional_mixed": 8, "mostly_non_da": 7, "moderate_mixed": 5,
    "serial_abuser_low": 2, "serial_abuser_high": 2, "female_victim_offender": 2, "domestic_abuse_specialist": 3.5,
    "non_specialised_law_breaker": 1.8, "prolific_young_offender": 2, "prolific_violent_offender": 1,
    "lower_harm_economic_compulsive": 0.65, "higher_harm_economic_compulsive": 0.65, "high_harm_offender": 0.65,
    "catastrophic_offender": 1.75, "coercive_controller": 3,
}  # fmt: skip

SAMPLE = Preset(
    archetypes=(*NAMED, *SHADES, BACKGROUND),
    mix={name: assumed(percent, "lifted for a small sample") for name, percent in _PERCENT.items()},
    outside=assumed(0.04),
    unsolved_da=assumed(0.04),
    unsolved_non_da=assumed(0.04),
    history=assumed(0.05),
    family_under_16=assumed(0.15),
    flagged_under_16=assumed(0.5),
    documented=False,
    note="Rare typologies are lifted, so that 2,000 offenders hold at least 12 of every one. The study "
    "found 12 high harm offenders among 137,661; here they are 0.65%.",
)
