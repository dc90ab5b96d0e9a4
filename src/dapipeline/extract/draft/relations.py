"""What columns show about each other: ids that they share, what an id determines, dates in order."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dapipeline.extract.copies import quoted
from dapipeline.extract.draft.codes import five_digits
from dapipeline.extract.draft.moments import Moments, reading_of
from dapipeline.extract.draft.profile import Profile
from dapipeline.reference.tables import offences
from dapipeline.reference.titles import match_titles

LOOKED_AT = 20_000  # ids, chosen by their hash
# Shares of the ids that have one value each in another column: below the first, the column varies within an id; from
# the second on, the id determines it.
NEVER_FIXED = 0.6
FIXED = 0.9


def repeats(profile: Profile, name: str) -> float:
    """Return the average number of rows per id.

    Parameters
    ----------
    profile : Profile
    name : str
        A column of ids.

    Returns
    -------
    float
        1 where no id occurs twice; 0 where the column is empty.
    """
    column = profile.column(name)
    return column.filled / max(column.distinct, 1)


def fixes(profile: Profile, ids: str, others: Sequence[str]) -> dict[str, float]:
    """Return how often an id determines other columns: the share of its ids whose rows all have the same value.

    Parameters
    ----------
    profile : Profile
    ids : str
        A column of ids.
    others : sequence of str
        Columns that it may determine, as a person's id determines a date of birth.

    Returns
    -------
    dict of str to float
        By column, from 0 to 1, over the ids that have a value in several rows; a column without such ids is left out.
    """
    if not others:
        return {}
    own = quoted(ids)
    chosen = (
        f"SELECT {own} FROM (SELECT DISTINCT {own} FROM cells WHERE {own} IS NOT NULL) "  # noqa: S608
        f"ORDER BY hash({own}), {own} LIMIT {LOOKED_AT}"
    )
    counts = ", ".join(
        f"count({quoted(name)}) AS n{at}, count(DISTINCT {quoted(name)}) AS d{at}" for at, name in enumerate(others)
    )
    shares = ", ".join(f"avg((d{at} = 1)::int) FILTER (n{at} > 1)" for at in range(len(others)))
    found = profile.ask(
        f"SELECT {shares} FROM (SELECT {counts} FROM cells WHERE {own} IN ({chosen}) GROUP BY {own})"  # noqa: S608
    )[0]
    return {name: float(share) for name, share in zip(others, found, strict=True) if share is not None}


def meets(profile: Profile, first: str, second: str) -> float:
    """Return the share of the ids that two columns have in common.

    Parameters
    ----------
    profile : Profile
    first, second : str
        Columns of ids.

    Returns
    -------
    float
        Different ids that stand in both, as a share of those in the column with fewer.
    """
    sets = [f"(SELECT DISTINCT {quoted(name)} AS id FROM cells WHERE id IS NOT NULL)" for name in (first, second)]  # noqa: S608
    both = profile.ask(f"SELECT count(*) FROM {sets[0]} a JOIN {sets[1]} b USING (id)")[0][0]  # noqa: S608
    return float(both) / max(min(profile.column(first).distinct, profile.column(second).distinct), 1)


def ordered(profile: Profile, first: str, second: str, ways: dict[str, Moments]) -> tuple[float, float]:
    """Compare the dates of two columns, row by row.

    Parameters
    ----------
    profile : Profile
    first, second : str
        Columns of dates.
    ways : dict of str to Moments
        By column, how its dates are written.

    Returns
    -------
    in_order : float
        Share of the rows whose first date is not after the second.
    different : float
        Share of the rows whose two dates differ.
    """
    one, other = (reading_of(ways[name].format, quoted(name)) for name in (first, second))
    found = profile.ask(
        f"SELECT avg((a <= b)::int), avg((a <> b)::int) FROM (SELECT {one} AS a, {other} AS b FROM cells)"  # noqa: S608
    )[0]
    return float(found[0] or 0), float(found[1] or 0)


def agreement(profile: Profile, code: str, title: str) -> float:
    """Return the share of the rows whose offence code and offence title belong to the same family.

    Parameters
    ----------
    profile : Profile
    code, title : str
        Columns of the file.

    Returns
    -------
    float
        Over the rows whose code and title are both known; 1 where there are none.
    """
    own, other = quoted(code), quoted(title)
    rows = profile.ask(
        f"SELECT {own}, {other}, count(*) FROM cells WHERE {own} IS NOT NULL AND {other} IS NOT NULL "  # noqa: S608
        f"GROUP BY ALL ORDER BY count(*) DESC, 1, 2 LIMIT {LOOKED_AT}"
    )
    table = pd.DataFrame(rows, columns=["code", "title", "rows"])
    families = offences().set_index("code")["family"]
    table["by_code"] = five_digits(table["code"].astype("string")).map(families)
    table["by_title"] = match_titles(table["title"].astype("string"))["family"].astype("string")
    both = table.dropna(subset=["by_code", "by_title"])
    return (
        float(both.loc[both["by_code"] == both["by_title"], "rows"].sum() / max(both["rows"].sum(), 1))
        if len(both)
        else 1.0
    )
