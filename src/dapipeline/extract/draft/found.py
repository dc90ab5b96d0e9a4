"""Everything found out about a file: columns, expressions, doubts, and what only the analyst can decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.draft.contents import ENOUGH, Look
from dapipeline.extract.draft.dates import Dates
from dapipeline.extract.draft.derived import Derived
from dapipeline.extract.draft.finding import COMMON, Finding
from dapipeline.extract.draft.layout import Layout
from dapipeline.extract.draft.matching import Matching
from dapipeline.extract.draft.names import LIKELY
from dapipeline.extract.draft.profile import Profile
from dapipeline.extract.draft.role_codes import role_codes
from dapipeline.extract.draft.text import several
from dapipeline.extract.draft.words import Words, may_be_written

NEEDED = ("incident_id", "offender_id", "occurred_from")  # a run needs them, and they cannot be worked out
LONGEST_SHAPE = 40  # characters: a longer shape of a date is not shown


@dataclass(frozen=True)
class Found:
    """Everything found out about a file, in one place.

    Attributes
    ----------
    path, folder : Path
        The extract, and the folder where the config will stand.
    layout : Layout
    profile : Profile
    looks : mapping of str to Look
        By source column.
    matching : Matching
    dates : Dates
    derived : Derived
    words : mapping of str to Words
        By canonical column.
    """

    path: Path
    folder: Path
    layout: Layout
    profile: Profile
    looks: Mapping[str, Look]
    matching: Matching
    dates: Dates
    derived: Derived
    words: Mapping[str, Words]

    @property
    def expressions(self) -> dict[str, str]:
        """Canonical column to the expression that it is worked out by."""
        return {**self.derived.derive, **self.dates.derive}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The canonical columns that are mapped to a source column as it stands."""
        return tuple(f for name, f in self.matching.findings.items() if name not in self.expressions)

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The source columns that the config does not read."""
        used = {f.source for f in self.matching.findings.values()} | self.dates.used | self.derived.used
        return tuple(column.name for column in self.profile.columns if column.name not in used)

    @property
    def undecided(self) -> dict[str, str]:
        """What only the analyst can decide, by canonical column."""
        there = {*self.matching.findings, *self.expressions}
        missing = {name: self._missing(name) for name in NEEDED if name not in there}
        return {**missing, **self.derived.undecided}

    def _missing(self, name: str) -> str:
        """Describe what is missing, and which column has the right name but dates that no format reads."""
        said = f"no column was found for it ({BY_NAME[name].meaning[:-1].lower()})"
        named = [s for s, meant in self.matching.meant.items() if name in meant and meant[name].strength >= LIKELY]
        for source in named:
            column = self.looks[source].column
            shapes = column.values.groupby(column.texts.str.replace(r"[0-9]", "9", regex=True).to_numpy()).sum()
            common = shapes[shapes >= COMMON].sort_index().sort_values(ascending=False, kind="stable")
            looks = " and ".join(str(shape) for shape in common.index[:2] if len(str(shape)) <= LONGEST_SHAPE)
            if BY_NAME[name].kind == "datetime" and looks:
                said += f"; {source} could be it, but no one format reads it: {looks}"
        return said

    @property
    def nobodies(self) -> list[str]:
        """Words in columns of numbered ids that ten rows or more have: they may stand for nobody."""
        words: set[str] = set()
        for name, finding in self.matching.findings.items():
            column = self.looks[finding.source].column
            if BY_NAME[name].identifies and column.share(column.texts.str.contains(r"[0-9]", regex=True)) >= ENOUGH:
                common = column.values[
                    (column.values >= COMMON) & ~column.values.index.str.contains(r"[0-9]", regex=True)
                ]
                words |= {str(text) for text in common.index if may_be_written(str(text))}
        return sorted(words)

    @property
    def roles_doubt(self) -> str:
        """The doubt where only a column of roles names victims, so that a row is about one person; else empty."""
        if "victim_id" in self.matching.findings:
            return ""
        columns = [self.looks[name].column for name in self.unmapped]
        roles = next((c.name for c in columns if (codes := role_codes(c)) and codes.usable), "")
        return roles and f"offender_id: {roles} tells suspects from victims, and every row is taken for a suspect's"

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the analyst has to look at, the columns first."""
        worked_out = {**self.derived.doubts, **self.dates.doubts}
        roles, nobodies = self.roles_doubt, self.nobodies
        return (
            *((roles,) if roles else ()),
            *((f"missing_values: are {', '.join(nobodies)} nobody's ids?",) if nobodies else ()),
            *(f"{finding.column}: {doubt}" for finding in self.findings if (doubt := doubt_of(finding, self.dates))),
            *(f"{name}: {worked_out[name]}" for name in self.expressions if name in worked_out),
            *(f"{name}: {sum(w.unknown.values()):,} rows have a word that nobody maps yet"
              for name, w in self.words.items() if w.unknown),
            *(f"{name}: {several(w.rare, 'row')} with words that fewer than ten rows have, which a draft does not show"
              for name, w in self.words.items() if w.rare and name not in self.expressions),
            *(f"{name}: {several(w.hidden, 'row')} with long words or numbers, which a draft does not show"
              for name, w in self.words.items() if w.hidden and name not in self.expressions),
            *(f"{name}: is it {source}? None of its words is known" for name, source in self.matching.unread.items()),
            *(f"{setting}: {doubt}" for setting, doubt in self.layout.doubts.items()),
        )  # fmt: skip


def doubt_of(finding: Finding, dates: Dates) -> str:
    """Return what the analyst has to look at in a finding.

    Parameters
    ----------
    finding : Finding
    dates : Dates
        Their doubts are added.

    Returns
    -------
    str
        Never empty for a guess.
    """
    doubt = "; ".join(part for part in (finding.doubt, dates.doubts.get(finding.column, "")) if part)
    return doubt or ("is it this column?" if finding.confidence == "guess" else "")
