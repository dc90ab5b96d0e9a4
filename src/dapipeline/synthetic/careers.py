"""Draws the incidents of every offender: when they happened, and whether they are domestic abuse."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.synthetic.age_crime import age_when, offended_by
from dapipeline.synthetic.clock import DAYTIME, DOMESTIC, HISTORY, NIGHT, WINDOW, YEAR, at_the_usual_time
from dapipeline.synthetic.preset import Preset

YOUNGEST_AT_ALL = 12  # assumed; the age of criminal responsibility is 10
_GAP_SHAPE = 0.5  # assumed: gamma shape of the gaps; below 1, so that incidents come in bursts


def draw_careers(cohort: pd.DataFrame, preset: Preset, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the incidents of each offender.

    Parameters
    ----------
    cohort : DataFrame
        From `cohort.draw_cohort`.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    DataFrame
        One row per incident, sorted by offender and time: offender (row of the cohort), when (minute), da, final (the
        incident ends a career). Some are in the two years before the window.
    """
    onset, start, end = (cohort[name].to_numpy() for name in ("onset", "start", "end"))
    old_enough = cohort["born"].to_numpy() + YOUNGEST_AT_ALL * YEAR
    da = _sequence(cohort["da"].to_numpy(), onset, end, True, rng)
    start = np.maximum(start, old_enough)
    non_da = _sequence(cohort["non_da"].to_numpy(), start, end, False, rng)
    non_da["when"] = _in_youth(non_da, start, end, cohort, preset)
    past = _history(cohort, preset, rng)
    incidents = pd.concat([da.assign(da=True), non_da.assign(da=False), past], ignore_index=True)
    incidents["when"] = _clocked(incidents, cohort, preset, rng)
    incidents = incidents.sort_values(["offender", "when", "da"], kind="stable", ignore_index=True)
    incidents["final"] = False
    return _ended(incidents, cohort, preset)


def _sequence(
    counts: np.ndarray, start: np.ndarray, end: np.ndarray, first: bool, rng: np.random.Generator
) -> pd.DataFrame:
    """Spread each offender's incidents over the career with gamma-distributed gaps; `first` puts one at its start."""
    owner = np.flatnonzero(counts)
    counts, start, end = counts[owner], start[owner], end[owner]
    begins = np.cumsum(counts) - counts
    gaps = rng.gamma(_GAP_SHAPE, size=int(counts.sum()))
    if first:
        gaps[begins] = 0
    cumulative = np.cumsum(gaps)
    reached = cumulative - np.repeat(cumulative[begins] - gaps[begins], counts)
    total = reached[begins + counts - 1] + rng.gamma(_GAP_SHAPE, size=len(counts)) + 1e-9
    when = np.repeat(start, counts) + reached * np.repeat((end - start) / total, counts)
    return pd.DataFrame({"offender": np.repeat(owner, counts), "when": when})


def _in_youth(
    non_da: pd.DataFrame, start: np.ndarray, end: np.ndarray, cohort: pd.DataFrame, preset: Preset
) -> np.ndarray:
    """Move the incidents of a career towards the ages at which its archetype offends most."""
    owner, when = non_da["offender"].to_numpy(), non_da["when"].to_numpy()
    decline = preset.rate("decline")[cohort["archetype"].to_numpy()[owner]]
    born = cohort["born"].to_numpy()[owner]
    first, last = ((moment[owner] - born) / YEAR for moment in (start, end))
    passed = np.divide(when - start[owner], (end - start)[owner], out=np.zeros(len(when)), where=(end > start)[owner])
    low, high = offended_by(first, decline), offended_by(last, decline)
    age = np.clip(age_when(low + passed * (high - low), decline), first, last)
    return np.where(decline > 0, born + age * YEAR, when)


def _history(cohort: pd.DataFrame, preset: Preset, rng: np.random.Generator) -> pd.DataFrame:
    """Draw incidents from before the window for some repeat offenders who were old enough then."""
    repeat = (cohort["da"] + cohort["non_da"] > 2) & (cohort["archetype"] != preset.background)
    adult = cohort["born"] + 17 * YEAR < HISTORY[0]
    chosen = np.flatnonzero(repeat & adult & (rng.random(len(cohort)) < preset.history.value))
    owner = np.repeat(chosen, rng.geometric(0.5, size=len(chosen)))
    when = rng.uniform(*HISTORY, size=len(owner))
    return pd.DataFrame({"offender": owner, "when": when, "da": rng.random(len(owner)) < 0.4})


def _clocked(incidents: pd.DataFrame, cohort: pd.DataFrame, preset: Preset, rng: np.random.Generator) -> np.ndarray:
    da = incidents["da"].to_numpy()
    night = preset.rate("night")[cohort["archetype"].to_numpy()[incidents["offender"]]]
    clock = np.where(da, DOMESTIC, np.where(rng.random(len(da)) < night, NIGHT, DAYTIME))
    return at_the_usual_time(incidents["when"].to_numpy(), da, clock, rng)


def _ended(incidents: pd.DataFrame, cohort: pd.DataFrame, preset: Preset) -> pd.DataFrame:
    """Mark the last incident of careers with a final offence, and make it domestic."""
    ends = np.array([archetype.final_mix is not None for archetype in preset.archetypes])
    offender, da = incidents["offender"].to_numpy(), incidents["da"].to_numpy().copy()
    position = pd.Series(np.arange(len(incidents)))
    last = position.groupby(offender).max().to_numpy()
    in_window = da & (incidents["when"].to_numpy() >= WINDOW[0])
    last_da = position.where(in_window, -1).groupby(offender).max().to_numpy()
    chosen = ends[cohort["archetype"].to_numpy()[offender[last]]]
    last, last_da = last[chosen], last_da[chosen]
    da[last_da], da[last] = False, True
    incidents["da"] = da
    incidents.loc[last, "final"] = True
    return incidents
