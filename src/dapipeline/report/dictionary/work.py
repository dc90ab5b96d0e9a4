"""Columns of the tables below work/, which stages hand to one another; for those who query them."""

from __future__ import annotations

from dapipeline.analysis.overlap import MEASURES
from dapipeline.reference.tables import FAMILIES, NON_CRIME, families
from dapipeline.report.dictionary.column import Column, Columns

_TITLES = {**families().set_index("family")["title"], NON_CRIME: "Non-crime"}
_IS_DA = Column("DA", "Whether it is domestic abuse as this run counts it.")
_BELOW = Column("Below the age", "Flagged as DA, but somebody is younger than the age at which DA starts.")
_INTIMACY = Column("Tie", "Intimate, family or neither, from the relationship.")
_FAMILY = Column("Family found", "Family of the offence, from the config, its code or its title.")
_KIND = Column("Kind of non-crime", "What the title of a non-crime is about.")
_AGAINST = Column("Against", "Child or vulnerable adult, where code or title says so.")
_COMPLIANCE = Column("Non-compliance", "Breach or related offence, where it is one.")
_SEVERITY = Column("Severity", "Severity on the run's scale.", "severity points")
_FLAGGED: Columns = {
    "flagged": Column("Flagged", "Any flag that counts as DA is set."),
    "is_da": _IS_DA,
    "unknown_age": Column("Age not known", "The age of the suspect, or of a victim, is not known."),
}
_ABUSE: Columns = {
    "child_abuse": Column("Child abuse", "A child is abused, by title or by the victim's age."),
    "vulnerable_adult_abuse": Column("Vulnerable adult", "A vulnerable adult is abused, by title."),
    "child_to_parent": Column("Child to parent", "A suspect of 10 to 16 against a parent."),
    "age_blanked": Column("Age blanked", "An age or birth date was left blank by a rule."),
}
_OF_FAMILIES: Columns = {
    f"of_{name}": Column(f"Any of: {_TITLES[name]}", f"The incident has an offence of that family: {_TITLES[name]}.")
    for name in (*FAMILIES, NON_CRIME)
}
_PLACED: Columns = {"margin": Column("Margin", "How much farther the second medoid is than the first.")}
_HELD: Columns = {"of": Column("Row", "Key of the row of that table."), "table": Column("Table", "Which table.")}

TABLES: dict[str, Columns] = {
    "work/described": _FLAGGED | {
        "of_age": Column("Of age", "Neither person is known to be younger than the age at which DA starts."),
        "intimacy": _INTIMACY, "family": _FAMILY, "compliance": _COMPLIANCE,
        "severity": _SEVERITY,
    },
    "work/incidents": _FLAGGED | _ABUSE | _OF_FAMILIES | {
        "below_age": _BELOW, "intimacy": _INTIMACY,
        "severity": Column("Severity", "Of its distinct offences, added up.", "severity points"),
        "victims": Column("Victims", "Named victims.", "people"),
        "offences": Column("Offences", "Distinct offences.", "offences"),
        "ex_partner": Column("Ex-partner", "A victim is a former partner."),
        "risk": Column("Risk grade", "1 standard, 2 medium, 3 high."),
        "child_or_vulnerable": Column("Child or vulnerable adult", "An offence against either."),
        "breach": Column("Breach", "An offence is a breach of an order, of bail or of licence."),
        "police_assault": Column("Assault on police", "An offence is one."),
        "witness": Column("Witness", "An offence is a threat to a witness or juror."),
        "dangerous_driving": Column("Dangerous driving", "An offence is that."),
        "criminal_damage": Column("Criminal damage", "An offence is that."),
        "da_parallel": Column("DA-parallel", "Outside DA: abuse of a child or vulnerable adult, or child to parent."),
        "non_compliance": Column("Non-compliance", "A breach or a related offence."),
        "high_risk_non_crime": Column("High-risk non-crime", "A DA incident without a crime that is graded high."),
        "known_at": Column("Known at", "When it came to be known: reported, else ended, else started."),
        "substance": Column("Substances", "Alcohol or drugs were involved."),
        "duration_seconds": Column("Duration", "From start to end.", "seconds"),
    },
    "work/offences": {
        "offence_key": Column("Offence (key)", "Its own number, else its code, title or family."),
        "family": _FAMILY, "kind": _KIND, "against": _AGAINST, "compliance": _COMPLIANCE, "severity": _SEVERITY,
        "is_da": _IS_DA, "below_age": _BELOW,
    },
    "work/victims": {
        "victim_key": Column("Victim (key)", "Their id, else sex, relationship and age."),
        "is_da": _IS_DA, "below_age": _BELOW, "intimacy": _INTIMACY,
    },
    "work/victimisations": {"is_da": _IS_DA, "below_age": _BELOW},
    "work/assignments": _PLACED | {
        "distance": Column("Distance", "How far the record lies from the medoid, in the space of the components."),
        "second_cluster": Column("Second cluster", "The cluster whose medoid is next."),
    },
    "work/scores": {"weight": Column("Weight", "What the offender counts in the clustering.")},
    "work/overlap": {name: Column(name.replace("_", " ").capitalize(), f"Whether {meaning}.")
                     for name, (meaning, _) in MEASURES.items()},
    "work/harm_people": {
        "recency_days": Column("Recency", "Days from the last DA incident to the end of the records.", "days"),
        "sex": Column("Sex", "As recorded."),
        "age_band": Column("Age band", "At the youngest known DA incident."),
        "deprivation": Column("Deprivation", "Decile of the first DA incident with one; 1 is most deprived."),
    },
    "work/harm_units": {
        "unit": Column("Unit", "Offender, victim or pair."),
        "severity": Column("DA severity", "Of that unit.", "severity points"),
    },
    "work/harm_holders": _HELD,
    "work/course_holders": _HELD,
    "work/scrutiny_people": {
        "group": Column("Group of the breakdown", "Which group; all: not broken down."),
        "people": Column("Persons", "Persons behind the cell.", "people"),
    },
    "work/person_facts": {
        "group": Column("Group", "A to E."),
        "sex": Column("Sex", "Of the suspect, as recorded."),
        "age_band": Column("Age band", "At the first DA incident."),
        "ethnicity": Column("Ethnicity", "Of the suspect, as recorded."),
        "deprivation": Column("Deprivation", "Fifth of the mean decile of the incidents' areas."),
        "other_incidents_band": Column("Other incidents", "Band of the number of incidents outside DA."),
        "victims": Column("Victims", "One, several, or no DA victim that is named."),
        "da_victim": Column("Victim too", "Whether recorded as a victim of DA."),
        "highest_risk": Column("Highest risk", "Highest risk grade of a DA incident."),
        "harm_band": Column("Harm band", "Band of DA severity in the cohort."),
    },
    "work/average_course": {
        "year": Column("Year", "Since the first incident; the first is 1."),
        "kind": Column("Kind", "DA incidents, other incidents, or those with an offence of the family."),
        "followed": Column("Followed", "People whose whole year lies in the records.", "people"),
        "people": Column("People", "Those of them with such an incident.", "people"),
        "again": Column("Again", "Those of them with two or more in the year.", "people"),
        "incidents": Column("Incidents", "Such incidents of people followed.", "incidents"),
        "first": Column("Most", "The most of one person.", "incidents"),
        "second": Column("Next", "The most of another.", "incidents"),
    },
}  # fmt: skip
