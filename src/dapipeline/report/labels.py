"""Short labels of the features, for readers who do not know their names."""

from __future__ import annotations

import re

from dapipeline.report.words import plain

LABELS = {
    "age_first_incident": "Age at first incident",
    "age_first_da": "Age at first DA incident",
    "age_last_da": "Age at last DA incident",
    "da_victim_age_mean": "Age of DA victims",
    "da_victim_age_gap_mean": "Years older than DA victims",
    "da_victim_under_18_share": "DA victims under 18",
    "da_victim_over_60_share": "DA victims aged 60 or over",
    "non_da_victim_age_mean": "Age of non-DA victims",
    "non_da_victim_under_18_share": "Non-DA victims under 18",
    "incidents": "Incidents of any kind",
    "da_incidents": "DA incidents",
    "non_da_incidents": "Non-DA incidents",
    "da_crimes": "DA incidents that are crimes",
    "non_da_crimes": "Non-DA incidents that are crimes",
    "victims": "Different victims",
    "da_victims": "Different victims of DA",
    "non_da_victims": "Different victims of non-DA incidents",
    "da_repeat_victims": "DA victims of two or more incidents",
    "da_most_against_one_victim": "DA incidents against one and the same victim",
    "da_same_victim_share": "DA against the same victim",
    "da_intimate_share": "DA against a partner or ex-partner",
    "da_family_share": "DA against a family member",
    "da_ex_partner_share": "DA against an ex-partner",
    "da_span_days": "Time from first to last DA incident",
    "offending_span_days": "Time from first to last incident",
    "days_to_first_da": "Time from first incident to first DA",
    "non_da_before_first_da": "Non-DA incidents before the first DA",
    "da_duration_mean_hours": "How long a DA incident lasts",
    "da_duration_max_hours": "Longest DA incident",
    "non_da_duration_mean_hours": "How long a non-DA incident lasts",
    "da_over_a_year_share": "DA lasting a year or more",
    "da_over_a_year_incidents": "DA incidents lasting a year or more",
    "da_night_share": "DA at night (22:00 to 05:59)",
    "da_night_incidents": "DA incidents at night (22:00 to 05:59)",
    "da_weekend_share": "DA at the weekend",
    "non_da_night_share": "Non-DA at night (22:00 to 05:59)",
    "da_reporting_delay_mean_days": "Time from DA incident to report",
    "da_residential_share": "DA in a residence",
    "da_public_share": "DA in public",
    "da_public_incidents": "DA incidents in public",
    "non_da_public_share": "Non-DA in public",
    "non_da_retail_share": "Non-DA in shops",
    "imd_decile_mean": "Deprivation of the areas (1 most deprived)",
    "boroughs": "Different boroughs",
    "da_lsoas": "Different small areas of DA",
    "da_severity_total": "DA severity, total",
    "da_severity_mean": "DA severity, per incident",
    "da_severity_max": "DA severity, most severe incident",
    "da_severe_incidents": "Severe DA incidents (over 500 points)",
    "non_da_severity_total": "Non-DA severity, total",
    "non_da_severity_mean": "Non-DA severity, per incident",
    "non_da_severity_max": "Non-DA severity, most severe incident",
    "non_da_severe_incidents": "Severe non-DA incidents (over 500 points)",
    "da_non_crime_share": "DA that is no crime",
    "da_non_crimes": "DA incidents that are no crime",
    "non_da_non_crime_share": "Non-DA that is no crime",
    "da_violence_share": "Violence in DA",
    "da_violence_incidents": "DA incidents with violence",
    "da_sexual_share": "Sexual offences in DA",
    "da_sexual_incidents": "DA incidents with a sexual offence",
    "da_stalking_harassment_share": "Stalking and harassment in DA",
    "da_stalking_harassment_incidents": "DA incidents with stalking or harassment",
    "da_coercive_share": "Controlling or coercive behaviour in DA",
    "da_coercive_incidents": "DA incidents with coercive behaviour",
    "da_damage_share": "Criminal damage in DA",
    "da_breach_share": "Breach in DA",
    "da_homicides": "DA homicides",
    "child_vulnerable_share": "Offences against children or vulnerable people",
    "child_vulnerable_incidents": "Incidents with a child or vulnerable person",
    "non_da_violence_share": "Violence outside DA",
    "non_da_violence_incidents": "Non-DA incidents with violence",
    "non_da_sexual_share": "Sexual offences outside DA",
    "non_da_acquisitive_share": "Acquisitive crime outside DA",
    "non_da_acquisitive_incidents": "Acquisitive incidents outside DA",
    "non_da_drugs_share": "Drugs offences outside DA",
    "non_da_drugs_incidents": "Non-DA incidents with a drugs offence",
    "non_da_public_order_share": "Public order outside DA",
    "non_da_weapons_share": "Weapons outside DA",
    "non_da_motoring_share": "Motoring outside DA",
    "non_da_parallel_share": "DA-parallel crime outside DA",
    "non_compliance_share": "Breach and non-compliance",
    "non_compliance_incidents": "Incidents of breach and non-compliance",
    "da_families": "Kinds of crime in DA",
    "non_da_families": "Kinds of crime outside DA",
    "da_high_risk_share": "DA graded high risk",
    "da_medium_risk_share": "DA graded medium risk",
    "da_non_crime_high_risk_share": "DA that is no crime, graded high risk",
    "da_honour_based_share": "Honour-based DA",
    "da_victimisations": "DA incidents as the victim",
    "non_da_victimisations": "Non-DA incidents as the victim",
    "victimised_before_first_da": "Incidents as the victim before the first DA",
    "da_substance_share": "Alcohol or drugs in DA",
    "da_substance_incidents": "DA incidents with alcohol or drugs",
    "non_da_substance_share": "Alcohol or drugs outside DA",
    "non_da_substance_incidents": "Non-DA incidents with alcohol or drugs",
    "da_alcohol_share": "Alcohol in DA",
    "da_drugs_share": "Drugs in DA",
}


def label(feature: str) -> str:
    """Return the label of a feature.

    Parameters
    ----------
    feature : str

    Returns
    -------
    str
        A feature without a label is named by its own words.
    """
    words = re.sub(r"\bda\b", "DA", re.sub(r"\bnon da\b", "non-DA", plain(feature)))
    return LABELS.get(feature, words[:1].upper() + words[1:])
