"""Archetypes that no published typology describes: the one-off majority, mixed offenders, people outside the cohort."""

from __future__ import annotations

from dapipeline.synthetic.archetype import Archetype, assumed
from dapipeline.synthetic.mixes import ONCE_DA, REPEAT_DA, WIDE_NON_DA

# Their women and Asian shares are set so that the whole cohort has the published 24% and 23%.
SHADES = (
    Archetype(
        "one_off", "one_off", ONCE_DA, WIDE_NON_DA, exclusively_da=assumed(1), women=assumed(0.275),
        asian=assumed(0.235), da_substance=assumed(0.18),
    ),
    Archetype(
        "occasional_repeat", "occasional_repeat", REPEAT_DA, WIDE_NON_DA, da_minimum=assumed(2),
        da_incidents=assumed(2.2), exclusively_da=assumed(1), da_victims=assumed(1.15), women=assumed(0.26),
        asian=assumed(0.24), da_victimisations=assumed(0.2),
    ),
    Archetype(
        "occasional_mixed", "occasional_mixed", REPEAT_DA, WIDE_NON_DA, da_incidents=assumed(1.5),
        da_dispersion=assumed(6), non_da_incidents=assumed(1.6), non_da_dispersion=assumed(6),
        da_victims=assumed(1.2), women=assumed(0.22), deprivation=assumed(0.16),
        da_victimisations=assumed(0.2),
    ),
    Archetype(
        "mostly_non_da", "mostly_non_da", ONCE_DA, WIDE_NON_DA, da_incidents=assumed(1.3),
        da_dispersion=assumed(6), non_da_minimum=assumed(3), non_da_incidents=assumed(6.5),
        da_victims=assumed(1.1), women=assumed(0.15), da_delay=assumed(0.45), age_first_da=assumed(30),
        deprivation=assumed(0.18), da_victimisations=assumed(0.2),
    ),
    Archetype(
        "moderate_mixed", "moderate_mixed", REPEAT_DA, WIDE_NON_DA, da_minimum=assumed(2),
        da_incidents=assumed(4), non_da_minimum=assumed(2), non_da_incidents=assumed(4),
        da_victims=assumed(1.8), women=assumed(0.2), deprivation=assumed(0.16),
        da_victimisations=assumed(0.3),
    ),
)  # fmt: skip

# Offenders outside the cohort, and the one row that stands for all unidentified suspects.
BACKGROUND = Archetype(
    "background", "", ONCE_DA, WIDE_NON_DA, non_da_incidents=assumed(2), age_first_da=assumed(27),
    da_victims=assumed(1), non_da_new_victim=assumed(1),
)  # fmt: skip
