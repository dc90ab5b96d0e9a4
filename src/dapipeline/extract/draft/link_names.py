"""The evidence of names and dates when files are joined: whose an id is, and what a file is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import Literal

from dapipeline.extract.draft.contents import BIRTHS_BEFORE
from dapipeline.extract.draft.gathering import Table
from dapipeline.extract.draft.names import LIKELY, meanings, plain_words

Side = Literal["event", "person"]
IDS: dict[Side, tuple[str, ...]] = {
    "event": ("incident_id", "offence_id"),
    "person": ("<person id>", "offender_id", "victim_id"),
}
OF_EVENTS = (
    "occurred_from", "occurred_to", "reported_at", "<occurred day>", "<reported day>", "offence", "offence_code",
    "da_flag", "location_type", "outcome_code",
)  # fmt: skip
OF_A_PERSON = ("<person birth date>", "<person birth year>", "<person age>", "<person sex>", "<person ethnicity>")
FORENAMES = ({"forename"}, {"surname"}, {"name", "person"})
SAME, ALIKE = 3, 2
EMPTY = frozenset({"number", "many", "code", "item", "row"})  # words that do not distinguish one id from another


def id_points(name: str, side: Side) -> int:
    """Weigh the evidence of a column's name that it is the id of an event, or of a person.

    Parameters
    ----------
    name : str
    side : str
        ``event`` or ``person``.

    Returns
    -------
    int
        From -6 to 6; below 0 where the name means the other.
    """
    found = meanings(name)
    strength = {of: max((found[n].strength for n in names if n in found), default=0) for of, names in IDS.items()}
    other: Side = "person" if side == "event" else "event"
    return 2 * (strength[side] - strength[other])


def is_of_a_person(name: str) -> bool:
    """Return whether a column's name means a fact about a person: a date of birth, a sex, a surname.

    Parameters
    ----------
    name : str

    Returns
    -------
    bool
    """
    found = meanings(name)
    return any(part in found for part in OF_A_PERSON) or any(
        words >= parts for words in plain_words(name) for parts in FORENAMES
    )


def name_points(own: str, other: str, file: Path) -> int:
    """Weigh how well the name of an id in the roles suits a column of another file.

    Parameters
    ----------
    own, other : str
        The two columns.
    file : Path
        The other file, whose name may supply a missing word: PERSON_ID suits ID of persons.csv.

    Returns
    -------
    int
        3 for the same name, 2 for the same meaning, 0 otherwise.
    """
    if own.lower() == other.lower():
        return SAME
    files = [words - EMPTY for words in plain_words(file.name.split(".")[0])] or [frozenset()]
    theirs = [words - EMPTY for words in plain_words(other)]
    for mine, words, of_file in product((words - EMPTY for words in plain_words(own)), theirs, files):
        if mine and (mine == words or (mine <= words | of_file and not words - mine)):
            return ALIKE
    return 0


def file_points(table: Table, tables: Sequence[Table], side: Side) -> int:
    """Weigh the evidence that a file holds events, or people: by the names of its columns and by how old its dates are.

    Parameters
    ----------
    table : Table
    tables : sequence of Table
        All files.
    side : str
        ``event`` or ``person``.

    Returns
    -------
    int
        Below 0 where it looks like the other.
    """
    of_events = sum(any(part in meanings(c.name) for part in OF_EVENTS) for c in table.columns)
    of_people = sum(is_of_a_person(c.name) for c in table.columns)
    points = (of_people > of_events) - (of_events > of_people)
    years = {one.name: max((m.middle.year for m in _moments(one)), default=None) for one in tables}
    latest, own = max((year for year in years.values() if year), default=None), years[table.name]
    if latest and own:
        points += 1 if own <= latest - BIRTHS_BEFORE else -1
    return 2 * points if side == "person" else -2 * points


def _moments(table: Table) -> list:  # type: ignore[type-arg]
    return [look.moments for look in table.looks.values() if look.moments]


def pair_named(names: Iterable[str]) -> bool:
    """Return whether a file has suspects and victims in columns of their own already.

    Parameters
    ----------
    names : iterable of str
        Its columns.

    Returns
    -------
    bool
    """
    found = [{n for n, m in meanings(name).items() if m.strength >= LIKELY} for name in names]
    return any("offender_id" in one for one in found) and any("victim_id" in one for one in found)
