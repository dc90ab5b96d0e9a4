"""A regression for a total of which most is nothing and some is huge: Tweedie, log link, by Newton's method.

Between a power of 1 and 2 a Tweedie variable is the sum of a random number of random amounts, as severity is of
incidents (Jorgensen 1997, "The Theory of Dispersion Models"). A coefficient is a difference of logarithms. Errors are
of the sandwich kind (HC0), which does not rely on the power being right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve

from dapipeline.analysis.harm.least_squares import products_of

POWER = 1.5  # of the mean to which the variance is proportional; half way between counts (1) and amounts (2)
MOST_STEPS = 50
MOST_HALVINGS = 30
SMALL = 1e-9  # the last step, relative to the largest coefficient
LITTLE = 1e-10  # of the largest information, added to each where some is nothing
ENDLESS = 20  # a mean that is this many logarithms from that of everybody else is nothing


@dataclass(frozen=True)
class TweedieFit:
    """A fit.

    Attributes
    ----------
    coefficients, errors : ndarray of shape (n_columns,)
        In logarithms of the mean; missing where a coefficient has no end, because nobody who has the predictor has any
        outcome that the other predictors do not account for.
    """

    coefficients: np.ndarray
    errors: np.ndarray


def tweedie(predictors: sparse.csr_array, outcome: np.ndarray) -> TweedieFit:
    """Fit a Tweedie regression with a log link.

    Parameters
    ----------
    predictors : scipy.sparse.csr_array of shape (n_people, n_columns)
        None of them made of the others; the first is constant. Whoever has a predictor must include somebody whose
        outcome is above 0.
    outcome : ndarray of shape (n_people,)
        0 or more, and not 0 for all.

    Returns
    -------
    TweedieFit
    """
    across = predictors.T
    size = np.sqrt(np.asarray(predictors.multiply(predictors).sum(axis=0)).ravel())
    coefficients = np.zeros(predictors.shape[1])
    coefficients[0] = np.log(outcome.mean())
    score, curvature, loss = _look(predictors, outcome, coefficients)
    for _ in range(MOST_STEPS):
        factor = _factor(products_of(predictors, curvature) / np.outer(size, size))
        step = cho_solve(factor, (across @ score) / size) / size
        if np.max(np.abs(step)) <= SMALL * np.max(np.abs(coefficients)):
            break
        for _ in range(MOST_HALVINGS):  # of a step that makes the fit worse
            score, curvature, tried = _look(predictors, outcome, coefficients + step)
            if tried <= loss:
                break
            step = step / 2
        coefficients, loss = coefficients + step, tried
    inverse = cho_solve(factor, np.eye(len(size))) / np.outer(size, size)
    meat = products_of(predictors, score**2)
    variances = np.einsum("ij,jk,ik->i", inverse, meat, inverse, optimize=True)
    finite = np.abs(coefficients) < ENDLESS
    errors = np.sqrt(np.maximum(variances, 0))
    return TweedieFit(np.where(finite, coefficients, np.nan), np.where(finite, errors, np.nan))


def _factor(information: np.ndarray) -> tuple[np.ndarray, bool]:
    """Factor the information; where coefficients without end leave nothing to know of them, with a little added."""
    try:
        return cho_factor(information, lower=True)
    except np.linalg.LinAlgError:
        added = LITTLE * np.diag(information).max() * np.eye(len(information))
        return cho_factor(information + added, lower=True)


def _look(
    predictors: sparse.csr_array, outcome: np.ndarray, coefficients: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    """Return each person's part of the score and of the curvature, and the loss: half the deviance and a constant."""
    mean = np.exp(np.clip(predictors @ coefficients, -100, 100))
    expected, observed = mean ** (2 - POWER), outcome * mean ** (1 - POWER)
    loss = float(np.sum(expected / (2 - POWER) + observed / (POWER - 1)))
    return observed - expected, (2 - POWER) * expected + (POWER - 1) * observed, loss
