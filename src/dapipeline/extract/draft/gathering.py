"""Several files side by side, as tables of one engine, to be compared and joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dapipeline.config import Config, Extract
from dapipeline.engine import connect
from dapipeline.extract.copies import quoted
from dapipeline.extract.draft.contents import Look
from dapipeline.extract.draft.drafting import looks_of
from dapipeline.extract.draft.finding import SourceColumn
from dapipeline.extract.draft.layout import Layout
from dapipeline.extract.draft.profile import Profile
from dapipeline.extract.source import RAW

LOOKED_AT = 20_000  # ids, chosen by their hash
OF_THE_JOIN = ("suspect_links", "victim_links", "pairs", "event_facts")  # names that the SQL of the join uses itself


@dataclass(frozen=True)
class Table:
    """A file that has been opened.

    Attributes
    ----------
    path : Path
    name : str
        Its name as a table in SQL.
    layout : Layout
    profile : Profile
    """

    path: Path
    name: str
    layout: Layout
    profile: Profile

    @cached_property
    def looks(self) -> dict[str, Look]:
        """Every column with the dates or times in it, by its name."""
        return looks_of(self.profile)

    @property
    def columns(self) -> tuple[SourceColumn, ...]:
        """The columns of the file."""
        return self.profile.columns


def table_names(paths: Sequence[Path]) -> list[str]:
    """Return a plain table name for each file.

    Parameters
    ----------
    paths : sequence of Path

    Returns
    -------
    list of str
        In the order of the paths; all different, and none that the SQL of the join uses itself.
    """
    names: list[str] = []
    for path in paths:
        stem = re.sub(r"[^A-Za-z0-9]+", "_", path.name.split(".")[0]).strip("_").lower() or "extract"
        stem = f"t_{stem}" if stem[0].isdigit() else stem
        name, at = stem, 2
        while name in names or name in OF_THE_JOIN:
            name, at = f"{stem}_{at}", at + 1
        names.append(name)
    return names


@contextmanager
def gathered(tables: Sequence[Table]) -> Iterator[Any]:
    """Load files into one engine as tables of text; an empty cell becomes null, and nothing else is changed.

    Parameters
    ----------
    tables : sequence of Table

    Yields
    ------
    duckdb.DuckDBPyConnection
        With one table per file.
    """
    connection = connect(Config(name="draft", extract=Extract(path="draft")).engine)
    for table in tables:
        cells = ", ".join(f"nullif({quoted(RAW + c.name)}, '') AS {quoted(c.name)}" for c in table.columns)
        connection.con.execute(
            f"CREATE TEMP TABLE {quoted(table.name)} AS SELECT {cells} FROM read_parquet($1)",  # noqa: S608
            [str(table.profile.copy)],
        )
    yield connection.con


def met(con: Any, ids: tuple[Table, str], known: tuple[Table, str], where: str) -> float:
    """Return the share of the ids of one column that another column has.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the files as tables.
    ids, known : tuple of Table and str
        A file and a column of it: the ids looked for, and the ids looked in.
    where : str
        SQL condition on the rows of the first file.

    Returns
    -------
    float
        From 0 to 1, of the different ids.
    """
    own, other = quoted(ids[1]), quoted(known[1])
    found = con.execute(
        f"SELECT avg((id IN (SELECT trim({other}) FROM {quoted(known[0].name)} WHERE {other} IS NOT NULL))::int) "  # noqa: S608
        f"FROM (SELECT DISTINCT trim({own}) AS id FROM {quoted(ids[0].name)} WHERE {own} IS NOT NULL AND {where} "
        f"ORDER BY hash(id), id LIMIT {LOOKED_AT})"
    ).fetchone()
    return float(found[0] or 0.0)


def padded(con: Any, table: Table, column: str) -> bool:
    """Return whether ids of a column have blanks around them.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the file as a table.
    table : Table
    column : str
        A column of ids.

    Returns
    -------
    bool
    """
    own = quoted(column)
    query = f"SELECT count(*) FROM (SELECT 1 FROM {quoted(table.name)} WHERE {own} <> trim({own}) LIMIT 1)"  # noqa: S608
    return bool(con.execute(query).fetchone()[0])
