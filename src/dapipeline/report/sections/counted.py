"""What counts as domestic abuse in this run, and the measures that the study's recommendations rest on."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.analysis.measures import COHORT, EVERYONE
from dapipeline.config import DomesticAbuse
from dapipeline.report.disclosure import gate_part
from dapipeline.report.material import Material
from dapipeline.report.table import WITHHELD, Cell, Number, Table, table
from dapipeline.report.words import MARK, count, day, listed, plain, share

TITLE = "What is counted"
COLUMNS = ["Measure", "Incidents", "Share", "Of", "People"]
TOLD_BY = {"flagged": "below_age"}  # what is flagged, less what is DA, is what is below the age


def show(material: Material) -> dict[str, Any]:
    """Return what the template of this section fills in.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict
        By the names that the template uses; figures, by name, where it has any.
    """
    contents, limit = material.contents, material.may.limit
    measures = contents.measures.fillna({"missing_columns": ""})  # an empty cell of the file
    missing = measures[measures["missing_columns"] != ""]
    return {
        "definition": definition_in_words(contents.config.domestic_abuse),
        "da": _table("What counts as domestic abuse here", measures[measures["whose"] == EVERYONE], limit),
        "measures": _table(
            "The measures, over the people of this report", measures[measures["whose"] == COHORT], limit
        ),
        "definitions": table(
            "What each measure is",
            ["Measure", "What it is", "Source"],
            [(row.title, row.definition, row.source) for row in measures.itertuples()],
        ),
        "missing": [f"{title} ({columns})" for title, columns in missing[["title", "missing_columns"]].to_numpy()],
    }


def definition_in_words(definition: DomesticAbuse) -> str:
    """Write what a run counts as domestic abuse.

    Parameters
    ----------
    definition : DomesticAbuse
        Of the config.

    Returns
    -------
    str
        One or two sentences.
    """
    names = {"fgm": "female genital mutilation", "honour_based": "honour-based abuse"}
    marks = [names.get(flag, plain(flag)) for flag in definition.include]
    flagged = f"flagged as DA{f', or marked as {listed(marks)}' if marks else ''}"
    ages = definition.minimum_age
    if ages is None:
        return f"An incident is DA where it is {flagged}. The flag decides: ages are not tested again."
    return (
        f"An incident is DA where it is {flagged}, unless its suspect or all of its victims are known to be younger "
        f"than {age_in_words(definition)}. Somebody of unknown age passes."
    )


def age_in_words(definition: DomesticAbuse) -> str:
    """Write the age at which domestic abuse starts.

    Parameters
    ----------
    definition : DomesticAbuse
        With an age, or with ages by date.

    Returns
    -------
    str
        16, or: 18, and from 31 March 2013 16.
    """
    ages = definition.minimum_age
    if not isinstance(ages, tuple):
        return str(ages)
    later = [f"from {day(since.first)} {since.age}" for since in ages[1:]]
    return ", and ".join([str(ages[0].age), *later])


def _table(caption: str, measures: pd.DataFrame, limit: int) -> Table:
    counted = measures[measures["missing_columns"] == ""].set_index("measure")
    shown = {
        name: gate_part(row.people, row.of_people, limit) is not WITHHELD
        for name, row in zip(counted.index, counted.itertuples(), strict=True)
    }
    told = {name for name, other in TOLD_BY.items() if not shown.get(other, True)}
    rows: list[tuple[Cell, ...]] = []
    for name, row in zip(counted.index, counted.itertuples(), strict=True):
        numbers: list[Cell] = [Number(row.incidents, count), Number(row.share, share), Number(row.people, count)]
        if not shown[name] or name in told:
            numbers = [WITHHELD] * 3
        tells = "below the age" in row.of and not shown.get(TOLD_BY["flagged"], True)  # their number, by subtraction
        of = str(row.of) if numbers[0] is WITHHELD or tells else f"{count(row.of_incidents)} {row.of}"
        rows.append((row.title, *numbers[:2], of, numbers[2]))
    note = f"{MARK} stands for fewer than {limit} people, or for all but so few."
    return table(caption, COLUMNS, rows, [1, 2, 4], note if any(WITHHELD in row for row in rows) else "")
