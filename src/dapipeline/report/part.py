"""A part of a section, as the page lays it out: findings, figures, tables, and what they cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dapipeline.report.sums import DOMINANCE, Sums, hide
from dapipeline.report.table import Table


@dataclass(frozen=True)
class Part:
    """Findings with their figure and tables.

    Attributes
    ----------
    title : str
    findings : tuple of str
        Sentences with numbers; the first is repeated at the top of the section.
    figures : tuple of (str, str, str)
        Name, SVG and caption of each.
    tables : tuple of (str, Table)
        What opens each, and the table.
    limits : tuple of str
        What the part cannot say, and what of it is missing.
    """

    title: str
    findings: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]
    tables: tuple[tuple[str, Table], ...]
    limits: tuple[str, ...]


def part(
    title: str,
    findings: Iterable[str],
    figures: Iterable[tuple[str, str, str]] = (),
    tables: Iterable[tuple[str, Table | None]] = (),
    limits: Iterable[str] = (),
) -> Part:
    """Make a part of what there is: empty sentences, figures and tables are left out.

    Parameters
    ----------
    title : str
    findings : iterable of str
    figures : iterable of (str, str, str)
    tables : iterable of (str, Table or None)
    limits : iterable of str

    Returns
    -------
    Part
    """
    return Part(
        title,
        tuple(finding for finding in findings if finding),
        tuple(figure for figure in figures if figure[1]),
        tuple((summary, table) for summary, table in tables if table is not None and table.rows),
        tuple(limit for limit in limits if limit),
    )


def laid_out(parts: Sequence[Part]) -> dict[str, Any]:
    """Return parts as the template of a section takes them.

    Parameters
    ----------
    parts : sequence of Part

    Returns
    -------
    dict
        parts, findings (the first of each) and figures (SVG by name).
    """
    return {
        "parts": tuple(parts),
        "findings": [part.findings[0] for part in parts if part.findings],
        "figures": {name: svg for part in parts for name, svg, _ in part.figures},
    }


def hidden_values(values: pd.Series, severity: pd.Series, limit: int) -> frozenset[str]:
    """Return of which values of a dimension no sum of severity is printed.

    Parameters
    ----------
    values : pandas.Series of str
        The value of each person.
    severity : pandas.Series
        Theirs, in the same order.
    limit : int

    Returns
    -------
    frozenset of str
    """
    owners = {value: [value] for value in sorted(values.unique())}
    return hide(Sums.of(values, severity), owners, limit).typologies


def unanswered(gaps: pd.DataFrame, *tables: str) -> list[str]:
    """Write what of some tables the extract cannot answer.

    Parameters
    ----------
    gaps : pandas.DataFrame
        table, what, because: harm_gaps or course_gaps.
    *tables : str
        As the gaps name them.

    Returns
    -------
    list of str
        A sentence each.
    """
    named = gaps[gaps["table"].isin(tables)]
    return [f"Not answered: {row.what}, because {row.because}." for row in named.itertuples()]


def undominated(holders: pd.DataFrame, table: str, of: pd.Series) -> pd.Series:
    """Return which comparisons are not mostly of one or two people.

    Parameters
    ----------
    holders : pandas.DataFrame
        table, of, held_by_two: the share of the harm compared that two people hold.
    table : str
        Which of the tables.
    of : pandas.Series of str
        What each comparison is of.

    Returns
    -------
    pandas.Series of bool
        False where it is not known.
    """
    share = holders[holders["table"] == table].drop_duplicates("of").set_index("of")["held_by_two"]
    return of.map(share) < DOMINANCE
