"""Residents of areas, from a table that the force supplies."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dapipeline.errors import ReferenceTableError
from dapipeline.reference.sheets import find_table, read_sheets, refuse_conflicts, refuse_empty

AREAS = {"area", "borough", "force", "lsoa", "area_name", "lad_name"}


def read_population(path: str | Path) -> pd.Series:
    """Read how many people live in each area.

    Parameters
    ----------
    path : str or pathlib.Path
        CSV or Excel with the columns area (or borough, force, lsoa) and population; the header may stand in any of the
        first 15 rows.

    Returns
    -------
    pandas.Series of float
        Residents, indexed by area as the extract writes it.

    Raises
    ------
    ReferenceTableError
        R001 no file, R002 unreadable, R008 rival numbers, R010 no rows, R014 columns missing, R015 a number that is
        none.
    """
    path = Path(path)
    found = find_table(read_sheets(path), {"area": lambda h: h in AREAS, "population": lambda h: h == "population"})
    if found is None:
        raise ReferenceTableError(
            "R014",
            f"{path.name} has no row with an area and a population among its first 15.",
            "Name the columns area and population.",
        )
    table = found[1][found[1]["area"] != ""]
    refuse_empty(table, path)
    people = pd.to_numeric(table["population"].str.replace(",", ""), errors="coerce").astype("float64")
    bad = ~(people > 0)
    if bad.any():
        raise ReferenceTableError(
            "R015",
            f"{int(bad.sum())} of the {len(table)} populations in {path.name} cannot be read as numbers above 0, the "
            f"first is {table.loc[bad, 'population'].iloc[0]!r}.",
            "Write the number of residents of each area.",
        )
    table = table.assign(population=people)
    refuse_conflicts(table, "area", "population", path)
    return table.drop_duplicates("area").set_index("area")["population"]
