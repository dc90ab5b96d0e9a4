"""Every output of every command, named once: its file, the stage that makes it, what a row is, and who may see it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Literal

from dapipeline.workflow.output import INTERNAL, SHAREABLE, Output

# extract
ROWS = Output("work/rows.parquet", "extract", "one kept row of the extract, in canonical columns", INTERNAL)
COLUMNS = Output("work/columns.json", "extract", "the canonical columns read in, those not read in, and the sources",
                 SHAREABLE)  # fmt: skip
QUARANTINE = Output("quality/quarantine.parquet", "extract", "one quarantined row per rule it broke", INTERNAL)
BLANKED = Output("quality/blanked.parquet", "extract", "one value that a rule left blank", INTERNAL)
EXTRACT_COUNTS = Output("quality/extract.csv", "extract", "one rule of the extract, with its rows", SHAREABLE)
WARNINGS = Output("quality/warnings.csv", "extract", "one thing that is likely wrong with the extract", SHAREABLE)

# incidents
DESCRIBED = Output("work/described.parquet", "incidents", "one kept row with its ages, DA, tie, offence and severity",
                   INTERNAL)  # fmt: skip
INCIDENTS = Output("work/incidents.parquet", "incidents", "one suspect in one incident", INTERNAL)
OFFENCES = Output("work/offences.parquet", "incidents", "one distinct offence of one suspect's incident", INTERNAL)
VICTIMS = Output("work/victims.parquet", "incidents", "one victim of one suspect's incident", INTERNAL)
VICTIMISATIONS = Output("work/victimisations.parquet", "incidents", "one victim in one incident", INTERNAL)
OFFENCE_TYPES = Output("quality/offences.csv", "incidents", "one kind of offence as recorded, and its severity",
                       SHAREABLE)  # fmt: skip
RESOLUTION = Output("work/resolution.json", "incidents", "the severity scale, and how many rows it knows nothing of",
                    SHAREABLE)  # fmt: skip
RECONCILIATION = Output("quality/reconciliation.csv", "incidents", "one thing that became of rows, with their number",
                        SHAREABLE)  # fmt: skip

# offenders
FEATURES = Output("tables/features.parquet", "offenders", "one offender, features in natural units", INTERNAL)
VECTORS = Output("work/vectors.parquet", "offenders", "one offender to cluster, without a missing feature", INTERNAL)
PEOPLE = Output("work/people.parquet", "offenders", "one offender with the protected characteristics", INTERNAL)
MISSING_FEATURES = Output("quality/missing_features.csv", "offenders", "one feature that offenders lack", SHAREABLE)
FEATURE_CATALOGUE = Output("tables/feature_catalogue.csv", "offenders", "one feature, and what the run did with it",
                           SHAREABLE)  # fmt: skip

# clustering
PLACES = Output("work/assignments.parquet", "clustering", "one offender with the nearest and the second cluster",
                INTERNAL)  # fmt: skip
SCORES = Output("work/scores.parquet", "clustering", "one offender with weight and component scores", INTERNAL)
MODEL_MEDOIDS = Output("model/medoids.parquet", "clustering", "one cluster: its medoid's id and component scores",
                       INTERNAL)  # fmt: skip
SCALING = Output("model/scaling.parquet", "clustering", "one clustered feature with transform, centre and scale",
                 SHAREABLE)  # fmt: skip
LOADINGS = Output("model/components.parquet", "clustering", "one loading of one feature on one component", SHAREABLE)
COMPONENTS = Output("tables/components.csv", "clustering", "one principal component with its share of the variance",
                    SHAREABLE)  # fmt: skip
MODEL = Output("model/model.json", "clustering", "the settings of the clustering, and its loss", SHAREABLE)

# stability
STABILITY = Output("tables/stability.csv", "stability", "one cluster, and how far it is found again", SHAREABLE)
HALVES = Output("work/halves.parquet", "stability", "one offender with the cluster in each half", INTERNAL)
STABILITY_FITS = Output("model/stability.json", "stability", "how many halves there are, of how many people", SHAREABLE)

# typology
PROFILES = Output("tables/profiles.csv", "typology", "one feature of one cluster against the cohort", SHAREABLE)
GROUPS = Output("tables/groups.csv", "typology", "one of the groups A to E", SHAREABLE)
CRITERIA = Output("tables/criteria.csv", "typology", "one criterion asked of one cluster", SHAREABLE)
TYPOLOGY_SCORES = Output("tables/scores.csv", "typology", "one typology's score for one cluster", SHAREABLE)
OWN_RECORDS = Output(
    "tables/own_records.csv", "typology", "one typology: people by cluster and by own record", SHAREABLE
)
NAME_STABILITY = Output("tables/name_stability.csv", "typology", "one typology, and how many keep its name", SHAREABLE)
NAME_CHANGES = Output("tables/name_changes.csv", "typology", "one typology, and what its people become in a half",
                      SHAREABLE)  # fmt: skip
CLUSTERS = Output("tables/clusters.csv", "typology", "one cluster: name, group, size, means, harm ranks", SHAREABLE)
ASSIGNMENTS = Output("tables/assignments.parquet", "typology", "one offender with cluster, typology and group",
                     INTERNAL)  # fmt: skip

# analysis
MEASURES = Output("tables/measures.csv", "analysis", "one measure: its definition, source and counts", SHAREABLE)
MEDOIDS = Output("tables/medoids.csv", "analysis", "one offence of one cluster's medoid, in order", INTERNAL)
TIMELINE_PEOPLE = Output("tables/timeline_people.csv", "analysis", "one person whose record is shown, how typical",
                         INTERNAL)  # fmt: skip
TIMELINE_RECORDS = Output("tables/timeline_records.csv", "analysis", "one offence that medoids.csv lacks: with the "
                          "medoid as victim, or of an example", INTERNAL)  # fmt: skip
TIMELINE_OTHERS = Output("tables/timeline_others.csv", "analysis", "one other person in one incident of a person shown",
                         INTERNAL)  # fmt: skip
EQUALITY_AUDIT = Output("tables/equality_audit.csv", "analysis", "one characteristic's value in one cluster", SHAREABLE)
EQUALITY_BY_TYPOLOGY = Output("tables/equality_by_typology.csv", "analysis", "one characteristic's value in one "
                              "typology", SHAREABLE)  # fmt: skip
STAND_INS = Output("tables/stand_ins.csv", "analysis", "one clustered feature, and how far it tells a characteristic",
                   SHAREABLE)  # fmt: skip
OVERLAP_FLAGS = Output("work/overlap.parquet", "analysis", "one offender with what is recorded of them as a victim",
                       INTERNAL)  # fmt: skip
OVERLAP = Output("tables/overlap.csv", "analysis", "one measure of overlap in one cluster", SHAREABLE)
OFFENDER_PATTERNS = Output("tables/offender_patterns.csv", "analysis", "single, repeat or serial in one cluster",
                           SHAREABLE)  # fmt: skip
COHORT_HEXAGONS = Output("tables/cohort_hexagons.csv", "analysis", "the people of one cluster and group in one hexagon "
                         "of one plane", SHAREABLE)  # fmt: skip

# harm
SHARE_OF_HARM = Output("tables/share_of_harm.csv", "harm", "one value of one dimension: people, DA incidents, crimes, "
                       "severity, each with its share", SHAREABLE)  # fmt: skip
HARM_AND_HISTORY = Output("tables/harm_and_history.csv", "harm", "one band of DA severity, and its wider offending",
                          SHAREABLE)  # fmt: skip
HARM_TREND = Output("tables/harm_trend.csv", "harm", "one question, and its trend over the bands", SHAREABLE)
HARM_REGRESSION = Output("tables/harm_regression.csv", "harm", "one kind of non-DA offence in one model", SHAREABLE)
HARM_MODELS = Output("tables/harm_models.csv", "harm", "one model, and how many kinds of offence it finds", SHAREABLE)
HARM_FOUND_BY_ALL = Output("tables/harm_found_by_all.csv", "harm", "one kind of offence that every model finds",
                           SHAREABLE)  # fmt: skip
HARM_ORDER = Output("tables/harm_order.csv", "harm", "one study family before DA, in one design, of whom, in one model",
                    SHAREABLE)  # fmt: skip
HARM_CONCENTRATION = Output("tables/harm_concentration.csv", "harm", "one top share of one unit, and its severity",
                            SHAREABLE)  # fmt: skip
LORENZ = Output("tables/lorenz.csv", "harm", "one point of one unit's Lorenz curve of DA severity", SHAREABLE)
GINI = Output("tables/gini.csv", "harm", "one unit: offenders, victims, or pairs, with its Gini coefficient", SHAREABLE)
HARM_PARTS = Output("tables/harm_parts.csv", "harm", "one band of recency, frequency, gravity or number of victims",
                    SHAREABLE)  # fmt: skip
COMPARISONS = Output("tables/comparisons.csv", "harm", "one feature of one group beside a reference", SHAREABLE)
SEVERITY_BANDS = Output("tables/severity_bands.csv", "harm", "one severity band in one cluster", SHAREABLE)
HARM_RANKING = Output("tables/harm_ranking.csv", "harm", "one typology with its ranks by severity", SHAREABLE)
HARM_RANK_AGREEMENT = Output("tables/harm_rank_agreement.csv", "harm", "one kind of severity, ranks against the "
                             "study's", SHAREABLE)  # fmt: skip
HARM_PEOPLE = Output("work/harm_people.parquet", "harm", "one offender: typology, group and more, with severity",
                     INTERNAL)  # fmt: skip
HARM_UNITS = Output("work/harm_units.parquet", "harm", "one offender, victim or pair: its severity, without an id",
                    INTERNAL)  # fmt: skip
HARM_HOLDERS = Output("work/harm_holders.parquet", "harm", "one comparison: the share of its harm that two people hold",
                      INTERNAL)  # fmt: skip
HARM_GAPS = Output("tables/harm_gaps.csv", "harm", "one thing about harm that the extract cannot answer, and why",
                   SHAREABLE)  # fmt: skip

# course
ESCALATION = Output("tables/escalation.csv", "course", "DA incidents of one number in a sequence, of people or pairs "
                    "by one value", SHAREABLE)  # fmt: skip
ESCALATION_CHANGES = Output("tables/escalation_changes.csv", "course", "one measure of later DA incidents beside the "
                            "first ones of the same people or pairs", SHAREABLE)  # fmt: skip
REOFFENDING = Output("tables/reoffending.csv", "course", "one share with another DA incident within a time", SHAREABLE)
RISK_GRADES = Output("tables/risk_grades.csv", "course", "one risk grade of DA incidents by one value", SHAREABLE)
RISK_TRANSITIONS = Output("tables/risk_transitions.csv", "course", "one first risk grade and a later one", SHAREABLE)
OFFENCES_AFTER_GRADE = Output("tables/offences_after_grade.csv", "course", "non-DA offences of one study family by the "
                              "last risk grade before them", SHAREABLE)  # fmt: skip
FIRST_RISK = Output("tables/first_risk.csv", "course", "one first risk grade, and the DA harm afterwards, in one model",
                    SHAREABLE)  # fmt: skip
OUTCOMES = Output("tables/outcomes.csv", "course", "one group of outcomes of crimes by one value", SHAREABLE)
ARRESTS = Output("tables/arrests.csv", "course", "arrests per hundred incidents of one value", SHAREABLE)
AFTER_OUTCOME = Output("tables/after_outcome.csv", "course", "one group of outcomes of the first DA crime, and the DA "
                       "harm afterwards, in one model", SHAREABLE)  # fmt: skip
BREACHES = Output("tables/breaches.csv", "course", "one group of outcomes of breaches by one value", SHAREABLE)
NON_CRIMES_BEFORE_CRIME = Output("tables/non_crimes_before_crime.csv", "course", "one number of DA non-crimes before "
                                 "people's first DA crime, by one value", SHAREABLE)  # fmt: skip
HOMICIDES = Output("tables/homicides.csv", "course", "one thing that came before domestic homicides or attempts",
                   SHAREABLE)  # fmt: skip
CHILD_TO_PARENT = Output("tables/child_to_parent.csv", "course", "suspects under 18 against a parent, of one age",
                         SHAREABLE)  # fmt: skip
RECORDING_BREAKS = Output("tables/recording_breaks.csv", "course", "one day from which recording changed", SHAREABLE)
COURSE_HOLDERS = Output("work/course_holders.parquet", "course", "one thing compared: the share of its harm that two "
                        "people hold", INTERNAL)  # fmt: skip
COURSE_GAPS = Output("tables/course_gaps.csv", "course", "one thing about the course that the extract cannot answer, "
                     "and why", SHAREABLE)  # fmt: skip

# scrutiny
SCRUTINY = Output("tables/scrutiny.csv", "scrutiny", "one indicator in one area, year and group", SHAREABLE)
SCRUTINY_PEOPLE = Output("work/scrutiny_people.parquet", "scrutiny", "one cell of an indicator: the persons behind it",
                         INTERNAL)  # fmt: skip
SCRUTINY_CHANGES = Output("tables/scrutiny_changes.csv", "scrutiny", "one indicator in one area and year beside the "
                          "year before", SHAREABLE)  # fmt: skip
SCRUTINY_GAPS = Output("tables/scrutiny_gaps.csv", "scrutiny", "one indicator that cannot be computed, and the missing "
                       "column", SHAREABLE)  # fmt: skip
FUNNEL = Output("tables/funnel.csv", "scrutiny", "one area beside the limits of an indicator", SHAREABLE)
HOUR_BY_WEEKDAY = Output("tables/hour_by_weekday.csv", "scrutiny", "DA incidents of one hour of one weekday", SHAREABLE)
MARKERS_BY_TYPOLOGY = Output("tables/markers_by_typology.csv", "markers", "one marker of the DA incidents of one "
                             "typology", SHAREABLE)  # fmt: skip
MARKERS = Output("tables/markers.csv", "scrutiny", "one marker in DA or outside, in one area or year", SHAREABLE)
OFFENCE_GROUPS = Output("tables/offence_groups.csv", "scrutiny", "one marker of sexual and of other assaults in DA",
                        SHAREABLE)  # fmt: skip
MANAGED_BY = Output("tables/managed_by.csv", "scrutiny", "one manager of the suspects with most DA harm", SHAREABLE)
CONCENTRATION_BY_AREA = Output("tables/concentration_by_area.csv", "scrutiny", "one top share of an area's suspects, "
                               "and the DA harm they hold", SHAREABLE)  # fmt: skip
FLAG_AUDIT = Output("quality/flag_audit.csv", "scrutiny", "incidents in which flag and tie agree or not, of one area "
                    "and year", SHAREABLE)  # fmt: skip
FLAG_AUDIT_ROWS = Output("quality/flag_audit_rows.csv", "scrutiny", "one row of the extract whose flag and tie "
                         "disagree", INTERNAL)  # fmt: skip

# edition
PERSON_FACTS = Output("work/person_facts.parquet", "edition", "one offender, without an id: what the shareable edition "
                      "counts", INTERNAL)  # fmt: skip
AVERAGE_COURSE = Output("work/average_course.parquet", "edition", "one kind of incident of one typology in one year "
                        "since the first", INTERNAL)  # fmt: skip

# report
SHAREABLE_PAGE = Output("shareable/index.html", "report", "the shareable edition, one page", SHAREABLE)
SHAREABLE_WORKBOOK = Output("shareable/tables.xlsx", "report", "its tables", SHAREABLE)
PAGE = Output("report/index.html", "report", "the report, one page", INTERNAL)
MODEL_CARD = Output(
    "report/model_card.html", "report", "what the clustering is, and what was measured of it", SHAREABLE
)
ATRS = Output("report/atrs.html", "report", "a draft of the algorithmic transparency record", SHAREABLE)
DPIA_ANNEX = Output("report/dpia_annex.html", "report", "an annex to the data protection impact assessment", SHAREABLE)
DATASHEET = Output("report/datasheet.html", "report", "what the extract is, and what was done to it", SHAREABLE)
RECORDS = {PurePosixPath(output).stem: output for output in (MODEL_CARD, ATRS, DPIA_ANNEX, DATASHEET)}

# files
TYPOLOGIES = Output(
    "tables/typologies.csv", "files", "one typology: its key, its title, and how many have it", SHAREABLE
)
DICTIONARY = Output("tables/dictionary.csv", "files", "one column of one table", SHAREABLE)
WORKBOOK = Output("tables/tables.xlsx", "files", "every table of results and data quality, for people with Excel",
                  INTERNAL)  # fmt: skip
DATA_PACKAGE = Output("datapackage.json", "files", "every table and column, for programs", SHAREABLE)

# choose-k
TRIALS = Output("tables/choose_k.csv", "trials", "one number of clusters that was tried", SHAREABLE)
TRIAL_CLUSTERS = Output("tables/choose_k_clusters.csv", "trials", "one cluster of one number of clusters", SHAREABLE)
TRIALS_ABOUT = Output("model/choose_k.json", "trials", "how many people and halves the trials rest on", SHAREABLE)
CHOICE_PAGE = Output("choose_k.html", "comparison", "the evidence for each k, one page", SHAREABLE)
CHOICE = Output("choose_k.json", "comparison", "the evidence in a paragraph, and the k of each measure", SHAREABLE)

# assign
DRIFT = Output("tables/drift.csv", "drift", "the cohort, one typology or one cluster against the fit", SHAREABLE)
DRIFT_ABOUT = Output("model/drift.json", "drift", "the threshold of drift, and the optimism of the fit", SHAREABLE)

# compare
COMPARISON = Output("comparison.csv", "compare", "one typology of the first run and one of the second", SHAREABLE)
COMPARISON_FEATURES = Output("comparison_features.csv", "compare", "one feature of one typology in both", SHAREABLE)
COMPARISON_SETTINGS = Output("comparison_settings.csv", "compare", "one setting that differs", SHAREABLE)
COMPARISON_ABOUT = Output("comparison.json", "compare", "how many are in both, and how alike the two are", SHAREABLE)

ALL: tuple[Output, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Output))


# The tables of results and of data quality by their name alone, as the page and `Run.frame` call them.
BY_NAME: dict[str, Output] = {
    PurePosixPath(output).stem: output
    for output in ALL
    if str(PurePosixPath(output).parent) in ("tables", "quality") and output.endswith((".csv", ".parquet"))
}


def figure(name: str, made_by: str = "report", form: Literal["svg", "png"] = "svg") -> Output:
    """Return the output of a figure.

    Parameters
    ----------
    name : str
        File name without folder and ending.
    made_by : str
        The stage that draws it.
    form : {"svg", "png"}
        As lines, or as a picture.

    Returns
    -------
    Output
        figures/NAME.svg or figures/NAME.png.
    """
    return Output(f"figures/{name}.{form}", made_by, "one figure of the page", INTERNAL)


def shareable_figure(name: str, form: str) -> Output:
    """Return the output of a figure of the shareable edition.

    Parameters
    ----------
    name : str
        File name without folder and ending.
    form : {"svg", "png"}

    Returns
    -------
    Output
        shareable/figures/NAME.svg or .png.
    """
    return Output(f"shareable/figures/{name}.{form}", "report", "one figure of the shareable edition", SHAREABLE)


def kept_table(name: str, path: Path | str) -> Output:
    """Return the output that is a run's copy of one of the force's own tables, for assign to use with a later extract.

    Parameters
    ----------
    name : str
        severity or imd.
    path : Path or str
        The force's file; the copy keeps its ending.

    Returns
    -------
    Output
        model/NAME.ENDING.
    """
    return Output(f"model/{name}{Path(path).suffix.lower()}", "clustering", "a row of the force's own table", SHAREABLE)
