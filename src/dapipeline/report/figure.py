"""Figures as SVG text that is the same on every machine and can stand inside a page."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from markupsafe import Markup, escape
from matplotlib import style
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from dapipeline.report.colours import INK, NAMES, OTHER, QUIET

POINTS = 72
DOTS = 200  # per inch of a picture, which prints well
MARK = "\u2063"  # an invisible sign that no text of the data keeps: where words of a mark begin and end

SETTINGS = {
    "svg.hashsalt": "dapipeline",
    "svg.fonttype": "none",  # text stays text: readable by machines, and set in the page's font
    "text.parse_math": False,  # a $ in an offence is a $
    "font.family": ["DejaVu Sans"],  # comes with matplotlib, so that layouts do not differ by machine
    "font.size": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "legend.frameon": False,
}


@contextmanager
def drawn(width: float, height: float) -> Iterator[Figure]:
    """Open a figure, to be drawn on and written with `svg` inside the with block.

    Parameters
    ----------
    width, height : float
        In inches.

    Yields
    ------
    matplotlib.figure.Figure
    """
    with style.context(["default", SETTINGS]):
        figure = Figure(figsize=(width, height))
        FigureCanvasSVG(figure)
        yield figure


def says(artist: Artist, words: str, typology: str = "") -> None:
    """Make a mark of a figure say its exact figures, and which typology it is of.

    Parameters
    ----------
    artist : matplotlib.artist.Artist
    words : str
        Shown where the pointer is on it; the same stands in the table beside.
    typology : str
        Its title; empty for a mark of none.
    """
    artist.set_gid(f"{MARK}{words}{MARK}{typology}")


def points_say(axes: Axes, across: Iterable[float], up: Iterable[float], words: Iterable[str]) -> None:
    """Make points of a figure say their exact figures, each within a ring about it that is easier to point at.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    across, up : iterable of float
    words : iterable of str
        Of each point; what stands before a colon is the typology that it is of, if it is one's title.
    """
    for x, y, said in zip(across, up, words, strict=True):
        says(axes.scatter([x], [y], s=150, color=OTHER, alpha=0), said, said.rsplit(":", 1)[0])


class Drawing(str):
    """A figure of matplotlib as an svg element: a text that can also be painted.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        What it was written from.
    """

    figure: Figure

    def __new__(cls, text: str, figure: Figure) -> Drawing:
        """Make the text and keep the figure."""
        made = super().__new__(cls, text)
        made.figure = figure
        return made

    def png(self) -> bytes:
        """Paint the figure.

        Returns
        -------
        bytes
            A PNG on white, without a date.
        """
        buffer = io.BytesIO()
        with style.context(["default", SETTINGS]), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            self.figure.savefig(buffer, format="png", dpi=DOTS, facecolor="white", metadata={"Software": None})
        return buffer.getvalue()


def svg(figure: Figure, name: str, description: str) -> Drawing:
    """Write a figure as an svg element.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Inside its `drawn`.
    name : str
        Unique in the page; it starts every id of the figure.
    description : str
        What the figure shows, for those who cannot see it.

    Returns
    -------
    Drawing
    """
    buffer = io.StringIO()
    with warnings.catch_warnings():  # of a sign that the font lacks: text stays text, and the reader's font has it
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    text = buffer.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
    text = re.sub(rf'<g id="{MARK}([^"]*){MARK}"', r'<g data-says="\1"', text)
    text = re.sub(rf'<g id="{MARK}([^"]*){MARK}([^"]+)"', r'<g data-says="\1" data-typology="\2"', text)
    text = re.sub(r'<g id="[^"]*"', "<g", text)  # names of drawing steps, the same in every figure
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'(href="#|url\(#)', rf"\g<1>{name}-", text)
    text = re.sub(r"\n\s*", "\n", text)
    size = f'width="{figure.get_figwidth() * POINTS:g}pt" height="{figure.get_figheight() * POINTS:g}pt"'
    text = text.replace(size, f'role="img" aria-label="{escape(description)}"', 1)
    return Drawing(text.strip() + "\n", figure)


def inline(text: str) -> Markup:
    """Make a figure stand in the page, in its colours: on dark paper they are others.

    Parameters
    ----------
    text : str
        From `svg` or `strip_figure`.

    Returns
    -------
    markupsafe.Markup
    """
    text = re.sub("#[0-9a-f]{6}", lambda found: f"var(--{NAMES[found[0]]})" if found[0] in NAMES else found[0], text)
    return Markup(text)  # noqa: S704 (matplotlib escapes every text it draws; strips hold no text of the data's)
