"""From raw text to canonical rows: every row read is kept, set aside under one rule, or a duplicate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import ibis
import pandas as pd

from dapipeline.config import Config, Window
from dapipeline.engine import shortage
from dapipeline.errors import ConfigError, ExtractError
from dapipeline.extract.canonical import RAW, TEXT, Mapping, to_canonical
from dapipeline.extract.rules import Rule, configured_rules

DUPLICATE, HEADER = "exact_duplicate", "repeated_header"


@dataclass(frozen=True)
class ExtractedRows:
    """What the extract room hands on.

    Attributes
    ----------
    rows : ibis.Table
        Canonical columns with source_file and source_row: in the window, faults blanked.
    set_aside : ibis.Table
        source_file, source_row, rule, column, value and the whole row as JSON; duplicates included.
    blanked : ibis.Table
        source_file, source_row, rule, column, value of every value set to missing.
    counts : pandas.DataFrame
        stage, rule, column, effect, rows: one line a rule, and the totals.
    """

    rows: Any
    set_aside: Any
    blanked: Any
    counts: pd.DataFrame


def extract_rows(connection: Any, raw: Any, malformed: Any, mapping: Mapping, config: Config) -> ExtractedRows:
    """Apply the mapping, the rules and the window to raw rows.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB; holds the rows while they are judged.
    raw : ibis.Table
        source_file, source_row and the source columns, prefixed with `RAW`.
    malformed : ibis.Table
        source_file, source_row, text of the records that could not be split into fields.
    mapping : Mapping
        Which source column gives which canonical column.
    config : Config
        Rules, formats and window.

    Raises
    ------
    ExtractError
        E120 where a rule whose action is stop is broken.
    ConfigError
        C010 to C013 and C016 where a derived column's expression cannot be used.
    """
    rules = configured_rules(config.extract, mapping.present)
    judged = _judge(connection, raw, mapping, rules, config)
    counts = _count(judged, malformed, rules)
    _stop_if_asked(judged, counts, rules, config)
    kept = judged.filter(judged.fault.isnull())
    blank = {name: _blanked_value(kept, name, rules) for name in mapping.present}
    rows = kept.filter(kept.in_window).select("source_file", "source_row", **blank)
    return ExtractedRows(rows, _set_aside(judged, malformed), _blanked(kept, rules), counts)


def _judge(connection: Any, raw: Any, mapping: Mapping, rules: list[Rule], config: Config) -> Any:
    """Mark each row with the first rule that sets it aside, and each value with the rules it breaks."""
    table = to_canonical(raw, mapping, config.extract)
    sources = [column for column in raw.columns if column.startswith(RAW)]
    copies = _copies(raw, sources)
    same_row = [table.source_file == copies.copied_file, table.source_row == copies.copied_row]
    table = table.left_join(copies, same_row)
    table = table.mutate(
        copy=table.copied_row.notnull(), repeats_header=_repeats_header(table, sources),
        **{f"breaks {i}": rule.broken(table).fill_null(False) for i, rule in enumerate(rules)},
    ).drop("copied_file", "copied_row")  # fmt: skip
    setting_aside = [(i, rule) for i, rule in enumerate(rules) if rule.action == "quarantine"]
    cases = [(table[f"breaks {i}"], i) for i, _ in setting_aside]
    table = table.mutate(
        fault=ibis.cases(
            (table["copy"], ibis.literal(-2)),
            (table.repeats_header, ibis.literal(-1)),
            *cases,
            else_=ibis.null("int32"),
        ),
        in_window=_in_window(table, rules, config.window),
    )
    table = table.mutate(
        rule=_per_fault(table, {i: rule.code for i, rule in setting_aside}, DUPLICATE, HEADER),
        column=_per_fault(table, {i: rule.column for i, rule in setting_aside}, "", ""),
        value=_per_fault(table, {i: table[TEXT + rule.column] for i, rule in setting_aside}, "", ""),
    )
    try:
        return connection.create_table("judged", table, temp=True, overwrite=True)
    except duckdb.Error as error:
        if not mapping.derived or shortage(error):
            raise
        # The engine's own message may quote somebody's data.
        raise ConfigError(
            "C016",
            f"extract.derive ({', '.join(sorted(mapping.derived))}) cannot be worked out for every row.",
            "Check its regular expressions, and write try_cast(... as double) where numbers may grow large.",
        ) from error


def _copies(raw: Any, sources: list[str]) -> Any:
    """Find the rows that repeat an earlier one; only those whose hash occurs twice are compared cell by cell."""
    hashed = raw.select("source_file", "source_row", *sources, hash=ibis.struct({c: raw[c] for c in sources}).hash())
    twice = hashed.group_by("hash").aggregate(rows=hashed.count()).filter(lambda t: t.rows > 1)
    alike = hashed.semi_join(twice, "hash")
    same = ibis.window(group_by=sources, order_by=["source_file", "source_row"])
    copies = alike.mutate(place=ibis.row_number().over(same)).filter(lambda t: t.place > 0)
    return copies.select(copied_file="source_file", copied_row="source_row")


def _repeats_header(table: Any, sources: list[str]) -> Any:
    """Say which rows are the header once more; the other cells are looked at where the first is its name."""
    first, *others = (table[c].strip().lower() == c[len(RAW) :].lower() for c in sources)
    whole = ibis.and_(*others).fill_null(False) if others else ibis.literal(True)
    return first.fill_null(False).ifelse(whole, False)


def _per_fault(table: Any, by_rule: dict[int, Any], of_copy: str, of_header: str) -> Any:
    pairs = [(-2, ibis.literal(of_copy)), (-1, ibis.literal(of_header)), *by_rule.items()]
    return table.fault.cases(*pairs, else_=ibis.null("string"))


def _in_window(table: Any, rules: list[Rule], window: Window) -> Any:
    """Judge by the day the police came to know: abuse reported in the window may have begun years before it."""
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
    """Each blanking rule with the rows it blanks: a value is blanked once, under its first rule."""
    found = []
    for i, rule in enumerate(rules):
        earlier = [j for j, _ in _blanking(rules, rule.column) if j < i]
        if rule.action == "blank":
            found.append((rule, ibis.and_(kept[f"breaks {i}"], *(~kept[f"breaks {j}"] for j in earlier))))
    return found


def _blanked(kept: Any, rules: list[Rule]) -> Any:
    """One line a blanked value. Unnested from one select: a union of as many takes seconds to compile."""
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


def _set_aside(judged: Any, malformed: Any) -> Any:
    sources = {c[len(RAW) :]: judged[c] for c in judged.columns if c.startswith(RAW)}
    whole = ibis.struct(sources).cast("json").cast("string")
    faulty = judged.filter(judged.fault.notnull())
    faulty = faulty.select("source_file", "source_row", "rule", "column", "value", row=whole)
    broken = malformed.select(
        "source_file", "source_row", rule=ibis.literal("malformed_row"), column=ibis.literal(""),
        value=ibis.literal(""), row=malformed.text,
    )  # fmt: skip
    return ibis.union(faulty, broken)


def _count(judged: Any, malformed: Any, rules: list[Rule]) -> pd.DataFrame:
    kept = judged.fault.isnull()
    wanted = {
        "read": judged.count(), "copies": (judged.fault == -2).sum(), "headers": (judged.fault == -1).sum(),
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
        (DUPLICATE, "", "duplicate", found["copies"]),
        ("malformed_row", "", "quarantined", broken),
        (HEADER, "", "quarantined", found["headers"]),
        *((rule.code, rule.column, effects[rule.action], found[f"rule {i}"]) for i, rule in enumerate(rules)),
        ("outside_window", "occurred_from", "out of scope", found["outside"]),
        ("rows_kept", "", "kept", found["kept"]),
    ]
    counts = pd.DataFrame(lines, columns=["rule", "column", "effect", "rows"])
    counts.insert(0, "stage", "extract")
    return counts


def _no_record(judged: Any) -> Any:
    """Whether a row is no record of its own: a copy of another, or the header once more."""
    return judged["copy"] | judged.repeats_header


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
