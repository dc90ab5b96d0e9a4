"""Offence mixes that several archetypes share: percentages of recorded incidents, all assumed."""

from __future__ import annotations

from dapipeline.synthetic.archetype import Mix

ONCE_DA = Mix(
    {"non_crime": 60, "common_assault": 14, "actual_bodily_harm": 7, "harassment": 5.5, "criminal_damage": 5,
     "public_order": 2, "threats": 1.5, "other_theft": 1.2, "stalking": 0.8, "coercive_control": 0.7,
     "rape": 0.7, "sexual_assault": 0.6, "breach_of_order": 0.4, "wounding": 0.4, "wounding_with_intent": 0.2}
)  # fmt: skip
REPEAT_DA = Mix(
    {"non_crime": 52, "common_assault": 14, "actual_bodily_harm": 9, "harassment": 7, "criminal_damage": 6,
     "breach_of_order": 2, "public_order": 2, "threats": 2, "other_theft": 2, "stalking": 1,
     "coercive_control": 1, "rape": 0.7, "sexual_assault": 0.6, "wounding": 0.5, "wounding_with_intent": 0.2}
)  # fmt: skip
WIDE_NON_DA = Mix(
    {"common_assault": 14, "theft_from_shop": 12, "other_theft": 10, "public_order": 10,
    "drug_possession": 10,
     "actual_bodily_harm": 8, "criminal_damage": 8, "vehicle_crime": 5, "motoring": 5, "police_assault": 3,
     "weapons": 2.5, "burglary_home": 2, "burglary_business": 2, "drug_supply": 2, "disorder": 2,
     "harassment": 2, "robbery": 1, "fraud": 0.8, "sexual_assault": 0.5, "arson": 0.2}
)  # fmt: skip
