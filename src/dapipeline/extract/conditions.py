"""What the arguments in an expression must be: constants where engines need them, and none that would be ignored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from dapipeline.extract.allowed import ALLOWED
from dapipeline.extract.derived_strptime import fault_of_format
from dapipeline.extract.patterns import fault_of_pattern

UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
FURTHEST = 100_000  # of any unit: added to any day that is read, it stays within every engine's calendar
LONGEST = 1000  # characters to which a text is filled up

CONSTANTS: dict[type[exp.Expression], tuple[str, ...]] = {
    **dict.fromkeys((exp.Like, exp.ILike, exp.StartsWith, exp.Contains, exp.RegexpLike), ("expression",)),
    **dict.fromkeys((exp.Left, exp.Right), ("expression",)),
    exp.Substring: ("start", "length"),
    exp.Round: ("decimals",),
}
TEXTS: dict[type[exp.Expression], tuple[str, ...]] = {
    exp.Replace: ("expression", "replacement"),
    exp.RegexpExtract: ("expression",),
    exp.SplitPart: ("delimiter",),
    exp.Pad: ("fill_pattern",),
    exp.StrToTime: ("format",),
}
NUMBERS: dict[type[exp.Expression], tuple[str, ...]] = {
    exp.RegexpExtract: ("group",),
    exp.SplitPart: ("part_index",),
    exp.Pad: ("expression",),
}
UNREAD: dict[type[exp.Expression], tuple[str, ...]] = {
    exp.In: ("query", "field", "unnest"),
    exp.Trim: ("expression", "position"),
    exp.Floor: ("decimals",),
    exp.Ceil: ("decimals",),
    exp.Length: ("binary", "encoding"),
    exp.Round: ("truncate",),
    exp.Contains: ("json_scope",),
    exp.RegexpLike: ("flag",),
    exp.RegexpExtract: ("position", "occurrence", "parameters"),
    exp.StrToTime: ("zone", "safe", "target_type"),
}


def is_allowed(node: exp.Expression) -> bool:
    """Return whether a part is on the list, has constants where needed, and no argument that would be ignored.

    Parameters
    ----------
    node : sqlglot expression
        A part of the expression of a derived column.

    Returns
    -------
    bool
    """
    needed = [node.args.get(name) for name in CONSTANTS.get(type(node), ())]
    constant = all(part is None or isinstance(part, exp.Literal) for part in needed)
    return type(node) in ALLOWED and constant and not any(node.args.get(name) for name in UNREAD.get(type(node), ()))


def fault_of(node: exp.Expression) -> str | None:
    """Return what is wrong with the arguments of a part that is on the list.

    Parameters
    ----------
    node : sqlglot expression
        A part of the expression of a derived column.

    Returns
    -------
    str or None
        The end of a sentence; None where nothing is wrong.
    """
    texts = [node.args.get(name) for name in TEXTS.get(type(node), ())]
    numbers = [node.args.get(name) for name in NUMBERS.get(type(node), ())]
    if not all(isinstance(part, exp.Literal) and part.is_string for part in texts):
        return "it needs texts in quotes, all but the first"
    if not all(isinstance(part, exp.Literal) and part.name.isdecimal() and part.is_int for part in numbers):
        return "it needs a whole number"
    return FAULTS[type(node)](node) if type(node) in FAULTS else None


def _of_replace(node: exp.Expression) -> str | None:
    return None if node.expression.name else "there is nothing to look for"


def _of_part(node: exp.Expression) -> str | None:
    if not node.args["delimiter"].name:
        return "the delimiter is empty"
    return "parts are counted from 1" if int(node.args["part_index"].name) < 1 else None


def _of_pad(node: exp.Expression) -> str | None:
    if not node.args.get("is_left"):
        return "only lpad fills a text up"
    if int(node.expression.name) > LONGEST:
        return f"a text is filled up to {LONGEST} characters at most"
    return None if node.args["fill_pattern"].name else "there is nothing to fill up with"


def _of_sum(node: exp.Expression) -> str | None:
    sides = [node.expression] if isinstance(node, exp.Sub) else [node.this, node.expression]
    intervals = [side for side in sides if isinstance(side, exp.Interval)]
    if len(intervals) > 1:
        return "an interval goes with a date or a time"
    return next((fault for fault in map(_of_interval, intervals) if fault), None)


def _of_interval(interval: Any) -> str | None:
    number, unit = interval.this, interval.args.get("unit")
    number = number.unnest() if number is not None else None
    if not isinstance(unit, exp.Var) or unit.name.lower().removesuffix("s") not in UNITS:
        return f"an interval is of one unit: {', '.join(UNITS)}"
    if not isinstance(number, exp.Literal) or not number.name.removeprefix("-").isdecimal():
        return "an interval needs a whole number that is written out"
    return f"an interval has {FURTHEST} of its unit at most" if abs(int(number.name)) > FURTHEST else None


FAULTS: dict[type[exp.Expression], Callable[[exp.Expression], str | None]] = {
    exp.Add: _of_sum,
    exp.Sub: _of_sum,
    exp.Replace: _of_replace,
    exp.RegexpExtract: lambda n: fault_of_pattern(n.expression.name, int(n.args["group"].name)),
    exp.SplitPart: _of_part,
    exp.Pad: _of_pad,
    exp.StrToTime: lambda n: fault_of_format(n.args["format"].name),
}
