"""Rows that are no records: exact copies of other rows, and repeats of the header."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dapipeline.extract.source import RAW

COPY, HEADER = -2, -1  # rules are numbered from 0, these below


def quoted(name: str) -> str:
    """Return a name as an identifier of SQL.

    Parameters
    ----------
    name : str
        The name of a column.

    Returns
    -------
    str
        In double quotes, those inside doubled.
    """
    return '"' + name.replace('"', '""') + '"'


def text_of(text: str) -> str:
    """Return a text as a literal of SQL.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        In single quotes, those inside doubled.
    """
    return "'" + text.replace("'", "''") + "'"


def find_no_records(connection: Any, names: Sequence[str]) -> Any:
    """Find rows that repeat an earlier row, or the header.

    Only rows whose hash occurs twice are compared cell by cell: the comparison looks at every column of the source, of
    which there may be thousands.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB with the table ``raw``: source_file, source_row and text columns that begin with `RAW`.
    names : sequence of str
        The source columns in the order of the header.

    Returns
    -------
    ibis.Table
        no_record_file, no_record_row, no_record: `COPY` or `HEADER`.
    """
    columns = [quoted(RAW + name) for name in names]
    cells = ", ".join(f"lower(trim({column}))" for column in columns)
    header = [name.lower() for name in names]
    connection.con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE no_records AS
        WITH hashed AS (
            SELECT source_file, source_row, hash(*COLUMNS(* EXCLUDE (source_file, source_row))) AS hash FROM raw
        ), alike AS (
            SELECT raw.* FROM raw JOIN hashed USING (source_file, source_row)
            WHERE hash IN (SELECT hash FROM hashed GROUP BY hash HAVING count(*) > 1)
        ), numbered AS (
            SELECT source_file, source_row,
                   row_number() OVER (PARTITION BY {", ".join(columns)} ORDER BY source_file, source_row) AS copy
            FROM alike
        )
        SELECT source_file AS no_record_file, source_row AS no_record_row, min(kind)::INTEGER AS no_record FROM (
            SELECT source_file, source_row, {COPY} AS kind FROM numbered WHERE copy > 1
            UNION ALL
            SELECT source_file, source_row, {HEADER} FROM raw WHERE lower(trim({columns[0]})) = $1 AND [{cells}] = $2
        ) GROUP BY ALL
        """,  # noqa: S608  names are quoted
        [header[0], header],
    )
    return connection.table("no_records")


def whole_rows(connection: Any, names: Sequence[str]) -> Any:
    """Return the quarantined rows of the table ``judged``, each whole as JSON.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB with the tables ``raw`` and ``judged``.
    names : sequence of str
        The source columns in the order of the header.

    Returns
    -------
    ibis.Table
        source_file, source_row, rule, column, value, row.
    """
    fields = ", ".join(f"{quoted(name)} := raw.{quoted(RAW + name)}" for name in names)
    connection.con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE quarantined AS
        SELECT source_file, source_row, rule, "column", value, to_json(struct_pack({fields}))::VARCHAR AS "row"
        FROM (SELECT source_file, source_row, rule, "column", value FROM judged WHERE fault IS NOT NULL)
        JOIN raw USING (source_file, source_row)
        """  # noqa: S608  names are quoted
    )
    return connection.table("quarantined")
