"""How deprived the area of an incident is: from the row itself, else from a table that the force supplies."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd


def with_deprivation(rows: Any, deprivation: pd.DataFrame | None) -> Any:
    """Fill in the deprivation decile of rows that have none, by their area.

    Parameters
    ----------
    rows : ibis.Table
        Canonical rows; lsoa and imd_decile are text.
    deprivation : pandas.DataFrame or None
        From `reference.deprivation.read_deprivation`; None where the force supplied no table.

    Returns
    -------
    ibis.Table
        The same rows and columns. imd_decile stays missing where the area is missing or not in the table.
    """
    if deprivation is None:
        return rows
    lookup = ibis.memtable(
        pd.DataFrame({"area": deprivation["lsoa"].str.upper(), "area_decile": deprivation["imd_decile"]}),
        schema={"area": "string", "area_decile": "int64"},
    )
    joined = rows.left_join(lookup, rows.lsoa.upper() == lookup.area)
    decile = ibis.coalesce(joined.imd_decile, joined.area_decile.cast("string"))
    return joined.mutate(imd_decile=decile).drop("area", "area_decile")
