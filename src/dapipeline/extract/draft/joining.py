"""Files of people, events and roles joined into one extract, by SQL that is kept; what it leaves out is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dapipeline.extract.copies import text_of
from dapipeline.extract.draft.gathering import padded
from dapipeline.extract.draft.join_sql import Keys, join_sql
from dapipeline.extract.draft.left_out import count_links, doubts, left_out
from dapipeline.extract.draft.link_ids import Links


@dataclass(frozen=True)
class Joined:
    """What was joined, and what was not.

    Attributes
    ----------
    sql : str
        The SQL that joins the files.
    parts : tuple of str
        Which file and column is which, and why.
    left_out : tuple of str
        Rows and events that are not in the result, in words.
    doubts : tuple of str
        What the analyst has to look at.
    files : dict of str to Path
        What was written: ``extract`` and ``sql``.
    """

    sql: str
    parts: tuple[str, ...]
    left_out: tuple[str, ...]
    doubts: tuple[str, ...]
    files: dict[str, Path] = field(default_factory=dict)


def join(con: Any, links: Links, out: Path) -> Joined:
    """Run the SQL that joins files into a CSV, and count what it leaves out.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the files as tables, from `gathered`.
    links : Links
        What is joined to what.
    out : Path
        The CSV, in a private folder.

    Returns
    -------
    Joined
        Without `files`.
    """
    own = [(links.roles, links.event), (links.roles, links.person)]
    ids = [*own, *((one.table, one.key) for one in (*links.events, *links.people))]
    keys = Keys(
        frozenset((table.name, column) for table, column in ids if padded(con, table, column)),
        {(t.name, c): tuple(sorted(w.upper() for w in t.profile.column(c).missing.index if w)) for t, c in own},
    )
    sql = join_sql(links, keys)
    query = sql.rstrip().removesuffix(";")
    con.execute(f"COPY ({query}) TO {text_of(str(out))} (HEADER, DELIMITER ',')")
    count_links(con, links, keys)
    return Joined(sql, _parts(links), left_out(con, links, keys), doubts(con, links, keys))


def _parts(links: Links) -> tuple[str, ...]:
    codes, file = links.codes, links.roles.path.name
    words = f"suspects are {', '.join(codes.suspect)}; victims are {', '.join(codes.victim)}"
    lines = [
        f"{file} holds the roles: {codes.source} ({codes.reason}); {words}",
        f"{links.event} is its id of the event, {links.person} of the person",
    ]
    for kind, attached in (("events", links.events), ("people", links.people)):
        own = links.event if kind == "events" else links.person
        lines += [f"{one.table.path.name} holds {kind}: its {one.key} has {one.share:.0%} of {own}" for one in attached]
    if links.event_facts:
        lines.append(f"said once an event: {', '.join(links.event_facts)}")
    return tuple(lines)
