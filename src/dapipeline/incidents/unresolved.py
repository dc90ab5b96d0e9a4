"""How many rows have an offence without a severity, or an area without a decile, for the report to show."""

from __future__ import annotations

from typing import Any


def count_unresolved(rows: Any, with_table: bool) -> dict[str, int]:
    """Count the crimes without a severity, and the areas that the force's table does not have.

    A crime without a severity counts as 0 in sums of severity.

    Parameters
    ----------
    rows : ibis.Table
        Rows from `with_offence` and `with_deprivation`.
    with_table : bool
        Whether the config names a table of areas.

    Returns
    -------
    dict of str to int
        Numbers of rows: crimes, crimes_without_severity, areas (rows with an LSOA), areas_unknown (of these, rows
        without a decile; 0 where there is no table).
    """
    area = rows.lsoa.notnull()
    found = rows.aggregate(
        crimes=rows.is_crime.sum().fill_null(0),
        crimes_without_severity=(rows.is_crime & rows.severity.isnull()).sum().fill_null(0),
        areas=area.sum().fill_null(0),
        areas_unknown=(area & rows.imd_decile.isnull()).sum().fill_null(0),
    ).to_pandas()
    counts = {name: int(found.loc[0, name]) for name in found.columns}
    return counts if with_table else counts | {"areas_unknown": 0}
