"""Risk grades: of which incidents, what a first grade turned into, and how long before other serious offences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.analysis.course.records import ALL, BY_PERSON, DAY, NOT_GRADED, Records
from dapipeline.analysis.course.shares import indicators, shares, tallied
from dapipeline.analysis.harm.significance import wilson
from dapipeline.reference.codes import RISK_GRADES

GRADES = (*RISK_GRADES, NOT_GRADED)
GRADED = "graded"
LATER = ("next", "highest", "last")  # of the grades after the first
NONE_LATER = "no later grade"
NEVER = "no grade before"


def grade_names(risk: pd.Series) -> pd.Categorical:
    """Return grades in words.

    Parameters
    ----------
    risk : pandas.Series of float
        1 to 3, missing where not graded.

    Returns
    -------
    pandas.Categorical of str
        Each one of `GRADES`.
    """
    return pd.Categorical.from_codes(risk.fillna(len(GRADES)).to_numpy(dtype=np.int8) - 1, categories=GRADES)


def risk_grades(records: Records) -> pd.DataFrame:
    """Count DA incidents by their risk grade.

    Parameters
    ----------
    records : Records

    Returns
    -------
    pandas.DataFrame
        One row per dimension (all, type: family of the gravest offence, and those of people), value and grade:
        dimension, value, grade, incidents, of, people (behind `of`), people_with (behind `incidents`), people_without
        (behind the others), share, low, high. Grades are shared out among the
        graded incidents, `NOT_GRADED` among all.
    """
    told = records.incidents
    holds = indicators(grade_names(told["risk"]), GRADES) | {GRADED: told["risk"].notna().to_numpy()}
    person, everybody = told["person"].to_numpy(), records.kinds(ALL)
    whole, by_type = (tallied(person, records.values(name, told), holds) for name in (ALL, "type"))
    parts = []
    for dimension in (ALL, "type", *BY_PERSON):
        for grades, among in ((RISK_GRADES, GRADED), ((NOT_GRADED,), None)):
            if dimension == "type":
                part = shares(by_type, everybody, grades, among).assign(value=lambda t: t["group"])
            else:
                part = shares(whole, records.kinds(dimension), grades, among)
            parts.append(part.assign(dimension=dimension))
    table = pd.concat(parts, ignore_index=True).rename(columns={"number": "incidents", "value_of": "grade"})
    table["place"] = table["grade"].map(GRADES.index)
    table["order"] = table["dimension"].map([ALL, "type", *BY_PERSON].index)
    table = table.sort_values(["order", "value", "place"], ignore_index=True)
    return table[
        [
            "dimension",
            "value",
            "grade",
            "incidents",
            "of",
            "people",
            "people_with",
            "people_without",
            "share",
            "low",
            "high",
        ]
    ]


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
        (of that family), people (behind `of`), people_with (behind `offences`), share, low, high,
        days_median, days_q1, days_q3 (since that grade).
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
    met["grade"] = grade_names(met["risk"]).rename_categories({NOT_GRADED: NEVER}).astype(object)
    met["days"] = (met["occurred_from"] - met["graded_at"]).dt.total_seconds() / DAY
    holds = indicators(met["grade"], (*RISK_GRADES, NEVER))
    tallies = tallied(met["person"].to_numpy(), pd.Categorical(met["study_family"]), holds)
    table = shares(tallies, records.kinds(ALL), tuple(holds))
    names = {"number": "offences", "value_of": "grade", "group": "study_family"}
    table = table.rename(columns=names).astype({"study_family": object})
    days = met.groupby(["study_family", "grade"])["days"].quantile([0.25, 0.5, 0.75]).unstack()
    days = days.set_axis(["days_q1", "days_median", "days_q3"], axis=1).reset_index()
    table = table.merge(days, on=["study_family", "grade"], how="left")
    table = table.assign(place=table["grade"].map((*RISK_GRADES, NEVER).index))
    table = table.sort_values(["study_family", "place"], ignore_index=True)
    return table[AFTER_GRADE]


AFTER_GRADE = [
    "study_family", "grade", "offences", "of", "people", "people_with", "share", "low", "high",
    "days_median", "days_q1", "days_q3",
]  # fmt: skip
