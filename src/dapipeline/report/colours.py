"""The colours of figures and of the page, each said once; those of groups A to E stand in `reference/codes.py`."""

from __future__ import annotations

from dapipeline.reference import codes

INK, QUIET, LINE = "#1d2733", "#55616f", "#c9d0d8"
DA, OTHER = "#8a1c5a", "#3f6285"
GROUPS = {letter: group.colour for letter, group in codes.GROUPS.items()}
# What the style sheet of the page calls them; tints of `DA` fill and frame the boxes of a timeline.
ON_PAGE = {
    "ink": INK,
    "quiet": QUIET,
    "da": DA,
    "da-wash": "#fbf1f6",
    "da-edge": "#d9a8c2",
    "other": OTHER,
    **{f"g{letter}": colour for letter, colour in GROUPS.items()},
}
