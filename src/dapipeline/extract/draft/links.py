"""Which file holds people, which events, and which the roles: by names, by ids in common, by dates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

from dapipeline.errors import ConfigError, ExtractError
from dapipeline.extract.draft.gathering import Table
from dapipeline.extract.draft.link_ids import Links, ids_of, linked
from dapipeline.extract.draft.link_names import pair_named
from dapipeline.extract.draft.meeting import best_links
from dapipeline.extract.draft.relations import fixes, repeats
from dapipeline.extract.draft.role_codes import RoleCodes, role_codes
from dapipeline.extract.draft.roles import REPEATED

ENOUGH = 2  # points that an id needs at least, where no other file confirms it
SEVERAL_ROLES = 0.9  # share of the events with one role in all of their rows: from here on it is the event's


def links_in_one(table: Table) -> Links | None:
    """Recognise a file with one row for each person in a role in an event.

    Parameters
    ----------
    table : Table

    Returns
    -------
    Links or None
        None where it is another kind of file.
    """
    usable = [codes for codes in _codes(table) if codes.usable]
    if not usable or pair_named(table.looks):
        return None
    codes = max(usable, key=lambda codes: (codes.named, codes.known))
    points = ids_of(table, codes)
    pairs = [
        (for_event + for_person, -at, event, person)
        for at, ((event, for_event), (person, for_person)) in enumerate(product(*(p.items() for p in points.values())))
        if event != person and min(for_event, for_person) >= ENOUGH
    ]
    if not pairs:
        return None
    *_, event, person = max(pairs)
    several = repeats(table.profile, event) >= REPEATED
    # A column such as who reported it is the same in all rows of an event: it is not the role of the row's person.
    same = fixes(table.profile, event, [codes.source]).get(codes.source, 0.0)
    return linked(table, codes, event, person, (), ()) if several and same < SEVERAL_ROLES else None


def links_between(con: Any, tables: Sequence[Table]) -> Links:
    """Find which of several files is which.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the files as tables.
    tables : sequence of Table
        Two or more.

    Returns
    -------
    Links

    Raises
    ------
    ConfigError
        C027 where they share no ids, C028 where they are parts of one layout.
    ExtractError
        E119 where no column tells suspects from victims.
    """
    headers = {tuple(column.name for column in table.columns) for table in tables}
    if len(headers) < len(tables):
        raise ConfigError(
            "C028", "Files with the same columns are no people, events and roles to be joined.",
            "Give the parts of one layout as a pattern in quotes: dapipeline init 'parts/*.csv'.",
        )  # fmt: skip
    of_roles = [(table, codes) for table in tables for codes in _codes(table) if codes.likely]
    usable = [(table, codes) for table, codes in of_roles if codes.usable]
    if not usable:
        raise _no_roles(tables, of_roles)
    found = [best for table, codes in usable if (best := best_links(con, table, codes, tables))]
    if not found:
        names = ", ".join(f"{codes.source} of {table.path.name}" for table, codes in usable)
        raise ConfigError(
            "C027", f"The files do not meet: {names} tells roles, but no ids beside it stand in a column of each other "
            "file. Looked for were an id of the event and one of the person, in the file of roles and, each once, in "
            "those of events and people.",
            "Give files of one export, with their ids written alike, or leave out the one that has none of them.",
        )  # fmt: skip
    return max(found, key=lambda pair: pair[0])[1]


def _codes(table: Table) -> list[RoleCodes]:
    return [codes for column in table.columns if (codes := role_codes(column))]


def _no_roles(tables: Sequence[Table], of_roles: Sequence[tuple[Table, RoleCodes]]) -> ExtractError:
    """Describe what is not known of the roles."""
    if not of_roles:
        found = f"none in {', '.join(table.path.name for table in tables)} has words for roles"
    else:
        table, codes = max(of_roles, key=lambda pair: (pair[1].named, pair[1].known))
        which = " and ".join(role for role in ("suspect", "victim") if not getattr(codes, role))
        listed = ", ".join([*codes.other, *codes.unknown]) or "none that ten rows share"
        found = f"no code of {codes.source} in {table.path.name} is known to mean {which}; its codes are {listed}"
    return ExtractError(
        "E119", f"No column tells who was a suspect and who a victim: {found}.",
        "Export the roles with words such as Suspect and Victim, or start from docs/sql/link_tables.sql.",
    )  # fmt: skip
