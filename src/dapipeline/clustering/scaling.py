"""Features made comparable: skewed kinds by root or logarithm, then every feature with mean 0 and variance 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler

SKEWED = ("count", "severity", "duration")  # on their own scale a few long histories would dominate every distance
TRANSFORMS = {"sqrt": np.sqrt, "log1p": np.log1p}
DIGITS = 9  # decimal places: differences in the last digits of a sum must not move a medoid


@dataclass(frozen=True)
class Scaling:
    """How features in their own units (counts, days, years, …) become scaled values.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per feature: feature, kind, transform (a key of `TRANSFORMS`, or none), centre and scale. The
        scaled value is the transformed one minus the centre, divided by the scale.
    """

    table: pd.DataFrame

    def apply(self, vectors: pd.DataFrame) -> np.ndarray:
        """Scale feature vectors.

        Parameters
        ----------
        vectors : pandas.DataFrame
            One row per offender, with every feature of the table in its own units.

        Returns
        -------
        ndarray of shape (n_offenders, n_features)
            In standard deviations from the mean, rounded to 9 decimal places.
        """
        values = _transformed(vectors[self.table["feature"]].to_numpy(dtype=np.float64), self.table)
        scaled = (values - self.table["centre"].to_numpy()) / self.table["scale"].to_numpy()
        return np.round(scaled, DIGITS)


def fit_scaling(vectors: pd.DataFrame, kinds: Mapping[str, str], transform: str) -> Scaling:
    """Find centre and scale of each feature after its transform.

    Parameters
    ----------
    vectors : pandas.DataFrame
        One row per offender, without missing values.
    kinds : mapping of str to str
        The declared kind of each feature, in the order of the columns to be.
    transform : str
        A key of `TRANSFORMS`, for features of a skewed kind.

    Returns
    -------
    Scaling
    """
    table = pd.DataFrame({"feature": list(kinds), "kind": list(kinds.values())})
    table["transform"] = np.where(table["kind"].isin(SKEWED), transform, "none")
    values = _transformed(vectors[table["feature"]].to_numpy(dtype=np.float64), table)
    scaler = StandardScaler().fit(values)
    table["centre"], table["scale"] = scaler.mean_, scaler.scale_
    return Scaling(table)


def _transformed(values: np.ndarray, table: pd.DataFrame) -> np.ndarray:
    """Return a copy of the values with the columns of skewed kinds transformed."""
    values = values.copy()
    for name, transform in TRANSFORMS.items():
        columns = (table["transform"] == name).to_numpy()
        # A reporting delay can be a few minutes below 0, which counts as 0.
        values[:, columns] = transform(np.maximum(values[:, columns], 0.0))
    return values
