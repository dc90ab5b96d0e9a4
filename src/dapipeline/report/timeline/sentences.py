"""A person's record in two sentences: how long, what, against whom; and how it went on. Nothing is foretold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dapipeline.report.timeline.gravest import most_points
from dapipeline.report.timeline.incidents import Incident, lasting, month_name, uncapped
from dapipeline.report.timeline.people import Known, kinds_of, known_people, span_of
from dapipeline.report.words import several

MAINLY = 0.5  # the share of the other incidents above which one family is most of them


def in_sentences(incidents: Sequence[Incident]) -> tuple[str, str]:
    """Write a record in two sentences.

    Parameters
    ----------
    incidents : sequence of Incident
        In order; at least one as a suspect of domestic abuse.

    Returns
    -------
    tuple of str
    """
    return f"{_victim_first(incidents)}{_what(incidents)}", _how_it_went_on(incidents)


def _victim_first(incidents: Sequence[Incident]) -> str:
    """Write how often the person was a victim before the first record as a suspect; empty if never."""
    start = next(incident.month for incident in incidents if incident.suspect)
    before = [incident for incident in incidents if not incident.suspect and incident.month < start]
    if not before:
        return ""
    abuse = sum(incident.da for incident in before)
    of_abuse = "of domestic abuse" if abuse == len(before) else f"{abuse} of domestic abuse" if abuse else ""
    about = f" ({of_abuse})" if of_abuse else ""
    times = f", {len(before)} times{about} before" if len(before) > 1 else f"{about}, before"
    return (
        f"First recorded as a victim in {month_name(before[0].month)}{times} the first record as a suspect, in "
        f"{month_name(start)}. "
    )


def _what(incidents: Sequence[Incident]) -> str:
    own = [incident for incident in incidents if incident.suspect]
    abuse = [incident for incident in own if incident.da]
    other = [incident for incident in own if not incident.da]
    who, against = f"{_span(abuse)} this person".strip(), _against(abuse)
    apart = _apart(abuse[0]) if len(abuse) == 1 else ""
    about = f"{who} was a suspect in {several(len(abuse), 'incident')} of domestic abuse{_no_crime(abuse)}{apart}"
    about += f",{against}" if ", reported" in apart and against.startswith(" ") else against
    about = f"{about[:1].upper()}{about[1:]}."
    return f"{about} {_others(other)}" if other else about


def _apart(incident: Incident) -> str:
    """Write from when to when an incident went on, and when it was reported, if these are years apart."""
    went = f" that went on {_months(incident.month, incident.ended)}" if incident.ended is not None else ""
    return f"{went}, reported in {month_name(incident.reported)}" if incident.reported is not None else went


def _months(first: int, last: int) -> str:
    return f"in {month_name(first)}" if first == last else f"from {month_name(first)} to {month_name(last)}"


def _end(incidents: Sequence[Incident]) -> int:
    return max(incident.month if incident.ended is None else incident.ended for incident in incidents)


def _others(other: Sequence[Incident]) -> str:
    when = _months(other[0].month, _end(other))
    return f"Other records as a suspect: {several(len(other), 'incident')}, {when}{_mainly(other)}."


def _span(abuse: Sequence[Incident]) -> str:
    first, last = abuse[0].month, _end(abuse)
    ages = span_of([incident.age for incident in abuse])
    aged = f"aged {ages}" if ages else ""
    if len(abuse) == 1 and first != last:
        return f"{aged[:1].upper()}{aged[1:]} when it began," if aged else ""
    if first == last:
        return f"In {month_name(first)}, {aged}," if aged else f"In {month_name(first)}"
    about = ", ".join(words for words in (lasting(last - first), aged) if words)
    return f"From {month_name(first)} to {month_name(last)} ({about})"


def _no_crime(abuse: Sequence[Incident]) -> str:
    no_crime = sum(not incident.crime for incident in abuse)
    if not no_crime:
        return ""
    if no_crime == len(abuse):
        return " (not recorded as a crime)" if no_crime == 1 else " (none recorded as a crime)"
    return f" ({no_crime} not recorded as a crime)"


def _against(abuse: Sequence[Incident]) -> str:
    people = [person for person in known_people(abuse) if person.harmed]
    unnamed = sum(any(not p.label for p in incident.people) for incident in abuse)
    if not people:
        return " against somebody who is not identified" if unnamed else ", with no victim recorded"
    if len(people) == 1:
        words = f" against one person, {_called(people[0])}"
    else:
        words = f" against {len(people)} people ({', '.join(kinds_of(people))}){_most_often(people)}"
    return f"{words} and, in {unnamed}, somebody who is not identified" if unnamed else words


def _called(person: Known) -> str:
    if not person.relation:
        return person.label
    return f"{person.label} ({person.relation})"


def _most_often(people: Sequence[Known]) -> str:
    first, second = sorted(people, key=lambda person: -person.harmed)[:2]
    if first.harmed == second.harmed:
        return ""
    return f", most often {_called(first)}, in {first.harmed}"


def _mainly(other: Sequence[Incident]) -> str:
    family, times = Counter(incident.family for incident in other).most_common(1)[0]
    if len(other) < 2 or times <= MAINLY * len(other) or not family:
        return ""
    return f", {'both' if times == len(other) == 2 else 'all' if times == len(other) else 'most'} {uncapped(family)}"


def _how_it_went_on(incidents: Sequence[Incident]) -> str:
    abuse = [incident for incident in incidents if incident.suspect and incident.da]
    suffered = [incident for incident in incidents if not incident.suspect]
    went = _one(incidents, abuse[0]) if len(abuse) == 1 else _several(abuse)
    return f"{went}{_as_victim(suffered)}." if suffered else f"{went}."


def _one(incidents: Sequence[Incident], abuse: Incident) -> str:
    other = [incident for incident in incidents if incident.suspect]
    at = other.index(abuse)
    what = f"The domestic abuse is recorded as {uncapped(abuse.offence)}"
    if len(other) == 1:
        return f"{what}; this person is a suspect in nothing else"
    before, after = at, len(other) - at - 1
    if not before or not after:
        return f"{what}; all the other incidents came {'before' if before else 'after'} it"
    return f"{what}; {before} of the other incidents came before it and {after} after"


def _several(abuse: Sequence[Incident]) -> str:
    long = [incident for incident in abuse if incident.ended is not None]
    began = "began" if long else "is recorded"
    years = Counter(incident.year for incident in abuse)
    (most, times), *_ = years.most_common()
    if len(years) == 1:
        went = f"All the domestic abuse {began} in {most}"
    else:
        fullest = f", most of it in {most} ({times} incidents)" if times > sorted(years.values())[-2] else ""
        last = f"the last {'to begin ' if long else ''}in {month_name(abuse[-1].month)}"
        went = f"Domestic abuse {began} in {len(years)} different years{fullest}, {last}"
    went += _longest(long)
    points = most_points(abuse)
    return f"{went}; {points}" if points else went


def _longest(long: Sequence[Incident]) -> str:
    """Write how many incidents went on for a year or more, and the longest of them."""
    if not long:
        return ""
    most = max(long, key=lambda incident: (incident.ended or 0) - incident.month)
    which = ", the longest" if len(long) > 1 else ":"
    what = f"{uncapped(most.offence)},{_apart(most).removeprefix(' that went on')}"
    return f"; {len(long)} went on for a year or more{which} {what}"


def _as_victim(suffered: Sequence[Incident]) -> str:
    of_abuse = [incident for incident in suffered if incident.da]
    words = f"; this person is also recorded as a victim in {several(len(suffered), 'incident')}"
    if len(suffered) == 1:
        words += " of domestic abuse" if of_abuse else ""
    elif of_abuse:
        words += f", {len(of_abuse) if len(of_abuse) < len(suffered) else 'all'} of them domestic abuse"
    mutual = sum(any(person.label.startswith("V") for person in incident.people) for incident in of_abuse)
    return f"{words} ({mutual} with a suspect who is also their victim)" if mutual else words
