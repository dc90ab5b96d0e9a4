"""Incidents with two suspects of the cohort: people who offend together, and families who abuse together."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.synthetic.careers import YOUNGEST_AT_ALL
from dapipeline.synthetic.clock import DAY, YEAR
from dapipeline.synthetic.preset import Preset

_NEAR = 60 * DAY  # two offenders share an incident if each has one within two months: the later one is dropped
_AGE_APART = 1.5 * YEAR  # assumed: relatives who are suspected together are siblings of about the same age


def join_suspects(
    incidents: pd.DataFrame, cohort: pd.DataFrame, preset: Preset, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Merge some incidents of two offenders into one with two suspects, so that neither has more incidents than drawn.

    Parameters
    ----------
    incidents : DataFrame
        From `careers.draw_careers`.
    cohort : DataFrame
        From `cohort.draw_cohort`.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    incidents : DataFrame
        Without the merged ones, and with `together`: whether two relatives are suspected.
    joint : DataFrame
        One row per second suspect: incident (row), offender.
    cohort : DataFrame
        Second suspects who are relatives have the home and ethnicity of the first, and are about as old.
    """
    archetype = cohort["archetype"].to_numpy()[incidents["offender"]]
    point = rng.random(len(incidents))
    others = point < np.where(incidents["da"], 0, preset.rate("co_offending")[archetype])
    family = incidents["da"].to_numpy() & (point < preset.rate("family_pair")[archetype])
    one, two = _neighbours(incidents, others, archetype, incidents["when"].to_numpy(), _NEAR)
    grown = cohort["born"].to_numpy()[incidents["offender"].iloc[two]] + YOUNGEST_AT_ALL * YEAR
    met = grown <= incidents["when"].to_numpy()[one]
    age = incidents["when"].to_numpy() - cohort["born"].to_numpy()[incidents["offender"]]
    first, second = _neighbours(incidents, family, archetype, age, YEAR)
    leads, follows = np.concatenate([one[met], first]), np.concatenate([two[met], second])
    cohort = _made_family(cohort, incidents["offender"].to_numpy(), first, second, rng)
    kept = ~np.isin(np.arange(len(incidents)), follows)
    row = np.cumsum(kept) - 1
    joint = pd.DataFrame({"incident": row[leads], "offender": incidents["offender"].to_numpy()[follows]})
    incidents = incidents.assign(together=np.isin(np.arange(len(incidents)), first))
    return incidents[kept].reset_index(drop=True), joint, cohort


def _neighbours(
    incidents: pd.DataFrame, chosen: np.ndarray, archetype: np.ndarray, along: np.ndarray, limit: float
) -> tuple[np.ndarray, np.ndarray]:
    """Pair chosen incidents of two offenders of one archetype that follow each other within a limit."""
    row = np.flatnonzero(chosen)
    row = row[np.lexsort((along[row], archetype[row]))]
    place = pd.Series(row).groupby(archetype[row]).cumcount().to_numpy()
    one, two = row[:-1], row[1:]
    offender = incidents["offender"].to_numpy()
    fits = (place[:-1] % 2 == 0) & (place[1:] == place[:-1] + 1) & (offender[one] != offender[two])
    fits &= along[two] - along[one] <= limit
    return one[fits], two[fits]


def _made_family(
    cohort: pd.DataFrame, offender: np.ndarray, first: np.ndarray, second: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Copy home and ethnicity of the first of each pair to the second, and draw a birth near that of the first."""
    of, like = offender[second], offender[first]
    changed = cohort.copy()
    for name in ("home", "ethnicity"):
        changed.loc[of, name] = cohort[name].to_numpy()[like]
    born = cohort["born"].to_numpy()[like] + rng.uniform(-_AGE_APART, _AGE_APART, len(of))
    changed.loc[of, "born"] = (born // DAY * DAY).astype(np.int64)
    return changed
