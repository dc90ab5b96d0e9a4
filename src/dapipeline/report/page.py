"""The report: one page and its figures, as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType

from dapipeline.config import Window
from dapipeline.report.contents import Contents
from dapipeline.report.figure import Drawing, inline
from dapipeline.report.material import Material, material_of
from dapipeline.report.raster import png
from dapipeline.report.sections import (
    counted,
    course,
    equality,
    found,
    glossary,
    groups,
    harm,
    method,
    naming,
    overlap,
    quality,
    scrutiny,
    timelines,
    typologies,
    volume,
    warnings,
)
from dapipeline.report.template import policy, template
from dapipeline.report.words import day

# In the order of the page, each with those that stand closed at its end; each has a template of its own name.
SECTIONS: dict[ModuleType, tuple[ModuleType, ...]] = {
    found: (),
    harm: (),
    typologies: (timelines,),
    course: (),
    overlap: (),
    equality: (),
    scrutiny: (),
    volume: (groups,),
    quality: (counted,),
    method: (naming,),
    glossary: (),
}
EVERY = (warnings, *(section for first, within in SECTIONS.items() for section in (first, *within)))


@dataclass(frozen=True)
class Page:
    """The report as text.

    Attributes
    ----------
    html : str
        The page, which holds its figures.
    figures : dict of str to str
        Name to SVG: the same figures on their own.
    """

    html: str
    figures: dict[str, str]

    def pictures(self) -> dict[str, bytes]:
        """Paint the figures.

        Returns
        -------
        dict of str to bytes
            Name to PNG.
        """
        return {name: svg.png() if isinstance(svg, Drawing) else png(svg) for name, svg in self.figures.items()}


def render_report(contents: Contents) -> Page:
    """Write the report of a run.

    Parameters
    ----------
    contents : Contents
        The outputs of the run.

    Returns
    -------
    Page
        The same for the same contents.
    """
    return render_page(material_of(contents))


def render_page(material: Material) -> Page:
    """Write the report of a run that was prepared for its sections.

    Parameters
    ----------
    material : Material

    Returns
    -------
    Page
    """
    contents = material.contents
    shown = {anchor(section): section.show(material) for section in EVERY}
    figures = {name: svg for values in shown.values() for name, svg in values.get("figures", {}).items()}
    config = contents.config
    html = template("page.html").render(
        policy=policy(template("explore.js").render()),
        sections=[
            (anchor(section), section.TITLE, [(anchor(part), part.TITLE) for part in within])
            for section, within in SECTIONS.items()
        ],
        name=config.name,
        window=window_in_words(config.window),
        marking=config.report.marking,
        contact=config.report.contact,
        made=contents.made,
        in_style=in_style,
        scale=contents.scale,
        has_severity=contents.has_severity,
        definitions=contents.definitions,
        **(shown | {"figures": {name: inline(svg) for name, svg in figures.items()}}),
    )
    return Page(html, dict(sorted(figures.items())))


def anchor(section: ModuleType) -> str:
    """Return the name of a section: of its module, its template and its place in the page.

    Parameters
    ----------
    section : module
        Of `report.sections`.

    Returns
    -------
    str
    """
    return section.__name__.rsplit(".", maxsplit=1)[-1]


def in_style(text: str) -> str:
    """Write a text as a string of a style sheet, where nothing in it can be anything but text.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        With every sign but letters, digits and spaces of ASCII by its number.
    """
    return re.sub("[^A-Za-z0-9 ]", lambda sign: f"\\{ord(sign[0]):06x}", text)


def window_in_words(window: Window) -> str:
    """Write which incidents a run is of.

    Parameters
    ----------
    window : Window

    Returns
    -------
    str
    """
    start = f" from {day(window.first)}" if window.first else ""
    end = f" until {day(window.last)}" if window.last else ""
    return (
        f"Incidents that became known{start}{end}; some began earlier."
        if start or end
        else "All incidents of the extract."
    )
