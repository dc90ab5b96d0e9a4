"""Features made comparable: skewed kinds on a logarithmic scale, then every feature with mean 0 and variance 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler

LOGGED = ("count", "severity", "duration")  # on their own scale a few long histories would dominate every distance
DIGITS = 9  # decimal places: differences in the last digits of a sum must not move a medoid


@dataclass(frozen=True)
class Scaling:
    """How features in their own units (counts, days, years, …) become scaled values.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per feature: feature, kind, transform (log1p or none), centre and scale. The scaled value is the
        transformed one minus the centre, divided by the scale.
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


def fit_scaling(vectors: pd.DataFrame, kinds: Mapping[str, str]) -> Scaling:
    """Find centre and scale of each feature after its transform.

    Parameters
    ----------
    vectors : pandas.DataFrame
        One row per offender, without missing values.
    kinds : mapping of str to str
        The declared kind of each feature, in the order of the columns to be.

    Returns
    -------
    Scaling
    """
    table = pd.DataFrame({"feature": list(kinds), "kind": list(kinds.values())})
    table["transform"] = np.where(table["kind"].isin(LOGGED), "log1p", "none")
    values = _transformed(vectors[table["feature"]].to_numpy(dtype=np.float64), table)
    scaler = StandardScaler().fit(values)
    table["centre"], table["scale"] = scaler.mean_, scaler.scale_
    return Scaling(table)


def midway(one: float, other: float, kind: str) -> float:
    """Compute the value halfway between two others, on the scale on which features of a kind are clustered.

    Parameters
    ----------
    one, other : float
        In the units of the feature.
    kind : str
        Declared kind of the feature. For a kind on the logarithmic scale, halfway is nearer to the smaller value.

    Returns
    -------
    float
        In the units of the feature.
    """
    ends = np.array([one, other])
    return float(np.expm1(_logarithm(ends).mean()) if kind in LOGGED else ends.mean())


def _transformed(values: np.ndarray, table: pd.DataFrame) -> np.ndarray:
    """Return a copy of the values with the columns of skewed kinds on the logarithmic scale."""
    logged = (table["transform"] == "log1p").to_numpy()
    values = values.copy()
    values[:, logged] = _logarithm(values[:, logged])
    return values


def _logarithm(values: np.ndarray) -> np.ndarray:
    # A reporting delay can be a few minutes below 0, which counts as 0.
    logarithms: np.ndarray = np.log1p(np.maximum(values, 0.0))
    return logarithms
