"""Records as pages and as Markdown."""

from __future__ import annotations

from collections.abc import Callable

from dapipeline.report.material import Material
from dapipeline.report.page import in_style
from dapipeline.report.records.atrs import atrs
from dapipeline.report.records.datasheet import datasheet
from dapipeline.report.records.dpia import dpia_annex
from dapipeline.report.records.facts import Facts, facts_of
from dapipeline.report.records.model_card import model_card
from dapipeline.report.records.record import Blank, Part, Points, Record
from dapipeline.report.table import Table
from dapipeline.report.template import policy, template

RECORDS: tuple[Callable[[Facts], Record], ...] = (model_card, atrs, dpia_annex, datasheet)


def render_records(material: Material) -> dict[str, str]:
    """Write the records of a run as pages.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict of str to str
        Name of the record to HTML; the same for the same material.
    """
    facts = facts_of(material)
    return {record.name: page_of(record, facts) for record in (make(facts) for make in RECORDS)}


def page_of(record: Record, facts: Facts) -> str:
    """Write a record as one self-contained page.

    Parameters
    ----------
    record : Record
    facts : Facts

    Returns
    -------
    str
        HTML, in which whatever is filled in is text.
    """
    made = f"Made on {facts.made} with dapipeline {facts.version}"
    return template("record.html").render(
        policy=policy(), record=record, name=facts.name, marking=facts.marking, contact=facts.contact, made=made,
        kind=kind_of, in_style=in_style,
    )  # fmt: skip


def kind_of(part: Part) -> str:
    """Return which kind of part of an answer this is, for the template.

    Parameters
    ----------
    part : str, Blank, Points or Table

    Returns
    -------
    str
    """
    return {Blank: "blank", Points: "points", Table: "table"}.get(type(part), "text")


def markdown_of(record: Record) -> str:
    """Write a record as Markdown.

    Parameters
    ----------
    record : Record

    Returns
    -------
    str
    """
    lines = [f"# {record.title}", "", record.about, "", f"Form: {record.source}.", "", record.to_fill, ""]
    for section in record.sections:
        lines += [f"## {section.title}", ""]
        for field in section.fields:
            lines += [f"### {field.heading}", "", *([f"*{field.question}*", ""] if field.question else [])]
            for part in field.answer:
                lines += [*_lines(part), ""]
    return "\n".join(lines)


def _lines(part: Part) -> list[str]:
    if isinstance(part, Points):
        return [f"- {_plain(item)}" for item in part.items]
    if isinstance(part, Table):
        rows = [part.columns, ["---"] * len(part.columns), *part.written()]
        drawn = ["| " + " | ".join(_plain(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
        return [f"{part.caption}:", "", *drawn, *(["", part.note] if part.note else [])]
    return [f"**{_plain(str(part))}**" if isinstance(part, Blank) else _plain(part)]


def _plain(text: str) -> str:
    """Keep signs of Markdown and HTML in a text from being read as such."""
    for sign in ("\\", "`", "*", "_", "<", "#"):
        text = text.replace(sign, f"\\{sign}")
    return text
