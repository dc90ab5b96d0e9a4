"""The weight of the evidence that a source column is a canonical one, and the matching with the most points in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from dapipeline.extract.columns import COLUMNS
from dapipeline.extract.draft.contents import Look
from dapipeline.extract.draft.finding import Evidence
from dapipeline.extract.draft.names import WEAK, Meaning, is_nameless, plain_words
from dapipeline.extract.draft.roles import Hints
from dapipeline.reference.vocabulary import UNMAPPED

NAMED, FITS, ENOUGH, OTHERWISE_NAMED, NEAR = 4, 3, 6, -4, 3
ROLES = {"offender": "suspect", "victim": "victim"}
SOMEBODY = frozenset({"suspect", "victim", "witness", "officer", "police", "staff", "reporter"})
# Columns that cells alone can identify in a file whose columns have names.
BY_CELLS = ("lsoa", "offence_code", "offence", "relationship", "location_type", "risk_grade", "offence_family",
            "offender_sex", "victim_sex", "offender_dob", "victim_dob", "outcome_code", "offender_ethnicity",
            "victim_ethnicity")  # fmt: skip


@dataclass(frozen=True)
class Weighed:
    """The evidence that a source column is one canonical column.

    Attributes
    ----------
    source : str
        The source column.
    name : Meaning
        The evidence of its name.
    cells : Evidence
        The evidence of its cells.
    hint : tuple of int and str
        The evidence of other columns: points, and the reason in words.
    otherwise : bool
        Whether its name means another column more clearly.
    """

    source: str
    name: Meaning
    cells: Evidence
    hint: tuple[int, str]
    otherwise: bool

    @property
    def points(self) -> int:
        """The weight of the evidence; 0 where its cells rule it out."""
        if self.cells.grade < 0:
            return 0
        points = NAMED * self.name.strength + FITS * self.cells.grade + self.hint[0]
        return max(points + (OTHERWISE_NAMED if self.otherwise else 0), 0)


@dataclass(frozen=True)
class Weighing:
    """All source columns against all canonical ones.

    Attributes
    ----------
    looks : mapping of str to Look
        By source column, in the order of the file.
    meant : mapping of str to mapping of str to Meaning
        By source column, what its name may mean.
    grades : mapping of str to mapping of str to Evidence
        By source column and canonical column, the evidence of its cells.
    hints : dict of (str, str) to (int, str)
        By canonical column and source column, the evidence of other columns.
    """

    looks: Mapping[str, Look]
    meant: Mapping[str, Mapping[str, Meaning]]
    grades: Mapping[str, Mapping[str, Evidence]]
    hints: Hints

    def weigh(self, canonical: str, source: str) -> Weighed:
        """Weigh the evidence that a source column is a canonical one.

        Parameters
        ----------
        canonical : str
            The canonical column.
        source : str
            The source column.

        Returns
        -------
        Weighed
        """
        meant, grades = self.meant[source], self.grades[source]
        own, grade = meant.get(canonical, Meaning(0, "")), grades[canonical]
        hint = self.hints.get((canonical, source), (0, ""))
        # A meaning of the name that the cells rule out does not count as another one.
        others = [m.strength for n, m in meant.items() if n not in (canonical, UNMAPPED) and _allowed(n, grades)]
        unwanted = meant.get(UNMAPPED, Meaning(0, "")).strength
        if own.strength and (grade.grade == 2 or (unwanted == own.strength and (grade.grade > 0 or hint[0] > 0))):
            unwanted = 0
        if (unwanted and unwanted >= own.strength) or _of_another(canonical, source):
            return Weighed(source, Meaning(0, ""), Evidence(-1), (0, ""), True)
        if own.strength == 0 and not is_nameless(source) and canonical not in BY_CELLS:
            grade = replace(grade, grade=min(grade.grade, 1))
        return Weighed(source, own, grade, hint, max(others, default=0) > max(own.strength, WEAK))

    def assigned(self) -> dict[str, Weighed]:
        """Match all columns at once, so that the points of the whole count, and not which column comes first.

        Returns
        -------
        dict of str to Weighed
            By canonical column; columns without enough evidence are left out.
        """
        table = [[self.weigh(column.name, source) for source in self.looks] for column in COLUMNS]
        points = np.array([[one.points for one in line] for line in table], dtype=float)
        points[points < ENOUGH] = 0
        # Of two that fit equally well, the one further left in the file is taken.
        chosen = points - 1e-3 * np.arange(len(self.looks)) * (points > 0)
        rows, columns = linear_sum_assignment(chosen, maximize=True)
        pairs = zip(rows, columns, strict=True)
        return {COLUMNS[row].name: table[row][column] for row, column in pairs if points[row, column] > 0}

    def stand_in(self, canonical: str, found: Mapping[str, Weighed]) -> Weighed | None:
        """Find the best unmatched source column for one that a run needs; the analyst has to confirm it.

        Parameters
        ----------
        canonical : str
            The canonical column.
        found : mapping of str to Weighed
            What `assigned` found, by canonical column.

        Returns
        -------
        Weighed or None
            None where no unmatched column fits at all.
        """
        left = [weighed for weighed in self._left(canonical, found) if weighed.points > 0]
        fitting = [weighed for weighed in left if weighed.cells.grade > 0 or weighed.name.strength]
        return max(fitting, key=lambda w: (w.points, -self.looks[w.source].column.at), default=None)

    def rival(self, canonical: str, found: Mapping[str, Weighed]) -> str:
        """Find an unmatched source column with nearly as many points as the matched one.

        Parameters
        ----------
        canonical : str
            The canonical column, which was found.
        found : mapping of str to Weighed
            What `assigned` found, by canonical column.

        Returns
        -------
        str
            Empty where there is none.
        """
        best = max(self._left(canonical, found), key=lambda w: (w.points, w.source), default=None)
        enough = max(found[canonical].points - NEAR, ENOUGH)
        return best.source if best is not None and best.points >= enough else ""

    def interchangeable(self, one: str, other: str, found: Mapping[str, Weighed]) -> bool:
        """Return whether two columns could be exchanged without a loss of points.

        Parameters
        ----------
        one, other : str
            Canonical columns.
        found : mapping of str to Weighed
            What `assigned` found, by canonical column.

        Returns
        -------
        bool
            False where one of them was not found.
        """
        if one not in found or other not in found:
            return False
        turned = (self.weigh(one, found[other].source), self.weigh(other, found[one].source))
        return (
            all(w.points for w in turned) and sum(w.points for w in turned) >= found[one].points + found[other].points
        )

    def _left(self, canonical: str, found: Mapping[str, Weighed]) -> list[Weighed]:
        taken = {weighed.source for weighed in found.values()}
        return [self.weigh(canonical, source) for source in self.looks if source not in taken]


def _allowed(name: str, grades: Mapping[str, Evidence]) -> bool:
    return name not in grades or grades[name].grade >= 0


def _of_another(canonical: str, source: str) -> bool:
    """Return whether a name is about another person than the column: the victim, or an officer."""
    own = ROLES.get(canonical.split("_", maxsplit=1)[0])
    if own is None or is_nameless(source):
        return False
    return all(words & (SOMEBODY - {own}) and own not in words for words in plain_words(source))
