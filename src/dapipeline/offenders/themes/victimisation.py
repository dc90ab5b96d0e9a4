"""Whether the offender was a victim as well."""

from __future__ import annotations

from dapipeline.offenders.feature import Feature
from dapipeline.offenders.measures import count

FEATURES = (
    Feature(
        "da_victimisations",
        "DA incidents as the victim",
        "victimisation",
        "count",
        "incidents",
        "DA incidents in which the offender is named as a victim.",
        "victimisations",
        lambda t: count(t.is_da),
        needs=("victim_id",),
    ),
    Feature(
        "non_da_victimisations",
        "Non-DA incidents as the victim",
        "victimisation",
        "count",
        "incidents",
        "Non-DA incidents in which the offender is named as a victim.",
        "victimisations",
        lambda t: count(~t.is_da),
        needs=("victim_id",),
    ),
    Feature(
        "victimised_before_first_da",
        "Incidents as the victim before the first DA",
        "victimisation",
        "count",
        "incidents",
        "Incidents of any kind in which the offender is named as a victim and which start "
        "before their own first DA incident as suspect.",
        "victimisations",
        lambda t: count(t.before_first_da),
        needs=("victim_id",),
    ),
)
