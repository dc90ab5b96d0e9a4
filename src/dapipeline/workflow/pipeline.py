"""The stages of a run in order, from top to bottom: the table of contents of the program."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd

from dapipeline.analysis.equality import characteristics_of, equality_audit, equality_by_typology
from dapipeline.analysis.hexagons import cohort_hexagons
from dapipeline.analysis.measures import count_measures
from dapipeline.analysis.medoids import histories_of
from dapipeline.analysis.overlap import overlap_of, summarise_overlap
from dapipeline.analysis.patterns import NEEDS, offender_patterns
from dapipeline.analysis.shown import people_shown
from dapipeline.analysis.stand_ins import stand_ins
from dapipeline.artefacts.provenance import today, versions
from dapipeline.clustering.clusters import cluster_offenders, offender_weights
from dapipeline.clustering.stability import HALVES, cluster_halves, compare_halves, people_in_half
from dapipeline.config import Config
from dapipeline.config.extract import Extract
from dapipeline.incidents.scope import naming_what_took_the_rows
from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.report.contents import Contents, CourseTables, HarmTables, ScrutinyTables
from dapipeline.report.material import material_of
from dapipeline.report.page import render_page
from dapipeline.report.printable import SEVERITIES
from dapipeline.report.records.written import render_records
from dapipeline.typology.averages import asked_values
from dapipeline.typology.clusters import name_offenders, summarise_clusters
from dapipeline.typology.criteria import evaluate_criteria
from dapipeline.typology.definitions import check_overrides, load_definitions
from dapipeline.typology.evidence import gather_evidence
from dapipeline.typology.groups import group_sizes, offender_groups
from dapipeline.typology.name_stability import name_stability
from dapipeline.typology.naming import name_clusters, score_table
from dapipeline.typology.own_records import count_own_records
from dapipeline.typology.profiles import cluster_profiles
from dapipeline.workflow import outputs
from dapipeline.workflow.course import COURSE
from dapipeline.workflow.edition import EDITION, shareable_edition
from dapipeline.workflow.files import FILES
from dapipeline.workflow.harm import HARM
from dapipeline.workflow.scrutiny import MARKERS, SCRUTINY
from dapipeline.workflow.stage import Context, Outputs, Stage
from dapipeline.workflow.to_vectors import TO_VECTORS, incident_tables, present_columns


def clustering(context: Context) -> Outputs:
    """Cluster the feature vectors: scaling, principal components, k-medoids."""
    vectors, kinds, weights = what_to_cluster(context)
    with naming_what_took_the_rows(context.frame(outputs.RECONCILIATION)):
        found = cluster_offenders(vectors, kinds, weights, context.config.clustering, context.config.features.transform)
    components = found.space.components
    scores = pd.DataFrame(found.space.scores, columns=components.names)
    supplied = {"severity": context.inputs.severity, "imd": context.inputs.imd}
    return {
        outputs.PLACES: found.assignments,
        outputs.SCORES: pd.concat([vectors[["offender_id"]].assign(weight=weights), scores], axis=1),
        outputs.MODEL_MEDOIDS: found.medoids,
        outputs.SCALING: found.space.scaling.table,
        outputs.LOADINGS: components.loadings,
        outputs.COMPONENTS: components.variance,
        outputs.MODEL: {
            **context.config.clustering.model_dump(),
            "k": len(found.medoids),
            "components": len(components.variance),
            "loss": found.loss,
            "offenders": len(vectors),
        },
        **{outputs.kept_table(name, path): path for name, path in supplied.items() if path},
    }


def what_to_cluster(context: Context) -> tuple[pd.DataFrame, dict[str, str], np.ndarray]:
    """Return what a clustering is given.

    Parameters
    ----------
    context : Context
        Of a stage after offenders that declares clustering.

    Returns
    -------
    vectors : pandas.DataFrame
        offender_id and the clustered features, one row per offender.
    kinds : dict of str to str
        Clustered feature to its kind in the catalogue, which decides how it is scaled.
    weights : ndarray of shape (n_offenders,)
        Weight of each offender in the loss.
    """
    vectors, features = context.frame(outputs.VECTORS), context.frame(outputs.FEATURES)
    kinds: dict[str, str] = {name: BY_NAME[name].kind for name in vectors.columns if name != "offender_id"}
    described = features[features["offender_id"].isin(vectors["offender_id"])]
    return vectors, kinds, offender_weights(described, context.config.clustering.weight)


def stability(context: Context) -> Outputs:
    """Cluster random halves of the offenders again, and measure which clusters reappear."""
    scores, clusters = context.frame(outputs.SCORES), context.frame(outputs.PLACES)["cluster"]
    halves = cluster_halves(
        scores.drop(columns=["offender_id", "weight"]).to_numpy(),
        scores["weight"].to_numpy(),
        scores["offender_id"].to_numpy(),
        int(clusters.max()),
        context.config.clustering.seed,
        context.say,
        metric=context.config.clustering.metric,
    )
    labels = pd.DataFrame(halves, columns=[f"half_{number:02d}" for number in range(1, HALVES + 1)])
    return {
        outputs.STABILITY: compare_halves(clusters.to_numpy(), halves),
        outputs.HALVES: pd.concat([scores[["offender_id"]], labels], axis=1),
        outputs.STABILITY_FITS: {
            "stability_fits": HALVES, "stability_offenders_in_each": people_in_half(len(scores))
        },
    }  # fmt: skip


def typology(context: Context) -> Outputs:
    """Describe clusters by profiles, groups A to E and harm ranks, and name them."""
    overrides = context.config.typology.overrides
    assigned, features = context.frame(outputs.PLACES), context.frame(outputs.FEATURES)
    check_overrides(overrides, int(assigned["cluster"].max()))
    members = assigned.merge(features, on="offender_id")
    vectors = members[features.columns].drop(columns="offender_id")
    profiles = cluster_profiles(vectors, members["cluster"])
    groups = offender_groups(vectors["da_incidents"], vectors["non_da_incidents"])
    made: Outputs = {outputs.PROFILES: profiles, outputs.GROUPS: group_sizes(groups)}
    names, defined_groups = None, {}
    if context.inputs.definitions:
        definitions = load_definitions(context.inputs.definitions)
        values = asked_values(vectors, definitions)
        evidence = gather_evidence(values, members["cluster"].to_numpy(), definitions)
        scores = score_table(evidence, definitions)
        names = name_clusters(scores, overrides, definitions.margin)
        criteria = evaluate_criteria(evidence.averages, definitions)
        halves = context.frame(outputs.HALVES).set_index("offender_id").loc[members["offender_id"]].to_numpy()
        by_criteria = names["typology"].where(names["named_by"] != "override")
        stable, changes = name_stability(vectors, members["cluster"].map(by_criteria), halves, definitions)
        defined_groups = definitions.groups
        given = members["cluster"].map(names["typology"])
        made |= {outputs.CRITERIA: criteria, outputs.TYPOLOGY_SCORES: scores}
        made |= {outputs.OWN_RECORDS: count_own_records(given, evidence, values, names["typology"], definitions)}
        made |= {outputs.NAME_STABILITY: stable, outputs.NAME_CHANGES: changes}
    clusters = summarise_clusters(
        members["cluster"], groups, profiles, names, overrides, context.frame(outputs.STABILITY), defined_groups
    )
    named = name_offenders(assigned, clusters.set_index("cluster")["typology"], groups)
    return made | {outputs.CLUSTERS: clusters, outputs.ASSIGNMENTS: named}


def analysis(context: Context) -> Outputs:
    """Analyse the typologies: measures, medoids' records, equality audit, victim overlap, patterns, hexagons."""
    features, assigned = context.frame(outputs.FEATURES), context.frame(outputs.ASSIGNMENTS)
    tables, present = incident_tables(context), present_columns(context)
    cohort = context.table(outputs.FEATURES)
    definition = context.config.domestic_abuse
    overlap = overlap_of(tables, cohort, definition, present).to_pandas()
    names = load_definitions(context.inputs.definitions) if context.inputs.definitions else None
    medoids, vectors = context.frame(outputs.MODEL_MEDOIDS), context.frame(outputs.VECTORS)
    shown = people_shown(medoids, assigned, vectors, features, names)
    histories = histories_of(tables, shown)
    people = characteristics_of(context.frame(outputs.PEOPLE), features)
    made: Outputs = {
        outputs.MEASURES: count_measures(tables.incidents, cohort, definition, present),
        outputs.MEDOIDS: histories.medoids,
        outputs.TIMELINE_PEOPLE: shown,
        outputs.TIMELINE_RECORDS: histories.records,
        outputs.TIMELINE_OTHERS: histories.others,
        outputs.EQUALITY_AUDIT: equality_audit(assigned, people),
        outputs.EQUALITY_BY_TYPOLOGY: equality_by_typology(assigned, people),
        outputs.STAND_INS: stand_ins(vectors, people, context.config.clustering.seed),
        outputs.OVERLAP_FLAGS: overlap,
        outputs.OVERLAP: summarise_overlap(overlap, assigned),
        outputs.COHORT_HEXAGONS: cohort_hexagons(assigned, features, context.frame(outputs.SCORES)),
    }
    if set(NEEDS) <= set(features):
        made[outputs.OFFENDER_PATTERNS] = offender_patterns(assigned, features)
    return made


def report(context: Context) -> Outputs:
    """Write the report: one self-contained page with its figures, and the records of responsible use beside it."""
    material = material_of(contents_of(context))
    page, records = render_page(material), render_records(material)
    return (
        {outputs.PAGE: page.html}
        | {outputs.RECORDS[name]: html for name, html in records.items()}
        | {outputs.figure(name): svg for name, svg in page.figures.items()}
        | {outputs.figure(name, form="png"): png for name, png in page.pictures().items()}
        | shareable_edition(context, material.contents)
    )


def contents_of(context: Context) -> Contents:
    """Return the outputs that the report reads.

    Parameters
    ----------
    context : Context
        Of a stage that declares what the report does.

    Returns
    -------
    Contents
    """
    definitions = context.inputs.definitions
    resolution = context.document(outputs.RESOLUTION)
    return Contents(
        **{name: context.frame(output) for name, output in SHOWN.items()},
        **{name: context.frame_if_there(output) for name, output in SHOWN_IF_THERE.items()},
        harm=_harm_tables(context),
        course=CourseTables(**{name: context.frame_if_there(output) for name, output in ON_COURSE.items()}),
        counted_for_scrutiny=ScrutinyTables(
            **{name: context.frame_if_there(output) for name, output in ON_SCRUTINY.items()}
        ),
        harm_holders=context.frame(outputs.HARM_HOLDERS),
        people=_with_severity(context.frame(outputs.ASSIGNMENTS), context.frame(outputs.FEATURES)),
        definitions=load_definitions(definitions) if definitions else None,
        config=context.config,
        scale=resolution.pop("scale"),
        common_assault=resolution.pop("common_assault"),
        unresolved=resolution,
        model=context.document(outputs.MODEL) | context.document(outputs.STABILITY_FITS),
        columns=tuple(present_columns(context)),
        settings_sha256=context.settings_sha256,
        inputs=context.hashes,
        versions=versions(),
        made_on=today(),
    )


def _harm_tables(context: Context) -> HarmTables | None:
    """Return the tables on harm; a run without severity has none."""
    found = {name: context.frame_if_there(output) for name, output in ON_HARM.items()}
    there = {name: table for name, table in found.items() if table is not None}
    return HarmTables(**there) if set(there) == set(found) else None  # without severity a few are there


def _with_severity(assigned: pd.DataFrame, features: pd.DataFrame) -> pd.DataFrame:
    """Return the cluster of each offender with their severity and other incidents; no id is needed to add up."""
    asked = [name for name in (*SEVERITIES, "non_da_incidents") if name in features]
    return assigned[["offender_id", "cluster"]].merge(features[["offender_id", *asked]]).drop(columns="offender_id")


# The page reads what `Contents` has fields for, called as the outputs are; not every run has the optional ones.
_FIELDS = {field.name: str(field.type) for field in fields(Contents) if field.name in outputs.BY_NAME}
SHOWN = {name: outputs.BY_NAME[name] for name, kind in _FIELDS.items() if kind == "pd.DataFrame"}
SHOWN_IF_THERE = {name: outputs.BY_NAME[name] for name in _FIELDS if name not in SHOWN}
UNSHOWN = {
    "harm_people": outputs.HARM_PEOPLE, "harm_units": outputs.HARM_UNITS, "course_holders": outputs.COURSE_HOLDERS,
    "scrutiny_people": outputs.SCRUTINY_PEOPLE,
}  # fmt: skip
ON_HARM, ON_COURSE, ON_SCRUTINY = (
    {field.name: (outputs.BY_NAME | UNSHOWN)[field.name] for field in fields(tables)}
    for tables in (HarmTables, CourseTables, ScrutinyTables)
)

# The records name the hash of every setting that may change a result: not of the engine, where the extract lies, or how
# many of its rows may be faulty.
EVERY_SETTING = (
    *(name for name in Config.model_fields if name not in ("engine", "extract", "report")),
    "report.edition",
    "report.marking",
    "report.contact",
    "report.limit",
    *(
        f"extract.{field.alias or name}"
        for name, field in Extract.model_fields.items()
        if name not in ("path", "tolerance")
    ),
)

STAGES = (
    *TO_VECTORS,
    Stage(
        work=clustering, title="Clustering", package="clustering", settings=("clustering", "features.transform"),
        inputs=("severity", "imd"), after=("incidents", "offenders"),
    ),
    Stage(
        work=stability, title="Checking stability", package="clustering",
        settings=("clustering.seed", "clustering.metric"), after=("clustering",),
    ),
    Stage(
        work=typology, title="Naming clusters", package="typology", settings=("typology",), inputs=("definitions",),
        after=("offenders", "clustering", "stability"),
    ),
    Stage(
        work=analysis, title="Analysing typologies", package="analysis",
        settings=("domestic_abuse", "clustering.seed"), inputs=("imd", "definitions"),
        after=("extract", "incidents", "offenders", "clustering", "typology"),
    ),
    COURSE,
    HARM,
    SCRUTINY,  # of every kept row; after the cohort, so that an extract without one is told so
    MARKERS,
    EDITION,
    Stage(
        work=report, title="Writing the report", package="report",
        settings=EVERY_SETTING, inputs=("definitions", "imd"),
        after=(
            "extract", "incidents", "offenders", "clustering", "stability", "typology", "analysis", "harm", "course",
            "scrutiny", "markers", "edition",
        ),
    ),
    FILES,
)  # fmt: skip
