"""What can be worked out about the withheld cells of a table: the least and the most that each can be.

Whoever reads a table knows every printed cell, the totals, and that counts are whole and not negative. The bounds of a
withheld cell under all of that are two linear programmes (Fischetti and Salazar 2001, "Solving the cell suppression
problem on tabular data with linear constraints", Management Science 47), solved by HiGHS.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Line:
    """Cells whose weighted sum is known: it is equal to a total, or at least that.

    Attributes
    ----------
    cells : tuple of int
        Positions in the flattened table.
    weights : tuple of int
        One per cell.
    total : int
    equal : bool
        False where the sum is at least the total.
    """

    cells: tuple[int, ...]
    weights: tuple[int, ...]
    total: int
    equal: bool = True


def bounds_of(
    values: np.ndarray, most: np.ndarray, withheld: np.ndarray, lines: Sequence[Line], asked: np.ndarray
) -> np.ndarray:
    """Compute what an attacker knows of withheld cells.

    Parameters
    ----------
    values : ndarray of int, shape (n_cells,)
        The true counts; only those that are not withheld are known to the attacker.
    most : ndarray of int, shape (n_cells,)
        What no count can exceed: the people of its row.
    withheld : ndarray of bool, shape (n_cells,)
    lines : sequence of Line
        Sums that the attacker knows.
    asked : ndarray of int, shape (n_asked,)
        Withheld cells whose bounds are wanted.

    Returns
    -------
    ndarray of float, shape (n_asked, 2)
        The least and the most that each can be.
    """
    from scipy import sparse  # noqa: PLC0415  takes a fifth of a second, and most tables need no programme
    from scipy.optimize import linprog  # noqa: PLC0415

    unknown = np.flatnonzero(withheld)
    position = {int(cell): at for at, cell in enumerate(unknown)}
    rows: dict[bool, list[tuple[list[int], list[int], int]]] = {True: [], False: []}
    for line in lines:
        known = sum(w * int(values[c]) for c, w in zip(line.cells, line.weights, strict=True) if not withheld[c])
        at = [position[c] for c in line.cells if withheld[c]]
        weights = [w for c, w in zip(line.cells, line.weights, strict=True) if withheld[c]]
        if at:
            rows[line.equal].append((at, weights, line.total - known))

    def matrix(of: list[tuple[list[int], list[int], int]], sign: int) -> tuple[object, object]:
        if not of:
            return None, None
        index = [at for at, (cells, _, _) in enumerate(of) for _ in cells]
        cells = list(itertools.chain.from_iterable(c for c, _, _ in of))
        weights = [sign * w for _, ws, _ in of for w in ws]
        shape = (len(of), len(unknown))
        return sparse.csr_array((weights, (index, cells)), shape=shape), [sign * total for *_, total in of]

    equal, equal_to = matrix(rows[True], 1)
    above, above_than = matrix(rows[False], -1)  # at least is at most of the negatives
    box = np.column_stack([np.zeros(len(unknown)), most[unknown]])
    found = np.empty((len(asked), 2))
    for row, cell in enumerate(asked):
        objective = np.zeros(len(unknown))
        objective[position[int(cell)]] = 1.0
        for side, sign in enumerate((1.0, -1.0)):
            solved = linprog(
                sign * objective, A_ub=above, b_ub=above_than, A_eq=equal, b_eq=equal_to, bounds=box, method="highs"
            )
            found[row, side] = sign * solved.fun
    return found
