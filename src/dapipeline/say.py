"""How a long step tells how far it is."""

from __future__ import annotations

from typing import Protocol


class Say(Protocol):
    """Told what is being done and, where it can be told, the share of it that is done, from 0 to 1."""

    def __call__(self, text: str, share: float | None = None) -> None:
        """Say it."""


def silent(text: str, share: float | None = None) -> None:
    """Say nothing."""
