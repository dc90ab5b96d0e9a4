"""The stages that every command begins with: from an extract to one feature vector per offender."""

from __future__ import annotations

from dapipeline.engine import keep
from dapipeline.extract.intake import take_in
from dapipeline.extract.parquet import changed_meanwhile
from dapipeline.incidents.deprivation import with_deprivation
from dapipeline.incidents.facts import complete, with_blanked_ages, with_domestic_abuse, with_intimacy, with_people
from dapipeline.incidents.offences import own_common_assault, recorded_offences, resolve_offences, with_offence
from dapipeline.incidents.scope import check_balance, cohort_of, naming_what_took_the_rows, reconcile
from dapipeline.incidents.tables import IncidentTables, build_incidents
from dapipeline.incidents.unresolved import count_unresolved
from dapipeline.offenders.catalogue import describe_features, select_features
from dapipeline.offenders.histories import histories_of
from dapipeline.offenders.people import people_of
from dapipeline.offenders.vectors import compute_features, settle_missing
from dapipeline.reference.deprivation import read_deprivation
from dapipeline.reference.severity import read_severity
from dapipeline.workflow import outputs
from dapipeline.workflow.stage import Context, Outputs, Stage


def extract(context: Context) -> Outputs:
    """Read the files of the extract into canonical rows; unusable rows go to quarantine and are counted."""
    taken = take_in(context.inputs.extract, context.config, context.say, context.inputs.key)
    if taken.refusal:
        raise taken.refusal
    for name, digest in taken.digests.items():
        if context.hashes.get(name) != digest:
            raise changed_meanwhile(name)
    by_row = ["source_file", "source_row"]
    return {
        outputs.ROWS: taken.extracted.rows.order_by(by_row),
        outputs.QUARANTINE: taken.extracted.quarantined.order_by([*by_row, "rule"]),
        outputs.BLANKED: taken.extracted.blanked.order_by([*by_row, "column", "rule"]),
        outputs.EXTRACT_COUNTS: taken.extracted.counts,
        outputs.WARNINGS: taken.warnings,
        outputs.COLUMNS: {
            "present": taken.columns,
            "not_read": list(taken.mapping.not_read),
            "source": taken.mapping.columns,
        },
    }


def incidents(context: Context) -> Outputs:
    """Build incidents, offences and victims from the rows, and check that every row is accounted for."""
    own = "severity" in context.document(outputs.COLUMNS)["present"]
    supplied = read_severity(context.inputs.severity) if context.inputs.severity else None
    deprivation = read_deprivation(context.inputs.imd) if context.inputs.imd else None
    kept = complete(context.table(outputs.ROWS))
    resolved = resolve_offences(recorded_offences(kept), supplied, own)
    people = with_blanked_ages(with_people(kept), context.table(outputs.BLANKED))
    rows = with_intimacy(with_domestic_abuse(people, context.config.domestic_abuse))
    rows = keep(context.connection, with_deprivation(with_offence(rows, resolved.offences, own), deprivation))
    tables = build_incidents(rows)
    reconciliation = reconcile(context.frame(outputs.EXTRACT_COUNTS), kept, cohort_of(tables.incidents))
    check_balance(reconciliation)
    by_incident = ["offender_id", "incident_id"]
    return {
        outputs.DESCRIBED: rows.drop("age_blanked", "against", "kind", "offender_dob", "victim_dob").order_by(
            ["source_file", "source_row"]
        ),
        outputs.INCIDENTS: tables.incidents.order_by(by_incident),
        outputs.OFFENCES: tables.offences.order_by([*by_incident, "offence_key"]),
        outputs.VICTIMS: tables.victims.order_by([*by_incident, "victim_key"]),
        outputs.VICTIMISATIONS: tables.victimisations.order_by(["victim_id", "incident_id"]),
        outputs.OFFENCE_TYPES: resolved.offences,
        outputs.RESOLUTION: {
            "scale": resolved.scale,
            "common_assault": own_common_assault(kept) if own else resolved.common_assault,
            **count_unresolved(rows, deprivation is not None),
        },
        outputs.RECONCILIATION: reconciliation,
    }


def offenders(context: Context) -> Outputs:
    """Compute one feature vector per offender of the cohort."""
    made, clustered = described_offenders(context)
    with naming_what_took_the_rows(context.frame(outputs.RECONCILIATION)):
        vectors, missing = settle_missing(made[outputs.FEATURES], clustered, context.config.features.missing)
    return made | {outputs.VECTORS: vectors, outputs.MISSING_FEATURES: missing}


def described_offenders(context: Context) -> tuple[Outputs, list[str]]:
    """Compute the features of the cohort, with missing values left as they are.

    Parameters
    ----------
    context : Context

    Returns
    -------
    outputs : dict of Output to table
        Features, protected characteristics and the feature catalogue.
    clustered : list of str
        Names of the features to cluster on.
    """
    present = present_columns(context)
    chosen = select_features(context.config.features, frozenset(present))
    tables = incident_tables(context)
    cohort = keep(context.connection, cohort_of(tables.incidents))
    made: Outputs = {
        outputs.FEATURES: compute_features(histories_of(tables, cohort), cohort, chosen.computed).to_pandas(),
        outputs.PEOPLE: people_of(tables.incidents, cohort, present),
        outputs.FEATURE_CATALOGUE: describe_features(chosen),
    }
    return made, [feature.name for feature in chosen.clustered]


def incident_tables(context: Context) -> IncidentTables:
    """Return the tables that the stage incidents made, as Ibis tables.

    Parameters
    ----------
    context : Context

    Returns
    -------
    IncidentTables
    """
    return IncidentTables(
        incidents=context.table(outputs.INCIDENTS),
        offences=context.table(outputs.OFFENCES),
        victims=context.table(outputs.VICTIMS),
        victimisations=context.table(outputs.VICTIMISATIONS),
    )


def present_columns(context: Context) -> list[str]:
    """Return the canonical columns of the extract, with imd_decile if the force's own table adds it.

    Parameters
    ----------
    context : Context

    Returns
    -------
    list of str
    """
    present: list[str] = context.document(outputs.COLUMNS)["present"]
    return [*present, "imd_decile"] if context.inputs.imd and "lsoa" in present else present


TO_VECTORS = (
    Stage(
        work=extract, title="Reading the extract", package="extract",
        settings=(
            "extract", "window", "domestic_abuse.include", "markers", "privacy.pseudonymise", "privacy.key_file",
            "privacy.keep_raw_rows",
        ),
        inputs=("extract", "key"),
    ),
    Stage(
        work=incidents, title="Building incidents", package="incidents", settings=("domestic_abuse", "engine.kind"),
        inputs=("severity", "imd"), after=("extract",),
    ),
    Stage(
        work=offenders, title="Computing features", package="offenders", settings=("features", "engine.kind"),
        inputs=("imd",), after=("extract", "incidents"),
    ),
)  # fmt: skip
