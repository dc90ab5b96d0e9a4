"""Who is who: which ids are events and which people, and whose a birth date or a sex is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from dapipeline.extract.draft.contents import Look
from dapipeline.extract.draft.finding import Evidence
from dapipeline.extract.draft.profile import Profile
from dapipeline.extract.draft.relations import FIXED, NEVER_FIXED, fixes, meets, ordered, repeats

SPEAKS, SPEAKS_SOFTLY, AGAINST, ONCE = 4, 2, -6, -4
REPEATED = 1.02  # rows an id, below which nothing can be said of what it fixes
SAME_SPACE = 0.02  # share of ids that meet
IN_ORDER = 0.97
MOST_IDS = 12  # columns of ids that are compared
OF_EVENTS, OF_PEOPLE = ("incident_id", "offence_id"), ("offender_id", "victim_id")
Hints = dict[tuple[str, str], tuple[int, str]]  # (canonical, source) to points and words


def id_hints(profile: Profile, looks: Mapping[str, Look], grades: Mapping[str, Mapping[str, Evidence]]) -> Hints:
    """Tell ids of events from ids of people by what they fix, and say so in points."""
    ids = [name for name in looks if grades[name]["incident_id"].grade > 0]
    days = [name for name in looks if grades[name]["occurred_from"].grade > 0]
    hints: Hints = {}
    if not days or len(ids) > MOST_IDS:
        return hints
    # One day of submission stands in thousands of rows, and tells no event from another.
    most = max(profile.column(name).distinct for name in days)
    days = [name for name in days if profile.column(name).distinct > most / 2]
    people = []
    for name in ids:
        if repeats(profile, name) < REPEATED:
            _give(hints, OF_PEOPLE, name, ONCE, "each of its ids stands in one row only: is it one id a person?")
            continue
        fixed = max(fixes(profile, name, days).values(), default=1.0)
        if fixed >= FIXED:
            _give(hints, OF_EVENTS, name, SPEAKS_SOFTLY, "each id has one moment")
            _give(hints, OF_PEOPLE, name, AGAINST, "each of its ids has one moment, as an event has: is it a person's?")
        elif fixed < NEVER_FIXED:
            people.append(name)
            _give(hints, OF_PEOPLE, name, SPEAKS_SOFTLY, "an id stands at several moments, as a person's does")
            _give(
                hints, OF_EVENTS, name, AGAINST, "its ids stand at several moments, as a person's do: is it an event's?"
            )
    _finer(profile, [name for name in ids if name not in people], hints)
    for one, other in combinations(people, 2):
        if meets(profile, one, other) >= SAME_SPACE:
            for name, met in ((one, other), (other, one)):
                _give(hints, OF_PEOPLE, name, SPEAKS, f"some of its ids stand in {met} too, as a person can be both")
    return hints


def _give(hints: Hints, canonical: Sequence[str], source: str, points: int, words: str) -> None:
    for name in canonical:
        hints[name, source] = (points, words)


def _finer(profile: Profile, events: Sequence[str], hints: Hints) -> None:
    """An offence belongs to one incident; an incident may have several offences, or none."""
    for one, other in combinations(events, 2):
        down, up = fixes(profile, one, [other]).get(other, 1.0), fixes(profile, other, [one]).get(one, 1.0)
        fuller = profile.column(one).filled, profile.column(other).filled
        if min(down, up) > FIXED and fuller[0] == fuller[1]:
            continue
        fine, coarse = (one, other) if (down - up, fuller[1] - fuller[0]) > (0, 0) else (other, one)
        if max(down, up) > FIXED and profile.column(coarse).filled >= profile.column(fine).filled:
            hints["incident_id", coarse] = (SPEAKS, f"each {fine} belongs to one of it")
            hints["offence_id", fine] = (SPEAKS, f"each belongs to one {coarse}")


def people_hints(
    profile: Profile, ids: Mapping[str, str], attributes: Sequence[str], canonical: Mapping[str, Sequence[str]]
) -> Hints:
    """Say whose a birth date, an age or a sex is: that of the person whose id fixes it.

    Parameters
    ----------
    profile : Profile
    ids : mapping of str to str
        ``offender`` and ``victim`` to the column of their ids, as far as known.
    attributes : sequence of str
        Columns that may be somebody's.
    canonical : mapping of str to sequence of str
        Column to what of a person it may be: dob, sex, ethnicity.
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
            hints[f"{best}_{kind}", name] = (SPEAKS, f"each id of {ids[best]} has one of it")
            for role in {"offender", "victim"} - {best}:
                hints[f"{role}_{kind}", name] = (AGAINST, "")
    return hints


def day_hints(profile: Profile, looks: Mapping[str, Look], days: Sequence[str]) -> Hints:
    """Say what starts, ends and is reported by the order of days that differ."""
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
        hints[canonical, name] = (SPEAKS_SOFTLY, "its dates come in this order: start, end, report")
    return hints
