"""Invented extracts in the layouts of published police data, and the truth of what each column means."""

from __future__ import annotations

from .layout import LATER, MARKERS, File, Layout, blind
from .linked import LINKED, Linked
from .record_systems import ATHENA, CONNECT, NICHE
from .united_kingdom import STOPS, STREET
from .united_states import CHICAGO, LOS_ANGELES, NEW_YORK, NIBRS
from .united_states_cities import AUSTIN, CINCINNATI, NEW_ORLEANS, SEATTLE

__all__ = ["LATER", "LAYOUTS", "LINKED", "MARKERS", "PUBLISHED", "File", "Layout", "Linked", "blind"]

_published = (STREET, STOPS, NIBRS, CHICAGO, LOS_ANGELES, NEW_YORK, SEATTLE, NEW_ORLEANS, AUSTIN, CINCINNATI)

PUBLISHED = frozenset(layout.name for layout in _published)
LAYOUTS: tuple[Layout, ...] = (*_published, NICHE, ATHENA, CONNECT)
