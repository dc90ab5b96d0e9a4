"""Which source column is which canonical one, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dapipeline.extract.columns import BY_NAME, COLUMNS
from dapipeline.extract.draft.codes import known_words
from dapipeline.extract.draft.contents import Look, evidence
from dapipeline.extract.draft.finding import Confidence, Evidence, Finding
from dapipeline.extract.draft.names import LIKELY, SURE, WEAK, Meaning, meanings, plain_words
from dapipeline.extract.draft.profile import Profile
from dapipeline.extract.draft.relations import agreement
from dapipeline.extract.draft.roles import day_hints, id_hints, people_hints
from dapipeline.extract.draft.weighing import ROLES, Weighed, Weighing
from dapipeline.extract.draft.words import read_anyway
from dapipeline.reference.vocabulary import UNMAPPED

OF_A_PERSON = ("dob", "age", "sex", "ethnicity", "id")
FIXED_BY_ID = ("dob", "sex", "ethnicity")
PERSON = {"<person birth date>": "dob", "<person age>": "age", "<person sex>": "sex",
          "<person ethnicity>": "ethnicity", "<person id>": "id"}  # fmt: skip
PARTS = {"<occurred day>": "occurred_from", "<ended day>": "occurred_to", "<reported day>": "reported_at"}
FALLBACKS = {
    "incident_id": ("offence_id", "no other number of an incident was found: one number is taken for one incident"),
    "occurred_from": ("reported_at", "no other day was found: the report stands for the day of the incident"),
}
STAND_INS = ("incident_id", "occurred_from", "offence")
MOSTLY = 0.9  # share of filled rows: with fewer, the reasons mention the empty ones
AGREEING = 0.5  # share of the rows whose code and title have the same family, at least
# Only their names can identify these columns, whatever they hold.
FREE = (
    "borough",
    "offender_ethnicity",
    "victim_ethnicity",
    "initial_offence_code",
    "reported_via",
    "managed_by",
    "force",
)
# Little else looks like these columns, whatever they are called.
TELLING = ("lsoa", "offence_code")


@dataclass(frozen=True)
class Matching:
    """What was matched.

    Attributes
    ----------
    findings : dict of str to Finding
        By canonical column, in the order of the data dictionary.
    unread : dict of str to str
        Canonical column to the source column with its name but without a known word.
    meant : dict of str to dict of str to Meaning
        By source column, what its name may mean.
    """

    findings: dict[str, Finding]
    unread: dict[str, str]
    meant: dict[str, dict[str, Meaning]]

    def named(self, part: str) -> list[str]:
        """Return the source columns whose name means a part of a column.

        Parameters
        ----------
        part : str
            Such as ``<occurred clock>``, the time of day at which an incident started.

        Returns
        -------
        list of str
            In the order of the file.
        """
        return [source for source, meant in self.meant.items() if part in meant]


def match(profile: Profile, looks: Mapping[str, Look]) -> Matching:
    """Find a canonical column for each source column that is one.

    Parameters
    ----------
    profile : Profile
    looks : mapping of str to Look
        By source column, in the order of the file.

    Returns
    -------
    Matching
    """
    meant = {name: _meant(name) for name in looks}
    grades = {name: evidence(look) for name, look in looks.items()}
    days = [n for n, grade in grades.items() if grade["occurred_from"].grade > 0 and UNMAPPED not in meant[n]]
    weighing = Weighing(looks, meant, grades, id_hints(profile, looks, grades) | day_hints(profile, looks, days))
    weighing.hints.update(_whose(profile, weighing))
    found = weighing.assigned()
    code, title = found.get("offence_code"), found.get("offence")
    if code and title and agreement(profile, code.source, title.source) < AGREEING:
        # Codes of another country look like those of the Home Office, but their titles do not match.
        grades[code.source]["offence_code"] = Evidence(-1)
        meant[code.source].pop("offence_code", None)
        found = weighing.assigned()
    for name in STAND_INS:
        if name not in found and FALLBACKS.get(name, ("",))[0] not in found:
            best = weighing.stand_in(name, found)
            found |= {name: best} if best else {}
    findings = {c.name: _finding(c.name, weighing, found) for c in COLUMNS if c.name in found}
    unread = {n: f.source for n, f in findings.items() if not _says_anything(n, found[n], looks)}
    return Matching(_fallbacks({n: f for n, f in findings.items() if n not in unread}), unread, meant)


def _meant(name: str) -> dict[str, Meaning]:
    """Return what a name means: a plain person is first taken for a suspect, and a date for that of its moment."""
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
    for role, word in ROLES.items():
        if not found and all(word in words for words in plain_words(name)):
            # The name shows whose it is; what it is, the cells may show.
            found = {f"{role}_{kind}": Meaning(WEAK, word) for kind in OF_A_PERSON}
    return found


def _whose(profile: Profile, weighing: Weighing) -> dict[tuple[str, str], tuple[int, str]]:
    """Find whose the dates of birth, sexes and ethnic groups are, by the ids that a first matching found."""
    first = weighing.assigned()
    ids = {role: first[f"{role}_id"].source for role in ROLES if f"{role}_id" in first}
    kinds = {
        name: [kind for kind in FIXED_BY_ID if grade[f"offender_{kind}"].grade > 0]
        for name, grade in weighing.grades.items()
    }
    strengths = {name: max((m.strength for m in meant.values()), default=0) for name, meant in weighing.meant.items()}
    unsure = [name for name, of in kinds.items() if of and strengths[name] < SURE]
    return people_hints(profile, ids, unsure, kinds)


def _finding(canonical: str, weighing: Weighing, found: Mapping[str, Weighed]) -> Finding:
    weighed, rival = found[canonical], weighing.rival(canonical, found)
    points, words = weighed.hint
    reasons = []
    if weighed.name.strength:
        says = {SURE: "says so", LIKELY: "suggests it", WEAK: "may mean it"}[weighed.name.strength]
        reasons.append(f"its name {says}" + (f" ({weighed.name.words})" if weighed.name.words else ""))
    column = weighing.looks[weighed.source].column
    gaps = (
        f"{1 - column.filled / column.rows:.0%} empty" if column.rows and column.filled < MOSTLY * column.rows else ""
    )
    reasons += [text for text in (weighed.cells.text, words if points > 0 else "", gaps) if text]
    doubt = words if points < 0 else f"{rival} looks like it too" if rival else ""
    if canonical in ("offender_id", "victim_id") and weighing.interchangeable("offender_id", "victim_id", found):
        other = found["victim_id" if canonical == "offender_id" else "offender_id"].source
        doubt = f"nothing tells suspects from victims: it could be {other}"
    confidence = _confidence(canonical, weighed)
    if doubt and confidence == "certain":
        confidence = "likely"
    return Finding(
        canonical, weighed.source, "guess" if "nothing tells" in doubt else confidence, tuple(reasons), doubt
    )


def _confidence(canonical: str, weighed: Weighed) -> Confidence:
    name, cells, hint = weighed.name.strength, weighed.cells.grade, weighed.hint[0]
    if hint < 0:
        return "guess"
    proved = cells >= 1 or canonical in FREE
    # A name without a role may be a suspect's or a victim's, and no cell shows which.
    anybody = canonical.split("_", maxsplit=1)[0] in ROLES and name < SURE
    if (name == SURE and proved) or (name == LIKELY and cells == 2 and not anybody):
        return "certain"
    if cells == 2 and canonical in TELLING:
        return "certain"
    if name >= LIKELY or (name and cells >= 1 and hint > 0) or (cells == 2 and name):
        return "likely"
    if cells == 2 and BY_NAME[canonical].kind == "code" and not anybody:
        return "likely"
    return "guess"


def _says_anything(name: str, weighed: Weighed, looks: Mapping[str, Look]) -> bool:
    """Return whether a coded column has a known word; without one, each of its cells would be blanked."""
    column, kind = looks[weighed.source].column, BY_NAME[name].kind
    if kind not in ("code", "boolean") or weighed.cells.grade > 0:
        return True
    marked = kind == "boolean" and column.distinct == 1 and column.filled < column.rows  # such as DV or blank
    return marked or not {*known_words(column, name), *read_anyway(name)}.isdisjoint(column.texts)


def _fallbacks(findings: dict[str, Finding]) -> dict[str, Finding]:
    """Use the offence's number as the incident's, and the report's date as the incident's, where there is no other."""
    for wanted, (other, doubt) in FALLBACKS.items():
        if wanted not in findings and other in findings:
            old = findings.pop(other)
            findings[wanted] = replace(old, column=wanted, confidence="likely", doubt=doubt)
    return {column.name: findings[column.name] for column in COLUMNS if column.name in findings}
