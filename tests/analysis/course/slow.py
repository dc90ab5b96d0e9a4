"""The course of abuse a second time, slowly: plain Python over rows, written from what is said of each table."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from ..harm.slow import Records, text, wilson

DAY = 86_400
NAN = math.nan
Z = 1.959963984540054
FURTHER = ("outcome_code", "outcome_at", "arrested")
BY_PERSON = ("typology", "group", "first_type")
GRADES = ("standard", "medium", "high")
LAST = "~"  # after every text that a column holds: what is missing comes last
# The Home Office's outcomes, read by hand; all others that there are have the group "other".
OUTCOMES = {
    "0": "none yet", "1": "charged or summonsed", "2": "caution", "3": "caution", "8": "community resolution",
    "14": "no action, victim does not support", "15": "no action, victim supports",
    "16": "no action, victim does not support", "18": "no suspect", "22": "diversion",
}  # fmt: skip


@dataclass(frozen=True)
class Crime:
    """A distinct offence of an incident, DA or other, that is a crime."""

    who: str
    start: datetime
    incident: str
    key: str
    is_da: bool
    code: str | None
    family: str
    compliance: str | None
    outcome: str
    grade: str | None
    known: datetime

    @property
    def study_family(self) -> str | None:
        """The four families of the study; what shows intractability comes first."""
        if self.compliance in ("breach", "police_assault", "witness", "dangerous_driving"):
            return "intractability"
        return {
            "breach": "intractability", "criminal_damage": "intractability", "motoring": "intractability",
            "sexual": "sexual", "acquisitive": "acquisitive", "violence": "violent", "homicide": "violent",
        }.get(self.family)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """A DA incident of one suspect."""

    who: str
    id: str
    start: datetime
    is_crime: bool
    severity: float
    grade: str | None
    age: float | None
    intimate: bool
    type: str
    outcome: str
    settled: datetime | None
    victims: frozenset[str]


class Course(Records):
    """Everybody's incidents, with outcomes and arrests, and the DA incidents of the cohort in order."""

    def __init__(self, rows: list[dict], kinds: pd.DataFrame, assigned: dict[str, dict], end: datetime) -> None:
        super().__init__(rows, kinds)
        told = defaultdict(list)
        for row in rows:
            told[row["offender_id"], row["incident_id"]].append(row)
        for who, own in self.everyone.items():
            for one in own:
                for kept, row in zip(one.rows, told[who, one.rows[0]["incident_id"]], strict=True):
                    kept.update({name: row.get(name) for name in FURTHER})
        self.end, self._assigned = end, assigned
        self.events = {
            who: sorted((self._event(who, one) for one in self.da(who)), key=lambda event: (event.start, event.id))
            for who in sorted(self.cohort)
        }

    def all_events(self) -> list[Event]:
        return [event for own in self.events.values() for event in own]

    def value(self, who: str, dimension: str) -> str:
        """What a person is told apart by."""
        if dimension == "all":
            return "all"
        if dimension == "first_type":
            return self.events[who][0].type
        value = self._assigned.get(who, {}).get(dimension)
        return text(value) or "not known"

    def offences(self, incident) -> list[tuple[str, dict]]:
        """Each distinct offence by its key, with the row that speaks for it: the most severe."""
        found: dict[str, list[dict]] = defaultdict(list)
        for row in incident.rows:
            key = row["offence_id"] or row["offence_code"] or row["offence"] or self.kind_of(row).family
            found[key].append(row)
        return [(key, min(rows, key=self._order)) for key, rows in found.items()]

    def _order(self, row: dict) -> tuple:
        """Of two rows as severe a crime comes before none, then by family, code, title, start and outcome."""
        kind = self.kind_of(row)
        return (
            -kind.severity, not row["is_crime"], kind.family, row["offence_code"] or LAST, row["offence"] or LAST,
            row["occurred_from"], row["outcome_code"] or LAST,
        )  # fmt: skip

    def _event(self, who: str, incident) -> Event:
        def grave(offence: tuple[str, dict]) -> tuple:
            key, row = offence
            return not row["is_crime"], -self.kind_of(row).severity, key

        _, gravest = min(self.offences(incident), key=grave)
        return Event(
            who, incident.rows[0]["incident_id"], incident.start, incident.is_crime, self.severity(incident),
            incident.grade, incident.age, incident.intimate, self.kind_of(gravest).family,
            outcome_of(gravest) if incident.is_crime else "no crime", gravest["outcome_at"], frozenset(incident.named),
        )  # fmt: skip

    def crimes_in_order(self) -> list[Crime]:
        """The crimes of the cohort by person and time, DA and other; those below the age of DA are neither."""
        found = []
        for who in self.events:
            for one in [*self.da(who), *self.other(who)]:
                for key, row in self.offences(one):
                    if row["is_crime"]:
                        kind = self.kind_of(row)
                        found.append(
                            Crime(who, row["occurred_from"], row["incident_id"], key, one.is_da, row["offence_code"],
                                  kind.family, text(kind.compliance), outcome_of(row), one.grade, known_of(one))
                        )  # fmt: skip
        return sorted(found, key=lambda crime: (crime.who, crime.start, crime.incident, crime.key))


def known_of(incident) -> datetime:
    """When an incident came to be known: its first report, else its last end, else its start."""
    reported = [row["reported_at"] for row in incident.rows if row["reported_at"] is not None]
    ended = [row["occurred_to"] for row in incident.rows if row["occurred_to"] is not None]
    return min(reported) if reported else max(ended) if ended else incident.start


def outcome_of(row: dict) -> str:
    code = row["outcome_code"]
    return "not known" if code is None else OUTCOMES.get(code, "other")


def days(first: datetime, last: datetime) -> float:
    return (last - first).total_seconds() / DAY


def quantile(values: Iterable[float], part: float) -> float:
    """Between two values in proportion; missing of none."""
    ordered = sorted(values)
    if not ordered:
        return NAN
    at = part * (len(ordered) - 1)
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def quartiles(values: list[float], names: str = "days") -> dict[str, float]:
    return {
        f"{names}_median": statistics.median(values) if values else NAN,
        f"{names}_q1": quantile(values, 0.25), f"{names}_q3": quantile(values, 0.75),
    }  # fmt: skip


def wilson_or_none(number: float, of: float) -> tuple[float, float]:
    return wilson(number, of) if of else (NAN, NAN)


def share_of(asked: Iterable[tuple[str, bool]]) -> dict[str, float]:
    """Who and whether it holds, one an incident: the share, with Wilson's interval of as many as tell as much.

    By hand, with y of n incidents of each of m people and p = sum(y) / sum(n): what the share varies between people is
    m / (m - 1) * sum((y - p * n) ** 2) / sum(n) ** 2, and were all incidents independent, p * (1 - p) / sum(n). The
    first by the second is the design effect; divided by it, the incidents are as many as tell as much, and never more
    than there are. Where all or none hold, or one person is all there is, nothing varies between people: then each
    person tells as much as one incident.
    """
    own: dict[str, list[bool]] = defaultdict(list)
    for who, holds in asked:
        own[who].append(bool(holds))
    number, of = sum(sum(of_one) for of_one in own.values()), sum(len(of_one) for of_one in own.values())
    found = {
        "number": number, "of": of, "people": len(own), "people_with": sum(any(of_one) for of_one in own.values()),
        "people_without": sum(not all(of_one) for of_one in own.values()), "share": NAN, "low": NAN, "high": NAN,
    }  # fmt: skip
    if not of:
        return found
    part, m = number / of, len(own)
    if number in (0, of) or m == 1:
        effective = m
    else:
        between = sum((sum(of_one) - part * len(of_one)) ** 2 for of_one in own.values()) / of**2
        effect = between * m / max(m - 1, 1) / (part * (1 - part) / of)
        effective = of / max(effect, 1)
    low, high = wilson(part * effective, effective)
    return found | {"share": part, "low": low, "high": high}


def paired(changes: list[float], people: list[str]) -> tuple[float, float, float]:
    """The interval of a mean of differences by who they are of, and its p; where all are 0 there is nothing to find.

    By statsmodels: least squares on a constant, errors clustered by person, with its factor G / (G - 1).
    """
    code = {who: number for number, who in enumerate(dict.fromkeys(people))}
    groups = np.array([code[who] for who in people])
    fit = sm.OLS(np.array(changes), np.ones(len(changes))).fit(cov_type="cluster", cov_kwds={"groups": groups})
    middle, error, freedom = statistics.fmean(changes), fit.bse[0], len(code) - 1
    if error == 0:
        return middle, middle, 1.0 if middle == 0 else NAN
    reach = stats.t.ppf(0.975, freedom) * error
    return middle - reach, middle + reach, 2 * stats.t.sf(abs(middle / error), freedom)


def step_up(p: dict) -> dict:
    """Benjamini and Hochberg's q of each p that is known."""
    asked = sorted((value, key) for key, value in p.items() if value == value)
    m = len(asked)
    found = dict.fromkeys(p, NAN)
    for rank, (_, key) in enumerate(asked):
        found[key] = min(1.0, *(m / (later + 1) * asked[later][0] for later in range(rank, m)))
    return found


def check(table: pd.DataFrame, keys: list[str], expected: dict[tuple, dict], unasked: tuple[str, ...] = ()) -> None:
    """Hold a table against what is expected: the same rows, every column, counts exactly."""
    lines = {tuple(line[name] for name in keys): line for line in table.to_dict("records")}
    assert len(lines) == len(table)
    assert set(lines) == set(expected)
    wrong = []
    for key, values in expected.items():
        line = lines[key]
        assert {*keys, *values, *unasked} == set(line)
        for name, value in values.items():
            exact = isinstance(value, (int, str))
            same = line[name] == value if exact else line[name] == pytest.approx(value, rel=1e-9, abs=1e-9, nan_ok=True)
            if not same:
                wrong.append((key, name, line[name], value))
    assert not wrong, f"{len(wrong)} differ, such as (row, column, table, slow): {wrong[:5]}"
