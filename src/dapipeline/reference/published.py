"""Published figures that somebody typed from a document, one line each, to be held against each other and a run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dapipeline.errors import ReferenceTableError

NEEDED = ["table", "row", "figure", "value"]
OPTIONAL = ["unit", "number", "of", "within", "block", "indicator", "area", "year", "breakdown", "group", "note"]
UNITS = ("count", "percent")


def read_published(path: str | Path) -> pd.DataFrame:
    """Read published figures.

    Parameters
    ----------
    path : str or pathlib.Path
        CSV in UTF-8 with a header. table, row, figure, value: what is printed where; an empty value is a number that is
        missing in print. unit: count (where empty) or percent. number, of: for a percentage, the figures of the same
        table and row whose share it is. within: for a count, the figure of the same table and row of which it is a
        part. block: lines of one table, figure and block add up to the line whose row is total or, if they are
        percentages, to 100. indicator, area, year, breakdown, group: the cell of tables/scrutiny.csv that it can be
        held against.

    Returns
    -------
    pandas.DataFrame
        All of these columns as text, empty where there is nothing, and amount (float; missing where there is no value).

    Raises
    ------
    ReferenceTableError
        R001 no file, R016 not a CSV with these columns, R017 a value or unit that cannot be read.
    """
    path = Path(path)
    if not path.is_file():
        raise ReferenceTableError("R001", f"There is no file {path}.", "Check the path of the table.")
    try:
        table = pd.read_csv(path, dtype="string", keep_default_na=False, encoding="utf-8")
    except (ValueError, UnicodeError, pd.errors.ParserError):
        table = pd.DataFrame()
    missing = [name for name in NEEDED if name not in table]
    if missing:
        raise ReferenceTableError(
            "R016",
            f"{path.name} is not a CSV with the columns {', '.join(NEEDED)}; it lacks {', '.join(missing)}.",
            "Write one line per printed figure; docs/scrutiny.md says what each column means.",
        )
    table = table.assign(
        **{name: pd.array([""] * len(table), dtype="string") for name in OPTIONAL if name not in table}
    )
    table["unit"] = table["unit"].replace("", UNITS[0])
    amount = pd.to_numeric(table["value"].str.replace(",", ""), errors="coerce").astype("float64")
    bad = (amount.isna() & (table["value"] != "")) | ~table["unit"].isin(UNITS)
    if bad.any():
        first = int(bad.to_numpy().argmax())
        raise ReferenceTableError(
            "R017",
            f"Line {first + 2} of {path.name} has the value {table['value'].iloc[first]!r} with the unit "
            f"{table['unit'].iloc[first]!r}.",
            "Values are numbers such as 1,204 or 48.9, or empty; units are count and percent.",
        )
    return table[[*NEEDED, *OPTIONAL]].assign(amount=amount)
