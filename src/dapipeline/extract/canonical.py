"""The mapping: source columns as text become canonical columns with their types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis

from dapipeline.config import Extract
from dapipeline.errors import ConfigError, ExtractError
from dapipeline.extract.columns import BY_NAME, COLUMNS, Column
from dapipeline.extract.expressions import derive

TRUE_WORDS, FALSE_WORDS = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")
TEXT = "text of "  # prefix of the column that keeps a value as it was written
RAW = "raw "  # prefix of a source column, which may be called anything


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def try_strptime(text: str, pattern: str) -> datetime:
    """Give a timestamp, or null where the text does not match (DuckDB)."""
    raise NotImplementedError  # the engine has it; it is never called here


@dataclass(frozen=True)
class Mapping:
    """Which source column or expression gives which canonical column.

    Attributes
    ----------
    columns : dict of str to str
        Canonical column to source column.
    derived : dict of str to str
        Canonical column to expression, in the order in which they can be worked out.
    """

    columns: dict[str, str]
    derived: dict[str, str]

    @property
    def present(self) -> tuple[str, ...]:
        """The canonical columns that exist, in the order of the dictionary."""
        return tuple(c.name for c in COLUMNS if c.name in self.columns or c.name in self.derived)


def plan_mapping(extract: Extract, header: Sequence[str], first: Sequence[str] = ()) -> Mapping:
    """Match the config's mapping with the columns a file has.

    Raises
    ------
    ConfigError
        C004 where a name is not a canonical column, C005 where a code is not one of its column's.
    ExtractError
        E105 where the header seems to stand one row lower, E109 where the delimiter is another one,
        E110 where a column is missing.
    """
    for setting in ("columns", "values", "derive"):
        for name in getattr(extract, setting):
            if name not in BY_NAME:
                raise ConfigError(
                    "C004",
                    f"extract.{setting} names {name!r}, which is not a canonical column.",
                    "The canonical columns are listed by: dapipeline schema extract.",
                )
    _check_codes(extract)
    columns = {name: source for name, source in extract.columns.items() if name not in extract.derive}
    for column in COLUMNS:
        if column.name in header and column.name not in extract.derive:
            columns.setdefault(column.name, column.name)
    absent = [source for source in columns.values() if source not in header]
    needed = [c.name for c in COLUMNS if c.needed and c.name not in columns and c.name not in extract.derive]
    _check_present(absent + needed, header, first)
    expressions = dict(extract.derive)
    if "is_crime" not in {*columns, *expressions}:
        if "offence_code" not in {*columns, *expressions}:
            _check_present(["is_crime"], header, first)
        expressions["is_crime"] = "offence_code is not null"
    return Mapping(columns, expressions)


def _check_present(missing: Iterable[str], header: Sequence[str], first: Sequence[str]) -> None:
    missing = list(missing)
    if not missing:
        return
    if set(missing) & {cell.strip() for cell in first}:
        raise ExtractError(
            "E105",
            "The extract has two header rows: the column names stand on row 2.",
            "Delete what stands above them.",
        )
    if len(header) == 1 and len(missing) > 1:
        raise ExtractError(
            "E109",
            f"The extract has only one column, {header[0]!r}.",
            "Set extract.delimiter to the character that stands between its names.",
        )
    raise ExtractError(
        "E110",
        f"The extract has no column {', '.join(repr(name) for name in missing)}; "
        f"it has {', '.join(repr(name) for name in header[:40])}.",
        "Name the source column under extract.columns, or work it out under extract.derive.",
    )


def _check_codes(extract: Extract) -> None:
    for name, words in extract.values.items():
        column = BY_NAME[name]
        codes = {"boolean": ("true", "false"), "code": column.values}.get(column.kind)
        if codes is None:
            continue
        wrong = sorted(set(words) - set(codes))
        if wrong:
            raise ConfigError(
                "C005",
                f"extract.values.{name} has {wrong[0]!r}, which is not one of its codes.",
                f"The codes of {name} are: {', '.join(codes)}.",
            )


def to_canonical(raw: Any, mapping: Mapping, extract: Extract) -> Any:
    """Add the canonical columns, typed, beside the texts they came from.

    Parameters
    ----------
    raw : ibis.Table
        source_file, source_row and the source's columns, all text; their
        names start with `RAW`.
    mapping : Mapping
        From `plan_mapping`.
    extract : Extract
        Formats, words for missing, and value mappings.

    Returns
    -------
    ibis.Table
        `raw` and, for each canonical column that exists, itself and ``text of <column>``.
    """
    texts = {TEXT + name: _trimmed(raw[RAW + source], extract) for name, source in mapping.columns.items()}
    table = raw.mutate(**texts)
    typed = {name: _typed(table[TEXT + name], BY_NAME[name], extract) for name in mapping.columns}
    table = table.mutate(**typed)
    for name, expression in mapping.derived.items():
        # Canonical columns go before source columns of the same name.
        sources = {column.removeprefix(RAW): _trimmed(table[column], extract) for column in raw.columns[2:]}
        known = sources | {column: table[column] for column in table.columns if column in BY_NAME}
        value = derive(name, expression, known).cast("string")
        table = table.mutate(**{TEXT + name: _trimmed(value, extract)})
        table = table.mutate(**{name: _typed(table[TEXT + name], BY_NAME[name], extract)})
    return table


def _trimmed(text: Any, extract: Extract) -> Any:
    text = text.strip()
    missing = ["", *(word.lower() for word in extract.missing_values)]
    return text.lower().isin(missing).ifelse(ibis.null("string"), text)


def _typed(text: Any, column: Column, extract: Extract) -> Any:
    words = extract.values.get(column.name, {})
    if column.kind == "text":
        return _offence_code(text) if column.name == "offence_code" else _mapped(text, words, text)
    if column.kind == "boolean":
        pairs = [(w, "true") for w in TRUE_WORDS] + [(w, "false") for w in FALSE_WORDS]
        return _mapped(text, words, text.lower().cases(*pairs)).cast("boolean")
    if column.kind == "number":
        return text.replace(",", "").try_cast("float64")
    if column.kind == "code":
        return _mapped(text, words, _code(text, column))
    moment = text.try_cast("timestamp")
    for pattern in (extract.datetime_format, extract.date_format):
        if pattern:
            moment = ibis.coalesce(try_strptime(text, pattern), moment)
    return moment.cast("date") if column.kind == "date" else moment.truncate("s")


def _mapped(text: Any, words: dict[str, tuple[str, ...]], otherwise: Any) -> Any:
    pairs = [(word.strip().lower(), value) for value, listed in words.items() for word in listed]
    return ibis.coalesce(text.lower().cases(*pairs), otherwise) if pairs else otherwise


def _code(text: Any, column: Column) -> Any:
    plain = text.lower()
    if column.name in ("outcome_code", "imd_decile"):
        # 05, 5.0 and the Home Office's own sub-outcomes (1A) are all read as the number.
        plain = plain.re_extract(r"^0*(\d+)(?:\.0)?[a-z]?$", 1)
    return plain.cases(*((value.lower(), value) for value in column.values))


def _offence_code(text: Any) -> Any:
    """008/67, 8/67, 867 and 00867 are the same code; a spreadsheet may have eaten the noughts."""
    slashed = text.re_search(r"^\d{1,3}\s*/\s*\d{1,2}$")
    plain = text.re_search(r"^\d{1,5}(\.0)?$")
    main = text.re_extract(r"^(\d+)", 1)
    sub = text.re_extract(r"/\s*(\d+)$", 1)
    return ibis.cases((slashed, main.lpad(3, "0") + sub.lpad(2, "0")), (plain, main.lpad(5, "0")))
