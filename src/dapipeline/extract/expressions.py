"""Derived columns: one scalar SQL expression each, translated part by part; parts without a translation are refused.

The expression is parsed by sqlglot and rebuilt in Ibis. No text of a config reaches an engine as SQL, and every engine
gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlglot
from ibis.common.annotations import SignatureValidationError
from ibis.common.exceptions import IbisError
from sqlglot import TokenType, exp
from sqlglot.errors import SqlglotError

from dapipeline.errors import ConfigError, did_you_mean
from dapipeline.extract.allowed import ALLOWED
from dapipeline.extract.conditions import fault_of, is_allowed


@dataclass(frozen=True)
class _Translation:
    """Translates the parts of one column's expression from sqlglot to Ibis."""

    column: str
    known: Mapping[str, Any]
    header: tuple[str, ...]
    engine: str

    def __call__(self, node: exp.Expression) -> Any:
        if isinstance(node, exp.Column) and not node.table:
            return self._column(node.name)
        if not is_allowed(node):
            raise self.refusal(node)
        fault = fault_of(node)
        if fault:
            raise self.refusal(node, f": {fault}")
        return ALLOWED[type(node)](node, self)

    def _column(self, name: str) -> Any:
        if name in self.known:
            return self.known[name]
        if name == self.column:
            raise ConfigError(
                "C012",
                f"extract.derive.{self.column} uses {self.column} itself, which is not there before it is worked out.",
                "Use the name of the column in the file.",
            )
        names = {*self.known, *self.header}
        raise ConfigError(
            "C012",
            f"extract.derive.{self.column} names {name!r}, neither a canonical column nor one of the "
            f"file's{did_you_mean(name, [*self.known, *self.header])}.",
            f"There are: {', '.join(sorted(names)[:60])}.",
        )

    def refusal(self, node: exp.Expression, why: str = "") -> ConfigError:
        """Return the error for a part that is not allowed."""
        return ConfigError(
            "C011",
            f"extract.derive.{self.column} uses {node.sql('duckdb')!r}, which is not on the list of what "
            f"derived columns may use{why}.",
            "Allowed are columns, constants, comparisons, and, or, not, is, in, between, like, ilike, case, cast, "
            "try_cast, || and + - * / %, a date or time + or - an interval such as interval '3 days', and abs, ceil, "
            "coalesce, concat, contains, day, floor, greatest, hour, ifnull, least, left, length, lower, lpad, minute, "
            "month, nullif, regexp_extract, regexp_matches, replace, right, round, split_part, starts_with, strptime, "
            "substring, trim, upper and year.",
        )


def derive(
    column: str,
    text: str,
    known: Mapping[str, Any],
    header: Iterable[str] = (),
    *,
    engine: Literal["duckdb", "spark"] = "duckdb",
) -> Any:
    """Translate the expression of a derived column.

    Parameters
    ----------
    column : str
        The canonical column being derived, for the message.
    text : str
        A scalar SQL expression.
    known : mapping of str to ibis expression
        The columns it may name.
    header : iterable of str
        The names of the file's columns, for the message.
    engine : {'duckdb', 'spark'}
        Where it will be computed: what DuckDB does faster by itself is left to it, with the same answer.

    Returns
    -------
    ibis expression

    Raises
    ------
    ConfigError
        C010 where it cannot be parsed, C011 where a part is not allowed, C012 where a column is unknown,
        C013 where its types do not fit together.
    """

    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
        translate = _Translation(column, known, tuple(header), engine)
        value = translate(tree)
        if _lacks(tree, text):
            raise translate.refusal(tree, ": a function has too many arguments")
        return value
    except SqlglotError as error:
        raise ConfigError(
            "C010",
            f"extract.derive.{column} is not a SQL expression: {text!r}.",
            "Check brackets and quotes. A name with a blank stands in double quotes, and the whole in single ones: "
            "'\"HO Class\" is not null'.",
        ) from error
    except RecursionError as error:
        raise ConfigError(
            "C010", f"extract.derive.{column} is nested too deeply.", "Take it apart, or write it shorter."
        ) from error
    except (IbisError, SignatureValidationError, TypeError, ValueError, AttributeError, KeyError) as error:
        raise ConfigError(
            "C013",
            f"The parts of extract.derive.{column} do not fit together: {text!r}.",
            "Source columns are text: write try_cast(column as double), or as timestamp, around them.",
        ) from error


def names_in(text: str) -> list[str]:
    """Return the names of columns in an expression.

    Parameters
    ----------
    text : str
        A scalar SQL expression.

    Returns
    -------
    list of str
        Empty where it cannot be parsed; `derive` raises the error for that.
    """
    try:
        return [column.name for column in sqlglot.parse_one(text, dialect="duckdb").find_all(exp.Column)]
    except (SqlglotError, RecursionError):
        return []


def _lacks(tree: exp.Expression, text: str) -> bool:
    """Return whether the parser dropped an argument, as it does where a function has too many."""
    unwritten = sum(node.text("group") == "0" for node in tree.find_all(exp.RegexpExtract))  # sqlglot writes no group 0
    return _commas(tree.sql("duckdb")) + unwritten < _commas(text)


def _commas(text: str) -> int:
    return sum(token.token_type is TokenType.COMMA for token in sqlglot.tokenize(text, dialect="duckdb"))
