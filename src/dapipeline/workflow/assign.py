"""The stages of assign: those of a run up to the features, then the nearest medoid of an existing run, and drift."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from dapipeline.artefacts import reuse
from dapipeline.artefacts.secret_key import Key
from dapipeline.clustering.model import Model
from dapipeline.config import Config, Window
from dapipeline.errors import PrivacyError
from dapipeline.incidents.scope import naming_what_took_the_rows
from dapipeline.offenders.catalogue import PRESETS
from dapipeline.offenders.vectors import settle_missing
from dapipeline.refresh.drift import measure_drift
from dapipeline.refresh.optimism import optimism
from dapipeline.refresh.placement import assign_offenders, check_features, check_scale
from dapipeline.workflow import outputs
from dapipeline.workflow.inputs import Inputs
from dapipeline.workflow.run import Run
from dapipeline.workflow.stage import Context, Outputs, Stage
from dapipeline.workflow.to_vectors import TO_VECTORS, described_offenders

MODEL = (outputs.SCALING, outputs.LOADINGS, outputs.COMPONENTS, outputs.MODEL_MEDOIDS)
READ = (
    *MODEL, outputs.FEATURES, outputs.ASSIGNMENTS, outputs.CLUSTERS, outputs.SCORES, outputs.RESOLUTION,
)  # fmt: skip


@dataclass(frozen=True)
class Fit:
    """What assign reads from a finished run.

    Attributes
    ----------
    model : Model
    medians : pandas.Series
        Median of each clustered feature over the fitted cohort, in natural units.
    assignments, clusters, scores : pandas.DataFrame
        The outputs of those names; of clusters, the columns cluster and typology.
    scale : str
        The severity scale that the run used.
    key : str
        SHA-256 of all of these outputs; the stages of assign run again if it changes.
    """

    model: Model
    medians: pd.Series
    assignments: pd.DataFrame
    clusters: pd.DataFrame
    scores: pd.DataFrame
    scale: str
    key: str


def read_model(run: Run) -> Model:
    """Read the saved model of a run.

    Parameters
    ----------
    run : Run

    Returns
    -------
    Model

    Raises
    ------
    RunError
        O107 if a table is missing or changed since the run wrote it.
    """
    return Model.of_tables(*(run.frame(name) for name in MODEL))


def read_fit(run: Run) -> Fit:
    """Read what assign needs from a run.

    Parameters
    ----------
    run : Run

    Returns
    -------
    Fit

    Raises
    ------
    RunError
        O107 if an output is missing or changed since the run wrote it.
    PrivacyError
        P012 if a medoid was erased.
    """
    model = read_model(run)
    gone = model.medoids.loc[model.medoids["offender_id"].isna(), "cluster"]
    if len(gone):
        raise PrivacyError(
            "P012", f"The person at the centre of cluster {', '.join(map(str, gone))} was erased from {run.out}.",
            "Nobody is to be measured against a record that was erased: make the run again, which finds other medoids.",
        )  # fmt: skip
    return Fit(
        model,
        run.frame(outputs.FEATURES, model.features).median(),
        run.frame(outputs.ASSIGNMENTS),
        run.frame(outputs.CLUSTERS)[["cluster", "typology"]],
        run.frame(outputs.SCORES),
        run.document(outputs.RESOLUTION)["scale"],
        reuse.key_of({str(name): run.digest(name) for name in READ}),
    )


def settings_of_assignment(config: Config, model: Model, window: Window) -> Config:
    """Return the config of a run, with the features of its model and another window.

    Parameters
    ----------
    config : Config
        Of the run.
    model : Model
        Its features are used, even if the refreshed extract has columns for more.
    window : Window
        First and last day that count.

    Returns
    -------
    Config
    """
    preset = PRESETS.get(config.features.preset, ())
    features = {
        "add": tuple(name for name in model.features if name not in preset),
        "drop": tuple(name for name in preset if name not in model.features),
    }
    return config.model_copy(update={"features": config.features.model_copy(update=features), "window": window})


def inputs_of_assignment(run: Run, extract: Path, key: Key | None) -> Inputs:
    """Return the inputs of assign: the refreshed extract, and the force's own tables that the run kept copies of.

    Parameters
    ----------
    run : Run
    extract : Path
        A file, or a pattern over several.
    key : Key or None
        That of the run's pseudonyms.

    Returns
    -------
    Inputs

    Raises
    ------
    RunError
        O107 if a copy is missing or changed since the run wrote it.
    """
    reference = run.config.reference
    tables = {"severity": reference.severity, "imd": reference.imd}
    copies = {name: run.path(outputs.kept_table(name, path)) for name, path in tables.items() if path}
    return Inputs(extract, **copies, key=key)


def stages_of_assignment(fit: Fit) -> tuple[Stage, ...]:
    """Return the stages that place an extract in the typology of a run.

    Parameters
    ----------
    fit : Fit

    Returns
    -------
    tuple of Stage
        In the order in which they run.
    """

    def refreshed(context: Context) -> Outputs:
        """Compute the features of the run; missing values are treated as in the run, with its medians."""
        made, _ = described_offenders(context)
        check_features(fit.model.features, made[outputs.FEATURE_CATALOGUE])
        check_scale(fit.scale, context.document(outputs.RESOLUTION)["scale"])
        with naming_what_took_the_rows(context.frame(outputs.RECONCILIATION)):
            vectors, missing = settle_missing(
                made[outputs.FEATURES], fit.model.features, context.config.features.missing, fit.medians
            )
        return made | {outputs.VECTORS: vectors, outputs.MISSING_FEATURES: missing}

    def assignment(context: Context) -> Outputs:
        """Assign every offender to the cluster of the nearest medoid."""
        typologies = fit.clusters.set_index("cluster")["typology"]
        vectors, features = context.frame(outputs.VECTORS), context.frame(outputs.FEATURES)
        return {outputs.ASSIGNMENTS: assign_offenders(fit.model, vectors, features, typologies)}

    def drift(context: Context) -> Outputs:
        """Compare cluster sizes and distances with those of the run."""
        medoids = fit.model.medoids["offender_id"].to_numpy()
        of_the_fit = optimism(
            fit.scores.drop(columns=["offender_id", "weight"]).to_numpy(),
            fit.scores["weight"].to_numpy(),
            fit.scores["offender_id"].to_numpy(),
            fit.assignments["distance"].to_numpy(),
            medoids,
            context.config.clustering.seed,
            context.config.clustering.metric,
        )
        new = context.frame(outputs.ASSIGNMENTS)
        found = measure_drift(fit.assignments, new, fit.clusters, medoids, of_the_fit)
        return {outputs.DRIFT: found.table, outputs.DRIFT_ABOUT: {"threshold": found.threshold, "optimism": of_the_fit}}

    asked = {"run": fit.key}
    *before, original = TO_VECTORS  # the last makes the features
    return (
        *before,
        replace(original, work=refreshed, package="refresh", options=asked),
        Stage(
            work=assignment, title="Finding the nearest medoids", package="refresh", after=("refreshed",), options=asked
        ),
        Stage(
            work=drift, title="Measuring drift", package="refresh", settings=("clustering.seed", "clustering.metric"),
            after=("assignment",), options=asked,
        ),
    )  # fmt: skip
