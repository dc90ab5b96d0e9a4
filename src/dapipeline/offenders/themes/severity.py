"""How severe the incidents are, on the run's own scale."""

from __future__ import annotations

from dapipeline.offenders.feature import OFFENCE, Feature
from dapipeline.offenders.measures import count, greatest, mean, total

HIGH_ABOVE = 500  # points; the study's high severity is ">= 501", and what lies between 500 and 501 counts as high here

FEATURES = (
    Feature(
        "da_severity_total",
        "DA severity, total",
        "offence",
        "severity",
        "severity points",
        "Severity of all DA incidents, summed.",
        "incidents",
        lambda t: total(t.severity, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_severity_mean",
        "DA severity, per incident",
        "offence",
        "severity",
        "severity points",
        "Mean severity of the DA incidents; non-crimes count as 0.",
        "incidents",
        lambda t: mean(t.severity, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_severity_max",
        "DA severity, most severe incident",
        "offence",
        "severity",
        "severity points",
        "Severity of the most severe DA incident.",
        "incidents",
        lambda t: greatest(t.severity, t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_severity_total",
        "Non-DA severity, total",
        "offence",
        "severity",
        "severity points",
        "Severity of all non-DA incidents, summed.",
        "incidents",
        lambda t: total(t.severity, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_severity_mean",
        "Non-DA severity, per incident",
        "offence",
        "severity",
        "severity points",
        "Mean severity of the non-DA incidents; non-crimes count as 0.",
        "incidents",
        lambda t: mean(t.severity, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_severity_max",
        "Non-DA severity, most severe incident",
        "offence",
        "severity",
        "severity points",
        "Severity of the most severe non-DA incident.",
        "incidents",
        lambda t: greatest(t.severity, ~t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "da_severe_incidents",
        "Severe DA incidents (over 500 points)",
        "offence",
        "count",
        "incidents",
        "DA incidents of more than 500 severity points.",
        "incidents",
        lambda t: count((t.severity > HIGH_ABOVE) & t.is_da),
        needs=(OFFENCE,),
    ),
    Feature(
        "non_da_severe_incidents",
        "Severe non-DA incidents (over 500 points)",
        "offence",
        "count",
        "incidents",
        "Non-DA incidents of more than 500 severity points.",
        "incidents",
        lambda t: count((t.severity > HIGH_ABOVE) & ~t.is_da),
        needs=(OFFENCE,),
    ),
)
