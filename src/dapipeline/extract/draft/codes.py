"""What the cells of a column are: codes and words that the package knows, and texts of a known look."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

import numpy as np
import pandas as pd

from dapipeline.extract.draft.finding import SourceColumn
from dapipeline.reference.codes import OUTCOMES
from dapipeline.reference.tables import match_titles, offences
from dapipeline.reference.vocabulary import UNMAPPED, code_phrases, code_words

AREA = r"[EWSN]\d{8}"  # a code of the Office for National Statistics
ANY_AREA = r"[A-Z]\d{8}"
NUMBER = r"[+-]?\d+([.,]\d+)?"
SLASHED, FIVE = r"0*(\d{1,3})\s*/\s*(\d{1,2})", r"0*(\d{3,5})(\.0)?"
# Letters alone: numbers mean one thing here and another there.
SCHEMES = {"relationship": "relationship:nibrs"}
FITS_A_SCHEME = 0.9
CODE_BEFORE = re.compile(r"^\W*[a-z]?\d{1,3}[a-z]?\s*[-–:.)]\s*")
NO_CRIME = re.compile(r"non.?crim|no crime|incident only|not a crime|not crime")
LONGEST_NO_CRIME = 40
NUMBER_BEFORE = r"0*(\d{1,2})\s*[-–:.]\s*(?=[a-z])"
SOME_KNOWN = 0.2
MOST_PHRASED = 400  # different texts of a column whose words are looked into
SHORT = 4  # characters of a code of a scheme
ETHNIC = (
    "white", "black", "asian", "mixed", "chinese", "arab", "indian", "pakistani", "bangladeshi", "caribbean", "african",
    "hispanic", "native", "pacific", "european", "oriental", "islander", "traveller",
)  # fmt: skip
ETHNIC_CODES = r"ic\s?[0-9]|[wmabo][0-9]{1,2}|w|b|h|a|i|o|p|u|wwh|x"


def share_like(column: SourceColumn, pattern: str) -> float:
    """Return the share of the rows whose whole text is of a look."""
    return column.share(column.texts.str.fullmatch(pattern.lower()))


def known_words(column: SourceColumn, canonical: str) -> dict[str, str]:
    """Return which of a column's texts are words for a value of a canonical column.

    Returns
    -------
    dict of str to str
        Text, lower case, to canonical value. Codes of a published scheme are taken only where nearly all fit it.
    """
    words = code_words()
    own = words["sex"] if canonical in ("offender_sex", "victim_sex") else words.get(canonical, {})
    scheme = _scheme(column, canonical)
    if scheme:
        codes = _codes_of(scheme)
        return {text: codes[code] for text in column.texts if (code := _without_noughts(text)) in codes}
    found = {}
    for text, word in zip(column.texts, column.words, strict=True):
        value = own.get(word) or own.get(CODE_BEFORE.sub("", word))
        if value is None and canonical in code_phrases() and column.distinct <= MOST_PHRASED:
            value = _phrased(word, canonical)
        if value is not None:
            found[text] = value
    if canonical == "outcome_code":
        found |= _numbered(column, found)
    if canonical == "is_crime":
        found |= {text: "false" for text in column.texts if NO_CRIME.search(text) and len(text) <= LONGEST_NO_CRIME}
    return found


def _numbered(column: SourceColumn, known: Collection[str]) -> dict[str, str]:
    """Read the number before the words of an outcome, ``16 - Evidential difficulties``, where some words are known."""
    if share_like(column, NUMBER_BEFORE + ".*") < FITS_A_SCHEME or share_known(column, known) < SOME_KNOWN:
        return {}
    numbers = {text: number[1] for text in column.texts if (number := re.match(NUMBER_BEFORE, text))}
    return {text: number for text, number in numbers.items() if number in OUTCOMES}


@cache
def _phrased(word: str, canonical: str) -> str | None:
    """Return what the words within a cell agree on; None where they do not, or one of them makes it unsure."""
    words = frozenset(re.findall(r"[a-z]+", word))
    matching = [entry for entry in code_phrases()[canonical] if entry[0] <= words]
    values = {value for phrase, value in matching if not any(phrase < other for other, _ in matching)}
    return values.pop() if len(values) == 1 and UNMAPPED not in values else None


def _scheme(column: SourceColumn, canonical: str) -> str:
    """Return the published scheme of codes that nearly all of a column fits; empty where none does."""
    scheme = SCHEMES.get(canonical, "")
    if not scheme or column.distinct < 2:
        return ""
    codes = _codes_of(scheme)
    fits = np.array([_without_noughts(text) in codes and len(text) <= SHORT for text in column.texts], dtype=bool)
    return scheme if column.share(fits) >= FITS_A_SCHEME else ""


@cache
def _codes_of(scheme: str) -> dict[str, str]:
    return {_without_noughts(text): value for text, value in code_words()[scheme].items()}


def are_numbers(column: SourceColumn) -> bool:
    """Return whether a column holds bare numbers, which mean one thing here and another there."""
    return share_like(column, r"\d{1,3}(\.0)?") >= FITS_A_SCHEME


def _without_noughts(text: str) -> str:
    return text.lstrip("0") or "0"


def share_known(column: SourceColumn, known: Collection[str]) -> float:
    """Return the share of the rows that say a known word."""
    return column.share(column.texts.isin(list(known)))


@cache
def home_office_codes() -> frozenset[str]:
    """Return the codes of the Home Office, five digits."""
    return frozenset(offences()["code"])


def five_digits(texts: pd.Series) -> pd.Series:
    """Return texts as codes of the Home Office are written, five digits; missing where they do not look like one."""
    slashed = texts.str.extract(rf"^{SLASHED}$")
    plain = texts.str.extract(rf"^{FIVE}$")[0]
    return (slashed[0].str.zfill(3) + slashed[1].str.zfill(2)).fillna(plain.str.zfill(5))


def offence_codes(column: SourceColumn) -> tuple[float, float, bool]:
    """Return the share of the rows with a Home Office code, that of its look, and whether some are written 8/67."""
    code = five_digits(column.texts)
    return (
        column.share(code.isin(home_office_codes())),
        column.share(code.notna()),
        bool(column.texts.str.contains("/").any()),
    )


def share_titled(column: SourceColumn) -> float:
    """Return the share of the rows whose text is a title of an offence."""
    texts = column.texts
    wordy = texts.str.contains(r"[a-z]{3}", regex=True)
    return column.share(match_titles(texts)["family"].notna() & wordy)


def numbers(column: SourceColumn) -> tuple[np.ndarray, float]:
    """Return the numbers of a column, a text each, NaN where it is none, and the share of the rows that have one."""
    texts = column.texts.where(column.texts.str.fullmatch(NUMBER))
    values = pd.to_numeric(texts.str.replace(",", ".", regex=False), errors="coerce").to_numpy(
        dtype="float64", na_value=np.nan
    )
    return values, column.share(~np.isnan(values))


def share_ethnic(column: SourceColumn) -> tuple[float, float]:
    """Return the share of rows with a word for an ethnic group, and with what may be a code of one."""
    words = column.texts.str.contains("|".join(ETHNIC), regex=True)
    return column.share(words), column.share(column.texts.str.fullmatch(ETHNIC_CODES))


def share_boolean(column: SourceColumn) -> tuple[float, set[str]]:
    """Return the share of rows that say yes or no, and which of the two are said."""
    words = code_words()["boolean"]
    said = [words.get(word) for word in column.words]
    return column.share(np.array([value is not None for value in said], dtype=bool)), {v for v in said if v is not None}
