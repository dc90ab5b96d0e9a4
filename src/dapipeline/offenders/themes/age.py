"""How old the offender and the victims are."""

from __future__ import annotations

from dapipeline.offenders.feature import OFFENDER_AGE, VICTIM_AGE, Feature
from dapipeline.offenders.measures import greatest, least, mean, share

FEATURES = (
    Feature(
        "age_first_incident",
        "age",
        "age",
        "years",
        "Youngest known age at an incident of any kind as suspect.",
        "incidents",
        lambda t: least(t.offender_age, t.incident_id.notnull()),
        needs=(OFFENDER_AGE,),
    ),
    Feature(
        "age_first_da",
        "age",
        "age",
        "years",
        "Youngest known age at a DA incident as suspect.",
        "incidents",
        lambda t: least(t.offender_age, t.is_da),
        needs=(OFFENDER_AGE,),
    ),
    Feature(
        "age_last_da",
        "age",
        "age",
        "years",
        "Oldest known age at a DA incident as suspect.",
        "incidents",
        lambda t: greatest(t.offender_age, t.is_da),
        needs=(OFFENDER_AGE,),
    ),
    Feature(
        "da_victim_age_mean",
        "age",
        "age",
        "years",
        "Mean age of the victims of DA incidents, each victim once an incident; 0 where no victim is recorded.",
        "victims",
        lambda t: mean(t.victim_age, t.is_da),
        needs=(VICTIM_AGE,),
    ),
    Feature(
        "da_victim_age_gap_mean",
        "age",
        "difference",
        "years",
        "Mean of offender's minus victim's age over the victims of DA incidents, each once an incident; "
        "0 where no victim is recorded.",
        "victims",
        lambda t: mean(t.age_gap, t.is_da),
        needs=(
            OFFENDER_AGE,
            VICTIM_AGE,
        ),
    ),
    Feature(
        "da_victim_under_18_share",
        "age",
        "share",
        "share of victims",
        "Of the victims of DA incidents whose age is known, each once an incident, the share below 18.",
        "victims",
        lambda t: share(t.victim_age < 18, t.is_da & t.victim_age.notnull()),
        needs=(VICTIM_AGE,),
    ),
    Feature(
        "da_victim_over_60_share",
        "age",
        "share",
        "share of victims",
        "Of the victims of DA incidents whose age is known, each once an incident, the share of 60 or older.",
        "victims",
        lambda t: share(t.victim_age >= 60, t.is_da & t.victim_age.notnull()),
        needs=(VICTIM_AGE,),
    ),
    Feature(
        "non_da_victim_age_mean",
        "age",
        "age",
        "years",
        "Mean age of the victims of non-DA incidents, each victim once an incident; 0 where no victim is recorded.",
        "victims",
        lambda t: mean(t.victim_age, ~t.is_da),
        needs=(VICTIM_AGE,),
    ),
    Feature(
        "non_da_victim_under_18_share",
        "age",
        "share",
        "share of victims",
        "Of the victims of non-DA incidents whose age is known, each once an incident, the share below 18.",
        "victims",
        lambda t: share(t.victim_age < 18, ~t.is_da & t.victim_age.notnull()),
        needs=(VICTIM_AGE,),
    ),
)
