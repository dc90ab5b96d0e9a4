"""Draws the offenders: who they are, where they live, how many incidents they have and over which years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.synthetic.clock import DAY, WINDOW, YEAR
from dapipeline.synthetic.preset import Preset

ETHNICITIES = np.array(["Asian", "Black", "Mixed", "Not stated", "Other", "White"], dtype=object)
# Assumed shares among people who are neither Asian nor Black.
_REST = np.array([0, 0, 0.05, 0.05, 0.03, 0.87])
YOUNGEST_AT_DA = 16.05  # published: DA is defined from 16; the margin allows for moves of the weekday
OLDEST_AT_DA = 85
_VOLUME = (
    "da_minimum", "da_incidents", "da_dispersion", "exclusively_da", "non_da_minimum", "non_da_incidents",
    "non_da_dispersion",
)  # fmt: skip
_CHILDHOOD = (12, 15.5)  # assumed: lowest and highest age at which offending in childhood begins


def draw_cohort(shares: np.ndarray, preset: Preset, areas: int, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the offenders: first the cohort, then people outside it.

    Parameters
    ----------
    shares : ndarray of int
        Number of offenders of each archetype in the cohort, who have at least one DA incident in the window.
    preset : Preset
    areas : int
        Number of areas, in order of deprivation.
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        One row per offender, indexed by a running number: archetype (index), woman, ethnicity (index), home (index of
        the area), da and non_da (numbers of incidents), start and end (minutes, of the career), onset (minute of the
        first DA incident), born (minute). The last row stands for all unidentified suspects.
    """
    outside = np.full(round(shares.sum() * preset.outside.value) + 1, preset.background)
    labels = np.repeat(np.arange(len(preset.archetypes)), shares)
    archetype = np.concatenate([rng.permutation(labels), outside])
    size = len(archetype)
    cohort = pd.DataFrame({"archetype": archetype, "woman": rng.random(size) < preset.rate("women")[archetype]})
    cohort["ethnicity"] = draw_ethnicities(preset.rate("asian")[archetype], preset.rate("black")[archetype], rng)
    cohort["home"] = _homes(preset.rate("deprivation")[archetype], areas, rng)
    cohort["da"], cohort["non_da"] = _volumes(archetype, preset, rng)
    _unidentified(cohort, int(shares.sum()), preset)
    return _with_childhoods(_lifetimes(cohort, preset, rng), preset, rng)


def draw_ethnicities(asian: np.ndarray, black: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw the ethnicity of each person.

    Parameters
    ----------
    asian, black : ndarray of float, shape (n,)
        Probability that the person is Asian, or Black.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of int, shape (n,)
        Index into `ETHNICITIES`.
    """
    group = rng.random(len(asian))
    rest = rng.choice(len(ETHNICITIES), size=len(asian), p=_REST)
    return np.select([group < asian, group < asian + black], [0, 1], rest)


def _homes(slope: np.ndarray, areas: int, rng: np.random.Generator) -> np.ndarray:
    """Draw home areas; the log density falls by the slope per decile, from the most deprived area."""
    steepness = np.maximum(slope, 1e-6) * 10
    place = -np.log1p(-rng.random(len(slope)) * -np.expm1(-steepness)) / steepness
    homes: np.ndarray = np.minimum((place * areas).astype(np.int64), areas - 1)
    return homes


def _volumes(archetype: np.ndarray, preset: Preset, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    rate = {name: preset.rate(name)[archetype] for name in _VOLUME}
    da = _above(rate["da_minimum"], rate["da_incidents"], rate["da_dispersion"], rng)
    da[archetype == preset.background] = 0
    some = 1 - rate["exclusively_da"]
    mean = np.divide(rate["non_da_incidents"], some, out=np.zeros(len(archetype)), where=some > 0)
    non_da = _above(rate["non_da_minimum"], mean, rate["non_da_dispersion"], rng)
    return da, np.where(rng.random(len(archetype)) < some, non_da, 0)


def _above(least: np.ndarray, mean: np.ndarray, size: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw counts with a minimum and a mean: the minimum plus a negative binomial."""
    above = np.maximum(mean - least, 0)
    return (least + rng.negative_binomial(size, size / (size + above))).astype(np.int64)


def _unidentified(cohort: pd.DataFrame, offenders: int, preset: Preset) -> None:
    """Put the incidents without a named suspect into the last row."""
    last = cohort.index[-1]
    cohort.loc[last, ["woman", "da", "non_da"]] = [
        False, round(offenders * preset.unsolved_da.value), round(offenders * preset.unsolved_non_da.value)
    ]  # fmt: skip


def _lifetimes(cohort: pd.DataFrame, preset: Preset, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the start and end of each career in the window, longer with more incidents, and each date of birth."""
    archetype, size = cohort["archetype"].to_numpy(), len(cohort)
    incidents = (cohort["da"] + cohort["non_da"]).to_numpy()
    length = WINDOW[1] - WINDOW[0] - 1
    # Assumed: two incidents are four years apart on average; fifty fill nearly the whole window.
    span = np.where(incidents > 1, length * rng.beta(0.8 + 0.12 * incidents, 1.6), 0)
    span[-1] = length
    start = WINDOW[0] + rng.random(size) * (length - span)
    delay = preset.rate("da_delay")[archetype]
    share = np.where(cohort["da"] < incidents, rng.beta(2 * delay, 2 * (1 - delay)), 0)
    onset = start + share * span
    shape = preset.rate("age_shape")[archetype]
    mean = preset.rate("age_first_da")[archetype]
    age = YOUNGEST_AT_DA + rng.gamma(shape, (mean - YOUNGEST_AT_DA) / shape)
    born = onset - np.minimum(age, OLDEST_AT_DA) * YEAR
    cohort["start"], cohort["end"], cohort["onset"] = start, start + span, onset
    cohort["born"] = (born // DAY * DAY).astype(np.int64)
    return cohort


def _with_childhoods(cohort: pd.DataFrame, preset: Preset, rng: np.random.Generator) -> pd.DataFrame:
    """Let some careers begin before the offender was 16, but not before the window."""
    reaches_back = rng.random(len(cohort)) < preset.rate("childhood")[cohort["archetype"]]
    first = np.maximum(cohort["born"] + rng.uniform(*_CHILDHOOD, len(cohort)) * YEAR, WINDOW[0])
    reaches_back &= (cohort["non_da"] > 0).to_numpy()
    return cohort.assign(start=np.where(reaches_back, np.minimum(first, cohort["start"]), cohort["start"]))
