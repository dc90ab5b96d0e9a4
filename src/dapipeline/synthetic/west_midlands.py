"""The preset of the study's force: archetypes with the rates that reproduce its published figures, and their sizes.

Rates that are not changed here are those of `typologies`, `shades` and `mixes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dapipeline.synthetic.archetype import Archetype, Mix, Rate, assumed, published
from dapipeline.synthetic.mixes import ONCE_DA, REPEAT_DA
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.shades import BACKGROUND, SHADES
from dapipeline.synthetic.typologies import NAMED

CLUSTERED, EXCLUDED = 137_661, 7_731  # published: west_midlands.clustered, west_midlands.excluded_missing
SUSPECTS = CLUSTERED + EXCLUDED
_CATASTROPHIC = 0.9  # assumed percentage of the cohort
_HOMICIDE = 58 / (CLUSTERED * _CATASTROPHIC / 100) * 100  # published: catastrophic_offender.domestic_homicides


def _with(mix: Mix, source: str, **changed: float) -> Mix:
    """Return a mix with some shares changed; non-crimes make up the difference, and a share of 0 removes the kind."""
    shares = {**mix.shares, **changed}
    shares["non_crime"] += 100 - sum(shares.values())
    return Mix({kind: share for kind, share in shares.items() if share}, source)


# By the study's definitions one very grave offence and little else makes a catastrophic offender, so the majority has
# none, except for the one domestic homicide that the study found elsewhere.
_ONCE = _with(ONCE_DA, "assumed", rape=0)
_ONE_OFF = _with(
    _ONCE, "assumed; homicide published: catastrophic_offender.domestic_homicides (all bar one)", homicide=0.0015
)
_FEW = _with(REPEAT_DA, "assumed", rape=0, actual_bodily_harm=7, wounding=0.3)

_RANK = "published: harm_ranking; the shares are assumed so that the ranks come out"
_BY_NAME = {archetype.name: archetype for archetype in (*NAMED, *SHADES)}

_SERIAL = _with(_BY_NAME["serial_abuser_low"].da_mix, _RANK, actual_bodily_harm=9.5)

_CHANGED: Mapping[str, Mapping[str, Any]] = {
    "one_off": {
        "da_mix": _ONE_OFF, "women": assumed(0.23, "so that the cohort has the published 24%"),
        "asian": assumed(0.242, "so that the cohort has the published 23%"), "family_pair": assumed(0.01),
    },
    "occasional_repeat": {
        "da_mix": _FEW, "women": assumed(0.23, "as of one_off"), "asian": assumed(0.242, "as of one_off"),
    },
    "occasional_mixed": {"da_mix": _FEW, "decline": assumed(0.05), "co_offending": assumed(0.06)},
    "mostly_non_da": {
        "da_mix": _ONCE, "non_da_incidents": assumed(9.7, "so that there are the published 660,000 records"),
        "childhood": assumed(0.2), "decline": assumed(0.06), "co_offending": assumed(0.08),
    },
    # The study's cluster 29, no group of interest: seventh by DA harm, ninth by other harm.
    "moderate_mixed": {
        "da_mix": replace(REPEAT_DA, source="published: harm_ranking.cluster_29; the shares are assumed"),
        "da_incidents": assumed(5.3), "da_minimum": assumed(3, "group B"), "non_da_minimum": assumed(3, "group B"),
        "non_da_incidents": assumed(6.2), "da_victims": assumed(2),
        "childhood": assumed(0.15), "decline": assumed(0.05), "co_offending": assumed(0.08),
    },
    "serial_abuser_low": {"da_mix": _SERIAL},
    "serial_abuser_high": {"da_mix": _SERIAL},
    "female_victim_offender": {
        "da_mix": _with(
            _BY_NAME["female_victim_offender"].da_mix,
            "published: female_victim_offender.da_non_crime_share (51) and harm_ranking (not among the ten); "
            "the rest is assumed",
            actual_bodily_harm=3.5, wounding=0, common_assault=29),
        "counter": assumed(0.4, "victim and suspect in one couple"),
    },
    "domestic_abuse_specialist": {
        "non_da_mix": Mix(
            {"public_order": 22, "drug_possession": 20, "motoring": 18, "criminal_damage": 12, "theft_from_shop": 10,
             "disorder": 8, "common_assault": 6, "police_assault": 4},
            _RANK),
    },
    "non_specialised_law_breaker": {
        "childhood": assumed(0.15), "decline": assumed(0.03), "co_offending": assumed(0.06),
    },
    "prolific_young_offender": {
        "da_mix": Mix(
            {"non_crime": 50, "common_assault": 20.5, "criminal_damage": 9, "harassment": 5, "actual_bodily_harm": 6.5,
             "public_order": 3, "other_theft": 3, "threats": 2, "breach_of_order": 1},
            _RANK),
        "childhood": assumed(0.6), "decline": assumed(0.12), "co_offending": assumed(0.2),
    },
    "prolific_violent_offender": {
        "da_mix": Mix(
            {"non_crime": 34.1, "common_assault": 17, "actual_bodily_harm": 15, "criminal_damage": 8, "harassment": 6,
             "breach_of_order": 5, "threats": 3.6, "public_order": 3, "wounding": 1.5, "other_theft": 1.5,
             "wounding_with_intent": 1, "rape": 1, "stalking": 1, "coercive_control": 1, "kidnap": 0.8,
             "sexual_assault": 0.4, "attempted_murder": 0.1},
            "published: prolific_violent_offender.da_violence_share (39); the split is assumed"),
        "childhood": assumed(0.4), "decline": assumed(0.05), "co_offending": assumed(0.1),
        "escalation": assumed(0.3, "severity grows along the career"),
    },
    "lower_harm_economic_compulsive": {
        "da_mix": _with(_BY_NAME["lower_harm_economic_compulsive"].da_mix, _RANK, actual_bodily_harm=10.5),
        "childhood": assumed(0.2), "decline": assumed(0.02), "co_offending": assumed(0.06),
    },
    "higher_harm_economic_compulsive": {
        "da_mix": _with(_BY_NAME["higher_harm_economic_compulsive"].da_mix, _RANK, rape=0.8),
        "childhood": assumed(0.4), "decline": assumed(0.03), "co_offending": assumed(0.12),
    },
    "high_harm_offender": {
        "childhood": assumed(0.4), "decline": assumed(0.05), "co_offending": assumed(0.1),
        "escalation": assumed(0.4, "severity grows along the career"),
    },
    "catastrophic_offender": {
        "final_mix": Mix(
            {"rape": 58, "wounding_with_intent": 25, "attempted_murder": 17 - _HOMICIDE, "homicide": _HOMICIDE},
            "published: catastrophic_offender.domestic_homicides (58 of the clustered); the rest is assumed"),
    },
    "coercive_controller": {
        "da_mix": _with(
            _BY_NAME["coercive_controller"].da_mix,
            "published: coercive_controller.coercive_control_share (21; 44 since it is an offence), severity and "
            "harm_ranking (not among the ten); the rest is assumed",
            coercive_control=44, rape=1.5, sexual_assault=5, actual_bodily_harm=4.5, harassment=9, common_assault=9.5,
            threats=7, stalking=4, criminal_damage=5.5),
    },
}  # fmt: skip

# Victims of another offender, accused by that partner: one incident each, and no abuse by them.
COUNTER_ALLEGED = Archetype(
    "counter_alleged", "counter_alleged",
    Mix({"non_crime": 56, "common_assault": 26, "actual_bodily_harm": 8, "criminal_damage": 7, "public_order": 3}),
    Mix({"public_order": 100}),
    exclusively_da=assumed(1), women=assumed(0.75), intimate=assumed(1), counter=assumed(1),
    da_victimisations=assumed(0, "the incident they answer comes on top"), retrospective=assumed(0),
)  # fmt: skip

_SIZES = {
    "serial_abuser_low": 2.5, "serial_abuser_high": 1.5, "female_victim_offender": 0.8,
    "domestic_abuse_specialist": 3.2, "non_specialised_law_breaker": 2, "prolific_young_offender": 1.8,
    "prolific_violent_offender": 0.8, "lower_harm_economic_compulsive": 0.35,
    "higher_harm_economic_compulsive": 0.12, "catastrophic_offender": _CATASTROPHIC, "coercive_controller": 1.6,
    "occasional_repeat": 10, "occasional_mixed": 6, "mostly_non_da": 8, "moderate_mixed": 7.4, "counter_alleged": 5,
}  # fmt: skip
_PERCENT: dict[str, Rate] = {
    **{name: assumed(size, "the study prints 29 clusters and no sizes but one") for name, size in _SIZES.items()},
    "high_harm_offender": published(12 / CLUSTERED * 100, "high_harm_offender.individuals (12 of the clustered)"),
}

WEST_MIDLANDS = Preset(
    archetypes=(
        *(replace(archetype, **_CHANGED.get(archetype.name, {})) for archetype in (*NAMED, *SHADES)),
        COUNTER_ALLEGED,
        replace(BACKGROUND, da_incidents=assumed(2), da_victims=assumed(2, "each incident has another victim")),
    ),
    mix={
        **_PERCENT,
        "one_off": Rate(
            100 - sum(size.value for size in _PERCENT.values()),
            "published: west_midlands.cohort.single_da_incident, groups.E.share_of_offenders; what is left",
        ),
    },
    outside=assumed(0.02),
    unsolved_da=assumed(0.04),
    unsolved_non_da=assumed(0.04),
    shared_victims=assumed(0.02, "so that there are the published 178,000 victims"),
    family_under_16=assumed(0.15, "published: of the medoid of prolific young offenders; the share is assumed"),
    flagged_under_16=published(0, "prolific_young_offender.medoid (violence to a parent at 12 and 13, not flagged)"),
    faults={
        "offenders_without_dob": published(EXCLUDED / SUSPECTS, "west_midlands.excluded_missing (7,731 of 145,392)"),
        "da_flag_lost": assumed(0.08, "share of DA incidents"),
        "da_flag_gained": assumed(0.01, "share of other incidents against somebody"),
        "relationship_missing": assumed(0.05, "share of incidents"),
        "second_id": assumed(0.015, "share of offenders with two DA incidents or more"),
        "entered_twice": assumed(0.003, "share of incidents"),
        "recorded_together": assumed(0.5, "share of counter-allegations of the same evening"),
        "reclassified": assumed(0.04, "share of the offences that have a neighbour in gravity"),
    },
    note="The sizes of the typologies are assumed, but for the 12 high harm offenders.",
)
