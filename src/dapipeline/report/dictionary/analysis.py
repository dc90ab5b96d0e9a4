"""Columns of the tables on medoids, equality, victims who are suspects too, and patterns."""

from __future__ import annotations

from dapipeline.report.dictionary.column import SHARE, Column, Columns

_SHOWN = Column("Shown as", "Medoid, or example of what its typology is about.")
_ROLE = Column("Role", "What the person shown is in the incident: suspect or victim.")
_NUMBER = Column("Incident number", "Number of the incident in the person's record, from 1.")
_OFFENCES: Columns = {
    "incident_number": _NUMBER,
    "is_crime": Column("Crime", "Whether a crime was recorded."),
    "severity": Column("Severity", "Severity of the offence on the run's scale.", "severity points"),
    "outcome_code": Column("Outcome", "Home Office outcome of the offence."),
    "occurred_from": Column("Began", "Start of the incident."),
    "occurred_to": Column("Ended", "End of the incident."),
    "reported_at": Column("Reported", "When it was reported."),
    "is_da": Column("DA", "Whether the incident is domestic abuse as this run counts it."),
    "below_age": Column("Below the age", "Flagged as DA, but somebody is younger than the age at which DA starts."),
    "offender_age": Column("Age", "Age of the person shown at the incident.", "years"),
    "location_type": Column("Place", "Kind of place."),
    "risk": Column("Risk grade", "1 standard, 2 medium, 3 high."),
}

_CHARACTERISTIC = Column("Characteristic", "Sex, ethnicity, age band or deprivation; sex and ethnicity are never used "
                         "for clusters or names.")  # fmt: skip
_AUDIT: Columns = {
    "characteristic": _CHARACTERISTIC,
    "value": Column("Value", "As recorded, or not recorded."),
    "rest_share": Column("Share of the rest", "Share of all other people in the cohort.", SHARE),
    "rest_ratio": Column("Ratio to the rest", "The share by that of all others; 1 is alike."),
    "rest_ratio_low": Column("Ratio, low", "Lower end of its interval of 95% (Koopman's score interval)."),
    "rest_ratio_high": Column("Ratio, high", "Upper end of its interval of 95%."),
    "representation": Column("Representation", "Over or under where q is below 0.05; else as expected, or too few to "
                             "say."),
}  # fmt: skip

TABLES: dict[str, Columns] = {
    "measures": {
        "title": Column("Measure", "What it is called."),
        "definition": Column("What it is", "Which incidents it holds of."),
        "whose": Column("Whose", "Whose incidents are counted."),
        "incidents": Column("Incidents", "Incidents of which it holds; one with two suspects counts for each.",
                            "incidents"),
        "of_incidents": Column("Of incidents", "Incidents of which it is asked.", "incidents"),
        "of": Column("Of what", "Which incidents these are."),
        "people": Column("People", "People with any such incident.", "people"),
        "of_people": Column("Of people", "People of whom it is asked.", "people"),
    },
    "medoids": _OFFENCES | {
        "offender_id": Column("Medoid", "The member of the cluster that is most like all the others."),
        "victim_sex": Column("Victim's sex", "Sex of the first victim of the incident, as recorded."),
        "victim_age": Column("Victim's age", "Age of that victim at the incident.", "years"),
        "relationship": Column("Relationship", "What that victim is to the offender."),
        "victims": Column("Victims", "Victims of the incident.", "people"),
    },
    "timeline_records": _OFFENCES | {
        "shown": _SHOWN,
        "role": _ROLE,
        "offender_id": Column("Person shown", "Whose timeline it is."),
    },
    "timeline_people": {
        "shown": _SHOWN,
        "offender_id": Column("Person shown", "Whose timeline it is."),
        "example": Column("Example of", "What the example has; empty for a medoid."),
        "members": Column("People in the cluster", "How many people the cluster has.", "people"),
        "measures": Column("Features", "Features that were clustered.", "features"),
        "in_middle": Column("In the middle", "Of these, those whose value lies in the middle half of the members'.",
                            "features"),
        "members_in_middle": Column("In the middle, members", "The same, mean over all members.", "features"),
    },
    "timeline_others": {
        "shown": _SHOWN,
        "role": _ROLE,
        "incident_number": _NUMBER,
        "person": Column("Other person", "V1, V2 and so on for victims, S1 and so on for suspects; no id."),
        "sex": Column("Sex", "As recorded."),
        "age": Column("Age", "At the incident.", "years"),
        "relationship": Column("Relationship", "What they are to the person shown."),
        "intimacy": Column("Tie", "Intimate, family or neither."),
    },
    "equality_audit": _AUDIT | {
        "share": Column("Share", "Share of the cluster's people.", SHARE),
        "ratio": Column("Ratio", "Share in the cluster by share in the cohort; 1 is alike."),
        "of": Column("Of", "People in the cluster.", "people"),
    },
    "equality_by_typology": _AUDIT | {
        "share": Column("Share", "Share of the typology's people.", SHARE),
        "ratio": Column("Ratio", "Share in the typology by share in the cohort; 1 is alike."),
        "of": Column("Of", "People in the typology.", "people"),
    },
    "stand_ins": {
        "characteristic": _CHARACTERISTIC,
        "feature": Column("Feature", "The clustered feature, or all of them together."),
        "measure": Column("Measure", "How the strength is measured: eta squared of ranks, or cross-validated AUC."),
        "strength": Column("Strength", "How far the feature tells the characteristic: from 0 (eta squared) or 0.5 "
                           "(AUC) for not at all to 1."),
        "people": Column("People", "People with a value that enough people have.", "people"),
        "values": Column("Values", "How many such values there are.", "values"),
        "own": Column("Says it itself", "Whether the feature is a way of writing the characteristic."),
    },
    "overlap": {"offenders": Column("Offenders", "People of whom it is true.", "people")},
    "offender_patterns": {
        "pattern": Column("Pattern", "Single, repeat (the same victim again) or serial (more than one victim)."),
        "repeat_too": Column("Repeat too", "Serial offenders with a victim of two or more DA incidents.", "people"),
        "with_other_crime": Column("With other crime", "Of them, people with a crime outside DA.", "people"),
    },
    "cohort_hexagons": {
        "plane": Column("Plane", "Volume: doublings of incidents outside DA and in DA; or the first two components."),
        "step": Column("Step", "Width from column to column of hexagons."),
        "across": Column("Across", "Middle of the hexagon, across."),
        "up": Column("Up", "Middle of the hexagon, up."),
        "mean_across": Column("Mean across", "Mean of its people: incidents outside DA, or scores."),
        "mean_up": Column("Mean up", "Mean of its people: DA incidents, or scores."),
    },
    "severity_bands": {
        "band": Column("Band", "Severity band of the study."),
        "da_incidents": Column("DA incidents", "DA incidents in the band; one with two suspects counts for each.",
                               "incidents"),
        "offenders": Column("Offenders", "People whose most severe DA incident is in the band.", "people"),
    },
}  # fmt: skip
