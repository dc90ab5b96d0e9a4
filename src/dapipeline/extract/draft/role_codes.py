"""The codes in a column of roles: which of them mean a suspect, which a victim, and which neither."""

from __future__ import annotations

from dataclasses import dataclass

from dapipeline.extract.draft.finding import COMMON, SourceColumn
from dapipeline.extract.draft.names import meanings
from dapipeline.extract.draft.words import may_be_written
from dapipeline.reference.vocabulary import role_words

MOST = 80  # different codes at most in a column of roles
MOSTLY = 0.6  # share of the rows with a known role, at least, where the name does not mean a role
PART = "<person role>"


@dataclass(frozen=True)
class RoleCodes:
    """The codes of a column of roles.

    Attributes
    ----------
    source : str
        The column.
    suspect, victim : tuple of str
        Codes as SQL compares them: upper case and trimmed.
    other : dict of str to int
        Codes of people who are neither, and the number of rows with each.
    unknown : dict of str to int
        Codes that the package does not know, and the number of rows with each.
    rare : int
        Number of rows whose unknown code stands in fewer than ten rows, and is not shown.
    missing : int
        Number of rows without a role.
    named : int
        How surely the column's name means a role, from 0 to 3.
    known : float
        Share of the filled rows whose code is known.
    """

    source: str
    suspect: tuple[str, ...]
    victim: tuple[str, ...]
    other: dict[str, int]
    unknown: dict[str, int]
    rare: int
    missing: int
    named: int
    known: float

    @property
    def usable(self) -> bool:
        """Whether it is a column of roles, and tells suspects from victims."""
        return bool(self.suspect and self.victim) and self.likely

    @property
    def likely(self) -> bool:
        """Whether its name or its codes are those of roles."""
        return self.named > 0 or self.known >= MOSTLY

    @property
    def reason(self) -> str:
        """Why it is taken for the role, in words."""
        share = f"{self.known:.0%} of its rows say a known role"
        return f"its name says so and {share}" if self.named else share

    @property
    def doubts(self) -> tuple[str, ...]:
        """Codes that the analyst has to look at."""
        rare = [f"rarer ones ({self.rare:,})"] if self.rare else []
        if not self.unknown and not rare:
            return ()
        listed = ", ".join([*(f"{code} ({rows:,})" for code, rows in self.unknown.items()), *rare])
        return (
            f"role codes that are neither suspect nor victim: {listed}. Nobody knows these; their rows were left out. "
            "Put those that mean a suspect or a victim into the lists of the SQL",
        )


def role_codes(column: SourceColumn) -> RoleCodes | None:
    """Sort the codes of a column by the role that they mean.

    Parameters
    ----------
    column : SourceColumn

    Returns
    -------
    RoleCodes or None
        None where the column is empty, or has more than 80 different codes.
    """
    if not column.filled or column.distinct > MOST:
        return None
    named = meanings(column.name).get(PART)
    words = role_words()
    of: dict[str, set[str]] = {"suspect": set(), "victim": set()}
    other: dict[str, int] = {}
    unknown: dict[str, int] = {}
    known = rare = 0
    for text, word, rows in zip(column.values.index, column.words, column.values.tolist(), strict=True):
        role, code = words.get(word), " ".join(str(text).upper().split())
        if role in of:
            of[role].add(str(text).upper())
        elif role:
            other[code] = other.get(code, 0) + rows
        else:
            unknown[code] = unknown.get(code, 0) + rows
        known += rows if role else 0
    shown = {code: rows for code, rows in unknown.items() if rows >= COMMON and may_be_written(code)}
    rare = sum(rows for code, rows in unknown.items() if code not in shown)
    return RoleCodes(
        column.name, tuple(sorted(of["suspect"])), tuple(sorted(of["victim"])), _sorted(other), _sorted(shown), rare,
        column.rows - column.filled, named.strength if named else 0, known / column.filled,
    )  # fmt: skip


def _sorted(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
