"""Single, repeat and serial offenders, and severity bands, by typology."""

from __future__ import annotations

import pandas as pd

from dapipeline.analysis.patterns import BLAND_2020
from dapipeline.analysis.patterns import MEANINGS as PATTERNS
from dapipeline.analysis.severity_bands import BANDS
from dapipeline.report.reported import Kind, gathered
from dapipeline.report.table import Table, table
from dapipeline.report.words import count, share


def pattern_table(patterns: pd.DataFrame | None) -> Table | None:
    """Lay out single, repeat and serial offenders of the cohort, beside the published share with other crime."""
    if patterns is None:
        return None
    sums = patterns.groupby("pattern")[["offenders", "with_other_crime"]].sum().reindex(list(PATTERNS)).dropna()
    whole = sums["offenders"].sum()
    rows = [
        (f"{pattern.capitalize()}: {PATTERNS[pattern]}", count(n), share(n / whole), share(linked / n),
         share(BLAND_2020[pattern]) if pattern in BLAND_2020 else "–")
        for pattern, n, linked in sums.itertuples()
    ]  # fmt: skip
    columns = ["Offenders", "People", "Share", "With a non-DA crime", "Bland 2020"]
    return table("How often against whom", columns, rows, range(1, 5))


def repeats_among_serial(patterns: pd.DataFrame | None) -> str:
    """Give the share of serial offenders who are repeat offenders too; nothing where there are none."""
    serial = patterns[patterns["pattern"] == "serial"] if patterns is not None else None
    return "" if serial is None or serial.empty else share(serial["repeat_too"].sum() / serial["offenders"].sum())


def patterns_by_typology(patterns: pd.DataFrame | None, kinds: list[Kind]) -> Table | None:
    """Lay out the shares of single, repeat and serial offenders of each typology."""
    if patterns is None:
        return None
    rows = [[kind.title, count(kind.people), *shares] for kind, shares in _shares(patterns, "pattern", PATTERNS, kinds)]
    columns = ["Typology or cluster", "People", *(name.capitalize() for name in PATTERNS)]
    return table("Shares of single, repeat and serial offenders", columns, rows, range(1, len(columns)))


def band_tables(bands: pd.DataFrame | None, kinds: list[Kind]) -> list[Table]:
    """Lay out DA incidents and people by severity band; nothing on another scale than the bands."""
    if bands is None:
        return []
    names = [f"{name.capitalize()} ({meaning.split(',')[0]})" if name != "no crime" else "No crime"
             for name, meaning in BANDS.items()]  # fmt: skip
    tables = []
    for counted, caption, whole in (
        ("da_incidents", "DA incidents by severity band", "DA incidents"),
        ("offenders", "People by the band of their most severe DA incident", "People"),
    ):
        rows = []
        for kind in gathered(kinds):
            sums = _sums(bands, "band", kind.numbers, counted).reindex(list(BANDS), fill_value=0)
            rows.append([kind.title, count(sums.sum()), *(f"{count(n)} ({share(n / sums.sum())})" for n in sums)])
        tables.append(table(caption, ["Typology or cluster", whole, *names], rows, range(1, len(names) + 2)))
    return tables


def _shares(table: pd.DataFrame, by: str, values: dict[str, str], kinds: list[Kind]) -> list[tuple[Kind, list[str]]]:
    found = []
    for kind in gathered(kinds):
        sums = _sums(table, by, kind.numbers, "offenders").reindex(list(values), fill_value=0)
        found.append((kind, [share(n / sums.sum()) for n in sums]))
    return found


def _sums(table: pd.DataFrame, by: str, clusters: list[int], counted: str) -> pd.Series:
    return table[table["cluster"].isin(clusters)].groupby(by)[counted].sum()
