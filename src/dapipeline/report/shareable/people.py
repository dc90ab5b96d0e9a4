"""The cohort of the shareable edition: people by typology and by what is recorded of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dapipeline.report.breakdown import Breakdown, Gated
from dapipeline.report.disclosure import gate
from dapipeline.report.shareable.pooling import pooled
from dapipeline.report.shareable.released import Counts
from dapipeline.report.suppression import all_enough

# Fact to the caption of its table, and whether its categories have an order.
FACTS = {
    "group": ("Volume of incidents (groups A to E of the study)", False),
    "sex": ("Sex of the suspects", False),
    "age_band": ("Age at the first DA incident", True),
    "ethnicity": ("Ethnicity of the suspects, as recorded", False),
    "deprivation": ("Deprivation of where the incidents were, by decile", True),
    "victims": ("Number of DA victims", False),
    "da_victim": ("Recorded as a victim of DA themselves", False),
    "highest_risk": ("Highest risk grade of a DA incident", True),
}
HARM, HISTORY = "harm_band", "other_incidents_band"
TYPOLOGY = "Typology"


def of_few_together(facts: pd.DataFrame, titles: dict[str, str], rest: str, limit: int) -> pd.Series:
    """Return the title of everybody's typology, and put typologies of few people with those in none.

    Parameters
    ----------
    facts : pandas.DataFrame
        With typology.
    titles : dict of str to str
        Key to title, in the order of the edition; whose key is not there is in none.
    rest : str
        The title of those in none.
    limit : int

    Returns
    -------
    pandas.Series of category
        Each has the limit of people or more.
    """
    order = [*titles.values(), rest]
    found = facts["typology"].map(titles).fillna(rest)
    sizes = found.value_counts().reindex(order, fill_value=0)
    few = {title for title in titles.values() if not all_enough([sizes[title]], limit)}
    while not all_enough([sizes[[*few, rest]].sum()], limit) and few < set(titles.values()):
        left = [title for title in titles.values() if title not in few]
        few.add(min(left, key=lambda title: (sizes[title], title)))
    found = found.where(~found.isin(few), rest)
    return pd.Series(pd.Categorical(found, categories=[title for title in order if (found == title).any()]))


def crossed(rows: pd.Series, values: pd.Series, limit: int, *, ordered: bool) -> Gated | None:
    """Count people by two facts, and ask the gate.

    Parameters
    ----------
    rows, values : pandas.Series of category
        One per person.
    limit : int
    ordered : bool
        Whether the categories of the columns have an order.

    Returns
    -------
    Gated or None
        None where everybody has the same value. The totals of rows and columns are all printed, so the others are
        protected from readers who know these.
    """
    # Fewer than that, and a column would be withheld in most rows; coarser ones where nothing could stand alone.
    least = limit * len(rows.cat.categories)
    while True:
        columns = pooled(values, least, ordered=ordered)
        counts = pd.crosstab(rows, columns, dropna=False)
        if min(counts.shape) < 2:
            return None
        found = _gated(counts, limit)
        if len(found.rows) > 1 or counts.shape[1] == 2:
            return found
        least = int(counts.to_numpy().sum(axis=0).min()) + 1


def _gated(counts: pd.DataFrame, limit: int) -> Gated:
    whole = counts.to_numpy(dtype=np.int64)
    people = whole.sum(axis=1)
    of = np.repeat(people[:, None], whole.shape[1], axis=1)
    down, across = (tuple(map(str, axis)) for axis in (counts.index, counts.columns))
    return gate(Breakdown(down, people, across, whole, of, totals_known=True), limit)


def by_typology(facts: pd.DataFrame, limit: int) -> list[Counts]:
    """Count people by typology and each fact.

    Parameters
    ----------
    facts : pandas.DataFrame
        From `person_facts`, with title: the typology from `of_few_together`.
    limit : int

    Returns
    -------
    list of Counts
        None for a fact that the run lacks, or that is the same of everybody.
    """
    made = []
    for name, (caption, ordered) in FACTS.items():
        if name in facts:
            found = crossed(facts["title"], facts[name], limit, ordered=ordered)
            made += [Counts(name, f"{caption}, by typology", TYPOLOGY, "People", found)] if found else []
    return made


def history_by_harm(facts: pd.DataFrame, limit: int) -> list[Counts]:
    """Count people by DA severity and by their other incidents: the study's headline.

    Parameters
    ----------
    facts : pandas.DataFrame
    limit : int

    Returns
    -------
    list of Counts
        One, or none where offences have no severity.
    """
    if not {HARM, HISTORY} <= set(facts):
        return []
    least, found = 2 * limit, None
    while found is None or found.together:  # bands stand together as neighbours or not at all
        rows = pooled(facts[HARM], least, ordered=True)
        found = crossed(rows, facts[HISTORY], limit, ordered=True)
        if found is None:
            return []
        least = int(rows.value_counts().min()) + 1
    caption = "Incidents outside DA, by how much recorded DA severity people have"
    return [Counts("harm_and_history", caption, "DA severity", "People", found)]
