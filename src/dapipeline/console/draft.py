"""What init prints: how sure the draft is, what to look at first, and what to do next."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dapipeline.extract.draft import Draft, Joined
from dapipeline.report.words import several

MOST = 12  # doubts printed at most; the config has all


def print_draft(console: Console, draft: Draft, out: Path) -> None:
    """Print which columns were found, and how sure that is.

    Parameters
    ----------
    console : rich.console.Console
    draft : Draft
    out : Path
        The config that was written.
    """
    table = Table("Canonical column", "Column of the file", "How sure")
    for finding in draft.findings:
        table.add_row(finding.column, finding.source, finding.confidence)
    for column in draft.derived:
        table.add_row(column, "worked out", "see the config")
    console.print(table)
    sure = Counter(finding.confidence for finding in draft.findings)
    counts = ", ".join(f"{sure[level]} {level}" for level in ("certain", "likely", "guess") if sure[level])
    mapped = f"{several(len(draft.findings), 'column')} mapped ({counts or 'none'})"
    _say(console, f"{mapped}, {len(draft.derived)} worked out, {len(draft.unmapped)} not mapped.")
    _say(console, f"The config: {out}")


def print_joined(console: Console, joined: Joined) -> None:
    """Print which file is which, what was left out, and where the SQL and the result are.

    Parameters
    ----------
    console : rich.console.Console
    joined : Joined
    """
    _say(console, "Joined to one row for each suspect and victim of one event:")
    for line in joined.parts:
        _say(console, f"  {line}")
    for line in joined.left_out:
        _say(console, f"  Left out: {line}")
    _say(console, f"The SQL: {joined.files['sql']}")
    _say(console, f"The extract: {joined.files['extract']}")


def print_next(console: Console, draft: Draft, out: Path, refused: str) -> None:
    """Print what to look at first, and what to do then.

    Parameters
    ----------
    console : rich.console.Console
    draft : Draft
    out : Path
        The config that was written.
    refused : str
        Why a run would stop; empty where it would not.
    """
    if draft.undecided:
        _say(console, "Only you can decide:")
        for line in draft.undecided:
            _say(console, f"  {line}")
    elif refused:
        _say(console, f"A run would stop here: {refused}")
    if draft.doubts:
        _say(console, f"Look at these first; {several(len(draft.doubts), 'line')} marked CHECK in the config:")
        for line in draft.doubts[:MOST]:
            _say(console, f"  {line}")
        if len(draft.doubts) > MOST:
            _say(console, f"  and {len(draft.doubts) - MOST} more")
    ready = not draft.undecided and not refused
    _say(console, f"{'Then' if draft.doubts or not ready else 'Now'}: make cluster CONFIG={out}")


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)
