"""Invented extracts in the layouts of published police data, and the truth of what each column means."""

from __future__ import annotations

from .layout import LATER, MARKERS, File, Layout, blind
from .united_kingdom import STOPS, STREET
from .united_states import CHICAGO, LOS_ANGELES, NEW_YORK, NIBRS

__all__ = ["LATER", "LAYOUTS", "MARKERS", "PUBLISHED", "File", "Layout", "blind"]

LAYOUTS: tuple[Layout, ...] = (STREET, STOPS, NIBRS, CHICAGO, LOS_ANGELES, NEW_YORK)
PUBLISHED = frozenset(layout.name for layout in LAYOUTS)
