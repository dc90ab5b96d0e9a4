"""The number of threads that k-medoids and the matrix libraries may use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numba
from threadpoolctl import threadpool_limits


@contextmanager
def threads_limited(most: int | None) -> Iterator[None]:
    """Limit the threads of k-medoids and of matrix products inside a `with` block; results do not depend on it.

    Parameters
    ----------
    most : int or None
        The limit. With None the libraries use all processor cores.

    Yields
    ------
    None
    """
    if most is None:
        yield
        return
    before = numba.get_num_threads()
    numba.set_num_threads(min(most, before))
    try:
        with threadpool_limits(most):
            yield
    finally:
        numba.set_num_threads(before)


@contextmanager
def matrices_in_one_thread() -> Iterator[None]:
    """Keep the matrix libraries to one thread inside a `with` block: with several, last bits depend on how many.

    Yields
    ------
    None
    """
    with threadpool_limits(1):
        yield
