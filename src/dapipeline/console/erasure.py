"""What erase prints: how many people, which tables, and what is left to do; never an id."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from dapipeline.report.words import listed, several
from dapipeline.workflow.erase import Erased

MOST_FILES = 10


def print_erased(console: Console, found: Erased, out: Path) -> None:
    """Print what was erased, and what the erasure cannot reach.

    Parameters
    ----------
    console : rich.console.Console
    found : Erased
    out : Path
        The folder.
    """

    def say(text: str) -> None:
        console.print(text, highlight=False, markup=False, soft_wrap=True)

    if found.not_found:
        say(f"{several(found.not_found, 'id is', 'ids are')} in none of its tables.")
    if not found.people:
        say(f"Nobody was erased: {out} is as it was.")
        return
    say(f"{several(found.people, 'person was', 'people were')} erased from {out}.")
    table = Table("Table", "Rows lost")
    table.columns[-1].justify = "right"
    for name, rows in sorted(found.rows.items()):
        table.add_row(name, f"{rows:,}")
    console.print(table)
    if found.medoids:
        which = f"cluster{'s' * (len(found.medoids) > 1)} {listed(map(str, found.medoids))}"
        say(
            f"At the centre of {which} stood somebody who was erased: the model still holds that record as component "
            "scores, without an id. Until the run is made again, it assigns nobody."
        )
    if found.foreign:
        more = " …" if len(found.foreign) > MOST_FILES else ""
        say(f"Not looked into, because no run wrote them: {', '.join(found.foreign[:MOST_FILES])}{more}.")
    say(
        "What is left to do: take them out of the extract; erase them from other runs and from copies and backups; "
        "make this run again, because its tables of counts still count them (docs/retention.md)."
    )
