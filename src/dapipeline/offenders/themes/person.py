"""The person: how old the offender is. Sex and ethnicity are never features."""

from __future__ import annotations

from dapipeline.offenders.feature import OFFENDER_AGE, Feature
from dapipeline.offenders.measures import greatest, least

FEATURES = (
    Feature(
        "age_first_incident",
        "Age at first incident",
        "person",
        "age",
        "years",
        "Youngest known age at an incident of any kind as suspect.",
        "incidents",
        lambda t: least(t.offender_age, t.incident_id.notnull()),
        needs=(OFFENDER_AGE,),
    ),
    Feature(
        "age_first_da",
        "Age at first DA incident",
        "person",
        "age",
        "years",
        "Youngest known age at a DA incident as suspect.",
        "incidents",
        lambda t: least(t.offender_age, t.is_da),
        needs=(OFFENDER_AGE,),
    ),
    Feature(
        "age_last_da",
        "Age at last DA incident",
        "person",
        "age",
        "years",
        "Oldest known age at a DA incident as suspect.",
        "incidents",
        lambda t: greatest(t.offender_age, t.is_da),
        needs=(OFFENDER_AGE,),
    ),
)
