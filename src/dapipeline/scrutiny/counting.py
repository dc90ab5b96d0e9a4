"""Finds in the engine which conditions hold of each unit; sums by area, year and group are made of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from dapipeline.offenders.feature import missing_columns
from dapipeline.reference.codes import RISK_GRADES
from dapipeline.reference.tables import families
from dapipeline.scrutiny.indicator import BREAKDOWN_NEEDS, Indicator
from dapipeline.scrutiny.units import BANDS, NOT_RECORDED, OLDEST_BAND, OUTCOME_GROUPS, Units

ALL = "all"
TOGETHER = "smaller areas together"
CALLED = {name: f"{name} (area)" for name in (ALL, TOGETHER)}  # areas whose names the tables use for sums
KEYS = ["person", "area", "year"]
TIES = ("partner or ex-partner", "family", "neither", NOT_RECORDED)
ORDERS: dict[str, Sequence[str]] = {
    "da": ("DA", "other"), "sex": ("F", "M", "U"), "age": (*(name for _, name in BANDS), OLDEST_BAND),
    "risk_grade": tuple(reversed(RISK_GRADES)), "outcome": OUTCOME_GROUPS, "tie": TIES,
    "deprivation": tuple(str(n) for n in range(1, 11)), "crime_type": tuple(families()["family"]),
}  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """The conditions that hold of the units of one kind.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per unit of which any holds: person (a place in `ids`), area and year (places in `Grid`), a categorical
        per breakdown, and one whole number per condition; for pairs also other (the victim, as a number).
    ids : pyarrow.Array
        The different persons.
    names : dict of (str, str) to str
        Key of an indicator and side (number, over) to the column that holds its condition.
    done : dict of tuple of str to ndarray
        What was added up already, for indicators that have it in common.
    """

    table: pd.DataFrame
    ids: pa.Array
    names: dict[tuple[str, str], str]
    done: dict[tuple[str, ...], np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """The areas and years of a run.

    Attributes
    ----------
    areas : tuple of str
        In order; those of too few DA incidents are one, at the end.
    years : tuple of int
        The calendar years in which they begin.
    merged : tuple of str
        The areas that were put together.
    """

    areas: tuple[str, ...]
    years: tuple[int, ...]
    merged: tuple[str, ...]

    def place(self, areas: pd.Series) -> np.ndarray:
        """Return the places of areas, those that were put together as one.

        Parameters
        ----------
        areas : pandas.Series of str

        Returns
        -------
        ndarray of int
        """
        where = {name: at for at, name in enumerate(self.areas)}
        together = where.get(TOGETHER, -1)
        places = {**dict.fromkeys(self.merged, together), **where}
        return areas.replace(CALLED).map(places).to_numpy(dtype=np.int64)


def grid_of(units: Units, fewest: int) -> Grid:
    """Find the areas and years, and put areas of few DA incidents together.

    Parameters
    ----------
    units : Units
    fewest : int
        DA incidents that an area needs to stand alone.

    Returns
    -------
    Grid
        Where those put together are still too few, the next smallest joins them.
    """
    table = units.incidents
    found = table.group_by(["area", "year"]).aggregate(da=table.da.cast("int32").sum()).to_pandas()
    found["area"] = found["area"].replace(CALLED)
    sizes = found.groupby("area")["da"].sum().reset_index().sort_values(["da", "area"])
    merged: list[str] = sizes.loc[sizes["da"] < fewest, "area"].tolist()
    if 0 < sizes["da"].iloc[: len(merged)].sum() < fewest or (len(merged) == 1 and len(sizes) > 1):
        while len(merged) < len(sizes) and (len(merged) < 2 or sizes["da"].iloc[: len(merged)].sum() < fewest):
            merged.append(str(sizes["area"].iloc[len(merged)]))
    alone = sorted(set(sizes["area"]) - set(merged))
    return Grid(
        (*alone, *([TOGETHER] if merged else [])),
        tuple(sorted(found["year"].astype(int).unique())),
        tuple(sorted(merged)),
    )


def groups_in(unit: str, table: Any, present: Sequence[str]) -> dict[str, Any]:
    """Return the breakdowns that a unit has, each as a text column.

    Parameters
    ----------
    unit : str
    table : ibis.Table
    present : sequence of str
        Canonical columns of the extract.

    Returns
    -------
    dict of str to ibis string column
        Never missing.
    """
    if unit == "incidents":
        grades = tuple((rank, name) for rank, name in enumerate(RISK_GRADES, start=1))
        made = {
            "risk_grade": table.risk.cases(*grades), "route": table.route, "place": table.place,
            "deprivation": table.decile.cast("string"),
            "tie": ibis.cases((table.couple, TIES[0]), (table.kin, TIES[1]), (table.tied, TIES[2])),
        }  # fmt: skip
    elif unit == "records":
        named = tuple(enumerate(OUTCOME_GROUPS))
        made = {
            "crime_type": table.family, "outcome": table.outcome.cases(*named),
            "da": table.da.ifelse("DA", "other"),
        }  # fmt: skip
    elif unit in ("suspects", "victims"):
        made = {name: table[name] for name in ("sex", "age", "ethnicity")}
    else:
        made = {}
    asked = [name for name in made if not missing_columns(BREAKDOWN_NEEDS.get((unit, name), ()), present)]
    return {name: made[name].fill_null(NOT_RECORDED) for name in asked}


def count(units: Units, unit: str, indicators: Sequence[Indicator], grid: Grid, present: Sequence[str]) -> Counted:
    """Find which conditions of some indicators hold of the units of one kind.

    Parameters
    ----------
    units : Units
    unit : str
    indicators : sequence of Indicator
        Those that can be computed.
    grid : Grid
    present : sequence of str

    Returns
    -------
    Counted
    """
    table = units.of(unit)
    conditions: dict[Any, tuple[str, Any]] = {}
    names: dict[tuple[str, str], str] = {}
    for indicator in indicators:
        sides = {"number": indicator.number if indicator.unit == unit else None,
                 "over": indicator.over if (indicator.over_unit or indicator.unit) == unit else None}  # fmt: skip
        for side, condition in sides.items():
            if condition is not None:
                value = condition(table)
                name, _ = conditions.setdefault(value.op(), (f"c{len(conditions)}", value))
                names[indicator.key, side] = name
    groups = groups_in(unit, table, present)
    if unit == "pairs":
        groups = {"other": table.victim_id}
    values = {name: value.cast("int16").fill_null(0) for name, value in conditions.values()}
    laid = table.select(*KEYS, **groups, **values)
    laid = laid.filter(ibis.or_(ibis.literal(False), *(laid[name] > 0 for name in values)))
    cells = laid.to_pyarrow()
    person, ids = _encoded(cells["person"])
    area, names_of_areas = _encoded(cells["area"])
    columns: dict[str, Any] = {"person": person}
    columns["area"] = grid.place(pd.Series(names_of_areas.to_pylist(), dtype=object))[area]
    columns["year"] = np.searchsorted(np.array(grid.years), cells["year"].to_numpy())
    for name in groups:
        codes, there = _encoded(cells[name])
        columns[name] = codes if name == "other" else _in_order(name, codes, there.to_pylist())
    columns |= {name: cells[name].to_numpy() for name in values}
    return Counted(pd.DataFrame(columns), ids, names)


def _encoded(column: pa.ChunkedArray) -> tuple[np.ndarray, pa.Array]:
    """Return texts as places among the different ones."""
    held = column.combine_chunks().dictionary_encode()
    return held.indices.to_numpy(zero_copy_only=False), held.dictionary


def _in_order(breakdown: str, codes: np.ndarray, there: list[str]) -> pd.Categorical:
    """Return the groups as a categorical: in their own order, others by name, what is not recorded last."""
    known = [name for name in ORDERS.get(breakdown, ()) if name in there]
    others = sorted(set(there) - {*known, NOT_RECORDED})
    last = [NOT_RECORDED] if NOT_RECORDED in there and NOT_RECORDED not in known else []
    ordered = [*known, *others, *last]
    return pd.Categorical.from_codes(np.array([ordered.index(name) for name in there], dtype=int)[codes], ordered)


def in_cells(counted: Counted, name: str, shape: tuple[int, ...], by: str | None = None) -> np.ndarray:
    """Add up one condition by area, year and group.

    Parameters
    ----------
    counted : Counted
    name : str
        Its column.
    shape : tuple of int
        How many areas, years and groups.
    by : str, optional
        The breakdown.

    Returns
    -------
    ndarray of int, shape (areas, years, groups)
    """
    cells = cells_of(counted.table, shape, by)
    return np.bincount(cells, counted.table[name].to_numpy(), int(np.prod(shape))).astype(np.int64).reshape(shape)


def cells_of(table: pd.DataFrame, shape: tuple[int, ...], by: str | None = None) -> np.ndarray:
    """Return the cell of each row: area by year by group, as one number.

    Parameters
    ----------
    table : pandas.DataFrame
    shape : tuple of int
        How many areas, years and groups.
    by : str, optional
        The breakdown.

    Returns
    -------
    ndarray of int
    """
    area, year = (table[axis].to_numpy(dtype=np.int64) for axis in ("area", "year"))
    cells: np.ndarray = (area * shape[1] + year) * shape[2] + groups_of(table, by)
    return cells


def groups_of(table: pd.DataFrame, by: str | None) -> np.ndarray:
    """Return the place of each row's group in a breakdown; 0 without one.

    Parameters
    ----------
    table : pandas.DataFrame
    by : str or None
        The breakdown.

    Returns
    -------
    ndarray of int
    """
    return table[by].cat.codes.to_numpy(dtype=np.int64) if by else np.zeros(len(table), dtype=np.int64)


def with_all(cells: np.ndarray) -> np.ndarray:
    """Put the sums over all areas and over all years before the cells.

    Parameters
    ----------
    cells : ndarray, shape (areas, years, …)

    Returns
    -------
    ndarray, shape (areas + 1, years + 1, …)
    """
    by_year = np.concatenate([cells.sum(axis=1, keepdims=True), cells], axis=1)
    return np.concatenate([by_year.sum(axis=0, keepdims=True), by_year], axis=0)
