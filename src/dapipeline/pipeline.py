"""The stages in order, top to bottom: the table of contents of the whole program."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.analysis.audit import equality_audit
from dapipeline.analysis.concentration import harm_concentration, lorenz_curve
from dapipeline.analysis.harm_ranking import harm_ranking, rank_agreement
from dapipeline.analysis.harm_regression import common_assault_severity, harm_regression
from dapipeline.analysis.overlap import overlap_of, summarise_overlap
from dapipeline.analysis.patterns import NEEDS, offender_patterns
from dapipeline.analysis.severity_bands import SCALE, incident_bands, severity_bands
from dapipeline.artefacts.provenance import versions
from dapipeline.clustering.clusters import cluster_offenders, offender_weights
from dapipeline.clustering.stability import HALVES, cluster_halves, compare_halves, people_in_half
from dapipeline.config import Config
from dapipeline.engine import keep
from dapipeline.extract.intake import take_in
from dapipeline.extract.parquet import changed_meanwhile
from dapipeline.incidents.facts import complete, with_domestic_abuse, with_intimacy, with_people
from dapipeline.incidents.offences import KEYS, resolve_offences, with_offence
from dapipeline.incidents.place import with_place
from dapipeline.incidents.tables import IncidentTables, build_incidents
from dapipeline.incidents.unresolved import count_unresolved
from dapipeline.offenders.catalogue import BY_NAME, describe_features, select_features
from dapipeline.offenders.histories import cohort_of, histories_of
from dapipeline.offenders.people import people_of
from dapipeline.offenders.scope import check_balance, naming_what_took_the_rows, reconcile
from dapipeline.offenders.vectors import compute_features, settle_missing
from dapipeline.reference.deprivation import read_deprivation
from dapipeline.reference.severity import read_severity
from dapipeline.report.contents import Contents
from dapipeline.report.page import render_report
from dapipeline.stage import Context, Outputs, Stage
from dapipeline.typology.clusters import name_offenders, summarise_clusters
from dapipeline.typology.definitions import check_overrides, load_definitions
from dapipeline.typology.groups import group_sizes, offender_groups
from dapipeline.typology.medoids import medoid_histories, records_of
from dapipeline.typology.naming import evaluate_criteria, name_clusters, score_typologies
from dapipeline.typology.profiles import cluster_profiles
from dapipeline.typology.survival import name_survival


def extract(context: Context) -> Outputs:
    """Files become canonical rows; bad rows go to quarantine, counted."""
    taken = take_in(context.inputs.extract, context.config, context.say)
    if taken.refusal:
        raise taken.refusal
    for name, digest in taken.digests.items():
        if context.hashes.get(name) != digest:
            raise changed_meanwhile(name)
    by_row = ["source_file", "source_row"]
    return {
        "work/rows.parquet": taken.extracted.rows.order_by(by_row),
        "quality/quarantine.parquet": taken.extracted.set_aside.order_by([*by_row, "rule"]),
        "quality/blanked.parquet": taken.extracted.blanked.order_by([*by_row, "column", "rule"]),
        "quality/extract.csv": taken.extracted.counts,
        "quality/warnings.csv": taken.warnings,
        "work/columns.json": {"present": list(taken.mapping.present), "source": taken.mapping.columns},
    }


def incidents(context: Context) -> Outputs:
    """Canonical rows become incidents: severity, offence family, domestic abuse, relationship, place."""
    own = "severity" in context.document("work/columns.json")["present"]
    supplied = read_severity(context.inputs.severity) if context.inputs.severity else None
    deprivation = read_deprivation(context.inputs.imd) if context.inputs.imd else None
    rows = complete(context.table("work/rows.parquet"))
    resolved = resolve_offences(rows.select(KEYS).distinct().to_pandas(), supplied, own)
    rows = with_intimacy(with_domestic_abuse(with_people(rows), context.config.domestic_abuse))
    rows = keep(context.connection, with_place(with_offence(rows, resolved.offences, own), deprivation))
    tables = build_incidents(rows)
    by_incident = ["offender_id", "incident_id"]
    return {
        "work/incidents.parquet": tables.incidents.order_by(by_incident),
        "work/offences.parquet": tables.offences.order_by([*by_incident, "offence_key"]),
        "work/victims.parquet": tables.victims.order_by([*by_incident, "victim_key"]),
        "work/victimisations.parquet": tables.victimisations.order_by(["victim_id", "incident_id"]),
        "quality/offences.csv": resolved.offences,
        "work/resolution.json": {"scale": resolved.scale, **count_unresolved(rows, deprivation is not None)},
    }


def offenders(context: Context) -> Outputs:
    """Incidents become one feature vector an offender of the cohort."""
    present = _present(context)
    chosen = select_features(context.config.features, frozenset(present))
    tables = _incident_tables(context)
    cohort = keep(context.connection, cohort_of(tables.incidents))
    vectors = compute_features(histories_of(tables, cohort), cohort, chosen.computed).to_pandas()
    clustered = [feature.name for feature in chosen.clustered]
    counts = context.frame("quality/extract.csv")
    with naming_what_took_the_rows(counts):
        complete_vectors, gaps = settle_missing(vectors, clustered, context.config.features.missing)
    rows = complete(context.table("work/rows.parquet"))
    reconciliation = reconcile(counts, rows, cohort)
    check_balance(reconciliation)
    return {
        "tables/features.parquet": vectors,
        "work/vectors.parquet": complete_vectors,
        "work/people.parquet": people_of(rows, cohort, present),
        "quality/missing_features.csv": gaps,
        "quality/reconciliation.csv": reconciliation,
        "tables/feature_catalogue.csv": describe_features(chosen),
    }


def clustering(context: Context) -> Outputs:
    """Feature vectors become clusters: scaling, principal components, k-medoids."""
    vectors, kinds, weights = what_to_cluster(context)
    with naming_what_took_the_rows(context.frame("quality/reconciliation.csv")):
        found = cluster_offenders(vectors, kinds, weights, context.config.clustering)
    components = found.space.components
    scores = pd.DataFrame(found.space.scores, columns=components.names)
    return {
        "work/assignments.parquet": found.assignments,
        "work/scores.parquet": pd.concat([vectors[["offender_id"]].assign(weight=weights), scores], axis=1),
        "model/medoids.parquet": found.medoids,
        "model/scaling.parquet": found.space.scaling.table,
        "model/components.parquet": components.loadings,
        "tables/components.csv": components.variance,
        "model/model.json": {
            **context.config.clustering.model_dump(),
            "components": len(components.variance),
            "loss": found.loss,
            "offenders": len(vectors),
        },
        **context.inputs.to_keep(),
    }


def what_to_cluster(context: Context) -> tuple[pd.DataFrame, dict[str, str], np.ndarray]:
    """Give the feature vectors, the kinds of the features, and what each offender weighs."""
    vectors, features = context.frame("work/vectors.parquet"), context.frame("tables/features.parquet")
    kinds: dict[str, str] = {name: BY_NAME[name].kind for name in vectors.columns if name != "offender_id"}
    described = features[features["offender_id"].isin(vectors["offender_id"])]
    return vectors, kinds, offender_weights(described, context.config.clustering.weight)


def stability(context: Context) -> Outputs:
    """Clusters are looked for again in halves of the people."""
    scores, clusters = context.frame("work/scores.parquet"), context.frame("work/assignments.parquet")["cluster"]
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
        "tables/stability.csv": compare_halves(clusters.to_numpy(), halves),
        "work/halves.parquet": pd.concat([scores[["offender_id"]], labels], axis=1),
        "model/stability.json": {
            "stability_fits": HALVES, "stability_offenders_in_each": people_in_half(len(scores))
        },
    }  # fmt: skip


def typology(context: Context) -> Outputs:
    """Clusters get groups, profiles, harm ranks, names and a medoid to look at."""
    overrides = context.config.typology.overrides
    check_overrides(overrides, context.config.clustering.k)
    assigned, features = context.frame("work/assignments.parquet"), context.frame("tables/features.parquet")
    members = assigned.merge(features, on="offender_id")
    vectors = members[features.columns].drop(columns="offender_id")
    profiles = cluster_profiles(vectors, members["cluster"])
    groups = offender_groups(vectors["da_incidents"], vectors["non_da_incidents"])
    outputs: Outputs = {"tables/profiles.csv": profiles, "tables/groups.csv": group_sizes(groups)}
    names = None
    if context.inputs.definitions:
        definitions = load_definitions(context.inputs.definitions)
        criteria = evaluate_criteria(profiles, vectors, definitions)
        scores = score_typologies(criteria, definitions)
        names = name_clusters(scores, overrides, definitions.margin)
        halves = context.frame("work/halves.parquet").set_index("offender_id").loc[members["offender_id"]].to_numpy()
        by_criteria = names["typology"].where(names["named_by"] != "override")
        survival, changes = name_survival(vectors, members["cluster"].map(by_criteria), halves, definitions)
        outputs |= {"tables/criteria.csv": criteria, "tables/scores.csv": scores}
        outputs |= {"tables/name_survival.csv": survival, "tables/name_changes.csv": changes}
    stable = context.frame("tables/stability.csv")
    clusters = summarise_clusters(members["cluster"], groups, profiles, names, overrides, stable)
    central = context.frame("model/medoids.parquet")[["cluster", "central_id"]]
    records = records_of(_incident_tables(context), list(central["central_id"]))
    return outputs | {
        "tables/clusters.csv": clusters,
        "tables/assignments.parquet": name_offenders(assigned, clusters.set_index("cluster")["typology"], groups),
        "tables/medoids.csv": medoid_histories(central, *records),
    }


def _incident_tables(context: Context) -> IncidentTables:
    return IncidentTables(*(context.table(f"work/{name}.parquet") for name in IncidentTables.__annotations__))


def analysis(context: Context) -> Outputs:
    """What the typologies add up to: equality audit, overlap with victims, patterns, harm and what goes with it."""
    features, assigned = context.frame("tables/features.parquet"), context.frame("tables/assignments.parquet")
    tables, present = _incident_tables(context), _present(context)
    rows, cohort = complete(context.table("work/rows.parquet")), context.table("tables/features.parquet")
    overlap = overlap_of(tables, rows, cohort, context.config.domestic_abuse, present).to_pandas()
    outputs: Outputs = {
        "tables/equality_audit.csv": equality_audit(assigned, context.frame("work/people.parquet")),
        "work/overlap.parquet": overlap,
        "tables/overlap.csv": summarise_overlap(overlap, assigned),
    }
    if set(NEEDS) <= set(features):
        outputs["tables/offender_patterns.csv"] = offender_patterns(assigned, features)
    if "da_severity_total" not in features or not features["da_severity_total"].any():
        return outputs  # without crimes there is no harm to speak of
    if context.document("work/resolution.json")["scale"] == SCALE:
        bands = incident_bands(tables.incidents).to_pandas()
        outputs["tables/severity_bands.csv"] = severity_bands(bands, assigned)
    harm = features.set_index("offender_id")["da_severity_total"]
    history = tables.offences.filter(~tables.offences.is_da & tables.offences.is_crime)
    kinds = history.select("offender_id", "offence_code", "offence", "family").distinct().to_pandas()
    definitions = context.inputs.definitions
    ranking = harm_ranking(assigned, features, load_definitions(definitions).harm_ranks if definitions else {})
    return outputs | {
        "tables/harm_ranking.csv": ranking,
        "tables/harm_rank_agreement.csv": rank_agreement(ranking),
        "tables/harm_concentration.csv": harm_concentration(harm),
        "tables/lorenz.csv": lorenz_curve(harm),
        "tables/harm_regression.csv": harm_regression(
            kinds, harm, common_assault_severity(context.frame("quality/offences.csv"))
        ),
    }


def report(context: Context) -> Outputs:
    """Everything found becomes figures and one self-contained page."""
    definitions = context.inputs.definitions
    resolution = context.document("work/resolution.json")
    contents = Contents(
        **{name: context.frame(f"tables/{name}.csv") for name in SHOWN},
        **{name: context.frame_if_there(f"tables/{name}.csv") for name in SHOWN_IF_THERE},
        **{
            name: context.frame(f"quality/{name}.csv")
            for name in ("missing_features", "reconciliation", "offences", "warnings")
        },
        assignments=context.frame("tables/assignments.parquet"),
        definitions=load_definitions(definitions) if definitions else None,
        config=context.config,
        scale=resolution.pop("scale"),
        unresolved=resolution,
        model=context.document("model/model.json") | context.document("model/stability.json"),
        inputs=context.hashes,
        versions=versions(),
    )
    return render_report(contents)


def _present(context: Context) -> list[str]:
    """The columns of the extract, and the deprivation that a table of the force's adds to them."""
    present: list[str] = context.document("work/columns.json")["present"]
    return [*present, "imd_decile"] if context.inputs.imd and "lsoa" in present else present


SHOWN = (
    "clusters", "profiles", "groups", "medoids", "components", "feature_catalogue", "equality_audit", "overlap",
)  # fmt: skip
SHOWN_IF_THERE = (
    "criteria", "scores", "name_survival", "name_changes", "offender_patterns", "severity_bands", "harm_ranking",
    "harm_rank_agreement", "harm_concentration", "lorenz", "harm_regression",
)  # fmt: skip

TO_VECTORS = (
    Stage(extract, "Reading the extract", ("extract", "window"), ("extract",), (), ("extract",)),
    Stage(
        incidents, "Building incidents", ("domestic_abuse", "engine.kind"), ("severity", "imd"), ("extract",),
        ("incidents",),
    ),
    Stage(
        offenders, "Computing features", ("features", "engine.kind"), ("imd",), ("extract", "incidents"),
        ("offenders",),
    ),
)  # fmt: skip
STAGES = (
    *TO_VECTORS,
    Stage(clustering, "Clustering", ("clustering",), ("severity", "imd"), ("offenders",), ("clustering",)),
    Stage(stability, "Checking stability", ("clustering",), (), ("clustering",), ("clustering",)),
    Stage(
        typology, "Naming clusters", ("typology",), ("definitions",),
        ("incidents", "offenders", "clustering", "stability"), ("typology",),
    ),
    Stage(
        analysis, "Analysing harm", ("domestic_abuse",), ("imd", "definitions"),
        ("extract", "incidents", "offenders", "typology"), ("analysis",),
    ),
    Stage(
        report, "Writing the report", tuple(Config.model_fields), ("extract", "severity", "imd", "definitions"),
        ("extract", "incidents", "offenders", "clustering", "stability", "typology", "analysis"), ("report",),
    ),
)  # fmt: skip
