"""What the study recommends: for one typology, for all of them, and where its responses have their weight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dapipeline.report.reported import ReportedTypology
from dapipeline.report.table import Cell, Table, table
from dapipeline.report.words import count, listed, several
from dapipeline.typology.definitions import Definitions
from dapipeline.typology.study import EVERYONE, Recommendation

FOCUS, OPEN = "●", "○"


@dataclass(frozen=True)
class Area:
    """Recommendations of one area.

    Attributes
    ----------
    title : str
    recommendations : tuple of (str, str)
        Each in words, and from where and for whom it is.
    """

    title: str
    recommendations: tuple[tuple[str, str], ...]


def areas_for(definitions: Definitions | None, typology: str) -> list[Area]:
    """Return the recommendations tagged with a typology, or those for all, by area.

    Parameters
    ----------
    definitions : Definitions or None
    typology : str
        Its key, or `EVERYONE`.

    Returns
    -------
    list of Area
        In the order of the definitions.
    """
    if definitions is None:
        return []
    own = [r for r in definitions.recommendations if typology in r.typologies]
    titles = definitions.response | definitions.areas
    return [
        Area(titles[area], tuple((r.words, _about(r)) for r in own if r.area == area))
        for area in dict.fromkeys(r.area for r in own)
    ]


def _about(recommendation: Recommendation) -> str:
    words = f"{recommendation.source}. For {listed(recommendation.agencies)}."
    if recommendation.printed_tag:
        words += f" The study's tag is “{recommendation.printed_tag}”; this is the typology nearest to it."
    return words


def proposal(definitions: Definitions | None, typology: ReportedTypology) -> str:
    """Write where the study puts its response to a typology, and how much it recommends.

    Parameters
    ----------
    definitions : Definitions or None
    typology : ReportedTypology

    Returns
    -------
    str
        A sentence; empty where the typology is not defined.
    """
    if definitions is None or typology.definition is None:
        return ""
    response = typology.definition.response
    area = definitions.response[response]
    words = f"the study's main response is {area}"
    if not definitions.recommendations:
        return f"{words}."
    own = [r for r in definitions.recommendations if typology.key in r.typologies]
    there = [r for r in own if r.area == response]
    other = [r for r in own if r.area in definitions.response and r.area != response]
    questions = [r for r in own if r.area not in definitions.response]
    if there:
        words += f", with {several(len(there), 'recommendation')} for this typology"
    else:
        words += ", though none of its recommendations there is for this typology alone"
    if other:
        words += f", and {count(len(other))} elsewhere"
    if questions:
        words += f"; it asks questions of {listed(name for r in questions for name in r.agencies)}"
    return f"{words}."


def matrix(definitions: Definitions | None, titles: Iterable[tuple[str, str]]) -> Table | None:
    """Lay out where the study puts its response to each typology, and how many recommendations it has there.

    Parameters
    ----------
    definitions : Definitions or None
    titles : iterable of (str, str)
        Keys and titles of the typologies.

    Returns
    -------
    Table or None
        None where the definitions carry no recommendations.
    """
    if definitions is None or not definitions.recommendations:
        return None

    def cell(key: str, area: str) -> str:
        number = sum(r.area == area and key in r.typologies for r in definitions.recommendations)
        if area in definitions.response:
            mark = FOCUS if definitions.typologies[key].response == area else OPEN
            return f"{mark} {number}" if number else mark
        return str(number) if number else "–"

    others = [area for area in definitions.areas if any(
        r.area == area and EVERYONE not in r.typologies for r in definitions.recommendations)]  # fmt: skip
    rows: list[list[Cell]] = [
        [title, *(cell(key, area) for area in (*definitions.response, *others))] for key, title in titles
    ]
    heads = ["Typology", *definitions.response.values(), *(definitions.areas[area] for area in others)]
    note = (
        f"{FOCUS} the study's own focus for this typology, {OPEN} none; the number counts the recommendations tagged "
        "with it. A focus without a number is so in the study: its table and its tags do not agree everywhere."
    )
    return table("Responses the study points to", heads, rows, (), note)
