"""The report: one page and its figures, as text."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

from dapipeline.config import Window
from dapipeline.report.contents import Contents
from dapipeline.report.figure import inline
from dapipeline.report.material import material_of
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
from dapipeline.report.template import template
from dapipeline.report.words import day

# In the order of the page; each has a template of its own name.
SECTIONS = (
    found, warnings, quality, counted, volume, groups, timelines, typologies, naming, overlap, harm, course, scrutiny,
    equality, method, glossary,
)  # fmt: skip


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
    material = material_of(contents)
    shown = {anchor(section): section.show(material) for section in SECTIONS}
    figures = {name: svg for values in shown.values() for name, svg in values.get("figures", {}).items()}
    html = template("page.html").render(
        sections=[(anchor(section), section.TITLE) for section in SECTIONS],
        name=contents.config.name,
        window=_window(contents.config.window),
        edition=contents.config.report.edition,
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


def _window(window: Window) -> str:
    start = f" from {day(window.first)}" if window.first else ""
    end = f" until {day(window.last)}" if window.last else ""
    return f"Incidents known{start}{end}." if start or end else "All incidents of the extract."
