"""From raw text to canonical rows: every row read is kept, quarantined under one rule, or a duplicate."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import ibis
import pandas as pd

from dapipeline.config import Config, Window
from dapipeline.engine import shortage
from dapipeline.errors import ConfigError, ExtractError
from dapipeline.extract.canonical import TEXT, Mapping, to_canonical
from dapipeline.extract.copies import COPY, HEADER, find_no_records, whole_rows
from dapipeline.extract.extent import extent_of
from dapipeline.extract.forms import Forms
from dapipeline.extract.rules import LAST_DAY, LAST_OUTCOME, LAST_REPORT, NOUGHTS_ARE_UNKNOWN, Rule, configured_rules
from dapipeline.extract.source import RAW

OF_COPY, OF_HEADER = "exact_duplicate", "repeated_header"
NOT_READ = "not read in"  # effect of the lines on columns that are mapped and that no stage uses


@dataclass(frozen=True)
class ExtractedRows:
    """What the extract package hands on.

    Attributes
    ----------
    rows : ibis.Table
        Canonical columns with source_file and source_row: the rows in the window, faulty values blanked.
    kept : ibis.Table
        The same with the texts they came from, in the window or not; once ids are pseudonyms, the same as `rows`.
    quarantined : ibis.Table
        source_file, source_row, rule, column, value and the whole row as JSON; duplicates included.
    blanked : ibis.Table
        source_file, source_row, rule, column, value of every value set to missing.
    counts : pandas.DataFrame
        stage, rule, column, effect, rows: one line per rule, the totals, and one line with 0 rows per column that is
        mapped and not read in.
    """

    rows: Any
    kept: Any
    quarantined: Any
    blanked: Any
    counts: pd.DataFrame


def extract_rows(
    connection: Any, names: Sequence[str], malformed: Any, mapping: Mapping, forms: Forms, config: Config
) -> ExtractedRows:
    """Apply the mapping, the rules and the window to raw rows.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB with the table ``raw``: source_file, source_row and the source columns, prefixed with `RAW`. The judged
        rows are kept in its table ``judged``.
    names : sequence of str
        The source columns.
    malformed : ibis.Table
        source_file, source_row, text of the records that could not be split into fields.
    mapping : Mapping
        Which source column gives which canonical column.
    forms : Forms
        How the cells of each column are written.
    config : Config
        Rules, formats and window.

    Returns
    -------
    ExtractedRows

    Raises
    ------
    ExtractError
        E120 where a rule whose action is stop is broken.
    ConfigError
        C010 to C013 and C016 where a derived column's expression cannot be used.
    """
    rules = configured_rules(config.extract, mapping.present)
    judged = _judge(connection, names, mapping, rules, forms, config)
    counts = _count(judged, malformed, rules, mapping.not_read)
    _stop_if_asked(judged, counts, rules, config)
    kept = judged.filter(judged.fault.isnull())
    blank = {name: _blanked_value(kept, name, rules) for name in mapping.present}
    kept = kept.mutate(**blank)
    rows = kept.filter(kept.in_window).select("source_file", "source_row", *mapping.present)
    quarantined = ibis.union(whole_rows(connection, names), _malformed(malformed))
    return ExtractedRows(rows, kept, quarantined, _blanked(kept, rules), counts)


def _judge(
    connection: Any, names: Sequence[str], mapping: Mapping, rules: list[Rule], forms: Forms, config: Config
) -> Any:
    """Mark each row with the first rule that quarantines it, and each value with the rules it breaks."""
    used = [RAW + name for name in names if name in mapping.used]
    raw = connection.table("raw").select("source_file", "source_row", *used)
    table = to_canonical(raw, mapping, config.extract, forms).drop(*used)
    no_records = find_no_records(connection, names)
    same_row = [table.source_file == no_records.no_record_file, table.source_row == no_records.no_record_row]
    with _derived(mapping):
        table = _with_facts(table).left_join(no_records, same_row).drop("no_record_file", "no_record_row")
    table = table.mutate(**{f"breaks {i}": rule.broken(table).fill_null(False) for i, rule in enumerate(rules)})
    quarantining = [(i, rule) for i, rule in enumerate(rules) if rule.action == "quarantine"]
    broken = [(table[f"breaks {i}"], i) for i, _ in quarantining]
    table = table.mutate(
        fault=ibis.coalesce(table.no_record, ibis.cases(*broken)) if broken else table.no_record,
        in_window=_in_window(table, rules, config.window),
    )
    table = table.mutate(
        rule=_per_fault(table, {i: rule.code for i, rule in quarantining}, OF_COPY, OF_HEADER),
        column=_per_fault(table, {i: rule.column for i, rule in quarantining}, "", ""),
        value=_per_fault(table, {i: table[TEXT + rule.column] for i, rule in quarantining}, "", ""),
    )
    with _derived(mapping):
        return connection.create_table("judged", table, temp=True, overwrite=True)


@contextlib.contextmanager
def _derived(mapping: Mapping) -> Iterator[None]:
    """Turn a failure of the engine into an error about derived columns, where there are any."""
    try:
        yield
    except duckdb.Error as error:
        if not mapping.derived or shortage(error):
            raise
        # The engine's own message may quote somebody's data, so it is not passed on.
        raise ConfigError(
            "C016",
            f"extract.derive ({', '.join(sorted(mapping.derived))}) cannot be worked out for every row.",
            "Check its regular expressions, and write try_cast(... as double) where numbers may grow large.",
        ) from error


def _with_facts(table: Any) -> Any:
    """Add what rules need to know of the whole extract: its last days, and whether an age of 0 means unknown."""
    extent = extent_of(table)
    noughts = False
    if "victim_age" in table.columns:
        age = table.victim_age
        counts = table.aggregate(
            noughts=(age == 0).sum().fill_null(0), young=age.isin([1, 2, 3]).sum().fill_null(0)
        ).to_pandas()
        noughts = bool(counts.loc[0, "noughts"] > counts.loc[0, "young"])
    return table.mutate(**{
        LAST_DAY: ibis.literal(extent.last_day, "date"), LAST_REPORT: ibis.literal(extent.last_report, "date"),
        LAST_OUTCOME: ibis.literal(extent.last_outcome, "date"),
        NOUGHTS_ARE_UNKNOWN: ibis.literal(noughts),
    })  # fmt: skip


def _per_fault(table: Any, by_rule: dict[int, Any], of_copy: str, of_header: str) -> Any:
    pairs = [(COPY, ibis.literal(of_copy)), (HEADER, ibis.literal(of_header)), *by_rule.items()]
    return table.fault.cases(*pairs, else_=ibis.null("string"))


def _in_window(table: Any, rules: list[Rule], window: Window) -> Any:
    """Compare the day the police came to know with the window: abuse reported in it may have begun years before."""
    days = [name for name in ("reported_at", "occurred_to", "occurred_from") if name in table.columns]
    known = [_blanked_value(table, name, rules) for name in days]
    day = ibis.coalesce(*known).date()
    inside = ibis.literal(True)
    if window.first:
        inside &= day >= window.first
    if window.last:
        inside &= day <= window.last
    return inside


def _blanking(rules: list[Rule], column: str) -> list[tuple[int, Rule]]:
    return [(i, rule) for i, rule in enumerate(rules) if rule.action == "blank" and rule.column == column]


def _blanked_value(kept: Any, column: str, rules: list[Rule]) -> Any:
    broken = [kept[f"breaks {i}"] for i, _ in _blanking(rules, column)]
    value = kept[column]
    return ibis.or_(*broken).ifelse(ibis.null(value.type()), value) if broken else value


def _blanks(kept: Any, rules: list[Rule]) -> list[tuple[Rule, Any]]:
    """Return each blanking rule with its condition on rows: a value is blanked once, by the first rule it breaks."""
    found = []
    for i, rule in enumerate(rules):
        earlier = [j for j, _ in _blanking(rules, rule.column) if j < i]
        if rule.action == "blank":
            found.append((rule, ibis.and_(kept[f"breaks {i}"], *(~kept[f"breaks {j}"] for j in earlier))))
    return found


def _blanked(kept: Any, rules: list[Rule]) -> Any:
    """Return one line per blanked value. It unnests one select, because a union of many takes seconds to compile."""
    blanks = _blanks(kept, rules)
    nothing = ibis.null("struct<rule: string, column: string, value: string>")
    faults = [
        rows.ifelse(ibis.struct({"rule": rule.code, "column": rule.column, "value": kept[TEXT + rule.column]}), nothing)
        for rule, rows in blanks
    ]
    faulty = kept.filter(ibis.or_(ibis.literal(False), *(rows for _, rows in blanks)))
    found = faulty.select("source_file", "source_row", fault=ibis.array([nothing, *faults]).unnest())
    found = found.filter(found.fault.notnull())
    return found.select(
        "source_file", "source_row", **{name: found.fault[name] for name in ("rule", "column", "value")}
    )


def _malformed(malformed: Any) -> Any:
    return malformed.select(
        "source_file", "source_row", rule=ibis.literal("malformed_row"), column=ibis.literal(""),
        value=ibis.literal(""), row=malformed.text,
    )  # fmt: skip


def _count(judged: Any, malformed: Any, rules: list[Rule], not_read: Sequence[str]) -> pd.DataFrame:
    kept = judged.fault.isnull()
    wanted = {
        "read": judged.count(), "copies": (judged.fault == COPY).sum(),
        "headers": (judged.fault == HEADER).sum(),
        "outside": (kept & ~judged.in_window).sum(), "kept": (kept & judged.in_window).sum(),
    }  # fmt: skip
    for i, rule in enumerate(rules):
        if rule.action == "quarantine":
            wanted[f"rule {i}"] = (judged.fault == i).sum()
        elif rule.action == "stop":
            wanted[f"rule {i}"] = (judged[f"breaks {i}"] & ~_no_record(judged)).sum()
    for rule, rows in _blanks(judged, rules):
        wanted[f"rule {rules.index(rule)}"] = (rows & kept).sum()
    found = judged.aggregate(**{name: value.fill_null(0) for name, value in wanted.items()}).to_pandas().iloc[0]
    broken = int(malformed.count().to_pandas())
    effects = {"quarantine": "quarantined", "blank": "blanked", "stop": "stopped"}
    lines = [
        ("rows_read", "", "read", found["read"] + broken),
        (OF_COPY, "", "duplicate", found["copies"]),
        ("malformed_row", "", "quarantined", broken),
        (OF_HEADER, "", "quarantined", found["headers"]),
        *((rule.code, rule.column, effects[rule.action], found[f"rule {i}"]) for i, rule in enumerate(rules)),
        ("outside_window", "occurred_from", "out of scope", found["outside"]),
        ("rows_kept", "", "kept", found["kept"]),
        *(("not_read", name, NOT_READ, 0) for name in not_read),
    ]
    counts = pd.DataFrame(lines, columns=["rule", "column", "effect", "rows"])
    counts.insert(0, "stage", "extract")
    return counts


def _no_record(judged: Any) -> Any:
    """Return whether a row is a copy of another, or the header repeated."""
    return judged.no_record.notnull()


def _stop_if_asked(judged: Any, counts: pd.DataFrame, rules: list[Rule], config: Config) -> None:
    reading = counts[counts["rule"].map(config.extract.rules) == "stop"]
    stopped = counts[((counts["effect"] == "stopped") | counts.index.isin(reading.index)) & (counts["rows"] > 0)]
    if stopped.empty:
        return
    first = stopped.iloc[0]
    rows = "1 row" if first["rows"] == 1 else f"{first['rows']:,} rows"
    i = next((i for i, r in enumerate(rules) if (r.code, r.column) == (first["rule"], first["column"])), None)
    example = "" if i is None else _example(judged, i)
    raise ExtractError(
        "E120",
        f"The rule {first['rule']} is broken by {rows}{example}, and the config says to stop there.",
        f"Mend the extract, or set extract.rules.{first['rule']} to quarantine.",
    )


def _example(judged: Any, rule: int) -> str:
    broken = (
        judged.filter(judged[f"breaks {rule}"] & ~_no_record(judged)).order_by(["source_file", "source_row"]).limit(1)
    )
    where = broken.select("source_file", "source_row").to_pandas().iloc[0]
    return f" (the first is row {where['source_row']} of {where['source_file']})"
