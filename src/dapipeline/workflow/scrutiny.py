"""The stage that counts what inspectors, boards and boroughs ask for; it needs neither clusters nor typologies."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.engine import keep
from dapipeline.reference.population import read_population
from dapipeline.scrutiny.changes import changes
from dapipeline.scrutiny.counting import grid_of
from dapipeline.scrutiny.flag_audit import audited, flag_audit, rows_to_look_at
from dapipeline.scrutiny.funnel import funnel
from dapipeline.scrutiny.gaps import computable, scrutiny_gaps
from dapipeline.scrutiny.hours import hour_by_weekday
from dapipeline.scrutiny.indicators import Scope, compute
from dapipeline.scrutiny.managed import concentration_by_area, harm_of_suspects, managed_by
from dapipeline.scrutiny.markers import count_markers, markers_by_typology, names_of
from dapipeline.scrutiny.offence_groups import offence_groups
from dapipeline.scrutiny.reach import partial_years
from dapipeline.scrutiny.units import Units, build_units, placed
from dapipeline.workflow import outputs
from dapipeline.workflow.stage import Context, Outputs, Stage
from dapipeline.workflow.to_vectors import present_columns


def scrutiny(context: Context) -> Outputs:
    """Count the indicators by area and year, audit the flag, and list what cannot be computed."""
    config, present = context.config, tuple(present_columns(context))
    population = read_population(context.inputs.population) if context.inputs.population else None
    asked = (present, config.extract.covers == "all", population is not None)
    rows = keep(
        context.connection, placed(context.table(outputs.DESCRIBED), config.scrutiny.area, config.scrutiny.years)
    )
    units = _kept(context.connection, build_units(rows))
    grid = grid_of(units, config.report.limit)
    scope = Scope(units, grid, config.scrutiny.years, present, population, config.clustering.seed)
    of_rows = _audit(context, rows, scope) | _concentration(rows, scope)
    del rows  # the engine lets go of them before persons are counted
    table, people = compute(scope, computable(*asked))
    partial = partial_years(units.incidents, grid, config.scrutiny.years)
    return {
        outputs.SCRUTINY: with_partial(table, partial),
        outputs.SCRUTINY_PEOPLE: people,
        outputs.SCRUTINY_CHANGES: changes(table, scope.year_names[1:], set(partial)),
        outputs.SCRUTINY_GAPS: scrutiny_gaps(*asked, config.scrutiny.area, set(table["indicator"])),
        outputs.FUNNEL: funnel(table),
        outputs.HOUR_BY_WEEKDAY: hour_by_weekday(units.incidents),
        outputs.OFFENCE_GROUPS: offence_groups(units, present),
        **of_rows,
        **_markers(units, scope),
    }


def with_partial(table: pd.DataFrame, partial: dict[str, str]) -> pd.DataFrame:
    """Write into the note of each row that its year is not whole in the records.

    Parameters
    ----------
    table : pandas.DataFrame
    partial : dict of str to str
        Year to what is missing of it.

    Returns
    -------
    pandas.DataFrame
    """
    said = table["year"].map(partial).fillna("")
    both = table["note"].where(said == "", table["note"] + (table["note"] != "").map({True: "; ", False: ""}) + said)
    return table.assign(note=both)


def _kept(connection: Any, units: Units) -> Units:
    return Units(
        *(keep(connection, units.of(name)) for name in ("incidents", "records", "suspects", "victims", "pairs")),
    )


def _audit(context: Context, rows: Any, scope: Scope) -> Outputs:
    if "relationship" not in scope.present:
        return {}
    found = keep(context.connection, audited(rows))
    return {
        outputs.FLAG_AUDIT: flag_audit(found, scope.grid, scope.years),
        outputs.FLAG_AUDIT_ROWS: rows_to_look_at(rows, found, scope.years),
    }


def _markers(units: Units, scope: Scope) -> Outputs:
    if not names_of(list(units.incidents.columns)):
        return {}
    return {outputs.MARKERS: count_markers(units.incidents, scope.grid, scope.years)}


def _concentration(rows: Any, scope: Scope) -> Outputs:
    harm = harm_of_suspects(rows)
    made = {outputs.CONCENTRATION_BY_AREA: concentration_by_area(harm, scope.grid)}
    return made | ({outputs.MANAGED_BY: managed_by(harm)} if "managed_by" in scope.present else {})


def markers(context: Context) -> Outputs:
    """Count markers by typology; nothing where the config names none."""
    incidents = context.table(outputs.INCIDENTS)
    if not names_of(list(incidents.columns)):
        return {}
    return {outputs.MARKERS_BY_TYPOLOGY: markers_by_typology(incidents, context.frame(outputs.ASSIGNMENTS))}


MARKERS = Stage(
    work=markers, title="Counting markers by typology", package="scrutiny", after=("incidents", "typology"),
)  # fmt: skip
SCRUTINY = Stage(
    work=scrutiny, title="Counting for scrutiny", package="scrutiny",
    settings=("extract.covers", "scrutiny", "report.limit", "clustering.seed"),
    inputs=("imd", "population"), after=("extract", "incidents"),
)  # fmt: skip
