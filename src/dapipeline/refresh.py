"""The stages of assign: those of a run up to the features, and then the places of an existing typology."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from dapipeline.analysis.assignment import assign_offenders, check_features, check_scale
from dapipeline.analysis.drift import measure_drift
from dapipeline.analysis.model import Model
from dapipeline.analysis.unseen import unseen_excess
from dapipeline.artefacts import reuse
from dapipeline.artefacts.finished import FinishedRun, kept_as
from dapipeline.config import Config, Window
from dapipeline.offenders.catalogue import PRESETS
from dapipeline.offenders.vectors import settle_missing
from dapipeline.pipeline import TO_VECTORS, offenders
from dapipeline.stage import Context, Inputs, Outputs, Stage

MODEL = ("model/scaling.parquet", "model/components.parquet", "tables/components.csv", "model/medoids.parquet")
READ = (
    *MODEL, "tables/features.parquet", "tables/assignments.parquet", "tables/clusters.csv", "work/scores.parquet",
    "work/resolution.json",
)  # fmt: skip


@dataclass(frozen=True)
class Fit:
    """What a run is needed for when a refreshed cohort is placed in it.

    Attributes
    ----------
    model : Model
    medians : pandas.Series
        Of the features of the fitted cohort.
    assignments, clusters, scores : pandas.DataFrame
        tables/assignments.parquet, tables/clusters.csv and work/scores.parquet.
    scale : str
        The severity scale.
    key : str
        A hash of all this.
    """

    model: Model
    medians: pd.Series
    assignments: pd.DataFrame
    clusters: pd.DataFrame
    scores: pd.DataFrame
    scale: str
    key: str


def read_model(run: FinishedRun) -> Model:
    """Read the saved model of a run."""
    return Model.of_tables(*(run.frame(name) for name in MODEL))


def read_fit(run: FinishedRun) -> Fit:
    """Read what `assign` needs of a run."""
    model = read_model(run)
    return Fit(
        model,
        run.frame("tables/features.parquet", model.features).median(),
        run.frame("tables/assignments.parquet"),
        run.frame("tables/clusters.csv")[["cluster", "typology"]],
        run.frame("work/scores.parquet"),
        run.document("work/resolution.json")["scale"],
        reuse.key_of({name: run.digest(name) for name in READ}),
    )


def settings_of_assignment(config: Config, model: Model, window: Window) -> Config:
    """Give the run's config with the features of its model, whatever else an extract would allow, and a window."""
    preset = PRESETS.get(config.features.preset, ())
    features = {
        "add": tuple(name for name in model.features if name not in preset),
        "drop": tuple(name for name in preset if name not in model.features),
    }
    return config.model_copy(update={"features": config.features.model_copy(update=features), "window": window})


def inputs_of_assignment(run: FinishedRun, extract: Path) -> Inputs:
    """Give the refreshed extract, and the tables of the force's that the run was made with."""
    reference = run.config.reference
    tables = {"severity": reference.severity, "imd": reference.imd}
    return Inputs(extract, **{name: run.path(kept_as(name, path)) for name, path in tables.items() if path})


def stages_of_assignment(fit: Fit) -> tuple[Stage, ...]:
    """Give the stages that place an extract in the typology of a run."""

    def newcomers(context: Context) -> Outputs:
        """Incidents become the features of the run, what is missing settled as the run would."""
        outputs = offenders(context)
        check_features(fit.model.features, outputs["tables/feature_catalogue.csv"])
        check_scale(fit.scale, context.document("work/resolution.json")["scale"])
        vectors, gaps = settle_missing(
            outputs["tables/features.parquet"], fit.model.features, context.config.features.missing, fit.medians
        )
        return outputs | {"work/vectors.parquet": vectors, "quality/missing_features.csv": gaps}

    def assignment(context: Context) -> Outputs:
        """Everybody gets the cluster of the nearest medoid."""
        typologies = fit.clusters.set_index("cluster")["typology"]
        vectors, features = context.frame("work/vectors.parquet"), context.frame("tables/features.parquet")
        return {"tables/assignments.parquet": assign_offenders(fit.model, vectors, features, typologies)}

    def drift(context: Context) -> Outputs:
        """Sizes and distances are compared with those of the run."""
        medoids = fit.model.medoids["offender_id"].to_numpy()
        excess = unseen_excess(
            fit.scores.drop(columns=["offender_id", "weight"]).to_numpy(),
            fit.scores["weight"].to_numpy(),
            fit.scores["offender_id"].to_numpy(),
            fit.assignments["distance"].to_numpy(),
            medoids,
            context.config.clustering.seed,
            context.config.clustering.metric,
        )
        new = context.frame("tables/assignments.parquet")
        found = measure_drift(fit.assignments, new, fit.clusters, medoids, excess)
        about = {"threshold": found.threshold, "unseen_excess": excess}
        return {"tables/drift.csv": found.table, "model/drift.json": about}

    asked, drawn = {"run": fit.key}, ("clustering.seed", "clustering.metric")
    rooms = ("analysis", "clustering", "typology", "refresh.py")
    extract, incidents, original = TO_VECTORS
    return (
        extract,
        incidents,
        replace(original, work=newcomers, options=asked, rooms=(*original.rooms, *rooms)),
        Stage(assignment, "Finding the nearest medoids", (), (), ("newcomers",), rooms, asked),
        Stage(drift, "Measuring drift", drawn, (), ("assignment",), rooms, asked),
    )
