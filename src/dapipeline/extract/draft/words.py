"""The words of a coded column: known ones are mapped to canonical values, the others are listed for the analyst."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.draft import codes
from dapipeline.extract.draft.finding import COMMON, SourceColumn
from dapipeline.extract.missing import FALSE_WORDS, TRUE_WORDS
from dapipeline.reference.vocabulary import code_words

LONGEST = 100  # characters: a longer unknown word is not shown
MOST = 40  # unknown words listed per column
MOST_OF_CODES = 300  # different texts: a column with more, and without a known word, is not coded


@dataclass(frozen=True)
class Words:
    """The words of one coded column.

    Attributes
    ----------
    values : dict of str to list of str
        Canonical value to the words that mean it, spelt as in the file.
    unknown : dict of str to int
        Words that the package does not know, and the number of rows with each.
    rare : int
        Number of rows whose word stands in fewer than ten rows, and is not shown.
    hidden : int
        Number of rows whose word is too long, or may be somebody's number, and is not shown.
    unlisted : int
        Number of unknown words beyond those in `unknown`.
    """

    values: dict[str, list[str]]
    unknown: dict[str, int]
    rare: int
    hidden: int
    unlisted: int


def words_of_codes(column: SourceColumn, canonical: str, turned: Mapping[str, str] | None = None) -> Words:
    """Sort the words of a coded column, or of a yes-or-no column, into known and unknown ones.

    Parameters
    ----------
    column : SourceColumn
    canonical : str
        The canonical column that it is mapped to.
    turned : mapping of str to str, optional
        Canonical values to exchange: parent and child, where the column says what the suspect is to the victim.

    Returns
    -------
    Words
        No word in it occurs in fewer than ten rows, or could identify somebody.
    """
    known, read, turned = codes.known_words(column, canonical), read_anyway(canonical), turned or {}
    booleans = code_words()["boolean"] if BY_NAME[canonical].kind == "boolean" else {}
    values: dict[str, list[str]] = {}
    unknown: dict[str, int] = {}
    rare = hidden = 0
    spellings: dict[str, str] = {}
    counts = column.values.groupby(column.texts.to_numpy(), sort=False).sum()
    for text in column.values.index:
        spellings.setdefault(str(text).lower(), str(text))
    for text, rows in counts.items():
        value = known.get(text) or booleans.get(text)
        value = turned.get(value or read.get(text, ""), value)
        if text in read and (value is None or value == read[text]):
            continue
        if column.values[spellings[text]] < COMMON:
            rare += int(rows)
        elif value is not None:
            values.setdefault(value, []).append(spellings[text])
        elif may_be_written(text):
            unknown[spellings[text]] = int(rows)
        else:
            hidden += int(rows)
    if column.distinct > MOST_OF_CODES and not values:
        return Words({}, {}, 0, column.filled, 0)
    listed = dict(sorted(unknown.items(), key=lambda item: (-item[1], item[0]))[:MOST])
    order = {value: at for at, value in enumerate([*BY_NAME[canonical].values, "true", "false"])}
    return Words(
        dict(sorted(values.items(), key=lambda item: order[item[0]])), listed, rare, hidden, len(unknown) - len(listed)
    )


def may_be_written(text: str) -> bool:
    """Return whether a word may be shown in a config.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
        False for a long text, and for one with an @ or with digits that may be a birth date or a telephone number.
    """
    return len(text) <= LONGEST and not re.search(r"\d{4}|\d[\d/ -]{6,}|@", text)


def read_anyway(canonical: str) -> dict[str, str]:
    """Return the words that are read without a line in the config.

    Parameters
    ----------
    canonical : str
        A column of kind code or boolean.

    Returns
    -------
    dict of str to str
        Word, in lower case, to canonical value.
    """
    column = BY_NAME[canonical]
    if column.kind == "boolean":
        return {**dict.fromkeys(TRUE_WORDS, "true"), **dict.fromkeys(FALSE_WORDS, "false")}
    read = {value.lower(): value for value in column.values}
    if canonical in ("outcome_code", "imd_decile"):
        read |= {form: value for value in column.values for form in (f"{int(value):02}", f"{value}.0", f"{value}a")}
    return read
