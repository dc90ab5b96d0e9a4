"""Whether alcohol or drugs were involved."""

from __future__ import annotations

from dapipeline.offenders.feature import Feature
from dapipeline.offenders.measures import count, share

FEATURES = (
    Feature(
        "da_substance_share",
        "Alcohol or drugs in DA",
        "substances",
        "share",
        "share of incidents",
        "Share of DA incidents recorded as involving alcohol or drugs.",
        "incidents",
        lambda t: share(t.substance, t.is_da),
        needs=("alcohol|drugs",),
    ),
    Feature(
        "non_da_substance_share",
        "Alcohol or drugs outside DA",
        "substances",
        "share",
        "share of incidents",
        "Share of non-DA incidents recorded as involving alcohol or drugs.",
        "incidents",
        lambda t: share(t.substance, ~t.is_da),
        needs=("alcohol|drugs",),
    ),
    Feature(
        "da_alcohol_share",
        "Alcohol in DA",
        "substances",
        "share",
        "share of incidents",
        "Share of DA incidents recorded as involving alcohol.",
        "incidents",
        lambda t: share(t.alcohol, t.is_da),
        needs=("alcohol",),
    ),
    Feature(
        "da_drugs_share",
        "Drugs in DA",
        "substances",
        "share",
        "share of incidents",
        "Share of DA incidents recorded as involving drugs.",
        "incidents",
        lambda t: share(t.drugs, t.is_da),
        needs=("drugs",),
    ),
    Feature(
        "da_substance_incidents",
        "DA incidents with alcohol or drugs",
        "substances",
        "count",
        "incidents",
        "DA incidents recorded as involving alcohol or drugs.",
        "incidents",
        lambda t: count(t.substance & t.is_da),
        needs=("alcohol|drugs",),
    ),
    Feature(
        "non_da_substance_incidents",
        "Non-DA incidents with alcohol or drugs",
        "substances",
        "count",
        "incidents",
        "Non-DA incidents recorded as involving alcohol or drugs.",
        "incidents",
        lambda t: count(t.substance & ~t.is_da),
        needs=("alcohol|drugs",),
    ),
)
