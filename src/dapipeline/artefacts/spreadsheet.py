"""CSV in which a spreadsheet finds no formula to run, and how it is read back as the table that was written."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
from pandas.api import types

CellType = Literal["text", "whole", "number", "truth", "moment"]
CellTypes = dict[str, CellType]

# A cell that a spreadsheet would run as a formula gets an apostrophe in front. So does a cell that has such apostrophes
# already, so that reading can always take away exactly one.
RISKY = r"^('*[=+\-@\t\n])"
PROTECTED = r"^'(?='*[=+\-@\t\n])"
BYTE_ORDER_MARK = "\ufeff".encode()  # by which Excel on Windows knows that a CSV is UTF-8
TRUTHS = {"True": True, "False": False}
OF_VALUES: dict[str, CellType] = {
    "boolean": "truth", "integer": "whole", "floating": "number", "mixed-integer-float": "number", "decimal": "number",
    "date": "moment", "datetime": "moment", "datetime64": "moment",
}  # fmt: skip


def cell_types(frame: pd.DataFrame) -> CellTypes:
    """Return the cell type of each column, which `read_csv` needs to restore the table.

    Parameters
    ----------
    frame : pandas.DataFrame
        Shape (n_rows, n_columns).

    Returns
    -------
    dict of str to {"text", "whole", "number", "truth", "moment"}
        Column to cell type: text, whole numbers, numbers with decimals, true or false, dates and times.
    """
    return {str(name): _cell_type(frame[name]) for name in frame.columns}


def _cell_type(column: pd.Series) -> CellType:
    dtype = column.dtype
    if types.is_bool_dtype(dtype):
        return "truth"
    if types.is_integer_dtype(dtype):
        return "whole"
    if types.is_numeric_dtype(dtype):
        return "number"
    if types.is_datetime64_any_dtype(dtype):
        return "moment"
    return OF_VALUES.get(types.infer_dtype(column, skipna=True), "text")


def csv_text(frame: pd.DataFrame) -> str:
    """Return a table as CSV in which no cell is a formula.

    An apostrophe is put in front of cells that begin with =, +, -, @, a tab or a line break, as OWASP advises against
    CSV injection. Numbers have 12 significant digits.

    Parameters
    ----------
    frame : pandas.DataFrame
        Shape (n_rows, n_columns); the index is not written.

    Returns
    -------
    str
        With a header line.
    """
    safe = frame.copy()
    for name in safe.columns:
        dtype = safe[name].dtype
        if types.is_float_dtype(dtype):
            # Numbers repeat too. A negative nought is a nought.
            codes, numbers = pd.factorize(safe[name].to_numpy(dtype="float64", na_value=np.nan) + 0.0)
            safe[name] = np.array([*(f"{number:.12g}" for number in numbers), ""], dtype=object)[codes]
        elif isinstance(dtype, pd.CategoricalDtype) or types.is_object_dtype(dtype) or types.is_string_dtype(dtype):
            # Cells repeat: each distinct value is checked once.
            codes, found = pd.factorize(safe[name].astype("string"))
            # pandas does not quote a lone carriage return, and readers would start a new row there.
            cells = pd.Series(found, dtype="string").str.replace(r"\r\n?", "\n", regex=True)
            safe[name] = cells.str.replace(RISKY, r"'\1", regex=True).array.take(codes, allow_fill=True)
    text: str = safe.to_csv(index=False, lineterminator="\n")
    return text


def read_csv(path: Path, column_types: CellTypes) -> pd.DataFrame:
    """Read a table that `csv_text` wrote.

    Parameters
    ----------
    path : Path
    column_types : dict of str to str
        From `cell_types`, of the table as it was written.

    Returns
    -------
    pandas.DataFrame
        Shape (n_rows, n_columns). Text stays text even if it looks like a number or a missing value; only an empty
        field is missing. Whole numbers with a missing value become floats, as in NumPy.
    """
    stored = {"text": "object", "whole": "Int64", "number": "float64", "truth": "object", "moment": "object"}
    frame = pd.read_csv(
        path, dtype={name: stored[of] for name, of in column_types.items()}, keep_default_na=False, na_values=[""],
        skip_blank_lines=False, encoding="utf-8-sig",  # with the mark or without
    )  # fmt: skip
    return frame.assign(**{name: _restored(frame[name], column_types[name]) for name in frame.columns})


def _restored(cells: pd.Series, cell_type: CellType) -> pd.Series:
    gaps = bool(cells.isna().any())
    if cell_type == "text":
        return cells.str.replace(PROTECTED, "", regex=True)
    if cell_type == "whole":
        return cells.astype("float64" if gaps else "int64")
    if cell_type == "truth":
        return cells.map(TRUTHS).astype("boolean" if gaps else "bool")
    if cell_type == "moment":
        # In microseconds, because pandas' nanoseconds cannot hold every year that an extract may have.
        return pd.Series(cells.fillna("NaT").to_numpy(dtype="datetime64[us]"), index=cells.index)
    return cells
