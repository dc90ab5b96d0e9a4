"""Shares of incidents with an interval that knows that incidents of one person are alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dapipeline.analysis.harm.significance import wilson


def shares(counted: pd.DataFrame, by: Sequence[str], what: str, values: Sequence[object] = (True,)) -> pd.DataFrame:
    """Count how often each value stands, by group.

    Parameters
    ----------
    counted : pandas.DataFrame
        One row per incident or crime: person (int), the columns of `by`, and `what`.
    by : sequence of str
    what : str
        The column of values.
    values : sequence of object
        Those that are asked for; True of a column that holds or does not.

    Returns
    -------
    pandas.DataFrame
        One row per value and group: `by`, value_of (the value), number, of, people (who are behind `of`), share, low,
        high: Wilson's interval (1927) of 95%, of as many independent incidents as would tell as much. How many that is
        follows from the variance of the share between people (the design effect of Kish 1965): never more than there
        are, and as many as there are people where a value stands always or never, or for one person.
    """
    grouped = counted.groupby(list(by), observed=True)
    group, keys = grouped.ngroup().to_numpy(), grouped.size().index.to_frame(index=False)
    person = counted["person"].to_numpy()
    width = int(person.max()) + 1 if len(person) else 1
    pairs, at, size = np.unique(group * width + person, return_inverse=True, return_counts=True)
    of_pair = pairs // width
    of, people = np.bincount(of_pair, weights=size).astype(float), np.bincount(of_pair)
    codes = pd.Categorical(counted[what], categories=list(values)).codes
    parts = []
    for code, value in enumerate(values):
        own = np.bincount(at[codes == code], minlength=len(pairs))
        number = np.bincount(of_pair, weights=own)
        share = number / of
        between = np.bincount(of_pair, weights=(own - size * share[of_pair]) ** 2) / of**2
        between *= people / np.maximum(people - 1, 1)
        plain = share * (1 - share) / of
        told = np.divide(of * plain, between, out=of.copy(), where=between > plain)
        told = np.where((plain > 0) & (people > 1), told, people)  # else nothing varies between people
        low, high = wilson(share * told, told)
        counts = {"number": number.astype("int64"), "of": of.astype("int64"), "people": people}
        parts.append(keys.assign(value_of=value, **counts, share=share, low=low, high=high))
    return pd.concat(parts, ignore_index=True)
