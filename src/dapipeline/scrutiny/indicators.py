"""Computes the indicators: one tidy table by area, year and group, and how each changed on the year before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dapipeline.analysis.harm.significance import wilson
from dapipeline.scrutiny.counting import ALL, TOGETHER, Counted, Grid, cells_of, count, groups_of, in_cells, with_all
from dapipeline.scrutiny.indicator import Indicator
from dapipeline.scrutiny.intervals import byar, of_ratio
from dapipeline.scrutiny.resampling import RESAMPLES, STEPS, bootstrap, person_weights, weighted_sums
from dapipeline.scrutiny.units import Units
from dapipeline.scrutiny.years import year_in_words

COLUMNS = [
    "indicator", "area", "year", "breakdown", "group", "numerator", "denominator", "rate", "low", "high", "note",
]  # fmt: skip
PEOPLE = [*COLUMNS[:5], "people"]
UNITS = ("incidents", "records", "suspects", "victims", "pairs")
MEDIAN = "median days, and the first and third quartile"


@dataclass(frozen=True)
class Scope:
    """What is counted, where and when.

    Attributes
    ----------
    units : Units
    grid : Grid
    years : str
        financial, calendar, or the last day of twelve months.
    present : tuple of str
        Canonical columns of the extract.
    population : pandas.Series or None
        Residents by area.
    seed : int
    """

    units: Units
    grid: Grid
    years: str
    present: tuple[str, ...]
    population: pd.Series | None
    seed: int

    @property
    def area_names(self) -> list[str]:
        """All, and then each area."""
        return [ALL, *self.grid.areas]

    @property
    def year_names(self) -> list[str]:
        """All, and then each year in words."""
        return [ALL, *(year_in_words(first, self.years) for first in self.grid.years)]


def compute(scope: Scope, indicators: Sequence[Indicator]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compute indicators.

    Parameters
    ----------
    scope : Scope
    indicators : sequence of Indicator
        Those that the extract has the columns for.

    Returns
    -------
    table : pandas.DataFrame
        `COLUMNS`. Areas by years for each indicator; its groups for all areas by year, and for each area over all
        years. Cells in which nothing is counted below the line are left out.
    people : pandas.DataFrame
        `PEOPLE`: how many persons are behind the denominator of each cell whose intervals come from persons.
    """
    counted = {unit: count(scope.units, unit, indicators, scope.grid, scope.present) for unit in UNITS
               if any(unit in (i.unit, i.over_unit) for i in indicators)}  # fmt: skip
    weights = _weights(counted, scope.seed)
    parts = []
    for indicator in indicators:
        if indicator.kind == "people":
            parts += _of_people(indicator, counted[indicator.unit], scope)
        elif indicator.kind == "days":
            parts.append(_of_days(indicator, scope))
        else:
            asked = _breakdowns(indicator, counted) if indicator.shared_by else [None, *_breakdowns(indicator, counted)]
            parts += [_of_cells(indicator, by, counted, weights, scope) for by in asked]
    made = pd.concat(parts, ignore_index=True)
    behind = made.dropna(subset="people")[PEOPLE].astype({"people": "int64"})
    return made[COLUMNS], behind.reset_index(drop=True)


def _breakdowns(indicator: Indicator, counted: Mapping[str, Counted]) -> list[str]:
    table = counted[indicator.unit].table
    return [n for n in (*indicator.within, *indicator.shared_by) if n in table and len(table[n].cat.categories)]


def _weights(counted: dict[str, Counted], seed: int) -> np.ndarray:
    """Number the persons of all units alike, in order of their ids, and draw their weights."""
    ids = pc.unique(pa.chunked_array([pa.array([], pa.string()), *(part.ids for part in counted.values())]))
    ids = ids.take(pc.sort_indices(ids))
    for part in counted.values():
        places = pc.index_in(part.ids, value_set=ids).to_numpy(zero_copy_only=False)
        part.table["person"] = places[part.table["person"].to_numpy()]
    return person_weights(seed, len(ids), RESAMPLES, STEPS)


def _of_cells(
    indicator: Indicator, by: str | None, counted: dict[str, Counted], weights: np.ndarray, scope: Scope
) -> pd.DataFrame:
    """Compute one indicator from sums, as it is or by one breakdown."""
    own = counted[indicator.unit]
    groups = list(own.table[by].cat.categories) if by else [ALL]
    shape = (len(scope.grid.areas), len(scope.grid.years), len(groups))
    number = with_all(in_cells(own, own.names[indicator.key, "number"], shape, by))
    over = _below_the_line(indicator, by, counted, shape, scope)
    rate, low, high = _rates(indicator, number, over)
    people = None
    if indicator.kind == "share" and indicator.recurs:
        low, high, people = _by_person(indicator, by, own, shape, weights, (number, over))
    return _tidy(indicator, by, groups, (number, over, rate, low, high), scope, people)


def _below_the_line(
    indicator: Indicator, by: str | None, counted: dict[str, Counted], shape: tuple[int, ...], scope: Scope
) -> np.ndarray:
    if indicator.kind == "count":
        return np.full((shape[0] + 1, shape[1] + 1, shape[2]), np.nan)
    if indicator.over_unit == "population":
        return _population(scope, shape)
    other = counted[indicator.over_unit or indicator.unit]
    name = other.names[indicator.key, "over"]
    if by in indicator.shared_by:
        whole = with_all(in_cells(other, name, (*shape[:2], 1)))
        return np.broadcast_to(whole, (*whole.shape[:2], shape[2]))
    return with_all(in_cells(other, name, shape, by))


def _population(scope: Scope, shape: tuple[int, ...]) -> np.ndarray:
    """Lay out the residents of each area; over several years there is no rate, nor where an area is not known."""
    assert scope.population is not None
    known = [float(scope.population.get(name, np.nan)) for name in scope.grid.areas]
    by_area = np.array([np.nansum(known) if not np.isnan(known).all() else np.nan, *known])
    over = np.repeat(by_area[:, None], shape[1] + 1, axis=1)
    over[:, 0] = np.nan
    return over[:, :, None]


def _rates(indicator: Indicator, number: np.ndarray, over: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compute rates with the intervals of independent things."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if indicator.kind == "count":
            return (number.astype(float), *byar(number))
        if indicator.kind == "ratio":
            return (number / over, *of_ratio(number, over))
        if indicator.kind == "share":
            return (number / over, *wilson(number, over))
        low, high = byar(number)
        return indicator.per * number / over, indicator.per * low / over, indicator.per * high / over


def _by_person(
    indicator: Indicator, by: str | None, own: Counted, shape: tuple[int, ...], weights: np.ndarray,
    exact: tuple[np.ndarray, np.ndarray],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Compute the intervals of a share from resamples of persons, and count those behind it."""
    number, below = own.names[indicator.key, "number"], own.names[indicator.key, "over"]
    beneath = None if by in indicator.shared_by else by
    resampled, of = np.broadcast_arrays(
        _resampled(own, number, by, shape, weights), _resampled(own, below, beneath, shape, weights)
    )
    people = np.broadcast_to(_people_behind(own, below, shape, beneath), exact[0].shape)
    flat = (resampled.reshape(exact[0].size, RESAMPLES), of.reshape(exact[0].size, RESAMPLES))
    low, high = bootstrap(*flat, (exact[0].ravel(), exact[1].ravel()), people.ravel())
    return low.reshape(exact[0].shape), high.reshape(exact[0].shape), people


def _entries(own: Counted, name: str, by: str | None) -> pd.DataFrame:
    """Return the rows in which a condition holds, with the columns that are added up."""
    asked = ["person", "area", "year", name, *([by] if by else []), *(["other"] if "other" in own.table else [])]
    return own.table[asked][own.table[name] > 0]


def _each_way(table: pd.DataFrame, years: int) -> Iterator[np.ndarray]:
    """Yield the place of each row over all, by year, by area, and by both; `years` counts all of them as one too."""
    area, year = (table[axis].to_numpy(dtype=np.int64) + 1 for axis in ("area", "year"))
    for of_area in (False, True):
        for of_year in (False, True):
            yield area * of_area * years + year * of_year


def _resampled(own: Counted, name: str, by: str | None, shape: tuple[int, ...], weights: np.ndarray) -> np.ndarray:
    """Add up a condition in every resample, once for all indicators that have it."""
    key = ("sums", name, by or "")
    if key not in own.done:
        table = _entries(own, name, by)
        width = (*shape[:2], shape[2] if by else 1)
        entries = (table["person"].to_numpy(dtype=np.int64), cells_of(table, width, by), table[name].to_numpy(np.int32))
        sums = weighted_sums(weights, *entries, int(np.prod(width)))
        own.done[key] = with_all(sums.reshape(*width, RESAMPLES))
    return own.done[key]


def _people_behind(own: Counted, name: str, shape: tuple[int, ...], by: str | None) -> np.ndarray:
    """Count the different persons of each cell, and of all areas and years."""
    key = ("people", name, by or "")
    if key in own.done:
        return own.done[key]
    table, groups = _entries(own, name, by), shape[2] if by else 1
    person, group = table["person"].to_numpy(dtype=np.int64), groups_of(table, by)
    many = int(person.max(initial=0)) + 1
    found = np.zeros((shape[0] + 1, shape[1] + 1, groups), dtype=np.int64)
    for place in _each_way(table, shape[1] + 1):
        each = pd.unique((place * groups + group) * many + person)
        found += np.bincount(each // many, minlength=found.size).reshape(found.shape)
    own.done[key] = found
    return found


def _of_people(indicator: Indicator, own: Counted, scope: Scope) -> list[pd.DataFrame]:
    """Count persons with at least so many of a thing, among those with any."""
    name = own.names[indicator.key, "number"]
    parts = []
    for by in (None, *_breakdowns(indicator, {indicator.unit: own})):
        groups = list(own.table[by].cat.categories) if by else [ALL]
        shape = (len(scope.grid.areas) + 1, len(scope.grid.years) + 1, len(groups))
        some, any_ = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for cell, value in _each_person(own, name, by, shape):
            any_ += np.bincount(cell, minlength=any_.size).reshape(shape)
            some += np.bincount(cell[value >= indicator.least], minlength=some.size).reshape(shape)
        with np.errstate(divide="ignore", invalid="ignore"):
            parts.append(_tidy(indicator, by, groups, (some, any_, some / any_, *wilson(some, any_)), scope))
    return parts


def _each_person(
    own: Counted, name: str, by: str | None, shape: tuple[int, ...]
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the cell of each person, in the first of their groups, and their number: by area and year or over all."""
    table = _entries(own, name, by)
    person, group = table["person"].to_numpy(dtype=np.int64), groups_of(table, by)
    many = int(person.max(initial=0)) + 1
    for place in _each_way(table, shape[1]):
        at, each = pd.factorize(place * many + person)
        first = np.full(len(each), shape[2])
        np.minimum.at(first, at, group)
        if "other" in table:  # pairs: each other person once
            pairs = pd.DataFrame({"at": at, "other": table["other"].to_numpy()})
            value = np.bincount(pairs.drop_duplicates()["at"])
        else:
            value = np.bincount(at, table[name].to_numpy(), len(each))
        yield (each // many) * shape[2] + first, value


def _of_days(indicator: Indicator, scope: Scope) -> pd.DataFrame:
    """Compute the median of days, and its quartiles."""
    table = scope.units.records
    asked = table.filter(indicator.number(table) & table.days.notnull()).select("area", "year", "days").to_pandas()
    asked["area"] = scope.grid.place(asked["area"])
    asked["year"] = np.searchsorted(np.array(scope.grid.years), asked["year"].to_numpy())
    shape = (len(scope.grid.areas) + 1, len(scope.grid.years) + 1, 1)
    number, quartiles = np.zeros(shape, dtype=np.int64), np.full((3, *shape), np.nan)
    for of_area in (False, True):
        for of_year in (False, True):
            keys = [(asked["area"] + 1) * of_area, (asked["year"] + 1) * of_year]
            for (area, year), days in asked["days"].groupby([key.to_numpy() for key in keys]):
                number[area, year, 0] = len(days)
                quartiles[:, area, year, 0] = np.quantile(days.to_numpy(dtype=float), (0.5, 0.25, 0.75))
    made = _tidy(indicator, None, [ALL], (number, np.full(shape, np.nan), *quartiles), scope)
    return made[made["numerator"] > 0].assign(
        note=lambda t: MEDIAN + t["note"].where(t["note"] == "", "; " + t["note"])
    )


def _tidy(
    indicator: Indicator, by: str | None, groups: list[str], values: tuple[np.ndarray, ...], scope: Scope,
    people: np.ndarray | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Lay out the cells as rows; by group only where all areas, or all years, are together."""
    areas, years = np.array(scope.area_names, dtype=object), np.array(scope.year_names, dtype=object)
    area, year, group = (axis.ravel() for axis in np.indices(values[0].shape))
    table = pd.DataFrame({
        "indicator": indicator.key, "area": areas[area], "year": years[year], "breakdown": by or ALL,
        "group": np.array(groups, dtype=object)[group],
    })  # fmt: skip
    for name, array in zip(COLUMNS[5:10], values, strict=True):
        table[name] = np.asarray(array, dtype=float).ravel()
    table["people"] = np.nan if people is None else people.ravel()
    kept = pd.Series(np.ones(len(table), dtype=bool))
    if indicator.kind not in ("count", "days"):
        kept &= table["denominator"] > 0
    if by:
        kept &= (area == 0) | (year == 0)
    table["note"] = np.where(table["area"] == TOGETHER, f"together: {'; '.join(scope.grid.merged)}", "")
    return table[kept]
