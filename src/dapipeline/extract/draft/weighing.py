"""How much speaks for a source column's being a canonical one, and the matching for which most speaks as a whole."""

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
# What cells alone can tell in a file whose columns have names.
BY_CELLS = ("lsoa", "offence_code", "offence", "relationship", "location_type", "risk_grade", "offence_family",
            "offender_sex", "victim_sex", "offender_dob", "victim_dob", "outcome_code", "offender_ethnicity",
            "victim_ethnicity")  # fmt: skip


@dataclass(frozen=True)
class Weighed:
    """A source column as one canonical column.

    Attributes
    ----------
    source : str
    name : Meaning
        What its name says.
    cells : Evidence
        What its cells say.
    hint : tuple of int and str
        Points and words of what other columns say.
    otherwise : bool
        Whether its name says something else.
    """

    source: str
    name: Meaning
    cells: Evidence
    hint: tuple[int, str]
    otherwise: bool

    @property
    def points(self) -> int:
        """How much speaks for it; nothing where its cells cannot be it."""
        if self.cells.grade < 0:
            return 0
        points = NAMED * self.name.strength + FITS * self.cells.grade + self.hint[0]
        return max(points + (OTHERWISE_NAMED if self.otherwise else 0), 0)


@dataclass(frozen=True)
class Weighing:
    """All source columns beside all canonical ones.

    Attributes
    ----------
    looks : mapping of str to Look
        By source column, in the order of the file.
    meant : mapping of str to mapping of str to Meaning
        What each name may mean.
    grades : mapping of str to mapping of str to Evidence
        What the cells of each say.
    hints : dict
        What columns say about each other.
    """

    looks: Mapping[str, Look]
    meant: Mapping[str, Mapping[str, Meaning]]
    grades: Mapping[str, Mapping[str, Evidence]]
    hints: Hints

    def weigh(self, canonical: str, source: str) -> Weighed:
        """Return what speaks for one source column as one canonical column."""
        meant, grades = self.meant[source], self.grades[source]
        own, grade = meant.get(canonical, Meaning(0, "")), grades[canonical]
        hint = self.hints.get((canonical, source), (0, ""))
        # What the cells rule out is no other meaning of the name.
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
        """Match all columns at once, so that what speaks for the whole counts, and not who comes first."""
        table = [[self.weigh(column.name, source) for source in self.looks] for column in COLUMNS]
        points = np.array([[one.points for one in line] for line in table], dtype=float)
        points[points < ENOUGH] = 0
        # Of two that fit as well, the one further left in the file.
        chosen = points - 1e-3 * np.arange(len(self.looks)) * (points > 0)
        rows, columns = linear_sum_assignment(chosen, maximize=True)
        pairs = zip(rows, columns, strict=True)
        return {COLUMNS[row].name: table[row][column] for row, column in pairs if points[row, column] > 0}

    def stand_in(self, canonical: str, found: Mapping[str, Weighed]) -> Weighed | None:
        """Return the best of what is left for a column that a run needs, which a person has to confirm."""
        left = [weighed for weighed in self._left(canonical, found) if weighed.points > 0]
        fitting = [weighed for weighed in left if weighed.cells.grade > 0 or weighed.name.strength]
        return max(fitting, key=lambda w: (w.points, -self.looks[w.source].column.at), default=None)

    def rival(self, canonical: str, found: Mapping[str, Weighed]) -> str:
        """Return an unmatched source column for which nearly as much speaks; empty where there is none."""
        best = max(self._left(canonical, found), key=lambda w: (w.points, w.source), default=None)
        enough = max(found[canonical].points - NEAR, ENOUGH)
        return best.source if best is not None and best.points >= enough else ""

    def interchangeable(self, one: str, other: str, found: Mapping[str, Weighed]) -> bool:
        """Return whether as much would speak for two columns the other way round."""
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
    """Return whether a name speaks of somebody else than the column does: of the victim, of an officer."""
    own = ROLES.get(canonical.split("_", maxsplit=1)[0])
    if own is None or is_nameless(source):
        return False
    return all(words & (SOMEBODY - {own}) and own not in words for words in plain_words(source))
