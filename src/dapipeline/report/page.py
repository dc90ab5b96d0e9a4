"""The report: one page and its figures, as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dapipeline.config import Window
from dapipeline.report.contents import Contents
from dapipeline.report.figure import inline
from dapipeline.report.records import records_in_words
from dapipeline.report.reported import Kind, kinds_of
from dapipeline.report.sections.equality import equality_tables
from dapipeline.report.sections.found import found_section
from dapipeline.report.sections.glossary import GLOSSARY
from dapipeline.report.sections.groups import group_rows
from dapipeline.report.sections.harm import concentration_figure, harm_section, lorenz_figure, regression_figure
from dapipeline.report.sections.method import components_figure, method_section
from dapipeline.report.sections.naming import naming_section
from dapipeline.report.sections.overlap import overlap_figure, overlap_section
from dapipeline.report.sections.quality import quality_section, rows_figure
from dapipeline.report.sections.typologies import STANDING, cards, unnamed_table
from dapipeline.report.sections.volume import bubble_figure, bubble_key, bubble_table
from dapipeline.report.sections.warnings import warning_lines
from dapipeline.report.strip import strip_figure
from dapipeline.report.template import template
from dapipeline.report.timeline import timeline, timeline_key
from dapipeline.report.words import day

SECTIONS = (
    ("found", "What was found"),
    ("warnings", "What to check first"),
    ("quality", "Data quality"),
    ("volume", "Volume and harm of the clusters"),
    ("groups", "Groups A to E"),
    ("timelines", "How to read a timeline"),
    ("typologies", "Typologies"),
    ("naming", "How names were given"),
    ("overlap", "Suspects recorded as victims too"),
    ("harm", "Harm"),
    ("equality", "Equality audit"),
    ("method", "Method and provenance"),
    ("glossary", "Glossary"),
)


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
    kinds = kinds_of(contents)
    figures = _figures(contents, kinds)
    records = records_in_words(contents.medoids)
    timelines = {}
    for cluster, own in records.groupby("cluster", sort=True):
        number = int(str(cluster))
        name = f"medoid_{number:02d}"
        figures[name] = strip_figure(own, number, int(records["year"].min()), int(records["year"].max()))
        timelines[number] = timeline(own, number, inline(figures[name]))
    return Page(_page(contents, kinds, figures, timelines), dict(sorted(figures.items())))


def _figures(contents: Contents, kinds: list[Kind]) -> dict[str, str]:
    figures = {
        "rows": rows_figure(contents.reconciliation),
        "bubble": bubble_figure(contents),
        "components": components_figure(contents.components),
    }
    if contents.harm_concentration is not None:
        figures["concentration"] = concentration_figure(contents.harm_concentration)
    if contents.lorenz is not None and contents.harm_concentration is not None:
        figures["lorenz"] = lorenz_figure(contents.lorenz, contents.harm_concentration)
    if contents.harm_regression is not None and len(contents.harm_regression):
        figures["regression"] = regression_figure(contents.harm_regression)
    if overlap := overlap_figure(contents, kinds):
        figures["overlap"] = overlap
    return figures


def _page(contents: Contents, kinds: list[Kind], figures: dict[str, str], timelines: dict[int, Any]) -> str:
    on_cards = [kind for kind in kinds if kind.named or contents.definitions is None]
    others = [kind for kind in kinds if kind not in on_cards]
    return template("page.html").render(
        sections=SECTIONS,
        name=contents.config.name,
        window=_window(contents.config.window),
        edition=contents.config.report.edition,
        scale=contents.scale,
        has_severity=contents.has_severity,
        has_definitions=contents.definitions is not None,
        definitions=contents.definitions,
        figures={name: inline(text) for name, text in figures.items()},
        found=found_section(contents, kinds),
        warnings=warning_lines(contents.warnings),
        quality=quality_section(contents),
        bubble_table=bubble_table(contents, kinds),
        bubble_key=bubble_key(kinds),
        groups=group_rows(contents, kinds),
        key=timeline_key(contents.medoids),
        cards=cards(contents, on_cards, timelines),
        standing=STANDING,
        unnamed=unnamed_table(contents, others) if others else None,
        unnamed_timelines=[timelines[n] for kind in others for n in kind.numbers if n in timelines],
        naming=naming_section(contents),
        overlap=overlap_section(contents, kinds),
        harm=harm_section(contents, kinds),
        equality=equality_tables(contents, kinds),
        method=method_section(contents),
        glossary=GLOSSARY,
    )


def _window(window: Window) -> str:
    start = f" from {day(window.first)}" if window.first else ""
    end = f" until {day(window.last)}" if window.last else ""
    return f"Incidents known{start}{end}." if start or end else "All incidents of the extract."
