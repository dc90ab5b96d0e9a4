"""A cohort in memory, to cluster and name it several times without reading its rows again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

import dapipeline as dap
from dapipeline.clustering.clusters import find_medoids, offender_weights, place_offenders
from dapipeline.config import Clustering, Config, load_config
from dapipeline.offenders.catalogue import BY_NAME
from dapipeline.typology.averages import asked_values
from dapipeline.typology.definitions import Definitions, find_definitions, load_definitions
from dapipeline.typology.evidence import gather_evidence
from dapipeline.typology.naming import name_clusters, score_table
from studies.calibration.forces import CONFIG, Force

WEIGHTS = ("none", "root_incidents", "incidents", "harm")
METRICS = ("euclidean", "sqeuclidean")


@dataclass(frozen=True)
class Cohort:
    """Offenders who are clustered, in the order of their ids.

    Attributes
    ----------
    vectors : pandas.DataFrame
        offender_id and the features that are clustered.
    features : pandas.DataFrame
        Every feature, in natural units, of the same people.
    planted : pandas.Series
        What each was made as.
    transform : str or None
        How counts, severities and durations are made less uneven; None as in the study's config.
    """

    vectors: pd.DataFrame
    features: pd.DataFrame
    planted: pd.Series
    transform: str | None = None

    @cached_property
    def ids(self) -> np.ndarray:
        """Their ids."""
        return self.vectors["offender_id"].to_numpy()

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The declared kind of each clustered feature."""
        return {name: BY_NAME[name].kind for name in self.vectors.columns if name != "offender_id"}

    @cached_property
    def weights(self) -> dict[str, np.ndarray]:
        """What each offender counts, by the name of the weight."""
        return {weight: offender_weights(self.features, weight) for weight in WEIGHTS}

    @cached_property
    def harm(self) -> pd.DataFrame:
        """Total severity of each offender: da, non_da."""
        return pd.DataFrame({kind: self.features[f"{kind}_severity_total"] for kind in ("da", "non_da")})

    @cached_property
    def scores(self) -> np.ndarray:
        """Where each stands, by the config's share of the variance."""
        return place_offenders(self.vectors, self.kinds, settings(), self.transform or transform()).scores

    def placed(self, transform: str) -> Cohort:
        """Return the same people, with another transform of counts, severities and durations."""
        return replace(self, transform=transform)

    def cluster(
        self, weight: str, seed: int, metric: str | None = None, k: int | None = None, places: np.ndarray | None = None
    ) -> np.ndarray:
        """Cluster everyone as a run does.

        Parameters
        ----------
        weight : str
            One of `WEIGHTS`.
        seed : int
        metric : str, optional
            One of `METRICS`; that of the study's config unless given.
        k : int, optional
            That of the study's config unless given.
        places : ndarray of shape (n, d), optional
            Where everybody stands; `scores` unless given.

        Returns
        -------
        ndarray of int64, shape (n,)
            From 0.
        """
        asked = {"weight": weight, "seed": seed, "metric": metric, "k": k}
        chosen = settings().model_copy(update={name: value for name, value in asked.items() if value is not None})
        scores = self.scores if places is None else places
        return find_medoids(scores, self.weights[weight], self.ids, chosen.k, chosen).labels_

    def part(self, rows: np.ndarray) -> Cohort:
        """Return some of them, given by ascending rows, as a cohort of their own."""
        tables = {"vectors": self.vectors, "features": self.features, "planted": self.planted}
        return replace(self, **{name: table.iloc[rows].reset_index(drop=True) for name, table in tables.items()})


def read_cohort(force: Force, run: Path | None = None) -> Cohort:
    """Read the clustered offenders of a force, with their planted typologies.

    Parameters
    ----------
    force : Force
    run : Path, optional
        The folder of a run over it, whose features are taken; without one they are computed.
    """
    return _read(force, run or force.describe())


def described_cohort(force: Force) -> Cohort:
    """Read the clustered offenders of a force, described with the default config."""
    default = Config.model_validate({"name": "Defaults", "extract": {"path": str(force.extract)}})
    return _read(force, force.describe(default.read_from(force.folder / "defaults.yaml")))


def _read(force: Force, folder: Path) -> Cohort:
    vectors = dap.open_run(folder).frame("work/vectors.parquet")
    features = dap.open_run(folder).frame("tables/features.parquet").set_index("offender_id")
    truth = pd.read_csv(force.folder / "truth.csv", dtype="string").set_index("offender_id")["typology"]
    ids = vectors["offender_id"]
    return Cohort(vectors, features.loc[ids].reset_index(drop=True), ids.map(truth).rename("planted"))


def settings() -> Clustering:
    """Return the clustering settings of the study's config."""
    return load_config(CONFIG).clustering


def transform() -> str:
    """Return how the study's config makes counts, severities and durations less uneven."""
    return load_config(CONFIG).features.transform


def definitions() -> Definitions:
    """Return the typology definitions of the study's config."""
    found = find_definitions("west_midlands_2022", CONFIG.parent)
    assert found is not None
    return load_definitions(found)


def name_people(labels: np.ndarray, features: pd.DataFrame, rules: Definitions) -> pd.Series:
    """Name clusters as a run does, and return the name of each offender's cluster.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
        From 0.
    features : pandas.DataFrame
        Every feature in natural units, in the same order.
    rules : Definitions
    """
    clusters = labels + 1
    evidence = gather_evidence(asked_values(features, rules), clusters, rules)
    names = name_clusters(score_table(evidence, rules), {}, rules.margin)
    return pd.Series(clusters, index=features.index).map(names["typology"])
