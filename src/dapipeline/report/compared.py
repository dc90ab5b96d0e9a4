"""Over- and under-representation worked out from printed counts alone: it tells nothing that they do not."""

from __future__ import annotations

import pandas as pd

from dapipeline.analysis.equality import NOT_RECORDED
from dapipeline.analysis.representation import compare_with_rest
from dapipeline.report.breakdown import Gated
from dapipeline.report.printable import Printable
from dapipeline.report.table import Part

COUNTS = ["characteristic", "row", "value", "offenders", "of", "rest_offenders", "rest_of"]


def compared(may: Printable) -> pd.DataFrame:
    """Compare each printed row of the make-up with the rest of the cohort.

    Parameters
    ----------
    may : Printable

    Returns
    -------
    pandas.DataFrame
        One row per characteristic, printed row and value: characteristic, row, value, offenders, of, rest_offenders,
        rest_of, and what `compare_with_rest` finds over all of them. Shares are of the people with a value recorded
        (of `NOT_RECORDED`: of all). Nothing of a row of which it is not printed how many have none.
    """
    lines = [line for name, gated in may.makeup.items() for line in _lines(name, gated)]
    counts = pd.DataFrame(lines, columns=COUNTS)
    return counts.join(compare_with_rest(counts))


def _lines(characteristic: str, gated: Gated) -> list[tuple[str, str, str, int, int, int, int]]:
    whole = gated.cells(gated.rows[-1])
    found = []
    for row in gated.rows[:-1]:
        cells = gated.cells(row)
        gaps, all_gaps = cells.get(NOT_RECORDED, Part(0, 0)), whole.get(NOT_RECORDED, Part(0, 0))
        if not isinstance(gaps, Part) or not isinstance(all_gaps, Part):
            continue
        for value, cell in cells.items():
            everyone = whole[value]
            if not isinstance(cell, Part) or not isinstance(everyone, Part):
                continue
            lacking = value == NOT_RECORDED
            of = cell.of - (0 if lacking else gaps.number)
            rest = everyone.of - (0 if lacking else all_gaps.number) - of
            found.append((characteristic, row, value, cell.number, of, everyone.number - cell.number, rest))
    return found
