"""What the name of a column means: its words, put into plain English, and the known phrases among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import product

from dapipeline.extract.columns import BY_NAME
from dapipeline.reference.vocabulary import header_phrases, header_words

SURE, LIKELY, WEAK = 3, 2, 1
STRENGTHS = {"sure": SURE, "likely": LIKELY, "weak": WEAK}
NAMELESS = re.compile(r"([a-z]{1,2}|col|column|field|fld|f|var|v|x|unnamed:?)[ _-]?\d{1,4}", re.IGNORECASE)
PARTS = re.compile(r"[A-Z]{2,}(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
MOST_READINGS = 24


@dataclass(frozen=True)
class Meaning:
    """A canonical column that a name may mean.

    Attributes
    ----------
    strength : int
        3: it can mean nothing else; 2: likely; 1: only where the cells agree.
    words : str
        The phrase that was found in the name.
    """

    strength: int
    words: str


def words_of(name: str) -> list[str]:
    """Split the name of a column into words: at blanks and signs, between CamelCase humps, before and after digits.

    Parameters
    ----------
    name : str

    Returns
    -------
    list of str
        In lower case, in the order of the name.
    """
    return [part.lower() for piece in re.split(r"[^A-Za-z0-9]+", re.sub("['’]", "", name)) for part in _humps(piece)]


def _humps(piece: str) -> list[str]:
    if piece.isupper() or piece.islower():
        return re.findall(r"[A-Za-z]+|\d+", piece)
    return PARTS.findall(piece)


def is_nameless(name: str) -> bool:
    """Return whether a name tells nothing about its column, such as A17 or Column 3.

    Parameters
    ----------
    name : str

    Returns
    -------
    bool
    """
    return bool(NAMELESS.fullmatch(name.strip()))


def plain_words(name: str) -> list[frozenset[str]]:
    """Return the possible readings of a name, each as a set of plain English words.

    Parameters
    ----------
    name : str

    Returns
    -------
    list of frozenset of str
        One set per reading, at most 24: more than one where an abbreviation in the name has several meanings.
    """
    meanings = header_words()
    pieces = words_of(name)
    whole = "".join(pieces)
    if len(pieces) > 1 and whole in meanings:
        return [frozenset(meaning.split()) for meaning in meanings[whole]]
    readings = product(*(meanings.get(piece, (piece,)) for piece in pieces))
    found = [
        frozenset(word for meaning in reading for word in meaning.split())
        for reading, _ in zip(readings, range(MOST_READINGS), strict=False)
    ]
    return list(dict.fromkeys(found))


@cache
def _phrases() -> tuple[tuple[frozenset[str], str, int, str], ...]:
    table = header_phrases()
    return tuple(
        (frozenset(phrase.split()), column, STRENGTHS[strength], phrase)
        for phrase, column, strength in table[["phrase", "column", "strength"]].itertuples(index=False)
    )


def meanings(name: str) -> dict[str, Meaning]:
    """Return what a name may mean.

    A phrase that leaves one word of the name unexplained is weaker by one, with more such words by two. A phrase that
    is part of a longer one that matches too does not count: ``birth date`` in ``suspect birth date``.

    Parameters
    ----------
    name : str

    Returns
    -------
    dict of str to Meaning
        By canonical column, or by a part of one, such as ``<occurred clock>``; empty where the name has no known
        meaning.
    """
    if name.lower() in BY_NAME:
        return {name.lower(): Meaning(STRENGTHS["sure"], "the canonical name itself")}
    best: dict[str, Meaning] = {}
    for words in plain_words(name) if not is_nameless(name) else []:
        matching = [entry for entry in _phrases() if entry[0] <= words]
        for phrase, column, strength, text in matching:
            if any(phrase < other for other, *_ in matching):
                continue
            left = strength - min(len(words - phrase), 2)
            if left > 0 and left > best.get(column, Meaning(0, "")).strength:
                best[column] = Meaning(left, text)
    return best


def whose(name: str) -> str:
    """Return whose relationship a name describes.

    ``Relationship to Victim`` and ``Relationship of Suspect`` are the suspect's: what the suspect is to the victim.
    ``VICT_IS`` is the victim's.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        ``suspect`` or ``victim``; empty where the name does not show it.
    """
    pieces = [piece for piece in words_of(name) if piece not in ("the", "a", "s")]
    roles = [_role(piece) for piece in pieces]
    if "is" in pieces[1:] and roles[pieces.index("is") - 1]:
        return roles[pieces.index("is") - 1]
    for before, role in zip(pieces, roles[1:], strict=False):
        if role and before in ("to", "of"):
            return role if before == "of" else {"suspect": "victim", "victim": "suspect"}[role]
    named = {role for role in roles if role}
    return named.pop() if len(named) == 1 else ""


def _role(piece: str) -> str:
    words = {word for meaning in header_words().get(piece, (piece,)) for word in meaning.split()}
    return next((role for role in ("suspect", "victim") if role in words), "")
