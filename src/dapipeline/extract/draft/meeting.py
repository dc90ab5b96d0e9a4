"""Which column of one file holds the ids of another: by the share of ids in common, and by their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dapipeline.extract.copies import quoted, text_of
from dapipeline.extract.draft.gathering import Table, met
from dapipeline.extract.draft.link_ids import Attached, Links, ids_of, linked
from dapipeline.extract.draft.link_names import Side, file_points, name_points
from dapipeline.extract.draft.role_codes import RoleCodes

MET, FULL, FEW_TIMES = 0.5, 0.98, 2.0


def best_links(con: Any, roles: Table, codes: RoleCodes, tables: Sequence[Table]) -> tuple[float, Links] | None:
    """Choose the ids of event and person in the roles: every other file joins to one, and the evidence is strongest.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the files as tables.
    roles : Table
        The file of roles.
    codes : RoleCodes
        Its column of roles.
    tables : sequence of Table
        All files, the roles among them.

    Returns
    -------
    tuple of float and Links, or None
        The points of the choice, and what is joined to what; None where a file shares no ids with the roles.
    """
    points = ids_of(roles, codes)
    events, people = points["event"], points["person"]
    others = [table for table in tables if table is not roles]
    joins = {
        (side, name, table.name): join
        for side, ids in points.items()
        for name in ids
        for table in others
        if (join := _join(con, roles, codes, side, name, table, tables))
    }  # fmt: skip
    found: list[tuple[float, int, Links]] = []
    for at, (event, person) in enumerate((e, p) for e in events for p in people if e != p):
        total = float(events[event] + people[person])
        attached: dict[Side, list[Attached]] = {"event": [], "person": []}
        for table in others:
            sides: tuple[tuple[Side, str], ...] = (("event", event), ("person", person))
            ways = [(*joins[side, own, table.name], side) for side, own in sides if (side, own, table.name) in joins]
            if not ways:
                break
            more, one, side = max(ways, key=lambda way: (way[0], way[2]))
            attached[side].append(one)
            total += more
        else:
            links = linked(roles, codes, event, person, tuple(attached["event"]), tuple(attached["person"]))
            found.append((total, -at, links))
    return (best[0], best[2]) if found and (best := max(found, key=lambda one: one[:2])) else None


def _join(
    con: Any, roles: Table, codes: RoleCodes, side: Side, own: str, table: Table, tables: Sequence[Table]
) -> tuple[float, Attached] | None:
    """Find the column of another file that has the ids of a column of the roles; None where no column has."""
    # Only suspects and victims are looked at: the file of people need not hold officers.
    listed = ", ".join(text_of(code) for code in (*codes.suspect, *codes.victim))
    where = f"upper(trim({quoted(codes.source)})) IN ({listed})"
    best: tuple[float, Attached] | None = None
    for column in table.columns:
        if table.looks[column.name].moments or column.filled < FULL * column.rows or column.distinct < 2:
            continue
        once = column.filled / column.distinct
        if once > FEW_TIMES and not name_points(own, column.name, table.path):
            continue
        share = met(con, (roles, own), (table, column.name), where)
        if share < MET:
            continue
        points = 4 * share + 2 * (once * FULL < 1) + name_points(own, column.name, table.path)
        points += file_points(table, tables, side)
        if best is None or points > best[0]:
            best = points, Attached(table, column.name, column.filled == column.distinct, share)
    return best
