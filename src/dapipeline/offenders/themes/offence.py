"""What the offences are and how varied: families of offences as shares and as counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dapipeline.offenders.feature import OFFENCE, Feature
from dapipeline.offenders.measures import count, distinct, share
from dapipeline.reference.codes import RISK_RANKS

Side = tuple[str, Callable[[Any], Any]]  # the incidents that are asked of: in words, and as a condition on the table
DA: Side = ("DA incidents", lambda t: t.is_da)
NON_DA: Side = ("non-DA incidents", lambda t: ~t.is_da)
ALL: Side = ("incidents of any kind", lambda t: t.incident_id.notnull())


def _share(name: str, label: str, side: Side, family: str, title: str) -> Feature:
    who, among = side
    return Feature(
        name,
        label,
        "offence",
        "share",
        "share of incidents",
        f"Share of {who} that hold an offence (or a non-crime) of the family {title}.",
        "incidents",
        lambda t: share(t[f"of_{family}"], among(t)),
        needs=(OFFENCE,),
    )


def _count(name: str, label: str, side: Side, family: str, title: str) -> Feature:
    who, among = side
    return Feature(
        name,
        label,
        "offence",
        "count",
        "incidents",
        f"{who[0].upper()}{who[1:]} that hold an offence (or a non-crime) of the family {title}.",
        "incidents",
        lambda t: count(t[f"of_{family}"] & among(t)),
        needs=(OFFENCE,),
    )


FEATURES = (
    _share("da_violence_share", "Violence in DA", DA, "violence", "violence"),
    _share("da_sexual_share", "Sexual offences in DA", DA, "sexual", "sexual"),
    _share(
        "da_stalking_harassment_share",
        "Stalking and harassment in DA",
        DA,
        "stalking_harassment",
        "stalking and harassment",
    ),
    _share(
        "da_coercive_share",
        "Controlling or coercive behaviour in DA",
        DA,
        "controlling_coercive",
        "controlling or coercive behaviour",
    ),
    _share("da_damage_share", "Criminal damage in DA", DA, "criminal_damage", "criminal damage"),
    _share("da_breach_share", "Breach in DA", DA, "breach", "breach and non-compliance"),
    _count("da_homicides", "DA homicides", DA, "homicide", "homicide"),
    Feature(
        "child_vulnerable_share",
        "Offences against children or vulnerable people",
        "offence",
        "share",
        "share of incidents",
        "Share of incidents of any kind that hold an offence or a non-crime of the family child or vulnerable-person "
        "abuse, or a sexual offence against a child or vulnerable person.",
        "incidents",
        lambda t: share(t.child_or_vulnerable, t.incident_id.notnull()),
        needs=(OFFENCE,),
    ),
    Feature(
        "child_vulnerable_incidents",
        "Incidents with a child or vulnerable person",
        "offence",
        "count",
        "incidents",
        "Incidents of any kind that hold an offence or a non-crime of the family child or vulnerable-person abuse, or "
        "a sexual offence against a child or vulnerable person.",
        "incidents",
        lambda t: count(t.child_or_vulnerable),
        needs=(OFFENCE,),
    ),
    _share("non_da_violence_share", "Violence outside DA", NON_DA, "violence", "violence"),
    _share("non_da_sexual_share", "Sexual offences outside DA", NON_DA, "sexual", "sexual"),
    _share("non_da_acquisitive_share", "Acquisitive crime outside DA", NON_DA, "acquisitive", "acquisitive"),
    _count("non_da_acquisitive_incidents", "Acquisitive incidents outside DA", NON_DA, "acquisitive", "acquisitive"),
    _share("non_da_drugs_share", "Drugs offences outside DA", NON_DA, "drugs", "drugs"),
    _share("non_da_public_order_share", "Public order outside DA", NON_DA, "public_order", "public order"),
    _share("non_da_weapons_share", "Weapons outside DA", NON_DA, "weapons", "weapons"),
    _share("non_da_motoring_share", "Motoring outside DA", NON_DA, "motoring", "motoring"),
    _count("da_violence_incidents", "DA incidents with violence", DA, "violence", "violence"),
    _count("da_sexual_incidents", "DA incidents with a sexual offence", DA, "sexual", "sexual"),
    _count(
        "da_stalking_harassment_incidents",
        "DA incidents with stalking or harassment",
        DA,
        "stalking_harassment",
        "stalking and harassment",
    ),
    _count(
        "da_coercive_incidents",
        "DA incidents with coercive behaviour",
        DA,
        "controlling_coercive",
        "controlling or coercive behaviour",
    ),
    _count("non_da_violence_incidents", "Non-DA incidents with violence", NON_DA, "violence", "violence"),
    _count("non_da_drugs_incidents", "Non-DA incidents with a drugs offence", NON_DA, "drugs", "drugs"),
    Feature(
        "da_non_crime_share",
        "DA that is no crime",
        "offence",
        "share",
        "share of incidents",
        "Share of DA incidents that hold no crime.",
        "incidents",
        lambda t: share(~t.is_crime, t.is_da),
    ),
    Feature(
        "non_da_non_crime_share",
        "Non-DA that is no crime",
        "offence",
        "share",
        "share of incidents",
        "Share of non-DA incidents that hold no crime.",
        "incidents",
        lambda t: share(~t.is_crime, ~t.is_da),
    ),
    Feature(
        "non_da_parallel_share",
        "DA-parallel outside DA",
        "offence",
        "share",
        "share of incidents",
        "Share of non-DA incidents that are DA-parallel: abuse of a child or vulnerable adult, or violence of a child "
        "to a parent, as a crime or as a non-crime.",
        "incidents",
        lambda t: share(t.da_parallel, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_parallel_incidents",
        "DA-parallel incidents",
        "offence",
        "count",
        "incidents",
        "Incidents outside DA that are abuse of a child or vulnerable adult, or violence of a child to a parent, as a "
        "crime or as a non-crime; those that are flagged and not DA because somebody is too young are among them.",
        "recorded",
        lambda t: count(t.da_parallel),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_compliance_share",
        "Breach and non-compliance",
        "offence",
        "share",
        "share of incidents",
        "Share of all incidents that hold a breach (of an order, bail or licence) or an offence related to it: assault "
        "on police, a threat to a witness or juror, dangerous driving, criminal damage.",
        "incidents",
        lambda t: share(t.non_compliance, t.incident_id.notnull()),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_families",
        "Kinds of crime in DA",
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
        "Kinds of crime outside DA",
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
        "DA graded high risk",
        "offence",
        "share",
        "share of incidents",
        "Of the DA incidents with a risk grade, the share graded high by the attending officer.",
        "incidents",
        lambda t: share(t.risk == RISK_RANKS["high"], t.is_da & t.risk.notnull()),
        needs=("risk_grade",),
    ),
    Feature(
        "da_medium_risk_share",
        "DA graded medium risk",
        "offence",
        "share",
        "share of incidents",
        "Of the DA incidents with a risk grade, the share graded medium by the attending officer.",
        "incidents",
        lambda t: share(t.risk == RISK_RANKS["medium"], t.is_da & t.risk.notnull()),
        needs=("risk_grade",),
    ),
    Feature(
        "da_non_crime_high_risk_share",
        "DA non-crimes graded high risk",
        "offence",
        "share",
        "share of incidents",
        "Of the DA incidents that hold no crime, graded or not, the share graded high.",
        "incidents",
        lambda t: share(t.high_risk_non_crime, t.is_da & ~t.is_crime),
        needs=("risk_grade",),
    ),
    Feature(
        "da_non_crime_high_risk_graded_share",
        "Graded DA non-crimes, graded high risk",
        "offence",
        "share",
        "share of incidents",
        "Of the DA incidents that hold no crime and have a risk grade, the share graded high.",
        "incidents",
        lambda t: share(t.high_risk_non_crime, t.is_da & ~t.is_crime & t.risk.notnull()),
        needs=("risk_grade",),
    ),
    Feature(
        "da_non_crime_medium_risk_share",
        "DA non-crimes graded medium risk",
        "offence",
        "share",
        "share of incidents",
        "Of the DA incidents that hold no crime, graded or not, the share graded medium.",
        "incidents",
        lambda t: share(t.risk == RISK_RANKS["medium"], t.is_da & ~t.is_crime),
        needs=("risk_grade",),
    ),
    Feature(
        "high_risk_non_crimes",
        "DA non-crimes graded high risk, number",
        "offence",
        "count",
        "incidents",
        "DA incidents that hold no crime and are graded high.",
        "incidents",
        lambda t: count(t.high_risk_non_crime),
        needs=("risk_grade",),
    ),
    Feature(
        "da_honour_based_share",
        "Honour-based DA",
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
        "DA incidents that are no crime",
        "offence",
        "count",
        "incidents",
        "DA incidents that hold no crime.",
        "incidents",
        lambda t: count(~t.is_crime & t.is_da),
    ),
    Feature(
        "breach_incidents",
        "Incidents with a breach",
        "offence",
        "count",
        "incidents",
        "Incidents of any kind that hold a breach: of an order or injunction, of bail or of licence conditions, recall "
        "to prison among them.",
        "incidents",
        lambda t: count(t.breach),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_compliance_incidents",
        "Incidents of breach and non-compliance",
        "offence",
        "count",
        "incidents",
        "Incidents of any kind that hold a breach (of an order, bail or licence) or an offence related to it: assault "
        "on police, a threat to a witness or juror, dangerous driving, criminal damage.",
        "incidents",
        lambda t: count(t.non_compliance),
        needs=(OFFENCE,),
    ),
)
