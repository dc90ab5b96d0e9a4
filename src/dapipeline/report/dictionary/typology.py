"""Columns of the tables on clusters and typologies; features have their words from the catalogue."""

from __future__ import annotations

from dapipeline.report.dictionary.column import SHARE, Column, Columns

_FITS_BY = Column("Fits by", "Whether the typology fits by the members' own records or by the averages; else empty.")
_MEMBERS = Column("Members who fit", "Share of the cluster's people whose own record fits it best.", SHARE)

TABLES: dict[str, Columns] = {
    "typologies": {
        "typology": Column("Typology (key)", "Key of the typology, as other tables call it."),
        "title": Column("Typology", "What readers call it."),
        "defined_group": Column("Group of the study", "The group, A to E, that its definition names."),
        "clusters": Column("Clusters", "Clusters with that name.", "clusters"),
        "offenders": Column("Offenders", "People in them.", "people"),
    },
    "assignments": {
        "cluster": Column("Cluster", "The cluster whose medoid is nearest to the person's record."),
        "typology": Column("Typology (key)", "Key of the cluster's name; no finding on a person."),
        "group": Column("Group", "A to E, by the person's own numbers of incidents."),
        "distance": Column("Distance", "How far the record lies from the medoid, in the space of the components."),
        "second_cluster": Column("Second cluster", "The cluster whose medoid is next."),
        "margin": Column("Margin", "How much farther that is; near 0 the record might as well be there."),
    },
    "clusters": {
        "typology": Column("Typology (key)", "Key of the cluster's name; unnamed where none fits."),
        "named_by": Column("Named by", "Criteria, an analyst's override, or nothing."),
        "unnamed_because": Column("Unnamed because", "Why it has no name."),
        "best": Column("Best fit (key)", "Typology that fits best, whether or not it gives the name."),
        "fits_by": _FITS_BY,
        "members": _MEMBERS,
        "score": Column("Score", "How near its averages come to that definition; no probability.", SHARE),
        "second": Column("Second fit (key)", "Typology that fits next."),
        "second_score": Column("Score of the second", "How near the averages come to that one.", SHARE),
        "second_fits": Column("Second fits", "Whether that one fits too."),
        "lead": Column("Lead", "Score of the best less that of the second."),
        "defined_group": Column("Group of the study", "The group, A to E, that the typology's definition names."),
        "group": Column("Group", "The group, A to E, of most of its people."),
        "size": Column("Offenders", "People in it.", "people"),
        "share": Column("Share", "Share of the cohort.", SHARE),
        "stability": Column("Stability", "How far it is found again in halves of the people, from 0 to 1."),
        "stability_band": Column("Stability in words", "Unstable, doubtful, stable, highly stable or not assessed."),
        "harm_rank_da": Column("Rank by DA harm", "Rank by mean DA severity; 1 is the highest."),
        "harm_rank_non_da": Column("Rank by other harm", "Rank by mean severity outside DA; 1 is the highest."),
    },
    "groups": {
        "title": Column("Group in words", "What the group is."),
        "offenders": Column("Offenders", "People in it.", "people"),
        "share": Column("Share", "Share of all offenders.", SHARE),
    },
    "profiles": {
        "mean": Column("Mean", "Mean of the cluster, in the feature's own unit; a share is from 0 to 1."),
        "median": Column("Median", "Median of the cluster, in the feature's own unit."),
        "cohort_mean": Column("Mean of the cohort", "Mean over everybody who was clustered."),
        "cohort_median": Column("Median of the cohort", "Median over everybody who was clustered."),
        "difference": Column("Difference", "Of the means.", "standard deviations"),
    },
    "criteria": {
        "typology": Column("Typology (key)", "Key of the typology whose criterion it is."),
        "number": Column("Number", "Number of the criterion within its typology."),
        "criterion": Column("Criterion", "The condition in words."),
        "value": Column("Value", "What the cluster has, in the feature's own unit."),
        "threshold": Column("Threshold", "What the criterion asks for."),
        "met": Column("Met", "Whether it is met."),
        "required": Column("Required", "Whether a name by averages needs it."),
        "weight": Column("Weight", "What it counts in the score."),
        "published": Column("Published", "The study's own figure, where it prints one."),
        "fit": Column("Fit", "How near the value comes to what is asked, from 0 to 1."),
    },
    "scores": {
        "typology": Column("Typology (key)", "Key of the typology that the cluster is held against."),
        "score": Column("Score", "Mean fit of its criteria on the cluster's averages; no probability.", SHARE),
        "required_met": Column("Required met", "Whether every required criterion is met."),
        "members": _MEMBERS,
        "fits_by": _FITS_BY,
    },
    "own_records": {
        "by_cluster": Column("By cluster", "People whose cluster has the name.", "people"),
        "by_record": Column("By own record", "People whose own record fits the typology.", "people"),
        "both": Column("Both", "People who are counted by both.", "people"),
        "cluster_alone": Column("Cluster alone", "People whose cluster has the name and whose own record does not fit.",
                                "people"),
        "record_alone": Column("Record alone", "People whose own record fits and whose cluster has another name.",
                               "people"),
    },
    "name_stability": {
        "people": Column("People", "People of the typology in this run.", "people"),
        "fits": Column("Fits", "Halves, clustered and named afresh, that hold any of these people.", "fits"),
        "named_in": Column("Named in", "Halves in which any cluster has the name.", "fits"),
        "kept": Column("Name kept", "Share of its people who keep the name, mean over the halves.", SHARE),
        "lowest": Column("Lowest", "The lowest of these shares.", SHARE),
        "new_entrants": Column("New", "Share of a half's people with the name who do not have it here, mean.", SHARE),
    },
    "name_changes": {
        "typology": Column("Typology (key)", "Key of the people's typology in this run."),
        "became": Column("Became (key)", "Key of their typology in a half that is clustered and named afresh."),
        "share": Column("Share", "Share of the typology's people, mean over the halves.", SHARE),
    },
    "components": {
        "share": Column("Share of variance", "Share of the variance that it holds.", SHARE),
        "cumulative": Column("Cumulative", "Share that it and those before it hold.", SHARE),
    },
    "stability": {
        "stability": Column("Stability", "Mean likeness (Jaccard) of the cluster to the nearest in each half, 0 to 1."),
        "stability_band": Column("Stability in words", "Unstable, doubtful, stable, highly stable or not assessed."),
        "lowest": Column("Lowest", "The lowest likeness in any half."),
        "halves": Column("Halves", "Halves that hold any of its people.", "fits"),
        "members_in_half": Column("People in a half", "Its people in a half, mean.", "people"),
    },
    "feature_catalogue": {
        "feature": Column("Feature (key)", "Name of its column in features.parquet."),
        "label": Column("Feature", "What readers call it."),
        "theme": Column("Theme", "One of the study's eight themes."),
        "kind": Column("Kind", "Count, severity, duration, share, age, difference or decile; decides its scaling."),
        "unit": Column("Unit", "What it is counted or measured in."),
        "meaning": Column("Meaning", "Exact enough to compute it by hand."),
        "use": Column("Use", "Clustered, described alone, or off for want of a column."),
    },
    "model/medoids": {
        "offender_id": Column("Medoid", "The member of the cluster that is most like all the others."),
    },
    "model/scaling": {
        "kind": Column("Kind", "Kind of the feature."),
        "transform": Column("Transform", "What is done to the value before scaling."),
        "centre": Column("Centre", "What is taken away from it."),
        "scale": Column("Scale", "What it is divided by."),
    },
    "model/components": {"loading": Column("Loading", "Weight of the scaled feature in the component.")},
}  # fmt: skip
