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
    """The view ``kept`` (rows without a fault, canonical columns, ``text of`` each) and what is known beside it."""

    connection: Any
    counts: pd.DataFrame
    mapping: Mapping
    forms: Forms
    extract: Extract

    def has(self, *columns: str) -> bool:
        """Return whether the extract has all of some canonical columns."""
        return set(columns) <= set(self.mapping.present)

    def ask(self, sql: str) -> tuple[Any, ...]:
        """Return the one row that a query gives."""
        found: tuple[Any, ...] = self.connection.con.execute(sql).fetchone()
        return found

    def frame(self, sql: str) -> pd.DataFrame:
        """Return the rows that a query gives."""
        found: pd.DataFrame = self.connection.con.execute(sql).df()
        return found

    def source(self, column: str) -> str:
        """Return how an expression names what a canonical column was made of."""
        return '"' + self.mapping.columns.get(column, column).replace('"', '""') + '"'
