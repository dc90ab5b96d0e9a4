"""What the offences are, how severe and how varied."""

from __future__ import annotations

from dapipeline.offenders.feature import Feature, OFFENCE
from dapipeline.offenders.measures import count, distinct, greatest, mean, share, total

FEATURES = (
    Feature(
        "da_severity_total", "offence", "severity", "severity points",
        "Severity of all DA incidents, summed.",
        "incidents", lambda t: total(t.severity, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_severity_mean", "offence", "severity", "severity points",
        "Mean severity of the DA incidents; non-crimes count as 0.",
        "incidents", lambda t: mean(t.severity, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_severity_max", "offence", "severity", "severity points",
        "Severity of the most severe DA incident.",
        "incidents", lambda t: greatest(t.severity, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_severity_total", "offence", "severity", "severity points",
        "Severity of all non-DA incidents, summed.",
        "incidents", lambda t: total(t.severity, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_severity_mean", "offence", "severity", "severity points",
        "Mean severity of the non-DA incidents; non-crimes count as 0.",
        "incidents", lambda t: mean(t.severity, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_severity_max", "offence", "severity", "severity points",
        "Severity of the most severe non-DA incident.",
        "incidents", lambda t: greatest(t.severity, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_non_crime_share", "offence", "share", "share of incidents",
        "Share of DA incidents that hold no crime.",
        "incidents", lambda t: share(~t.is_crime, t.is_da),
    ),
    Feature(
        "non_da_non_crime_share", "offence", "share", "share of incidents",
        "Share of non-DA incidents that hold no crime.",
        "incidents", lambda t: share(~t.is_crime, ~t.is_da),
    ),
    Feature(
        "da_violence_share", "offence", "share", "share of incidents",
        "Share of DA incidents that hold an offence of the family violence.",
        "incidents", lambda t: share(t.of_violence, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_sexual_share", "offence", "share", "share of incidents",
        "Share of DA incidents that hold an offence of the family sexual.",
        "incidents", lambda t: share(t.of_sexual, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_stalking_harassment_share", "offence", "share", "share of incidents",
        "Share of DA incidents that hold an offence of the family stalking and harassment.",
        "incidents", lambda t: share(t.of_stalking_harassment, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_coercive_share", "offence", "share", "share of incidents",
        "Share of DA incidents that hold an offence of the family controlling or coercive behaviour.",
        "incidents", lambda t: share(t.of_controlling_coercive, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_damage_share", "offence", "share", "share of incidents",
        "Share of DA incidents that hold an offence of the family criminal damage.",
        "incidents", lambda t: share(t.of_criminal_damage, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_breach_share", "offence", "share", "share of incidents",
        "Share of DA incidents that hold an offence of the family breach and non-compliance.",
        "incidents", lambda t: share(t.of_breach, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_homicides", "offence", "count", "incidents",
        "DA incidents that hold a homicide.",
        "incidents", lambda t: count(t.of_homicide & t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "child_vulnerable_share", "offence", "share", "share of incidents",
        "Share of all incidents that hold an offence of the family child or vulnerable-person abuse.",
        "incidents", lambda t: share(t.of_child_vulnerable, t.incident_id.notnull()),
        needs=(OFFENCE,),
    ),
    Feature(
        "child_vulnerable_incidents", "offence", "count", "incidents",
        "Incidents of any kind that hold an offence or a non-crime of the family child or vulnerable-person abuse.",
        "incidents", lambda t: count(t.of_child_vulnerable),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_violence_share", "offence", "share", "share of incidents",
        "Share of non-DA incidents that hold an offence of the family violence.",
        "incidents", lambda t: share(t.of_violence, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_sexual_share", "offence", "share", "share of incidents",
        "Share of non-DA incidents that hold an offence of the family sexual.",
        "incidents", lambda t: share(t.of_sexual, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_acquisitive_share", "offence", "share", "share of incidents",
        "Share of non-DA incidents that hold an offence of the family acquisitive.",
        "incidents", lambda t: share(t.of_acquisitive, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_acquisitive_incidents", "offence", "count", "incidents",
        "Non-DA incidents that hold an acquisitive offence.",
        "incidents", lambda t: count(t.of_acquisitive & ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_drugs_share", "offence", "share", "share of incidents",
        "Share of non-DA incidents that hold an offence of the family drugs.",
        "incidents", lambda t: share(t.of_drugs, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_public_order_share", "offence", "share", "share of incidents",
        "Share of non-DA incidents that hold an offence of the family public order.",
        "incidents", lambda t: share(t.of_public_order, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_weapons_share", "offence", "share", "share of incidents",
        "Share of non-DA incidents that hold an offence of the family weapons.",
        "incidents", lambda t: share(t.of_weapons, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_motoring_share", "offence", "share", "share of incidents",
        "Share of non-DA incidents that hold an offence of the family motoring.",
        "incidents", lambda t: share(t.of_motoring, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_parallel_share", "offence", "share", "share of incidents",
        "Share of non-DA incidents that are DA-parallel: crimes of the kinds domestic abuse is made of.",
        "incidents", lambda t: share(t.da_parallel, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_compliance_share", "offence", "share", "share of incidents",
        "Share of all incidents that hold an offence of non-compliance, such as a breach of an order or of bail.",
        "incidents", lambda t: share(t.non_compliance, t.incident_id.notnull()),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_families", "offence", "count", "families",
        "Different offence families among the crimes of DA incidents.",
        "offences", lambda t: distinct(t.family, t.is_da & t.is_crime),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_families", "offence", "count", "families",
        "Different offence families among the crimes of non-DA incidents.",
        "offences", lambda t: distinct(t.family, ~t.is_da & t.is_crime),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_high_risk_share", "offence", "share", "share of incidents",
        "Of the DA incidents with a risk grade, the share graded high by the attending officer.",
        "incidents", lambda t: share(t.risk == 3, t.is_da & t.risk.notnull()),
        needs=("risk_grade",),
    ),
    Feature(
        "da_medium_risk_share", "offence", "share", "share of incidents",
        "Of the DA incidents with a risk grade, the share graded medium by the attending officer.",
        "incidents", lambda t: share(t.risk == 2, t.is_da & t.risk.notnull()),
        needs=("risk_grade",),
    ),
    Feature(
        "da_non_crime_high_risk_share", "offence", "share", "share of incidents",
        "Share of DA incidents that hold no crime and are graded high.",
        "incidents", lambda t: share(~t.is_crime & (t.risk == 3), t.is_da),
        needs=("risk_grade",),
    ),
    Feature(
        "da_honour_based_share", "offence", "share", "share of incidents",
        "Share of DA incidents flagged as honour-based.",
        "incidents", lambda t: share(t.honour_based, t.is_da),
        needs=("honour_based",),
    ),
    Feature(
        "da_non_crimes", "offence", "count", "incidents",
        "DA incidents that hold no crime.",
        "incidents", lambda t: count(~t.is_crime & t.is_da),
    ),
    Feature(
        "da_violence_incidents", "offence", "count", "incidents",
        "DA incidents that hold an offence of the family violence.",
        "incidents", lambda t: count(t.of_violence & t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_sexual_incidents", "offence", "count", "incidents",
        "DA incidents that hold an offence of the family sexual.",
        "incidents", lambda t: count(t.of_sexual & t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_stalking_harassment_incidents", "offence", "count", "incidents",
        "DA incidents that hold an offence of the family stalking and harassment.",
        "incidents", lambda t: count(t.of_stalking_harassment & t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_coercive_incidents", "offence", "count", "incidents",
        "DA incidents that hold an offence of the family controlling or coercive behaviour.",
        "incidents", lambda t: count(t.of_controlling_coercive & t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_violence_incidents", "offence", "count", "incidents",
        "Non-DA incidents that hold an offence of the family violence.",
        "incidents", lambda t: count(t.of_violence & ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_drugs_incidents", "offence", "count", "incidents",
        "Non-DA incidents that hold an offence of the family drugs.",
        "incidents", lambda t: count(t.of_drugs & ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_compliance_incidents", "offence", "count", "incidents",
        "Incidents of any kind that hold an offence of non-compliance, such as a breach of an order or of bail.",
        "incidents", lambda t: count(t.non_compliance),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_severe_incidents", "offence", "count", "incidents",
        "DA incidents of more than 500 severity points.",
        "incidents", lambda t: count((t.severity > 500) & t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_severe_incidents", "offence", "count", "incidents",
        "Non-DA incidents of more than 500 severity points.",
        "incidents", lambda t: count((t.severity > 500) & ~t.is_da),
        needs=(OFFENCE,),
    ),
)
