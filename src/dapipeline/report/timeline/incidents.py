"""One incident of the person shown, and the people on its other side, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dapipeline.report.words import MONTHS, number, several


@dataclass(frozen=True)
class Person:
    """Somebody on the other side of an incident.

    Attributes
    ----------
    label : str
        V1, S1 and so on; empty of those who are not identified.
    sex, age, relation : str
        In words, as recorded of the incident; relation is what they are to the person shown. Empty if not recorded.
    kind : str
        intimate, family, neither, or empty.
    """

    label: str
    sex: str
    age: str
    relation: str
    kind: str

    @property
    def described(self) -> str:
        """Relation, sex and age: ex-partner, female 31."""
        return ", ".join(word for word in (self.relation, f"{self.sex} {self.age}".strip()) if word)

    @property
    def called(self) -> str:
        """Label and relation: V1 ex-partner."""
        return f"{self.label} {self.relation}".strip() or "not identified"


@dataclass(frozen=True)
class Incident:
    """One incident of the person shown, as suspect or as victim.

    Attributes
    ----------
    suspect, da, below_age, crime : bool
        Whether the person is the suspect; DA; flagged as DA but somebody is too young; any offence is a crime.
    month : int
        Of its begin, counted from the year 0: 12 × year + month - 1.
    ended, reported : int or None
        Months, of each that is a year or more after it began.
    spread : str
        These months in words; empty if it was over and reported soon.
    age : str
        Of the person shown.
    offence, family, place, outcome, lasted : str
        In words; empty if not recorded.
    severity : float
    gravity : int
        Of its gravest offence, from `gravest.gravity`.
    grade : str
        Of risk: standard, medium, high or empty.
    people : tuple of Person
        Victims, or suspects.
    """

    suspect: bool
    da: bool
    below_age: bool
    crime: bool
    month: int
    ended: int | None
    reported: int | None
    spread: str
    age: str
    offence: str
    family: str
    place: str
    outcome: str
    lasted: str
    severity: float
    gravity: int
    grade: str
    people: tuple[Person, ...]

    @property
    def year(self) -> int:
        """The year in which it began."""
        return self.month // 12

    @property
    def until(self) -> int | None:
        """Month in which it ended or was reported, whichever is later, if that is years after it began."""
        return max((at for at in (self.ended, self.reported) if at is not None), default=None)

    @property
    def edge(self) -> str:
        """The classes of its entry: v for the person as victim, nc for no crime."""
        return " ".join(name for name, holds in (("v", not self.suspect), ("nc", not self.crime)) if holds)

    @property
    def month_in_short(self) -> str:
        """The month without its year: Mar."""
        return MONTHS[self.month % 12][:3]

    @property
    def details(self) -> str:
        """What an incident says when it is opened, in sentences, without what is not recorded."""
        parts = [
            ("Aged", self.age),
            ("Kind:", self.family if self.crime and self.family not in ("", self.offence) else ""),
            ("", "" if self.crime else "Not recorded as a crime"),
            *((person.label or "Not identified:", person.described) for person in self.people),
            ("Place:", self.place),
            ("Lasted", self.lasted),
            ("Risk graded", self.grade),
            ("Severity", number(self.severity) if self.severity else ""),
            ("Outcome:", self.outcome),
        ]
        return " ".join(f"{name} {words}.".strip() for name, words in parts if words)

    @property
    def line(self) -> str:
        """What an incident that is no domestic abuse says, in a line."""
        people = [f"{person.label} {person.described}".strip() for person in self.people]
        flagged = "flagged as domestic abuse, somebody is too young" if self.below_age else ""
        parts = [self.offence, flagged, *people, self.place, self.spread, self.outcome]
        return f"{self.month_in_short}: {'; '.join(part for part in parts if part)}"


def month_name(month: int, *, short: bool = False) -> str:
    """Write a month: March 2014, or Mar 2014.

    Parameters
    ----------
    month : int
        Counted from the year 0.
    short : bool

    Returns
    -------
    str
    """
    name = MONTHS[month % 12]
    return f"{name[:3] if short else name} {month // 12}"


def tally(words: list[str], most: int = 3) -> str:
    """Write what a set of things holds: the commonest with their numbers.

    Parameters
    ----------
    words : list of str
        One per thing; empty where it is not recorded.
    most : int
        How many to name.

    Returns
    -------
    str
        "9 × theft; assault; others"; a word that stands alone has no number.
    """
    counts = Counter(word for word in words if word)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [f"{number} × {word}" if number > 1 else word for word, number in ordered[:most]]
    return "; ".join(shown + (["others"] if len(ordered) > most else []))


def uncapped(words: str) -> str:
    """Write a title inside a sentence: theft from a shop, but GBH with intent.

    Parameters
    ----------
    words : str

    Returns
    -------
    str
    """
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def lasting(months: int) -> str:
    """Write a time: 14 months, 5 years.

    Parameters
    ----------
    months : int

    Returns
    -------
    str
    """
    return several(months, "month") if months < 24 else several(round(months / 12), "year")
