"""Inner loops over sparse rows: weighted cross-products, leverage, sums of resamples. Each sums in a fixed order."""

from __future__ import annotations

import numpy as np
from numba import prange

from dapipeline.kmedoids.compiled import compiled


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
        state = _begun(seed, resample)
        for _ in range(n):
            state = _next(state)
            row = _below(state, n)
            for at in range(width):
                sums[resample, at] += values[row, at]
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
        state = _begun(seed, deal)
        moved = np.arange(people) if people < 4 * most else np.empty(0, dtype=np.int64)
        met = np.zeros(people if people >= 4 * most else 0, dtype=np.bool_)
        for at in range(most):
            state = _next(state)
            if len(moved):  # of few people: shuffle
                other = at + _below(state, people - at)
                moved[at], moved[other] = moved[other], moved[at]
                found[deal, at] = moved[at]
            else:  # of many: draw again who was drawn before
                person = _below(state, people)
                while met[person]:
                    state = _next(state)
                    person = _below(state, people)
                met[person] = True
                found[deal, at] = person
    return found


# The generator xorshift64* (Vigna 2016, "An experimental exploration of Marsaglia's xorshift generators, scrambled"): a
# state for each resample, so that threads share nothing.
@compiled()
def _begun(seed: int, number: int) -> np.uint64:
    state = np.uint64(seed + 1) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(number + 1) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31)) | np.uint64(1)


@compiled()
def _next(state: np.uint64) -> np.uint64:
    state ^= state >> np.uint64(12)
    state ^= state << np.uint64(25)
    return state ^ (state >> np.uint64(27))


@compiled()
def _below(state: np.uint64, most: int) -> int:
    high = (state * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(32)
    return np.int64((high * np.uint64(most)) >> np.uint64(32))  # type: ignore[return-value]
