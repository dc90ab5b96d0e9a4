"""The shareable edition as a page and its figures; the page prints the tables of the release and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dapipeline.report.breakdown import ALL
from dapipeline.report.contents import Contents
from dapipeline.report.figure import inline
from dapipeline.report.harm.shares import UNNAMED_TITLE
from dapipeline.report.page import Page, in_style, window_in_words
from dapipeline.report.shareable.book import shareable_book
from dapipeline.report.shareable.figures import course_figure, shares_figure
from dapipeline.report.shareable.means import PEOPLE, SHARE_OF_HARM, SHARE_OF_PEOPLE
from dapipeline.report.shareable.release import Release, release_of
from dapipeline.report.shareable.rounded import BASE, FIGURES
from dapipeline.report.shareable.sentences import sentences
from dapipeline.report.template import policy, template
from dapipeline.report.words import MARK, count, share, tenths


@dataclass(frozen=True)
class Shareable:
    """The shareable edition.

    Attributes
    ----------
    release : Release
    page : Page
    workbook : bytes
    """

    release: Release
    page: Page
    workbook: bytes


def render_shareable(contents: Contents, facts: pd.DataFrame, course: pd.DataFrame) -> Shareable:
    """Write the shareable edition of a run.

    Parameters
    ----------
    contents : Contents
    facts : pandas.DataFrame
        From `person_facts`.
    course : pandas.DataFrame
        From `average_course`.

    Returns
    -------
    Shareable
    """
    release = release_of(contents, facts, course)
    figures = {one.name: course_figure(one, title) for title, one in release.courses.items()}
    figures |= {one.name: drawn for one in release.harm if (drawn := shares_figure(one))}
    config, printed, bars = contents.config, release.printed, _bars(release)
    html = template("shareable.html").render(
        policy=policy(template("explore.js").render()),
        name=config.name,
        window=window_in_words(config.window),
        marking=config.report.marking,
        contact=config.report.contact,
        made=contents.made,
        in_style=in_style,
        scale=contents.scale,
        definitions=contents.definitions,
        limit=config.report.limit,
        mark=MARK,
        base=BASE,
        digits=FIGURES,
        printed_share=share(printed[0] / printed[1]) if printed[1] else "none",
        cells=count(printed[1]),
        sentences=sentences(release, contents.common_assault),
        bars=bars,
        harmed=SHARE_OF_HARM in release.means.amounts,
        cards=_cards(
            release, contents.definitions.response if contents.definitions else {}, [bar["title"] for bar in bars]
        ),
        release=release,
        figures={name: inline(drawn) for name, drawn in figures.items()},
    )
    book = shareable_book(release, config.name, config.report)
    return Shareable(release, Page(html, dict(sorted(figures.items()))), book)


def _bars(release: Release) -> list[dict[str, Any]]:
    """Return a row per typology, most harm first; those in none stand last, without bars to dwarf the others."""
    shown = release.means.amounts.drop(index=ALL)
    by = SHARE_OF_HARM if SHARE_OF_HARM in shown else SHARE_OF_PEOPLE
    named = shown.drop(index=UNNAMED_TITLE, errors="ignore").sort_values(by, ascending=False, kind="stable")
    longest = np.nanmax([0.001, *named.filter([SHARE_OF_HARM, SHARE_OF_PEOPLE]).to_numpy().ravel()])
    anchors = {typology.title: typology.anchor for typology in release.typologies}
    return [
        {
            "title": title,
            "anchor": anchors.get(title, ""),
            "people": count(shown.loc[title, PEOPLE]),
            "firm": release.firm.get(title, ""),
            "bars": [
                (
                    MARK if np.isnan(value) else tenths(value),
                    None if np.isnan(value) or title == UNNAMED_TITLE else round(100 * value / longest, 1),
                    style,
                )
                for name, style in ((SHARE_OF_PEOPLE, "other"), (SHARE_OF_HARM, "da"))
                if name in shown
                for value in [float(shown.loc[title, name])]
            ],
        }
        for title in [*named.index, *(name for name in shown.index if name == UNNAMED_TITLE)]
    ]  # fmt: skip


def _cards(release: Release, responses: Mapping[str, str], order: list[str]) -> list[dict[str, Any]]:
    means = release.means.table()
    rows = {str(title): [str(cell) for cell in cells] for title, *cells in means.rows}
    made = []
    for typology in sorted(release.typologies, key=lambda typology: order.index(typology.title)):
        course, definition = release.courses.get(typology.title), typology.definition
        made.append({
            "title": typology.title,
            "anchor": typology.anchor,
            "definition": definition,
            "response": responses.get(definition.response, "") if definition else "",
            "firm": release.firm[typology.title],
            "facts": list(zip(means.columns[1:], rows[typology.title], strict=True)),
            "course": course.name if course else "",
            "table": course.table() if course else None,
        })  # fmt: skip
    return made
