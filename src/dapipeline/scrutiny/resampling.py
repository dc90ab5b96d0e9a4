"""The bootstrap by person: whoever is in several incidents is drawn with all of them.

Each resample gives every person a weight from a Poisson distribution of mean 1, as drawing with replacement does among
many people (Hanley and MacGibbon 2006). A person has the same weights in every indicator, area and year.
"""

from __future__ import annotations

import numpy as np
from numba import prange

from dapipeline.analysis.harm.significance import wilson
from dapipeline.analysis.random_numbers import begun, below, following
from dapipeline.kmedoids.compiled import compiled

RESAMPLES = 200
FEWEST = 10  # people in a cell; of fewer, a resample says too little
WHOLE = 1 << 31
# Poisson of mean 1: how many of `WHOLE` draws give at most 0, 1, 2 and so on; 9 or more are too rare to matter.
_SHARES = np.cumsum(np.exp(-1) / np.array([1, 1, 2, 6, 24, 120, 720, 5040, 40320]))
STEPS = np.round(_SHARES * WHOLE).astype(np.int64)


@compiled(parallel=True)
def person_weights(seed: int, people: int, resamples: int, steps: np.ndarray) -> np.ndarray:
    """Draw the weight of every person in every resample.

    Parameters
    ----------
    seed, people, resamples : int
    steps : ndarray of int
        `STEPS`.

    Returns
    -------
    ndarray of int, shape (people, resamples)
    """
    weights = np.empty((people, resamples), dtype=np.uint8)
    for person in prange(people):
        state = begun(seed, person)
        for at in range(resamples):
            state = following(state)
            drawn, weight = below(state, 2147483648), 0
            while weight < len(steps) and drawn >= steps[weight]:
                weight += 1
            weights[person, at] = weight
    return weights


@compiled()
def weighted_sums(
    weights: np.ndarray, person: np.ndarray, cell: np.ndarray, value: np.ndarray, cells: int
) -> np.ndarray:
    """Add up what people have, by cell, in every resample.

    Parameters
    ----------
    weights : ndarray of int, shape (people, resamples)
    person, cell, value : ndarray of int
        Of each entry.
    cells : int

    Returns
    -------
    ndarray of int, shape (cells, resamples)
    """
    sums = np.zeros((cells, weights.shape[1]), dtype=np.int32)
    for entry in range(len(person)):
        amount, own, into = value[entry], weights[person[entry]], sums[cell[entry]]
        for at in range(weights.shape[1]):
            into[at] += amount * own[at]
    return sums


def bootstrap(
    number: np.ndarray, of: np.ndarray, exact: tuple[np.ndarray, np.ndarray], people: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Compute the percentile interval of shares.

    Parameters
    ----------
    number, of : ndarray of int, shape (cells, resamples)
        Sums of every resample.
    exact : (ndarray of int, ndarray of int), each of shape (cells,)
        The sums as they are.
    people : ndarray of int, shape (cells,)
        How many people are behind each cell.

    Returns
    -------
    low, high : ndarray of float, shape (cells,)
        Wilson's, of as many as there are people, where there are fewer than `FEWEST` or nothing varies.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = number / of
        share = exact[0] / exact[1]
    empty = of == 0
    shares = np.sort(np.where(empty, np.inf, shares), axis=1)  # a resample without the cell says nothing of it
    told = shares.shape[1] - empty.sum(axis=1)
    rows = np.arange(len(shares))
    ends = [shares[rows, np.clip(np.round(q * told - 0.5).astype(int), 0, shares.shape[1] - 1)] for q in (0.025, 0.975)]
    low, high = wilson(share * people, people)
    few = (people < FEWEST) | (exact[0] == 0) | (exact[0] == exact[1]) | (told == 0)
    return np.where(few, low, ends[0]), np.where(few, high, ends[1])
