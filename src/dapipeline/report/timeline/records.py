"""The incidents of the people shown in words: month, age, offence, people, place and outcome, never a date or an id."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

import pandas as pd

from dapipeline.analysis.medoids import SUSPECT
from dapipeline.analysis.shown import MEDOID
from dapipeline.reference.codes import OUTCOMES, RISK_GRADES
from dapipeline.reference.tables import families
from dapipeline.report.timeline.gravest import gravity
from dapipeline.report.timeline.incidents import Incident, Person, lasting, month_name, tally, uncapped
from dapipeline.report.words import listed, plain

MONTH = 8766 / 12  # hours
LONG = 30 * 24  # hours from which a record says how long it lasted
APART = 12  # months between begin and report, or begin and end, from which a record says so
RELATIONS = {"other_family": "relative", "none": "no relation"}  # others are called what their code says
SEXES = {"F": "female", "M": "male"}

Key = tuple[int, str]  # cluster, and medoid or example


def histories_in_words(medoids: pd.DataFrame, records: pd.DataFrame, others: pd.DataFrame) -> dict[Key, list[Incident]]:
    """Write out the incidents of each person shown.

    Parameters
    ----------
    medoids, records, others : pandas.DataFrame
        The tables medoids, timeline_records and timeline_others.

    Returns
    -------
    dict of (int, str) to list of Incident
        Cluster and shown to the incidents, in the order in which they began.
    """
    people = _people(others)
    whose = ["cluster", "shown", "role", "incident_number"]
    rows = [
        row
        for table in (medoids.assign(shown=MEDOID, role=SUSPECT), records)
        for row in offences_in_words(table).assign(**{name: table[name] for name in whose}).to_dict("records")
    ]
    rows.sort(key=lambda row: tuple(row[name] for name in whose))
    found: dict[Key, list[tuple[tuple[Any, ...], Incident]]] = {}
    for key, offences in groupby(rows, key=lambda row: tuple(row[name] for name in whose)):
        cluster, shown, role, number = key
        incident = _incident(list(offences), role == SUSPECT, tuple(people.get(key, ())))
        order = (incident.month, role, number)
        found.setdefault((int(cluster), str(shown)), []).append((order, incident))
    return {key: [incident for _, incident in sorted(own, key=lambda pair: pair[0])] for key, own in found.items()}


def offences_in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Write out offences.

    Parameters
    ----------
    rows : pandas.DataFrame
        Of the table medoids, or timeline_records.

    Returns
    -------
    pandas.DataFrame
        One row per offence in the same order: begun, ended, reported (months; the last two missing where not known),
        lasted, age, is_da, below_age, is_crime, offence, family, place, outcome, severity, gravity, grade.
    """
    start, end, told = (pd.to_datetime(rows[name]) for name in ("occurred_from", "occurred_to", "reported_at"))
    titles = families().set_index("family")["title"]
    family = rows["family"].astype("string")
    age, outcome, risk = (pd.to_numeric(rows[c], errors="coerce") for c in ("offender_age", "outcome_code", "risk"))
    hours = (end - start).dt.total_seconds() / 3600
    begun, ended, reported = (12 * moment.dt.year + moment.dt.month - 1 for moment in (start, end, told))
    called = family.map(titles).fillna(family.map(plain, na_action="ignore"))
    kind = pd.Series("Not a crime", rows.index).where(~rows["is_crime"].astype(bool), "Crime")
    offence = rows["offence"].astype("string").fillna(called).fillna(kind)
    return pd.DataFrame(
        {
            "begun": begun,
            "ended": ended,
            "reported": reported,
            "lasted": [lasting(round(h / MONTH)) if h >= LONG else "" for h in hours],
            "age": ["" if pd.isna(a) else f"{a:.0f}" for a in age],
            "is_da": rows["is_da"].astype(bool),
            "below_age": rows["below_age"].astype(bool),
            "is_crime": rows["is_crime"].astype(bool),
            "family": called.fillna(""),
            "offence": offence,
            "place": rows["location_type"].astype("string").map(plain, na_action="ignore").fillna(""),
            "outcome": ["" if pd.isna(o) else f"{OUTCOMES.get(f'{o:.0f}', 'unknown')} ({o:.0f})" for o in outcome],
            "severity": pd.to_numeric(rows["severity"], errors="coerce").fillna(0.0),
            "gravity": [gravity(of, title) for of, title in zip(family.fillna(""), offence, strict=True)],
            "grade": ["" if pd.isna(r) else RISK_GRADES[int(r) - 1] for r in risk],
        }
    )


def _incident(offences: list[dict[str, Any]], suspect: bool, people: tuple[Person, ...]) -> Incident:
    first = offences[0]
    begun, *later = (first[name] for name in ("begun", "ended", "reported"))
    late = [(word, int(at)) for word, at in zip(("ended", "reported"), later, strict=True)
            if not pd.isna(at) and at - begun >= APART]  # fmt: skip
    months = [("began", int(begun)), *late] if late else []
    crimes = [row for row in offences if row["is_crime"]] or offences
    return Incident(
        suspect=suspect, da=first["is_da"], below_age=first["below_age"], crime=any(r["is_crime"] for r in offences),
        month=int(begun), ended=dict(late).get("ended"), reported=dict(late).get("reported"),
        spread=_spread(months), age=first["age"],
        offence=_offences([row["offence"] for row in offences]), family=tally([row["family"] for row in crimes]),
        place=first["place"], outcome=tally([row["outcome"] for row in offences]), lasted=first["lasted"],
        severity=sum(row["severity"] for row in offences), gravity=min(row["gravity"] for row in offences),
        grade=first["grade"], people=people,
    )  # fmt: skip


def _spread(months: list[tuple[str, int]]) -> str:
    """Write months far apart: began Feb 2011, ended and reported Jan 2013."""
    at = {month: listed(word for word, other in months if other == month) for _, month in months}
    return ", ".join(f"{words} {month_name(month, short=True)}" for month, words in at.items())


def _offences(titles: list[str]) -> str:
    """Write the offences of one incident: harassment and 2 × criminal damage."""
    first, *others = Counter(titles).items()
    words = [f"{number} × {title}" if number > 1 else title for title, number in (first, *others)]
    return listed([words[0], *map(uncapped, words[1:])])


def _people(others: pd.DataFrame) -> dict[tuple[Any, ...], list[Person]]:
    """Write the people on the other side, by cluster, shown, role and incident."""
    age = pd.to_numeric(others["age"], errors="coerce")
    relations = others["relationship"].astype("string").map(lambda code: RELATIONS.get(code, plain(code)), "ignore")
    written = pd.DataFrame(
        {
            "label": others["person"].astype("string").fillna(""),
            "sex": others["sex"].astype("string").map(SEXES).fillna(""),
            "age": ["" if pd.isna(a) else f"{a:.0f}" for a in age],
            "relation": relations.fillna(""),
            "kind": others["intimacy"].astype("string").fillna(""),
        }
    )
    found: dict[tuple[Any, ...], list[Person]] = {}
    keys = others[["cluster", "shown", "role", "incident_number"]].itertuples(index=False, name=None)
    for key, row in zip(keys, written.itertuples(index=False, name=None), strict=True):
        found.setdefault(key, []).append(Person(*row))
    return {key: sorted(people, key=_by_number) for key, people in found.items()}


def _by_number(person: Person) -> tuple[bool, str, int, str]:
    return not person.label, person.label[:1], len(person.label), person.label
