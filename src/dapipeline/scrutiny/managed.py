"""How concentrated harm is in each area, and how many of the most harmful are managed by whom: counts, never names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dapipeline.reference.codes import MANAGED_BY
from dapipeline.scrutiny.counting import ALL, Grid
from dapipeline.scrutiny.units import NOT_RECORDED

TOPS = (0.01, 0.03, 0.05)
MANAGED = ["top", "managed_by", "people", "of", "share"]
CONCENTRATION = ["area", "top", "people", "of", "harm", "of_harm", "share", "held_by_two"]


def harm_of_suspects(rows: Any) -> pd.DataFrame:
    """Add up the severity of each suspect's DA crimes, by area, with who manages them.

    Parameters
    ----------
    rows : ibis.Table
        From `units.placed`.

    Returns
    -------
    pandas.DataFrame
        offender_id, area, severity (each crime of an incident once), managed_by (as last recorded, missing where it
        never was), sorted by offender_id and area; also suspects whose DA incidents have no severity.
    """
    named = rows.filter(rows.offender_id.notnull())
    own = named.filter(named.da)
    crimes = own.group_by(["offender_id", "area", "incident_id", "record"]).aggregate(severity=own.severity.max())
    harm = crimes.group_by(["offender_id", "area"]).aggregate(
        severity=crimes.severity.sum().fill_null(0).cast("float64")
    )
    told = named.filter(named.managed_by.notnull()).group_by(["offender_id", "known"])
    moments = told.aggregate(managed_by=lambda t: t.managed_by.max())
    last = moments.group_by(suspect=moments.offender_id).aggregate(managed_by=moments.managed_by.argmax(moments.known))
    both = harm.left_join(last, harm.offender_id == last.suspect).drop("suspect")
    return both.order_by(["offender_id", "area"]).to_pandas()


def managed_by(harm: pd.DataFrame) -> pd.DataFrame:
    """Count who manages the suspects with most DA harm.

    Parameters
    ----------
    harm : pandas.DataFrame
        From `harm_of_suspects`.

    Returns
    -------
    pandas.DataFrame
        `MANAGED`: one row per share of suspects (1, 3, 5%, and all) and manager. The number of suspects is rounded up;
        ties are broken by id.
    """
    by_id = harm.groupby("offender_id", sort=False)  # the rows are in order of ids
    people = by_id.agg(severity=("severity", "sum"), by=("managed_by", "first"))
    people = people.sort_values("severity", ascending=False, kind="stable")
    rows = []
    for top in (*TOPS, 1.0):
        own = people.head(int(np.ceil(round(top * len(people), 9))))["by"].fillna(NOT_RECORDED)
        for name in (*MANAGED_BY, NOT_RECORDED):
            number = int((own == name).sum())
            rows.append((top, name, number, len(own), number / max(len(own), 1)))
    return pd.DataFrame(rows, columns=MANAGED)


def concentration_by_area(harm: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """Compute how much of the DA harm of an area the suspects with most of it hold.

    Parameters
    ----------
    harm : pandas.DataFrame
        From `harm_of_suspects`.
    grid : Grid

    Returns
    -------
    pandas.DataFrame
        `CONCENTRATION`: one row per area (and all) and share of its suspects; held_by_two is what the two with most
        hold of the harm of these, which decides whether it may be printed.
    """
    areas = np.array(grid.areas, dtype=object)
    placed = harm.assign(area=areas[grid.place(harm["area"])])
    rows = []
    for area, own in [(ALL, placed.groupby("offender_id", sort=False)["severity"].sum()), *(
        (str(name), part.groupby("offender_id", sort=False)["severity"].sum()) for name, part in placed.groupby("area")
    )]:  # fmt: skip
        ordered = np.sort(own.to_numpy())[::-1]
        for top in TOPS:
            number = int(np.ceil(round(top * len(ordered), 9)))
            held, whole = float(ordered[:number].sum()), float(ordered.sum())
            two = float(ordered[:2].sum() / held) if held else np.nan
            rows.append((area, top, number, len(ordered), held, whole, held / whole if whole else np.nan, two))
    return pd.DataFrame(rows, columns=CONCENTRATION)
