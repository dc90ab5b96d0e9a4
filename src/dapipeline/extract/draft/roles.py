"""Which ids are events and which are people, and whose a date of birth or a sex is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from dapipeline.extract.draft.contents import Look
from dapipeline.extract.draft.finding import Evidence
from dapipeline.extract.draft.profile import Profile
from dapipeline.extract.draft.relations import FIXED, NEVER_FIXED, fixes, meets, ordered, repeats

# Points for and against; ONCE where no id of a person occurs a second time.
FOR, FOR_WEAKLY, AGAINST, ONCE = 4, 2, -6, -4
REPEATED = 1.02  # rows per id: with fewer, nothing shows what an id determines
SAME_SPACE = 0.02  # share of ids in common: two columns with more number the same people
IN_ORDER = 0.97
MOST_IDS = 12  # columns of ids: more are not compared
OF_EVENTS, OF_PEOPLE = ("incident_id", "offence_id"), ("offender_id", "victim_id")
Hints = dict[tuple[str, str], tuple[int, str]]  # (canonical, source) to points and words


def id_hints(profile: Profile, looks: Mapping[str, Look], grades: Mapping[str, Mapping[str, Evidence]]) -> Hints:
    """Distinguish ids of events from ids of people by what they determine: an event has one moment, a person several.

    Parameters
    ----------
    profile : Profile
    looks : mapping of str to Look
        By source column.
    grades : mapping of str to mapping of str to Evidence
        By source column and canonical column, the evidence in its cells.

    Returns
    -------
    dict of (str, str) to (int, str)
        By canonical column and source column, the points for it (below 0 against it) and the reason in words.
    """
    ids = [name for name in looks if grades[name]["incident_id"].grade > 0]
    days = [name for name in looks if grades[name]["occurred_from"].grade > 0]
    hints: Hints = {}
    if not days or len(ids) > MOST_IDS:
        return hints
    # A date of submission, the same in thousands of rows, does not tell one event from another.
    most = max(profile.column(name).distinct for name in days)
    days = [name for name in days if profile.column(name).distinct > most / 2]
    people = []
    for name in ids:
        if repeats(profile, name) < REPEATED:
            _add(hints, OF_PEOPLE, name, ONCE, "each of its ids stands in one row only: is it one id a person?")
            continue
        fixed = max(fixes(profile, name, days).values(), default=1.0)
        if fixed >= FIXED:
            _add(hints, OF_EVENTS, name, FOR_WEAKLY, "each id has one moment")
            _add(hints, OF_PEOPLE, name, AGAINST, "each of its ids has one moment, as an event has: is it a person's?")
        elif fixed < NEVER_FIXED:
            people.append(name)
            _add(hints, OF_PEOPLE, name, FOR_WEAKLY, "an id stands at several moments, as a person's does")
            _add(
                hints, OF_EVENTS, name, AGAINST, "its ids stand at several moments, as a person's do: is it an event's?"
            )
    _finer(profile, [name for name in ids if name not in people], hints)
    for one, other in combinations(people, 2):
        if meets(profile, one, other) >= SAME_SPACE:
            for name, met in ((one, other), (other, one)):
                _add(hints, OF_PEOPLE, name, FOR, f"some of its ids stand in {met} too, as a person can be both")
    return hints


def _add(hints: Hints, canonical: Sequence[str], source: str, points: int, words: str) -> None:
    for name in canonical:
        hints[name, source] = (points, words)


def _finer(profile: Profile, events: Sequence[str], hints: Hints) -> None:
    """Distinguish incidents from offences: an offence belongs to one incident, which may have several, or none."""
    for one, other in combinations(events, 2):
        down, up = fixes(profile, one, [other]).get(other, 1.0), fixes(profile, other, [one]).get(one, 1.0)
        fuller = profile.column(one).filled, profile.column(other).filled
        if min(down, up) > FIXED and fuller[0] == fuller[1]:
            continue
        fine, coarse = (one, other) if (down - up, fuller[1] - fuller[0]) > (0, 0) else (other, one)
        if max(down, up) > FIXED and profile.column(coarse).filled >= profile.column(fine).filled:
            hints["incident_id", coarse] = (FOR, f"each {fine} belongs to one of it")
            hints["offence_id", fine] = (FOR, f"each belongs to one {coarse}")


def people_hints(
    profile: Profile, ids: Mapping[str, str], attributes: Sequence[str], canonical: Mapping[str, Sequence[str]]
) -> Hints:
    """Find whose a date of birth, a sex or an ethnicity is: that of the person whose id determines it.

    Parameters
    ----------
    profile : Profile
    ids : mapping of str to str
        ``offender`` and ``victim`` to the column of their ids, as far as known.
    attributes : sequence of str
        Columns that may describe a person.
    canonical : mapping of str to sequence of str
        By column, what of a person it may be: dob, sex, ethnicity.

    Returns
    -------
    dict of (str, str) to (int, str)
        As from `id_hints`.
    """
    fixed = {role: fixes(profile, name, attributes) for role, name in ids.items() if repeats(profile, name) > REPEATED}
    hints: Hints = {}
    for name in attributes:
        shares = {role: shares[name] for role, shares in fixed.items() if name in shares}
        if not shares:
            continue
        best = max(shares, key=lambda role: shares[role])
        rest = max((share for role, share in shares.items() if role != best), default=0.0)
        if shares[best] < FIXED or shares[best] - rest < 0.05:
            continue
        for kind in canonical[name]:
            hints[f"{best}_{kind}", name] = (FOR, f"each id of {ids[best]} has one of it")
            for role in {"offender", "victim"} - {best}:
                hints[f"{role}_{kind}", name] = (AGAINST, "")
    return hints


def day_hints(profile: Profile, looks: Mapping[str, Look], days: Sequence[str]) -> Hints:
    """Find which date is the start, which the end and which the report, by their order in the rows.

    Parameters
    ----------
    profile : Profile
    looks : mapping of str to Look
        By source column.
    days : sequence of str
        Columns of dates.

    Returns
    -------
    dict of (str, str) to (int, str)
        As from `id_hints`; empty where the dates have no clear order.
    """
    hints: Hints = {}
    ways = {name: moments for name in days if (moments := looks[name].moments)}
    if not 2 <= len(ways) <= 5:
        return hints
    before = {}
    for one, other in combinations(ways, 2):
        forward, differ = ordered(profile, one, other, ways)
        backward, _ = ordered(profile, other, one, ways)
        if differ > 0.01 and max(forward, backward) > IN_ORDER and forward != backward:
            before[(one, other) if forward > backward else (other, one)] = max(forward, backward)
    line = sorted(ways, key=lambda name: (-sum(pair[0] == name for pair in before), looks[name].column.at))
    if any(pair not in before for pair in pairwise(line)):
        return hints
    wanted = ["occurred_from", "occurred_to", "reported_at"] if len(line) > 2 else ["occurred_from", "reported_at"]
    for name, canonical in zip(line, wanted, strict=False):
        hints[canonical, name] = (FOR_WEAKLY, "its dates come in this order: start, end, report")
    return hints
