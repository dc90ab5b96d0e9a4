"""The strip of a timeline: every incident over the person's own years, in three lanes.

Written as SVG by hand: it is dots and lines, and there is one for every person shown. It has no view box: places across
are percentages and everything else is in pixels, so that marks and words are as large on a telephone as on a desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import escape

from dapipeline.report.colours import DA, INK, LINE, OTHER, QUIET
from dapipeline.report.timeline.incidents import Incident
from dapipeline.report.timeline.people import Known, known_people
from dapipeline.report.words import several

LEFT, ACROSS = 16.0, 82.0  # per cent: where the years begin, and how wide they are
ROWS = 12  # people with a row of their own; further ones share the last
NAMED_YEARS = 9  # years that have room for their number on a telephone
HEADING = 18  # pixels
TWO_LINES = 32  # pixels of a row whose label has two
SMALL, LARGE, MOST = 6.4, 3.6, 3.2  # radius of severity 0, what is added for much, and the logarithm of much


@dataclass(frozen=True)
class Lane:
    """One of the three lanes: its heading, its colour, and how near marks may stand and how they are stacked."""

    heading: str
    colour: str
    near: float  # per cent
    step: int  # pixels between levels
    levels: int
    base: int  # pixels of a row with one level


ABUSE = Lane("Domestic abuse", DA, near=1.7, step=14, levels=3, base=24)
ASIDE = Lane("Other", OTHER, near=0.9, step=8, levels=8, base=15)
SUFFERED = Lane("As victim", INK, near=1.7, step=14, levels=3, base=24)


def strip_figure(incidents: Sequence[Incident], whose: str) -> str:
    """Draw the strip.

    Parameters
    ----------
    incidents : sequence of Incident
        In order.
    whose : str
        Whose record it is, for those who cannot see it.

    Returns
    -------
    str
        An svg element. Marks stand at the month, so that no day can be read off.
    """
    first = incidents[0].year
    last = max((incident.until or incident.month) // 12 for incident in incidents)
    lanes = (
        (ABUSE, [i for i in incidents if i.suspect and i.da]),
        (ASIDE, [i for i in incidents if i.suspect and not i.da]),
        (SUFFERED, [i for i in incidents if not i.suspect]),
    )
    scale = _Scale(first, last - first + 1)
    parts, top = [], 0
    for lane, own in lanes:
        drawn, height = _lane(lane, own, scale, top)
        parts.append(drawn)
        top += height
    numbers = [len(own) for _, own in lanes]
    label = (
        f"{whose}, by month from {first} to {last}: {several(numbers[0], 'incident')} of domestic abuse, {numbers[1]} "
        f"other, {numbers[2]} as victim. The list below has every one."
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{top + 16}" role="img" aria-label="{label}"'
    return f'{head} font-size="12" font-family="sans-serif">\n{_years(scale, top)}{"".join(parts)}</svg>\n'


@dataclass(frozen=True)
class _Scale:
    first: int
    years: int

    def at(self, month: float) -> float:
        """Return where a month stands, in per cent of the width."""
        return round(LEFT + ACROSS * (month / 12 - self.first) / self.years, 1)


def _years(scale: _Scale, height: int) -> str:
    """Draw a line at the start of each year, and its number in the middle."""
    starts = [scale.at(12 * (scale.first + n)) for n in range(scale.years + 1)]
    lines = "".join(f'<line x1="{x}%" x2="{x}%" y2="{height}"/>' for x in starts)
    every = 1 + (scale.years - 1) // NAMED_YEARS
    numbers = "".join(
        f'<text x="{scale.at(12 * year + 6)}%" y="{height + 13}"{_wide(n % every)}>{year}</text>'
        for n, year in enumerate(range(scale.first, scale.first + scale.years))
        if scale.years <= 2 * NAMED_YEARS or not n % every
    )
    return f'<g stroke="{LINE}">{lines}</g>\n<g fill="{QUIET}" text-anchor="middle" font-size="11">{numbers}</g>\n'


def _wide(only: int | bool) -> str:
    return ' class="wide"' if only else ""


def _lane(lane: Lane, incidents: Sequence[Incident], scale: _Scale, top: int) -> tuple[str, int]:
    """Draw a lane; return it and its height in pixels."""
    heading = f"{lane.heading}: {len(incidents) or 'none'}"
    parts = [f'<text y="{top + 13}" font-weight="bold" fill="{lane.colour}">{heading}</text>']
    marks, height = _Marks(lane), HEADING
    places: dict[
        int, list[tuple[float, float]]
    ] = {}  # incident to its marks, to be joined where it has several victims
    rows = list(_rows(lane, incidents))
    for label, relations, kind, row in rows:
        levels = _levels([scale.at(i.month + 0.5) for _, i in row], lane)
        tall = max(lane.base + lane.step * max(levels, default=0), TWO_LINES if len(relations) > 1 else 0)
        bottom = top + height + tall
        if label != rows[-1][0]:
            parts.append(f'<line x2="100%" y1="{bottom}" y2="{bottom}" stroke="{LINE}" stroke-dasharray="1 3"/>')
        if label:
            parts.append(_label(label, relations, bottom - lane.base // 2 + 4))
        for (at, incident), level in zip(row, levels, strict=True):
            x, y = scale.at(incident.month + 0.5), bottom - lane.base / 2 - lane.step * level
            marks.add(incident, kind, x, y, scale.at(incident.until + 0.5) if incident.until else None)
            places.setdefault(at, []).append((x, y))
        height += tall
    ties = "".join(
        f'<line x1="{spots[0][0]}%" x2="{spots[-1][0]}%" y1="{spots[0][1]:g}" y2="{spots[-1][1]:g}"/>'
        for spots in places.values()
        if len(spots) > 1
    )
    edge = f'<line x2="100%" y1="{top + height + 1}" y2="{top + height + 1}" stroke="{QUIET}"/>'
    return "".join([*parts, marks.drawn(ties), edge, "\n"]), height + 2


def _label(label: str, relations: Sequence[str], y: int) -> str:
    """Write who a row is of: V1 partner, and below it what they were then; both in the middle of the row."""
    lines = "".join(
        f'<tspan class="wide" x="0" dy="13">then {escape(relation)}</tspan>' if n else
        f'<tspan class="wide"> {escape(relation)}{"," if len(relations) > 1 else ""}</tspan>'
        for n, relation in enumerate(relations)
    )  # fmt: skip
    return f'<text y="{y - 8 * (len(relations) > 1)}" fill="{INK}">{label}{lines}</text>'


def _rows(
    lane: Lane, incidents: Sequence[Incident]
) -> Iterable[tuple[str, list[str], str, list[tuple[int, Incident]]]]:
    """Divide a lane into rows: label, relations, kind, and incidents with their numbers; one per person of abuse."""
    every = list(enumerate(incidents))
    if lane is ASIDE:
        if every:
            yield "", [], "neither", every
        return
    people = known_people(incidents)
    alone = people if len(people) <= ROWS else people[: ROWS - 1]
    for person in alone:
        yield person.label, _relations(person), person.kind, [pair for pair in every if _is_with(pair[1], [person])]
    if more := people[len(alone) :]:
        yield f"{more[0].label}+", [], "several", [pair for pair in every if _is_with(pair[1], more)]
    if rest := [pair for pair in every if not (pair[1].da and any(person.label for person in pair[1].people))]:
        yield "–", ["others" if lane is SUFFERED else "not identified"], "several", rest


def _relations(person: Known) -> list[str]:
    return person.relation.replace(" and others", " …").split(", later ") if person.relation else []


def _is_with(incident: Incident, people: Sequence[Known]) -> bool:
    return incident.da and any(met.label == person.label for met in incident.people for person in people)


def _levels(places: Sequence[float], lane: Lane) -> list[int]:
    """Put marks that would touch on different levels, the lowest that is free; where none is, on the emptiest."""
    ends = [-1e9] * lane.levels
    found = []
    for x in places:
        level = next((n for n, end in enumerate(ends) if x - end >= lane.near), int(np.argmin(ends)))
        ends[level] = x
        found.append(level)
    return found


class _Marks:
    """The marks of a lane, gathered by how they are painted."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.spans: list[str] = []
        self.full: list[str] = []
        self.hollow: list[str] = []
        self.on_full: list[str] = []
        self.on_hollow: list[str] = []

    def add(self, incident: Incident, kind: str, x: float, y: float, until: float | None) -> None:
        """Add an incident: round for partners, square for family, a bar for others; hollow if it is no crime.

        What is no domestic abuse is slanted.
        """
        if until is not None:
            self.spans.append(f'<line x1="{x}%" x2="{until}%" y1="{y:g}" y2="{y:g}"/>')
        if kind == "several":
            kinds = {person.kind for person in incident.people}
            kind = next(iter(kinds)) if len(kinds) == 1 else "neither"
        graded = incident.grade in ("medium", "high")
        grown = min(1.0, float(np.log10(1 + incident.severity)) / MOST)
        shapes = self.full if incident.crime else self.hollow
        if self.lane is ASIDE:
            shapes.append(_rect(x, y, 5, round(7.5 + 3.5 * grown, 1), slanted=True))
            return
        radius = round(SMALL + LARGE * grown, 1)
        if kind == "intimate":
            shapes.append(f'<circle cx="{x}%" cy="{y:g}" r="{radius:g}"/>')
        elif kind == "family":
            shapes.append(_rect(x, y, 1.8 * radius, 1.8 * radius))
        else:
            shapes.append(_rect(x, y, 10 if graded else 6, 2.2 * radius))  # room for a letter
        if graded:
            letters = self.on_full if incident.crime else self.on_hollow
            letters.append(f'<text x="{x}%" y="{y + 3.6:g}">{incident.grade[0].upper()}</text>')

    def drawn(self, ties: str) -> str:
        """Return the groups of marks, those beneath first."""
        colour = self.lane.colour
        letters = 'font-size="10" font-weight="bold" text-anchor="middle"'
        groups = [
            (f'stroke="{colour}" stroke-width="2" stroke-dasharray="2 2"', "".join(self.spans)),
            (f'stroke="{colour}"', ties),
            (f'class="full" fill="{colour}" stroke="#fff"', "".join(self.full)),
            (f'class="hollow" fill="#fff" stroke="{colour}" stroke-width="1.3"', "".join(self.hollow)),
            (f'class="on" fill="#fff" {letters}', "".join(self.on_full)),
            (f'fill="{colour}" {letters}', "".join(self.on_hollow)),
        ]
        return "".join(f"<g {how}>{what}</g>" for how, what in groups if what)


def _rect(x: float, y: float, width: float, height: float, *, slanted: bool = False) -> str:
    """Draw a rectangle round a point; a percentage cannot be subtracted from, so that it is moved by half its width.

    Slanting moves what is at y by the tangent of the angle, here a half, times y: it is moved back by as much.
    """
    back, slant = (y / 2, " skewX(-26.57)") if slanted else (0.0, "")
    moved = f' transform="translate({back - width / 2:.4g}){slant}"'
    return f'<rect x="{x}%" y="{y - height / 2:.4g}" width="{width:.3g}" height="{height:.3g}"{moved}/>'
