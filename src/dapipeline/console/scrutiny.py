"""What scrutiny prints: how many indicators there are, which cannot be computed, and published figures line by line."""

from __future__ import annotations

import pandas as pd
from rich.console import Console
from rich.table import Table

from dapipeline.console.results import print_warnings
from dapipeline.report.words import count, several
from dapipeline.scrutiny.published import AGREES
from dapipeline.workflow import outputs
from dapipeline.workflow.run import Run


def print_scrutiny(console: Console, run: Run) -> None:
    """Print what was counted, and what could not be.

    Parameters
    ----------
    console : rich.console.Console
    run : Run
        With the outputs of the stage scrutiny.
    """
    table, gaps = run.frame(outputs.SCRUTINY), run.frame(outputs.SCRUTINY_GAPS)
    places = f"{several(table['area'].nunique() - 1, 'area')} and {several(table['year'].nunique() - 1, 'year')}"
    console.print(
        f"{several(table['indicator'].nunique(), 'indicator')}, {places}: {count(len(table))} rows.", highlight=False
    )
    missing = gaps[gaps["because"] != "no canonical column holds it"]
    for line in missing.itertuples():
        by = f", {line.breakdown}" if isinstance(line.breakdown, str) and line.breakdown else ""
        console.print(
            f"Not computed: {line.title}{by}; missing: {line.missing}.", soft_wrap=True, highlight=False, markup=False
        )
    print_warnings(console, run.frame(outputs.WARNINGS))
    console.print(f"Tables: {run.out / outputs.SCRUTINY}", soft_wrap=True, highlight=False, markup=False)


def print_published(console: Console, found: pd.DataFrame) -> None:
    """Print what does not agree, line by line, and how many lines do.

    Parameters
    ----------
    console : rich.console.Console
    found : pandas.DataFrame
        From `check_published`.
    """
    faults = found[found["finding"] != AGREES]
    table = Table("Table", "Row", "Figure", "Printed", "Finding", "", title="Published figures")
    for line in faults.itertuples():
        table.add_row(line.table, line.row, line.figure, line.value, line.finding, line.text)
    if len(faults):
        console.print(table)
    console.print(
        f"{several(len(found) - len(faults), 'check agrees', 'checks agree')}, {len(faults)} do not.", highlight=False
    )
