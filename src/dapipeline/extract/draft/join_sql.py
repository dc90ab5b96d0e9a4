"""The SQL that makes one extract of people, events and roles; it runs as it stands, and is meant to be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap

from dapipeline.extract.copies import quoted, text_of
from dapipeline.extract.draft.link_ids import Attached, Links
from dapipeline.extract.draft.text import WIDTH, in_one_line

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# Reserved words of DuckDB, SQL Server or Oracle that could be names of columns.
_RESERVED = """
    access add all analyse analyze and any array as asc audit authorization between bulk by case cast check close
    cluster collate column comment commit connect constraint create cross current cursor database date default delete
    desc describe distinct drop else end except exclusive exists external fetch file float for foreign freetext from
    full function grant group having identified identity immediate in increment index initial inner insert integer
    intersect into is join key kill lateral left level like limit lock long merge minus mode national natural not
    number offset on online only open option or order outer over percent pivot plan primary prior proc procedure public
    qualify raw read references rename resource restrict return returning revoke right row rowid rownum rows rule save
    schema select session set share show size smallint some start statistics summarize synonym sysdate system table
    then to top transaction trigger true false truncate uid union unique unpivot update use user using validate values
    varchar variadic view when where window with
"""
RESERVED = frozenset(_RESERVED.split())
INTRODUCTION = (
    "One row for each suspect and victim of one event. Suspects and victims are two queries of the same roles, joined "
    "by the event alone; the full outer join keeps a victim without a suspect, and a suspect without a victim. "
    "{person} has to be one id space: a person has the same id as suspect and as victim. It runs as it stands on "
    "DuckDB, PostgreSQL, Oracle 12c and SQL Server 2017 and later ones; Oracle keeps the case of names in double "
    "quotes, and SQL Server has no MIN of bits: cast them. The tables: {tables}. Roles that are left out: {neither}."
)
ROLES = ("suspect", "victim")


@dataclass(frozen=True)
class Keys:
    """How columns of ids are compared, by table and column.

    Attributes
    ----------
    padded : frozenset of tuple of str
        Columns with blanks around their ids.
    absent : dict of tuple of str to tuple of str
        Words for missing, in upper case, that occur in a column.
    """

    padded: frozenset[tuple[str, str]]
    absent: Mapping[tuple[str, str], tuple[str, ...]]

    def key(self, alias: str, table: str, column: str) -> str:
        """Return SQL for an id as it is compared.

        Parameters
        ----------
        alias, table, column : str
            What the query calls the table, the table, and its column of ids.

        Returns
        -------
        str
        """
        own = f"{alias}.{_sql_name(column)}"
        return f"TRIM({own})" if (table, column) in self.padded else own

    def there(self, alias: str, table: str, column: str) -> str:
        """Return the SQL condition that a row has an id.

        Parameters
        ----------
        alias, table, column : str
            What the query calls the table, the table, and its column of ids.

        Returns
        -------
        str
        """
        listed = ", ".join(text_of(word) for word in self.absent.get((table, column), ()))
        words = f" AND UPPER(TRIM({alias}.{_sql_name(column)})) NOT IN ({listed})" if listed else ""
        return f"{self.key(alias, table, column)} IS NOT NULL{words}"


def _sql_name(name: str) -> str:
    """Return a name as SQL writes it: in double quotes only where it needs them."""
    return name if PLAIN.fullmatch(name) and name.lower() not in RESERVED else quoted(name)


def join_sql(links: Links, keys: Keys) -> str:
    """Write the SQL that joins files of roles.

    Parameters
    ----------
    links : Links
        Which file and column is which.
    keys : Keys
        How ids are compared.

    Returns
    -------
    str
        One query for DuckDB, PostgreSQL, Oracle or SQL Server, with an introduction in comments.
    """
    taken: set[str] = set()
    queries = [_side(links, keys, role) for role in ROLES]
    queries.append(_pairs(links))
    chosen = [f"p.joined_event AS {_alias(links.event, taken)}"]
    joins: list[str] = []
    order = ["p.joined_event", "p.joined_suspect", "p.joined_victim"]
    if links.event_facts:
        queries.append(_event_facts(links, keys))
        chosen += [_as(f"e.{_sql_name(name)}", _alias(name, taken)) for name in links.event_facts]
        joins.append("LEFT JOIN event_facts e ON e.joined_event = p.joined_event")
    for at, one in enumerate(links.events, 1):
        columns = [(f"e{at}.{_sql_name(name)}", name) for name in _others(one)]
        chosen += [_as(own, _alias(name, taken)) for own, name in columns]
        joins.append(f"LEFT JOIN {_sql_name(one.table.name)} e{at} ON {_on(one, f'e{at}', 'p.joined_event', keys)}")
        order += [] if one.unique else [own for own, _ in columns]
    for role in ROLES:
        chosen.append(f"p.joined_{role} AS {_alias(_of(role, links.person), taken)}")
        chosen += [_as(f"p.{_fact(role, name)}", _alias(_of(role, name), taken)) for name in links.facts]
        for at, one in enumerate(links.people, 1):
            alias = f"{role[0]}{at}"
            chosen += [f"{alias}.{_sql_name(name)} AS {_alias(_of(role, name), taken)}" for name in _others(one)]
            joins.append(f"LEFT JOIN {_once(one)} {alias} ON {_on(one, alias, f'p.joined_{role}', keys)}")
    select = "SELECT\n    " + ",\n    ".join(chosen) + "\nFROM pairs p\n" + "".join(f"{join}\n" for join in joins)
    with_queries = "WITH " + ",\n".join(queries)
    return f"{_introduction(links)}{with_queries}\n{select}ORDER BY {', '.join(order)};\n"


def _introduction(links: Links) -> str:
    text = INTRODUCTION.format(
        person=links.person,
        tables=", ".join(f"{_sql_name(table.name)} ({table.path.name})" for table in links.tables),
        neither=", ".join([*links.codes.other, *links.codes.unknown]) or "none",
    )
    return "".join(f"-- {line}\n" for line in wrap(in_one_line(text), WIDTH, break_on_hyphens=False))


def _side(links: Links, keys: Keys, role: str) -> str:
    """Write the query of the suspects, or of the victims: one row per person and event, even where rows repeat."""
    event, person = (keys.key("r", links.roles.name, name) for name in (links.event, links.person))
    there = [keys.there("r", links.roles.name, name) for name in (links.event, links.person)]
    codes = ", ".join(text_of(code) for code in getattr(links.codes, role))
    facts = "".join(f",\n           MIN(r.{_sql_name(name)}) AS {_fact(role, name)}" for name in links.facts)
    return f"""{role}_links AS (
    SELECT {event} AS joined_event, {person} AS joined_person{facts}
    FROM {_sql_name(links.roles.name)} r
    WHERE UPPER(TRIM(r.{_sql_name(links.codes.source)})) IN ({codes})
      AND {there[0]}
      AND {there[1]}
    GROUP BY {event}, {person}
)"""  # noqa: S608  names are quoted, codes are texts


def _pairs(links: Links) -> str:
    facts = "".join(f",\n           {role[0]}.{_fact(role, name)}" for role in ROLES for name in links.facts)
    return f"""pairs AS (
    SELECT COALESCE(s.joined_event, v.joined_event) AS joined_event,
           s.joined_person AS joined_suspect, v.joined_person AS joined_victim{facts}
    FROM suspect_links s
    FULL OUTER JOIN victim_links v ON v.joined_event = s.joined_event
)"""  # noqa: S608  names are quoted


def _event_facts(links: Links, keys: Keys) -> str:
    event = keys.key("r", links.roles.name, links.event)
    facts = "".join(f",\n           MIN(r.{_sql_name(name)}) AS {_sql_name(name)}" for name in links.event_facts)
    return f"""event_facts AS (
    SELECT {event} AS joined_event{facts}
    FROM {_sql_name(links.roles.name)} r
    GROUP BY {event}
)"""  # noqa: S608  names are quoted


def _once(one: Attached) -> str:
    """Return SQL for a file of people with one row per person: of several, the first in the order of its columns."""
    if one.unique:
        return _sql_name(one.table.name)
    key = _sql_name(one.key)
    order = ", ".join(_sql_name(name) for name in _others(one)) or key
    return (
        f"(SELECT t.*, ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {order}) AS joined_place "  # noqa: S608
        f"FROM {_sql_name(one.table.name)} t)"
    )


def _on(one: Attached, alias: str, key: str, keys: Keys) -> str:
    place = f" AND {alias}.joined_place = 1" if not one.unique and not key.endswith("event") else ""
    return f"{keys.key(alias, one.table.name, one.key)} = {key}{place}"


def _others(one: Attached) -> list[str]:
    return [column.name for column in one.table.columns if column.name != one.key]


def _of(role: str, name: str) -> str:
    return f"{role.upper()}_{name}"


def _fact(role: str, name: str) -> str:
    return _sql_name(_of(role, name))


def _alias(name: str, taken: set[str]) -> str:
    """Return a name for a column of the result that no other column has in upper or lower case."""
    free, at = name, 2
    while free.lower() in taken:
        free, at = f"{name}_{at}", at + 1
    taken.add(free.lower())
    return _sql_name(free)


def _as(column: str, name: str) -> str:
    return column if column.partition(".")[2] == name else f"{column} AS {name}"
