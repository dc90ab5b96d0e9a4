"""Why an offender is in a cluster: the two nearest medoids, and what each feature contributes to the choice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dapipeline.clustering.model import Model


@dataclass(frozen=True)
class Explanation:
    """Why an offender is nearer to one medoid than to the next.

    Attributes
    ----------
    cluster, second_cluster : int
        The clusters of the nearest and of the second nearest medoid.
    distance, margin : float
        The distance to the nearest medoid, and how much further away the second is.
    features : pandas.DataFrame
        One row per feature, the largest contribution first: feature; value, nearest and second (of the offender and of
        the two medoids, in natural units); contribution (above 0 for the nearest medoid, below 0 for the second).
        Contributions add up to the squared distance to the second medoid less that to the nearest.
    """

    cluster: int
    second_cluster: int
    distance: float
    margin: float
    features: pd.DataFrame

    @property
    def second_distance(self) -> float:
        """The distance to the second nearest medoid."""
        return self.distance + self.margin


def explain_place(model: Model, vectors: pd.DataFrame, offender_id: str) -> Explanation:
    """Explain why an offender is in a cluster and not in the second nearest.

    Parameters
    ----------
    model : Model
        With at least two medoids.
    vectors : pandas.DataFrame
        offender_id and the features of every clustered offender, in natural units, without missing values.
    offender_id : str
        One of them.

    Returns
    -------
    Explanation
    """
    placed = model.place(vectors[vectors["offender_id"] == offender_id]).iloc[0]
    two = model.medoids.set_index("cluster").loc[[placed["cluster"], placed["second_cluster"]], "offender_id"]
    values = vectors.set_index("offender_id").loc[[offender_id, *two], model.features]
    table = pd.DataFrame(values.to_numpy().T, columns=["value", "nearest", "second"])
    table.insert(0, "feature", model.features)
    person, nearest, second = model.scaling.apply(values)
    table["contribution"] = decompose(person, nearest, second, model.components.matrix)
    ordered = table.sort_values("contribution", key=np.abs, ascending=False, kind="stable", ignore_index=True)
    return Explanation(
        int(placed["cluster"]), int(placed["second_cluster"]), placed["distance"], placed["margin"], ordered
    )


def decompose(person: np.ndarray, nearest: np.ndarray, second: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Split the difference of two squared distances into one term per feature, without a remainder.

    With scaled features x of the person, m1 and m2 of the medoids, and loadings W,

        |Wx - Wm2|^2 - |Wx - Wm1|^2 = 2 (x - (m1 + m2) / 2) . W'W (m1 - m2),

    a sum over features. A feature's term is by how much the difference would fall if the person's value were midway
    between those of the two medoids and all other values stayed the same; midway it is 0.

    Parameters
    ----------
    person, nearest, second : ndarray of shape (n_features,)
        Scaled features.
    matrix : ndarray of shape (n_components, n_features)
        The loadings.

    Returns
    -------
    ndarray of shape (n_features,)
        The terms, in units of squared distance; above 0 for the nearest medoid.
    """
    direction = matrix.T @ (matrix @ (nearest - second))
    return 2 * (person - (nearest + second) / 2) * direction
