"""When so many rows are quarantined that a run must stop: by which rule, what share, and what the values look like."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dapipeline.config import Extract
from dapipeline.errors import ExtractError
from dapipeline.extract.examples import examples, format_advice, formats_that_fit

NEVER_STOP = ("exact_duplicate", "no_people", "repeated_header")  # these give a warning


def too_much_quarantined(
    connection: Any, counts: pd.DataFrame, widths: dict[int, int], extract: Extract, quotes: bool
) -> ExtractError | None:
    """Return the error for the rule that quarantined the largest share of the rows, if that is more than tolerated.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB with the table ``judged``.
    counts : pandas.DataFrame
        rule, column, effect, rows.
    widths : dict of int to int
        Number of fields to the number of malformed records that have so many.
    extract : Extract
        With the tolerance, a share of the rows.
    quotes : bool
        Whether the error may repeat values of the extract: not where ids are pseudonyms, as one may be among them.

    Returns
    -------
    ExtractError or None
        E121; None where no rule quarantined too many.
    """
    read = int(counts.loc[counts["rule"] == "rows_read", "rows"].iloc[0])
    rules = counts[(counts["effect"] == "quarantined") & ~counts["rule"].isin(NEVER_STOP)]
    if rules.empty or read == 0:
        return None
    worst = rules.sort_values("rows", ascending=False, kind="stable").iloc[0]
    if worst["rows"] <= extract.tolerance * read:
        return None
    rule, column = str(worst["rule"]), str(worst["column"])
    where = f"rule = '{rule}' AND \"column\" = '{column}'"
    values = examples(connection, column, where) if quotes else []
    of = f" in {column}" if column else ""
    return ExtractError(
        "E121",
        f"The rule {rule}{of} sets aside {worst['rows']:,} of {read:,} rows ({worst['rows'] / read:.0%}), more than "
        f"extract.tolerance allows ({extract.tolerance:.0%})" + _shown(rule, values, widths) + ".",
        _remedy(connection, rule, column, where),
    )


def _shown(rule: str, values: list[str], widths: dict[int, int]) -> str:
    if rule == "malformed_row" and widths:
        fields, rows = max(widths.items(), key=lambda item: item[1])
        return f": {rows:,} of them have {fields} fields"
    return f", such as {', '.join(repr(value) for value in values)}" if values else ""


def _remedy(connection: Any, rule: str, column: str, where: str) -> str:
    """Return what to do; raising the tolerance is not proposed where a date format would read the rows."""
    fits = formats_that_fit(connection, column, where) if rule == "unreadable_date" else []
    if fits:
        return format_advice(column, fits).strip()
    return f"{_cause(rule, column)} Set extract.tolerance higher to go on without these rows."


def _cause(rule: str, column: str) -> str:
    if rule == "malformed_row":
        return "Check extract.delimiter and extract.quoting, and whether the rows are as wide as the header."
    if rule == "unreadable_date":
        return "Give the format of these dates under extract.datetime_format."
    if rule == "unknown_code":
        return f"Say under extract.values.{column} what these words mean."
    if rule == "scientific_id":
        return "Format the ids as text before saving, or export without a spreadsheet: their last digits are lost."
    if rule == "future_date":
        return "Check these starts against the dates beside them."
    return f"Make sure that {column} is mapped to the right column of the export."
