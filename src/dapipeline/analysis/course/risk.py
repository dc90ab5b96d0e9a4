"""Risk grades: of which incidents, what a first grade turned into, and how long before other serious offences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.analysis.course.records import ALL, BY_PERSON, DAY, NOT_GRADED, Records
from dapipeline.analysis.course.shares import shares
from dapipeline.analysis.harm.significance import wilson
from dapipeline.reference.codes import RISK_GRADES

GRADES = (*RISK_GRADES, NOT_GRADED)
LATER = ("next", "highest", "last")  # of the grades after the first
NONE_LATER = "no later grade"
NEVER = "no grade before"


def grade_names(risk: pd.Series) -> pd.Series:
    """Return grades in words.

    Parameters
    ----------
    risk : pandas.Series of float
        1 to 3, missing where not graded.

    Returns
    -------
    pandas.Series of str
        One of `GRADES`.
    """
    return risk.map(dict(enumerate(RISK_GRADES, start=1))).fillna(NOT_GRADED)


def risk_grades(records: Records) -> pd.DataFrame:
    """Count DA incidents by their risk grade.

    Parameters
    ----------
    records : Records

    Returns
    -------
    pandas.DataFrame
        One row per dimension (all, type: family of the gravest offence, and those of people), value and grade:
        dimension, value, grade, incidents, of, people (behind `of`), share, low, high. Grades are shared out among the
        graded incidents, `NOT_GRADED` among all.
    """
    told = records.incidents.assign(grade=grade_names(records.incidents["risk"]))
    parts = []
    for dimension in (ALL, "type", *BY_PERSON):
        here = told[["person", "grade"]].assign(value=records.values(dimension, told))
        for among, grades in ((here[here["grade"] != NOT_GRADED], RISK_GRADES), (here, (NOT_GRADED,))):
            if len(among):
                parts.append(shares(among, ["value"], "grade", grades).assign(dimension=dimension))
    table = pd.concat(parts, ignore_index=True).rename(columns={"number": "incidents", "value_of": "grade"})
    table["place"] = table["grade"].map(GRADES.index)
    table["order"] = table["dimension"].map([ALL, "type", *BY_PERSON].index)
    table = table.sort_values(["order", "value", "place"], ignore_index=True)
    return table[["dimension", "value", "grade", "incidents", "of", "people", "share", "low", "high"]]


def risk_transitions(records: Records) -> pd.DataFrame:
    """Count what became of people's first risk grade.

    Parameters
    ----------
    records : Records

    Returns
    -------
    pandas.DataFrame
        One row per first grade, later (the next grade, the highest or the last of those after the first) and grade:
        first_grade, later, grade (of `RISK_GRADES`, or `NONE_LATER`), people, of (with that first grade), share, low,
        high (Wilson).
    """
    graded = records.incidents[records.incidents["risk"].notna()]
    by = graded.groupby("person")["risk"]
    first, number = by.first(), by.cumcount()
    rest = graded[number > 0].groupby("person")["risk"]
    found = {"next": rest.first(), "highest": rest.max(), "last": rest.last()}
    rows = []
    names = dict(enumerate(RISK_GRADES, start=1))
    for later in LATER:
        became = found[later].reindex(first.index)
        for start, start_name in names.items():
            of = int((first == start).sum())
            for grade, name in [*names.items(), (None, NONE_LATER)]:
                holds = became.isna() if grade is None else became == grade
                rows.append((start_name, later, name, int((holds & (first == start)).sum()), of))
    table = pd.DataFrame(rows, columns=["first_grade", "later", "grade", "people", "of"])
    low, high = wilson(table["people"].to_numpy(), table["of"].to_numpy())
    with np.errstate(invalid="ignore"):
        return table.assign(share=table["people"] / table["of"].where(table["of"] > 0), low=low, high=high)


def offences_after_grade(records: Records, offences: pd.DataFrame) -> pd.DataFrame:
    """Measure how long before a non-DA offence of the study's families the last risk grade was given.

    Parameters
    ----------
    records : Records
    offences : pandas.DataFrame
        Crimes outside DA of the cohort: person, occurred_from, study_family.

    Returns
    -------
    pandas.DataFrame
        One row per study family and last grade before the offence (`NEVER`: none): study_family, grade, offences, of
        (of that family), people, share, low, high, days_median, days_q1, days_q3 (since that grade).
    """
    graded = records.incidents.loc[records.incidents["risk"].notna(), ["person", "occurred_from", "risk"]]
    graded = graded.rename(columns={"occurred_from": "graded_at"}).sort_values("graded_at", kind="stable")
    asked = offences.loc[offences["study_family"].notna(), ["person", "occurred_from", "study_family"]].sort_values(
        "occurred_from", kind="stable"
    )
    if asked.empty:
        return pd.DataFrame(columns=AFTER_GRADE)
    met = pd.merge_asof(
        asked, graded, left_on="occurred_from", right_on="graded_at", by="person", allow_exact_matches=False
    )
    met["grade"] = grade_names(met["risk"]).where(met["risk"].notna(), NEVER)
    met["days"] = (met["occurred_from"] - met["graded_at"]).dt.total_seconds() / DAY
    table = shares(met, ["study_family"], "grade", (*RISK_GRADES, NEVER))
    table = table.rename(columns={"number": "offences", "value_of": "grade"})
    days = met.groupby(["study_family", "grade"])["days"].quantile([0.25, 0.5, 0.75]).unstack()
    days = days.set_axis(["days_q1", "days_median", "days_q3"], axis=1).reset_index()
    table = table.merge(days, on=["study_family", "grade"], how="left")
    table = table.assign(place=table["grade"].map((*RISK_GRADES, NEVER).index))
    table = table.sort_values(["study_family", "place"], ignore_index=True)
    return table[AFTER_GRADE]


AFTER_GRADE = [
    "study_family", "grade", "offences", "of", "people", "share", "low", "high", "days_median", "days_q1", "days_q3",
]  # fmt: skip
