"""The dictionary as a table, and as a data package that programs read (Frictionless)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dapipeline.artefacts.formats import ColumnType
from dapipeline.report.dictionary.column import Column
from dapipeline.report.dictionary.keys import PRIMARY, references
from dapipeline.report.dictionary.meanings import meaning_of
from dapipeline.report.labels import label

COLUMNS = ["table", "file", "row", "column", "words", "type", "unit", "meaning", "key"]
IN_WORDS: dict[ColumnType, str] = {
    "text": "text", "whole": "whole number", "number": "number", "truth": "true or false", "moment": "date and time",
    "day": "date",
}  # fmt: skip
IN_SCHEMA: dict[ColumnType, dict[str, Any]] = {
    "text": {"type": "string"}, "whole": {"type": "integer"}, "number": {"type": "number"},
    "truth": {"type": "boolean", "trueValues": ["True"], "falseValues": ["False"]},
    "moment": {"type": "datetime", "format": "any"}, "day": {"type": "date"},
}  # fmt: skip
MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
PROFILE = {"csv": "tabular-data-resource", "parquet": "data-resource"}


@dataclass(frozen=True)
class Written:
    """A table that a run wrote.

    Attributes
    ----------
    name : str
        Its name: of its file; with the folder where that is neither tables nor quality.
    file : str
        Its path below the folder of the run.
    row : str
        What one row is.
    types : mapping of str to {"text", "whole", "number", "truth", "moment", "day"}
        Column to the type of its cells.
    copy : bool
        Whether it is a copy in CSV of a table in Parquet.
    """

    name: str
    file: str
    row: str
    types: Mapping[str, ColumnType]
    copy: bool = False

    @property
    def format(self) -> str:
        """The ending of its file."""
        return self.file.rsplit(".", 1)[-1]


def describe(table: str, column: str) -> Column:
    """Return what a column means; of one that is not declared, its name in words.

    Parameters
    ----------
    table, column : str

    Returns
    -------
    Column
    """
    return meaning_of(table, column) or Column(label(column), "")


def dictionary(tables: Sequence[Written]) -> pd.DataFrame:
    """List every column of every table.

    Parameters
    ----------
    tables : sequence of Written

    Returns
    -------
    pandas.DataFrame
        One row per file and column: table, file, row (what one is), column, words, type, unit, meaning, key.
    """
    names = {table.name for table in tables}
    rows = [line for table in tables for line in _lines(table, names)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _lines(table: Written, names: set[str]) -> list[tuple[str, ...]]:
    refers = references(table.name, list(table.types), names)
    lines: list[tuple[str, ...]] = []
    for column, kind in table.types.items():
        about = describe(table.name, column)
        key = ["part of the key"] * (column in PRIMARY.get(table.name, ()))
        key += [f"refers to {'.'.join(refers[column])}"] if column in refers else []
        lines.append((table.name, table.file, table.row, column, about.words, IN_WORDS[kind], about.unit,
                      about.meaning, "; ".join(key)))  # fmt: skip
    return lines


def data_package(title: str, tables: Sequence[Written]) -> dict[str, Any]:
    """Describe the tables as a Frictionless data package.

    Parameters
    ----------
    title : str
        The name of the run.
    tables : sequence of Written

    Returns
    -------
    dict
        datapackage.json: one resource per table.
    """
    names = {table.name for table in tables}
    return {
        "profile": "data-package",
        "name": "dapipeline-outputs",
        "title": title,
        "description": "Recorded incidents of domestic abuse, their suspects and what was found of them. A suspect is "
        "not a convicted person, and nothing here is a score of a person. In CSV an apostrophe stands before text that "
        "a spreadsheet would run as a formula.",
        "resources": [_resource(table, names) for table in tables],
    }


def _resource(table: Written, names: set[str]) -> dict[str, Any]:
    fields = []
    for column, kind in table.types.items():
        about = describe(table.name, column)
        told = {"name": column, "title": about.words, "description": about.meaning} | IN_SCHEMA[kind]
        fields.append(told | ({"unit": about.unit} if about.unit else {}))
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.name in PRIMARY:
        schema["primaryKey"] = list(PRIMARY[table.name])
    refers = references(table.name, list(table.types), names)
    if refers:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": of}} for column, (other, of) in refers.items()
        ]
    return {
        "profile": PROFILE[table.format],
        "name": f"{table.name}.csv" if table.copy else table.name,
        "title": label(table.name.rsplit("/", 1)[-1]),
        "description": f"One row: {table.row}.",
        "path": table.file,
        "format": table.format,
        "mediatype": MEDIA_TYPES[table.format],
        "schema": schema,
    } | ({"encoding": "utf-8"} if table.format == "csv" else {})
