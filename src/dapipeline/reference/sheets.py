"""Sheets of a table that a force supplies, from CSV or Excel; the header may be below titles and notes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from dapipeline.errors import MissingExtraError, ReferenceTableError

HEADER_ROWS = 15
THOUSANDS = r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?"
NO_VALUE = ("", "-", "–", "*", "n/a", "na", "..", ":", "[c]", "[low]", "[u]", "[x]", "[z]")

Rows = list[list[Any]]


def read_sheets(path: Path) -> dict[str, Rows]:
    """Read every sheet of a file as rows of cells.

    Parameters
    ----------
    path : pathlib.Path
        .csv (UTF-8 or Windows-1252), .xlsx, .xlsm, .xls or .ods.

    Returns
    -------
    dict of str to list of list
        Rows of cells by sheet name; a CSV is one sheet, named ``""``.

    Raises
    ------
    ReferenceTableError
        R001 where there is no such file, R002 where it is not a readable CSV or Excel workbook.
    MissingExtraError
        X001 for Excel without python-calamine.
    """
    if not path.is_file():
        raise ReferenceTableError(
            "R001", f"The reference table {path.name} does not exist.", "Correct its path in the config."
        )
    kind = path.suffix.lower()
    if kind == ".csv":
        return {"": _csv_rows(path)}
    if kind in {".xlsx", ".xlsm", ".xls", ".ods"}:
        return _workbook(path)
    raise _unreadable(path)


def _unreadable(path: Path) -> ReferenceTableError:
    return ReferenceTableError(
        "R002",
        f"The reference table {path.name} cannot be read as CSV or Excel.",
        "Save it again as .csv (UTF-8) or .xlsx.",
    )


def _csv_rows(path: Path) -> Rows:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel on a British desktop saves CSV as Windows-1252, which decodes almost any byte.
        text = raw.decode("cp1252", errors="replace")
    if "\0" in text:
        raise _unreadable(path)
    try:
        return [list(row) for row in csv.reader(text.splitlines())]
    except csv.Error as error:
        raise _unreadable(path) from error


def _workbook(path: Path) -> dict[str, Rows]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("python-calamine", "excel", f"Reading {path.name}") from error
    try:
        # By its content: an .xlsx that is named .xls would be refused by its path.
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError as error:
        raise _unreadable(path) from error


def header_name(cell: Any) -> str:
    """Reduce a header cell to lower-case words joined by underscores.

    Parameters
    ----------
    cell : Any
        The cell.

    Returns
    -------
    str
        ``offence_category`` for "Offence category".
    """
    return re.sub(r"[^a-z0-9]+", "_", str(cell).lower()).strip("_")


def find_table(
    sheets: dict[str, Rows], columns: Mapping[str, Callable[[str], bool]]
) -> tuple[str, pd.DataFrame] | None:
    """Find the first sheet that has the wanted columns in one of its first 15 rows.

    Parameters
    ----------
    sheets : dict
        Rows by sheet name, from `read_sheets`.
    columns : mapping of str to callable
        For each wanted column, a test of its header in lower case with underscores (``offence_category``).

    Returns
    -------
    tuple or None
        The sheet's name, and the rows below the header as a DataFrame of the wanted columns (cells as text, trimmed;
        ``""`` where empty). None where no sheet has them.
    """
    for name, rows in sheets.items():
        for number, row in enumerate(rows[:HEADER_ROWS]):
            heads = [header_name(cell) for cell in row]
            at = {
                column: next((i for i, head in enumerate(heads) if fits(head)), None)
                for column, fits in columns.items()
            }
            if None not in at.values():
                body = pd.DataFrame(rows[number + 1 :]).reindex(columns=range(len(heads)))
                return name, pd.DataFrame({c: cell_text(body[i]) for c, i in at.items()})
    return None


def cell_text(cells: pd.Series) -> pd.Series:
    """Return cells as trimmed text.

    Parameters
    ----------
    cells : pandas.Series
        Of any type.

    Returns
    -------
    pandas.Series
        Text; ``""`` where a cell is empty.
    """
    # Excel stores whole numbers as floats: 867.0 is the code 867.
    return cells.astype("string").fillna("").str.strip().str.replace(r"^(\d+)\.0$", r"\1", regex=True)


def read_numbers(cells: pd.Series, path: Path, what: str) -> pd.Series:
    """Read weights as numbers; commas may separate thousands.

    Parameters
    ----------
    cells : pandas.Series
        Text, trimmed.
    path : pathlib.Path
        The file, to be named in an error.
    what : str
        What the numbers are, in the plural, to be named in an error.

    Returns
    -------
    pandas.Series
        float64 on the same index; missing where a cell is empty or one of `NO_VALUE`.

    Raises
    ------
    ReferenceTableError
        R006 where a cell is not a number, R007 where a number is negative, R011 where a comma is used as the decimal
        point.
    """
    text = cells.str.lower().mask(cells.str.lower().isin(NO_VALUE))
    decimals = text.str.contains(",", regex=False).fillna(False) & ~text.str.fullmatch(THOUSANDS).fillna(False)
    if decimals.any():
        raise ReferenceTableError(
            "R011",
            f"{int(decimals.sum())} {what} in {path.name} have a comma before their decimals, the first is "
            f"{cells[decimals].iloc[0]!r}.",
            "Write a point before decimals: 12.5. Commas stand for thousands alone.",
        )
    numbers = pd.to_numeric(text.str.replace(",", ""), errors="coerce").astype("float64")
    bad = text.notna() & ~numbers.abs().lt(float("inf"))
    if bad.any():
        raise ReferenceTableError(
            "R006",
            f"{int(bad.sum())} {what} in {path.name} cannot be read as numbers, the first is {cells[bad].iloc[0]!r}.",
            "Write a number, or leave the cell empty.",
        )
    negative = numbers[numbers < 0]
    if len(negative):
        raise ReferenceTableError(
            "R007",
            f"{len(negative)} {what} in {path.name} are negative, the first is {negative.iloc[0]:g}.",
            "A severity is zero or more; correct the table.",
        )
    return numbers


def refuse_conflicts(table: pd.DataFrame, key: str, value: str, path: Path) -> None:
    """Refuse a table in which one key has two values.

    Parameters
    ----------
    table : pandas.DataFrame
        Has the columns `key` and `value`.
    key, value : str
        Names of columns; a missing value conflicts with nothing.
    path : pathlib.Path
        The file, to be named in an error.

    Raises
    ------
    ReferenceTableError
        R008 where a key has two values.
    """
    counts = table.groupby(key, sort=True)[value].nunique()
    twice = counts.index[counts > 1]
    if len(twice):
        values = table.loc[table[key] == twice[0], value].dropna().unique()
        raise ReferenceTableError(
            "R008",
            f"{path.name} gives {len(twice)} entries of {key} more than one {value}, the first is {twice[0]!r} with "
            f"{' and '.join(f'{number:.10g}' for number in values)}.",
            "Keep one row for each.",
        )


def refuse_empty(table: pd.DataFrame, path: Path) -> None:
    """Refuse a table without rows.

    Parameters
    ----------
    table : pandas.DataFrame
        The rows below the header.
    path : pathlib.Path
        The file, to be named in an error.

    Raises
    ------
    ReferenceTableError
        R010 where there are no rows.
    """
    if table.empty:
        raise ReferenceTableError(
            "R010", f"{path.name} has the right columns and no rows under them.", "Supply the filled table."
        )
