"""Draws what inspectors ask for beside the careers: first codes, routes, management, force, and markers.

Everything here has random numbers of its own, so that nothing else of a force depends on it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

FORCE = "Oxmarch and Vale"
# Assumed, all of them. Shares of incidents by route; the rest are not recorded.
ROUTES = {"telephone": 0.70, "officer": 0.10, "third party": 0.08, "online": 0.05, "front counter": 0.02}
# Shares of suspects; the rest are not recorded.
MANAGERS = {"none": 0.55, "MARAC": 0.03, "IOM": 0.015, "MAPPA": 0.01, "Drive": 0.005}
FIRST_CLASS = {"same": 0.90, "other": 0.05}  # of crimes; the rest have no first code
NOT_A_CRIME = 0.065  # non-crimes that were first classed as an offence; printed of DA allegations (MPS VAW 2010)
OTHER_CLASSES = ("00806", "10501", "19594", "12509")
RECORDED = 0.8  # share of incidents of which a marker says yes or no
# Shares of DA incidents and of others with each marker, where it is recorded.
MARKERS = {
    "children_present": (0.30, 0.03), "injury": (0.25, 0.15), "weapon": (0.12, 0.08), "strangulation": (0.05, 0.005),
    "pregnancy": (0.04, 0.004), "separation": (0.35, 0.02), "mental_health": (0.12, 0.08), "jealousy": (0.28, 0.01),
    "stalking": (0.10, 0.02), "on_bail": (0.05, 0.03),
}  # fmt: skip
COLUMNS = ("initial_offence_code", "reported_via", "managed_by", "force", *MARKERS)


def with_further(rows: pd.DataFrame, source: np.random.SeedSequence) -> pd.DataFrame:
    """Add the columns that only scrutiny reads.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `rows.write_rows`.
    source : numpy.random.SeedSequence
        Of these columns alone.

    Returns
    -------
    pandas.DataFrame
        The same rows with `COLUMNS`: reported_via and the markers are the same in all rows of an incident, the first
        code in all rows of an offence, managed_by in all rows of a suspect.
    """
    routes, managers, classes, marks = (np.random.default_rng(child) for child in source.spawn(4))
    incident, incidents = _numbered(rows["incident_id"])
    suspect, suspects = _numbered(rows["offender_id"])
    route = _chosen(list(ROUTES.items()), incidents, routes)
    manager = _chosen(list(MANAGERS.items()), suspects, managers)
    made = {
        "initial_offence_code": _first_codes(rows, incident, incidents, classes),
        "reported_via": pd.array(route[incident], dtype="string"),
        "managed_by": pd.array(manager[suspect], dtype="string"),
        "force": pd.array(np.full(len(rows), FORCE, dtype=object), dtype="string"),
    }
    domestic = np.zeros(incidents, bool)
    domestic[incident[rows["da_flag"].to_numpy(dtype=bool)]] = True
    for name, shares in MARKERS.items():
        told, point = marks.random(incidents) < RECORDED, marks.random(incidents)
        mask = ~told[incident]
        made[name] = pd.arrays.BooleanArray((point < np.where(domestic, *shares))[incident], mask)
    return rows.assign(**made)


def _numbered(ids: pd.Series) -> tuple[np.ndarray, int]:
    """Return the number of each row's id, -1 without one, and how many ids there are."""
    codes, found = pd.factorize(ids)
    return codes, len(found)


def _chosen(shares: list[tuple[str, float]], size: int, rng: np.random.Generator) -> np.ndarray:
    names = np.array([*(name for name, _ in shares), None], dtype=object)
    chosen = np.searchsorted(np.cumsum([share for _, share in shares]), rng.random(size), side="right")
    found: np.ndarray = names[np.concatenate([chosen, [-1]])]  # the last for rows without an id
    return found


def _first_codes(rows: pd.DataFrame, incident: np.ndarray, incidents: int, rng: np.random.Generator) -> Any:
    """Draw the code as first recorded, once per offence: mostly the last one; of a non-crime seldom any."""
    offence, offences = _numbered(rows["offence_id"])
    key = np.where(offence >= 0, offence, offences + incident)
    point, other = rng.random(offences + incidents)[key], rng.choice(OTHER_CLASSES, offences + incidents)[key]
    same, changed = FIRST_CLASS["same"], sum(FIRST_CLASS.values())
    code = rows["offence_code"].to_numpy(dtype=object)
    crime = rows["is_crime"].to_numpy(dtype=bool)
    none = np.full(len(rows), None, dtype=object)
    of_crimes = np.where(point < same, code, np.where(point < changed, other.astype(object), none))
    return pd.array(np.where(crime, of_crimes, np.where(point < NOT_A_CRIME, other, none)), dtype="string")
