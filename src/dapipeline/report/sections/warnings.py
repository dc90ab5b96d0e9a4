"""What is likely wrong with the extract, near the top of the page: who reads the results must know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dapipeline.extract.warnings import BY_CODE
from dapipeline.report.material import Material

TITLE = "What to check first"


def show(material: Material) -> dict[str, Any]:
    """Return what the template of this section fills in.

    Parameters
    ----------
    material : Material

    Returns
    -------
    dict
        By the names that the template uses; figures, by name, where it has any.
    """
    return {"lines": _lines(material.contents.warnings)}


@dataclass(frozen=True)
class WarningLine:
    """One warning: its code, what was found, what it means for the results, and what to do."""

    code: str
    text: str
    meaning: str
    remedy: str


def _lines(warnings: pd.DataFrame) -> list[WarningLine]:
    """Return the warnings of a run in the words of the page."""
    return [
        WarningLine(str(w.code), str(w.text), BY_CODE[str(w.code)].meaning, str(w.remedy))
        for w in warnings.itertuples()
    ]
