"""The cohort as hexagons: what of it may be shown, and how it is drawn.

Written as SVG by hand: it is hexagons and words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from dapipeline.analysis.hexagons import VOLUME, tall
from dapipeline.report.colours import INK, LINE, OTHER, QUIET
from dapipeline.report.reported import ReportedTypology
from dapipeline.report.suppression import all_enough, enough_in_each
from dapipeline.report.words import count, number, several

WIDTH, DEEPEST, LEFT, BELOW, ABOVE = 662, 430, 44, 40, 26  # points
EDGES = (25, 100, 500, 2_000, 10_000, 50_000, 250_000)  # where bands of people may begin
SHADES = (0.08, 0.2, 0.32, 0.44, 0.56)  # how dense a band is; words on the densest can still be read
LETTER = 5.0  # points that a letter is wide
PLACES = ((7, 3.2, "start"), (-7, 3.2, "end"), (0, -8, "middle"), (0, 14, "middle"))  # of a name beside its mark


@dataclass(frozen=True)
class Axes:
    """What the sides of a figure say.

    Attributes
    ----------
    across, up : str
        What is counted.
    ticks_across, ticks_up : mapping of float to str
        Place to what stands there.
    lines_across, lines_up : tuple of float
        Where dashed lines stand.
    each : str
        What the people of a hexagon have, with places for the means {across} and {up}.
    corners : mapping of str to str
        Corner ("top left" and so on) to the words in it.
    """

    across: str
    up: str
    ticks_across: Mapping[float, str]
    ticks_up: Mapping[float, str]
    lines_across: tuple[float, ...]
    lines_up: tuple[float, ...]
    each: str
    corners: Mapping[str, str]


def hexagons_shown(table: pd.DataFrame, typologies: Sequence[ReportedTypology], limit: int) -> pd.DataFrame:
    """Add up the hexagons of a plane, and leave out those of too few people.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of cohort_hexagons of one plane.
    typologies : sequence of ReportedTypology
    limit : int

    Returns
    -------
    pandas.DataFrame
        One row per hexagon, the fullest first: across, up, people, mean_across, mean_up, group (that of most), and most
        (the typology of more than half of them, where those are enough; else empty).
    """
    at = ["across", "up"]
    sums = table.assign(
        **{f"sum_{name}": table["offenders"] * table[f"mean_{name}"] for name in at}
    ).groupby(at)[["offenders", "sum_across", "sum_up"]].sum()  # fmt: skip
    found = pd.DataFrame({"people": sums["offenders"]}).assign(
        **{f"mean_{name}": sums[f"sum_{name}"] / sums["offenders"] for name in at},
        group=table.groupby([*at, "group"])["offenders"].sum().unstack(fill_value=0).idxmax(axis=1),
    )
    owner = {cluster: typology.title for typology in typologies for cluster in typology.numbers}
    of_typologies = table.assign(owner=table["cluster"].map(owner)).groupby([*at, "owner"])["offenders"].sum()
    largest = of_typologies.sort_values(ascending=False, kind="stable").reset_index("owner")
    largest = largest[~largest.index.duplicated()].reindex(found.index)
    enough = np.array([all_enough([people], limit) for people in largest["offenders"]])
    most = enough & (largest["offenders"] * 2 > found["people"]).to_numpy()
    found["most"] = largest["owner"].where(most, "")
    found = found.reset_index()
    # How many people each group has is on the page: hexagons by volume are parts of their group, others of everybody.
    whole = found["group"].to_numpy() if table["plane"].eq(VOLUME).all() else np.zeros(len(found))
    told = enough_in_each(found["people"].to_numpy(), whole, limit)
    return found[told].sort_values(["people", *at], ascending=[False, True, True], ignore_index=True)


def means_of(table: pd.DataFrame, typologies: Sequence[ReportedTypology]) -> dict[str, tuple[float, float]]:
    """Compute where the people of each typology are on average.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of cohort_hexagons of one plane.
    typologies : sequence of ReportedTypology
        Those that may be shown.

    Returns
    -------
    dict of str to (float, float)
        Title to the means across and up, in the order of the typologies.
    """
    means = {}
    for typology in typologies:
        own = table[table["cluster"].isin(typology.numbers)]
        weights = own["offenders"]
        means[typology.title] = (
            float((own["mean_across"] * weights).sum() / weights.sum()),
            float((own["mean_up"] * weights).sum() / weights.sum()),
        )
    return means


def bands(people: pd.Series, limit: int) -> list[int]:
    """Choose from how many people on each shade stands.

    Parameters
    ----------
    people : pandas.Series
        Of each hexagon that is shown; at least one.
    limit : int

    Returns
    -------
    list of int
        Ascending, as many as there are shades at most; the first is the limit.
    """
    inner = [edge for edge in EDGES if limit < edge <= people.max()]
    return [limit, *inner[-(len(SHADES) - 1) :]]


def hexagon_figure(
    shown: pd.DataFrame, step: float, marks: Mapping[str, tuple[float, float]], axes: Axes, limit: int
) -> str:
    """Draw hexagons, and where the typologies are among them.

    Parameters
    ----------
    shown : pandas.DataFrame
        From `hexagons_shown`; at least one.
    step : float
        From column to column.
    marks : mapping of str to (float, float)
        Title of a typology to its place.
    axes : Axes
    limit : int

    Returns
    -------
    str
        An svg element.
    """
    frame = _Frame(shown, step, list(marks.values()))
    edges = bands(shown["people"], limit)
    parts = [*_scale(frame, axes), *_hexagons(frame, shown, step, edges, axes.each), *_corners(frame, axes.corners)]
    parts += [*_marks(frame, marks), *_legend(edges)]
    fullest = shown.iloc[0]
    label = (
        f"{several(len(shown), 'hexagon')} by {axes.across} and {axes.up}, of {count(limit)} people or more each. The "
        f"fullest holds {_words(fullest, axes.each)}. The figures are in the table below it."
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {frame.height:.0f}" role="img"'
    return (
        f'{head} aria-label="{escape(label)}" font-size="9.5" font-family="sans-serif">\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


class _Frame:
    """Where places of the plane stand in the figure."""

    def __init__(self, shown: pd.DataFrame, step: float, marks: Sequence[tuple[float, float]]) -> None:
        xs = [*shown["across"], *(x for x, _ in marks)]
        ys = [*shown["up"], *(y for _, y in marks)]
        self.left, self.low = min(xs) - step, min(ys) - tall(step)
        self.right, self.top = max(xs) + step, max(ys) + tall(step) * 0.7
        room = WIDTH - LEFT - 8
        self.unit = min(room / (self.right - self.left), DEEPEST / (self.top - self.low))
        self.right = self.left + room / self.unit  # the whole width, however wide the hexagons stand
        self.height = ABOVE + (self.top - self.low) * self.unit + BELOW

    def at(self, x: float, y: float) -> tuple[float, float]:
        return LEFT + (x - self.left) * self.unit, ABOVE + (self.top - y) * self.unit

    @property
    def bottom(self) -> float:
        return self.height - BELOW


def _scale(frame: _Frame, axes: Axes) -> list[str]:
    parts = []
    for x, words in axes.ticks_across.items():
        if frame.left <= x <= frame.right:
            at = frame.at(x, 0)[0]
            parts.append(_line(at, ABOVE, at, frame.bottom, LINE))
            parts.append(_text(at, frame.bottom + 13, words, "middle", QUIET))
    for y, words in axes.ticks_up.items():
        if frame.low <= y <= frame.top:
            at = frame.at(0, y)[1]
            parts.append(_line(LEFT, at, WIDTH - 8, at, LINE))
            parts.append(_text(LEFT - 6, at + 3.2, words, "end", QUIET))
    dashes = ' stroke-dasharray="5 3"'
    parts += [_line(frame.at(x, 0)[0], ABOVE, frame.at(x, 0)[0], frame.bottom, INK, dashes) for x in axes.lines_across]
    parts += [_line(LEFT, frame.at(0, y)[1], WIDTH - 8, frame.at(0, y)[1], INK, dashes) for y in axes.lines_up]
    middle = (ABOVE + frame.bottom) / 2
    parts.append(_text((LEFT + WIDTH) / 2, frame.height - 8, axes.across, "middle", INK))
    parts.append(_text(11, middle, axes.up, "middle", INK, f' transform="rotate(-90 11 {middle:.1f})"'))
    return parts


def _hexagons(frame: _Frame, shown: pd.DataFrame, step: float, edges: list[int], each: str) -> list[str]:
    wide, half = step * frame.unit * 2 / 3, tall(step) * frame.unit / 2
    shape = f"l{wide / 2:.1f} {half:.1f}h{wide:.1f}l{wide / 2:.1f} {-half:.1f}l{-wide / 2:.1f} {-half:.1f}h{-wide:.1f}z"
    parts = [f'<g fill="{OTHER}" stroke="{OTHER}" stroke-width="0.7">']
    for row in shown.to_dict("records"):
        x, y = frame.at(row["across"], row["up"])
        shade = SHADES[int(np.searchsorted(edges, row["people"], side="right")) - 1]
        of = f' data-typology="{escape(row["most"])}"' if row["most"] else ""
        says = escape(_words(row, each) + (f"; most of them: {row['most']}" if row["most"] else ""))
        parts.append(f'<path fill-opacity="{shade}" data-says="{says}"{of} d="M{x - wide:.1f} {y:.1f}{shape}"/>')
    return [*parts, "</g>"]


def _words(row: Mapping[str, float] | pd.Series, each: str) -> str:
    people = several(int(row["people"]), "person", "people")
    return f"{people} with {each.format(across=number(row['mean_across']), up=number(row['mean_up']))}"


def _corners(frame: _Frame, corners: Mapping[str, str]) -> list[str]:
    parts = []
    for corner, words in corners.items():
        x, anchor = (LEFT + 6, "start") if "left" in corner else (WIDTH - 14, "end")
        y = ABOVE + 12 if "top" in corner else frame.bottom - 6
        parts.append(_text(x, y, words, anchor, QUIET, ' font-weight="bold"'))
    return parts


def _marks(frame: _Frame, marks: Mapping[str, tuple[float, float]]) -> list[str]:
    """Mark typologies, with their names where no other stands; the first choose first."""
    parts = []
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in (frame.at(*place) for place in marks.values())]
    for title, place in marks.items():
        x, y = frame.at(*place)
        parts.append(f'<g data-typology="{escape(title)}" data-says="{escape(title)}: its people on average">')
        parts.append(f'<path fill="{INK}" d="M{x - 4:.1f} {y:.1f}l4 -4l4 4l-4 4z"/>')
        for dx, dy, anchor in PLACES:
            box = _box(x + dx, y + dy, title, anchor)
            if box[0] >= LEFT and box[2] <= WIDTH and not any(_over(box, other) for other in taken):
                taken.append(box)
                parts.append(_text(x + dx, y + dy, title, anchor, INK, ' font-weight="bold"'))
                break
        parts.append("</g>")
    return parts


def _box(x: float, y: float, words: str, anchor: str) -> tuple[float, float, float, float]:
    wide = LETTER * len(words)
    left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return left, y - 8, left + wide, y + 2


def _over(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(one[low] < other[low + 2] and other[low] < one[low + 2] for low in (0, 1))


def _legend(edges: list[int]) -> list[str]:
    parts, x = [_text(LEFT, 12, "people in a hexagon:", "start", QUIET)], LEFT + 98.0
    for at, (edge, shade) in enumerate(zip(edges, SHADES, strict=False)):
        words = f"{count(edge)} to {count(edges[at + 1] - 1)}" if at + 1 < len(edges) else f"{count(edge)} or more"
        parts.append(f'<path fill="{OTHER}" stroke="{OTHER}" stroke-width="0.7" fill-opacity="{shade}" '
                     f'd="M{x:.1f} 9l3 5.2h6l3 -5.2l-3 -5.2h-6z"/>')  # fmt: skip
        parts.append(_text(x + 16, 12, words, "start", QUIET))
        x += 30 + 5.4 * len(words)
    return parts


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, more: str = "") -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="0.7"{more}/>'


def _text(x: float, y: float, words: str, anchor: str, colour: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{more}>{escape(words)}</text>'
