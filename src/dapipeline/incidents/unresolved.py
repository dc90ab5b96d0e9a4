"""What could not be looked up: counted, because a missing severity counts as 0 and a missing area as unknown."""

from __future__ import annotations

from typing import Any


def count_unresolved(rows: Any, with_table: bool) -> dict[str, int]:
    """Count crimes without a severity, and areas that a table of the force's does not know.

    Parameters
    ----------
    rows : ibis.Table
        Rows with severity and, where there is a table, its deciles.
    with_table : bool
        Whether a table of areas was named in the config.

    Returns
    -------
    dict of str to int
        crimes, crimes_without_severity, areas (rows with one), areas_unknown; all counts of rows.
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
