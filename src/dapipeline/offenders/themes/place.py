"""Where incidents happen and how deprived the area is."""

from __future__ import annotations

from dapipeline.offenders.feature import Feature
from dapipeline.offenders.measures import count, distinct, mean, share

FEATURES = (
    Feature(
        "da_residential_share",
        "place",
        "share",
        "share of incidents",
        "Of the DA incidents with a recorded kind of place, the share in a residence.",
        "incidents",
        lambda t: share(t.location_type == "residential", t.is_da & t.location_type.notnull()),
        needs=("location_type",),
    ),
    Feature(
        "da_public_share",
        "place",
        "share",
        "share of incidents",
        "Of the DA incidents with a recorded kind of place, the share in public.",
        "incidents",
        lambda t: share(t.location_type == "public", t.is_da & t.location_type.notnull()),
        needs=("location_type",),
    ),
    Feature(
        "non_da_public_share",
        "place",
        "share",
        "share of incidents",
        "Of the non-DA incidents with a recorded kind of place, the share in public.",
        "incidents",
        lambda t: share(t.location_type == "public", ~t.is_da & t.location_type.notnull()),
        needs=("location_type",),
    ),
    Feature(
        "non_da_retail_share",
        "place",
        "share",
        "share of incidents",
        "Of the non-DA incidents with a recorded kind of place, the share in retail premises.",
        "incidents",
        lambda t: share(t.location_type == "retail", ~t.is_da & t.location_type.notnull()),
        needs=("location_type",),
    ),
    Feature(
        "imd_decile_mean",
        "place",
        "decile",
        "decile, 1 most deprived",
        "Mean deprivation decile of the areas of all incidents; missing where no area is known.",
        "incidents",
        lambda t: mean(t.imd_decile, t.incident_id.notnull()),
        needs=("imd_decile",),
    ),
    Feature(
        "boroughs",
        "place",
        "count",
        "areas",
        "Different boroughs of all incidents, one an incident.",
        "incidents",
        lambda t: distinct(t.borough, t.incident_id.notnull()),
        needs=("borough",),
    ),
    Feature(
        "da_lsoas",
        "place",
        "count",
        "areas",
        "Different Lower layer Super Output Areas of the DA incidents, one an incident.",
        "incidents",
        lambda t: distinct(t.lsoa, t.is_da),
        needs=("lsoa",),
    ),
    Feature(
        "da_public_incidents",
        "place",
        "count",
        "incidents",
        "DA incidents in public.",
        "incidents",
        lambda t: count((t.location_type == "public") & t.is_da),
        needs=("location_type",),
    ),
)
