"""Columns of the tables on harm."""

from __future__ import annotations

from dapipeline.report.dictionary.column import SHARE, Column, Columns

_POINTS = "severity points"
_COUNTED = {
    "people": ("People", "people"), "da_incidents": ("DA incidents", "incidents"),
    "da_crimes": ("DA crimes", "incidents"),
    "da_severity": ("DA severity", _POINTS), "da_high_graded": ("DA incidents graded high", "incidents"),
}  # fmt: skip
_SHARES: Columns = {
    name: column
    for stem, (words, unit) in _COUNTED.items()
    for name, column in {
        stem: Column(words, f"{words} with this value.", unit),
        f"{stem}_of": Column(f"{words}, of", f"{words} of the whole cohort.", unit),
        f"{stem}_share": Column(f"{words}, share", "The first as a share of the second.", SHARE),
    }.items()
}
_SOME = Column("With any", "People with any incident outside DA.", "people")
_VOLUME = Column("With high volume", "People with three or more incidents outside DA.", "people")
_SEVERITY = Column("DA severity", "Their DA severity, added up.", _POINTS)
_OUT_OF = Column("Out of", "Units of that kind.")

TABLES: dict[str, Columns] = {
    "share_of_harm": _SHARES,
    "harm_and_history": {
        "band": Column("Band", "Band of people by their DA severity."),
        "disjoint": Column("Apart", "True where nobody of it stands in another such band; false for sums of bands."),
        "of": Column("Of", "Everybody.", "people"),
        "da_severity": _SEVERITY,
        "da_severity_from": Column("From", "The least DA severity of a person in it.", _POINTS),
        "any": _SOME,
        "any_share": Column("With any, share", "Of the band.", SHARE),
        "any_low": Column("With any, low", "Lower end of the interval of 95% (Wilson).", SHARE),
        "any_high": Column("With any, high", "Upper end of the interval of 95% (Wilson).", SHARE),
        "high_volume": _VOLUME,
        "high_volume_share": Column("High volume, share", "Of the band.", SHARE),
        "high_volume_low": Column("High volume, low", "Lower end of the interval of 95% (Wilson).", SHARE),
        "high_volume_high": Column("High volume, high", "Upper end of the interval of 95% (Wilson).", SHARE),
        "non_da_incidents": Column("Other incidents", "Their incidents outside DA.", "incidents"),
        "non_da_incidents_mean": Column("Other incidents, mean", "Mean over the people of the band.", "incidents"),
        "non_da_severity": Column("Other severity", "Their severity outside DA.", _POINTS),
        "non_da_severity_mean": Column("Other severity, mean", "Mean over the people of the band.", _POINTS),
        "published_high_volume_share": Column("High volume, printed", "The share that the study prints.", SHARE),
    },
    "harm_trend": {
        "question": Column("Question", "Any incident outside DA, or three or more (high_volume)."),
        "bands": Column("Bands", "Bands of DA severity that are compared.", "bands"),
        "number": Column("With it", "People of whom it is true.", "people"),
        "slope": Column("Slope", "Change of the share from one band to the next."),
    },
    "harm_regression": {
        "model": Column("Model (key)", "Key of the model; harm_models.csv says what it does."),
        "offenders": Column("Offenders", "People with an offence of that kind outside DA.", "people"),
        "effect": Column("Effect", "DA severity that goes with it; points, or logarithms in joint_log and tweedie."),
        "common_assaults": Column("In common assaults", "The effect in common assaults.", "common assaults"),
    },
    "harm_models": {
        "model": Column("Model (key)", "Key of the model."),
        "types": Column("Kinds", "Kinds of offence.", "kinds"),
        "tested": Column("Tested", "Of these, those with a p.", "kinds"),
        "p_below": Column("p below 0.05", "Of these, those with p below 0.05.", "kinds"),
        "p_below_share": Column("p below 0.05, share", "Of those tested.", SHARE),
        "by_chance": Column("By chance", "How many would have p below 0.05 by chance alone.", "kinds"),
        "q_below": Column("q below 0.05", "Kinds with q below 0.05.", "kinds"),
        "q_below_share": Column("q below 0.05, share", "Of those tested.", SHARE),
        "positive": Column("More harm", "Of these, those that go with more DA severity.", "kinds"),
        "published_types": Column("Kinds, printed", "Kinds of offence in the study.", "kinds"),
        "published_share": Column("p below 0.05, printed", "Share that the study prints.", SHARE),
    },
    "harm_found_by_all": {
        "offenders": Column("Offenders", "People with an offence of that kind outside DA.", "people"),
        "models": Column("Models", "Models that find it.", "models"),
        "more_harm": Column("More harm", "Whether it goes with more DA severity, or with less."),
    },
    "harm_order": {
        "design": Column("Design", "How what came before is told from what came later."),
        "whom": Column("Whom", "Everybody, or people whose first DA incident is known to be the first."),
        "with": Column("With", "People with an earlier offence of that family.", "people"),
        "without": Column("Without", "People without one.", "people"),
        "harm_with": Column("Later harm, with", "Their later DA severity, mean.", _POINTS),
        "harm_without": Column("Later harm, without", "That of the others, mean.", _POINTS),
    },
    "harm_concentration": {
        "unit": Column("Unit", "Offenders, victims, or pairs of offender and victim."),
        "top_share": Column("Top", "Share of the units, those with most DA severity first.", SHARE),
        "number": Column("Number", "How many units that is, rounded up."),
        "of": _OUT_OF,
        "severity": Column("DA severity", "Theirs.", _POINTS),
        "severity_of": Column("DA severity, of", "That of all units.", _POINTS),
        "share_of_severity": Column("Share of severity", "The first as a share of the second.", SHARE),
        "published_share": Column("Share, printed", "Share that a published study prints.", SHARE),
        "published_in": Column("Printed in", "Which study."),
    },
    "lorenz": {
        "unit": Column("Unit", "Offenders, victims, or pairs of offender and victim."),
        "share_of_units": Column("Share of units", "Those with least DA severity first.", SHARE),
        "share_of_severity": Column("Share of severity", "DA severity that they hold.", SHARE),
    },
    "gini": {
        "unit": Column("Unit", "Offenders, victims, or pairs of offender and victim."),
        "number": Column("Number", "How many there are."),
        "with_severity": Column("With severity", "How many have any DA severity."),
        "severity": Column("DA severity", "Of all of them.", _POINTS),
        "gini": Column("Gini", "0 where all have as much, towards 1 where one has it all."),
    },
    "harm_parts": {
        "measure": Column("Measure", "Recency, frequency, gravity, or number of victims."),
        "lower": Column("From", "Lower edge of the band, which belongs to it."),
        "upper": Column("To below", "Upper edge, which does not; empty for the last."),
    } | {name: _SHARES[name] for name in ("da_severity", "da_severity_of", "da_severity_share")},
    "comparisons": {
        "comparison": Column("Comparison", "What groups of people are compared: abuse, sex, age, deprivation, any DA."),
        "group": Column("Group compared", "The group that the row is about; no group A to E."),
        "label": Column("Feature", "What readers call the feature."),
        "people": Column("People", "People of the group.", "people"),
        "people_reference": Column("People, reference", "People of the group that it is compared with.", "people"),
        "mean": Column("Mean", "Mean of the group, in the unit of the row."),
        "mean_reference": Column("Mean, reference", "Mean of the group that it is compared with."),
        "difference": Column("Difference", "The first less the second."),
    },
    "harm_ranking": {
        "severity_da": Column("DA severity", "DA severity of a person, mean.", _POINTS),
        "rank_da": Column("Rank by DA", "Rank among named typologies; 1 is the highest."),
        "published_rank_da": Column("Rank by DA, printed", "Rank that the study prints."),
        "severity_non_da": Column("Other severity", "Severity of a person outside DA, mean.", _POINTS),
        "rank_non_da": Column("Rank by other", "Rank among named typologies; 1 is the highest."),
        "published_rank_non_da": Column("Rank by other, printed", "Rank that the study prints."),
    },
    "harm_rank_agreement": {
        "severity": Column("Severity", "In DA, or outside (non_da)."),
        "typologies": Column("Typologies", "Typologies with both ranks.", "typologies"),
        "spearman": Column("Spearman", "How alike the ranks are: 1 the same order, 0 none, -1 the reverse."),
    },
}  # fmt: skip
