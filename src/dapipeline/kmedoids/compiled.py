"""Numba's compiler for the inner loops (kernels); the machine code is kept on disk where that is possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Return a decorator that compiles a function when it is first called, and keeps the code for later runs.

    Parameters
    ----------
    **options
        Passed on to `numba.njit`.

    Returns
    -------
    callable
        Takes a function and returns it compiled.
    """

    def decorate(function: Callable[..., Any]) -> Any:
        try:
            return njit(cache=True, **options)(function)
        except RuntimeError:  # neither the folder of this package nor the user's cache can be written to
            return njit(**options)(function)

    return decorate
