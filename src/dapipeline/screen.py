"""What a person at a terminal sees: progress, the summary of a run, the findings of a check."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from dapipeline.clustering.stability import BANDS, NOT_ASSESSED
from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.intake import Intake
from dapipeline.offenders.feature import Feature
from dapipeline.run import Outcome
from dapipeline.stage import Stage

FIRST_ROWS = 10


class Progress:
    """One line a stage, with a spinner while it works.

    Parameters
    ----------
    console : rich.console.Console
    explain : bool
        Whether to say why each stage runs.
    """

    def __init__(self, console: Console, explain: bool) -> None:
        self.console, self.explain = console, explain
        self.status, self.title = console.status("Starting"), "Starting"

    def __enter__(self) -> Progress:
        self.status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.status.stop()

    def say(self, text: str) -> None:
        """Show what is being done."""
        self.title = text
        self.status.update(text)

    def step(self, text: str) -> None:
        """Show how far it is."""
        self.status.update(f"{self.title}: {text}")

    def tell(self, stage: Stage, reasons: list[str]) -> None:
        """Show the stage that begins and, where asked for, why it is not reused."""
        self.say(stage.title)
        if self.explain:
            why = f"runs, because {'; '.join(reasons)}" if reasons else "is reused: nothing it depends on changed"
            self.console.print(f"{stage.name:<12} {why}", markup=False, highlight=False)
        elif not self.console.is_terminal and reasons:
            self.console.print(f"{stage.title} …", markup=False, highlight=False)


def print_summary(console: Console, outcome: Outcome) -> None:
    """Say what a run found, what it set aside, and where the report is."""
    outputs = outcome.outputs
    clusters = outputs.frame("tables/clusters.csv")
    rows = outputs.frame("quality/reconciliation.csv").groupby("effect")["rows"].sum()
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
    console.print(f"Stability of the {len(clusters)} clusters: {stability}.")
    effects = [("used", "used"), ("out of scope", "out of scope"), ("quarantined", "set aside"),
               ("duplicate", "exact duplicates")]  # fmt: skip
    parts = ", ".join(f"{int(rows.get(effect, 0)):,} {words}" for effect, words in effects)
    console.print(f"{int(rows['read']):,} rows read: {parts}; {int(rows.get('blanked', 0)):,} values blanked.")
    missing = outputs.frame("quality/missing_features.csv").set_index("feature")
    if missing.loc["any", "offenders"]:
        console.print(
            f"{missing.loc['any', 'offenders']:,} offenders lack a feature: {missing.loc['any', 'treatment']}."
        )
    if not outcome.ran:
        console.print("Nothing has changed since the last run: all of it was reused.")
    print_warnings(console, outcome.outputs.frame("quality/warnings.csv"))
    console.print(f"Report: {outcome.out / 'report' / 'index.html'}", soft_wrap=True, highlight=False, markup=False)


def print_warnings(console: Console, warnings: pd.DataFrame) -> None:
    """Say what is likely wrong with an extract, and what to do about it."""
    if len(warnings):
        console.print(f"{len(warnings)} warning{'s' * (len(warnings) > 1)}, before the results are relied on:")
    for line in warnings.itertuples():
        console.print(f"  {line.code}  {line.text} {line.remedy}", highlight=False, markup=False)


def print_choice(console: Console, outcome: Outcome) -> None:
    """Say what speaks for which number of clusters, and where the figures are."""
    if not outcome.ran:
        console.print("Nothing has changed since the last time: all of it was reused.")
    console.print(outcome.outputs.document("choose_k.json")["paragraph"], highlight=False, markup=False)
    console.print(f"Every k: {outcome.out / 'choose_k.html'}", soft_wrap=True, highlight=False, markup=False)


def print_check(console: Console, taken: Intake) -> None:
    """Say what is usable in an extract and what is wrong with it."""
    counts = taken.extracted.counts
    console.print(f"Columns found: {', '.join(taken.mapping.present)}.", highlight=False, markup=False)
    table = Table("What", "Column", "Becomes", "Rows")
    table.columns[-1].justify = "right"
    for line in counts[counts["rows"] > 0].itertuples():
        table.add_row(str(line.rule).replace("_", " "), str(line.column), str(line.effect), f"{line.rows:,}")
    console.print(table)
    faults = pd.concat([_places(taken.extracted.set_aside), _places(taken.extracted.blanked)])
    if len(faults):
        console.print(f"The first {min(len(faults), FIRST_ROWS)} of {len(faults):,} faults, by row of the source:")
        for line in faults.head(FIRST_ROWS).itertuples():
            console.print(f"  {line.source_file} row {line.source_row}: {_fault(line)}", highlight=False, markup=False)
    print_warnings(console, taken.warnings)


def _fault(line: Any) -> str:
    """Write a fault with its value, unless that could tell who somebody is."""
    if not line.column:
        return str(line.rule)
    value = f": {line.value!r}" if BY_NAME[line.column].shown and isinstance(line.value, str) and line.value else ""
    return f"{line.rule} in {line.column}{value}"


def _places(faults: Any) -> pd.DataFrame:
    places = faults.select("source_file", "source_row", "rule", "column", "value")
    return places.order_by(["source_file", "source_row", "rule", "column"]).to_pandas()


def print_features(console: Console, catalogue: Iterable[Feature]) -> None:
    """List the feature catalogue, a theme at a time."""
    table = Table("Theme", "Feature", "Unit", "Meaning")
    for feature in catalogue:
        table.add_row(feature.theme, feature.name, feature.unit, feature.meaning)
    console.print(table)
