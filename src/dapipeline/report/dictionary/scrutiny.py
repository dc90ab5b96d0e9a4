"""Columns of the tables that inspectors, boards and boroughs ask for."""

from __future__ import annotations

from dapipeline.report.dictionary.column import BOUNDS, SHARE, Column, Columns, P

_NUMERATOR = Column("Number", "What is counted above the line.")
_DENOMINATOR = Column("Of", "What it is counted among, or per.")
_RATE = Column("Rate", "A count, a share from 0 to 1, a rate or median days, by the kind of the indicator.")
_MARKERS: Columns = BOUNDS | {
    "marker": Column("Marker (key)", "Key of the marker, a column that the force's config names."),
    "incidents": Column("Incidents", "Incidents in all.", "incidents"),
    "recorded": Column("Recorded", "Of these, those of which the marker is recorded as yes or no.", "incidents"),
    "marked": Column("Marked", "Of those, the ones with yes.", "incidents"),
    "share": Column("Share", "Marked, of those recorded.", SHARE),
    "missing": Column("Not recorded", "Share of the incidents of which it is not recorded.", SHARE),
    "published_sexual": Column("Printed, sexual", "Share that the 2004 study prints for sexual offences.", SHARE),
    "published_serious": Column("Printed, serious", "Share that the 2004 study prints for serious ones.", SHARE),
}

TABLES: dict[str, Columns] = {
    "scrutiny": {
        "group": Column("Group of the breakdown", "Which group the row is of; all: not broken down. No group A to E."),
        "numerator": _NUMERATOR,
        "denominator": _DENOMINATOR,
        "rate": _RATE,
    },
    "scrutiny_changes": {
        "before": Column("Year before", "The year that it is compared with."),
        "rate": _RATE,
        "rate_before": Column("Rate before", "The same in the year before."),
        "difference": Column("Difference", "The first less the second."),
    },
    "scrutiny_gaps": {
        "title": Column("Indicator", "What it is called."),
        "breakdown": Column("Breakdown", "The breakdown that cannot be made; empty where the whole indicator cannot."),
        "missing": Column("Missing", "Column or table that would be needed."),
    },
    "funnel": {
        "numerator": _NUMERATOR,
        "denominator": _DENOMINATOR,
        "rate": Column("Share", "The first as a share of the second.", SHARE),
        "target": Column("Whole force", "Share of all areas together.", SHARE),
        "dispersion": Column("Dispersion", "How much wider areas differ than by chance alone; 1 or more."),
        "low_95": Column("95% low", "Lower limit that one area in forty would be below by chance.", SHARE),
        "high_95": Column("95% high", "Upper limit that one area in forty would be above by chance.", SHARE),
        "low_998": Column("99.8% low", "Lower limit that one area in a thousand would be below by chance.", SHARE),
        "high_998": Column("99.8% high", "Upper limit that one area in a thousand would be above by chance.", SHARE),
    },
    "hour_by_weekday": {
        "kind": Column("Which incidents", "All DA incidents, or a kind of them."),
        "weekday": Column("Weekday", "Of the report; of the start where no clock was reported."),
        "hour": Column("Hour", "From 0 to 23."),
        "of": Column("Of incidents", "Incidents of that kind.", "incidents"),
    },
    "markers": _MARKERS,
    "markers_by_typology": _MARKERS,
    "offence_groups": {
        "factor": Column("Factor (key)", "Key of the factor or marker."),
        "sexual_with": Column("Sexual, with it", "DA incidents with a sexual crime that have it."),
        "sexual_of": Column("Sexual, of", "Those of which it is known."),
        "assault_with": Column("Assault, with it", "DA incidents with another assault that have it."),
        "assault_of": Column("Assault, of", "Those of which it is known."),
        "odds_ratio": Column("Odds ratio", "Odds of it with a sexual crime, by those with another assault (Woolf)."),
        "low": Column("Low", "Lower end of the interval of 95% of the odds ratio."),
        "high": Column("High", "Upper end of the interval of 95% of the odds ratio."),
        "p": Column("p", "How likely as large a difference would be by chance alone; two-sided.", P),
        "published_sexual_of": Column("Printed, sexual, of", "What that figure is out of."),
        "published_serious_of": Column("Printed, serious, of", "What that figure is out of."),
    },
    "managed_by": {
        "top": Column("Top", "Share of suspects, those with most DA severity first.", SHARE),
        "managed_by": Column("Managed by", "Who manages them, as last recorded."),
        "people": Column("Suspects", "Of these, those so managed.", "people"),
        "of": Column("Of suspects", "How many that share is, rounded up.", "people"),
    },
    "concentration_by_area": {
        "top": Column("Top", "Share of the area's suspects, those with most DA severity first.", SHARE),
        "people": Column("Suspects", "How many that is, rounded up.", "people"),
        "of": Column("Of suspects", "Suspects of the area.", "people"),
        "harm": Column("DA severity", "Theirs in the area.", "severity points"),
        "of_harm": Column("DA severity, of", "That of all suspects of the area.", "severity points"),
        "share": Column("Share of severity", "The first as a share of the second.", SHARE),
    },
}
