"""Victims of more than one offender: a partner's next partner, a parent hurt by two children."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.synthetic.clock import YEAR
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.victims import CHILD, DOMESTIC

_ALIKE = YEAR  # the other offender's victim is about as old as the one drawn, so that relations stay possible


def share_victims(
    ties: pd.DataFrame, people: pd.DataFrame, fit: np.ndarray, cohort: int, *, preset: Preset, rng: np.random.Generator
) -> np.ndarray:
    """Let some ties of domestic abuse lead to a victim whom another offender harmed too.

    Parameters
    ----------
    ties : DataFrame
        With person.
    people : DataFrame
        The people drawn for the ties.
    fit : ndarray of bool
        Ties within the window that nobody died of.
    cohort : int
        Number of rows of the cohort, after which the people of the ties are numbered.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of int
        The person at the end of each tie.
    """
    person = ties["person"].to_numpy().copy()
    follows = rng.random(len(ties)) < preset.shared_victims.value
    own = person == cohort + np.arange(len(ties))
    row = np.flatnonzero(own & fit & ((ties["purpose"] == DOMESTIC) & (ties["relation"] != CHILD)).to_numpy())
    born = people["born"].to_numpy()
    group = people["ethnicity"].to_numpy() * 2 + people["woman"].to_numpy()
    row = row[np.lexsort((born[row], group[row]))]
    if not len(row):
        return person
    follows = follows[row]
    # Each follower takes the victim of the last tie before it, in order of birth, that keeps its own.
    leader = np.maximum.accumulate(np.where(follows, 0, np.arange(len(row))))
    tie, to = row[follows], row[leader[follows]]
    offender = ties["offender"].to_numpy()
    good = (group[tie] == group[to]) & (np.abs(born[tie] - born[to]) <= _ALIKE) & (offender[tie] != offender[to])
    good &= born[to] + 16.1 * YEAR <= ties["began"].to_numpy()[tie]
    found = pd.DataFrame({"tie": tie, "offender": offender[tie], "person": person[to]})[good]
    found = found.drop_duplicates(["offender", "person"])
    person[found["tie"]] = found["person"]
    return person
