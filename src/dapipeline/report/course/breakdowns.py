"""Breakdowns of the tables of the course for the gate: what adds up, what is a part of what, and who is behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from dapipeline.report.breakdown import ALL as EVERYBODY
from dapipeline.report.breakdown import Breakdown, Gated


def shared_out(
    rows: pd.DataFrame, column: str, number: str, columns: Mapping[str, str], people: str = "people",
    behind: str | None = None, of_all: pd.DataFrame | None = None, *, apart: bool = True, totals_known: bool = True,
) -> Breakdown:  # fmt: skip
    """Lay out counts that add up: everything that is counted is in exactly one column.

    Parameters
    ----------
    rows : pandas.DataFrame
        title, the column of values, the count, and how many people are behind a row.
    column, number : str
    columns : mapping of str to str
        Value to heading, in order; those that nobody has are left out.
    people : str
    behind : str, optional
        The column of people behind each count, where it is not of people.
    of_all : pandas.DataFrame, optional
        The same of everybody, one row per value; without it the most of any row.
    apart : bool
        Whether nobody is in two rows.
    totals_known : bool
        Whether the sums of the columns stand in other tables too.

    Returns
    -------
    Breakdown
    """
    titles = list(dict.fromkeys(rows["title"]))
    names = [name for name in columns if (rows[column] == name).any()]

    def wide(count: str) -> np.ndarray:
        found = rows.pivot_table(
            index="title", columns=column, values=count, aggfunc="sum", fill_value=0, observed=True
        )
        return found.reindex(index=titles, columns=names, fill_value=0).to_numpy(dtype=np.int64)

    counted = wide(number)
    of = np.repeat(counted.sum(axis=1, keepdims=True), counted.shape[1], axis=1)
    size = rows.groupby("title")[people].max().reindex(titles).to_numpy(dtype=np.int64)
    told = None
    if behind is not None:
        last = (
            wide(behind).max(axis=0) if of_all is None else of_all.set_index(column)[behind].reindex(names).to_numpy()
        )
        told = np.vstack([wide(behind), last.astype(np.int64)])
    headings = tuple(columns[name] for name in names)
    return Breakdown(tuple(titles), size, headings, counted, of, behind=told, apart=apart, totals_known=totals_known)


def nested(rows: pd.DataFrame, chain: Mapping[str, str], people: str, behind: np.ndarray | None = None,
           of_all: np.ndarray | None = None, *, apart: bool = True) -> Breakdown:  # fmt: skip
    """Lay out counts each of which is a part of the one before, as what each has more than the next.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row per title, with the columns named.
    chain : mapping of str to str
        Column of counts to heading, the largest first: of everybody.
    people : str
        The column of people behind a row.
    behind : ndarray of int, shape (n_rows, n_columns), optional
        The people behind each difference, where not people are counted.
    of_all : ndarray of int, shape (n_columns,), optional
        The people behind each difference of all rows together.
    apart : bool
        Whether nobody is in two rows.

    Returns
    -------
    Breakdown
        Columns that add up to the row, called as the larger count of each is; for `steps`.
    """
    counts = rows[list(chain)].to_numpy(dtype=np.int64)
    bands = counts - np.c_[counts[:, 1:], np.zeros(len(counts), dtype=np.int64)]
    of = np.repeat(counts[:, :1], counts.shape[1], axis=1)
    told = None if behind is None or of_all is None else np.vstack([behind, of_all])
    size = rows[people].to_numpy(dtype=np.int64)
    return Breakdown(
        tuple(rows["title"]), size, tuple(chain.values()), bands, of, behind=told, apart=apart,
        totals_known=True,
    )  # fmt: skip


def steps(gated: Gated) -> Gated:
    """Add up again what was gated as differences: a count is printed where it follows from differences that are.

    Parameters
    ----------
    gated : Gated
        Of `nested`.

    Returns
    -------
    Gated
        Without the column of everybody.
    """
    gone = gated.withheld.astype(int)
    above = np.cumsum(gone, axis=1)[:, :-1] > 0  # of what the count leaves over
    below = np.cumsum(gone[:, ::-1], axis=1)[:, ::-1][:, 1:] > 0
    counts = np.cumsum(gated.counts[:, ::-1], axis=1)[:, ::-1][:, 1:]
    return replace(gated, columns=gated.columns[1:], counts=counts, of=gated.of[:, 1:], withheld=above & below)


def beside_each_other(gates: Sequence[Gated]) -> Gated:
    """Lay out breakdowns of one row each, with the same columns, below each other; there is no row of all.

    Parameters
    ----------
    gates : sequence of Gated

    Returns
    -------
    Gated
        Its last row is withheld whole.
    """
    names = list(dict.fromkeys(name for gated in gates for name in gated.columns))
    rows = [name for gated in gates for name in gated.rows[:-1]]
    counts, of, withheld = np.zeros((len(rows) + 1, len(names)), int), np.zeros((len(rows) + 1, len(names)), int), []
    for at, gated in enumerate(gates):
        for c, name in enumerate(gated.columns):
            counts[at, names.index(name)] = gated.counts[0, c]
        of[at] = gated.of[0, 0]
        hidden = dict(zip(gated.columns, gated.withheld[0], strict=True))
        withheld.append([hidden.get(name, True) for name in names])
    withheld.append([True] * len(names))
    people = np.array([gated.people[0] for gated in gates] + [0])
    return Gated((*rows, EVERYBODY), people, tuple(names), counts, of, np.array(withheld), ())


def held_of(
    rows: pd.DataFrame, numbers: Mapping[str, str], of: Sequence[str], people: str, behind: Sequence[str],
    beside: Sequence[str], *, apart: bool = True,
) -> Breakdown:  # fmt: skip
    """Lay out counts of incidents of which each is a part of a number of its own.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row per title, with the columns named.
    numbers : mapping of str to str
        Column of counts to heading.
    of : sequence of str
        The column that each is a part of.
    people : str
        The column of people behind a row.
    behind, beside : sequence of str
        The columns of people behind each count, and behind what it leaves over.
    apart : bool
        Whether nobody is in two rows.

    Returns
    -------
    Breakdown
        What is behind all is the sum over rows that share nobody, else the most of any row.
    """
    told = [rows[list(names)].to_numpy(dtype=np.int64) for names in (behind, beside)]
    whole = [np.vstack([part, part.sum(axis=0) if apart else part.max(axis=0)]) for part in told]
    return Breakdown(
        tuple(rows["title"]), rows[people].to_numpy(dtype=np.int64), tuple(numbers.values()),
        rows[list(numbers)].to_numpy(dtype=np.int64), rows[list(of)].to_numpy(dtype=np.int64),
        exclusive=False, behind=whole[0], beside=whole[1], apart=apart, totals_known=True,
    )  # fmt: skip
