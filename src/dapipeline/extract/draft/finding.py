"""What is found out about a source column, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

Confidence = Literal["certain", "likely", "guess"]
COMMON = 10  # rows: a value in fewer rows could identify somebody, and is never shown


@dataclass(frozen=True)
class SourceColumn:
    """A column of the file, counted.

    Attributes
    ----------
    name : str
    at : int
        Its place in the file, from 0.
    rows : int
        Number of rows in the file.
    values : pandas.Series of int
        Each different text to the number of rows with it, the most frequent first; words for missing are left out.
    whole : bool
        Whether `values` holds every different text; else a sample of them.
    distinct : int
        Number of different texts, words for missing left out.
    missing : pandas.Series of int
        Each word for missing, in lower case, to its number of rows; the empty cell stands there as "".
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
        """Number of rows that are not missing."""
        return int(self.rows - self.missing.sum())

    @cached_property
    def texts(self) -> pd.Series:
        """The different texts in lower case, in the order of `values`."""
        return pd.Series([str(text).lower() for text in self.values.index], dtype="string")

    @cached_property
    def words(self) -> pd.Series:
        """The texts spelt as in the tables of known words: lower case, single blanks, no full stop at the end."""
        return pd.Series([" ".join(text.split()).removesuffix(".") for text in self.texts], dtype="string")

    def share(self, which: pd.Series | np.ndarray) -> float:
        """Return the share of the filled rows whose text is one of the chosen ones.

        Parameters
        ----------
        which : array-like of bool, shape (n_texts,)
            Whether each text of `values` is chosen; missing counts as false.

        Returns
        -------
        float
            From 0 to 1; 0 where no row is filled. Where `values` is a sample, the share within the sample.
        """
        weights = self.values.to_numpy()
        chosen = which.fillna(False).to_numpy(dtype=bool) if isinstance(which, pd.Series) else which
        whole = weights.sum()
        return float(weights[chosen].sum() / whole) if whole else 0.0


@dataclass(frozen=True)
class Evidence:
    """The evidence in the cells of a column that it is one canonical column.

    Attributes
    ----------
    grade : int
        -1: it cannot be; 0: no evidence; 1: it may be; 2: little else looks like it.
    text : str
        The evidence in words, without any value of a person.
    """

    grade: int
    text: str = ""


@dataclass(frozen=True)
class Finding:
    """A canonical column found in the file.

    Attributes
    ----------
    column : str
        The canonical column.
    source : str
        The column of the file.
    confidence : str
        certain, likely or guess.
    reasons : tuple of str
        The evidence in words.
    doubt : str
        What the analyst has to look at; empty where there is nothing.
    """

    column: str
    source: str
    confidence: Confidence
    reasons: tuple[str, ...]
    doubt: str = ""
