"""What a check may ask: the kept rows by SQL, and how they were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dapipeline.config import Extract
from dapipeline.extract.canonical import Mapping
from dapipeline.extract.forms import Forms


@dataclass(frozen=True)
class Question:
    """What a check may use.

    Attributes
    ----------
    connection : ibis.BaseBackend
        DuckDB with the view ``kept``: rows without a fault, canonical columns, and ``text of`` each.
    counts : pandas.DataFrame
        rule, column, effect, rows.
    mapping : Mapping
        Which source column or expression gave which canonical column.
    forms : Forms
        How the cells of each column are written.
    extract : Extract
        The settings of the extract.
    marks : tuple of str
        Flags that make an incident DA beside da_flag.
    quotes : bool
        Whether a warning may repeat values of the extract: not where ids are pseudonyms, as one may be among them.
    """

    connection: Any
    counts: pd.DataFrame
    mapping: Mapping
    forms: Forms
    extract: Extract
    marks: tuple[str, ...] = ()
    quotes: bool = True

    def has(self, *columns: str) -> bool:
        """Return whether the extract has all of some canonical columns.

        Parameters
        ----------
        *columns : str
            Canonical columns.

        Returns
        -------
        bool
        """
        return set(columns) <= set(self.mapping.present)

    def ask(self, sql: str) -> tuple[Any, ...]:
        """Return the only row of a query's result.

        Parameters
        ----------
        sql : str
            A query over ``kept``.

        Returns
        -------
        tuple
        """
        found: tuple[Any, ...] = self.connection.con.execute(sql).fetchone()
        return found

    def frame(self, sql: str) -> pd.DataFrame:
        """Return the result of a query.

        Parameters
        ----------
        sql : str
            A query over ``kept``.

        Returns
        -------
        pandas.DataFrame
        """
        found: pd.DataFrame = self.connection.con.execute(sql).df()
        return found

    def source(self, column: str) -> str:
        """Return the source column of a canonical column, as an expression under extract.derive names it.

        Parameters
        ----------
        column : str
            A canonical column.

        Returns
        -------
        str
            In double quotes.
        """
        return '"' + self.mapping.columns.get(column, column).replace('"', '""') + '"'
