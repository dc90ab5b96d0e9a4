"""Which source column is which canonical one: names, cells and relations are weighed, and all are matched at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from dapipeline.extract.columns import BY_NAME, COLUMNS
from dapipeline.extract.draft.codes import known_words
from dapipeline.extract.draft.contents import Look, evidence
from dapipeline.extract.draft.finding import Confidence, Evidence, Finding
from dapipeline.extract.draft.names import Meaning, is_nameless, meanings, plain_words
from dapipeline.extract.draft.profile import Profile
from dapipeline.extract.draft.relations import agreement
from dapipeline.extract.draft.roles import Hints, day_hints, id_hints, people_hints
from dapipeline.extract.draft.words import read_anyway
from dapipeline.reference.vocabulary import UNMAPPED

NAMED, FITS, ENOUGH, OTHERWISE_NAMED, NEAR = 4, 3, 6, -4, 3
SURE, LIKELY, WEAK = 3, 2, 1
OF_A_PERSON = ("dob", "age", "sex", "ethnicity", "id")
PERSON = {"<person birth date>": "dob", "<person age>": "age", "<person sex>": "sex",
          "<person ethnicity>": "ethnicity", "<person id>": "id"}  # fmt: skip
PARTS = {"<occurred day>": "occurred_from", "<ended day>": "occurred_to", "<reported day>": "reported_at"}
FALLBACKS = {
    "incident_id": ("offence_id", "no other number of an incident was found: one number is taken for one incident"),
    "occurred_from": ("reported_at", "no other day was found: the report stands for the day of the incident"),
}
AGREEING = 0.5  # of the codes whose titles are known, whose families are the titles' own
ROLES = ("offender", "victim")
SOMEBODY = frozenset({"suspect", "victim", "witness", "officer", "police", "staff", "reporter"})
# What cells alone can tell in a file whose columns have names.
BY_CELLS = ("lsoa", "offence_code", "offence", "relationship", "location_type", "risk_grade", "offence_family",
            "offender_sex", "victim_sex", "offender_dob", "victim_dob", "outcome_code", "offender_ethnicity",
            "victim_ethnicity")  # fmt: skip
# Whatever it holds, nothing but its name can tell it.
FREE = ("borough", "offender_ethnicity", "victim_ethnicity")
# Whatever it is called, little else looks like it.
TELLING = ("lsoa", "offence_code")


@dataclass(frozen=True)
class Weighed:
    """A source column as one canonical column."""

    name: Meaning
    cells: Evidence
    hint: tuple[int, str]
    otherwise: bool  # its name says something else

    @property
    def points(self) -> int:
        """How much speaks for it; nothing where its cells cannot be it."""
        if self.cells.grade < 0:
            return 0
        points = NAMED * self.name.strength + FITS * max(self.cells.grade, -1) + self.hint[0]
        return max(points + (OTHERWISE_NAMED if self.otherwise else 0), 0)


@dataclass(frozen=True)
class Matching:
    """What was matched.

    Attributes
    ----------
    findings : dict of str to Finding
        By canonical column, in the order of the dictionary.
    unread : dict of str to str
        Canonical column to the source column that is it by its name, but whose words are all unknown.
    meant : dict of str to dict of str to Meaning
        What the name of each source column may mean.
    grades : dict of str to dict of str to Evidence
        What the cells of each say.
    """

    findings: dict[str, Finding]
    unread: dict[str, str]
    meant: dict[str, dict[str, Meaning]]
    grades: dict[str, dict[str, Evidence]]

    def named(self, part: str) -> list[str]:
        """Return the source columns whose name means a part of a column, such as ``<occurred clock>``."""
        return [source for source, meant in self.meant.items() if part in meant]


def match(profile: Profile, looks: Mapping[str, Look]) -> Matching:
    """Find a canonical column for each source column that is one.

    Parameters
    ----------
    profile : Profile
    looks : mapping of str to Look
        By source column, in the order of the file.
    """
    meant = {name: _meant(name) for name in looks}
    grades = {name: evidence(look) for name, look in looks.items()}
    hints = id_hints(profile, looks, grades)
    days = [n for n, grade in grades.items() if grade["occurred_from"].grade > 0 and UNMAPPED not in meant[n]]
    hints |= day_hints(profile, looks, days)
    first = _assigned(looks, meant, grades, hints)
    roles = {role: first[f"{role}_id"][0] for role in ("offender", "victim") if f"{role}_id" in first}
    kinds = {
        name: [kind for kind in OF_A_PERSON[:-1] if kind != "age" and grade[f"offender_{kind}"].grade > 0]
        for name, grade in grades.items()
    }
    unsure = [name for name, of in kinds.items() if of and max(_strengths(meant[name]), default=0) < SURE]
    hints |= people_hints(profile, roles, unsure, kinds)
    found = _assigned(looks, meant, grades, hints)
    code, title = (found.get(name, ("",))[0] for name in ("offence_code", "offence"))
    if code and title and agreement(profile, code, title) < AGREEING:
        # Codes of another law look like those of the Home Office; their titles tell them apart.
        grades[code]["offence_code"] = Evidence(-1)
        meant[code].pop("offence_code", None)
        found = _assigned(looks, meant, grades, hints)
    for name in ("incident_id", "occurred_from", "offence"):
        if name not in found and FALLBACKS.get(name, ("",))[0] not in found:
            _stand_in(name, found, looks, meant, grades, hints)
    rivals = _rivals(found, looks, meant, grades, hints)
    findings = {
        column.name: _finding(column.name, *found[column.name], rivals.get(column.name, ""))
        for column in COLUMNS
        if column.name in found
    }
    unread = {
        n: f.source
        for n, f in findings.items()
        if BY_NAME[n].kind == "code" and not _says_anything(n, f, looks, grades)
    }
    return Matching(_fallbacks({n: f for n, f in findings.items() if n not in unread}), unread, meant, grades)


def _says_anything(
    name: str, finding: Finding, looks: Mapping[str, Look], grades: Mapping[str, Mapping[str, Evidence]]
) -> bool:
    """Return whether a column of codes has a word that is known: without one every cell of it would be blanked."""
    column = looks[finding.source].column
    return grades[finding.source][name].grade > 0 or bool(
        {*known_words(column, name), *read_anyway(name)} & {*column.texts}
    )


def _meant(name: str) -> dict[str, Meaning]:
    """Return what a name means, with plain people taken for suspects first and parts of moments for moments."""
    found = meanings(name)
    for part, kind in PERSON.items():
        if part in found:
            meaning = found[part]
            found[f"offender_{kind}"] = replace(meaning, strength=min(meaning.strength, LIKELY))
            found.setdefault(f"victim_{kind}", replace(meaning, strength=WEAK))
    if "<offence category>" in found:
        found.setdefault("offence", replace(found["<offence category>"], strength=WEAK))
    for part, canonical in PARTS.items():
        if part in found:
            found.setdefault(canonical, found[part])
    for role, word in (("offender", "suspect"), ("victim", "victim")):
        if not found and all(word in words for words in plain_words(name)):
            # Whose it is, it says; what, the cells may.
            found = {f"{role}_{kind}": Meaning(WEAK, word) for kind in OF_A_PERSON}
    return found


def _strengths(meant: Mapping[str, Meaning]) -> list[int]:
    return [meaning.strength for meaning in meant.values()]


def _weighed(
    canonical: str, source: str, meant: Mapping[str, Meaning], grades: Mapping[str, Evidence], hints: Hints
) -> Weighed:
    own, grade, hint = meant.get(canonical, Meaning(0, "")), grades[canonical], hints.get((canonical, source), (0, ""))
    # What the cells rule out is no other meaning of the name.
    others = [m.strength for name, m in meant.items() if name not in (canonical, UNMAPPED) and _allowed(name, grades)]
    unwanted = meant.get(UNMAPPED, Meaning(0, "")).strength
    if own.strength and (grade.grade == 2 or (unwanted == own.strength and (grade.grade > 0 or hint[0] > 0))):
        unwanted = 0
    if (unwanted and unwanted >= own.strength) or _of_another(canonical, source):
        return Weighed(Meaning(0, ""), Evidence(-1), (0, ""), True)
    if own.strength == 0 and not is_nameless(source) and canonical not in BY_CELLS:
        grade = replace(grade, grade=min(grade.grade, 1))
    return Weighed(own, grade, hint, max(others, default=0) > max(own.strength, WEAK))


def _allowed(name: str, grades: Mapping[str, Evidence]) -> bool:
    return name not in grades or grades[name].grade >= 0


def _of_another(canonical: str, source: str) -> bool:
    """Return whether a name speaks of somebody else than the column does: of the victim, of an officer."""
    role = canonical.split("_", maxsplit=1)[0]
    if role not in ROLES or is_nameless(source):
        return False
    own = {"offender": "suspect"}.get(role, role)
    return all(words & (SOMEBODY - {own}) and own not in words for words in plain_words(source))


def _assigned(
    looks: Mapping[str, Look], meant: Mapping[str, Mapping[str, Meaning]],
    grades: Mapping[str, Mapping[str, Evidence]], hints: Hints,
) -> dict[str, tuple[str, Weighed]]:  # fmt: skip
    """Match all columns at once, so that what speaks for the whole counts, and not who comes first."""
    table = [[_weighed(c.name, s, meant[s], grades[s], hints) for s in looks] for c in COLUMNS]
    points = np.array([[one.points for one in line] for line in table], dtype=float)
    points[points < ENOUGH] = 0
    # Of two that fit as well, the one further left in the file.
    sources = list(looks)
    chosen = points - 1e-3 * np.arange(len(sources)) * (points > 0)
    rows, columns = linear_sum_assignment(chosen, maximize=True)
    return {
        COLUMNS[row].name: (sources[column], table[row][column])
        for row, column in zip(rows, columns, strict=True)
        if points[row, column] > 0
    }


def _stand_in(
    canonical: str, found: dict[str, tuple[str, Weighed]], looks: Mapping[str, Look],
    meant: Mapping[str, Mapping[str, Meaning]], grades: Mapping[str, Mapping[str, Evidence]], hints: Hints,
) -> None:  # fmt: skip
    """Take for a column that every run needs the best that is left, which a person has to confirm."""
    taken = {source for source, _ in found.values()}
    weighed = {s: _weighed(canonical, s, meant[s], grades[s], hints) for s in looks if s not in taken}
    best = max(weighed, key=lambda name: (weighed[name].points, -looks[name].column.at), default=None)
    if best is not None and weighed[best].points > 0 and (weighed[best].cells.grade > 0 or weighed[best].name.strength):
        found[canonical] = (best, weighed[best])


def _rivals(
    found: Mapping[str, tuple[str, Weighed]], looks: Mapping[str, Look], meant: Mapping[str, Mapping[str, Meaning]],
    grades: Mapping[str, Mapping[str, Evidence]], hints: Hints,
) -> dict[str, str]:  # fmt: skip
    """Return, by canonical column, an unmatched source column for which nearly as much speaks."""
    taken = {source for source, _ in found.values()}
    rivals = {}
    for canonical, (_, weighed) in found.items():
        others = [(_weighed(canonical, s, meant[s], grades[s], hints).points, s) for s in looks if s not in taken]
        best = max(others, default=(0, ""))
        if best[0] >= max(weighed.points - NEAR, ENOUGH):
            rivals[canonical] = best[1]
    return rivals


def _finding(canonical: str, source: str, weighed: Weighed, rival: str) -> Finding:
    reasons = []
    if weighed.name.strength:
        sure = {SURE: "says so", LIKELY: "suggests it", WEAK: "may mean it"}[weighed.name.strength]
        reasons.append(f"its name {sure}" + (f" ({weighed.name.words})" if weighed.name.words else ""))
    if weighed.cells.text:
        reasons.append(weighed.cells.text)
    points, words = weighed.hint
    if words and points > 0:
        reasons.append(words)
    doubt = words if points < 0 else f"{rival} looks like it too" if rival else ""
    if weighed.cells.grade < 0:
        doubt = "its cells do not look like it"
    confidence = _confidence(canonical, weighed)
    if doubt and confidence == "certain":
        confidence = "likely"
    return Finding(canonical, source, confidence, tuple(reasons), doubt)


def _confidence(canonical: str, weighed: Weighed) -> Confidence:
    name, cells = weighed.name.strength, weighed.cells.grade
    if cells < 0 or weighed.hint[0] < 0:
        return "guess"
    proved = cells >= 1 or canonical in FREE
    if (name == SURE and proved) or (name == LIKELY and cells == 2) or (cells == 2 and canonical in TELLING):
        return "certain"
    if (
        name >= LIKELY
        or (name and cells >= 1 and weighed.hint[0] > 0)
        or (cells == 2 and weighed.hint[0] >= 0 and name)
    ):
        return "likely"
    if cells == 2 and BY_NAME[canonical].kind == "code" and not canonical.endswith("_sex"):
        return "likely"
    return "guess"


def _fallbacks(findings: dict[str, Finding]) -> dict[str, Finding]:
    """Let the number of an offence stand for its incident, and a report for its day, where there is no other."""
    for wanted, (other, doubt) in FALLBACKS.items():
        if wanted not in findings and other in findings:
            old = findings.pop(other)
            findings[wanted] = replace(old, column=wanted, confidence="likely", doubt=doubt)
    return {column.name: findings[column.name] for column in COLUMNS if column.name in findings}
