"""Every feature a second time, slowly: plain Python over rows, written from what the catalogue says of each.

A row is a dict of canonical columns, None where missing. Nothing is taken from the expressions it checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Row = dict[str, Any]

# Family by the hand-read list of tests/reference_room; severity in days, by the subgroup's line in the
# Cambridge Crime Harm Index 2026.
OFFENCES = {
    "00101": ("homicide", 5475),  # murder
    "00407": ("homicide", 365),  # allowing the death of a child: violence with injury
    "10501": ("violence", 10),  # common assault
    "00806": ("violence", 365),  # actual bodily harm
    "00864": ("violence", 273.75),  # threatening with a blade: weapon possession
    "01908": ("sexual", 2555),  # rape
    "02005": ("sexual", 182.25),  # sexual assault
    "19594": ("stalking_harassment", 10),  # harassment
    "00867": ("controlling_coercive", 10),
    "01103": ("child_vulnerable", 10),  # cruelty to a child: violence without injury
    "14900": ("criminal_damage", 2),
    "05601": ("criminal_damage", 185),  # arson endangering life
    "04600": ("acquisitive", 1),  # shoplifting
    "02803": ("acquisitive", 273.5),  # burglary in a dwelling
    "09261": ("drugs", 3),  # possession of cannabis
    "09230": ("drugs", 5),  # supplying class A
    "06601": ("public_order", 7.5),  # affray
    "00826": ("weapons", 273.75),  # blade in public
    "06639": ("breach", 7.5),  # breach of a non-molestation order: public order
    "19566": ("breach", 10),  # breach of licence conditions: miscellaneous
    "80901": ("motoring", 1),  # no insurance
    "19101": ("regulatory", 1),  # no television licence
    "02600": ("other", 10),  # bigamy: miscellaneous
}
TITLES = {"Murder": ("homicide", 5475), "Rape": ("sexual", 2555), "Common assault": ("violence", 10)}
# Where nothing but the family is known: the subgroup that stands in for it.
FAMILIES = {
    "violence": 10,
    "sexual": 182.25,
    "child_vulnerable": 10,
    "acquisitive": 2,
    "drugs": 3,
    "breach": 10,
}
DA_PARALLEL = {
    "homicide", "violence", "sexual", "stalking_harassment", "controlling_coercive", "child_vulnerable",
    "criminal_damage",
}  # fmt: skip
NON_COMPLIANCE = {"breach"}
INTIMATE = {"partner", "ex_partner"}
FAMILY = {"parent", "child", "sibling", "other_family"}
GRADES = ["standard", "medium", "high"]
NAN = float("nan")


def recorded(values) -> list:
    return [value for value in values if value is not None]


def mean(values) -> float:
    values = list(values)
    return sum(values) / len(values) if values else NAN


def share(part, whole) -> float:
    """A share of nothing is 0."""
    return len(list(part)) / len(whole) if whole else 0.0


def age_on(moment, born) -> int:
    had_birthday = (moment.month, moment.day) >= (born.month, born.day)
    return moment.year - born.year - (0 if had_birthday else 1)


def age_in(row: Row, who: str):
    """By the birth date where there is one, else as recorded."""
    born = row[f"{who}_dob"]
    return row[f"{who}_age"] if born is None else age_on(row["occurred_from"], born)


def is_domestic(row: Row, include=(), minimum_age=16) -> bool:
    """Flagged, and nobody known to be below the age it starts at."""
    flagged = row["da_flag"] or any(row[flag] for flag in include)
    return flagged and all(age >= minimum_age for age in recorded([age_in(row, "offender"), age_in(row, "victim")]))


def kind_of(row: Row):
    """Family and severity of a crime: the config's own family first, else by code, else by title."""
    by_code, by_title = OFFENCES.get(row["offence_code"]), TITLES.get(row["offence"])
    by_family = (row["offence_family"], FAMILIES.get(row["offence_family"]))
    unknown = ("other", 10)  # the weight of miscellaneous crimes
    known = by_code or by_title or (by_family if row["offence_family"] else unknown)
    return row["offence_family"] or known[0], known[1]


@dataclass
class Offence:
    """One distinct offence, or a non-crime."""

    family: str | None
    severity: float
    is_crime: bool


@dataclass
class Victim:
    """A person harmed in an incident; without an id, told from others by sex, relationship and age."""

    id: str | None
    age: float | None


@dataclass
class Incident:
    """One incident of one suspect: the rows that share its id and name the suspect."""

    rows: list[Row]
    own: bool = False
    include: tuple[str, ...] = ()
    minimum_age: int = 16

    def any(self, column: str) -> bool:
        return any(row[column] for row in self.rows)

    def first(self, column: str):
        """The least of what is recorded; most often all rows agree."""
        return min(recorded(row[column] for row in self.rows), default=None)

    @property
    def start(self) -> datetime:
        return min(row["occurred_from"] for row in self.rows)

    @property
    def end(self) -> datetime | None:
        return max(recorded(row["occurred_to"] for row in self.rows), default=None)

    @property
    def is_da(self) -> bool:
        return any(is_domestic(row, self.include, self.minimum_age) for row in self.rows)

    @property
    def is_crime(self) -> bool:
        return self.any("is_crime")

    @property
    def age(self):
        return min(recorded(age_in(row, "offender") for row in self.rows), default=None)

    @property
    def hours(self) -> float | None:
        return None if self.end is None else (self.end - self.start).total_seconds() / 3600

    @property
    def night(self) -> bool:
        return self.start.hour in (22, 23, 0, 1, 2, 3, 4, 5)

    @property
    def weekend(self) -> bool:
        return self.start.strftime("%A") in ("Saturday", "Sunday")

    @property
    def grade(self) -> str | None:
        """The highest grade."""
        return max(recorded(row["risk_grade"] for row in self.rows), key=GRADES.index, default=None)

    @property
    def relationships(self) -> set[str]:
        return set(recorded(row["relationship"] for row in self.rows))

    @property
    def intimate(self) -> bool:
        return bool(self.relationships & INTIMATE)

    @property
    def family_member(self) -> bool:
        return bool(self.relationships & FAMILY) and not self.intimate

    @property
    def substances(self) -> bool:
        return self.any("alcohol") or self.any("drugs")

    @property
    def offences(self) -> list[Offence]:
        """One an offence_id, else offence_code; the most severe record speaks for it, each offence once."""
        found: dict[Any, list] = {}
        for row in self.rows:
            family, severity = kind_of(row)
            severity = row["severity"] if self.own else severity
            if not row["is_crime"]:
                family, severity = row["offence_family"], 0
            key = row["offence_id"] or row["offence_code"] or row["offence"] or family
            # Of two as severe, the first by family and code: no record is better than the other.
            order = (
                severity is None,
                -(severity or 0),
                family or "non_crime",
                row["offence_code"] or "99999",
            )
            found.setdefault(key, []).append((order, Offence(family, severity or 0, row["is_crime"])))
        return [min(records, key=lambda record: record[0])[1] for records in found.values()]

    @property
    def severity(self) -> float:
        return sum(offence.severity for offence in self.offences)

    def holds(self, *families: str) -> bool:
        """An offence or a non-crime of one of the families."""
        return any(offence.family in families for offence in self.offences)

    def holds_crime(self, *families: str) -> bool:
        return any(offence.is_crime and offence.family in families for offence in self.offences)

    @property
    def victims(self) -> list[Victim]:
        """Each victim once, the least age that is recorded."""
        ages: dict[Any, list] = {}
        for row in self.rows:
            described = (row["victim_sex"], row["relationship"], age_in(row, "victim"))
            if row["victim_id"] is not None or any(value is not None for value in described):
                ages.setdefault(row["victim_id"] or described, []).append(age_in(row, "victim"))
        return [
            Victim(key if isinstance(key, str) else None, min(recorded(found), default=None))
            for key, found in ages.items()
        ]

    @property
    def named(self) -> set[str]:
        return {row["victim_id"] for row in self.rows if row["victim_id"] is not None}


@dataclass
class History:
    """All that is recorded of one offender: incidents as suspect, and as victim."""

    incidents: list[Incident]
    victimisations: list[Incident] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.da = [incident for incident in self.incidents if incident.is_da]
        self.non_da = [incident for incident in self.incidents if not incident.is_da]


def with_birth_dates(rows: list[Row]) -> list[Row]:
    """A birth date that a row lacks is the earliest of the person's other rows."""
    filled = [dict(row) for row in rows]
    for person in ("offender", "victim"):
        for row in filled:
            if row[f"{person}_dob"] is None and row[f"{person}_id"] is not None:
                known = recorded(o[f"{person}_dob"] for o in rows if o[f"{person}_id"] == row[f"{person}_id"])
                row[f"{person}_dob"] = min(known, default=None)
    return filled


def histories(rows: list[Row], **definition) -> dict[str, History]:
    """The histories of everyone who is the suspect of a DA incident."""
    rows = with_birth_dates(rows)

    def incidents_by(person: str) -> dict[str, dict[str, list[Row]]]:
        found: dict[str, dict[str, list[Row]]] = {}
        for row in rows:
            if row[person] is not None:
                found.setdefault(row[person], {}).setdefault(row["incident_id"], []).append(row)
        return found

    suspected, harmed = incidents_by("offender_id"), incidents_by("victim_id")
    everyone = {
        offender: History(
            [Incident(of_one, **definition) for of_one in incidents.values()],
            [Incident(of_one, **definition) for of_one in harmed.get(offender, {}).values()],
        )
        for offender, incidents in suspected.items()
    }
    return {offender: history for offender, history in everyone.items() if history.da}


SLOW: dict[str, Callable[[History], float]] = {}


def slow(function: Callable[[History], float]) -> Callable[[History], float]:
    SLOW[function.__name__] = function
    return function


# ---- age


def known_age(incidents: list[Incident], end: Callable) -> float:
    """The youngest or oldest of the ages that are known."""
    return end(recorded(incident.age for incident in incidents), default=NAN)


@slow
def age_first_incident(h):
    return known_age(h.incidents, min)


@slow
def age_first_da(h):
    return known_age(h.da, min)


@slow
def age_last_da(h):
    return known_age(h.da, max)


def victims_of(incidents: list[Incident]) -> list[Victim]:
    return [victim for incident in incidents for victim in incident.victims]


def victim_age_mean(incidents: list[Incident]) -> float:
    victims = victims_of(incidents)
    return mean(recorded(victim.age for victim in victims)) if victims else 0.0


def victim_age_share(incidents: list[Incident], wanted: Callable) -> float:
    ages = recorded(victim.age for victim in victims_of(incidents))
    return share([age for age in ages if wanted(age)], ages)


@slow
def da_victim_age_mean(h):
    return victim_age_mean(h.da)


@slow
def da_victim_age_gap_mean(h):
    if not victims_of(h.da):
        return 0.0
    both = [(i.age, v.age) for i in h.da for v in i.victims if i.age is not None and v.age is not None]
    return mean(offender - victim for offender, victim in both)


@slow
def da_victim_under_18_share(h):
    return victim_age_share(h.da, lambda age: age < 18)


@slow
def da_victim_over_60_share(h):
    return victim_age_share(h.da, lambda age: age >= 60)


@slow
def non_da_victim_age_mean(h):
    return victim_age_mean(h.non_da)


@slow
def non_da_victim_under_18_share(h):
    return victim_age_share(h.non_da, lambda age: age < 18)


# ---- people


@slow
def incidents(h):
    return len(h.incidents)


@slow
def da_incidents(h):
    return len(h.da)


@slow
def non_da_incidents(h):
    return len(h.non_da)


@slow
def da_crimes(h):
    return len([i for i in h.da if i.is_crime])


@slow
def non_da_crimes(h):
    return len([i for i in h.non_da if i.is_crime])


@slow
def victims(h):
    return len(set().union(*(i.named for i in h.incidents)))


@slow
def da_victims(h):
    return len(set().union(*(i.named for i in h.da)))


@slow
def non_da_victims(h):
    return len(set().union(*(i.named for i in h.non_da)))


def da_incidents_by_victim(h: History) -> Counter:
    return Counter(person for i in h.da for person in i.named)


@slow
def da_repeat_victims(h):
    return len([person for person, times in da_incidents_by_victim(h).items() if times >= 2])


@slow
def da_most_against_one_victim(h):
    return max(da_incidents_by_victim(h).values(), default=0)


@slow
def da_same_victim_share(h):
    pairs = da_incidents_by_victim(h)
    return max(pairs.values()) / sum(pairs.values()) if pairs else 0.0


def related(h: History) -> list[Incident]:
    return [i for i in h.da if i.relationships]


@slow
def da_intimate_share(h):
    return share([i for i in related(h) if i.intimate], related(h))


@slow
def da_family_share(h):
    return share([i for i in related(h) if i.family_member], related(h))


@slow
def da_ex_partner_share(h):
    return share([i for i in related(h) if "ex_partner" in i.relationships], related(h))


# ---- time


def days_between(first: datetime, last: datetime) -> float:
    return (last - first).total_seconds() / 86400


def first_start(incidents: list[Incident]) -> datetime:
    return min(i.start for i in incidents)


def last_start(incidents: list[Incident]) -> datetime:
    return max(i.start for i in incidents)


@slow
def da_span_days(h):
    return days_between(first_start(h.da), last_start(h.da))


@slow
def offending_span_days(h):
    return days_between(first_start(h.incidents), last_start(h.incidents))


@slow
def days_to_first_da(h):
    return days_between(first_start(h.incidents), first_start(h.da))


@slow
def non_da_before_first_da(h):
    return len([i for i in h.non_da if i.start < first_start(h.da)])


def durations(incidents: list[Incident]) -> list[float]:
    return recorded(i.hours for i in incidents)


@slow
def da_duration_mean_hours(h):
    return mean(durations(h.da) or [0])


@slow
def da_duration_max_hours(h):
    return max(durations(h.da), default=0)


@slow
def non_da_duration_mean_hours(h):
    return mean(durations(h.non_da) or [0])


@slow
def da_over_a_year_share(h):
    return share([hours for hours in durations(h.da) if hours >= 365 * 24], durations(h.da))


@slow
def da_over_a_year_incidents(h):
    return len([hours for hours in durations(h.da) if hours >= 365 * 24])


@slow
def da_night_share(h):
    return share([i for i in h.da if i.night], h.da)


@slow
def da_night_incidents(h):
    return len([i for i in h.da if i.night])


@slow
def da_weekend_share(h):
    return share([i for i in h.da if i.weekend], h.da)


@slow
def non_da_night_share(h):
    return share([i for i in h.non_da if i.night], h.non_da)


@slow
def da_reporting_delay_mean_days(h):
    reported = [i for i in h.da if i.first("reported_at") is not None]
    return mean([max(days_between(i.start, i.first("reported_at")), 0) for i in reported] or [0])


# ---- place


def place_share(incidents: list[Incident], place: str) -> float:
    known = recorded(i.first("location_type") for i in incidents)
    return share([found for found in known if found == place], known)


@slow
def da_residential_share(h):
    return place_share(h.da, "residential")


@slow
def da_public_share(h):
    return place_share(h.da, "public")


@slow
def da_public_incidents(h):
    return len([i for i in h.da if i.first("location_type") == "public"])


@slow
def non_da_public_share(h):
    return place_share(h.non_da, "public")


@slow
def non_da_retail_share(h):
    return place_share(h.non_da, "retail")


@slow
def imd_decile_mean(h):
    deciles = [[int(decile) for decile in recorded(row["imd_decile"] for row in i.rows)] for i in h.incidents]
    return mean(min(of_one) for of_one in deciles if of_one)


@slow
def boroughs(h):
    return len(set(recorded(i.first("borough") for i in h.incidents)))


@slow
def da_lsoas(h):
    return len(set(recorded(i.first("lsoa") for i in h.da)))


# ---- offence


def severities(incidents: list[Incident]) -> list[float]:
    return [i.severity for i in incidents]


@slow
def da_severity_total(h):
    return sum(severities(h.da))


@slow
def da_severity_mean(h):
    return mean(severities(h.da))


@slow
def da_severity_max(h):
    return max(severities(h.da))


@slow
def da_severe_incidents(h):
    return len([points for points in severities(h.da) if points > 500])


@slow
def non_da_severity_total(h):
    return sum(severities(h.non_da))


@slow
def non_da_severity_mean(h):
    return mean(severities(h.non_da) or [0])


@slow
def non_da_severity_max(h):
    return max(severities(h.non_da), default=0)


@slow
def non_da_severe_incidents(h):
    return len([points for points in severities(h.non_da) if points > 500])


@slow
def da_non_crime_share(h):
    return share([i for i in h.da if not i.is_crime], h.da)


@slow
def da_non_crimes(h):
    return len([i for i in h.da if not i.is_crime])


@slow
def non_da_non_crime_share(h):
    return share([i for i in h.non_da if not i.is_crime], h.non_da)


def holding(incidents: list[Incident], *families: str) -> float:
    return share([i for i in incidents if i.holds(*families)], incidents)


@slow
def da_violence_share(h):
    return holding(h.da, "violence")


@slow
def da_violence_incidents(h):
    return len([i for i in h.da if i.holds("violence")])


@slow
def da_sexual_share(h):
    return holding(h.da, "sexual")


@slow
def da_sexual_incidents(h):
    return len([i for i in h.da if i.holds("sexual")])


@slow
def da_stalking_harassment_share(h):
    return holding(h.da, "stalking_harassment")


@slow
def da_stalking_harassment_incidents(h):
    return len([i for i in h.da if i.holds("stalking_harassment")])


@slow
def da_coercive_share(h):
    return holding(h.da, "controlling_coercive")


@slow
def da_coercive_incidents(h):
    return len([i for i in h.da if i.holds("controlling_coercive")])


@slow
def da_damage_share(h):
    return holding(h.da, "criminal_damage")


@slow
def da_breach_share(h):
    return holding(h.da, "breach")


@slow
def da_homicides(h):
    return len([i for i in h.da if i.holds("homicide")])


@slow
def child_vulnerable_share(h):
    return holding(h.incidents, "child_vulnerable")


@slow
def child_vulnerable_incidents(h):
    return len([i for i in h.incidents if i.holds("child_vulnerable")])


@slow
def non_da_violence_share(h):
    return holding(h.non_da, "violence")


@slow
def non_da_violence_incidents(h):
    return len([i for i in h.non_da if i.holds("violence")])


@slow
def non_da_sexual_share(h):
    return holding(h.non_da, "sexual")


@slow
def non_da_acquisitive_share(h):
    return holding(h.non_da, "acquisitive")


@slow
def non_da_acquisitive_incidents(h):
    return len([i for i in h.non_da if i.holds("acquisitive")])


@slow
def non_da_drugs_share(h):
    return holding(h.non_da, "drugs")


@slow
def non_da_drugs_incidents(h):
    return len([i for i in h.non_da if i.holds("drugs")])


@slow
def non_da_public_order_share(h):
    return holding(h.non_da, "public_order")


@slow
def non_da_weapons_share(h):
    return holding(h.non_da, "weapons")


@slow
def non_da_motoring_share(h):
    return holding(h.non_da, "motoring")


@slow
def non_da_parallel_share(h):
    return share([i for i in h.non_da if i.holds_crime(*DA_PARALLEL)], h.non_da)


@slow
def non_compliance_share(h):
    return holding(h.incidents, *NON_COMPLIANCE)


@slow
def non_compliance_incidents(h):
    return len([i for i in h.incidents if i.holds(*NON_COMPLIANCE)])


def crime_families(incidents: list[Incident]) -> set:
    return {offence.family for i in incidents for offence in i.offences if offence.is_crime}


@slow
def da_families(h):
    return len(crime_families(h.da))


@slow
def non_da_families(h):
    return len(crime_families(h.non_da))


def graded(incidents: list[Incident], grade: str) -> float:
    grades = recorded(i.grade for i in incidents)
    return share([found for found in grades if found == grade], grades)


@slow
def da_high_risk_share(h):
    return graded(h.da, "high")


@slow
def da_medium_risk_share(h):
    return graded(h.da, "medium")


@slow
def da_non_crime_high_risk_share(h):
    return share([i for i in h.da if not i.is_crime and i.grade == "high"], h.da)


@slow
def da_honour_based_share(h):
    return share([i for i in h.da if i.any("honour_based")], h.da)


# ---- victimisation


@slow
def da_victimisations(h):
    return len([i for i in h.victimisations if i.is_da])


@slow
def non_da_victimisations(h):
    return len([i for i in h.victimisations if not i.is_da])


@slow
def victimised_before_first_da(h):
    return len([i for i in h.victimisations if i.start < first_start(h.da)])


# ---- substances


@slow
def da_substance_share(h):
    return share([i for i in h.da if i.substances], h.da)


@slow
def da_substance_incidents(h):
    return len([i for i in h.da if i.substances])


@slow
def non_da_substance_share(h):
    return share([i for i in h.non_da if i.substances], h.non_da)


@slow
def non_da_substance_incidents(h):
    return len([i for i in h.non_da if i.substances])


@slow
def da_alcohol_share(h):
    return share([i for i in h.da if i.any("alcohol")], h.da)


@slow
def da_drugs_share(h):
    return share([i for i in h.da if i.any("drugs")], h.da)
