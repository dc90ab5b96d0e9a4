"""Where the DA flag and the recorded tie disagree, for the force to look at.

The flag is held against partner or family, both of age. The published accuracy, 92.2% (MPS VAW 2010, Update on
recommendations 2), does not print its denominator. Agreement of two records is not accuracy: both may be wrong, and a
tie that nobody recorded cannot disagree.
"""

from __future__ import annotations

from typing import Any

import ibis
import numpy as np
import pandas as pd

from dapipeline.analysis.harm.significance import wilson
from dapipeline.incidents.tables import any_known
from dapipeline.scrutiny.counting import ALL, Grid
from dapipeline.scrutiny.years import year_in_words

PUBLISHED = 0.922
UNDER, OVER, AGREE, OUT = "tie without flag", "flag without tie", "agree", "left out"
COLUMNS = ["area", "year", "finding", "incidents", "audited", "share", "low", "high"]
ROWS = ["finding", "area", "year", "source_file", "source_row"]


def audited(rows: Any) -> Any:
    """Find for every incident whether flag and tie agree.

    Parameters
    ----------
    rows : ibis.Table
        From `units.placed`.

    Returns
    -------
    ibis.Table
        incident_id, area, year, finding. An incident is left out where no row of it records both the tie and both
        ages; of age is as the run defines DA.
    """
    known = rows.intimacy.notnull() & ~rows.unknown_age & rows.offender_id.notnull()
    found = rows.group_by("incident_id").aggregate(
        area=rows.area.min(), year=rows.year.min(), flag=rows.flag.any(), known=any_known(known),
        tied=any_known(known & rows.close & rows.of_age),
    )  # fmt: skip
    finding = ibis.cases(
        (~found.known, OUT), (found.tied & ~found.flag, UNDER), (found.flag & ~found.tied, OVER), else_=AGREE
    )
    return found.mutate(finding=finding).select("incident_id", "area", "year", "finding")


def flag_audit(found: Any, grid: Grid, years: str) -> pd.DataFrame:
    """Count the findings by area and year.

    Parameters
    ----------
    found : ibis.Table
        From `audited`.
    grid : Grid
    years : str

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`: share of those audited, with Wilson's interval; missing for those left out.
    """
    counts = found.group_by(["area", "year", "finding"]).aggregate(n=found.count()).to_pandas()
    places, findings = grid.place(counts["area"]), (UNDER, OVER, AGREE, OUT)
    cells = np.zeros((len(grid.areas) + 1, len(grid.years) + 1, len(findings)), dtype=np.int64)
    year = np.searchsorted(np.array(grid.years), counts["year"].to_numpy()) + 1
    of = counts["finding"].map({name: at for at, name in enumerate(findings)}).to_numpy(dtype=np.int64)
    for area in (0 * places, places + 1):
        for of_year in (0 * year, year):
            np.add.at(cells, (area, of_year, of), counts["n"].to_numpy())
    checked = cells[:, :, :3].sum(axis=2, keepdims=True)
    at = [axis.ravel() for axis in np.indices(cells.shape)]
    table = pd.DataFrame({
        "area": np.array([ALL, *grid.areas], dtype=object)[at[0]],
        "year": np.array([ALL, *(year_in_words(first, years) for first in grid.years)], dtype=object)[at[1]],
        "finding": np.array(findings, dtype=object)[at[2]], "incidents": cells.ravel(),
        "audited": np.broadcast_to(checked, cells.shape).ravel(),
    })  # fmt: skip
    low, high = wilson(table["incidents"].to_numpy(), table["audited"].to_numpy())
    out = table["finding"].eq(OUT) | table["audited"].eq(0)
    share = table["incidents"] / table["audited"].where(table["audited"] > 0)
    ends = {"share": share, "low": low, "high": high}
    return table.assign(**{name: pd.Series(value).mask(out) for name, value in ends.items()})[COLUMNS]


def rows_to_look_at(rows: Any, found: Any, years: str) -> pd.DataFrame:
    """List the rows of the incidents in which flag and tie disagree.

    Parameters
    ----------
    rows : ibis.Table
        From `units.placed`.
    found : ibis.Table
        From `audited`.
    years : str

    Returns
    -------
    pandas.DataFrame
        `ROWS`, in the order of the extract.
    """
    differing = found.filter(found.finding.isin([UNDER, OVER]))
    joined = rows.select("incident_id", "source_file", "source_row").inner_join(differing, "incident_id")
    table = joined.select(*ROWS).order_by(["source_file", "source_row"]).to_pandas()
    return table.assign(year=[year_in_words(int(first), years) for first in table["year"]])
