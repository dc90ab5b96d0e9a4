"""DA harm afterwards, by a first risk grade or a first outcome: the table, and what may be said of it."""

from __future__ import annotations

import pandas as pd

from dapipeline.report.disclosure import enough_on_both_sides, gate_part
from dapipeline.report.part import undominated
from dapipeline.report.table import Number, Table, table
from dapipeline.report.words import between, count, number, probability, yardstick

MODELS = {"apart": "as recorded", "adjusted": "among people alike"}
MEANING_OF_Q = (
    "q is p allowing for how many comparisons there are (Benjamini and Hochberg): of all with q below 0.05 about one "
    "in twenty is chance."
)
ALLOWED = "the family and severity of that incident, the years followed and the suspect's age"


def printable_harm(found: pd.DataFrame | None, name: str, holders: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return the rows of enough people whose harm is not that of one or two.

    Parameters
    ----------
    found : pandas.DataFrame or None
        first_risk or after_outcome; None where it was not made.
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
    if found is None:
        return pd.DataFrame()
    people = found.drop_duplicates("value")["people"].sum()
    enough = enough_on_both_sides(found["people"], people, limit)
    shown = found[enough & undominated(holders, name, found["value"])]
    return shown if (shown["value"] == shown["reference"]).any() else shown[:0]


def table_of(shown: pd.DataFrame, head: str, caption: str, limit: int, common_assault: float | None) -> Table | None:
    """Lay out harm afterwards.

    Parameters
    ----------
    shown : pandas.DataFrame
        From `printable_harm`.
    head, caption : str
    limit : int
    common_assault : float or None
        Its severity, as a yardstick.

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
    note = (
        f"“{MODELS['apart'].capitalize()}” allows for nothing, not even for how long people are followed. "
        f"“{MODELS['adjusted'].capitalize()}”: in {ALLOWED}. {MEANING_OF_Q}{in_assaults(common_assault)}"
    )
    return table(caption, heads, rows, range(2, 8), note)


def in_assaults(common_assault: float | None) -> str:
    """Write what severity can be measured by.

    Parameters
    ----------
    common_assault : float or None
        Its severity on the run's scale; None where that has none.

    Returns
    -------
    str
        A sentence after a blank; empty without it.
    """
    return f" A common assault has a severity of {number(common_assault)}." if common_assault else ""


def compared_in_words(
    shown: pd.DataFrame, value: str, who: str, beside: str, common_assault: float | None
) -> list[str]:
    """Write the adjusted comparison of one value.

    Parameters
    ----------
    shown : pandas.DataFrame
        From `printable_harm`.
    value : str
    who, beside : str
        Who is compared with whom.
    common_assault : float or None
        Its severity, as a yardstick.

    Returns
    -------
    list of str
        One sentence; none where it was not compared.
    """
    if shown.empty:
        return []
    rows = shown[(shown["model"] == "adjusted") & (shown["value"] == value) & shown["effect"].notna()]
    reference = shown.loc[shown["value"] == shown["reference"], "harm_mean"].iloc[0]
    said = []
    for row in rows.itertuples():
        assaults = yardstick(abs(row.effect), common_assault)
        amount = f"{number(abs(row.effect))} points {'more' if row.effect > 0 else 'less'}{assaults}"
        told = "more than chance alone would often give" if row.q < 0.05 else "which may be chance"
        said.append(
            f"{who} {number(row.harm_mean)} points of DA harm are recorded afterwards on average, {beside} "
            f"{number(reference)}; among people alike in {ALLOWED} it is {amount}, {told}."
        )
    return said
