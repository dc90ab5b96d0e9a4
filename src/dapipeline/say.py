"""The callback by which a long step reports its progress."""

from __future__ import annotations

from typing import Protocol


class Say(Protocol):
    """A callback for progress: what is being done and, where known, the share of it that is done, from 0 to 1."""

    def __call__(self, text: str, share: float | None = None) -> None:
        """Report progress."""


def silent(text: str, share: float | None = None) -> None:
    """Report nothing; the default of functions that take a callback.

    Parameters
    ----------
    text : str
        What is being done.
    share : float, optional
        How much of it is done, from 0 to 1.
    """
