"""What is joined to what: a file of roles, its ids, and the files with more about events or people."""

from __future__ import annotations

from dataclasses import dataclass

from dapipeline.extract.draft.contents import evidence
from dapipeline.extract.draft.gathering import Table
from dapipeline.extract.draft.link_names import Side, id_points, is_of_a_person
from dapipeline.extract.draft.relations import fixes, repeats
from dapipeline.extract.draft.role_codes import RoleCodes
from dapipeline.extract.draft.roles import MOST_IDS, OF_EVENTS, OF_PEOPLE, REPEATED, id_hints

FIXED = 0.97  # share of the events with one value in all of their rows, at least
ONCE = -6  # points for an id that no two rows share
SIDES: dict[Side, tuple[str, ...]] = {"event": OF_EVENTS, "person": OF_PEOPLE}


@dataclass(frozen=True)
class Attached:
    """A file that is joined to the roles.

    Attributes
    ----------
    table : Table
    key : str
        Its column of ids.
    unique : bool
        Whether no id occurs twice in it.
    share : float
        Share of the ids of the roles that it has.
    """

    table: Table
    key: str
    unique: bool
    share: float


@dataclass(frozen=True)
class Links:
    """What is joined to what.

    Attributes
    ----------
    roles : Table
        One row for each person in a role in an event.
    codes : RoleCodes
        Its column of roles.
    event, person : str
        Its columns of ids.
    events, people : tuple of Attached
        Files with more about either.
    event_facts : tuple of str
        Further columns of the roles that describe the event.
    facts : tuple of str
        Its other columns, which describe a person in an event.
    """

    roles: Table
    codes: RoleCodes
    event: str
    person: str
    events: tuple[Attached, ...]
    people: tuple[Attached, ...]
    event_facts: tuple[str, ...]
    facts: tuple[str, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """All files, by name."""
        return tuple(sorted([self.roles, *(one.table for one in (*self.events, *self.people))], key=lambda t: t.name))


def linked(
    roles: Table, codes: RoleCodes, event: str, person: str, events: tuple[Attached, ...], people: tuple[Attached, ...]
) -> Links:
    """Put links together; the event's columns among those of the roles are those that its id determines.

    Parameters
    ----------
    roles : Table
    codes : RoleCodes
    event, person : str
        Columns of ids in the roles.
    events, people : tuple of Attached
        Files with more about either.

    Returns
    -------
    Links
    """
    rest = [column.name for column in roles.columns if column.name not in (event, person, codes.source)]
    of_event: tuple[str, ...] = ()
    if not events:
        shares = fixes(roles.profile, event, rest)
        of_event = tuple(n for n in rest if shares.get(n, 1.0) >= FIXED and not is_of_a_person(n))
    return Links(roles, codes, event, person, events, people, of_event, tuple(n for n in rest if n not in of_event))


def ids_of(table: Table, codes: RoleCodes) -> dict[Side, dict[str, int]]:
    """Weigh the evidence that each column of the roles is the id of an event, or of a person.

    Parameters
    ----------
    table : Table
        The file of roles.
    codes : RoleCodes
        Its column of roles, which is no id.

    Returns
    -------
    dict of str to dict of str to int
        For ``event`` and ``person``, the points of each column, the most first.
    """
    grades = {name: evidence(look) for name, look in table.looks.items()}
    hints = id_hints(table.profile, table.looks, grades)
    found: dict[Side, dict[str, int]] = {}
    for side, canonical in SIDES.items():
        points = {}
        for name, grade in grades.items():
            named = id_points(name, side)
            if name == codes.source or not (grade["incident_id"].grade > 0 or named):
                continue
            hint = max(hints.get((one, name), (0, ""))[0] for one in canonical)
            # An id that no two rows share is the row's own number: it joins no suspect to a victim.
            once = ONCE if side == "event" and repeats(table.profile, name) < REPEATED else 0
            points[name] = named + hint + once
        found[side] = dict(sorted(points.items(), key=lambda item: -item[1])[:MOST_IDS])
    return found
