"""Draws the circumstances of incidents: place, alcohol and drugs, risk grade, arrest and outcome."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.reference.codes import LOCATION_TYPES, OUTCOMES, RISK_GRADES
from dapipeline.synthetic.offences import IS_CRIME, IS_GRAVE, PLACE
from dapipeline.synthetic.preset import Preset

LOCATIONS = np.array(LOCATION_TYPES, dtype=object)
GRADES = np.array([*reversed(RISK_GRADES), None], dtype=object)  # from the highest; none where nobody graded
OUTCOME_CODES = np.array([*OUTCOMES, None], dtype=object)  # none for a non-crime
BOROUGHS = np.array(
    ["Brindleforth", "Calderwyck", "Elmsworthy", "Farrowhythe", "Greyholt", "Ivelhamsted", "Kestrelby",
     "Oxmarch", "Quarrendene", "Velmouthe"],
    dtype=object,
)  # fmt: skip

# All tables below are assumed. Shares of `LOCATIONS`.
PLACES = {
    "domestic": [0.83, 0.10, 0.02, 0.01, 0, 0.04],
    "home": [0.88, 0.06, 0.01, 0, 0, 0.05],
    "street": [0.25, 0.52, 0.11, 0.05, 0, 0.07],
    "shop": [0, 0.04, 0.04, 0.88, 0, 0.04],
    "custody": [0.12, 0.42, 0.06, 0.02, 0.33, 0.05],
    "road": [0.02, 0.93, 0.01, 0, 0, 0.04],
}
# Percentages of Home Office outcomes: 15 and 16 are evidential difficulties, 18 is no suspect identified.
_OUTCOME_SHARES = {
    "domestic": {1: 19, 2: 1, 3: 4, 8: 2, 10: 2, 14: 3, 15: 27, 16: 42},
    "grave": {1: 52, 15: 26, 16: 18, 20: 2, 21: 2},
    "other": {1: 38, 2: 2, 3: 5, 6: 2, 8: 12, 10: 2, 14: 3, 15: 20, 16: 16},
    "unsolved": {14: 12, 18: 88},
}
_GRAVE_RISK = (0.45, 0.35)  # high, medium
_UNGRADED = 0.05
_SUBSTANCE_SPREAD = 1.5  # both parameters of the beta distribution of an offender's own share around the archetype's
_ARRESTED = (0.06, 0.55, 0.93)  # non-crime, crime, grave
_HONOUR = (0.004, 0.0006, 0.0002)  # honour-based abuse, forced marriage, FGM; shares of DA incidents


def draw_areas(number: int, rng: np.random.Generator) -> pd.DataFrame:
    """Make up the areas of the force.

    Parameters
    ----------
    number : int
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        One row per area, from the most deprived to the least: lsoa, imd_decile (1 to 10), borough. Codes begin with X,
        as no real one does.
    """
    areas = pd.DataFrame({"lsoa": [f"X01{code:06d}" for code in rng.permutation(number) + 1]})
    areas["imd_decile"] = np.arange(number) * 10 // number + 1
    areas["borough"] = rng.choice(BOROUGHS, size=number)
    return areas


def draw_circumstances(
    incidents: pd.DataFrame, cohort: pd.DataFrame, preset: Preset, areas: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw the circumstances of incidents.

    Parameters
    ----------
    incidents : DataFrame
        With offender, da, juvenile and kind (index).
    cohort : DataFrame
        From `cohort.draw_cohort`.
    preset : Preset
    areas : int
        Number of areas.
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        The incidents with location (index), area (index), alcohol, drugs, risk (index), arrested,
        honour_based, forced_marriage, fgm.
    """
    offender, kind, da = (incidents[name].to_numpy() for name in ("offender", "kind", "da"))
    archetype, size = cohort["archetype"].to_numpy()[offender], len(incidents)
    table = np.cumsum(list(PLACES.values()), axis=1)
    profile = np.array([list(PLACES).index(place) for place in PLACE])[kind]
    location = (rng.random(size)[:, None] >= table[np.where(da | incidents["juvenile"], 0, profile), :-1]).sum(axis=1)
    incidents = incidents.assign(location=location)
    incidents["area"] = _areas(cohort["home"].to_numpy()[offender], location, areas, rng)
    incidents["alcohol"], incidents["drugs"] = _substances(offender, _levels(archetype, da, preset), len(cohort), rng)
    incidents["risk"] = _risk(archetype, kind, da, preset, rng)
    likely = np.array(_ARRESTED)[np.where(IS_GRAVE, 2, IS_CRIME.astype(int))][kind]
    incidents["arrested"] = rng.random(size) < likely
    for name, share in zip(("honour_based", "forced_marriage", "fgm"), _HONOUR, strict=True):
        incidents[name] = da & (rng.random(size) < share)
    return incidents


def draw_outcomes(kind: np.ndarray, da: np.ndarray, unsolved: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw the outcome of each offence.

    Parameters
    ----------
    kind, da, unsolved : ndarray of shape (n,)
        Kind of the offence (index), whether it is domestic abuse, whether no suspect was named.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of int, shape (n,)
        Index into `OUTCOME_CODES`; for a non-crime the last one, which is missing.
    """
    shares = np.zeros((len(_OUTCOME_SHARES), len(OUTCOME_CODES)))
    codes = list(OUTCOMES)
    for row, percentages in enumerate(_OUTCOME_SHARES.values()):
        shares[row, [codes.index(str(code)) for code in percentages]] = list(percentages.values())
    table = np.select([unsolved, IS_GRAVE[kind], da], [3, 1, 0], 2)
    outcome = (rng.random(len(kind))[:, None] * 100 >= np.cumsum(shares, axis=1)[table, :-1]).sum(axis=1)
    return np.where(IS_CRIME[kind], outcome, len(OUTCOME_CODES) - 1)


def _areas(home: np.ndarray, location: np.ndarray, areas: int, rng: np.random.Generator) -> np.ndarray:
    """Draw areas: for incidents in homes mostly the offender's own, for others one about as deprived."""
    at_home = rng.random(len(home)) < np.where(location == 0, 0.78, 0.3)
    elsewhere = np.rint(home + rng.normal(0, areas / 15, len(home))).astype(np.int64)
    return np.where(at_home, home, np.clip(elsewhere, 0, areas - 1))


def _levels(archetype: np.ndarray, da: np.ndarray, preset: Preset) -> np.ndarray:
    levels: np.ndarray = np.where(
        da, preset.rate("da_substance")[archetype], preset.rate("non_da_substance")[archetype]
    )
    return levels


def _substances(
    offender: np.ndarray, level: np.ndarray, offenders: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw alcohol and drugs; each offender has an own share, drawn around the archetype's."""
    # The factor is at most 2 and shares are at most a half, so that their product is a probability.
    leaning = 2 * rng.beta(_SUBSTANCE_SPREAD, _SUBSTANCE_SPREAD, offenders)[offender]
    some = rng.random(len(level)) < level * leaning
    which = rng.random(len(level))
    return some & (which < 0.78), some & (which >= 0.62)


def _risk(
    archetype: np.ndarray, kind: np.ndarray, da: np.ndarray, preset: Preset, rng: np.random.Generator
) -> np.ndarray:
    crime, grave = IS_CRIME[kind], IS_GRAVE[kind]
    high, medium = (
        np.where(crime, preset.rate(f"crime_{grade}")[archetype], preset.rate(f"non_crime_{grade}")[archetype])
        for grade in ("high", "medium")
    )
    # Declared of all, graded or not, as the study prints it; drawn among the graded.
    high, medium = high / (1 - _UNGRADED), medium / (1 - _UNGRADED)
    high, medium = np.where(grave, _GRAVE_RISK[0], high), np.where(grave, _GRAVE_RISK[1], medium)
    point = rng.random(len(kind))
    graded = np.select([point < high, point < high + medium], [0, 1], 2)
    return np.where(da & (rng.random(len(kind)) >= _UNGRADED), graded, 3)
