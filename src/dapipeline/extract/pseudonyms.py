"""Pseudonyms: the ids of canonical rows are replaced before any later package sees them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import ibis

from dapipeline.artefacts.secret_key import DIGITS, MARK, Key
from dapipeline.extract.columns import IDS
from dapipeline.extract.rows import ExtractedRows


@ibis.udf.scalar.builtin(name="pseudonym_of")  # type: ignore[untyped-decorator]
def pseudonym_of(text: str) -> str:
    """Return the pseudonym of an id (a macro that `with_pseudonyms` makes in DuckDB).

    Parameters
    ----------
    text : str
        The id.

    Returns
    -------
    str
        Missing where the id is.
    """
    raise NotImplementedError  # the engine has it; it is never called here


def with_pseudonyms(connection: Any, extracted: ExtractedRows, key: Key, keep_raw_rows: bool) -> ExtractedRows:
    """Replace every id by its pseudonym, and leave out what was set aside as the extract writes it.

    A raw value of any column is left out, not of ids alone: where cells slipped into the wrong column, an id may stand
    in any. The source row number says where to look it up.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB with the tables of `extracted`.
    extracted : ExtractedRows
    key : Key
        The same id becomes the same pseudonym with the same key, whether of a suspect, a victim or an event.
    keep_raw_rows : bool
        Whether quarantined rows and blanked values stay as they are.

    Returns
    -------
    ExtractedRows
        Of which `kept` has no texts either.
    """
    _make_macro(connection, key)
    rows = extracted.rows.mutate(**{name: pseudonym_of(extracted.rows[name]) for name in IDS if name in
                                    extracted.rows.columns})  # fmt: skip
    if keep_raw_rows:
        return replace(extracted, rows=rows, kept=rows)
    nothing = ibis.null("string")
    return replace(
        extracted,
        rows=rows,
        kept=rows,
        quarantined=extracted.quarantined.mutate(value=nothing, row=nothing),
        blanked=extracted.blanked.mutate(value=nothing),
    )


def _make_macro(connection: Any, key: Key) -> None:
    """Make HMAC-SHA256 (RFC 2104) of the engine's SHA-256; the key is bound, so that no query shows it."""
    connection.con.execute(
        "CREATE OR REPLACE TEMP TABLE pads AS SELECT $1::BLOB AS inner_pad, $2::BLOB AS outer_pad", list(key.pads)
    )
    inner = "unhex(sha256((SELECT inner_pad FROM pads) || encode(id)))"
    outer = f"sha256((SELECT outer_pad FROM pads) || {inner})"  # noqa: S608  a constant of the program
    connection.con.execute(f"CREATE OR REPLACE TEMP MACRO pseudonym_of(id) AS '{MARK}' || left({outer}, {DIGITS})")
