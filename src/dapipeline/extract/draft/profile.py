"""Every column of a file counted: its texts, its words for missing, its empty cells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from dapipeline.artefacts.scratch import private_folder
from dapipeline.config import Config, Extract
from dapipeline.engine import connect
from dapipeline.extract.copies import quoted, text_of
from dapipeline.extract.draft.finding import SourceColumn
from dapipeline.extract.files import find_files
from dapipeline.extract.header import looks_like_data, no_header, unlike
from dapipeline.extract.missing import shipped_words
from dapipeline.extract.source import RAW, open_source, write_raw
from dapipeline.extract.table import Reading
from dapipeline.say import Say

LOOKED_AT = 5000  # different texts: of a column with more, a sample of about so many is kept
ALWAYS_MISSING = ("program", "error", "word")


@dataclass(frozen=True)
class Profile:
    """A file, counted.

    Attributes
    ----------
    columns : tuple of SourceColumn
    connection : ibis.BaseBackend
        DuckDB with two tables: ``cells``, the columns under their own names, trimmed, words for missing as null; and
        ``raw``, the file as it was read.
    rows : int
    malformed : int
        Number of records with too many or too few fields.
    copy : Path
        The file as Parquet of text; it is removed with the profile.
    """

    columns: tuple[SourceColumn, ...]
    connection: Any
    rows: int
    malformed: int
    copy: Path

    def column(self, name: str) -> SourceColumn:
        """Return a column by its name.

        Parameters
        ----------
        name : str
            As in the file.

        Returns
        -------
        SourceColumn

        Raises
        ------
        StopIteration
            Where the file has no such column.
        """
        return next(column for column in self.columns if column.name == name)

    def missing(self) -> dict[str, int]:
        """Return the words for missing that occur in the file.

        Returns
        -------
        dict of str to int
            Word, in lower case, to its number of cells, the most frequent first; empty cells are left out.
        """
        cells = pd.concat([column.missing for column in self.columns]).groupby(level=0).sum().drop("", errors="ignore")
        ordered = cells.sort_index().sort_values(ascending=False, kind="stable")
        return {str(word): int(rows) for word, rows in ordered.items()}

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Run a query on the tables of the file.

        Parameters
        ----------
        query : str
            SQL whose names and texts are quoted already.

        Returns
        -------
        list of tuple
            The rows of the answer.
        """
        return list(self.connection.con.execute(query).fetchall())


@contextmanager
def profiled(pattern: Path, extract: Extract, say: Say) -> Iterator[Profile]:
    """Read a file as text and count its columns; the copy is removed at the end.

    Parameters
    ----------
    pattern : Path
        A file, or a pattern over several of one layout.
    extract : Extract
        The settings by which it is read.
    say : callable
        Told what is being done, and how much of it is done.

    Yields
    ------
    Profile

    Raises
    ------
    ExtractError
        Where a file cannot be read, has no header, or has another header than the first.
    """
    sources = [open_source(path, name, extract) for name, path in find_files(pattern).items()]
    for source in sources:
        if looks_like_data(source.header.named):
            raise no_header(source.name)
    for source in sources[1:]:
        different = unlike(sources[0].header, source.header, (sources[0].name, source.name))
        if different:
            raise different
    settings = Config(name="draft", extract=extract).engine
    connection = connect(settings)
    reading = Reading()
    with private_folder(settings.temp_directory) as folder:
        raw = folder / "raw.parquet"
        names = write_raw(raw, sources, frozenset(), reading, say)
        say("counting columns")
        connection.create_view("raw", connection.read_parquet(str(raw)), overwrite=True)
        rows = int(connection.con.execute("SELECT count(*) FROM raw").fetchone()[0])
        columns = []
        for at, name in enumerate(names):
            columns.append(_counted(connection, name, at, rows))
            say("counting columns", (at + 1) / len(names))
        cells = ", ".join(f"{_cell(column)} AS {quoted(column.name)}" for column in columns)
        connection.con.execute(f"CREATE TEMP TABLE cells AS SELECT {cells} FROM raw")  # noqa: S608
        yield Profile(tuple(columns), connection, rows, len(reading.malformed), raw)


def _cell(column: SourceColumn) -> str:
    """Return SQL for a cell that is null where it holds one of the words for missing found in its column."""
    text = f"trim({quoted(RAW + column.name)})"
    words = ", ".join(text_of(str(word)) for word in column.missing.index)
    return f"CASE WHEN lower({text}) NOT IN ({words}) THEN {text} END" if words else text


def _counted(connection: Any, name: str, at: int, rows: int) -> SourceColumn:
    absent = ", ".join(text_of(word) for word in ("", *shipped_words(*ALWAYS_MISSING)))
    connection.con.execute(
        f"CREATE OR REPLACE TEMP TABLE texts AS SELECT trim({quoted(RAW + name)}) AS text, count(*) AS rows, "  # noqa: S608
        f"lower(text) IN ({absent}) AS absent FROM raw WHERE text IS NOT NULL GROUP BY text"
    )
    distinct = int(connection.con.execute("SELECT count(*) FROM texts WHERE NOT absent").fetchone()[0])
    # A sample by the hash of the text is the same in whatever order the rows come.
    chosen = "TRUE" if distinct <= LOOKED_AT else f"hash(text) % {distinct} < {LOOKED_AT}"
    found = connection.con.execute(
        f"SELECT text, rows FROM texts WHERE NOT absent AND {chosen} ORDER BY rows DESC, text"  # noqa: S608
    ).fetchnumpy()
    words = connection.con.execute(
        "SELECT lower(text) AS word, sum(rows)::bigint AS rows FROM texts WHERE absent GROUP BY word "
        "ORDER BY rows DESC, word"
    ).fetchall()
    missing = pd.Series(dict(words), dtype="int64")
    filled = int(connection.con.execute("SELECT coalesce(sum(rows), 0) FROM texts").fetchone()[0])
    if filled < rows:
        missing[""] = int(missing.get("", 0)) + rows - filled
    return SourceColumn(
        name,
        at,
        rows,
        pd.Series(found["rows"], index=pd.Index(found["text"], dtype="object"), dtype="int64"),
        distinct <= LOOKED_AT,
        distinct,
        missing,
    )
