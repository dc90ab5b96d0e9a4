"""Columns of the tables on the course of abuse."""

from __future__ import annotations

from dapipeline.report.dictionary.column import BOUNDS, DAY, SHARE, Column, Columns

_POINTS = "severity points"
_AFTERWARDS: Columns = {
    "value": Column("Value", "Grade or outcome of the first DA incident or crime."),
    "people": Column("People", "People with that value.", "people"),
    "clock_at_outcome": Column("From the outcome", "Of these, those followed from the day of the outcome; others are "
                               "followed from the incident.", "people"),
    "none": Column("None afterwards", "People without DA harm afterwards.", "people"),
    "none_share": Column("None afterwards, share", "Of the people.", SHARE),
    "years": Column("Years followed", "Mean over the people.", "years"),
    "harm_mean": Column("Harm afterwards", "DA severity afterwards, mean.", _POINTS),
    "effect": Column("Effect", "How much more harm afterwards than after the reference.", _POINTS),
}  # fmt: skip

TABLES: dict[str, Columns] = {
    "escalation": {
        "order": Column("Number in sequence", "First, second and so on; 10 is the tenth and later ones."),
        "units": Column("Sequences", "People, or pairs, with such an incident.", "sequences"),
        "severity_mean": Column("Severity, mean", "Mean severity of these incidents.", _POINTS),
        "crimes": Column("Crimes", "Of these incidents, those with a crime.", "incidents"),
        "crime_people": Column("People with a crime", "People behind these.", "people"),
        "crime_share": Column("Crimes, share", "Of the incidents.", SHARE),
        "crime_low": Column("Crimes, low", "Lower end of the interval of 95%.", SHARE),
        "crime_high": Column("Crimes, high", "Upper end of the interval of 95%.", SHARE),
        "graded": Column("Graded", "Incidents with a risk grade.", "incidents"),
        "graded_people": Column("People graded", "People behind these.", "people"),
        "high": Column("Graded high", "Of these, those graded high.", "incidents"),
        "high_people": Column("People graded high", "People behind these.", "people"),
        "high_share": Column("Graded high, share", "Of the graded incidents.", SHARE),
        "high_low": Column("Graded high, low", "Lower end of the interval of 95%.", SHARE),
        "high_high": Column("Graded high, high", "Upper end of the interval of 95%.", SHARE),
        "first_severity_mean": Column("First: severity, mean", "Of their first incidents.", _POINTS),
        "first_crimes": Column("First: crimes", "Of their first incidents.", "incidents"),
        "first_crime_people": Column("First: people with a crime", "People behind these.", "people"),
        "first_crime_share": Column("First: crimes, share", "Of those first incidents.", SHARE),
        "first_graded": Column("First: graded", "First incidents with a risk grade.", "incidents"),
        "first_high": Column("First: graded high", "Of these, those graded high.", "incidents"),
        "first_high_people": Column("First: people graded high", "People behind these.", "people"),
        "first_high_share": Column("First: graded high, share", "Of the graded first incidents.", SHARE),
        "first_days_median": Column("First: days, median", "From the first incident to the second.", "days"),
    },
    "escalation_changes": {
        "measure": Column("Measure", "Severity, crime, graded high, or days since the one before."),
        "order": Column("Number in sequence", "First, second and so on; 10 is the tenth and later ones."),
        "units": Column("Sequences", "People, or pairs, with a value then and at first.", "sequences"),
        "first_mean": Column("Mean at first", "Mean of their first incidents."),
        "mean": Column("Mean then", "Mean of their incidents of that number."),
        "change": Column("Change", "The second less the first."),
    },
    "reoffending": BOUNDS | {
        "start": Column("From", "From a person's first DA incident, or from any."),
        "victim": Column("Against", "Whether the next incident is against the same victim, a new one, or any."),
        "within_days": Column("Within", "Time in which a next DA incident counts.", "days"),
        "incidents": Column("Incidents", "DA incidents that the time runs from.", "incidents"),
        "again": Column("Again", "How many next DA incidents came within it.", "incidents"),
        "at_risk": Column("Followed", "Incidents followed to the last day without a next one before.", "incidents"),
        "share": Column("Share again", "Estimated share with another within the time.", SHARE),
        "method": Column("Method", "How the share and its interval were estimated."),
        "clock": Column("Clock", "What the time runs from."),
        "people_again": Column("People again", "People with a next one within the time.", "people"),
        "people_since": Column("People since", "People with a next one after the shorter time before it.", "people"),
        "people_not_again": Column("People not again", "People with none within the time.", "people"),
    },
    "risk_grades": BOUNDS | {
        "grade": Column("Risk grade", "Standard, medium, high or not graded."),
        "incidents": Column("Incidents", "DA incidents with that grade.", "incidents"),
        "of": Column("Of incidents", "Graded DA incidents; all of them in rows of those not graded.", "incidents"),
    },
    "risk_transitions": BOUNDS | {
        "first_grade": Column("First grade", "Risk grade of the first graded DA incident."),
        "later": Column("Later grade", "Which later one: the next, the highest or the last."),
        "grade": Column("Grade then", "What it is."),
        "of": Column("Of people", "People with that first grade.", "people"),
    },
    "offences_after_grade": BOUNDS | {
        "grade": Column("Last grade", "The last risk grade before the offence."),
        "offences": Column("Offences", "Offences outside DA of that family, after that grade.", "offences"),
        "of": Column("Of offences", "Offences outside DA of that family.", "offences"),
    },
    "first_risk": _AFTERWARDS,
    "after_outcome": _AFTERWARDS,
    "outcomes": BOUNDS | {
        "outcome": Column("Outcome", "Group of Home Office outcomes."),
        "crimes": Column("Crimes", "Crimes with such an outcome.", "crimes"),
        "of": Column("Of crimes", "Crimes in all.", "crimes"),
        "complete": Column("Whole year", "False for a year that the records do not cover to its end."),
    },
    "arrests": {
        "arrests": Column("Arrests", "Incidents in which the suspect was arrested.", "incidents"),
        "incidents": Column("Incidents", "Incidents of which it is known.", "incidents"),
        "per_100": Column("Arrests per hundred", "Arrests per hundred incidents."),
        "low": Column("Low", "Lower end of the interval of 95%, per hundred."),
        "high": Column("High", "Upper end of the interval of 95%, per hundred."),
    },
    "breaches": BOUNDS | {
        "outcome": Column("Outcome", "Group of Home Office outcomes."),
        "breaches": Column("Breaches", "Breaches of orders, bail or licence with such an outcome.", "crimes"),
        "of": Column("Of breaches", "Breaches in all.", "crimes"),
    },
    "non_crimes_before_crime": BOUNDS | {
        "non_crimes": Column("Non-crimes before", "DA non-crimes before the first DA crime: 0, 1, 2, 3 or more."),
        "people": Column("People", "People with so many.", "people"),
        "of": Column("Of people", "People with a DA crime.", "people"),
        "graded": Column("Graded", "Of the people, those with any of these graded.", "people"),
        "medium": Column("Highest medium", "Of these, those whose highest grade was medium.", "people"),
        "high_graded": Column("Highest high", "Of these, those whose highest grade was high.", "people"),
    },
    "homicides": BOUNDS | {
        "what": Column("What", "Homicide or attempted murder in DA."),
        "before": Column("Before (key)", "Key of what came before."),
        "people": Column("People", "Suspects of whom it is true.", "people"),
        "of": Column("Of people", "Suspects of it.", "people"),
        "incidents_median": Column("Incidents, median", "Of those with any: how many.", "incidents"),
    },
    "child_to_parent": BOUNDS | {
        "people": Column("People", "Suspects under 18 against a parent.", "people"),
        "followed": Column("Followed", "Of these, those whom the records follow until they are 18.", "people"),
        "later": Column("Later partner abuse", "Of those, with a later DA incident against a partner or former one.",
                        "people"),
        "share": Column("Share", "Of those followed.", SHARE),
    },
    "recording_breaks": {
        "date": Column("From", "Day from which recording changed.", DAY),
        "what": Column("What changed", "In recording or in what counts."),
        "touches": Column("Touches", "Figures that it changes."),
    },
}  # fmt: skip
