"""What an expression under extract.derive may contain, and how each part becomes an Ibis expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import ibis
from sqlglot import exp

from dapipeline.extract.derived_strptime import FIRST, LAST, read_by_format
from dapipeline.extract.patterns import written_out

TYPES = {
    "VARCHAR": "string", "TEXT": "string", "BOOLEAN": "boolean", "INT": "int32", "BIGINT": "int64",
    "DOUBLE": "float64", "REAL": "float64", "DATE": "date", "TIMESTAMP": "timestamp",
}  # fmt: skip
# Texts that DuckDB and Spark both cast to the same timestamp; Spark alone reads 10:30 as that time today.
ISO = r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)?\z"


class Translate(Protocol):
    """Translates a part of an expression from sqlglot to Ibis, for one engine."""

    @property
    def engine(self) -> str:
        """The engine's name."""

    def __call__(self, node: exp.Expression) -> Any:
        """Return the Ibis expression of a part."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def split_part(text: str, delimiter: str, at: int) -> str:
    """Return a part of a text (a function of DuckDB and Spark).

    Parameters
    ----------
    text : str
        The text.
    delimiter : str
        What separates its parts.
    at : int
        Which part, counted from 1.

    Returns
    -------
    str
        Empty where there are fewer parts.
    """
    raise NotImplementedError  # the engines have it; it is never called here


@ibis.udf.scalar.builtin(name="lpad")  # type: ignore[untyped-decorator]
def fill_up(text: str, length: int, fill: str) -> str:
    """Return a text filled up to a length at its start, or cut to it (a function of DuckDB and Spark).

    Parameters
    ----------
    text : str
        The text.
    length : int
        Characters of the result.
    fill : str
        What is repeated in front of it.

    Returns
    -------
    str
        Exactly `length` characters.
    """
    raise NotImplementedError


def _cast(node: exp.Expression, do: Translate) -> Any:
    # CAST works like TRY_CAST: a value that does not fit becomes missing and does not stop the run.
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


def _extracted(node: exp.Expression, do: Translate) -> Any:
    text, pattern = do(node.this), written_out(node.expression.name, look_around=do.engine != "duckdb")
    return text.re_search(pattern).ifelse(text.re_extract(pattern, _number(node.args.get("group"))), None)


def _part(node: exp.Expression, do: Translate) -> Any:
    text, delimiter, at = do(node.this), node.args["delimiter"].name, _number(node.args["part_index"])
    # Engines return an empty text for a part that does not exist; here it is missing.
    cut_out = text.length() - text.replace(delimiter, "").length()
    return (cut_out >= (at - 1) * len(delimiter)).ifelse(split_part(text, delimiter, at), None)


def _padded(node: exp.Expression, do: Translate) -> Any:
    text, length = do(node.this), _number(node.expression)
    # Ibis's own lpad repeats a fill of several characters too often.
    return (text.length() >= length).ifelse(text, fill_up(text, length, node.args["fill_pattern"].name))


def _added(node: exp.Expression, do: Translate) -> Any:
    if isinstance(node.this, exp.Interval):
        return _later(node.expression, node.this, 1, do)
    if isinstance(node.expression, exp.Interval):
        return _later(node.this, node.expression, 1, do)
    return do(node.this) + do(node.expression)


def _taken_away(node: exp.Expression, do: Translate) -> Any:
    if isinstance(node.expression, exp.Interval):
        return _later(node.this, node.expression, -1, do)
    return do(node.this) - do(node.expression)


def _later(start: exp.Expression, interval: exp.Expression, sign: int, do: Translate) -> Any:
    number = sign * int(interval.this.unnest().name)
    moment = _in_calendar(_moment(do(start), do)) + ibis.interval(number, unit=_unit(interval))
    return _in_calendar(moment)


def _unit(interval: exp.Expression) -> str:
    return str(interval.args["unit"].name).lower().removesuffix("s")


def _in_calendar(moment: Any) -> Any:
    return moment.between(FIRST, LAST).ifelse(moment, None)


def _moment(value: Any, do: Translate) -> Any:
    """Return a value as a timestamp; source columns are text, even where they hold dates."""
    if value.type().is_string():
        text = value if do.engine == "duckdb" else value.re_search(ISO).ifelse(value, None)
        return text.try_cast("timestamp")
    if value.type().is_date():
        return value.cast("timestamp")
    if value.type().is_timestamp():
        return value
    raise TypeError(f"{value.type()} is no moment")


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
    exp.Add: _added,
    exp.Sub: _taken_away,
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
    exp.Replace: lambda n, do: do(n.this).replace(n.expression.name, n.args["replacement"].name),
    exp.RegexpLike: lambda n, do: do(n.this).re_search(n.expression.name),
    exp.RegexpExtract: _extracted,
    exp.SplitPart: _part,
    exp.Pad: _padded,
    exp.StrToTime: lambda n, do: read_by_format(do(n.this), n.args["format"].name, native=do.engine == "duckdb"),
    exp.Year: lambda n, do: _moment(do(n.this), do).year(),
    exp.Month: lambda n, do: _moment(do(n.this), do).month(),
    exp.Day: lambda n, do: _moment(do(n.this), do).day(),
    exp.Hour: lambda n, do: _moment(do(n.this), do).hour(),
    exp.Minute: lambda n, do: _moment(do(n.this), do).minute(),
}
