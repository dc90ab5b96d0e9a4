"""Categories of few people become one with others before anything is counted by them."""

from __future__ import annotations

import pandas as pd

from dapipeline.report.suppression import all_enough


def pooled(values: pd.Series, least: int, *, ordered: bool) -> pd.Series:
    """Put categories of too few people together until each has enough, the smallest first.

    Every table that is broken down by the same fact has the same categories, and their totals may all be printed.

    Parameters
    ----------
    values : pandas.Series of category
        One per person.
    least : int
        People that a category has to have.
    ordered : bool
        Whether only neighbours may come together, as bands of age do.

    Returns
    -------
    pandas.Series of category
        Categories that came together are named after them, or as all others where they are many without an order; the
        last one is left with however many there are.
    """
    numbers = values.value_counts(sort=False)
    parts = [([str(name)], int(number)) for name, number in numbers.items()]
    while len(parts) > 1 and not all_enough([number for _, number in parts], least):
        smallest = min(range(len(parts)), key=lambda at: (parts[at][1], parts[at][0]))
        others = [at for at in range(len(parts)) if (abs(at - smallest) == 1 if ordered else at != smallest)]
        # Without an order one part holds all that are few.
        holding = [] if ordered else [at for at in others if len(parts[at][0]) > 1]
        partner = min(holding or others, key=lambda at: (parts[at][1], parts[at][0]))
        first, last = sorted((smallest, partner))
        joined = (parts[first][0] + parts[last][0], parts[first][1] + parts[last][1])
        parts = [joined if at == first else part for at, part in enumerate(parts) if at != last]
    titles = [_together(own, ordered=ordered) for own, _ in parts]
    names = {name: title for (own, _), title in zip(parts, titles, strict=True) for name in own}
    return pd.Series(pd.Categorical(values.astype(str).map(names), categories=titles), index=values.index)


def _together(names: list[str], *, ordered: bool) -> str:
    return " or ".join(names) if ordered or len(names) <= 2 else "all others"
