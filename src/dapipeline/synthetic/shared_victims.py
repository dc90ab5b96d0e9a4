"""Victims of more than one offender: a partner's next partner, a parent hurt by two children."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.synthetic.clock import YEAR
from dapipeline.synthetic.preset import Preset
from dapipeline.synthetic.victims import CHILD, DOMESTIC

_ALIKE = YEAR  # largest age difference to the victim who is replaced, so that relationships stay possible


def share_victims(
    ties: pd.DataFrame, people: pd.DataFrame, fit: np.ndarray, cohort: int, *, preset: Preset, rng: np.random.Generator
) -> np.ndarray:
    """Replace some DA victims by a similar victim of another offender.

    Parameters
    ----------
    ties : DataFrame
        One row per offender and victim, with person.
    people : DataFrame
        One row per tie: the person drawn for it.
    fit : ndarray of bool, shape (n_ties,)
        Whether all incidents of the tie are in the window and none is a homicide.
    cohort : int
        Number of rows of the cohort; other people have the numbers after.
    preset : Preset
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of int, shape (n_ties,)
        The victim of each tie.
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
    # A tie that follows takes the victim of the nearest earlier one, by birth, that keeps its own victim.
    leader = np.maximum.accumulate(np.where(follows, 0, np.arange(len(row))))
    tie, to = row[follows], row[leader[follows]]
    offender = ties["offender"].to_numpy()
    good = (group[tie] == group[to]) & (np.abs(born[tie] - born[to]) <= _ALIKE) & (offender[tie] != offender[to])
    good &= born[to] + 16.1 * YEAR <= ties["began"].to_numpy()[tie]
    found = pd.DataFrame({"tie": tie, "offender": offender[tie], "person": person[to]})[good]
    found = found.drop_duplicates(["offender", "person"])
    person[found["tie"]] = found["person"]
    return person
