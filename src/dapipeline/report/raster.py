"""Pictures of the figures that are written as SVG by hand: their few kinds of mark, painted by matplotlib."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import radians, tan
from typing import Any
from xml.etree import ElementTree

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.image import imsave
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

WIDTH = 900.0  # pixels of a figure that is as wide as the page
SCALE = 2.5  # pixels of the picture to one of the figure
PER_INCH = 240
METADATA: Any = {"Software": None}  # no version: the same figure gives the same bytes
INHERITED = ("fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "text-anchor")
STEP = re.compile(r"([Mlhz])([^Mlhz]*)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
BACK = {"start": 0.0, "middle": 0.5, "end": 1.0}  # share of its width by which a text is moved
Style = dict[str, str]


def png(svg: str) -> bytes:
    """Paint a figure that is written as SVG by hand.

    Parameters
    ----------
    svg : str
        Of svg, g, line, rect, circle, path, text and tspan alone, as the strips and the hexagons are.

    Returns
    -------
    bytes
        A PNG on white, without a date.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 (as above)
    box = root.get("viewBox")
    width, height = map(float, box.split()[2:]) if box else (WIDTH, float(root.attrib["height"]))
    brush = _Brush(width, height)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        for element, style in _elements(root, {"font-size": "12", "fill": "#000000"}):
            brush.paint(element, style)
    buffer = io.BytesIO()
    imsave(buffer, brush.picture, format="png", dpi=PER_INCH, metadata=METADATA)
    return buffer.getvalue()


def _elements(element: ElementTree.Element, style: Style) -> Iterator[tuple[ElementTree.Element, Style]]:
    """Yield what is painted, in order, with what it inherits."""
    own = style | {name: element.attrib[name] for name in INHERITED if name in element.attrib}
    if _kind(element) not in ("svg", "g"):
        yield element, own
        return
    for within in element:
        yield from _elements(within, own)


def _kind(element: ElementTree.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


@dataclass
class _Brush:
    """Paints elements on a sheet of a size in pixels of the figure."""

    width: float
    height: float

    def __post_init__(self) -> None:
        self.renderer: Any = RendererAgg(  # type: ignore[no-untyped-call]
            round(self.width * SCALE), round(self.height * SCALE), 72 * SCALE
        )
        self.place: Any = Affine2D().scale(SCALE, -SCALE).translate(0, round(self.height * SCALE))
        self._shape(Path([(0, 0), (self.width, 0), (self.width, self.height), (0, self.height), (0, 0)]),
                    {"fill": "#ffffff"}, 1.0)  # fmt: skip

    @property
    def picture(self) -> np.ndarray:
        return np.asarray(self.renderer.buffer_rgba())[..., :3]

    def paint(self, element: ElementTree.Element, style: Style) -> None:
        kind, at = _kind(element), element.attrib
        if kind == "text":
            self._text(element, style)
        elif kind == "line":
            ends = [(self._across(at.get(f"x{n}", "0")), float(at.get(f"y{n}", 0))) for n in (1, 2)]
            self._shape(Path(ends), style | {"fill": "none"}, 1.0)
        else:
            shape = {"rect": self._rect, "circle": self._circle, "path": _path}[kind](at)
            self._shape(shape, style, float(at.get("fill-opacity", 1)))

    def _across(self, place: str) -> float:
        return float(place[:-1]) / 100 * self.width if place.endswith("%") else float(place)

    def _rect(self, at: Mapping[str, str]) -> Path:
        x, y, wide, tall = self._across(at["x"]), float(at["y"]), float(at["width"]), float(at["height"])
        corners = np.array([(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall), (x, y)])
        moved = re.search(r"translate\(([^)]+)\)", at.get("transform", ""))
        slanted = re.search(r"skewX\(([^)]+)\)", at.get("transform", ""))
        if slanted:
            corners[:, 0] += tan(radians(float(slanted[1]))) * corners[:, 1]
        if moved:
            corners[:, 0] += float(moved[1])
        return Path(corners, closed=True)

    def _circle(self, at: Mapping[str, str]) -> Path:
        return Path.circle((self._across(at["cx"]), float(at["cy"])), float(at["r"]))

    def _shape(self, path: Path, style: Style, opacity: float) -> None:
        fill, stroke = style.get("fill", "none"), style.get("stroke", "none")
        if fill != "none":
            pen = self.renderer.new_gc()
            pen.set_linewidth(0)
            pen.set_alpha(opacity)
            self.renderer.draw_path(pen, path, self.place, (*to_rgb(fill), opacity))
        if stroke != "none":
            pen = self.renderer.new_gc()
            pen.set_foreground(stroke)
            pen.set_linewidth(float(style.get("stroke-width", 1)))
            if "stroke-dasharray" in style:
                pen.set_dashes(0, [float(number) for number in style["stroke-dasharray"].split()])
            self.renderer.draw_path(pen, path, self.place)

    def _text(self, element: ElementTree.Element, style: Style) -> None:
        """Write a text, and its spans: on the same line, or on one below."""
        x, y = self._across(element.get("x", "0")), float(element.get("y", 0))
        upright = "rotate(-90" in element.get("transform", "")
        lines = {y: element.text or ""}
        for span in element:
            y += float(span.get("dy", 0))
            lines[y] = lines.get(y, "") + (span.text or "")
        pen, font = self.renderer.new_gc(), _font(style)
        pen.set_foreground(style["fill"])
        for base, words in lines.items():
            if words:
                wide = self.renderer.get_text_width_height_descent(words, font, False)[0] / SCALE
                back = wide * BACK[style.get("text-anchor", "start")]
                left, low = (x, base + back) if upright else (x - back, base)
                self.renderer.draw_text(pen, left * SCALE, low * SCALE, words, font, 90 if upright else 0)


def _font(style: Style) -> Any:
    weight = style.get("font-weight", "normal")
    return FontProperties(family="DejaVu Sans", size=float(style["font-size"]) * 0.92, weight=weight)  # it runs wide


def _path(at: Mapping[str, Any]) -> Path:
    """Read a path of a start, straight steps and an end."""
    places = [(0.0, 0.0)]
    for step, words in STEP.findall(at["d"]):
        numbers = [float(number) for number in NUMBER.findall(words)]
        x, y = places[-1]
        if step == "M":
            places = [(numbers[0], numbers[1])]
        elif step == "h":
            places.append((x + numbers[0], y))
        elif step == "l":
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                places.append((x, y))
    return Path([*places, places[0]], closed=True)
