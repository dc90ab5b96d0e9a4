"""The age-crime curve: the rate of offending rises from age 10 to 20 and falls with each year after."""

from __future__ import annotations

import numpy as np

FIRST_AGE, PEAK_AGE = 10, 20  # assumed: ages at which offending starts and peaks, as in recorded crime
_RISE = (PEAK_AGE - FIRST_AGE) / 2  # offending up to the peak, in years at the peak rate


def offended_by(age: np.ndarray, decline: np.ndarray) -> np.ndarray:
    """Compute how much offending a person has done by an age: the integral of the age-crime curve.

    The rate rises linearly from `FIRST_AGE` to `PEAK_AGE` and falls exponentially after (Hirschi and Gottfredson 1983
    describe the curve; this shape is assumed).

    Parameters
    ----------
    age : ndarray of float
        In years.
    decline : ndarray of float, same shape
        Fall of the log rate per year after the peak; 0 keeps the rate at its peak.

    Returns
    -------
    ndarray of float, same shape
        In years at the peak rate.
    """
    after = np.maximum(age - PEAK_AGE, 0)
    fallen = -np.expm1(-decline * after) / np.where(decline > 0, decline, 1)
    rising = _RISE * (np.clip(age - FIRST_AGE, 0, 2 * _RISE) / (2 * _RISE)) ** 2
    return rising + np.where(decline > 0, fallen, after)


def age_when(offended: np.ndarray, decline: np.ndarray) -> np.ndarray:
    """Compute the age by which a person has done so much offending: the inverse of `offended_by`.

    Parameters
    ----------
    offended : ndarray of float
        In years at the peak rate.
    decline : ndarray of float, same shape
        As for `offended_by`.

    Returns
    -------
    ndarray of float, same shape
        In years.
    """
    rising = FIRST_AGE + 2 * _RISE * np.sqrt(np.clip(offended / _RISE, 0, 1))
    after = np.maximum(offended - _RISE, 0)
    fallen = -np.log1p(-np.minimum(decline * after, 1 - 1e-12)) / np.where(decline > 0, decline, 1)
    return np.where(offended < _RISE, rising, PEAK_AGE + np.where(decline > 0, fallen, after))
