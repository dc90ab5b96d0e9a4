"""Severity of offences from a table that the force supplies: one scale per table, looked up by code or by title."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dapipeline.errors import ReferenceTableError
from dapipeline.reference.ons import bridge, categories, narrowest, severity_by_code, severity_by_title
from dapipeline.reference.ons_sheet import find_sheet, read_weights
from dapipeline.reference.sheets import (
    Rows,
    find_table,
    read_numbers,
    read_sheets,
    refuse_conflicts,
    refuse_empty,
)
from dapipeline.reference.titles import normalise_titles

ONS_SCALE = "ONS Crime Severity Score"
CAMBRIDGE_COLUMNS = {
    "code": "home_office_classification".__eq__,
    "title": "full_offence_title".__eq__,
    "severity": "cchi_score".__eq__,
}
PLAIN_COLUMNS = {"code": "code".__eq__, "severity": "severity".__eq__}


@dataclass(frozen=True)
class SeverityTable:
    """Severity weights on one scale.

    Attributes
    ----------
    scale : str
        The name of the scale.
    by_code : pandas.DataFrame
        code (five digits, unique, sorted), severity (float, zero or more).
    by_title : pandas.DataFrame
        title (normalised, unique, sorted), severity.
    source : str
        File and sheet.
    """

    scale: str
    by_code: pd.DataFrame
    by_title: pd.DataFrame
    source: str

    def look_up(self, codes: pd.Series, titles: pd.Series) -> pd.Series:
        """Return the severity of each offence by its code, else by its title, else missing.

        Parameters
        ----------
        codes, titles : pandas.Series
            With the same index; values may be missing in either.

        Returns
        -------
        pandas.Series
            Severity (float64) on the index of `codes`.
        """
        by_code = self.by_code.set_index("code")["severity"]
        by_title = self.by_title.set_index("title")["severity"]
        found = codes.astype("string").map(by_code).astype("float64")
        return found.fillna(normalise_titles(titles).map(by_title).astype("float64"))


def read_severity(path: str | Path) -> SeverityTable:
    """Read the ONS or the Cambridge workbook, or a CSV of code and severity.

    Parameters
    ----------
    path : str or pathlib.Path
        The ONS Crime Severity Score data tool as downloaded (sheet "List of weights"), the Cambridge Crime Harm Index
        (columns home_office_classification, full_offence_title, cchi_score), or a table of code, severity.

    Returns
    -------
    SeverityTable
        Its scale is "ONS Crime Severity Score", "Cambridge Crime Harm Index" or "force-supplied".

    Raises
    ------
    ReferenceTableError
        R001 no file, R002 unreadable, R003 no known sheet, R004 columns missing or several of weights, R005 codes
        unreadable or none known, R006 unreadable weight, R007 negative weight, R008 conflicting weights, R010 no rows,
        R011 decimal comma, R012 several sheets of weights.
    """
    path = Path(path)
    sheets = read_sheets(path)
    weights = find_sheet(sheets, path)
    if weights is not None:
        return _ons(sheets[weights], path, _source(path, weights))
    for columns, reader in ((CAMBRIDGE_COLUMNS, _cambridge), (PLAIN_COLUMNS, _plain)):
        found = find_table(sheets, columns)
        if found:
            return reader(found[1], path, _source(path, found[0]))
    if "" in sheets:
        raise ReferenceTableError(
            "R004",
            f"{path.name} has no row with the columns code, severity among its first 15.",
            "Name the columns so, or supply the table as published.",
        )
    raise ReferenceTableError(
        "R003",
        f"No sheet of {path.name} holds severity weights.",
        'Supply the ONS tool with its sheet "List of weights", the Cambridge Crime Harm Index with columns '
        "home_office_classification, full_offence_title, cchi_score, or a table of code, severity.",
    )


def _source(path: Path, sheet: str) -> str:
    return f"{path.name}, sheet {sheet}" if sheet else path.name


def _weighted(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    table = table.assign(severity=read_numbers(table["severity"], path, "weights"))
    table = table[table["severity"].notna()]
    refuse_empty(table, path)
    return table


def _ons(rows: Rows, path: Path, source: str) -> SeverityTable:
    table = read_weights(rows, path)
    entries = categories(table)
    if not entries["category"].isin(bridge()["candidate"]).any():
        first = " ".join(table[["codes", "title"]].iloc[0]).strip()
        raise ReferenceTableError(
            "R005",
            f"No offence category in {path.name} has a code that is known, the first is {first!r}.",
            "Write categories as the ONS does, 8N Assault with injury, or codes in a column left of the titles.",
        )
    refuse_conflicts(narrowest(entries), "category", "severity", path)
    return SeverityTable(ONS_SCALE, severity_by_code(entries), severity_by_title(entries), source)


def _cambridge(table: pd.DataFrame, path: Path, source: str) -> SeverityTable:
    table = _weighted(table, path)
    dates = table["code"][table["code"].str.match(r"\d{4}-\d{2}-\d{2}")]
    if len(dates):
        raise ReferenceTableError(
            "R005",
            f"{len(dates)} classifications in {path.name} were turned into dates by a spreadsheet.",
            "Format the column as text and enter them again, 8/6 not 8 June.",
        )
    table = table.assign(code=_five_digits(table["code"]), title=normalise_titles(table["title"]))
    # The index has several entries for some classifications: take their median, as the shipped table does.
    return SeverityTable(
        "Cambridge Crime Harm Index",
        table[table["code"].notna()].groupby("code", sort=True)["severity"].median().reset_index(),
        table[table["title"] != ""].groupby("title", sort=True)["severity"].median().reset_index(),
        source,
    )


def _plain(table: pd.DataFrame, path: Path, source: str) -> SeverityTable:
    table = _weighted(table[(table["code"] != "") | (table["severity"] != "")], path)
    codes = _five_digits(table["code"])
    if codes.isna().any():
        raise ReferenceTableError(
            "R005",
            f"{int(codes.isna().sum())} codes in {path.name} are not Home Office offence codes, "
            f"the first is {table.loc[codes.isna(), 'code'].iloc[0]!r}.",
            "Write five digits (00867) or class and subclass (8/67).",
        )
    table = table.assign(code=codes)
    refuse_conflicts(table, "code", "severity", path)
    by_code = table[["code", "severity"]].drop_duplicates().sort_values("code", ignore_index=True)
    titles = pd.DataFrame({"title": pd.Series(dtype="string"), "severity": pd.Series(dtype="float64")})
    return SeverityTable("force-supplied", by_code, titles, source)


def _five_digits(cells: pd.Series) -> pd.Series:
    """Read Home Office codes written as 00867, 867 (leading zeros lost), 8/67, 008/67 or 8/67/1 (finer than a code).

    Parameters
    ----------
    cells : pandas.Series
        Text, trimmed.

    Returns
    -------
    pandas.Series
        Five digits on the same index, missing where a cell is written in none of these ways.
    """
    parts = cells.str.extract(r"^(\d{1,3})\s*/\s*(\d{1,2})(?:\s*/\s*\d+)?$")
    split = parts[0].str.zfill(3) + parts[1].str.zfill(2)
    whole = cells.where(cells.str.fullmatch(r"\d{3,5}")).str.zfill(5)
    return split.fillna(whole).astype("string")
