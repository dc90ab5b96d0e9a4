"""Deprivation of small areas (LSOA) from a table that the force supplies."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dapipeline.errors import ReferenceTableError
from dapipeline.reference.sheets import find_table, read_sheets, refuse_conflicts, refuse_empty

OFFICIAL_DECILE = "index_of_multiple_deprivation_imd_decile"


def _is_lsoa(header: str) -> bool:
    return header in {"lsoa", "lsoa01cd", "lsoa11cd", "lsoa21cd"} or header.startswith("lsoa_code")


def _is_decile(header: str) -> bool:
    return header == "imd_decile" or header.startswith(OFFICIAL_DECILE)


def read_deprivation(path: str | Path) -> pd.DataFrame:
    """Read the Index of Multiple Deprivation decile of each LSOA.

    Parameters
    ----------
    path : str or pathlib.Path
        CSV or Excel with the official column names ("LSOA code (2021)", "Index of Multiple Deprivation
        (IMD) Decile (where 1 is most deprived 10% of LSOAs)") or lsoa, imd_decile; the header may stand in
        any of the first 15 rows.

    Returns
    -------
    pandas.DataFrame
        lsoa (text, unique, sorted), imd_decile (1 to 10; 1 is most deprived).

    Raises
    ------
    ReferenceTableError
        R001 no file, R002 unreadable, R004 columns missing, R008 conflicting deciles, R009 a decile
        that is not 1 to 10, R010 no rows.
    """
    path = Path(path)
    found = find_table(read_sheets(path), {"lsoa": _is_lsoa, "imd_decile": _is_decile})
    if found is None:
        raise ReferenceTableError(
            "R004",
            f"{path.name} has no row with an LSOA code and an IMD decile among its first 15.",
            "Name the columns lsoa and imd_decile, or supply the table as published.",
        )
    table = found[1][found[1]["lsoa"] != ""]
    refuse_empty(table, path)
    deciles = pd.to_numeric(table["imd_decile"], errors="coerce").astype("float64")
    bad = ~deciles.isin(range(1, 11))
    if bad.any():
        raise ReferenceTableError(
            "R009",
            f"{int(bad.sum())} deciles in {path.name} are not whole numbers from 1 to 10, "
            f"the first is {table.loc[bad, 'imd_decile'].iloc[0]!r}.",
            "Use deciles, 1 for the most deprived, not ranks or scores.",
        )
    table = table.assign(imd_decile=deciles.astype("int64"))
    refuse_conflicts(table, "lsoa", "imd_decile", path)
    return table.drop_duplicates("lsoa").sort_values("lsoa", ignore_index=True)
