"""Every feature a second time, slowly: plain Python over rows, written from what the catalogue says of each.

A row is a dict of canonical columns, None where missing. Nothing is taken from the expressions it checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """What a code or a title tells of a record."""

    family: str
    severity: float = 0
    against: str | None = None
    compliance: str | None = None
    domestic: bool = False


# Read by hand; severity in days, by the subgroup's line in the Cambridge Crime Harm Index 2026.
OFFENCES = {
    "00101": Kind("homicide", 5475),  # murder
    "00407": Kind("homicide", 365, "child"),  # allowing the death of a child: violence with injury
    "10501": Kind("violence", 10),  # common assault
    "10423": Kind("violence", 10, None, "police_assault"),  # assault on a constable
    "00806": Kind("violence", 365),  # actual bodily harm
    "00864": Kind("violence", 273.75),  # threatening with a blade: weapon possession
    "01908": Kind("sexual", 2555),  # rape
    "01916": Kind("sexual", 2555, "child"),  # rape of a girl under 13
    "02005": Kind("sexual", 182.25),  # sexual assault
    "07002": Kind("sexual", 182.25, "vulnerable_adult"),  # sexual activity with a person with a mental disorder
    "19594": Kind("stalking_harassment", 10),  # harassment
    "00867": Kind("controlling_coercive", 10),
    "01103": Kind("child_vulnerable", 10, "child"),  # cruelty to a child: violence without injury
    "09806": Kind("child_vulnerable", 10, "vulnerable_adult"),  # ill-treatment, lacking capacity: miscellaneous
    "14900": Kind("criminal_damage", 2),
    "05601": Kind("criminal_damage", 185),  # arson endangering life
    "04600": Kind("acquisitive", 1),  # shoplifting
    "02803": Kind("acquisitive", 273.5),  # burglary in a dwelling
    "09261": Kind("drugs", 3),  # possession of cannabis
    "09230": Kind("drugs", 5),  # supplying class A
    "06601": Kind("public_order", 7.5),  # affray
    "00826": Kind("weapons", 273.75),  # blade in public
    "06639": Kind("breach", 7.5, None, "breach"),  # breach of a non-molestation order: public order
    "19566": Kind("breach", 10, None, "breach"),  # breach of licence conditions: miscellaneous
    "08301": Kind("breach", 10, None, "breach"),  # absconding on bail: miscellaneous
    "07904": Kind("breach", 10, None, "witness"),  # intimidating a witness: miscellaneous
    "07901": Kind("breach", 10),  # perverting the course of justice: miscellaneous, and no breach
    "06617": Kind("breach", 7.5),  # notification of a sex offender: public order, and no breach
    "00412": Kind("motoring", 365, None, "dangerous_driving"),  # serious injury by dangerous driving
    "80901": Kind("motoring", 1),  # no insurance
    "19101": Kind("regulatory", 1),  # no television licence
    "02600": Kind("other", 10),  # bigamy: miscellaneous
}
CRIME_TITLES = {
    "Murder": Kind("homicide", 5475),
    "Rape": Kind("sexual", 2555),
    "Common assault": Kind("violence", 10),
    "Sexual assault on a female child under 13": Kind("sexual", 182.25, "child"),
    "Assault on a constable": Kind("violence", 10, None, "police_assault"),
    "Dangerous driving": Kind("motoring", 10, None, "dangerous_driving"),  # notifiable: miscellaneous
    "Intimidating a witness": Kind("breach", 10, None, "witness"),
    "Ill-treatment of a person lacking capacity": Kind("child_vulnerable", 10, "vulnerable_adult"),
    "Sexual grooming of a child": Kind("sexual", 182.25, "child"),
    "Breach of bail": Kind("breach", 10, None, "breach"),
    "Breach of a non-molestation order": Kind("breach", 7.5, None, "breach"),
}
NON_CRIME_TITLES = {
    "Domestic incident": Kind("non_crime", domestic=True),
    "Child protection concern": Kind("child_vulnerable", against="child"),
    "Vulnerable adult": Kind("child_vulnerable", against="vulnerable_adult"),
    "Missing person": Kind("non_crime"),
    "Breach of bail": Kind("breach", compliance="breach"),
    "Harassment - no crime": Kind("stalking_harassment"),
    "Concern for safety": Kind("non_crime"),
    "Anti-social behaviour": Kind("non_crime"),
    "Suspicious circumstances": Kind("non_crime"),
    "Neighbour dispute": Kind("non_crime"),
    "Sexual grooming of a child": Kind("sexual", against="child"),
}
# Where nothing but the family is known: the subgroup that stands in for it.
FAMILIES = {
    "violence": 10,
    "sexual": 182.25,
    "child_vulnerable": 10,
    "criminal_damage": 2,
    "acquisitive": 2,
    "drugs": 3,
    "breach": 10,
}
MISCELLANEOUS = 10
HARM_TO_CHILDREN = {"homicide", "violence", "sexual"}
HARM_TO_PARENTS = {
    "homicide", "violence", "sexual", "stalking_harassment", "controlling_coercive", "criminal_damage",
    "child_vulnerable",
}  # fmt: skip
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
    """By the birth date where that gives an age a suspect or a victim can have, else as recorded."""
    if row[f"{who}_dob"] is not None:
        age = age_on(row["occurred_from"], row[f"{who}_dob"])
        if (10 if who == "offender" else 0) <= age <= 110:
            return age
    return row[f"{who}_age"]


def age_it_starts_at(day, minimum_age):
    """An age, none, or the ages by the day from which each holds; the first of them holds for earlier days too."""
    if not isinstance(minimum_age, list):
        return minimum_age
    begun = [step for step in minimum_age if step["from"] <= day] or [min(minimum_age, key=lambda step: step["from"])]
    return max(begun, key=lambda step: step["from"])["age"]


def is_flagged(row: Row, include=()) -> bool:
    return bool(row["da_flag"] or any(row[flag] for flag in include))


def is_domestic(row: Row, include=(), minimum_age=16) -> bool:
    """Flagged, and nobody known to be below the age it starts at."""
    least = age_it_starts_at(row["occurred_from"].date(), minimum_age)
    ages = recorded([age_in(row, "offender"), age_in(row, "victim")])
    return is_flagged(row, include) and (least is None or all(age >= least for age in ages))


def known_title(row: Row) -> Kind | None:
    """What the title tells; that of a non-crime may be a non-crime's title or a crime's."""
    of_crime = CRIME_TITLES.get(row["offence"])
    return of_crime if row["is_crime"] else NON_CRIME_TITLES.get(row["offence"], of_crime)


def told_of(row: Row) -> Kind | None:
    """What code and title tell: of a crime its code, else its title; of a non-crime its title, else its code."""
    by_code, by_title = OFFENCES.get(row["offence_code"]), known_title(row)
    return (by_code or by_title) if row["is_crime"] else (by_title or by_code)


def configured_family(row: Row):
    """The config's own word; that a crime is no crime is not heard."""
    family = row["offence_family"]
    return None if row["is_crime"] and family == "non_crime" else family


def family_of(row: Row) -> str:
    told = told_of(row)
    return configured_family(row) or (told.family if told else "other" if row["is_crime"] else "non_crime")


def severity_of(row: Row) -> float:
    """On the shipped scale: by code, else by title, else what stands in for the config's family."""
    told = told_of(row)
    if not row["is_crime"]:
        return 0
    return told.severity if told else FAMILIES.get(configured_family(row), MISCELLANEOUS)


def is_against(row: Row, whom: str) -> bool:
    told = told_of(row)
    if told is None or told.against != whom:
        return False
    # Where the config says that it is something else, its title says no more of it; its code does.
    return told is OFFENCES.get(row["offence_code"]) or told.family == family_of(row)


def compliance_of(row: Row):
    """A breach by the config's word alone, where neither code nor title tells anything."""
    told = told_of(row)
    if told is None:
        return "breach" if configured_family(row) == "breach" else None
    return told.compliance


def is_known_minor(age) -> bool:
    return age is not None and age < 18


def is_child_abuse(row: Row, suspect_age) -> bool:
    called_so = family_of(row) == "child_vulnerable" and not is_against(row, "vulnerable_adult")
    if called_so or is_against(row, "child"):
        return True
    harmed = family_of(row) in HARM_TO_CHILDREN and is_known_minor(age_in(row, "victim"))
    among_the_young = is_known_minor(suspect_age) and row["relationship"] not in INTIMATE | FAMILY
    return harmed and not (among_the_young and age_in(row, "victim") >= 13)


def is_child_to_parent(row: Row, suspect_age) -> bool:
    if row["relationship"] != "parent" or suspect_age is None or not 10 <= suspect_age <= 16:
        return False
    title = known_title(row)
    quarrel = not row["is_crime"] and family_of(row) == "non_crime" and (title is None or title.domestic)
    return quarrel or family_of(row) in HARM_TO_PARENTS


@dataclass
class Offence:
    """One distinct offence, or a non-crime."""

    family: str
    severity: float
    is_crime: bool
    compliance: str | None
    against_vulnerable_adult: bool
    against_child: bool = False

    @property
    def abuses_child_or_vulnerable(self) -> bool:
        sexual = self.family == "sexual" and (self.against_child or self.against_vulnerable_adult)
        return sexual or self.family == "child_vulnerable"

    @property
    def is_breach(self) -> bool:
        return self.compliance == "breach"

    @property
    def is_non_compliance(self) -> bool:
        return self.compliance is not None or self.family == "criminal_damage"


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
    minimum_age: int | list | None = 16

    def any(self, column: str) -> bool:
        return any(row[column] for row in self.rows)

    def first(self, column: str):
        """The least of what is recorded; most often all rows agree."""
        return min(recorded(row[column] for row in self.rows), default=None)

    @cached_property
    def start(self) -> datetime:
        return min(row["occurred_from"] for row in self.rows)

    @cached_property
    def end(self) -> datetime | None:
        return max(recorded(row["occurred_to"] for row in self.rows), default=None)

    @cached_property
    def is_da(self) -> bool:
        return any(is_domestic(row, self.include, self.minimum_age) for row in self.rows)

    @cached_property
    def is_below_age(self) -> bool:
        """Flagged, and not DA: neither DA nor non-DA."""
        return not self.is_da and any(is_flagged(row, self.include) for row in self.rows)

    @cached_property
    def is_da_parallel(self) -> bool:
        """Outside DA, and a row is abuse of a child or vulnerable adult, or of a parent by a child."""
        return not self.is_da and any(
            is_child_abuse(row, self.age) or is_against(row, "vulnerable_adult") or is_child_to_parent(row, self.age)
            for row in self.rows
        )

    @property
    def is_crime(self) -> bool:
        return self.any("is_crime")

    @cached_property
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

    @cached_property
    def offences(self) -> list[Offence]:
        """One an offence_id, else offence_code; the most severe record speaks for it, each offence once."""
        found: dict[Any, list[Row]] = {}
        for row in self.rows:
            key = row["offence_id"] or row["offence_code"] or row["offence"] or family_of(row)
            found.setdefault(key, []).append(row)
        return [self._offence(rows) for rows in found.values()]

    def _weight(self, row: Row) -> float | None:
        return row["severity"] if self.own and row["is_crime"] else severity_of(row)

    def _offence(self, rows: list[Row]) -> Offence:
        def order(row: Row) -> tuple:
            weight = self._weight(row)
            # Of two as severe a crime, then the first by family and code: no record is better than the other.
            recorded_as = (not row["is_crime"], family_of(row), row["offence_code"] or "99999", row["offence"] or "~")
            return weight is None, -(weight or 0), *recorded_as

        row = min(rows, key=order)
        return Offence(
            family_of(row),
            self._weight(row) or 0,
            row["is_crime"],
            compliance_of(row),
            is_against(row, "vulnerable_adult"),
            any(is_against(one, "child") or is_known_minor(age_in(one, "victim")) for one in rows),
        )

    @property
    def severity(self) -> float:
        return sum(offence.severity for offence in self.offences)

    def holds(self, *families: str) -> bool:
        """An offence or a non-crime of one of the families."""
        return any(offence.family in families for offence in self.offences)

    @cached_property
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
    """All that is recorded of one offender: incidents as suspect, and as victim; those below the age apart."""

    suspected: list[Incident]
    harmed: list[Incident] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.below_age = [incident for incident in self.suspected if incident.is_below_age]
        self.incidents = [incident for incident in self.suspected if not incident.is_below_age]
        self.victimisations = [incident for incident in self.harmed if not incident.is_below_age]
        self.da = [incident for incident in self.incidents if incident.is_da]
        self.non_da = [incident for incident in self.incidents if not incident.is_da]


def with_birth_dates(rows: list[Row]) -> list[Row]:
    """A birth date that a row lacks is the earliest of the person's other rows, an age the least of the incident."""
    filled = [dict(row) for row in rows]
    for person in ("offender", "victim"):
        known: dict[str, list] = {}
        for row in rows:
            known.setdefault(row[f"{person}_id"], []).append(row[f"{person}_dob"])
        for row in filled:
            if row[f"{person}_dob"] is None and row[f"{person}_id"] is not None:
                row[f"{person}_dob"] = min(recorded(known[row[f"{person}_id"]]), default=None)
        same: dict[tuple, list] = {}
        for row in filled:
            same.setdefault((row[f"{person}_id"], row["incident_id"]), []).append(row)
        for (who, _), of_one in same.items():
            least = min(recorded(age_in(row, person) for row in of_one), default=None)
            for row in of_one:
                if who is not None and age_in(row, person) is None:
                    row[f"{person}_age"] = least
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
def below_age_incidents(h):
    return len(h.below_age)


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


@slow
def da_family_incidents(h):
    return len([i for i in h.da if i.family_member])


@slow
def da_ex_partner_incidents(h):
    return len([i for i in h.da if "ex_partner" in i.relationships])


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
def non_da_retail_incidents(h):
    return len([i for i in h.non_da if i.first("location_type") == "retail"])


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


def child_or_vulnerable(h: History) -> list[Incident]:
    return [i for i in h.incidents if any(offence.abuses_child_or_vulnerable for offence in i.offences)]


@slow
def child_vulnerable_share(h):
    return share(child_or_vulnerable(h), h.incidents)


@slow
def child_vulnerable_incidents(h):
    return len(child_or_vulnerable(h))


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
    return share([i for i in h.non_da if i.is_da_parallel], h.non_da)


@slow
def da_parallel_incidents(h):
    return len([i for i in [*h.non_da, *h.below_age] if i.is_da_parallel])


def non_compliant(h: History) -> list[Incident]:
    return [i for i in h.incidents if any(offence.is_non_compliance for offence in i.offences)]


@slow
def non_compliance_share(h):
    return share(non_compliant(h), h.incidents)


@slow
def non_compliance_incidents(h):
    return len(non_compliant(h))


@slow
def breach_incidents(h):
    return len([i for i in h.incidents if any(offence.is_breach for offence in i.offences)])


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


def da_without_crime(h: History) -> list[Incident]:
    return [i for i in h.da if not i.is_crime]


@slow
def da_non_crime_high_risk_share(h):
    return share([i for i in da_without_crime(h) if i.grade == "high"], da_without_crime(h))


@slow
def da_non_crime_high_risk_graded_share(h):
    return graded(da_without_crime(h), "high")


@slow
def da_non_crime_medium_risk_share(h):
    return share([i for i in da_without_crime(h) if i.grade == "medium"], da_without_crime(h))


@slow
def high_risk_non_crimes(h):
    return len([i for i in da_without_crime(h) if i.grade == "high"])


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
