"""What a reader of the workbook has to know: what the tables are of, what they are not, and the words they use."""

from __future__ import annotations

from dapipeline.config.report import Report
from dapipeline.report.sections.glossary import GLOSSARY

INTERNAL = (
    "Internal: the tables hold counts and means that are not withheld, however few people are behind them. "
    "This workbook must not leave the force."
)
CAUTIONS = {
    "Recorded, not happened": "The tables describe incidents as the police recorded them. They show what was reported, "
    "what was written down and where police look; they do not show what was never reported.",
    "Suspect, not convicted": "An offender is a person named as a suspect. Most were never convicted.",
    "No score of a person": "Clusters and typologies describe averages over many people. They say nothing of what one "
    "person did or will do: make no list of people and no decision about a person from them.",
    "Severity": "Points measure how serious the recorded offences are held to be, not what was suffered.",
    "Before and after": "That something comes before harm does not mean that it causes it.",
    "Empty cells": "An empty cell is a figure that is not known or cannot be computed; where a table has a column of "
    "notes, it says why.",
}


def notes_of(report: Report) -> list[tuple[str, str]]:
    """Return the notes of the internal workbook.

    Parameters
    ----------
    report : Report
        The settings: marking, contact, limit.

    Returns
    -------
    list of (str, str)
        Heading and text.
    """
    before = [("Protective marking", report.marking)] if report.marking else []
    withheld = (
        f"Nothing is withheld in this workbook. The report withholds numbers of fewer than {report.limit} people where "
        "they tell a characteristic, and means and sums over fewer. Do the same before you pass on a figure from here."
    )
    asked = [("Whom to ask", report.contact)] if report.contact else []
    return [*before, ("Who may read it", INTERNAL), ("Small numbers", withheld), *CAUTIONS.items(), *asked,
            *GLOSSARY.items()]  # fmt: skip
