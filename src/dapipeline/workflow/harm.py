"""The stage that analyses harm: who does it, which other offending goes with it, and how few hold most of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from dapipeline.analysis.harm.by_harm import harm_and_history, harm_trend
from dapipeline.analysis.harm.comparisons import comparison_key, comparisons, wider_records
from dapipeline.analysis.harm.concentration import gini, harm_concentration, harm_of_victims, harm_parts, lorenz_curve
from dapipeline.analysis.harm.gaps import harm_gaps
from dapipeline.analysis.harm.offence_types import held_by_two, kind_of, offence_types
from dapipeline.analysis.harm.order import harm_order, order_key
from dapipeline.analysis.harm.people import NOT_KNOWN, Reach, harm_people, reach_of
from dapipeline.analysis.harm.ranking import harm_ranking, rank_agreement
from dapipeline.analysis.harm.regression import Outcome, found_by_all, harm_regression, regression_summary
from dapipeline.analysis.harm.shares import NOT_CLUSTERED, share_of_harm
from dapipeline.analysis.harm.study_families import other_crimes
from dapipeline.analysis.severity_bands import SCALE, incident_bands, severity_bands
from dapipeline.clustering.threads import matrices_in_one_thread
from dapipeline.incidents.tables import IncidentTables
from dapipeline.typology.definitions import load_definitions
from dapipeline.workflow import outputs
from dapipeline.workflow.output import Output
from dapipeline.workflow.stage import Context, Outputs, Stage
from dapipeline.workflow.to_vectors import incident_tables, present_columns

PRINTED = ("da_severity_total", "recency_days", "da_incidents", "da_severity_max", "da_victims")
DIMENSIONS = {"sex": "sex", "age_band": "age_band", "deprivation": "imd_decile"}  # of share_of_harm: name to column


def harm(context: Context) -> Outputs:
    """Analyse harm: shares, wider offending, regressions, order in time, concentration and comparisons."""
    tables, present = incident_tables(context), present_columns(context)
    features, cohort = context.frame(outputs.FEATURES), context.table(outputs.FEATURES)
    reach = reach_of(tables.incidents, context.config.window)
    harmed = "da_severity_total" in features and bool(features["da_severity_total"].any())
    wider = wider_records(tables, cohort)
    people = harm_people(tables, cohort, features, context.frame(outputs.PEOPLE), reach, present)
    dimensions = _dimensions(context.frame(outputs.ASSIGNMENTS).set_index("offender_id"), people)
    groups = comparisons(people, wider, context.config.harm.fewest)
    held = groups[["held_by_two"]].assign(table="comparisons", of=comparison_key(groups))
    made: Outputs = {
        outputs.HARM_GAPS: harm_gaps(present, reach, harmed, wider is not None),
        outputs.SHARE_OF_HARM: share_of_harm(people, dimensions),
        outputs.COMPARISONS: groups.drop(columns="held_by_two"),
        outputs.HARM_HOLDERS: held,
    }
    if not harmed:
        return made
    printed = people[[*(column for column in PRINTED if column in people)]].assign(**dimensions)
    made[outputs.HARM_PEOPLE] = printed.reset_index(drop=True)
    with matrices_in_one_thread():
        return made | dict(_with_severity(context, tables, people, reach, present, held))


def _dimensions(by_person: pd.DataFrame, people: pd.DataFrame) -> dict[str, pd.Series]:
    """Return what harm is shared out by: the value of each offender, in words or whole numbers."""
    found = {name: by_person[name].astype("string") for name in ("typology", "group", "cluster")}
    found = {name: value.reindex(people.index).fillna(NOT_CLUSTERED) for name, value in found.items()}
    found |= {name: _named(people[column]) for name, column in DIMENSIONS.items() if column in people}
    return {name: value.fillna(NOT_KNOWN) for name, value in found.items()}


def _with_severity(
    context: Context,
    tables: IncidentTables,
    people: pd.DataFrame,
    reach: Reach,
    present: list[str],
    held: pd.DataFrame,
) -> Iterator[tuple[Output, Any]]:
    """Make one table after the other of those that need the severity of offences."""
    config, assigned = context.config.harm, context.frame(outputs.ASSIGNMENTS)
    seed, cohort = context.config.clustering.seed, context.table(outputs.FEATURES)
    history = harm_and_history(people)
    yield outputs.HARM_AND_HISTORY, history
    yield outputs.HARM_TREND, harm_trend(history)

    columns = ["offender_id", "offence_code", "offence", "family", "study_family"]
    types = offence_types(other_crimes(tables.offences).select(columns).distinct().to_pandas(), people.index)
    outcome = Outcome(
        people["da_severity_total"].to_numpy(), people["non_da_incidents"].to_numpy(),
        people["years_at_risk"].to_numpy(), context.document(outputs.RESOLUTION)["common_assault"],
    )  # fmt: skip
    regression = harm_regression(types, outcome, config.fewest, seed)
    yield outputs.HARM_REGRESSION, regression
    two = held_by_two(types, outcome.harm)
    holders = [held, pd.DataFrame({"table": "harm_regression", "of": kind_of(types.table), "held_by_two": two})]
    yield outputs.HARM_MODELS, regression_summary(regression)
    yield outputs.HARM_FOUND_BY_ALL, found_by_all(regression)
    order = harm_order(tables, people, reach, config.fewest, seed)
    holders.append(order[["held_by_two"]].assign(table="harm_order", of=order_key(order)).drop_duplicates("of"))
    yield outputs.HARM_ORDER, order.drop(columns="held_by_two")
    yield outputs.HARM_HOLDERS, pd.concat([part for part in holders if len(part)], ignore_index=True)

    of = {"offenders": people["da_severity_total"].to_numpy()}
    of |= harm_of_victims(tables, cohort) if "victim_id" in present else {}
    of = {unit: values for unit, values in of.items() if len(values)}
    units = [pd.DataFrame({"unit": unit, "severity": np.sort(values)[::-1]}) for unit, values in of.items()]
    yield outputs.HARM_UNITS, pd.concat(units, ignore_index=True)
    yield outputs.HARM_CONCENTRATION, harm_concentration(of)
    yield outputs.LORENZ, lorenz_curve(of)
    yield outputs.GINI, gini(of)
    yield outputs.HARM_PARTS, harm_parts(people, config.bands)

    definitions = context.inputs.definitions
    published = load_definitions(definitions).harm_ranks if definitions else {}
    ranking = harm_ranking(assigned, people.reset_index(), published)
    yield outputs.HARM_RANKING, ranking
    yield outputs.HARM_RANK_AGREEMENT, rank_agreement(ranking)
    if context.document(outputs.RESOLUTION)["scale"] == SCALE:
        yield outputs.SEVERITY_BANDS, severity_bands(incident_bands(tables.incidents).to_pandas(), assigned)


def _named(values: pd.Series) -> pd.Series:
    """Write whole numbers as such."""
    return values.astype("Int64").astype("string") if pd.api.types.is_numeric_dtype(values) else values


HARM = Stage(
    work=harm, title="Analysing harm", package="analysis",
    settings=("window", "harm", "clustering.seed"), inputs=("imd", "definitions"),
    after=("extract", "incidents", "offenders", "typology"),
)  # fmt: skip
