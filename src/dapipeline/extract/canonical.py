"""The mapping: source columns, all text, become canonical columns with types."""

from __future__ import annotations

import collections.abc
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from dapipeline.config import Extract
from dapipeline.errors import ConfigError, ExtractError, did_you_mean
from dapipeline.extract.columns import BY_NAME, COLUMNS, MARKER, OFFENCE_CODES, Column
from dapipeline.extract.expressions import derive, names_in
from dapipeline.extract.forms import Forms
from dapipeline.extract.header import Header, looks_like_data, no_header, title_lines
from dapipeline.extract.missing import ZEROS, words_for_missing, words_for_missing_in_source
from dapipeline.extract.readings import born_before, read_value
from dapipeline.extract.source import RAW

Markers = collections.abc.Mapping[str, str]

MOST_NAMES = 60  # of columns that a message repeats
LONGEST_NAME = 60  # characters of a column's name that a message repeats

TEXT = "text of "  # prefix of the column that keeps a value as it was written
SEEN = "seen in "  # prefix of a source column as expressions see it


@dataclass(frozen=True)
class Mapping:
    """Which source column or expression gives which canonical column.

    Attributes
    ----------
    columns : dict of str to str
        Canonical column to source column, of the columns that are read.
    derived : dict of str to str
        Canonical column to expression, in the order in which they can be computed.
    header : tuple of str
        The names of all columns of the source.
    not_read : tuple of str
        Canonical columns that are mapped and not read, because neither a stage nor an expression uses them.
    """

    columns: dict[str, str]
    derived: dict[str, str]
    header: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()

    @property
    def present(self) -> tuple[str, ...]:
        """The canonical columns of a row, in the order of `COLUMNS`, and then its markers."""
        own = (c.name for c in COLUMNS if c.used_by and (c.name in self.columns or c.name in self.derived))
        return (*own, *(name for name in self.columns if name.startswith(MARKER)))

    @property
    def ingredients(self) -> tuple[str, ...]:
        """The canonical columns that are read for expressions alone, and are not part of a row."""
        return tuple(name for name in (*self.columns, *self.derived) if not BY_NAME[name].used_by)

    @property
    def used(self) -> frozenset[str]:
        """The names of source columns that it reads, and of others that its expressions mention."""
        named = [name for expression in self.derived.values() for name in names_in(expression)]
        return frozenset([*self.columns.values(), *named])


def plan_mapping(extract: Extract, header: Header, markers: Markers | None = None) -> Mapping:
    """Match the config's mapping with the columns of a file.

    Parameters
    ----------
    extract : Extract
        Columns, values and expressions of the config.
    header : Header
        The names in the file.
    markers : mapping of str to str, optional
        Marker to the source column that holds it.

    Returns
    -------
    Mapping
        A column that the config does not map is looked for under its own name.

    Raises
    ------
    ConfigError
        C004 where a name is not a canonical column, C005 where a code is not one of its column's.
    ExtractError
        E105 where the header stands further down, E109 where the delimiter is another one, E110 where a column is
        missing, E115 where the file has no header.
    """
    marked = {f"{MARKER}{name}": source for name, source in (markers or {}).items()}
    for setting in ("columns", "values", "derive"):
        for name in getattr(extract, setting):
            if name not in BY_NAME and not (setting == "values" and name in marked):
                raise ConfigError(
                    "C004",
                    f"extract.{setting} names {name!r}, which is not a canonical column{did_you_mean(name, BY_NAME)}.",
                    "The canonical columns are listed by: dapipeline schema extract.",
                )
    _check_codes(extract)
    columns = {name: source for name, source in extract.columns.items() if name not in extract.derive}
    for column in COLUMNS:
        if column.name in header.named and column.name not in extract.derive:
            columns.setdefault(column.name, column.name)
    columns |= marked
    absent = [source for source in columns.values() if source not in header.named]
    needed = [c.name for c in COLUMNS if c.needed and c.name not in columns and c.name not in extract.derive]
    wanted = [*extract.columns.values(), *marked.values(), *BY_NAME]
    _check_present(absent + needed, header, wanted)
    expressions = dict(extract.derive)
    if "is_crime" not in {*columns, *expressions}:
        if "offence_code" not in {*columns, *expressions}:
            _check_present(["is_crime"], header, wanted)
        expressions["is_crime"] = "offence_code is not null"
    read = _read_columns(columns, expressions)
    return Mapping(
        columns={name: source for name, source in columns.items() if name in read},
        derived={name: expression for name, expression in expressions.items() if name in read},
        header=tuple(header.named),
        not_read=tuple(c.name for c in COLUMNS if c.name in {*columns, *expressions} and c.name not in read),
    )


def _read_columns(columns: Iterable[str], derived: dict[str, str]) -> set[str]:
    """Find the mapped columns that a stage uses, and those that their expressions name, directly or indirectly."""
    mapped = {*columns, *derived}
    read: set[str] = set()
    found = {name for name in mapped if BY_NAME[name].used_by}
    while found:
        read |= found
        named = {name for column in found & derived.keys() for name in names_in(derived[column])}
        found = (named & mapped) - read
    return read


def _check_present(missing: Sequence[str], header: Header, wanted: Iterable[str]) -> None:
    if not missing:
        return
    above = title_lines(header, missing)
    if above is not None:
        raise ExtractError(
            "E105",
            f"The names of the columns stand on row {above + 1}, not at the top.",
            f"Set extract.skip_rows: {above}, or delete what stands above them.",
        )
    if looks_like_data([part for name in header.named for part in re.split(r"[,;|\t]", name)]):
        raise no_header("the extract")
    if len(header.named) == 1 and len(missing) > 1:
        raise ExtractError(
            "E109",
            f"The extract has only one column{_one_column(header.named[0], wanted)}.",
            "Set extract.delimiter to the character that stands between its names.",
        )
    hint = did_you_mean(missing[0], header.named)
    # If no wanted name is found, the first row may be anything, even somebody's record: it is not repeated.
    known = any(name in header.named for name in wanted) or hint
    names = ", ".join(repr(name[:LONGEST_NAME]) for name in header.named[:MOST_NAMES])
    more = len(header.named) - MOST_NAMES
    names += f" and {more} more" if more > 0 else ""
    raise ExtractError(
        "E110",
        f"The extract has no column {', '.join(repr(name) for name in missing)}{hint}; "
        + (f"it has {names}." if known else f"none of its {len(header.named)} columns is one that is looked for."),
        "Name the source column under extract.columns (that of a marker under markers), or work it out under "
        "extract.derive.",
    )


def _one_column(name: str, wanted: Iterable[str]) -> str:
    """Quote the only name of a header, if it contains the name of a column that is looked for."""
    return f", {name[:LONGEST_NAME]!r}" if any(word.lower() in name.lower() for word in wanted) else ""


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


def to_canonical(raw: Any, mapping: Mapping, extract: Extract, forms: Forms) -> Any:
    """Add the canonical columns, typed, beside the texts they came from.

    Parameters
    ----------
    raw : ibis.Table
        source_file, source_row and the source's columns, all text; their names start with `RAW`.
    mapping : Mapping
        From `plan_mapping`.
    extract : Extract
        Formats, words for missing, and value mappings.
    forms : Forms
        How the cells of each column are written.

    Returns
    -------
    ibis.Table
        `raw` and, for each canonical column in ``mapping.present``, itself and ``text of <column>``.
    """
    texts = {TEXT + name: _text(raw[RAW + source], BY_NAME[name], extract, forms)
             for name, source in mapping.columns.items()}  # fmt: skip
    table = raw.mutate(**texts)
    typed = {name: read_value(table[TEXT + name], BY_NAME[name], extract, forms) for name in mapping.columns}
    table = table.mutate(**typed)
    table = _with_derived(table, mapping, extract, forms)
    births = [
        name for name in ("offender_dob", "victim_dob") if name in table.columns and _two_digits(name, mapping, extract)
    ]
    if births:
        table = table.mutate(**{name: born_before(table[name], table.occurred_from) for name in births})
    return table.drop(*(column for name in mapping.ingredients for column in (name, TEXT + name)))


def _two_digits(name: str, mapping: Mapping, extract: Extract) -> bool:
    """Return whether a year of a column may have been written with two digits."""
    return any("%y" in (way or "") for way in (extract.date_format, extract.datetime_format, mapping.derived.get(name)))


def _with_derived(table: Any, mapping: Mapping, extract: Extract, forms: Forms) -> Any:
    """Add the derived columns, one step of the query each: the engine then computes a shared part once."""
    named = {name for expression in mapping.derived.values() for name in names_in(expression)}
    missing = words_for_missing_in_source(extract)
    sources = {SEEN + name: _without(table[RAW + name].strip(), missing)
               for name in mapping.header if name in named and RAW + name in table.columns}  # fmt: skip
    table = table.mutate(**sources)
    for name, expression in mapping.derived.items():
        # A canonical column hides a source column of the same name.
        known = {column.removeprefix(SEEN): table[column] for column in sources} | {
            column: _as_an_expression_sees(table, column) for column in table.columns if column in BY_NAME
        }
        value = derive(name, expression, known, mapping.header).cast("string")
        table = table.mutate(**{TEXT + name: value})
        table = table.mutate(**{TEXT + name: _text(table[TEXT + name], BY_NAME[name], extract, forms)})
        table = table.mutate(**{name: read_value(table[TEXT + name], BY_NAME[name], extract, forms)})
    return table.drop(*sources)


def _as_an_expression_sees(table: Any, name: str) -> Any:
    """Return a column as expressions see it: an unreadable code is kept, so that `is not null` is true of it."""
    if BY_NAME[name].kind == "code" or name in OFFENCE_CODES:
        return ibis.coalesce(table[name], table[TEXT + name])
    return table[name]


def _text(cell: Any, column: Column, extract: Extract, forms: Forms) -> Any:
    """Trim a cell, put an id into one form, and replace a word for missing by null."""
    text = cell.strip()
    if column.identifies:
        if forms.count(column.name, "formulas"):
            text = text.re_replace('^="([^"]*)"$', r"\1").strip()
        if forms.count(column.name, "apostrophes"):
            text = text.re_replace("^'", "").strip()
        if forms.floats(column.name):
            text = text.re_replace(r"^(\d+)\.0+$", r"\1")
    nobodies = column.identifies or column.name in OFFENCE_CODES
    if nobodies and extract.missing_values_only is None and forms.count(column.name, "noughts", unknown=1):
        text = text.re_search(ZEROS).ifelse(ibis.null("string"), text)
    words = words_for_missing(column, extract)
    if column.name in forms.words:
        written = forms.words[column.name]
        words = ["", *(form for form, word in written.items() if word in words)]
    return _without(text, words)


def _without(text: Any, words: Sequence[str]) -> Any:
    return text.lower().isin(words).ifelse(ibis.null("string"), text)
