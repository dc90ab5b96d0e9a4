"""Least squares with many predictors that are nearly all 0: normal equations, HC3 errors, who carries an estimate.

A matrix of 140,000 people by 700 types is 0.8 GB in full and 10 MB without its zeros. Everything here is a product with
the sparse matrix or works on the square of its columns. The errors are HC3 of MacKinnon and White (1985): each squared
residual is divided by (1 - leverage) squared, which allows for unequal variances and for people who pull the fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve, solve_triangular

from dapipeline.analysis.harm.kernels import quadratic_forms, weighted_products

DEPENDENT = 1e-9  # of a column's square: less than that unexplained by earlier columns is nothing
NAMED = 1e-6  # the least part of a column that is named as what another is made of
REFINEMENTS = 2  # the second correction of the coefficients is already in their last digits
ONE_PERSON = 0.999  # leverage above which HC3 divides by next to nothing
CARRIED = 0.01  # share of what is known of a coefficient that rests on such a person


@dataclass(frozen=True)
class Design:
    """Predictors, and what of least squares does not depend on the outcome.

    Attributes
    ----------
    predictors : scipy.sparse.csr_array of shape (n_people, n_columns)
        The first is constant.
    inverse : ndarray of shape (n_columns, n_columns)
        Inverse of their cross-products.
    leverage : ndarray of shape (n_people,)
        How far each person pulls the fit towards their own outcome, from 0 to 1.
    one_person : ndarray of bool, shape (n_columns,)
        Columns whose coefficient rests on one person, so that its error cannot be known.
    """

    predictors: sparse.csr_array
    inverse: np.ndarray
    leverage: np.ndarray
    one_person: np.ndarray

    def fit(self, outcome: np.ndarray) -> Fit:
        """Fit least squares.

        Parameters
        ----------
        outcome : ndarray of shape (n_people,)

        Returns
        -------
        Fit
        """
        across = self.predictors.T
        coefficients = self.inverse @ (across @ outcome)
        for _ in range(REFINEMENTS):
            coefficients += self.inverse @ (across @ (outcome - self.predictors @ coefficients))
        residuals = outcome - self.predictors @ coefficients
        spared = self.leverage < 1 - 1e-12
        left_out = np.divide(residuals, 1 - self.leverage, out=np.zeros_like(residuals), where=spared)
        meat = products_of(self.predictors, left_out**2)
        variances = np.einsum("ij,jk,ik->i", self.inverse, meat, self.inverse, optimize=True)
        return Fit(coefficients, np.sqrt(np.maximum(variances, 0)), residuals)


@dataclass(frozen=True)
class Fit:
    """A fit of least squares.

    Attributes
    ----------
    coefficients, errors : ndarray of shape (n_columns,)
        The errors are HC3.
    residuals : ndarray of shape (n_people,)
    """

    coefficients: np.ndarray
    errors: np.ndarray
    residuals: np.ndarray


def design_of(predictors: sparse.csr_array) -> Design:
    """Prepare predictors, none of which can be made of the others.

    Parameters
    ----------
    predictors : scipy.sparse.csr_array of shape (n_people, n_columns)

    Returns
    -------
    Design
    """
    products = products_of(predictors)
    size = np.sqrt(np.diag(products))
    factor = cho_factor(products / np.outer(size, size), lower=True)
    inverse = cho_solve(factor, np.eye(len(size))) / np.outer(size, size)
    leverage = quadratic_forms(predictors.indptr, predictors.indices, predictors.data, inverse)
    one_person = np.zeros(len(size), dtype=bool)
    for person in np.flatnonzero(leverage > ONE_PERSON):
        pull = inverse @ predictors[[person]].toarray()[0]
        one_person |= pull**2 > CARRIED * np.diag(inverse)
    return Design(predictors, inverse, leverage, one_person)


def products_of(predictors: sparse.csr_array, weights: np.ndarray | None = None) -> np.ndarray:
    """Compute the cross-products of predictors, weighted by person.

    Parameters
    ----------
    predictors : scipy.sparse.csr_array of shape (n_people, n_columns)
        Its columns are put in order in every row, if they are not.
    weights : ndarray of shape (n_people,), optional
        1 for each by default.

    Returns
    -------
    ndarray of shape (n_columns, n_columns)
    """
    predictors.sort_indices()
    n_people, n_columns = predictors.shape
    weights = np.ones(n_people) if weights is None else weights
    return weighted_products(predictors.indptr, predictors.indices, predictors.data, weights, n_columns)


def dependent_columns(products: np.ndarray) -> dict[int, list[int]]:
    """Find columns that can be made of earlier ones.

    Parameters
    ----------
    products : ndarray of shape (n_columns, n_columns)
        Cross-products of the columns, of which none is nothing but zeros.

    Returns
    -------
    dict of int to list of int
        Each such column to the earlier columns that it is made of.
    """
    kept: list[int] = []
    found: dict[int, list[int]] = {}
    triangle = np.zeros(products.shape)
    for column, own in enumerate(np.diag(products)):
        n = len(kept)
        part = solve_triangular(triangle[:n, :n], products[kept, column], lower=True) if n else np.empty(0)
        left = own - part @ part
        if left <= DEPENDENT * own:
            made_of = solve_triangular(triangle[:n, :n], part, lower=True, trans="T")
            found[column] = [kept[at] for at in np.flatnonzero(np.abs(made_of) > NAMED)]
        else:
            triangle[n, :n], triangle[n, n] = part, np.sqrt(left)
            kept.append(column)
    return found
