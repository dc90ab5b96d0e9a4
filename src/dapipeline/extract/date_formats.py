"""The formats that are tried on a column of dates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

DATES = (
    "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%Y", "%m-%d-%Y", "%d-%m-%y", "%d.%m.%Y", "%d.%m.%y",
    "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d, %Y", "%Y%m%d", "%d%m%Y", "%Y/%m/%d", "%Y.%m.%d",
    "%a %d %b %Y", "%Y-%d-%m",
)  # fmt: skip
TIMES = (
    "", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", " %I:%M%p", " %H%M", "%H%M%S", "T%H:%M:%S",
    " %H:%M:%S %z", " %H:%M:%S%z", "T%H:%M:%S%z", ", %H:%M", " %I.%M.%S %p", " %H.%M.%S", " %H.%M",
)  # fmt: skip
FORMATS = (*(day + clock for day, clock in product(DATES, TIMES)), "%Y-%m")
SERIAL = r"^[1-6]\d{4}([.,]\d+)?$"  # a date as the number of days that Excel stores
# %Y reads 15 as the year 15: no plausible year, so the format does not fit.
PLAUSIBLE = "BETWEEN 1900 AND 2100"


def counts_by_format(connection: Any, texts: str, formats: Sequence[str], *conditions: str) -> tuple[list[int], ...]:
    """Count the texts that each format reads.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB.
    texts : str
        SQL of a table with a column ``text`` and, where texts stand for several cells, ``rows``.
    formats : sequence of str
        strptime formats; constants of the program.
    *conditions : str
        Further SQL over ``text`` to count.

    Returns
    -------
    fits : list of int
        Texts per format.
    others : list of int
        Texts per condition.
    """
    counts = [f"count(*) FILTER (year(try_strptime(text, '{pattern}')) {PLAUSIBLE})" for pattern in formats]
    counts += [f"count(*) FILTER ({condition})" for condition in conditions]
    found = list(connection.con.execute(f"SELECT {', '.join(counts)} FROM {texts}").fetchone())  # noqa: S608
    return found[: len(formats)], found[len(formats) :]
