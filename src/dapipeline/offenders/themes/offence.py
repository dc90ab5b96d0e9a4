"""What the offences are and how varied: families of offences as shares and as counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dapipeline.offenders.feature import OFFENCE, Feature
from dapipeline.offenders.measures import count, distinct, share

Side = tuple[str, Callable[[Any], Any]]
DA: Side = ("DA incidents", lambda t: t.is_da)
NON_DA: Side = ("non-DA incidents", lambda t: ~t.is_da)
ALL: Side = ("incidents of any kind", lambda t: t.incident_id.notnull())


def _share(name: str, side: Side, family: str, label: str) -> Feature:
    who, among = side
    return Feature(
        name,
        "offence",
        "share",
        "share of incidents",
        f"Share of {who} that hold an offence (or a non-crime) of the family {label}.",
        "incidents",
        lambda t: share(t[f"of_{family}"], among(t)),
        needs=(OFFENCE,),
    )


def _count(name: str, side: Side, family: str, label: str) -> Feature:
    who, among = side
    return Feature(
        name,
        "offence",
        "count",
        "incidents",
        f"{who[0].upper()}{who[1:]} that hold an offence (or a non-crime) of the family {label}.",
        "incidents",
        lambda t: count(t[f"of_{family}"] & among(t)),
        needs=(OFFENCE,),
    )


FEATURES = (
    _share("da_violence_share", DA, "violence", "violence"),
    _share("da_sexual_share", DA, "sexual", "sexual"),
    _share("da_stalking_harassment_share", DA, "stalking_harassment", "stalking and harassment"),
    _share("da_coercive_share", DA, "controlling_coercive", "controlling or coercive behaviour"),
    _share("da_damage_share", DA, "criminal_damage", "criminal damage"),
    _share("da_breach_share", DA, "breach", "breach and non-compliance"),
    _count("da_homicides", DA, "homicide", "homicide"),
    _share("child_vulnerable_share", ALL, "child_vulnerable", "child or vulnerable-person abuse"),
    _count("child_vulnerable_incidents", ALL, "child_vulnerable", "child or vulnerable-person abuse"),
    _share("non_da_violence_share", NON_DA, "violence", "violence"),
    _share("non_da_sexual_share", NON_DA, "sexual", "sexual"),
    _share("non_da_acquisitive_share", NON_DA, "acquisitive", "acquisitive"),
    _count("non_da_acquisitive_incidents", NON_DA, "acquisitive", "acquisitive"),
    _share("non_da_drugs_share", NON_DA, "drugs", "drugs"),
    _share("non_da_public_order_share", NON_DA, "public_order", "public order"),
    _share("non_da_weapons_share", NON_DA, "weapons", "weapons"),
    _share("non_da_motoring_share", NON_DA, "motoring", "motoring"),
    _count("da_violence_incidents", DA, "violence", "violence"),
    _count("da_sexual_incidents", DA, "sexual", "sexual"),
    _count("da_stalking_harassment_incidents", DA, "stalking_harassment", "stalking and harassment"),
    _count("da_coercive_incidents", DA, "controlling_coercive", "controlling or coercive behaviour"),
    _count("non_da_violence_incidents", NON_DA, "violence", "violence"),
    _count("non_da_drugs_incidents", NON_DA, "drugs", "drugs"),
    Feature(
        "da_non_crime_share",
        "offence",
        "share",
        "share of incidents",
        "Share of DA incidents that hold no crime.",
        "incidents",
        lambda t: share(~t.is_crime, t.is_da),
    ),
    Feature(
        "non_da_non_crime_share",
        "offence",
        "share",
        "share of incidents",
        "Share of non-DA incidents that hold no crime.",
        "incidents",
        lambda t: share(~t.is_crime, ~t.is_da),
    ),
    Feature(
        "non_da_parallel_share",
        "offence",
        "share",
        "share of incidents",
        "Share of non-DA incidents that are DA-parallel: crimes of the kinds domestic abuse is made of.",
        "incidents",
        lambda t: share(t.da_parallel, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_compliance_share",
        "offence",
        "share",
        "share of incidents",
        "Share of all incidents that hold an offence (or a non-crime) of non-compliance, such as a breach of bail.",
        "incidents",
        lambda t: share(t.non_compliance, t.incident_id.notnull()),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_families",
        "offence",
        "count",
        "families",
        "Different offence families among the crimes of DA incidents.",
        "offences",
        lambda t: distinct(t.family, t.is_da & t.is_crime),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_families",
        "offence",
        "count",
        "families",
        "Different offence families among the crimes of non-DA incidents.",
        "offences",
        lambda t: distinct(t.family, ~t.is_da & t.is_crime),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_high_risk_share",
        "offence",
        "share",
        "share of incidents",
        "Of the DA incidents with a risk grade, the share graded high by the attending officer.",
        "incidents",
        lambda t: share(t.risk == 3, t.is_da & t.risk.notnull()),
        needs=("risk_grade",),
    ),
    Feature(
        "da_medium_risk_share",
        "offence",
        "share",
        "share of incidents",
        "Of the DA incidents with a risk grade, the share graded medium by the attending officer.",
        "incidents",
        lambda t: share(t.risk == 2, t.is_da & t.risk.notnull()),
        needs=("risk_grade",),
    ),
    Feature(
        "da_non_crime_high_risk_share",
        "offence",
        "share",
        "share of incidents",
        "Share of DA incidents that hold no crime and are graded high.",
        "incidents",
        lambda t: share(~t.is_crime & (t.risk == 3), t.is_da),
        needs=("risk_grade",),
    ),
    Feature(
        "da_honour_based_share",
        "offence",
        "share",
        "share of incidents",
        "Share of DA incidents flagged as honour-based.",
        "incidents",
        lambda t: share(t.honour_based, t.is_da),
        needs=("honour_based",),
    ),
    Feature(
        "da_non_crimes",
        "offence",
        "count",
        "incidents",
        "DA incidents that hold no crime.",
        "incidents",
        lambda t: count(~t.is_crime & t.is_da),
    ),
    Feature(
        "non_compliance_incidents",
        "offence",
        "count",
        "incidents",
        "Incidents of any kind that hold an offence (or a non-crime) of non-compliance, such as a breach of bail.",
        "incidents",
        lambda t: count(t.non_compliance),
        needs=(OFFENCE,),
    ),
)
