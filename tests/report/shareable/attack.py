"""What an attacker works out of published editions: by linear programming over everything that is printed in them.

The attacker has the pages alone, and knows how numbers are rounded, that people are whole and nobody is in two
categories of one fact, which names stand together, and that the total of a fact is the same whatever the clusters.
Shares no code with the gate.

    python -m tests.report.shareable.attack RUN [RUN ...]

attacks the editions of runs of one extract together, and says how many cells they print.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.optimize import linprog
from tests.report.attack import ALL, MARK, Printed, tables_of

TOGETHER = "Smaller ones together"
SIZES = "The typologies: how many people"
HALF = 2  # a count to the nearest five is up to two off
NO_CRIME, HOW_FAR, CRIMES = "No crime recorded", "DA incidents by how far", "Crimes, DA and other"


def numbers(cell: str) -> tuple[int, int] | None:
    """The least and the most that a printed count can stand for; None where it is withheld."""
    if cell == MARK:
        return None
    printed = int(re.match(r"[\d,]+", cell).group(0).replace(",", ""))
    return max(printed - HALF, 0), printed + HALF


def page_of(run: Path) -> str:
    """The page of the shareable edition of a run."""
    return (run / "shareable/index.html").read_text(encoding="utf-8")


def is_of_counts(table: Printed) -> bool:
    """Whether a table counts: every cell is a count with its share, or withheld."""
    cells = [cell for row in table.rows for cell in row[2:]]
    return len(table.columns) > 2 and all(cell == MARK or re.fullmatch(r"[\d,]+ \([^)]*%\)", cell) for cell in cells)


def together(table: Printed) -> list[str]:
    """The names that a note says stand together."""
    found = re.search(r"tell of too few: (.*?)\.$", table.note)
    return re.split(r", | and (?=[A-Z])", found.group(1)) if found else []


@dataclass
class Knowledge:
    """Sums of unknown whole numbers, each from a least to a most."""

    names: dict[tuple, int] = field(default_factory=dict)
    sums: list[tuple[list[int], list[int], float, float]] = field(default_factory=list)

    def of(self, *name: object) -> int:
        return self.names.setdefault(name, len(self.names))

    def know(self, cells: Iterable[int], least: float, most: float, weights: list[int] | None = None) -> None:
        cells = list(cells)
        self.sums.append((cells, weights or [1] * len(cells), least, most))

    def bounds(self, asked: list[list[int]]) -> list[tuple[float, float]]:
        """The least and the most of sums of unknowns."""
        rows, columns, weights, low, high = [], [], [], [], []
        for at, (cells, weight, least, most) in enumerate(self.sums):
            rows += [at] * len(cells)
            columns += cells
            weights += weight
            low.append(least)
            high.append(most)
        matrix = sparse.csr_array((weights, (rows, columns)), shape=(len(low), len(self.names)))
        low_, high_ = np.array(low), np.array(high)
        finite = np.isfinite(high_)
        known = sparse.vstack([matrix[finite], -matrix])
        than = np.concatenate([high_[finite], -low_])
        found = []
        for cells in asked:
            aim = np.zeros(len(self.names))
            aim[cells] = 1
            ends = []
            for sign in (1, -1):
                solved = linprog(sign * aim, A_ub=known, b_ub=than, bounds=(0, None), method="highs")
                ends.append(np.inf if solved.status == 3 else sign * solved.fun if solved.status == 0 else np.nan)
            found.append((ends[0], ends[1]))
        return found


def attack(pages: list[str], limit: int) -> list[str]:
    """Name the withheld cells of editions, taken together, that cannot be anything from 1 to the limit less 1."""
    known, withheld = Knowledge(), []
    for edition, page in enumerate(pages):
        tables = tables_of(page)
        sizes = next((table for table in tables if table.caption.startswith(SIZES)), None)
        rows = [row[0] for row in sizes.rows if row[0] != ALL] if sizes else []
        people = {row[0]: row[1] for row in sizes.rows} if sizes else {}
        for table in filter(is_of_counts, tables):
            by_typology = table.caption.endswith(", by typology")
            own = rows if by_typology else [row[0] for row in table.rows if row[0] != ALL]
            withheld += _learn(known, table, own, edition, people if by_typology else {})
            if by_typology or any(row[0] == ALL for row in table.rows):
                _link(known, table, own, edition)
        _crimes(known, tables, edition)
    found = []
    bounds = known.bounds([cells for _, cells in withheld])
    for (name, _), (low, high) in zip(withheld, bounds, strict=True):
        if not (low <= 1 + 1e-6 and high >= limit - 1 - 1e-6):  # also if nothing fits at all
            found.append(f"{name} is from {low:.0f} to {high:.0f}")
    return found


def _fact(caption: str) -> str:
    return re.sub(r", by (typology|year|area)$", "", caption)


def _learn(
    known: Knowledge, table: Printed, rows: list[str], edition: int, people: dict[str, str]
) -> list[tuple[str, list[int]]]:
    """Learn a table: every row adds up to its whole, and every printed cell is within its rounding."""
    columns, alone = table.columns[2:], {row[0] for row in table.rows}
    rest = [row for row in rows if row not in alone]
    if not people and TOGETHER in alone:
        rest = []  # how many each of these is stands in no table, so that their sum is one unknown
    withheld = []
    for row in rows:
        if row in people:
            known.know((known.of(edition, table.caption, row, c) for c in columns), *numbers(people[row]))
    for row in table.rows:
        members = rest if row[0] == TOGETHER and rest else rows if row[0] == ALL else [row[0]]
        every = [[known.of(edition, table.caption, member, c) for member in members] for c in columns]
        known.know((cell for cells in every for cell in cells), *numbers(row[1]))
        for column, cell, cells in zip(columns, row[2:], every, strict=True):
            if (span := numbers(cell)) is None:
                withheld.append((f"{table.caption}: {row[0]}, {column}", cells))
            else:
                known.know(cells, *span)
    return withheld


def _link(known: Knowledge, table: Printed, rows: list[str], edition: int) -> None:
    """The total of a category is the same in every table, of this edition or another."""
    for column in table.columns[2:]:
        total = known.of("total", _fact(table.caption), column)
        cells = [known.of(edition, table.caption, row, column) for row in rows]
        known.know([*cells, total], 0, 0, [*[1] * len(cells), -1])


def _crimes(known: Knowledge, tables: list[Printed], edition: int) -> None:
    """Incidents with a crime are no more than crimes: of each year and area."""
    for by in ("year", "area"):
        own = [[t for t in tables if t.caption.startswith(start) and t.caption.endswith(f"by {by}")]
               for start in (HOW_FAR, CRIMES)]  # fmt: skip
        if all(own) and NO_CRIME in own[0][0].columns and "DA crimes" in own[1][0].columns:
            how_far, crimes = own[0][0], own[1][0]
            wholes = {row[0]: row[1] for row in how_far.rows}
            for row in crimes.rows:
                if row[0] in wholes and row[0] not in (ALL, TOGETHER):
                    none = known.of(edition, how_far.caption, row[0], NO_CRIME)
                    da = known.of(edition, crimes.caption, row[0], "DA crimes")
                    known.know([none, da], numbers(wholes[row[0]])[0], np.inf)


def printed_share(pages: list[str]) -> tuple[int, int]:
    """How many cells of counts are printed, and how many there are."""
    cells = [cell for page in pages for table in tables_of(page) if is_of_counts(table)
             for row in table.rows for cell in row[2:]]  # fmt: skip
    return sum(cell != MARK for cell in cells), len(cells)


def main(runs: list[str]) -> None:
    pages = [page_of(Path(run)) for run in runs]
    for run, page in zip(runs, pages, strict=True):
        printed, every = printed_share([page])
        print(f"{run}: {printed} of {every} counts printed ({printed / every:.0%})")
    limit = int(re.search(r"fewer than (\d+) people are withheld", pages[0].replace("\n", " ")).group(1))
    found = attack(pages, limit)
    print(*found[:20], sep="\n")
    print(f"{len(found)} withheld counts narrowed, by {len(pages)} edition(s) together")


if __name__ == "__main__":
    main(sys.argv[1:])
