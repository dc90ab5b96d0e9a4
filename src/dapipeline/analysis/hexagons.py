"""The cohort counted in hexagons: by its numbers of incidents, and by its first two principal components."""

from __future__ import annotations

import numpy as np
import pandas as pd

VOLUME, COMPONENTS = "volume", "components"
STEP = 0.5  # of the volume, from column to column of hexagons: half a doubling of incidents
ACROSS = 20  # steps of the components, over all but the outermost people
OUTERMOST = (0.005, 0.995)
BY = ["plane", "step", "across", "up", "cluster", "group"]


def cohort_hexagons(assignments: pd.DataFrame, features: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Count the cohort in hexagons of two planes.

    How many hexagons there are follows from the range of the numbers and not from how many people have them.

    Parameters
    ----------
    assignments : pandas.DataFrame
        One row per offender: offender_id, cluster, group.
    features : pandas.DataFrame
        offender_id, da_incidents (1 or more), non_da_incidents.
    scores : pandas.DataFrame
        offender_id, weight, and one column per principal component, the first first.

    Returns
    -------
    pandas.DataFrame
        One row per plane, hexagon, cluster and group with anybody: plane (volume: doublings of 1 + non_da_incidents
        across, of da_incidents up; components: scores of the first two), step (from column to column), across and up
        (the hexagon's middle), cluster, group, offenders, mean_across and mean_up (incidents in the first plane, scores
        in the second). Without a second component there is no second plane.
    """
    people = assignments[["offender_id", "cluster", "group"]].merge(features, on="offender_id")
    other, da = people["non_da_incidents"], people["da_incidents"]
    planes = [_plane(VOLUME, people, STEP, (np.log2(1 + other), np.log2(da)), (other, da))]
    names = [name for name in scores.columns if name not in ("offender_id", "weight")][:2]
    if len(names) == 2:
        people = assignments[["offender_id", "cluster", "group"]].merge(scores, on="offender_id")
        places = (people[names[0]], people[names[1]])
        planes.append(_plane(COMPONENTS, people, _step(places[0]), places, places))
    return pd.concat(planes, ignore_index=True)


def _step(scores: pd.Series) -> float:
    low, high = scores.quantile(list(OUTERMOST))
    return float(f"{(high - low) / ACROSS:.2g}") or 1.0


def _plane(
    name: str,
    people: pd.DataFrame,
    step: float,
    places: tuple[pd.Series, pd.Series],
    values: tuple[pd.Series, pd.Series],
) -> pd.DataFrame:
    across, up = middles(places[0].to_numpy(dtype=float), places[1].to_numpy(dtype=float), step)
    rows = people[["cluster", "group"]].assign(
        plane=name, step=step, across=across, up=up, mean_across=values[0].astype(float),
        mean_up=values[1].astype(float), offenders=1,
    )  # fmt: skip
    # Sums in an order of their own, so that the order of people changes no digit.
    rows = rows.sort_values([*BY, "mean_across", "mean_up"], ignore_index=True)
    found = rows.groupby(BY, as_index=False).agg({"offenders": "sum", "mean_across": "mean", "mean_up": "mean"})
    return found.sort_values(BY, ignore_index=True)


def middles(across: np.ndarray, up: np.ndarray, step: float) -> tuple[np.ndarray, np.ndarray]:
    """Find the hexagon that each point lies in: the one with the nearest middle. Hexagons stand in columns.

    Parameters
    ----------
    across, up : ndarray of float, shape (n_points,)
    step : float
        From column to column; each second column stands half a hexagon higher.

    Returns
    -------
    across, up : ndarray of float, shape (n_points,)
        The middle of each one's hexagon, to 9 decimals.
    """
    height = tall(step)
    lowest = -height / 4  # whole numbers of doublings lie on no border
    found = []
    for shift in (0, 1):  # even columns, odd columns
        x = (2 * np.round((across / step - shift) / 2) + shift) * step
        y = lowest + (np.round((up - lowest) / height - shift / 2) + shift / 2) * height
        found.append((x, y, (across - x) ** 2 + (up - y) ** 2))
    (x0, y0, far0), (x1, y1, far1) = found
    nearer = far1 < far0
    return np.round(np.where(nearer, x1, x0), 9) + 0.0, np.round(np.where(nearer, y1, y0), 9) + 0.0  # never -0


def tall(step: float) -> float:
    """Compute how tall a hexagon is.

    Parameters
    ----------
    step : float
        From column to column.

    Returns
    -------
    float
    """
    return step * 2 / 3**0.5
