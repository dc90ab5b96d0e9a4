"""DA harm afterwards, by a first risk grade or a first outcome: the table, and what may be said of it."""

from __future__ import annotations

import pandas as pd

from dapipeline.report.disclosure import enough_on_both_sides, gate_part
from dapipeline.report.part import undominated
from dapipeline.report.table import Number, Table, table
from dapipeline.report.words import between, count, number, probability

MODELS = {"apart": "as recorded", "adjusted": "among people alike"}
ALLOWED = "the family and severity of that incident, the years followed and the suspect's age"


def printable_harm(found: pd.DataFrame, name: str, holders: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return the rows of enough people whose harm is not that of one or two.

    Parameters
    ----------
    found : pandas.DataFrame
        first_risk or after_outcome.
    name : str
        Which of them.
    holders : pandas.DataFrame
        course_holders.
    limit : int

    Returns
    -------
    pandas.DataFrame
        Empty where the reference may not be printed.
    """
    people = found.drop_duplicates("value")["people"].sum()
    enough = enough_on_both_sides(found["people"], people, limit)
    shown = found[enough & undominated(holders, name, found["value"])]
    return shown if (shown["value"] == shown["reference"]).any() else shown[:0]


def table_of(shown: pd.DataFrame, head: str, caption: str, limit: int) -> Table | None:
    """Lay out harm afterwards.

    Parameters
    ----------
    shown : pandas.DataFrame
        From `printable_harm`.
    head, caption : str
    limit : int

    Returns
    -------
    Table or None
    """
    if shown.empty:
        return None
    rows = [
        [
            row.value, MODELS[row.model],
            *((Number(row.people, count), gate_part(row.none, row.people, limit), Number(row.years, number),
               Number(row.harm_mean, number)) if row.model == "apart" else [""] * 4),
            "compared with" if row.value == row.reference else between(row.effect, row.low, row.high),
            "–" if row.value == row.reference else probability(row.q),
        ]
        for row in shown.itertuples()
    ]  # fmt: skip
    heads = [
        head, "How", "People", "Without DA harm afterwards", "Mean years followed", "Mean DA severity afterwards",
        "Difference, 95% interval", "q",
    ]  # fmt: skip
    return table(caption, heads, rows, range(2, 8), f"“{MODELS['adjusted'].capitalize()}”: in {ALLOWED}.")


def adjusted(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the adjusted comparisons.

    Parameters
    ----------
    shown : pandas.DataFrame

    Returns
    -------
    pandas.DataFrame
    """
    return shown[(shown["model"] == "adjusted") & shown["effect"].notna()]


def said_of(row: pd.Series, reference: float, who: str, beside: str) -> str:
    """Write one adjusted comparison.

    Parameters
    ----------
    row : pandas.Series
        Of `adjusted`.
    reference : float
        Mean harm afterwards of those compared with.
    who, beside : str
        Who is compared with whom.

    Returns
    -------
    str
    """
    sure = bool(row["q"] < 0.05)
    way = "more" if row["effect"] > 0 else "less"
    amount = f"{number(abs(row['effect']))} points {way}"
    told = f"{amount}, more than chance alone would often give" if sure else f"{amount}, which may be chance"
    return (
        f"{who} {number(row['harm_mean'])} points of DA harm are recorded afterwards on average, {beside} "
        f"{number(reference)}; among people alike in {ALLOWED} it is {told}."
    )
