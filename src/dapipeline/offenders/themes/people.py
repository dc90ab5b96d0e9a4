"""How many incidents there are, how many people are harmed, and what they are to the offender."""

from __future__ import annotations

from dapipeline.offenders.feature import Feature
from dapipeline.offenders.measures import count, greatest, share

FEATURES = (
    Feature(
        "incidents", "people", "count", "incidents",
        "Incidents of any kind as suspect.",
        "incidents", lambda t: count(t.incident_id.notnull()),
    ),
    Feature(
        "da_incidents", "people", "count", "incidents",
        "DA incidents as suspect, crimes and non-crimes.",
        "incidents", lambda t: count(t.is_da),
    ),
    Feature(
        "non_da_incidents", "people", "count", "incidents",
        "Non-DA incidents as suspect, crimes and non-crimes.",
        "incidents", lambda t: count(~t.is_da),
    ),
    Feature(
        "da_crimes", "people", "count", "incidents",
        "DA incidents that hold a crime.",
        "incidents", lambda t: count(t.is_da & t.is_crime),
    ),
    Feature(
        "non_da_crimes", "people", "count", "incidents",
        "Non-DA incidents that hold a crime.",
        "incidents", lambda t: count(~t.is_da & t.is_crime),
    ),
    Feature(
        "victims", "people", "count", "people",
        "Different people named as victim in any incident.",
        "pairs", lambda t: count(t.victim_id.notnull()),
        needs=("victim_id",),
    ),
    Feature(
        "da_victims", "people", "count", "people",
        "Different people named as victim in DA incidents.",
        "pairs", lambda t: count(t.da > 0),
        needs=("victim_id",),
    ),
    Feature(
        "non_da_victims", "people", "count", "people",
        "Different people named as victim in non-DA incidents.",
        "pairs", lambda t: count(t.non_da > 0),
        needs=("victim_id",),
    ),
    Feature(
        "da_repeat_victims", "people", "count", "people",
        "Different people named as victim in two or more DA incidents.",
        "pairs", lambda t: count(t.da >= 2),
        needs=("victim_id",),
    ),
    Feature(
        "da_most_against_one_victim", "people", "count", "incidents",
        "DA incidents against the victim who has most of them.",
        "pairs", lambda t: greatest(t.da, t.da > 0),
        needs=("victim_id",),
    ),
    Feature(
        "da_same_victim_share", "people", "share", "share of victims",
        "DA incidents against the victim who has most of them, of all pairs of a DA incident and a named victim.",
        "pairs", lambda t: (t.da.sum() > 0).ifelse(t.da.max().cast('float64') / t.da.sum().cast('float64'), 0.0),
        needs=("victim_id",),
    ),
    Feature(
        "da_intimate_share", "people", "share", "share of incidents",
        "Of the DA incidents with a recorded relationship, the share with a partner or ex-partner among the victims.",
        "incidents", lambda t: share(t.intimacy == "intimate", t.is_da & t.intimacy.notnull()),
        needs=("relationship",),
    ),
    Feature(
        "da_family_share", "people", "share", "share of incidents",
        "Of the DA incidents with a recorded relationship, the share with a family member and no partner or ex-partner among the victims.",
        "incidents", lambda t: share(t.intimacy == "family", t.is_da & t.intimacy.notnull()),
        needs=("relationship",),
    ),
    Feature(
        "da_ex_partner_share", "people", "share", "share of incidents",
        "Of the DA incidents with a recorded relationship, the share with an ex-partner among the victims.",
        "incidents", lambda t: share(t.ex_partner, t.is_da & t.intimacy.notnull()),
        needs=("relationship",),
    ),
)
