"""What an indicator is: one declaration of what is counted over what, of whom, by what, after whom, and its limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Unit = Literal["incidents", "records", "suspects", "victims", "pairs"]
Kind = Literal["count", "share", "rate", "ratio", "days", "people"]
Condition = Callable[[Any], Any]

# Breakdown to what its groups are, in words.
BREAKDOWNS = {
    "crime_type": "type of crime", "outcome": "outcome", "da": "domestic abuse or not", "sex": "sex", "age": "age",
    "ethnicity": "ethnicity", "risk_grade": "risk grade", "route": "route of the report", "place": "kind of place",
    "deprivation": "deprivation decile", "tie": "victim's tie to the suspect",
}  # fmt: skip
# Unit and breakdown to the columns without which it is left out; what is not here needs none of its own.
BREAKDOWN_NEEDS = {
    ("records", "outcome"): ("outcome_code",), ("incidents", "risk_grade"): ("risk_grade",),
    ("incidents", "route"): ("reported_via",), ("incidents", "place"): ("location_type",),
    ("incidents", "deprivation"): ("imd_decile",), ("incidents", "tie"): ("relationship",),
} | {
    (unit, name): (need.format(who),)
    for unit, who in (("suspects", "offender"), ("victims", "victim"))
    for name, need in (("sex", "{0}_sex"), ("age", "{0}_dob|{0}_age"), ("ethnicity", "{0}_ethnicity"))
}  # fmt: skip


@dataclass(frozen=True)
class Indicator:
    """One thing that is counted by area and year.

    Attributes
    ----------
    key, title : str
    kind : str
        count: of `number`. share: `number` among `over`, of which it is a part. rate: `number` per `per` of `over`,
        which may be of another unit. ratio: `number` to `over`, which exclude each other. days: the median of days.
        people: persons with at least `least` of `number`, among those with any.
    unit, over_unit : str
        What is counted above and below the line; the second is empty where it is the same.
    numerator, denominator : str
        Both in words; the second is empty for a count.
    number, over : callable
        Table of the unit to a boolean (or whole number) column.
    source : str
        The document and its paragraph.
    says_not : str
        What it does not say.
    needs : tuple of str
        Columns without which it cannot be computed; ``a|b`` where either is enough.
    within : tuple of str
        Breakdowns in whose groups both sides are counted.
    shared_by : tuple of str
        Breakdowns whose groups share out what is counted below the line.
    per : int
        1, 100 or 1,000.
    recurs : bool
        Whether the same person may be counted several times, so that intervals come from drawing persons.
    all_crime : bool
        Whether it needs an extract of all recorded crime.
    least : int
        Of kind people.
    """

    key: str
    title: str
    kind: Kind
    unit: Unit
    numerator: str
    denominator: str
    source: str
    says_not: str
    number: Condition
    over: Condition | None = None
    over_unit: str = ""
    needs: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    shared_by: tuple[str, ...] = ()
    per: int = 1
    recurs: bool = False
    all_crime: bool = False
    least: int = 2
