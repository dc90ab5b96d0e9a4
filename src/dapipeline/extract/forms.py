"""How the cells of whole columns are written: one value alone does not show it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dapipeline.extract.columns import BY_NAME, OFFENCE_CODES
from dapipeline.extract.copies import quoted
from dapipeline.extract.source import RAW

# SQL conditions on a trimmed cell; the counts decide how the whole column is read.
ID_FORMS = {
    # A cheap test first: the patterns are slow, and few cells need them.
    "noughts": r"starts_with({}, '0') AND regexp_full_match({}, '0+(\.0+)?')",
    "decimals_of_nought": r"contains({}, '.') AND regexp_full_match({}, '\d+\.0+')",
    "other_decimals": r"contains({}, '.') AND regexp_full_match({}, '\d+\.\d*[1-9]\d*')",
    "apostrophes": r"starts_with({}, '''') AND regexp_full_match({}, '''[^'']+')",
    "formulas": r"""starts_with({}, '="') AND regexp_full_match({}, '="[^"]*"')""",
}
NUMBER_FORMS = {
    "numbers": r"regexp_full_match({}, '[+-]?[\d.,]*\d[\d.,]*')",
    "three_after_comma": r"contains({}, ',') AND regexp_full_match({}, '[+-]?\d+,\d{3}')",
    "three_after_point": r"contains({}, '.') AND regexp_full_match({}, '[+-]?\d+\.\d{3}')",
    "decimal_commas": r"contains({}, ',') AND regexp_full_match({}, '[+-]?\d*,\d*') AND NOT "
    r"regexp_full_match({}, '[+-]?[1-9]\d{0,2}(,\d{3})+')",
}
OFFSET = r"\d:\d\d(:\d\d(\.\d+)?)?\s*([Zz]|UTC|GMT|[+-]\d\d(:?\d\d)?)$"  # of a timestamp, after its time
MOMENT_FORMS = {"offsets": f"contains({{}}, ':') AND regexp_matches({{}}, '{OFFSET}')"}
FORMS_BY_KIND = {"number": NUMBER_FORMS, "datetime": MOMENT_FORMS, "date": MOMENT_FORMS}


@dataclass(frozen=True)
class Forms:
    """How the cells of each canonical column are written.

    Attributes
    ----------
    counts : mapping of (str, str) to int
        Number of cells by column and form; pairs without any are absent.
    words : mapping of str to mapping of str to str
        By column, the cells that are words for missing, and the word. Of columns that are absent nothing is known.
    """

    counts: Mapping[tuple[str, str], int]
    words: Mapping[str, Mapping[str, str]]

    def count(self, column: str, form: str, unknown: int = 0) -> int:
        """Return how many cells of a column are written in a form.

        Parameters
        ----------
        column : str
            A canonical column.
        form : str
            A key of `ID_FORMS`, `NUMBER_FORMS` or `MOMENT_FORMS`.
        unknown : int
            What to return for a derived column, whose cells are not counted.

        Returns
        -------
        int
        """
        return self.counts.get((column, form), 0 if column in self.words else unknown)

    def floats(self, column: str) -> bool:
        """Return whether the whole numbers of an id were written as decimals, as pandas does in a column with gaps.

        If other decimals occur in the column, 12.0 may be an id of its own.

        Parameters
        ----------
        column : str
            A canonical column.

        Returns
        -------
        bool
        """
        return self.count(column, "decimals_of_nought") > 0 and not self.count(column, "other_decimals")

    def unified(self, column: str) -> int:
        """Return how many ids of a column are put into another form.

        Parameters
        ----------
        column : str
            A canonical column.

        Returns
        -------
        int
        """
        floats = self.count(column, "decimals_of_nought") if self.floats(column) else 0
        return floats + self.count(column, "apostrophes") + self.count(column, "formulas")


def plain_id(written: str) -> str:
    """Put one id into the form that ids are read in where another program rewrote them.

    Parameters
    ----------
    written : str
        1078.0, '1078 or ="1078".

    Returns
    -------
    str
        1078.
    """
    text = re.sub(r'^="([^"]*)"$', r"\1", written.strip()).strip()
    text = re.sub("^'", "", text).strip()
    return re.sub(r"^(\d+)\.0+$", r"\1", text, flags=re.ASCII)


def look_at_forms(connection: Any, columns: Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> Forms:
    """Count the forms in which the cells of an extract are written.

    Parameters
    ----------
    connection : ibis.BaseBackend
        DuckDB with the table ``raw``.
    columns : mapping of str to str
        Canonical column to source column.
    words : mapping of str to mapping of str to str
        By source column, the cells that are words for missing, and the word.

    Returns
    -------
    Forms
    """
    occurring = {name: words[source] for name, source in columns.items() if source in words}
    wanted = {}
    for name, source in columns.items():
        column = BY_NAME[name]
        cell = f"trim({quoted(RAW + source)})"
        forms = ID_FORMS if column.identifies else FORMS_BY_KIND.get(column.kind, {})
        if name in OFFENCE_CODES:
            forms = {"noughts": ID_FORMS["noughts"]}
        for form, condition in forms.items():
            wanted[name, form] = f"count(*) FILTER ({condition.replace('{}', cell)})"
    if not wanted:
        return Forms({}, occurring)
    found = connection.con.execute(f"SELECT {', '.join(wanted.values())} FROM raw").fetchone()  # noqa: S608
    return Forms({key: int(count) for key, count in zip(wanted, found, strict=True) if count}, occurring)
