"""How many threads the compiled kernels and the matrix libraries may use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numba
from threadpoolctl import threadpool_limits


@contextmanager
def threads_limited(most: int | None) -> Iterator[None]:
    """Keep k-medoids and matrix products to a number of threads; results do not depend on it.

    Parameters
    ----------
    most : int or None
        None leaves it to the libraries, which use all there are.
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
