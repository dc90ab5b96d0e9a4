"""The harm analyses a second time, slowly: plain Python over rows, written from what is said of each table."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import timedelta

import pandas as pd

from dapipeline.reference.tables import offences as offence_codes

from ...offenders.slow_features import Incident, with_birth_dates

COMPLIANCE = offence_codes().set_index("code")["compliance"].dropna().to_dict()
COLUMNS = (
    "offender_id", "incident_id", "victim_id", "occurred_from", "occurred_to", "reported_at", "da_flag", "is_crime",
    "offence_id", "offence_code", "offence", "risk_grade", "relationship", "offender_dob", "victim_dob", "offender_age",
    "victim_age", "offender_sex", "victim_sex", "imd_decile", "honour_based", "forced_marriage", "fgm", "alcohol",
    "drugs", "severity", "offence_family",
)  # fmt: skip
YEAR = timedelta(days=365.25)


class Records:
    """Everybody's incidents as suspect: DA, other, and neither (below the age)."""

    def __init__(self, rows: list[dict], kinds: pd.DataFrame) -> None:
        self.kind = {
            (bool(k.is_crime), text(k.offence_code), text(k.offence)): k for k in kinds.itertuples(index=False)
        }
        rows = [{name: row.get(name) for name in COLUMNS} for row in rows]
        by_person: dict[str, dict[str, list[dict]]] = defaultdict(lambda: defaultdict(list))
        for row in with_birth_dates(rows):
            if row["offender_id"] is not None:
                by_person[row["offender_id"]][row["incident_id"]].append(row)
        self.everyone = {who: [Incident(of_one) for of_one in found.values()] for who, found in by_person.items()}
        self.cohort = {who: own for who, own in self.everyone.items() if any(one.is_da for one in own)}

    def kind_of(self, row: dict):
        return self.kind[(bool(row["is_crime"]), row["offence_code"], row["offence"])]

    def severity(self, incident: Incident) -> float:
        """Each distinct offence once, its most severe record."""
        found: dict[str, float] = defaultdict(float)
        for row in incident.rows:
            kind = self.kind_of(row)
            key = row["offence_id"] or row["offence_code"] or row["offence"] or kind.family
            found[key] = max(found[key], kind.severity if row["is_crime"] else 0.0)
        return sum(found.values())

    def da(self, who: str) -> list[Incident]:
        return [one for one in self.everyone[who] if one.is_da]

    def other(self, who: str) -> list[Incident]:
        return [one for one in self.everyone[who] if not one.is_da and not one.is_below_age]

    def harm(self, who: str) -> float:
        return sum(self.severity(one) for one in self.da(who))

    def crimes(self, incidents: list[Incident]) -> list[tuple]:
        """When each crime began, its code, its title and its study family."""
        return [
            (row["occurred_from"], row["offence_code"], row["offence"], self.study_family(row))
            for one in incidents for row in one.rows if row["is_crime"]
        ]  # fmt: skip

    def study_family(self, row: dict) -> str | None:
        family = self.kind_of(row).family
        if COMPLIANCE.get(row["offence_code"]) or family in ("breach", "criminal_damage", "motoring"):
            return "intractability"
        return {"sexual": "sexual", "acquisitive": "acquisitive", "violence": "violent", "homicide": "violent"}.get(
            family
        )


def text(value) -> str | None:
    return None if value is None or value is pd.NA or value != value else str(value)


def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else math.nan


def variance(values: list[float]) -> float:
    centre = mean(values)
    return sum((value - centre) ** 2 for value in values) / (len(values) - 1)


def welch(some: list[float], others: list[float]) -> tuple[float, float]:
    """The difference of two means and its standard error."""
    return mean(some) - mean(others), math.sqrt(variance(some) / len(some) + variance(others) / len(others))


def most_common_sex(records: Records, who: str) -> str:
    """As most of a person's incidents record it, the first by alphabet of two as common."""
    told = Counter()
    for one in records.everyone[who]:
        known = sorted(row["offender_sex"] for row in one.rows if row["offender_sex"] is not None)
        if known:
            told[known[0]] += 1
    best = sorted(told, key=lambda sex: (-told[sex], sex))
    return best[0] if best and best[0] != "U" else "not known"


def wilson(number: int, of: int, z: float = 1.959963984540054) -> tuple[float, float]:
    part = number / of
    middle, width = part + z * z / (2 * of), z * math.sqrt(part * (1 - part) / of + z * z / (4 * of * of))
    return tuple((middle + side * width) / (1 + z * z / of) for side in (-1, 1))
