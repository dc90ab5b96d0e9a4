"""The model that a run saved, applied to new or changed feature vectors without fitting anything again."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dapipeline.clustering.clusters import assign_to_nearest
from dapipeline.clustering.components import Components
from dapipeline.clustering.scaling import Scaling
from dapipeline.kmedoids.distances import plain_distances


@dataclass(frozen=True)
class Model:
    """The saved model of a run.

    Attributes
    ----------
    scaling : Scaling
    components : Components
    medoids : pandas.DataFrame
        One row per cluster: cluster, offender_id of its medoid, and the component scores of the medoid.
    """

    scaling: Scaling
    components: Components
    medoids: pd.DataFrame

    @classmethod
    def of_tables(
        cls, scaling: pd.DataFrame, loadings: pd.DataFrame, variance: pd.DataFrame, medoids: pd.DataFrame
    ) -> Model:
        """Return the model that is saved in four tables of a run.

        Parameters
        ----------
        scaling : pandas.DataFrame
            model/scaling, as `Scaling.table`.
        loadings : pandas.DataFrame
            model/components, as `Components.loadings`.
        variance : pandas.DataFrame
            tables/components, as `Components.variance`.
        medoids : pandas.DataFrame
            model/medoids, as `Clusters.medoids`.

        Returns
        -------
        Model
        """
        matrix = loadings["loading"].to_numpy().reshape(len(variance), len(scaling))
        return cls(Scaling(scaling), Components(loadings, variance, matrix), medoids)

    @property
    def features(self) -> list[str]:
        """Names of the features, in the order of the columns."""
        return list(self.scaling.table["feature"])

    def place(self, vectors: pd.DataFrame) -> pd.DataFrame:
        """Assign each offender to the nearest medoid of the run.

        Parameters
        ----------
        vectors : pandas.DataFrame
            One row per offender: offender_id and the features, in their own units, without missing values.

        Returns
        -------
        pandas.DataFrame
            offender_id, cluster, distance, second_cluster, margin, as `Clusters.assignments`.
        """
        scores = self.components.scores(self.scaling.apply(vectors))
        medoid_scores = self.medoids[self.components.names].to_numpy()
        return assign_to_nearest(vectors["offender_id"].to_numpy(), plain_distances(scores, medoid_scores))
