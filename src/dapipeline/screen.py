"""What a person at a terminal sees: progress, the summary of a run, the findings of a check."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from itertools import groupby
from types import TracebackType
from typing import Any

import pandas as pd
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dapipeline import interruption
from dapipeline.clustering.stability import BANDS, NOT_ASSESSED
from dapipeline.engine import share_done
from dapipeline.extract.examples import may_be_shown
from dapipeline.extract.intake import Intake
from dapipeline.offenders.feature import Feature
from dapipeline.run import Outcome
from dapipeline.stage import Stage

FIRST_ROWS, MOST_UNUSED = 10, 40
LONG = 2  # seconds: a stage that takes more leaves a line
TENTHS_BELOW = 9.95  # seconds
CLEAN_LINE = b"\r\x1b[2K\x1b[?25h"  # ECMA-48: to the start of the line, erase it; DEC: show the cursor


class Progress:
    """One line a stage: on a terminal a live one with percent and time, and one that stays of each that took long.

    Parameters
    ----------
    console : rich.console.Console
    explain : bool
        Whether to say why each stage runs.
    """

    def __init__(self, console: Console, explain: bool) -> None:
        self.console, self.explain = console, explain
        self.title, self.text = "", ""
        self.share: float | None = None
        self.began = self.stage_began = time.perf_counter()
        self.status = console.status(self)

    def __enter__(self) -> Progress:
        self.withdraw = interruption.before_end(self._restore_terminal)
        self.status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.status.stop()
        self.withdraw()
        if error is None:
            self._end_stage()
            self._print(f"Done in {duration(time.perf_counter() - self.began)}.")

    def __rich__(self) -> Text:
        """What the live line says at this moment."""
        share = self.share if self.share is not None else share_done()
        parts = [": ".join(part for part in (self.title, self.text) if part) or "Starting"]
        if share is not None:
            parts.append(f"{share:.0%}")
        parts.append(duration(time.perf_counter() - self.stage_began))
        return Text(", ".join(parts), no_wrap=True, overflow="ellipsis")

    def begin(self, title: str) -> None:
        """Show which stage begins."""
        self._end_stage()
        self.title, self.text, self.share, self.stage_began = title, "", None, time.perf_counter()

    def step(self, text: str, share: float | None = None) -> None:
        """Show how far it is; where it does not know, the engine may."""
        self.text, self.share = text, share

    def tell(self, stage: Stage, reasons: list[str]) -> None:
        """Show the stage that begins and, where asked for, why it is not reused."""
        self.begin(stage.title)
        if self.explain:
            why = f"runs, because {'; '.join(reasons)}" if reasons else "is reused: nothing it depends on changed"
            self._print(f"{stage.name:<12} {why}")
        elif not self.console.is_terminal and reasons:
            self._print(f"{stage.title} …")

    def _end_stage(self) -> None:
        seconds = time.perf_counter() - self.stage_began
        if self.title and seconds > LONG:
            self._print(f"{self.title}: {duration(seconds)}")

    def _print(self, text: str) -> None:
        self.console.print(text, markup=False, highlight=False)

    def _restore_terminal(self) -> None:
        if self.console.is_terminal:
            os.write(self.console.file.fileno(), CLEAN_LINE)


def duration(seconds: float) -> str:
    """Return a time as a person says it: 0.4 s, 49 s, 3 min 20 s, 2 h 5 min."""
    if seconds < TENTHS_BELOW:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


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
        console.print("To be looked at before the results are relied on:")
    for line in warnings.itertuples():
        console.print(f"  {line.code}  {line.text} {line.remedy}", highlight=False, markup=False)


def print_choice(console: Console, outcome: Outcome) -> None:
    """Say what speaks for which number of clusters, and where the figures are."""
    if not outcome.ran:
        console.print("Nothing has changed since the last time: all of it was reused.")
    console.print(outcome.outputs.document("choose_k.json")["paragraph"], highlight=False, markup=False)
    print_warnings(console, outcome.outputs.frame("quality/warnings.csv"))
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
    unused = [name for name in taken.mapping.header if name not in taken.mapping.used]
    if unused:
        console.print(f"Columns not used: {', '.join(unused[:MOST_UNUSED])}{' …' * (len(unused) > MOST_UNUSED)}",
                      highlight=False, markup=False)  # fmt: skip
    faults = pd.concat([_places(taken.extracted.set_aside), _places(taken.extracted.blanked)], ignore_index=True)
    if len(faults):
        # One of each kind goes before more of the same.
        first = faults[~faults.duplicated(["rule", "column"])]
        shown = pd.concat([first, faults.drop(first.index)]).head(max(FIRST_ROWS, len(first)))
        console.print(f"{len(shown)} of {len(faults):,} faults, each kind once before more of it:")
        for line in shown.itertuples():
            console.print(f"  {line.source_file} row {line.source_row}: {_fault(line)}", highlight=False, markup=False)
    print_warnings(console, taken.warnings)


def _fault(line: Any) -> str:
    """Write a fault with its value, unless that could tell who somebody is."""
    if not line.column:
        return str(line.rule)
    shown = isinstance(line.value, str) and line.value and may_be_shown(line.column, line.value)
    value = f": {line.value!r}" if shown else ""
    return f"{line.rule} in {line.column}{value}"


def _places(faults: Any) -> pd.DataFrame:
    places = faults.select("source_file", "source_row", "rule", "column", "value")
    return places.order_by(["source_file", "source_row", "rule", "column"]).to_pandas()


def print_features(console: Console, catalogue: Iterable[Feature]) -> None:
    """List the feature catalogue, a theme at a time: each name whole, its meaning below it."""
    for theme, members in groupby(catalogue, key=lambda feature: feature.theme):
        console.print(f"\n{theme}", style="bold", markup=False, highlight=False)
        for feature in members:
            console.print(f"  {feature.name} ({feature.unit})", markup=False, highlight=False)
            console.print(Padding(Text(feature.meaning), (0, 0, 0, 6), expand=False))
