"""A record year by year: domestic abuse one by one, what is left in a line, and what went on between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from dapipeline.report.timeline.incidents import Incident, tally, uncapped
from dapipeline.report.words import listed, several

REST = (("{} other", True), ("Victim of {} other", False))
LONGEST = 3  # kinds of other offences that the line of a year names


@dataclass(frozen=True)
class Gathered:
    """What of a year is told in one line: other incidents as suspect, or as victim."""

    line: str
    incidents: tuple[Incident, ...]


@dataclass(frozen=True)
class Year:
    """A year in which incidents of a record began.

    Attributes
    ----------
    year : int
    late : str
        Until when what began in it went on, or when it was reported, if that is a year or more after; or empty.
    gap : str
        The years before it in which nothing began, in words; empty if there is none.
    abuse : tuple of Incident
        Domestic abuse, as suspect and as victim.
    gathered : tuple of Gathered
        The others.
    """

    year: int
    late: str
    gap: str
    abuse: tuple[Incident, ...]
    gathered: tuple[Gathered, ...]


def years_of(incidents: Sequence[Incident]) -> tuple[Year, ...]:
    """Divide a record into years.

    Parameters
    ----------
    incidents : sequence of Incident
        In order.

    Returns
    -------
    tuple of Year
    """
    found = [(year, tuple(own)) for year, own in groupby(incidents, key=lambda incident: incident.year)]
    gaps = ["", *(_gap(incidents, year, later) for (year, _), (later, _) in pairwise(found))]
    return tuple(
        Year(year, _late(own), gap, tuple(i for i in own if i.da), tuple(_gathered([i for i in own if not i.da])))
        for (year, own), gap in zip(found, gaps, strict=True)
    )


def _gap(incidents: Sequence[Incident], year: int, later: int) -> str:
    """Write how many years lie between two in which something began, and what went on in them."""
    silent = later - year - 1
    if not silent:
        return ""
    before = [incident for incident in incidents if incident.year <= year]
    going_on = [i for i in before if i.ended is not None and i.ended // 12 > year]
    unknown = [i for i in before if i not in going_on and i.reported is not None and i.reported // 12 > year]
    if not going_on and not unknown:
        return f"{several(silent, 'year')} without a record"
    told = [
        f"{listed(_whose(i, later) for i in own)} {'was' if len(own) == 1 else 'were'} {what}"
        for own, what in ((going_on, "going on"), (unknown, "not yet reported"))
        if own
    ]
    return f"{several(silent, 'year')}: nothing new began; {'; '.join(told)}"


def _whose(incident: Incident, later: int) -> str:
    """Name an incident in a gap: abuse of V2 (from 2012), or (2012 to 2015) if it ended before the gap."""
    people = listed(person.label or "somebody not identified" for person in incident.people)
    what = "abuse" if incident.da else uncapped(incident.offence)
    side = f" {'of' if incident.suspect else 'by'} {people}" if incident.da and people else ""
    if incident.ended is None:
        return f"{what}{side} (in {incident.year})"
    end = incident.ended // 12
    return f"{what}{side} ({f'from {incident.year}' if end >= later else f'{incident.year} to {end}'})"


def _late(own: Sequence[Incident]) -> str:
    """Write until when what began in a year went on, else when it was reported: 1 until 2016."""
    ended = [incident.ended // 12 for incident in own if incident.ended is not None]
    reported = [i.reported // 12 for i in own if i.reported is not None and i.ended is None]
    parts = [("until", ended), ("reported", reported)]
    return ", ".join(f"{len(years)} {word} {max(years)}" for word, years in parts if years)


def _gathered(incidents: list[Incident]) -> list[Gathered]:
    parts = [(words, tuple(i for i in incidents if i.suspect == suspect)) for words, suspect in REST]
    return [
        Gathered(f"{words.format(len(own))}: {tally([uncapped(i.offence) for i in own], LONGEST)}", own)
        for words, own in parts
        if own
    ]
