"""What a run learnt, applied again: anybody finds their place between its medoids without anything being fitted."""

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
        cluster, offender_id of the medoid that assignments rest on, and its component scores.
    """

    scaling: Scaling
    components: Components
    medoids: pd.DataFrame

    @classmethod
    def of_tables(
        cls, scaling: pd.DataFrame, loadings: pd.DataFrame, variance: pd.DataFrame, medoids: pd.DataFrame
    ) -> Model:
        """Put together model/scaling, model/components, tables/components and model/medoids of a run."""
        matrix = loadings["loading"].to_numpy().reshape(len(variance), len(scaling))
        return cls(Scaling(scaling), Components(loadings, variance, matrix), medoids)

    @property
    def features(self) -> list[str]:
        """The features that place somebody, in order."""
        return list(self.scaling.table["feature"])

    def place(self, vectors: pd.DataFrame) -> pd.DataFrame:
        """Find everybody's nearest and second medoid.

        Parameters
        ----------
        vectors : pandas.DataFrame
            offender_id and the features, complete, in natural units.

        Returns
        -------
        pandas.DataFrame
            offender_id, cluster, distance, second_cluster, margin, as `clustering.Clusters.assignments`.
        """
        scores = self.components.scores(self.scaling.apply(vectors))
        stand = self.medoids[self.components.names].to_numpy()
        return assign_to_nearest(vectors["offender_id"].to_numpy(), plain_distances(scores, stand))
