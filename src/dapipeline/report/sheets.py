"""The sheets of a workbook: tables with titles beside keys, and what the dictionary says of their columns."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dapipeline.report.dictionary.tables import describe
from dapipeline.report.labels import label
from dapipeline.report.titles import ADDED, with_titles
from dapipeline.report.workbook import Sheet


def sheet_of(table: str, row: str, frame: pd.DataFrame, titles: Mapping[str, str], file: str = "") -> Sheet:
    """Return the sheet of a table.

    Parameters
    ----------
    table : str
        Its name.
    row : str
        What one row is.
    frame : pandas.DataFrame
    titles : mapping of str to str
        Key of a typology to its title.
    file : str
        Its path below the folder of the run.

    Returns
    -------
    Sheet
    """
    wider = with_titles(frame, titles)
    columns = {
        name: ADDED[name] if name in ADDED and name not in frame else describe(table, name) for name in wider.columns
    }
    return Sheet(label(table), label(table), row, wider, columns, file)
