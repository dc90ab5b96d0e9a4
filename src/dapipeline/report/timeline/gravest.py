"""The incident of most points on the run's scale, and those of as many: a scale may give ABH and GBH the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dapipeline.reference.tables import families
from dapipeline.report.timeline.incidents import Incident, month_name, uncapped
from dapipeline.report.words import number, several

FIRST = ("homicide", "sexual", "violence")  # before the other families, which follow in the order of their table
GRAVE = (r"attempt\w* .*murder|murder.*attempt", "with intent", "wounding|grievous|strangl")  # within a family
NAMED = 3  # kinds of offence of equal points that are named


def gravity(family: str, offence: str) -> int:
    """Return the place of an offence among those of equal points: by family, then by what its title says.

    Parameters
    ----------
    family : str
        Of `reference.tables.families`, or empty.
    offence : str
        As recorded.

    Returns
    -------
    int
        The lower, the graver.
    """
    order = [*FIRST, *(name for name in families()["family"] if name not in FIRST)]
    at = order.index(family) if family in order else len(order)
    grave = next((n for n, words in enumerate(GRAVE) if re.search(words, offence, re.IGNORECASE)), len(GRAVE))
    return at * (len(GRAVE) + 1) + grave


def most_points(incidents: Sequence[Incident]) -> str:
    """Write which incident has the most points, the gravest first where several have as many.

    Parameters
    ----------
    incidents : sequence of Incident
        In order of time; at least one.

    Returns
    -------
    str
        Empty where none has any.
    """
    most = max(incident.severity for incident in incidents)
    if most <= 0:
        return ""
    equal: dict[str, list[Incident]] = {}
    for incident in sorted((i for i in incidents if i.severity == most), key=lambda i: (i.gravity, i.month)):
        equal.setdefault(incident.offence, []).append(incident)
    first, *others = [_told(offence, own) for offence, own in equal.items()]
    about = f"the most points on this run’s scale ({number(most)}): {first}"
    named, more = others[: NAMED - 1], len(others[NAMED - 1 :])
    ties = [*named, *([several(more, "other kind") + " of offence"] if more else [])]
    return f"{about}; as many points: {', '.join(ties)}" if ties else about


def _told(offence: str, own: Sequence[Incident]) -> str:
    when = f"in {month_name(own[0].month)}"
    again = f" and {several(len(own) - 1, 'other time')}" if len(own) > 1 else ""
    return f"{uncapped(offence)} {when}{again}"
