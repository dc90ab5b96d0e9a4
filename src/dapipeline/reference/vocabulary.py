"""The words by which a column of an unfamiliar police extract is recognised: what headers and coded cells mean.

A header is cut into lower-case words at blanks, signs, humps (``suspDob``) and the borders of letters and digits. Each
word has one or more meanings, in plain words of a closed vocabulary (`WORDS`). The set of these words, whatever their
order, is looked up among the phrases, each of which names a column. Cells are compared whole, lower case and trimmed.

Where the words come from. British ones are the common terms and abbreviations of crime recording, incident logs,
custody and risk assessment, with the texts of the Home Office's outcome framework and of police.uk; no force's own
export was at hand, so they are what an analyst would expect, not what was counted. American ones follow the published
headers of New York, Los Angeles, Chicago, Seattle and other open data, and the FBI's code lists of the National
Incident-Based Reporting System (relationships of victims, places). Australian, Canadian and Irish terms and the
habits of those who name columns in databases come on top.

Collected by hand: a word is listed where its meaning is certain enough, and left out where forces use it differently.
Some location types are a matter of judgement: hotels and restaurants are ``other``, not licensed premises.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from dapipeline.reference.tables import outcomes, shipped

_VOCABULARY = """
    suspect victim witness person role officer police staff reporter child many
    incident offence crime charge case complaint log item number row count
    date time birth year month day hour week occurred from to reported recorded created updated loaded closed by
    flag keyword not domestic family abuse violence
    code title name forename surname kind category class sub classification level home office counting foreign law
    severity harm score weight risk grade assessment initial previous
    outcome status cleared arrest custody relationship
    age band sex ethnicity nationality religion occupation
    location premises lsoa msoa lower super output deprivation decile quintile rank
    alcohol drug substance honour marriage forced fgm female genital
    borough area force response postcode address easting northing latitude longitude coordinates
    telephone email vehicle weapon property injury notes method motivation vulnerable repeat mental disability
    warning conviction version source pnc hash managed via route channel
"""
WORDS = frozenset(_VOCABULARY.split())

# Columns that are no canonical column but go into one: a day and a time of day make a moment, a person and a role make
# a suspect, a birth year gives an age, a class and a subclass make a Home Office code.
PARTS = (
    "<occurred day>",
    "<occurred clock>",
    "<ended day>",
    "<ended clock>",
    "<reported day>",
    "<reported clock>",
    "<suspect birth year>",
    "<suspect age band>",
    "<victim age band>",
    "<victim birth year>",
    "<person id>",
    "<person role>",
    "<person birth date>",
    "<person birth year>",
    "<person age>",
    "<person sex>",
    "<person ethnicity>",
    "<offence class>",
    "<offence subclass>",
    "<offence category>",
    "<foreign code>",
    "<keywords>",
    "<not crime>",
    "<relationship of suspect>",
)
UNMAPPED = "-"
STRENGTHS = ("sure", "likely", "weak")


@cache
def header_words() -> dict[str, tuple[str, ...]]:
    """Return the meanings of a word in a header; it is cached, so copy it before changing it.

    Returns
    -------
    dict of str to tuple of str
        Each meaning is one or more words of `WORDS`, separated by blanks, or empty where the word adds nothing, such as
        ``value``. A word of `WORDS` that is no key means itself.
    """
    table = shipped("header_words")
    meanings: dict[str, tuple[str, ...]] = {}
    for word, meaning in zip(table["word"], table["meaning"], strict=True):
        meanings[word] = (*meanings.get(word, ()), meaning)
    return meanings


def header_phrases() -> pd.DataFrame:
    """Return which column each phrase means.

    Some words alone are sure to belong to no column (``officer``, ``created``, ``postcode``). A longer phrase with such
    a word belongs to none either, unless it is listed; that is why most are not.

    Returns
    -------
    pandas.DataFrame
        phrase (words of `WORDS`, each once, in any order), column (canonical, one of `PARTS`, or `UNMAPPED` for what a
        person would not map), strength: sure (it can mean nothing else in a police extract), likely, or weak (taken
        only where the cells agree with it).
    """
    return shipped("header_phrases").copy()


@cache
def code_words() -> dict[str, dict[str, str]]:
    """Return what coded cells mean; it is cached, so copy it before changing it.

    Returns
    -------
    dict of str to dict of str to str
        By column: a cell, lower case and trimmed, to the canonical value. ``sex`` is for suspects and victims,
        ``boolean`` for every flag. ``relationship:nibrs`` holds codes of the FBI, to be used only where nearly all
        cells of a column are among them. A relationship is what the victim is to the offender. The codes and titles of
        Home Office outcomes come from their own table.
    """
    table = shipped("code_words")
    values: dict[str, dict[str, str]] = {}
    for column, word, value in zip(table["column"], table["word"], table["value"], strict=True):
        values.setdefault(column, {})[word] = value
    for code, title in outcomes()[["code", "title"]].itertuples(index=False):
        numbers = (code, code.zfill(2), f"{code}.0")  # 5.0 is how Excel may save the number 5
        written = (*numbers, title.lower(), *(f"{word} {code}" for word in ("outcome", "outcome type", "type")))
        values["outcome_code"] |= dict.fromkeys(written, code)
    return values


@cache
def code_phrases() -> dict[str, tuple[tuple[frozenset[str], str], ...]]:
    """Return what words within a coded cell mean, for cells that `code_words` does not list as a whole.

    Returns
    -------
    dict of str to tuple of (frozenset of str, str)
        By column: words that a cell has in any order, and the canonical value, or `UNMAPPED` where these words leave
        the meaning open. A longer phrase overrides those within it: ``ex partner`` overrides ``partner``.
    """
    table = shipped("code_phrases")
    phrases: dict[str, list[tuple[frozenset[str], str]]] = {}
    for column, phrase, value in zip(table["column"], table["phrase"], table["value"], strict=True):
        phrases.setdefault(column, []).append((frozenset(phrase.split()), value))
    return {column: tuple(found) for column, found in phrases.items()}


@cache
def role_words() -> dict[str, str]:
    """Return what codes of a person's role in an event mean; it is cached, so copy it before changing it.

    Returns
    -------
    dict of str to str
        A cell, lower case and trimmed, to suspect, victim or other (a witness, an informant, an officer). A person
        arrested or charged counts as a suspect, a person eliminated from the inquiry as other. Words that forces use
        differently (nominal, subject, involved party) are left out.
    """
    table = shipped("role_words")
    return dict(zip(table["word"], table["role"], strict=True))
