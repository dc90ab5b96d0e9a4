"""Invented extracts in the layouts of published police data, and the truth of what each column means."""

from __future__ import annotations

from .austin import AUSTIN
from .chicago import CHICAGO
from .cincinnati import CINCINNATI
from .investigations import INVESTIGATIONS
from .layout import LATER, MARKERS, File, Layout, blind
from .linked import LINKED, Linked
from .los_angeles import LOS_ANGELES
from .new_orleans import NEW_ORLEANS
from .new_york import NEW_YORK
from .nibrs import NIBRS
from .occurrences import OCCURRENCES
from .seattle import SEATTLE
from .united_kingdom import STOPS, STREET
from .workbook import WORKBOOK

__all__ = ["LATER", "LAYOUTS", "LINKED", "MARKERS", "PUBLISHED", "File", "Layout", "Linked", "blind"]

_published = (STREET, STOPS, NIBRS, CHICAGO, LOS_ANGELES, NEW_YORK, SEATTLE, NEW_ORLEANS, AUSTIN, CINCINNATI)

PUBLISHED = frozenset(layout.name for layout in _published)
LAYOUTS: tuple[Layout, ...] = (*_published, OCCURRENCES, INVESTIGATIONS, WORKBOOK)
