"""Why an offender is in a cluster: the two nearest medoids, and what each feature says between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.clustering.model import Model


@dataclass(frozen=True)
class Explanation:
    """Why the nearest medoid is nearest.

    Attributes
    ----------
    cluster, second_cluster : int
        The clusters of the nearest and of the second medoid.
    distance, margin : float
        The distance to the nearest, and how much further the second is.
    features : pandas.DataFrame
        feature; value, nearest and second: the offender's and the two medoids' values in natural units; contribution:
        above 0 towards the nearest medoid, below 0 towards the second. Contributions add up to the difference of the
        squared distances to the second and to the nearest. The largest first.
    """

    cluster: int
    second_cluster: int
    distance: float
    margin: float
    features: pd.DataFrame

    @property
    def second_distance(self) -> float:
        """The distance to the second medoid."""
        return self.distance + self.margin


def explain_place(model: Model, vectors: pd.DataFrame, offender_id: str) -> Explanation:
    """Explain where an offender of the cohort stands.

    Parameters
    ----------
    model : Model
        With at least two medoids.
    vectors : pandas.DataFrame
        offender_id and the features of everybody who was clustered, in natural units, without a gap.
    offender_id : str
        One of them.
    """
    placed = model.place(vectors[vectors["offender_id"] == offender_id]).iloc[0]
    two = model.medoids.set_index("cluster").loc[[placed["cluster"], placed["second_cluster"]], "offender_id"]
    values = vectors.set_index("offender_id").loc[[offender_id, *two], model.features]
    table = pd.DataFrame(values.to_numpy().T, columns=["value", "nearest", "second"])
    table.insert(0, "feature", model.features)
    person, nearest, second = model.scaling.apply(values)
    table["contribution"] = decompose(person, nearest, second, model.components.matrix)
    loudest = table.sort_values("contribution", key=np.abs, ascending=False, kind="stable", ignore_index=True)
    return Explanation(
        int(placed["cluster"]), int(placed["second_cluster"]), placed["distance"], placed["margin"], loudest
    )


def decompose(person: np.ndarray, nearest: np.ndarray, second: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Share out the difference of two squared distances among the features, to the last bit of it.

    With W the loadings, the distances are those of Wx to Wm1 and Wm2, and

        |Wx - Wm2|^2 - |Wx - Wm1|^2 = 2 (x - (m1 + m2) / 2) . W'W (m1 - m2),

    a sum over features. A feature's term is what the difference would lose if the person's value lay midway between
    the two medoids' (on the scale of the clustering) and all else stayed: so it is 0 midway, whatever the components.

    Parameters
    ----------
    person, nearest, second : ndarray of shape (n_features,)
        Scaled features.
    matrix : ndarray of shape (n_components, n_features)
        The loadings.

    Returns
    -------
    ndarray of shape (n_features,)
    """
    direction = matrix.T @ (matrix @ (nearest - second))
    return 2 * (person - (nearest + second) / 2) * direction
