"""Means and sums of the shareable edition: incidents and severity by typology, and how few hold most of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.report.breakdown import ALL
from dapipeline.report.shareable.released import Amounts, amounts_of
from dapipeline.report.shareable.rounded import to_base
from dapipeline.report.sums import Sums, steps_allowed, with_company
from dapipeline.report.words import count, tenths

PEOPLE = "people"
HARM, HARM_EACH = "da_severity_total", "DA severity a person"
SHARE_OF_PEOPLE, SHARE_OF_HARM = "share of people", "share of DA severity"
TOPS = (0.01, 0.02, 0.05, 0.10, 0.20)
# Measure to its heading, and above what a value has to be for enough people. A mean close to the least of everybody
# would tell how few have more; with 2 as the least it says nothing of how many can be in groups of 3 or more incidents.
MEANS = {
    "da_incidents": ("DA incidents a person", 2),
    "non_da_incidents": ("other incidents a person", 2),
    HARM: (HARM_EACH, 0),
    "non_da_severity_total": ("other severity a person", 0),
}
NAME, FEW = "typologies", "harm_of_few"


def means_by_typology(facts: pd.DataFrame, limit: int) -> Amounts:
    """Compute means by typology, and each typology's share of the people and of the harm.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `person_facts`, with title.
    limit : int

    Returns
    -------
    Amounts
        One row per typology, in their order, and one of everybody.
    """
    titles, everybody = list(facts["title"].cat.categories), to_base(len(facts))
    size = facts["title"].value_counts().reindex(titles).map(to_base)
    sums = {name: _sums(facts, name) for name in MEANS if name in facts}
    totals = {name: _printed(own, titles, limit) for name, own in sums.items()}
    values, whole = {PEOPLE: size, SHARE_OF_PEOPLE: size / everybody}, {PEOPLE: everybody, SHARE_OF_PEOPLE: 1.0}
    if HARM in facts and facts[HARM].sum() > 0:
        values[SHARE_OF_HARM], whole[SHARE_OF_HARM] = totals[HARM] / facts[HARM].sum(), 1.0
    for name, own in sums.items():
        heading = MEANS[name][0]
        # By the rounded number: beside shares of harm, exact means would tell the exact one.
        values[heading] = totals[name] / size
        whole[heading] = facts[name].sum() / everybody if own.allowed(titles, limit) else np.nan
    table = pd.DataFrame(values)
    table.loc[ALL] = whole
    return amounts_of(
        NAME, "The typologies: how many people, and how much is recorded of them on average", "Typology", table,
        {PEOPLE: count, SHARE_OF_PEOPLE: tenths, SHARE_OF_HARM: tenths},
    )  # fmt: skip


def harm_of_few(facts: pd.DataFrame, limit: int) -> list[Amounts]:
    """Compute how much of the recorded harm those with most of it have.

    Parameters
    ----------
    facts : pandas.DataFrame
    limit : int

    Returns
    -------
    list of Amounts
        One, or none where offences have no severity.
    """
    if HARM not in facts or not facts[HARM].sum() > 0:
        return []
    ordered = np.sort(facts[HARM].to_numpy())[::-1]
    numbers = [int(np.ceil(top * len(ordered) - 1e-9)) for top in TOPS]
    kept = steps_allowed(ordered, numbers, limit)
    shares = {f"the {TOPS[at]:.0%} with most": ordered[: numbers[at]].sum() / ordered.sum() for at in kept}
    if not shares:
        return []
    table = pd.DataFrame({SHARE_OF_HARM: shares})
    return [
        amounts_of(FEW, "How few people hold most of the recorded DA harm", "People", table, {SHARE_OF_HARM: tenths})
    ]


def _printed(sums: Sums, titles: list[str], limit: int) -> pd.Series:
    """Return the sums of typologies that may be printed: of enough people with more than the least, or of none."""
    gone = with_company({title for title in titles if not sums.allowed([title], limit)}, titles, sums, limit)
    return sums.table["total"].reindex(titles).mask(pd.Series(titles, index=titles).isin(gone))


def _sums(facts: pd.DataFrame, name: str) -> Sums:
    """Add up a measure by typology; its people are those who have more than the least."""
    titles, values = facts["title"].astype(str), facts[name].fillna(0)
    more = (values > MEANS[name][1]).groupby(titles).sum()
    return Sums(Sums.of(titles, values).table.assign(people=more))
