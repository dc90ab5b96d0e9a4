"""Derived columns: one scalar SQL expression each, let through only if every part of it is on a list."""

from __future__ import annotations

from collections.abc import Mapping

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from dapipeline.errors import ConfigError

DIALECT = "duckdb"

# Scalar only, and none reads a file, a setting or another row.
ALLOWED: tuple[type[exp.Expression], ...] = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Tuple, exp.Var,
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between,
    exp.Like, exp.ILike, exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Greatest, exp.Least,
    exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Neg, exp.Abs, exp.Round, exp.Floor, exp.Ceil,
    exp.Cast, exp.TryCast, exp.DataType, exp.DataTypeParam,
    exp.Lower, exp.Upper, exp.Trim, exp.Substring, exp.Length, exp.Concat, exp.DPipe, exp.Left, exp.Right,
    exp.Replace, exp.StartsWith, exp.Contains, exp.SplitPart, exp.RegexpLike, exp.Pad,
    exp.Year, exp.Month, exp.Day, exp.Hour, exp.DateDiff, exp.Extract,
)  # fmt: skip


def check_expression(column: str, text: str, known: Mapping[str, str]) -> str:
    """Check a derived column's expression and write it out afresh.

    Parameters
    ----------
    column : str
        The canonical column being derived, for the message.
    text : str
        A scalar expression in DuckDB's SQL.
    known : mapping of str to str
        The names it may use, and the table's column that each stands for.

    Returns
    -------
    str
        The expression as rewritten from its parsed tree, so nothing unparsed reaches the engine.

    Raises
    ------
    ConfigError
        C010 where it cannot be parsed, C011 where a part is not allowed, C012 where a column is unknown.
    """
    try:
        tree = sqlglot.parse_one(text, dialect=DIALECT)
    except SqlglotError as error:
        raise ConfigError(
            "C010", f"extract.derive.{column} is not a SQL expression: {text}", "Check brackets and quotes."
        ) from error
    for node in tree.walk():
        if not isinstance(node, ALLOWED) or (isinstance(node, exp.Column) and node.table):
            raise ConfigError(
                "C011",
                f"extract.derive.{column} uses {node.sql(DIALECT)!r}, which is not on the list of what "
                "derived columns may use.",
                "Allowed are columns, constants, comparisons, case, and simple text, number and date functions.",
            )
    names = list(tree.find_all(exp.Column))
    unknown = sorted({node.name for node in names} - set(known))
    if unknown:
        raise ConfigError(
            "C012",
            f"extract.derive.{column} names {unknown[0]!r}, which is neither a canonical column nor in the file.",
            f"There are: {', '.join(sorted(known))}.",
        )
    for node in names:
        node.set("this", exp.to_identifier(known[node.name], quoted=True))
    return tree.sql(DIALECT)
