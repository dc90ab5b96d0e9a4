"""Columns that are there and say nothing, and people with a single incident: an empty table, and no fault."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.analysis.course.afterwards import after_outcome, first_risk
from dapipeline.analysis.course.again import gaps_of, reoffending
from dapipeline.analysis.course.before_crime import non_crimes_before_crime
from dapipeline.analysis.course.changes import escalation_changes
from dapipeline.analysis.course.escalation import in_order
from dapipeline.analysis.course.outcomes import COMPARED, REFERENCE, arrests, breaches, outcomes
from dapipeline.analysis.course.records import Records
from dapipeline.analysis.course.risk import offences_after_grade

END = pd.Timestamp("2020-01-01")
CRIMES = pd.DataFrame(
    {"person": pd.Series(dtype="int64"), "occurred_from": pd.Series(dtype="datetime64[ns]"),
     "is_da": pd.Series(dtype=bool), "risk": pd.Series(dtype="float64"),
     "known_at": pd.Series(dtype="datetime64[ns]"),
     **{name: pd.Series(dtype=object) for name in ("compliance", "study_family", "outcome")}}
)  # fmt: skip
UNTOLD = pd.DataFrame({"person": pd.Series(dtype="int64"), "arrested": pd.Series(dtype=bool)})


def three_people(hours: float) -> Records:
    """One DA incident each, some hours before the end: not graded, and no crime."""
    incidents = pd.DataFrame(
        {"person": range(3), "incident_id": ["I0", "I1", "I2"], "occurred_from": END - pd.Timedelta(hours=hours),
         "order": 1, "days": float("nan"), "is_crime": False, "severity": 0.0, "risk": float("nan"), "age": 30.0,
         "intimate": True, "type": "non_crime", "outcome": "no crime", "outcome_at": pd.NaT}
    ).astype({"occurred_from": "datetime64[ns]"})  # fmt: skip
    ids = pd.Index(["P0", "P1", "P2"], name="offender_id")
    return Records(pd.DataFrame({"typology": "x", "group": "A", "first_type": "non_crime"}, index=ids), incidents, END)


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda told: escalation_changes(told, in_order(told, None)), id="escalation_changes"),
        pytest.param(lambda told: offences_after_grade(told, CRIMES), id="offences_after_grade"),
        pytest.param(lambda told: outcomes(told, CRIMES), id="outcomes"),
        pytest.param(lambda told: breaches(told, CRIMES), id="breaches"),
        pytest.param(lambda told: arrests(told, {"DA": UNTOLD, "other": UNTOLD}), id="arrests"),
        pytest.param(non_crimes_before_crime, id="non_crimes_before_crime"),
        pytest.param(lambda told: first_risk(told, 10, 1), id="first_risk"),
        pytest.param(lambda told: after_outcome(told, COMPARED, REFERENCE, 10, 1), id="after_outcome"),
    ],
)
def test_a_table_of_nothing_has_no_rows_and_its_columns(made):
    table = made(three_people(2_400))
    assert table.empty
    assert len(table.columns) > 5


def test_where_nobody_is_followed_for_a_day_there_is_nothing_of_reoffending():
    told = three_people(2)
    table = reoffending(told, gaps_of(told, None), 1)
    assert table["share"].isna().all()
    assert {"start", "within_days", "share"} <= set(table)
