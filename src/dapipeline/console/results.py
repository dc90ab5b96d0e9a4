"""What run, check, choose-k and features print: what was found, what was quarantined, and where the report is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import pandas as pd
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dapipeline.clustering.stability import BANDS, NOT_ASSESSED
from dapipeline.extract.columns import not_read_in
from dapipeline.extract.examples import may_be_shown
from dapipeline.offenders.feature import Feature
from dapipeline.workflow import outputs
from dapipeline.workflow.check import Checked
from dapipeline.workflow.run import Run

FIRST_ROWS, MOST_UNUSED = 10, 40


def print_summary(console: Console, run: Run) -> None:
    """Print what a run found, what it set aside, and where the report is.

    Parameters
    ----------
    console : rich.console.Console
    run : Run
    """
    clusters = run.frame(outputs.CLUSTERS)
    rows = run.frame(outputs.RECONCILIATION).groupby("effect")["rows"].sum()
    named = clusters.groupby("typology", sort=False)[["size"]].agg(["count", "sum"]).droplevel(0, axis=1)
    table = Table("Typology", "Clusters", "Offenders", "Share", title=f"{int(clusters['size'].sum()):,} offenders")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, line in named.sort_values("sum", ascending=False).iterrows():
        share = line["sum"] / clusters["size"].sum()
        table.add_row(str(name).replace("_", " "), f"{line['count']}", f"{line['sum']:,}", f"{share:.1%}")
    console.print(table)
    bands = clusters["stability_band"].value_counts()
    stability = ", ".join(f"{bands[name]} {name}" for name in (*BANDS, NOT_ASSESSED) if name in bands)
    which = "cluster" if len(clusters) == 1 else f"{len(clusters)} clusters"
    console.print(f"Stability of the {which}: {stability}.")
    effects = [("used", "used"), ("out of scope", "out of scope"), ("quarantined", "quarantined"),
               ("duplicate", "exact duplicates")]  # fmt: skip
    parts = ", ".join(f"{int(rows.get(effect, 0)):,} {words}" for effect, words in effects)
    console.print(f"{int(rows['read']):,} rows read: {parts}; {int(rows.get('blanked', 0)):,} values blanked.")
    missing = run.frame(outputs.MISSING_FEATURES).set_index("feature")
    if missing.loc["any", "offenders"]:
        console.print(
            f"{missing.loc['any', 'offenders']:,} offenders lack a feature: {missing.loc['any', 'treatment']}."
        )
    if not run.ran:
        console.print("Nothing has changed since the last run: all of it was reused.")
    print_warnings(console, run.frame(outputs.WARNINGS))
    shareable = run.out / outputs.SHAREABLE_PAGE
    places = {"Report": run.report, "Tables for Excel": run.out / outputs.WORKBOOK}
    places |= {"Shareable edition": shareable} if shareable.is_file() else {}
    for name, path in places.items():
        console.print(f"{name}: {path}", soft_wrap=True, highlight=False, markup=False)


def print_warnings(console: Console, warnings: pd.DataFrame) -> None:
    """Print what is likely wrong with an extract, and what to do about it.

    Parameters
    ----------
    console : rich.console.Console
    warnings : pandas.DataFrame
        code, text, remedy; one row per warning.
    """
    if len(warnings):
        console.print("To be looked at before the results are relied on:")
    for line in warnings.itertuples():
        console.print(f"  {line.code}  {line.text} {line.remedy}", highlight=False, markup=False)


def print_choice(console: Console, run: Run) -> None:
    """Print what the evidence for each number of clusters is, and where the figures are.

    Parameters
    ----------
    console : rich.console.Console
    run : Run
        What choose-k made.
    """
    if not run.ran:
        console.print("Nothing has changed since the last time: all of it was reused.")
    console.print(run.document(outputs.CHOICE)["paragraph"], highlight=False, markup=False)
    print_warnings(console, run.frame(outputs.WARNINGS))
    console.print(f"Every k: {run.report}", soft_wrap=True, highlight=False, markup=False)


def print_check(console: Console, found: Checked) -> None:
    """Print what is usable in an extract, and what is wrong with it.

    Parameters
    ----------
    console : rich.console.Console
    found : Checked
    """
    counts, mapping = found.counts, found.intake.mapping
    console.print(f"Columns found: {', '.join(mapping.present)}.", highlight=False, markup=False)
    table = Table("What", "Column", "Becomes", "Rows")
    table.columns[-1].justify = "right"
    for line in counts[counts["rows"] > 0].itertuples():
        table.add_row(str(line.rule).replace("_", " "), str(line.column), str(line.effect), f"{line.rows:,}")
    console.print(table)
    unused = [name for name in mapping.header if name not in mapping.used]
    if unused:
        console.print(f"Columns not used: {', '.join(unused[:MOST_UNUSED])}{' …' * (len(unused) > MOST_UNUSED)}",
                      highlight=False, markup=False)  # fmt: skip
    if mapping.not_read:
        console.print(not_read_in(mapping.not_read), highlight=False, markup=False)
    faults = pd.concat([found.quarantined, found.blanked], ignore_index=True)
    if len(faults):
        # One fault of each kind comes before more of the same.
        first = faults[~faults.duplicated(["rule", "column"])]
        shown = pd.concat([first, faults.drop(first.index)]).head(max(FIRST_ROWS, len(first)))
        console.print(f"{len(shown)} of {len(faults):,} faults, each kind once before more of it:")
        for line in shown.itertuples():
            console.print(f"  {line.source_file} row {line.source_row}: {_fault(line)}", highlight=False, markup=False)
    _print_untold(console, found)
    print_warnings(console, found.warnings)


def _print_untold(console: Console, found: Checked) -> None:
    """Print how many rows nothing tells apart, and the titles that most of them have."""
    for crime, words in ((True, "crimes"), (False, "non-crimes")):
        of_kind = found.offences[found.offences["is_crime"] == crime]
        listed = found.untold[found.untold["is_crime"] == crime]
        if listed.empty:
            continue
        titles = "; ".join(
            f"{f'{line.titles:,} ' if line.titles > 1 else ''}{line.title} ({line.rows:,})"
            for line in listed.head(FIRST_ROWS).itertuples()
        )
        more = " …" if len(listed) > FIRST_ROWS else ""
        console.print(
            f"Of {int(of_kind['rows'].sum()):,} rows about {words}, neither code nor title tells what "
            f"{int(listed['rows'].sum()):,} are: {titles}{more}",
            highlight=False, markup=False,
        )  # fmt: skip


def _fault(line: Any) -> str:
    """Describe a fault with its value, unless the value could identify somebody."""
    if not line.column:
        return str(line.rule)
    shown = isinstance(line.value, str) and line.value and may_be_shown(line.column, line.value)
    value = f": {line.value!r}" if shown else ""
    return f"{line.rule} in {line.column}{value}"


def print_features(console: Console, catalogue: Iterable[Feature]) -> None:
    """Print the feature catalogue by theme: each name whole, its meaning below it.

    Parameters
    ----------
    console : rich.console.Console
    catalogue : iterable of Feature
        Sorted by theme.
    """
    for theme, members in groupby(catalogue, key=lambda feature: feature.theme):
        console.print(f"\n{theme}", style="bold", markup=False, highlight=False)
        for feature in members:
            console.print(f"  {feature.name} ({feature.unit})", markup=False, highlight=False)
            console.print(Padding(Text(feature.meaning), (0, 0, 0, 6), expand=False))
