"""Layouts by another hand, kept from the program until it was done; and files that mean ill."""

from __future__ import annotations

from .american import AMERICAN
from .forces import FORCES

__all__ = ["HELD_OUT"]

HELD_OUT = (*AMERICAN, *FORCES)
