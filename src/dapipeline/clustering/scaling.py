"""Features made comparable: skewed kinds on a log scale, then each with mean 0 and variance 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler

LOGGED = ("count", "severity", "duration")  # a few large histories would else be all that distance sees
DIGITS = 9  # rounded here, so that the last bits of a sum cannot move a medoid


@dataclass(frozen=True)
class Scaling:
    """How natural units become scaled values.

    Attributes
    ----------
    table : pandas.DataFrame
        feature, kind, transform (log1p or none), centre, scale.
    """

    table: pd.DataFrame

    def apply(self, vectors: pd.DataFrame) -> np.ndarray:
        """Scale feature vectors.

        Parameters
        ----------
        vectors : pandas.DataFrame
            Has every feature of the table, in natural units.

        Returns
        -------
        ndarray of shape (n_offenders, n_features)
        """
        values = _transformed(vectors[self.table["feature"]].to_numpy(dtype=np.float64), self.table)
        scaled = (values - self.table["centre"].to_numpy()) / self.table["scale"].to_numpy()
        return np.round(scaled, DIGITS)


def fit_scaling(vectors: pd.DataFrame, kinds: Mapping[str, str]) -> Scaling:
    """Find centre and scale of each feature after its transform.

    Parameters
    ----------
    vectors : pandas.DataFrame
        One row an offender, without a missing value.
    kinds : mapping of str to str
        Feature to its declared kind, in the order of the columns.
    """
    table = pd.DataFrame({"feature": list(kinds), "kind": list(kinds.values())})
    table["transform"] = np.where(table["kind"].isin(LOGGED), "log1p", "none")
    values = _transformed(vectors[table["feature"]].to_numpy(dtype=np.float64), table)
    scaler = StandardScaler().fit(values)
    table["centre"], table["scale"] = scaler.mean_, scaler.scale_
    return Scaling(table)


def midway(one: float, other: float, kind: str) -> float:
    """Give the value as far from one as from the other, on the scale on which features of a kind are clustered.

    Parameters
    ----------
    one, other : float
        In natural units.
    kind : str
        Declared kind of the feature.
    """
    ends = np.array([one, other])
    return float(np.expm1(_logarithm(ends).mean()) if kind in LOGGED else ends.mean())


def _transformed(values: np.ndarray, table: pd.DataFrame) -> np.ndarray:
    logged = (table["transform"] == "log1p").to_numpy()
    values = values.copy()
    values[:, logged] = _logarithm(values[:, logged])
    return values


def _logarithm(values: np.ndarray) -> np.ndarray:
    # A reporting delay can be negative by minutes; below 0 there is no logarithm.
    logarithms: np.ndarray = np.log1p(np.maximum(values, 0.0))
    return logarithms
