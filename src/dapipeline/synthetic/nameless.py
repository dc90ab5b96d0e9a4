"""Kinds of offender that no published typology describes and that the study's force does not have; all assumed."""

from __future__ import annotations

from dapipeline.synthetic.archetype import Archetype, Mix, assumed
from dapipeline.synthetic.mixes import REPEAT_DA, WIDE_NON_DA

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
HARASSING_EX_PARTNER = Archetype(
    "harassing_ex_partner", "harassing_ex_partner",
    Mix({"harassment": 48, "non_crime": 26, "breach_of_order": 12, "stalking": 8, "criminal_damage": 4, "threats": 2}),
    WIDE_NON_DA,
    da_incidents=assumed(2.3), da_minimum=assumed(2), da_dispersion=assumed(4), exclusively_da=assumed(0.9),
    non_da_incidents=assumed(0.15), stays=assumed(1), intimate=assumed(1), age_first_da=assumed(39),
    women=assumed(0.22), da_substance=assumed(0.04),
)  # fmt: skip
WEEKEND_DRINKER = Archetype(
    "weekend_drinker", "weekend_drinker",
    Mix({"non_crime": 58, "common_assault": 24, "public_order": 8, "criminal_damage": 7, "actual_bodily_harm": 3}),
    Mix({"disorder": 38, "public_order": 32, "police_assault": 10, "common_assault": 10, "criminal_damage": 10}),
    da_incidents=assumed(2), da_dispersion=assumed(4), non_da_incidents=assumed(2), non_da_dispersion=assumed(4),
    age_first_da=assumed(42), women=assumed(0.3), da_substance=assumed(0.5), non_da_substance=assumed(0.5),
    night=assumed(0.9),
)  # fmt: skip
SIBLING_CONFLICT = Archetype(
    "sibling_conflict", "sibling_conflict", REPEAT_DA, WIDE_NON_DA,
    da_incidents=assumed(2.4), da_minimum=assumed(2), da_dispersion=assumed(5), exclusively_da=assumed(0.8),
    non_da_incidents=assumed(0.4), da_victims=assumed(1.9), stays=assumed(0.4), intimate=assumed(0.05),
    second_victim=assumed(0.6), age_first_da=assumed(21), age_shape=assumed(6), women=assumed(0.4),
)  # fmt: skip
ROAD_OFFENDER = Archetype(
    "road_offender", "road_offender", REPEAT_DA,
    Mix({"motoring": 82, "drug_possession": 10, "vehicle_crime": 5, "public_order": 3}),
    da_incidents=assumed(1.3), da_dispersion=assumed(6), non_da_incidents=assumed(6), non_da_minimum=assumed(3),
    age_first_da=assumed(31), women=assumed(0.06), da_substance=assumed(0.25), non_da_substance=assumed(0.2),
)  # fmt: skip
NAMELESS = (
    NEIGHBOUR_DISPUTE, LATE_LIFE_CARER, HARASSING_EX_PARTNER, WEEKEND_DRINKER, SIBLING_CONFLICT, ROAD_OFFENDER,
)  # fmt: skip
