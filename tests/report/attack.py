"""What somebody can work out who has the page alone: every printed cell, the totals, and that people are whole.

Reads the page as it is printed, and shares no code with the gate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
from scipy.optimize import linprog

MARK = "*"
ALL = "All"
# Tables in which everybody is in exactly one column, by the beginning of their captions.
EXCLUSIVE = (
    "Sex of",
    "Ethnicity of",
    "Age band of the people",
    "Deprivation of the people",
    "Single, repeat",
    "DA incidents by severity",
    "People by the band",
    "Scrutiny:",
    "DA crimes by outcome",
    "DA incidents by risk grade",
    "Crimes outside DA",
    "Breaches by outcome",
    "People by the first risk grade",
    "People with a DA crime",
)
# Tables of the course whose rows add up to all, which stands in another table or in the same.
OF_THE_COURSE = (*EXCLUSIVE[8:], "People with another DA incident", "DA incidents in which the suspect")
NESTED = ("A second", "A third", "A fifth", "A 10th or later")  # each a part of the one before
SHARED = "No later grade"  # of the tables of the highest and of the next grade
OF_MEASURES = ("Suspects of DA who are", "Suspects whose victim", "Suspects of DA with a record")
# Columns of which the first counts some of those whom the second counts.
BY_WHOM = ("By a partner or ex-partner", "By family", "By someone else", "By whom not recorded")
WITHIN = (
    ("A victim of DA", "A victim of anything"), ("By a partner or ex-partner", "A victim of DA"),
    ("By family", "A victim of DA"), ("By someone else", "A victim of DA"),
    ("By whom not recorded", "A victim of DA"), ("Within 30 days", "In another incident, ever"),
    ("Flagged as domestic abuse", "Named as a suspect"),
)  # fmt: skip


@dataclass
class Printed:
    """A table of the page: its caption, its headings, and its cells as they are printed."""

    caption: str
    columns: list[str]
    rows: list[list[str]]
    note: str = ""

    @property
    def left_out(self) -> list[str]:
        """The rows that the note says were left out."""
        found = re.search(r"nothing could be shown of them: (.*?)\.(?: |$)", self.note)
        return re.split(r", | and ", found.group(1)) if found else []

    def column(self, name: str) -> dict[str, str]:
        return {row[0]: row[self.columns.index(name)] for row in self.rows}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Printed] = []
        self.into: list[str] | None = None
        self.ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(Printed("", [], []))
            self.head = False
        elif tag in ("thead", "tbody"):
            self.head = tag == "thead"
        elif tag == "tr" and self.tables and not self.head:
            self.tables[-1].rows.append([])
        elif tag in ("caption", "th", "td") and self.tables:
            self.into = []
        elif tag == "p" and dict(attrs).get("class") == "note" and self.ended:
            self.into, self.ended = [], False

    def handle_endtag(self, tag: str) -> None:
        self.ended = tag == "table" or (tag == "div" and self.ended)
        if self.into is None or tag not in ("caption", "th", "td", "p"):
            return
        words = " ".join("".join(self.into).split())
        table = self.tables[-1]
        if tag == "p":
            table.note = words
        elif tag == "caption":
            table.caption = words
        elif self.head:
            table.columns.append(words)
        else:
            table.rows[-1].append(words)
        self.into = None

    def handle_data(self, data: str) -> None:
        if self.into is not None:
            self.into.append(data)


def tables_of(page: str) -> list[Printed]:
    """Read the tables of a page."""
    reader = _Reader()
    reader.feed(page)
    return [table for table in reader.tables if table.rows]


def number(cell: str) -> int | None:
    """Read how many a cell says; None where it is withheld."""
    return None if cell == MARK else int(re.match(r"[\d,]+", cell).group(0).replace(",", ""))


def counts_of(tables: list[Printed]) -> list[Printed]:
    """The tables that count people, or their incidents, by a characteristic."""
    return [table for table in tables if table.caption.startswith((*EXCLUSIVE, *OF_MEASURES))]


def narrowed(table: Printed, people: dict[str, int], limit: int) -> list[str]:
    """Name the withheld cells of which an attacker knows more than that they may be 1, or the limit less 1.

    Parameters
    ----------
    table : Printed
    people : dict of str to int
        People of the rows that the table left out, as other tables of the page print them; they are unknowns too.
    limit : int
    """
    names = table.columns[2:]
    rows = [row[0] for row in table.rows]
    left_out = table.left_out
    if table.caption.startswith("Scrutiny:") and left_out:  # only their sum is known: they are one row of unknowns
        left_out = ["left out"]
        shown = [number(row[1]) or 0 for row in table.rows]
        people = {"left out": shown[-1] - sum(shown[:-1])}
    every = [*rows, *left_out]
    known = {(r, c): number(cell) for r, row in enumerate(table.rows) for c, cell in enumerate(row[2:])}
    whole = [number(row[1]) or 0 for row in table.rows] + [people[name] for name in left_out]
    n, at = len(names), {}
    for r in range(len(every)):
        for c in range(n):
            at[r, c] = r * n + c
    equal, equal_to, below, below_than = [], [], [], []

    def line(cells: dict[tuple[int, int], float]) -> np.ndarray:
        found = np.zeros(len(at))
        for cell, weight in cells.items():
            found[at[cell]] = weight
        return found

    for cell, value in known.items():
        if value is not None:
            equal.append(line({cell: 1}))
            equal_to.append(value)
    if ALL in rows:
        last = rows.index(ALL)
        for c in range(n):
            equal.append(line({(r, c): 1.0 for r in range(len(every)) if r != last} | {(last, c): -1.0}))
            equal_to.append(0)
    if table.caption.startswith(EXCLUSIVE) and not left_out_columns(table):
        for r in range(len(every)):
            equal.append(line({(r, c): 1.0 for c in range(n)}))
            equal_to.append(whole[r])
    for r in range(len(every)):
        if table.caption.startswith(EXCLUSIVE):
            below.append(line({(r, c): 1.0 for c in range(n)}))
            below_than.append(whole[r])
        for some, more in WITHIN:
            if some in names and more in names:
                below.append(line({(r, names.index(some)): 1.0, (r, names.index(more)): -1.0}))
                below_than.append(0)
        if set(BY_WHOM) <= set(names) and "A victim of DA" in names:  # everybody is one by somebody
            below.append(line({(r, names.index("A victim of DA")): 1.0} | {(r, names.index(w)): -1.0 for w in BY_WHOM}))
            below_than.append(0)
    box = [(0, whole[r]) for r in range(len(every)) for _ in range(n)]
    found = []
    for (r, c), value in known.items():
        if value is not None:
            continue
        ends = []
        for sign in (1, -1):
            solved = linprog(
                sign * line({(r, c): 1.0}), A_eq=np.array(equal), b_eq=equal_to, bounds=box,
                A_ub=np.array(below) if below else None, b_ub=below_than or None,
            )  # fmt: skip
            assert solved.status == 0, (table.caption, solved.message)
            ends.append(sign * solved.fun)
        if ends[0] > 1 + 1e-6 or ends[1] < limit - 1 - 1e-6:
            found.append(f"{table.caption}: {every[r]}, {names[c]} is from {ends[0]:.0f} to {ends[1]:.0f}")
    return found


def left_out_columns(table: Printed) -> bool:
    """Whether the total row does not add up to the people: columns of few people are not printed."""
    last = [row for row in table.rows if row[0] == ALL]
    cells = [number(cell) for cell in last[0][2:]] if last else []
    return None not in cells and sum(cells) != number(last[0][1]) if cells else False


def of_the_course(tables: list[Printed]) -> list[Printed]:
    """The tables of the course that count."""
    return [table for table in tables if table.caption.startswith(OF_THE_COURSE)]


def told_by_difference(table: Printed, limit: int) -> list[str]:
    """Name neighbours of nested columns that both are printed, and tell of fewer than the limit."""
    found = []
    for row in table.rows:
        cells = [
            number(row[1]),
            *(number(row[table.columns.index(name)]) for name in NESTED if name in table.columns),
            0,
        ]
        told = [cell for cell in cells if cell is not None]
        found += [f"{row[0]}: {a} and {b}" for a, b in pairwise(told) if 0 < a - b < limit]
    return found


def shared_apart(highest: Printed, following: Printed) -> list[str]:
    """Name rows of which one table withholds what the other prints of the same people."""
    at = [dict(zip(table.column("First grade"), table.column(SHARED).values(), strict=True)) if SHARED in table.columns
          else {} for table in (highest, following)]  # fmt: skip
    return [row for row in at[0] if row in at[1] and (at[0][row] == MARK) != (at[1][row] == MARK)]
