"""Derived columns: one scalar SQL expression each, translated part by part; what has no translation is refused.

The expression is parsed by sqlglot and rebuilt as an Ibis expression, so no text of a config ever
reaches an engine as SQL, and every engine gives the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import ibis
import sqlglot
from ibis.common.annotations import SignatureValidationError
from ibis.common.exceptions import IbisError
from sqlglot import exp
from sqlglot.errors import SqlglotError

from dapipeline.errors import ConfigError, did_you_mean

TYPES = {
    "VARCHAR": "string", "TEXT": "string", "BOOLEAN": "boolean", "INT": "int32", "BIGINT": "int64",
    "DOUBLE": "float64", "REAL": "float64", "DATE": "date", "TIMESTAMP": "timestamp",
}  # fmt: skip
Translate = Callable[[exp.Expression], Any]


def _cast(node: exp.Expression, do: Translate) -> Any:
    # CAST is read as TRY_CAST: a value that does not fit is missing, not the end of the run.
    return do(node.this).try_cast(TYPES[node.args["to"].sql("duckdb").upper()])


def _case(node: exp.Expression, do: Translate) -> Any:
    subject = node.args.get("this")
    branches = [
        (do(branch.this) if subject is None else do(subject) == do(branch.this), do(branch.args["true"]))
        for branch in node.args["ifs"]
    ]
    default = node.args.get("default")
    return ibis.cases(*branches, else_=None if default is None else do(default))


def _literal(node: exp.Expression, do: Translate) -> Any:
    text = node.name
    if node.is_string:
        return ibis.literal(text)
    return ibis.literal(float(text) if "." in text else int(text))


def _listed(node: exp.Expression, do: Translate) -> Any:
    return do(node.this).isin([do(item) for item in node.expressions])


def _joined(node: exp.Expression, do: Translate) -> Any:
    return ibis.literal("").join([do(part).cast("string") for part in node.expressions])


def _infix(operation: Callable[[Any, Any], Any]) -> Callable[[exp.Expression, Translate], Any]:
    return lambda node, do: operation(do(node.this), do(node.expression))


def _number(node: exp.Expression | None) -> int:
    return int(node.name) if node is not None else 0


ALLOWED: dict[type[exp.Expression], Callable[[Any, Translate], Any]] = {
    exp.Paren: lambda n, do: do(n.this),
    exp.Literal: _literal,
    exp.Boolean: lambda n, do: ibis.literal(bool(n.this)),
    exp.Null: lambda n, do: ibis.null(),
    exp.And: _infix(lambda a, b: a & b),
    exp.Or: _infix(lambda a, b: a | b),
    exp.Not: lambda n, do: ~do(n.this),
    exp.EQ: _infix(lambda a, b: a == b),
    exp.NEQ: _infix(lambda a, b: a != b),
    exp.GT: _infix(lambda a, b: a > b),
    exp.GTE: _infix(lambda a, b: a >= b),
    exp.LT: _infix(lambda a, b: a < b),
    exp.LTE: _infix(lambda a, b: a <= b),
    exp.Add: _infix(lambda a, b: a + b),
    exp.Sub: _infix(lambda a, b: a - b),
    exp.Mul: _infix(lambda a, b: a * b),
    exp.Div: _infix(lambda a, b: a / b),
    exp.Mod: _infix(lambda a, b: a % b),
    exp.Is: lambda n, do: (
        do(n.this).isnull() if isinstance(n.expression, exp.Null) else (do(n.this) == do(n.expression)).fill_null(False)
    ),
    exp.In: _listed,
    exp.Between: lambda n, do: do(n.this).between(do(n.args["low"]), do(n.args["high"])),
    exp.Like: lambda n, do: do(n.this).like(n.expression.name),
    exp.ILike: lambda n, do: do(n.this).ilike(n.expression.name),
    exp.Case: _case,
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Coalesce: lambda n, do: ibis.coalesce(do(n.this), *(do(item) for item in n.expressions)),
    exp.Nullif: lambda n, do: do(n.this).nullif(do(n.expression)),
    exp.Greatest: lambda n, do: ibis.greatest(do(n.this), *(do(item) for item in n.expressions)),
    exp.Least: lambda n, do: ibis.least(do(n.this), *(do(item) for item in n.expressions)),
    exp.Neg: lambda n, do: -do(n.this),
    exp.Abs: lambda n, do: do(n.this).abs(),
    exp.Floor: lambda n, do: do(n.this).floor(),
    exp.Ceil: lambda n, do: do(n.this).ceil(),
    exp.Round: lambda n, do: do(n.this).round(_number(n.args.get("decimals"))),
    exp.Lower: lambda n, do: do(n.this).lower(),
    exp.Upper: lambda n, do: do(n.this).upper(),
    exp.Trim: lambda n, do: do(n.this).strip(),
    exp.Length: lambda n, do: do(n.this).length(),
    exp.Left: lambda n, do: do(n.this).left(_number(n.expression)),
    exp.Right: lambda n, do: do(n.this).right(_number(n.expression)),
    exp.Substring: lambda n, do: do(n.this).substr(
        _number(n.args["start"]) - 1, _number(n.args["length"]) if n.args.get("length") else None
    ),
    exp.Concat: _joined,
    exp.DPipe: _infix(lambda a, b: a.cast("string") + b.cast("string")),
    exp.StartsWith: lambda n, do: do(n.this).startswith(n.expression.name),
    exp.Contains: lambda n, do: do(n.this).contains(n.expression.name),
    exp.RegexpLike: lambda n, do: do(n.this).re_search(n.expression.name),
    exp.Year: lambda n, do: _moment(do(n.this)).year(),
    exp.Month: lambda n, do: _moment(do(n.this)).month(),
    exp.Day: lambda n, do: _moment(do(n.this)).day(),
}

CONSTANTS: dict[type[exp.Expression], tuple[str, ...]] = {
    **dict.fromkeys((exp.Like, exp.ILike, exp.StartsWith, exp.Contains, exp.RegexpLike), ("expression",)),
    **dict.fromkeys((exp.Left, exp.Right), ("expression",)),
    exp.Substring: ("start", "length"),
    exp.Round: ("decimals",),
}
UNREAD: dict[type[exp.Expression], tuple[str, ...]] = {
    exp.In: ("query", "field", "unnest"),
    exp.Trim: ("expression", "position"),
    exp.Floor: ("decimals",),
    exp.Ceil: ("decimals",),
    exp.RegexpLike: ("flag",),
}


def _moment(value: Any) -> Any:
    """A source column is text, also where it holds a date."""
    return value.try_cast("timestamp") if value.type().is_string() else value


def derive(column: str, text: str, known: Mapping[str, Any], header: Iterable[str] = ()) -> Any:
    """Translate a derived column's expression.

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

    Returns
    -------
    ibis expression

    Raises
    ------
    ConfigError
        C010 where it cannot be parsed, C011 where a part is not allowed, C012 where a column is unknown,
        C013 where its types do not fit together.
    """

    def do(node: exp.Expression) -> Any:
        if isinstance(node, exp.Column) and not node.table:
            if node.name not in known:
                if node.name == column:
                    raise ConfigError(
                        "C012",
                        f"extract.derive.{column} uses {column} itself, which is not there before it is worked out.",
                        "Use the name of the column in the file.",
                    )
                raise ConfigError(
                    "C012",
                    f"extract.derive.{column} names {node.name!r}, neither a canonical column nor one of the "
                    f"file's{did_you_mean(node.name, [*known, *header])}.",
                    f"There are: {', '.join(sorted({*known, *header})[:60])}.",
                )
            return known[node.name]
        if type(node) not in ALLOWED or not _plain(node):
            raise ConfigError(
                "C011",
                f"extract.derive.{column} uses {node.sql('duckdb')!r}, which is not on the list of what "
                "derived columns may use.",
                "Allowed are columns, constants, comparisons, case, and simple text, number and date functions.",
            )
        return ALLOWED[type(node)](node, do)

    try:
        return do(sqlglot.parse_one(text, dialect="duckdb"))
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
    """Return the names of columns in an expression; none where it cannot be parsed, which `derive` says."""
    try:
        return [column.name for column in sqlglot.parse_one(text, dialect="duckdb").find_all(exp.Column)]
    except (SqlglotError, RecursionError):
        return []


def _plain(node: exp.Expression) -> bool:
    """Whether a part has constants where it needs them, and nothing that its translation leaves out."""
    needed = [node.args.get(name) for name in CONSTANTS.get(type(node), ())]
    constant = all(part is None or isinstance(part, exp.Literal) for part in needed)
    return constant and not any(node.args.get(name) for name in UNREAD.get(type(node), ()))
