"""Means and sums of the shareable edition: incidents and severity by typology, and how few hold most of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.report.breakdown import ALL
from dapipeline.report.shareable.released import Amounts, percent
from dapipeline.report.shareable.rounded import to_base
from dapipeline.report.sums import Sums, steps_allowed, with_company
from dapipeline.report.words import count, share

PEOPLE = "people"
HARM_EACH = "DA severity a person"
SHARE_OF_PEOPLE, SHARE_OF_HARM = "share of people", "share of DA severity"
TOPS = (0.01, 0.02, 0.05, 0.10, 0.20)
# Measure to its heading, and above what a value has to be for enough people. A mean close to the least of everybody
# would tell how few have more; with 2 as the least it says nothing of how many can be in groups of 3 or more incidents.
MEANS = {
    "da_incidents": ("DA incidents a person", 2),
    "non_da_incidents": ("other incidents a person", 2),
    "da_severity_total": (HARM_EACH, 0),
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
    titles = list(facts["title"].cat.categories)
    size = facts["title"].value_counts().reindex(titles).map(to_base)
    values = {PEOPLE: size, SHARE_OF_PEOPLE: size / to_base(len(facts))}
    if "da_severity_total" in facts and facts["da_severity_total"].sum() > 0:
        told = _told(facts, "da_severity_total", limit)
        harm = facts.groupby("title", observed=True)["da_severity_total"].sum().reindex(titles)
        values[SHARE_OF_HARM] = (harm / harm.sum()).where(told.reindex(titles))
    for name, (heading, _) in MEANS.items():
        if name in facts:
            told = _told(facts, name, limit)
            # By the rounded number: beside shares of harm, exact means would tell the exact one.
            means = facts.groupby("title", observed=True)[name].sum().reindex(titles) / size
            values[heading] = means.where(told.reindex(titles))
    table = pd.DataFrame(values)
    whole = {PEOPLE: to_base(len(facts)), SHARE_OF_PEOPLE: 1.0, SHARE_OF_HARM: 1.0}
    table.loc[ALL] = [whole.get(name, np.nan) for name in table]
    for name, (heading, _) in MEANS.items():
        if name in facts and _sums(facts, name).allowed(titles, limit):
            table.loc[ALL, heading] = facts[name].sum() / to_base(len(facts))
    return Amounts(
        NAME, "The typologies: how many people, and how much is recorded of them on average", "Typology", table,
        {PEOPLE: count, SHARE_OF_PEOPLE: share, SHARE_OF_HARM: percent},
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
    if "da_severity_total" not in facts or not facts["da_severity_total"].sum() > 0:
        return []
    ordered = np.sort(facts["da_severity_total"].to_numpy())[::-1]
    numbers = [int(np.ceil(top * len(ordered) - 1e-9)) for top in TOPS]
    kept = steps_allowed(ordered, numbers, limit)
    shares = {f"the {TOPS[at]:.0%} with most": ordered[: numbers[at]].sum() / ordered.sum() for at in kept}
    if not shares:
        return []
    table = pd.DataFrame({SHARE_OF_HARM: shares})
    return [Amounts(FEW, "How few people hold most of the recorded DA harm", "People", table, {SHARE_OF_HARM: percent})]


def _told(facts: pd.DataFrame, name: str, limit: int) -> pd.Series:
    """Return of which typologies a mean may be printed: of enough people with more than the least, or of none."""
    titles, sums = list(facts["title"].cat.categories), _sums(facts, name)
    gone = {title for title in titles if not sums.allowed([title], limit)}
    return pd.Series({title: title not in with_company(gone, titles, sums, limit) for title in titles})


def _sums(facts: pd.DataFrame, name: str) -> Sums:
    """Add up a measure by typology; its people are those who have more than the least."""
    titles, values = facts["title"].astype(str), facts[name].fillna(0)
    more = (values > MEANS[name][1]).groupby(titles).sum()
    return Sums(Sums.of(titles, values).table.assign(people=more))
