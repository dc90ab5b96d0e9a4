"""What is told of each offender, counted by hand, and what it needs."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from dapipeline.analysis.harm.comparisons import groups_of, wider_records
from dapipeline.analysis.harm.concentration import harm_of_victims
from dapipeline.analysis.harm.people import Reach, age_bands, harm_people, reach_of
from dapipeline.analysis.harm.study_families import with_study_family
from dapipeline.config import Window
from dapipeline.incidents.scope import cohort_of

END = datetime(2020, 1, 1)
REACH = Reach(datetime(2010, 1, 1), END)


def row(offender, incident, year, **more):
    return {"offender_id": offender, "incident_id": incident, "occurred_from": datetime(year, 7, 1)} | more


OTHER, NO_CRIME = {"da_flag": False}, {"is_crime": False}
HEAVY, LIGHT = {"offence_code": "1", "severity": 100.0}, {"offence_code": "2", "severity": 10.0}
ROWS = [
    row("A", "1", 2012, risk_grade="high", imd_decile=None, victim_id="V", relationship="partner", **HEAVY),
    row("A", "2", 2015, risk_grade="medium", imd_decile="3", victim_id="V", relationship="partner", **LIGHT),
    row("A", "2", 2015, risk_grade="high", imd_decile="3", victim_id="W", relationship="sibling", **LIGHT),
    row("A", "3", 2011, victim_id="X", **HEAVY, **OTHER),
    row("B", "2", 2015, victim_id="V", **HEAVY),
    row("B", "4", 2018, victim_id="B2", relationship="parent", **NO_CRIME),
    row("C", "5", 2013, **LIGHT, **OTHER),
]


@pytest.fixture
def told(incidents_of):
    _, tables = incidents_of(ROWS)
    cohort = cohort_of(tables.incidents)
    features = pd.DataFrame(
        {"offender_id": ["B", "A"], "da_severity_total": [100.0, 110.0], "age_first_da": [float("nan"), 17.9]}
    )
    known = pd.DataFrame({"offender_id": ["A", "B"], "offender_sex": ["M", "U"]})
    present = ["risk_grade", "imd_decile", "relationship"]
    return tables, cohort, harm_people(tables, cohort, features, known, REACH, present)


def test_people_by_hand(told):
    people = told[2]
    assert people.index.tolist() == ["A", "B"]
    assert people["first_incident"].dt.year.tolist() == [2011, 2015]
    assert people["first_da"].dt.year.tolist() == [2012, 2015]
    assert people["last_da"].dt.year.tolist() == [2015, 2018]
    assert people["da_high_graded"].tolist() == [2, 0]
    assert people["da_related_incidents"].tolist() == [2, 1]
    assert people.loc["A", "imd_decile"] == 3  # of the first DA incident that has one
    assert people["sex"].tolist() == ["M", "not known"]
    assert people["age_band"].tolist() == ["17 and under", "not known"]
    assert people.loc["B", "years_at_risk"] == pytest.approx((END - datetime(2015, 7, 1)).days / 365.25)
    assert people.loc["A", "recency_days"] == (END - datetime(2015, 7, 1)).days


def test_columns_that_the_extract_lacks_are_not_made_up(told):
    tables, cohort, _ = told
    features = pd.DataFrame({"offender_id": ["A", "B"], "da_severity_total": [110.0, 100.0]})
    people = harm_people(tables, cohort, features, features[["offender_id"]], REACH, [])
    assert not {"da_high_graded", "imd_decile", "sex", "age_band", "da_related_incidents"} & set(people)
    assert groups_of(people) == {}


def test_harm_of_victims_and_pairs_by_hand(told):
    tables, cohort, _ = told
    found = harm_of_victims(tables, cohort)
    # V: incident 1 with 100 and incident 2 once, with the more severe of two suspects (10 and 100). W: 10. B2: 0.
    assert sorted(found["victims"]) == [0, 10, 200]
    assert sorted(found["pairs"]) == [0, 10, 100, 110]


def test_suspects_without_da_are_told_apart(told):
    tables, cohort, _ = told
    wider = wider_records(tables, cohort)
    assert wider["in_cohort"].tolist() == [True, False]  # B has no incident outside DA
    assert wider["severity"].tolist() == [100.0, 10.0]
    only = tables.incidents.filter(tables.incidents.offender_id != "C")
    assert wider_records(type(tables)(only, tables.offences, tables.victims, tables.victimisations), cohort) is None


@pytest.mark.parametrize(
    ("age", "band"),
    [(17.99, "17 and under"), (18, "18 to 24"), (24.9, "18 to 24"), (25, "25 to 34"), (49.5, "35 to 49"),
     (50, "50 and over"), (99, "50 and over"), (float("nan"), "not known")],
)  # fmt: skip
def test_age_bands_leave_no_gap(age, band):
    assert age_bands(pd.Series([age])).tolist() == [band]


def test_the_window_says_how_far_the_records_reach_else_the_records_do(told):
    incidents = told[0].incidents
    asked = reach_of(incidents, Window.model_validate({"from": date(2011, 1, 1), "to": date(2020, 12, 31)}))
    assert (asked.start, asked.end) == (datetime(2011, 1, 1), datetime(2021, 1, 1))
    assert asked.years == pytest.approx(10, abs=0.01)
    own = reach_of(incidents, Window())  # the latest of so few is left aside: one wrong date ends no window
    assert (own.start, own.end) == (datetime(2011, 7, 1), datetime(2015, 7, 1))


@pytest.mark.parametrize(
    ("code", "family"),
    [
        ("01908", "sexual"), ("03401", "acquisitive"), ("00501", "violent"), ("00101", "violent"),
        ("06639", "intractability"), ("10423", "intractability"), ("07904", "intractability"),
        ("14900", "intractability"), ("00412", "intractability"), ("08301", "intractability"),
        ("09261", None), ("06601", None), ("00826", None), ("19594", None),
    ],
)  # fmt: skip
def test_the_study_s_families(incidents_of, code, family):
    _, tables = incidents_of([row("A", "1", 2012, offence_code=code)])
    [found] = with_study_family(tables.offences).to_pandas()["study_family"].tolist()
    assert (found if isinstance(found, str) else None) == family
