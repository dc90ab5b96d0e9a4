"""Numba's compiler for the kernels: their machine code is kept on disk where it can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Return a decorator that compiles a kernel when it is first called, and keeps the code for later runs.

    Parameters
    ----------
    **options
        Of `numba.njit`.
    """

    def decorate(function: Callable[..., Any]) -> Any:
        try:
            return njit(cache=True, **options)(function)
        except RuntimeError:  # nowhere to write: neither the package's folder nor the user's
            return njit(**options)(function)

    return decorate
