"""The offenders: who they are, where they live, how many incidents they have and over which years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.synthetic.clock import DAY, WINDOW, YEAR
from dapipeline.synthetic.presets import ARCHETYPES, OUTSIDE, Preset, counts, rate

ETHNICITIES = np.array(["Asian", "Black", "Mixed", "Not stated", "Other", "White"], dtype=object)
# Assumed: of those neither Asian nor Black.
_REST = np.array([0, 0, 0.05, 0.05, 0.03, 0.87])
YOUNGEST_AT_DA = 16.05  # published: da_flag rests on a definition from 16; the margin keeps weekday moves above it
OLDEST_AT_DA = 85


def draw_cohort(offenders: int, preset: Preset, areas: int, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the offenders, the cohort first and those outside it after.

    Parameters
    ----------
    offenders : int
        People with at least one DA incident in the window.
    preset : Preset
    areas : int
        Number of areas, in order of deprivation.
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        One row an offender, the index a running number: archetype (index), woman, ethnicity (index), home
        (area), da and non_da (incidents), start and end (minutes, of the career), onset (minute of the first
        DA incident), born (minute). The last row stands for every unidentified suspect.
    """
    labels = np.repeat(np.arange(len(ARCHETYPES)), counts(preset, offenders))
    outside = np.full(round(offenders * preset.outside) + 1, OUTSIDE)
    archetype = np.concatenate([rng.permutation(labels), outside])
    size = len(archetype)
    cohort = pd.DataFrame({"archetype": archetype, "woman": rng.random(size) < rate("women")[archetype]})
    cohort["ethnicity"] = draw_ethnicities(rate("asian")[archetype], rate("black")[archetype], rng)
    cohort["home"] = _homes(rate("deprivation")[archetype], areas, rng)
    cohort["da"], cohort["non_da"] = _volumes(archetype, rng)
    _unidentified(cohort, offenders, preset)
    return _lifetimes(cohort, rng)


def draw_ethnicities(asian: np.ndarray, black: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw an index into `ETHNICITIES` for each person, from the shares of Asian and Black people."""
    group = rng.random(len(asian))
    rest = rng.choice(len(ETHNICITIES), size=len(asian), p=_REST)
    return np.select([group < asian, group < asian + black], [0, 1], rest)


def _homes(slope: np.ndarray, areas: int, rng: np.random.Generator) -> np.ndarray:
    """Draw areas, the deprived (first) ones more often: log density falls by the slope for each decile."""
    steepness = np.maximum(slope, 1e-6) * 10
    place = -np.log1p(-rng.random(len(slope)) * -np.expm1(-steepness)) / steepness
    homes: np.ndarray = np.minimum((place * areas).astype(np.int64), areas - 1)
    return homes


def _volumes(archetype: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    least = rate("da_minimum")[archetype]
    da = _above(least, rate("da_incidents")[archetype], rate("da_dispersion")[archetype], rng)
    da[archetype == OUTSIDE] = 0
    some = 1 - rate("exclusively_da")[archetype]
    mean = np.divide(rate("non_da_incidents")[archetype], some, out=np.zeros(len(archetype)), where=some > 0)
    least = rate("non_da_minimum")[archetype]
    non_da = _above(least, mean, rate("non_da_dispersion")[archetype], rng)
    return da, np.where(rng.random(len(archetype)) < some, non_da, 0)


def _above(least: np.ndarray, mean: np.ndarray, size: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw counts with a floor and a mean, negative binomial above the floor."""
    excess = np.maximum(mean - least, 0)
    return (least + rng.negative_binomial(size, size / (size + excess))).astype(np.int64)


def _unidentified(cohort: pd.DataFrame, offenders: int, preset: Preset) -> None:
    """Give the last row the incidents that nobody was named for."""
    last = cohort.index[-1]
    cohort.loc[last, ["woman", "da", "non_da"]] = [
        False, round(offenders * preset.unsolved_da), round(offenders * preset.unsolved_non_da)
    ]  # fmt: skip


def _lifetimes(cohort: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Place each career in the window, longer with more incidents, and each birth before it."""
    archetype, size = cohort["archetype"].to_numpy(), len(cohort)
    incidents = (cohort["da"] + cohort["non_da"]).to_numpy()
    length = WINDOW[1] - WINDOW[0] - 1
    # Assumed: two incidents lie four years apart on average; fifty fill nearly the whole window.
    span = np.where(incidents > 1, length * rng.beta(0.8 + 0.12 * incidents, 1.6), 0)
    span[-1] = length
    start = WINDOW[0] + rng.random(size) * (length - span)
    delay = rate("da_delay")[archetype]
    share = np.where(cohort["da"] < incidents, rng.beta(2 * delay, 2 * (1 - delay)), 0)
    onset = start + share * span
    shape = rate("age_shape")[archetype]
    age = YOUNGEST_AT_DA + rng.gamma(shape, (rate("age_first_da")[archetype] - YOUNGEST_AT_DA) / shape)
    born = onset - np.minimum(age, OLDEST_AT_DA) * YEAR
    cohort["start"], cohort["end"], cohort["onset"] = start, start + span, onset
    cohort["born"] = (born // DAY * DAY).astype(np.int64)
    return cohort
