"""CSV that a spreadsheet opens without running anything in it, and the way back to the table that was written."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pandas as pd
from pandas.api import types

Kind = Literal["text", "whole", "number", "truth", "moment"]
Kinds = dict[str, Kind]

# A cell that a spreadsheet would run gets an apostrophe. So does one that already looks like such a cell, or reading
# could not tell whose apostrophe it is.
RISKY = r"^('*[=+\-@\t\n])"
PROTECTED = r"^'(?='*[=+\-@\t\n])"
TRUTHS = {"True": True, "False": False}
OF_VALUES: dict[str, Kind] = {
    "boolean": "truth", "integer": "whole", "floating": "number", "mixed-integer-float": "number", "decimal": "number",
    "date": "moment", "datetime": "moment", "datetime64": "moment",
}  # fmt: skip


def kinds_of(frame: pd.DataFrame) -> Kinds:
    """Return what each column of a table holds, for whoever reads its CSV back."""
    return {str(name): _kind(frame[name]) for name in frame.columns}


def _kind(column: pd.Series) -> Kind:
    kind = column.dtype
    if types.is_bool_dtype(kind):
        return "truth"
    if types.is_integer_dtype(kind):
        return "whole"
    if types.is_numeric_dtype(kind):
        return "number"
    if types.is_datetime64_any_dtype(kind):
        return "moment"
    return OF_VALUES.get(types.infer_dtype(column, skipna=True), "text")


def csv_text(frame: pd.DataFrame) -> str:
    """Return a table as CSV in which no cell is a formula."""
    safe = frame.copy()
    for name in safe.columns:
        kind = safe[name].dtype
        if isinstance(kind, pd.CategoricalDtype) or types.is_object_dtype(kind) or types.is_string_dtype(kind):
            # Cells repeat, so that each different one is looked at once.
            codes, found = pd.factorize(safe[name].astype("string"))
            # A lone carriage return would not be quoted, and would begin a row of its own.
            cells = pd.Series(found, dtype="string").str.replace(r"\r\n?", "\n", regex=True)
            safe[name] = cells.str.replace(RISKY, r"'\1", regex=True).array.take(codes, allow_fill=True)
    text: str = safe.to_csv(index=False, lineterminator="\n", float_format="%.12g")
    return text


def read_csv(path: Path, kinds: Kinds) -> pd.DataFrame:
    """Read a table that `csv_text` wrote.

    Parameters
    ----------
    path : Path
    kinds : dict of str to str
        From `kinds_of` the table as it was written.

    Returns
    -------
    pandas.DataFrame
        Text is text whatever it says, and only an empty field is missing. Whole numbers with a gap are floats, as
        NumPy has them.
    """
    stored = {"text": "object", "whole": "Int64", "number": "float64", "truth": "object", "moment": "object"}
    frame = pd.read_csv(
        path, dtype={name: stored[kind] for name, kind in kinds.items()}, keep_default_na=False, na_values=[""],
        skip_blank_lines=False, encoding="utf-8",
    )  # fmt: skip
    return frame.assign(**{name: _restored(frame[name], kinds[name]) for name in frame.columns})


def _restored(cells: pd.Series, kind: Kind) -> pd.Series:
    gaps = bool(cells.isna().any())
    if kind == "text":
        return cells.str.replace(PROTECTED, "", regex=True)
    if kind == "whole":
        return cells.astype("float64" if gaps else "int64")
    if kind == "truth":
        return cells.map(TRUTHS).astype("boolean" if gaps else "bool")
    if kind == "moment":
        # NumPy reads years that pandas' nanoseconds cannot hold.
        return pd.Series(cells.fillna("NaT").to_numpy(dtype="datetime64[us]"), index=cells.index)
    return cells
