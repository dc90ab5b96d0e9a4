"""The inner loop of the bootstrap over people: survival of many groups at a few days."""

from __future__ import annotations

import numpy as np
from numba import prange

from dapipeline.analysis.random_numbers import begun, below, following
from dapipeline.kmedoids.compiled import compiled


@compiled(parallel=True)
def resampled_survival(
    person: np.ndarray, groups: np.ndarray, day: np.ndarray, again: np.ndarray, people: int, number: int,
    within: np.ndarray, resamples: int, seed: int,
) -> np.ndarray:  # fmt: skip
    """Estimate survival (Kaplan and Meier) in resamples of people, each with all of their incidents.

    Parameters
    ----------
    person : ndarray of int, shape (n_rows,)
        Who the time is of, from 0 to `people` less 1.
    groups : ndarray of int, shape (n_rows, n_dimensions)
        The group in each dimension; every group has a number of its own, from 0 to `number` less 1.
    day : ndarray of int, shape (n_rows,)
        From 1 on; 0 for who is not followed for a day.
    again : ndarray of bool, shape (n_rows,)
        Whether the event came on that day; else it is the last day followed.
    people, number : int
    within : ndarray of int
        Days, ascending.
    resamples, seed : int

    Returns
    -------
    ndarray of float, shape (resamples, number, n_within)
        The share without an event on any day until then. The same with any number of threads.
    """
    last = within[-1]
    found = np.ones((resamples, number, len(within)))
    for resample in prange(resamples):
        state = begun(seed, resample)
        times = np.zeros(people)
        for _ in range(people):
            state = following(state)
            times[below(state, people)] += 1.0
        left, events = np.zeros((number, last + 2)), np.zeros((number, last + 2))
        for row in range(len(person)):
            weight = times[person[row]]
            if weight > 0:
                at = min(day[row], last + 1)
                for dimension in range(groups.shape[1]):
                    group = groups[row, dimension]
                    left[group, at] += weight
                    if again[row]:
                        events[group, at] += weight
        for group in range(number):
            at_risk, survival, asked = left[group, 1:].sum(), 1.0, 0
            for at in range(1, last + 1):
                if events[group, at] > 0:
                    survival *= 1 - events[group, at] / at_risk
                at_risk -= left[group, at]
                if at == within[asked]:
                    found[resample, group, asked] = survival
                    asked += 1
    return found
