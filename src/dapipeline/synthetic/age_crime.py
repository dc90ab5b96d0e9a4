"""The age-crime curve: offending rises from ten to twenty and falls with each year after."""

from __future__ import annotations

import numpy as np

FIRST_AGE, PEAK_AGE = 10, 20  # assumed: where offending starts and peaks; the shape is that of recorded crime
_RISE = (PEAK_AGE - FIRST_AGE) / 2  # offending up to the peak, in years at the peak's rate


def offended_by(age: np.ndarray, decline: np.ndarray) -> np.ndarray:
    """Give the offending done by an age, in years at the peak's rate.

    Parameters
    ----------
    age : ndarray of float
        Years.
    decline : ndarray of float
        Fall of the log rate a year after the peak; 0 is flat.
    """
    after = np.maximum(age - PEAK_AGE, 0)
    fallen = -np.expm1(-decline * after) / np.where(decline > 0, decline, 1)
    rising = _RISE * (np.clip(age - FIRST_AGE, 0, 2 * _RISE) / (2 * _RISE)) ** 2
    return rising + np.where(decline > 0, fallen, after)


def age_when(offended: np.ndarray, decline: np.ndarray) -> np.ndarray:
    """Give the age by which so much offending is done: the inverse of `offended_by`."""
    rising = FIRST_AGE + 2 * _RISE * np.sqrt(np.clip(offended / _RISE, 0, 1))
    after = np.maximum(offended - _RISE, 0)
    fallen = -np.log1p(-np.minimum(decline * after, 1 - 1e-12)) / np.where(decline > 0, decline, 1)
    return np.where(offended < _RISE, rising, PEAK_AGE + np.where(decline > 0, fallen, after))
