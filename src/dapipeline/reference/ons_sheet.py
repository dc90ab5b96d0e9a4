"""The sheet "List of weights" of the ONS Crime Severity Score data tool, in the layouts it has been published in.

One column has code and title of a category ("8N Assault with injury"), or the code has a column of its own (edition of
2020). Headers differ between editions: the weights are found by theirs, codes and titles by what the cells hold.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from dapipeline.errors import ReferenceTableError
from dapipeline.reference.sheets import (
    HEADER_ROWS,
    NO_VALUE,
    Rows,
    cell_text,
    header_name,
    read_numbers,
    refuse_empty,
)

SHEET = "list_of_weights"
MOSTLY = 0.8  # more of a column's cells are numbers where it holds weights: a footnote may stand among them

_NUMBER = r"0*\d{1,3}[A-Za-z]?(?:\.\d{1,2})?"
_CODES = rf"{_NUMBER}(?:\s*(?:[,/&]|\band\b)\s*(?:{_NUMBER}|[A-Za-z]\b))*"
# What follows the code must be a title: it is not in "19C-H Rape", "8 N Assault" or "13 and over".
_TITLE = r"(?![A-Za-z]\b|\d|(?:and|or|to)\b).+"
_CATEGORY = re.compile(rf"({_CODES})(?:\s*[:–-]\s*|\s+)({_TITLE})", re.DOTALL)
_is_code = re.compile(_CODES).fullmatch
_WEIGHT = re.compile(r"(?:^|_)weights?\d*(?:_|$)")


def find_sheet(sheets: dict[str, Rows], path: Path) -> str | None:
    """Find the sheet of weights by its name.

    Parameters
    ----------
    sheets : dict
        Rows by sheet name.
    path : pathlib.Path
        The file, to be named in an error.

    Returns
    -------
    str or None
        "List of weights", however it is spaced and written; else the one sheet whose name begins so ("List of weights
        2021"). None where no sheet is called so.

    Raises
    ------
    ReferenceTableError
        R012 where several sheets may be meant.
    """
    plain = {name: header_name(name) for name in sheets}
    found = [name for name in sheets if plain[name] == SHEET]
    found = found or [name for name in sheets if plain[name].startswith(SHEET)]
    if len(found) > 1:
        raise ReferenceTableError(
            "R012",
            f"{path.name} has {len(found)} sheets of weights: {', '.join(found)}.",
            "Delete all but the one to use, and use the same for all runs that are compared.",
        )
    return found[0] if found else None


def read_weights(rows: Rows, path: Path) -> pd.DataFrame:
    """Read the weights of offence categories.

    Parameters
    ----------
    rows : list of list
        The cells of the sheet.
    path : pathlib.Path
        The file, to be named in an error.

    Returns
    -------
    pandas.DataFrame
        codes ("8N" or "1, 4.1/2/10" as published, ``""`` where the row has none), title (as published), severity.

    Raises
    ------
    ReferenceTableError
        R004 where columns are missing or several have weights, R005 where a code is unreadable, R006, R007 and R011
        where a weight is, R010 where there are none.
    """
    grid = pd.DataFrame(rows).apply(cell_text)
    column, first = _find_weights(grid, path)
    body = grid.loc[first + 1 :]
    body = body[_is_told(body[column])]
    table = _codes_and_titles(body.loc[:, : column - 1], path).assign(severity=body[column])
    table = table[(table["codes"] != "") | (table["title"] != "")]
    refuse_empty(table, path)
    return table.assign(severity=read_numbers(table["severity"], path, "weights"))


def _columns_missing(path: Path) -> ReferenceTableError:
    return ReferenceTableError(
        "R004",
        f"{path.name} has no titles of offences with numbers right of them whose header, in the first {HEADER_ROWS} "
        "rows, is Weight.",
        "Supply the sheet as published, with the columns Offence category and Weight.",
    )


def _names_weights(cell: str) -> bool:
    return bool(_WEIGHT.search(header_name(cell)))


def _is_told(cells: pd.Series) -> pd.Series:
    """Tell the cells that hold something: no marks of a missing value, and no header, which may be repeated."""
    return ~cells.str.lower().isin(NO_VALUE) & ~cells.map(_names_weights).astype("bool")


def _holds_numbers(cells: pd.Series) -> bool:
    told = cells[_is_told(cells)]
    return len(told) > 0 and float(told.str.fullmatch(r"[+-]?\d[\d.,]*(?:e[+-]?\d+)?").mean()) > MOSTLY


def _find_weights(grid: pd.DataFrame, path: Path) -> tuple[int, int]:
    """Find the column of weights and the row of its header.

    Parameters
    ----------
    grid : pandas.DataFrame
        The cells of the sheet as text.
    path : pathlib.Path
        The file, to be named in an error.

    Returns
    -------
    tuple of int
        Column and row.
    """
    headers = _headers(grid)
    below = {column: grid[column].loc[rows[0] + 1 :] for column, rows in headers.items()}
    weights = [column for column in headers if _holds_numbers(below[column])]
    if not weights:
        if headers and not any(_is_told(cells).any() for cells in below.values()):
            refuse_empty(pd.DataFrame(), path)
        raise _columns_missing(path)
    column, row = weights[0], headers[weights[0]][-1]
    others = [other for other in grid.columns if other > column and other not in headers]
    nameless = [other for other in others if _is_nameless_twin(grid, column, other, row)]
    if len(weights + nameless) > 1:
        names = [repr(grid.loc[headers[each][-1], each]) for each in weights] + ["one without a name"] * len(nameless)
        raise ReferenceTableError(
            "R004",
            f"{path.name} has {len(names)} columns of weights: {', '.join(names)}.",
            "Delete all but the one to use, and use the same for all runs that are compared.",
        )
    return column, headers[column][0]


def _headers(grid: pd.DataFrame) -> dict[int, list[int]]:
    """Find by column the rows, among the first, that have the word weight; the first column has the sheet's title."""
    found = {
        column: [row for row, cell in enumerate(grid[column].head(HEADER_ROWS)) if _names_weights(cell)]
        for column in grid.columns[1:]
    }
    return {column: rows for column, rows in found.items() if rows}


def _is_nameless_twin(grid: pd.DataFrame, column: int, other: int, row: int) -> bool:
    """Tell whether another column has weights too, under a header that was merged or is a year."""
    both = grid.loc[row + 1 :]
    both = both[_is_told(both[column])]
    nameless = not re.search("[A-Za-z]", grid.loc[row, other])
    return nameless and bool((both[other] != "").mean() > 0.5) and _holds_numbers(both[other])


def _codes_and_titles(left: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Find codes and titles in the columns left of the weights.

    Parameters
    ----------
    left : pandas.DataFrame
        Cells as text, of the rows that have a weight.
    path : pathlib.Path
        The file, to be named in an error.

    Returns
    -------
    pandas.DataFrame
        codes, title.
    """
    texts = [column for column in left.columns if left[column].str.contains("[A-Za-z]{3}").mean() > 0.5]
    if not texts:
        raise _columns_missing(path)
    title = left[texts[-1]]
    begins = title.map(lambda cell: bool(_CATEGORY.fullmatch(cell)))
    coded = [column for column in left.columns if column != texts[-1] and _holds_codes(left[column])]
    if coded and begins.mean() <= 0.5:
        codes = left[coded[-1]].mask(~_is_told(left[coded[-1]]), "")
        _refuse_unreadable(codes[(codes != "") & ~codes.map(_is_code).astype("bool")], path)
        return pd.DataFrame({"codes": codes, "title": title})
    _refuse_unreadable(title[title.str.contains(r"^\d") & ~begins], path)
    return pd.DataFrame([split_category(cell) for cell in title], index=title.index, columns=["codes", "title"])


def _holds_codes(cells: pd.Series) -> bool:
    """Tell a column of codes from one of numbers, such as the numbers of rows: some codes have letters."""
    told = cells[_is_told(cells)]
    return bool(told.map(_is_code).astype("bool").mean() > 0.5) and bool(told.str.contains("[A-Za-z]").any())


def split_category(category: str) -> tuple[str, str]:
    """Split a category into its codes and its title.

    Parameters
    ----------
    category : str
        As published: "1, 4.1/10/2 Homicide", "8N: Assault with injury" or a title alone.

    Returns
    -------
    tuple of str
        Codes, ``""`` where there are none, and title.
    """
    found = _CATEGORY.fullmatch(category)
    return (found[1], found[2]) if found else ("", category)


def _refuse_unreadable(cells: pd.Series, path: Path) -> None:
    if len(cells):
        raise ReferenceTableError(
            "R005",
            f"{len(cells)} codes of offence categories in {path.name} cannot be read, the first is {cells.iloc[0]!r}.",
            "Write codes as the ONS does, 8N or 4.1/2, or clear them: the row is then found by its title alone.",
        )
