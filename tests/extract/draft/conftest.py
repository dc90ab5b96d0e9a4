"""Columns as the draft sees them, made by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from dapipeline.extract.draft.finding import SourceColumn


@pytest.fixture
def column():
    """Make a column from texts and their numbers of rows; a list means one row per text."""

    def make(texts, name="A", at=0):
        counts = texts if isinstance(texts, dict) else dict.fromkeys(texts, 1)
        values = pd.Series(counts, dtype="int64").sort_index().sort_values(ascending=False, kind="stable")
        missing = pd.Series({"": 0}, dtype="int64")
        return SourceColumn(name, at, int(values.sum()), values, True, len(values), missing)

    return make
