"""The tables of the course of some made-up people, by the analyses themselves."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from dapipeline.analysis.course.afterwards import after_outcome, first_risk
from dapipeline.analysis.course.again import gaps_of, reoffending
from dapipeline.analysis.course.before_crime import non_crimes_before_crime
from dapipeline.analysis.course.breaks import breaks_within
from dapipeline.analysis.course.changes import escalation_changes
from dapipeline.analysis.course.escalation import escalation, in_order
from dapipeline.analysis.course.holders import held_by_order
from dapipeline.analysis.course.outcomes import COMPARED, GROUPS, REFERENCE, arrests, breaches, outcomes
from dapipeline.analysis.course.records import Records
from dapipeline.analysis.course.risk import offences_after_grade, risk_grades, risk_transitions
from dapipeline.analysis.harm.people import Reach
from dapipeline.report.contents import CourseTables

PEOPLE = 400
START, END = pd.Timestamp("2012-01-01"), pd.Timestamp("2020-01-01")
GAPS = ["table", "what", "because"]


def made_records(seed: int = 5) -> Records:
    """Four hundred people with one to twelve DA incidents, two in three of them with one."""
    random = np.random.default_rng(seed)
    number = np.where(random.random(PEOPLE) < 0.6, 1, random.integers(2, 13, PEOPLE))
    person = np.repeat(np.arange(PEOPLE), number)
    started = START + pd.to_timedelta(np.sort(random.integers(0, 2_500, len(person))), unit="D")
    incidents = pd.DataFrame({"person": person, "occurred_from": random.permutation(started)})
    incidents = incidents.sort_values(["person", "occurred_from"], ignore_index=True)
    by = incidents.groupby("person")["occurred_from"]
    n, crime = len(incidents), random.random(len(incidents)) < 0.5
    incidents = incidents.assign(
        incident_id=[f"I{at:04}" for at in range(n)], order=by.cumcount() + 1,
        days=by.diff().dt.total_seconds() / 86_400, is_crime=crime,
        severity=np.where(crime, random.lognormal(3, 1, n).round(1), 0.0),
        risk=random.choice([1.0, 2.0, 3.0, np.nan], n, p=[0.5, 0.25, 0.15, 0.1]),
        age=random.uniform(18, 60, n), intimate=True, type=np.where(crime, "violence", "non_crime"),
        outcome=np.where(crime, random.choice(GROUPS[:5], n), "no crime"), outcome_at=pd.NaT,
    )  # fmt: skip
    people = pd.DataFrame(
        {
            "typology": random.choice(["catastrophic_offender", "domestic_abuse_specialist", "unnamed"], PEOPLE),
            "group": random.choice(list("ABCDE"), PEOPLE),
            "first_type": incidents.loc[incidents["order"] == 1, "type"].to_numpy(),
        },
        index=pd.Index([f"S{at:03}" for at in range(PEOPLE)], name="offender_id"),
    )
    return Records(people, incidents, END)


def made_victims(records: Records) -> pd.DataFrame:
    """Each incident's victim: one of two for each person."""
    own = records.incidents[["person", "incident_id"]]
    return own.assign(victim_id=[f"V{p}-{at % 5 // 4}" for at, p in enumerate(own["person"])])


def made_crimes(records: Records) -> pd.DataFrame:
    """Their DA crimes, and as many others."""
    da = records.incidents[records.incidents["is_crime"]][["person", "occurred_from", "outcome", "risk"]]
    da = da.assign(
        is_da=True, compliance=None, study_family=None, incident_id=records.incidents.loc[da.index, "incident_id"]
    )
    da = da.assign(known_at=da["occurred_from"])
    breach = np.arange(len(da)) % 3 == 0
    other = da.assign(is_da=False, risk=np.nan, study_family="violent", compliance=np.where(breach, "breach", None))
    other["occurred_from"] += pd.Timedelta(days=40)
    both = pd.concat([da.astype(object), other.astype(object)]).infer_objects()
    return both.sort_values(["person", "occurred_from"], ignore_index=True)


@cache
def course_tables() -> CourseTables:
    """Return every table; homicides of our own making."""
    records = made_records()
    victims, crimes = made_victims(records), made_crimes(records)
    units = in_order(records, victims)
    afterwards = {
        "first_risk": first_risk(records, 10, 1), "after_outcome": after_outcome(records, COMPARED, REFERENCE, 10, 1),
    }  # fmt: skip
    held = [
        held_by_order(units["person"]).assign(table="escalation").rename(columns={"order": "of"}).astype({"of": str})
    ]
    held += [
        table[["value", "held_by_two"]].rename(columns={"value": "of"}).assign(table=name)
        for name, table in afterwards.items()
    ]
    known = records.incidents[["person"]].assign(arrested=records.incidents["risk"] > 1)
    return CourseTables(
        escalation=escalation(records, units),
        escalation_changes=escalation_changes(records, units),
        reoffending=reoffending(records, gaps_of(records, victims), 1),
        risk_grades=risk_grades(records),
        risk_transitions=risk_transitions(records),
        offences_after_grade=offences_after_grade(records, crimes[~crimes["is_da"]]),
        outcomes=outcomes(records, crimes),
        arrests=arrests(records, {"DA": known, "other": known}),
        breaches=breaches(records, crimes),
        non_crimes_before_crime=non_crimes_before_crime(records),
        homicides=homicides_table(),
        child_to_parent=pd.DataFrame(
            [("all", "all", 40, 30, 12, 0.4, 0.25, 0.58)],
            columns=["dimension", "value", "people", "followed", "later", "share", "low", "high"],
        ),
        recording_breaks=breaks_within(Reach(START.to_pydatetime(), END.to_pydatetime()), (), home_office=True),
        course_gaps=pd.DataFrame([("after_outcome", "the clock", "missing: outcome_at")], columns=GAPS),
        course_holders=pd.concat(held, ignore_index=True),
        **{name: table.drop(columns="held_by_two") for name, table in afterwards.items()},
    )


def homicides_table() -> pd.DataFrame:
    """Twenty suspects of homicide, and three of an attempt."""
    rows = [
        ("homicide", "any_da", "any DA incident before", 12, 20, 0.6, 0.39, 0.78, 2.0, 400.0, 100.0, 900.0),
        (
            "homicide",
            "recent_da",
            "a DA incident in the 2 years before",
            10,
            20,
            0.5,
            0.3,
            0.7,
            1.0,
            210.0,
            50.0,
            400.0,
        ),
        ("homicide", "graded_high", "a DA incident graded high before", 4, 20, 0.2, 0.1, 0.4, *[np.nan] * 4),
        ("attempted murder", "any_da", "any DA incident before", 2, 3, 0.67, 0.2, 0.94, 2.0, 30.0, 20.0, 40.0),
    ]
    return pd.DataFrame(rows, columns=["what", "before", "meaning", "people", "of", "share", "low", "high",
                                       "incidents_median", "days_median", "days_q1", "days_q3"])  # fmt: skip


def bare_course() -> CourseTables:
    """The tables of an extract without grades, outcomes, arrests and relationships."""
    gone = ("risk_grades", "risk_transitions", "offences_after_grade", "first_risk", "outcomes", "arrests", "breaches",
            "after_outcome", "child_to_parent")  # fmt: skip
    gaps = pd.DataFrame([("risk_grades", "risk grades", "missing: risk_grade")], columns=GAPS)
    return replace(course_tables(), course_gaps=gaps, **dict.fromkeys(gone))
