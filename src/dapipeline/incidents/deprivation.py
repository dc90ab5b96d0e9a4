"""Where it happened: the deprivation decile of the area, from the row itself or from a table of the force's."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd


def with_deprivation(rows: Any, deprivation: pd.DataFrame | None) -> Any:
    """Add the deprivation decile of the area where the row itself has none.

    Parameters
    ----------
    rows : ibis.Table
        Has lsoa and imd_decile, text.
    deprivation : pandas.DataFrame or None
        lsoa, imd_decile.
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
