"""What is found out about a source column, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

Confidence = Literal["certain", "likely", "guess"]
COMMON = 10  # rows: a value that fewer have is nobody's business, and is never written down


@dataclass(frozen=True)
class SourceColumn:
    """A column of the file as it was counted.

    Attributes
    ----------
    name : str
    at : int
        Its place in the file.
    rows : int
        Rows of the file.
    values : pandas.Series of int
        Text to the number of rows that have it, without words for missing; the most frequent first.
    whole : bool
        Whether `values` holds every text; else a sample of them.
    distinct : int
        Different texts there are.
    missing : pandas.Series of int
        Words for missing, lower case, and their rows; the empty cell is among them as "".
    """

    name: str
    at: int
    rows: int
    values: pd.Series
    whole: bool
    distinct: int
    missing: pd.Series

    @property
    def filled(self) -> int:
        """Rows that say something."""
        return int(self.rows - self.missing.sum())

    @cached_property
    def texts(self) -> pd.Series:
        """The texts, lower case, in the order of `values`."""
        return pd.Series([str(text).lower() for text in self.values.index], dtype="string")

    @cached_property
    def words(self) -> pd.Series:
        """The texts as a table of words writes them: lower case, one blank between words, no full stop at the end."""
        return pd.Series([" ".join(text.split()).removesuffix(".") for text in self.texts], dtype="string")

    def share(self, which: pd.Series | np.ndarray) -> float:
        """Return the share of the filled rows whose text is one of some.

        Parameters
        ----------
        which : array-like of bool
            One a text of `values`; missing counts as false.
        """
        weights = self.values.to_numpy()
        chosen = which.fillna(False).to_numpy(dtype=bool) if isinstance(which, pd.Series) else which
        whole = weights.sum()
        return float(weights[chosen].sum() / whole) if whole else 0.0


@dataclass(frozen=True)
class Evidence:
    """What the cells of a column say about its being one canonical column.

    Attributes
    ----------
    grade : int
        -1 it cannot be; 0 nothing; 1 it may; 2 little else looks like it.
    text : str
        In words, without a value of a person.
    """

    grade: int
    text: str = ""


@dataclass(frozen=True)
class Finding:
    """A canonical column found in the file.

    Attributes
    ----------
    column : str
        Canonical.
    source : str
        The name in the file.
    confidence : str
        certain, likely or guess.
    reasons : tuple of str
        Evidence in words.
    doubt : str
        What a person has to look at; empty where there is nothing.
    """

    column: str
    source: str
    confidence: Confidence
    reasons: tuple[str, ...]
    doubt: str = ""
