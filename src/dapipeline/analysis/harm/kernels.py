"""Inner loops over sparse rows: weighted cross-products, leverage, resamples, deals. Each sums in a fixed order."""

from __future__ import annotations

import numpy as np
from numba import prange

from dapipeline.analysis.random_numbers import begun, below, below_too, following
from dapipeline.kmedoids.compiled import compiled

BLOCK = 64  # columns that a thread deals with at a time


@compiled()
def weighted_products(
    starts: np.ndarray, columns: np.ndarray, values: np.ndarray, weights: np.ndarray, size: int
) -> np.ndarray:
    """Add up the weighted cross-products of the columns of a sparse matrix.

    Parameters
    ----------
    starts, columns, values : ndarray
        Of the matrix, by rows: indptr, indices and data of SciPy's csr_array, the columns of a row ascending.
    weights : ndarray of float, shape (n_rows,)
    size : int
        Number of columns.

    Returns
    -------
    ndarray of shape (size, size)
    """
    products = np.zeros((size, size))
    for row in range(len(weights)):
        for at in range(starts[row], starts[row + 1]):
            part = weights[row] * values[at]
            line = products[columns[at]]
            for other in range(starts[row], at + 1):
                line[columns[other]] += part * values[other]
    for row in range(size):
        for column in range(row):
            products[column, row] = products[row, column]
    return products


@compiled()
def quadratic_forms(starts: np.ndarray, columns: np.ndarray, values: np.ndarray, square: np.ndarray) -> np.ndarray:
    """Compute x' S x for each row x of a sparse matrix.

    Parameters
    ----------
    starts, columns, values : ndarray
        As for `weighted_products`.
    square : ndarray of shape (n_columns, n_columns)
        S, symmetric.

    Returns
    -------
    ndarray of float, shape (n_rows,)
    """
    forms = np.zeros(len(starts) - 1)
    for row in range(len(forms)):
        for at in range(starts[row], starts[row + 1]):
            line = square[columns[at]]
            forms[row] += values[at] ** 2 * line[columns[at]]
            for other in range(starts[row], at):
                forms[row] += 2 * values[at] * values[other] * line[columns[other]]
    return forms


@compiled(parallel=True)
def furthest(
    starts: np.ndarray, columns: np.ndarray, values: np.ndarray, weights: np.ndarray, own: np.ndarray, number: int
) -> tuple[np.ndarray, np.ndarray]:
    """Find for each of some columns the rows without it whose weighted sum is furthest from 0.

    Parameters
    ----------
    starts, columns, values : ndarray
        Of a sparse matrix, as for `weighted_products`.
    weights : ndarray of float, shape (n_columns, n_asked)
        Of each column in the sum of each column asked for.
    own : ndarray of int, shape (n_columns,)
        The place of each column among those asked for; -1 for one that is not.
    number : int
        How many rows are wanted.

    Returns
    -------
    rows : ndarray of int, shape (n_asked, number)
        -1 where there are not as many with a sum other than 0; of equal ones the first row is taken.
    sums : ndarray of float, shape (n_asked, number)
    """
    asked = weights.shape[1]
    rows = np.full((asked, number), -1, dtype=np.int64)
    sums = np.zeros((asked, number))
    for block in prange((asked + BLOCK - 1) // BLOCK):
        first, last = block * BLOCK, min(block * BLOCK + BLOCK, asked)
        wide, part = np.ascontiguousarray(weights[:, first:last]), np.empty(last - first)
        least, place = np.zeros(last - first), np.zeros(last - first, dtype=np.int64)  # the one to give way, and where
        for row in range(len(starts) - 1):
            part[:] = 0.0
            for at in range(starts[row], starts[row + 1]):
                part += values[at] * wide[columns[at]]
            for at in range(starts[row], starts[row + 1]):
                if first <= own[columns[at]] < last:
                    part[own[columns[at]] - first] = 0.0
            for one in range(last - first):
                if abs(part[one]) > least[one]:
                    taken = sums[first + one]
                    rows[first + one, place[one]], taken[place[one]] = row, part[one]
                    place[one] = np.argmin(np.abs(taken))
                    least[one] = abs(taken[place[one]])
    return rows, sums


@compiled(parallel=True)
def resampled_sums(values: np.ndarray, resamples: int, seed: int) -> np.ndarray:
    """Add up resamples of some rows, drawn with replacement and as many as there are.

    Parameters
    ----------
    values : ndarray of float, shape (n, n_values)
    resamples, seed : int

    Returns
    -------
    ndarray of float, shape (resamples, n_values)
        The same with any number of threads.
    """
    n, width = values.shape
    sums = np.zeros((resamples, width))
    for resample in prange(resamples):
        state = begun(seed, resample)
        for drawn in range(0, n, 2):  # two rows of each number
            state = following(state)
            row, other = below(state, n), below_too(state, n)
            if drawn + 1 == n:
                sums[resample] += values[row]
            else:
                for at in range(width):
                    sums[resample, at] += values[row, at] + values[other, at]
    return sums


@compiled(parallel=True)
def dealt(people: int, most: int, deals: int, seed: int) -> np.ndarray:
    """Deal out people at random, nobody twice in a deal.

    Parameters
    ----------
    people, most : int
        How many there are, and how many of them are dealt each time.
    deals, seed : int

    Returns
    -------
    ndarray of int32, shape (deals, most)
        In the order of dealing, so that the first few of a deal are a deal of fewer. The same with any number of
        threads.
    """
    found = np.empty((deals, most), dtype=np.int32)
    for deal in prange(deals):
        state = begun(seed, deal)
        moved = np.arange(people) if people < 4 * most else np.empty(0, dtype=np.int64)
        met = np.zeros(people if people >= 4 * most else 0, dtype=np.bool_)
        for at in range(most):
            state = following(state)
            if len(moved):  # of few people: shuffle
                other = at + below(state, people - at)
                moved[at], moved[other] = moved[other], moved[at]
                found[deal, at] = moved[at]
            else:  # of many: draw again who was drawn before
                person = below(state, people)
                while met[person]:
                    state = following(state)
                    person = below(state, people)
                met[person] = True
                found[deal, at] = person
    return found
