"""The colours of figures and of the page, each said once; those of groups A to E stand in `reference/codes.py`."""

from __future__ import annotations

from dapipeline.reference import codes

INK, QUIET, LINE = "#1d2733", "#55616f", "#c9d0d8"
DA, OTHER = "#8a1c5a", "#3f6285"
GROUPS = {letter: group.colour for letter, group in codes.GROUPS.items()}

# What the style sheet of the page calls each colour: its value on light paper, and on dark.
PAPER = {
    "ink": (INK, "#e6ebf0"),
    "quiet": (QUIET, "#a7b3c0"),
    "line": (LINE, "#3d4a58"),
    "paper": ("#ffffff", "#12181f"),
    "wash": ("#f4f6f8", "#1b242e"),
    "wash-2": ("#e9edf1", "#26313d"),
    "head": (INK, "#0b1016"),
    "link": ("#7a1750", "#f0a3cd"),
    "focus": ("#b86e00", "#ffc65c"),
    "warn": ("#b5470b", "#f0a35e"),
    "warn-edge": ("#e2b98d", "#6b4522"),
    "warn-wash": ("#fdf6ee", "#2a2018"),
    "note-wash": ("#fff7d6", "#2c2813"),
    "da": (DA, "#e27bb4"),
    "da-wash": ("#fbf1f6", "#2a1622"),
    "da-edge": ("#d9a8c2", "#7d3a5f"),
    "other": (OTHER, "#85aed6"),
    "other-wash": ("#f3f6f9", "#1a242f"),
    "other-edge": ("#b9c6d3", "#41566b"),
    "gA": (GROUPS["A"], "#e27bb4"),
    "gB": (GROUPS["B"], "#f0a35e"),
    "gC": (GROUPS["C"], "#85aed6"),
    "gD": (GROUPS["D"], "#62c3a8"),
    "gE": (GROUPS["E"], "#b7a1ea"),
    "on-fill": ("#ffffff", "#12181f"),  # words on a filled mark
}
# Colours of figures to what the page calls them; two share a value, and so share a name.
NAMES = {light: name for name, (light, _) in reversed(PAPER.items()) if light != "#ffffff"} | {INK: "ink"}
