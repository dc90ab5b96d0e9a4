"""What a join of roles leaves out, counted, and what the analyst has to look at. No id is named."""

from __future__ import annotations

from typing import Any

from dapipeline.extract.copies import quoted, text_of
from dapipeline.extract.draft.join_sql import ROLES, Keys
from dapipeline.extract.draft.link_ids import Attached, Links
from dapipeline.extract.draft.link_names import Side, id_points
from dapipeline.extract.draft.text import several

BOTH = "event IS NOT NULL AND person IS NOT NULL"


def count_links(con: Any, links: Links, keys: Keys) -> None:
    """Create the table ``joined_said``: event, person and side (suspect or victim) of every row of the roles.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the files as tables.
    links : Links
        What is joined to what.
    keys : Keys
        How ids are compared.
    """
    sides = " ".join(
        f"WHEN UPPER(TRIM(r.{quoted(links.codes.source)})) IN "
        f"({', '.join(text_of(code) for code in getattr(links.codes, role))}) THEN '{role}'"
        for role in ROLES
    )
    ids = [
        f"CASE WHEN {keys.there('r', links.roles.name, name)} THEN {keys.key('r', links.roles.name, name)} END"
        for name in (links.event, links.person)
    ]
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE joined_said AS SELECT {ids[0]} AS event, {ids[1]} AS person, "  # noqa: S608
        f"CASE {sides} END AS side FROM {quoted(links.roles.name)} r"
    )


def left_out(con: Any, links: Links, keys: Keys) -> tuple[str, ...]:
    """Return in words which rows and events are not in the result.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the files as tables, and ``joined_said``.
    links : Links
        What is joined to what.
    keys : Keys
        How ids are compared.

    Returns
    -------
    tuple of str
        One text per reason, with the number of rows or events; reasons without any are left out.
    """
    codes = links.codes
    others = ", ".join(f"{code} ({rows:,})" for code, rows in codes.other.items())
    without, said = con.execute(
        f"SELECT count(*) FILTER (NOT ({BOTH})), count(*) FILTER ({BOTH}) FROM joined_said WHERE side IS NOT NULL"  # noqa: S608
    ).fetchone()
    once = _number(con, f"(SELECT DISTINCT event, person, side FROM joined_said WHERE side IS NOT NULL AND {BOTH})")  # noqa: S608
    known = [f"SELECT {_key(one, keys)} FROM {_of(one)}" for one in links.events]  # noqa: S608
    events = " UNION ".join(["SELECT event AS id FROM joined_said", *known])
    paired = f"SELECT event FROM joined_said WHERE side IS NOT NULL AND {BOTH}"  # noqa: S608
    neither = _number(con, f"({events}) WHERE id IS NOT NULL AND id NOT IN ({paired})")
    found = [
        (sum(codes.other.values()), "row", f"of people in roles that are neither suspect nor victim: {others}"),
        (sum(codes.unknown.values()) + codes.rare, "row", "with role codes that nobody knows"),
        (codes.missing, "row", "without a role"),
        (without, "row", f"of suspects and victims without {links.event} or {links.person}"),
        (said - once, "row", "that say again who was suspect or victim in an event"),
        (neither, "event", "with neither suspect nor victim"),
    ]
    return tuple(f"{several(number, what)} {text}" for number, what, text in found if number)


def doubts(con: Any, links: Links, keys: Keys) -> tuple[str, ...]:
    """Return in words what the analyst has to look at.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the files as tables, and ``joined_said``.
    links : Links
        What is joined to what.
    keys : Keys
        How ids are compared.

    Returns
    -------
    tuple of str
    """
    found = list(links.codes.doubts)
    sides: tuple[tuple[Side, str], ...] = (("event", links.event), ("person", links.person))
    found += [
        f"{own} of {links.roles.path.name} was taken for the id of the {side} by what it holds, not by its name: is it"
        for side, own in sides
        if id_points(own, side) <= 0
    ]
    for side, attached in (("event", links.events), ("person", links.people)):
        for one in attached:
            name, own = one.table.path.name, one.table.profile.column(one.key)
            unmet = con.execute(
                f"SELECT count(DISTINCT {side}) FROM joined_said WHERE side IS NOT NULL AND {side} NOT IN "  # noqa: S608
                f"(SELECT {_key(one, keys)} FROM {_of(one)} WHERE {quoted(one.key)} IS NOT NULL)"
            ).fetchone()[0]
            if unmet:
                found.append(
                    f"{several(unmet, 'id')} of {links.roles.path.name} not in {name}: no more is known of these"
                )
            if not one.unique:
                again = several(own.filled - own.distinct, "row")
                how = "one of its rows is taken" if side == "person" else "each is joined to every suspect and victim"
                found.append(f"{again} of {name} with an id that stands there already; {how}: is {one.key} the id")
    finer = {c.name for one in links.events for c in one.table.columns if c.name != one.key} & set(links.facts)
    found += [
        f"{name} of {links.roles.path.name} may say which one of an event a person has to do with: all of an event are "
        "joined to all of its people, unless you add it to the joins of the SQL"
        for name in sorted(finer)
    ]
    for table in links.tables:
        if table.profile.malformed:
            lost = several(table.profile.malformed, "record")
            found.append(f"{lost} of {table.path.name} with too many or too few fields left out")
        found += [f"{setting} of {table.path.name}: {doubt}" for setting, doubt in table.layout.doubts.items()]
    return tuple(found)


def _number(con: Any, query: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {query}").fetchone()[0])  # noqa: S608


def _key(one: Attached, keys: Keys) -> str:
    return keys.key(quoted(one.table.name), one.table.name, one.key)


def _of(one: Attached) -> str:
    return quoted(one.table.name)
