"""Which cells of a column are codes or words that the package knows, or are written like them."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

import numpy as np
import pandas as pd

from dapipeline.extract.draft.finding import SourceColumn
from dapipeline.reference.codes import OUTCOMES
from dapipeline.reference.tables import offences
from dapipeline.reference.titles import match_titles
from dapipeline.reference.vocabulary import UNMAPPED, code_phrases, code_words

AREA = r"[EWSN]\d{8}"  # a code that the Office for National Statistics gives to an area
ANY_AREA = r"[A-Z]\d{8}"
NUMBER = r"[+-]?\d+([.,]\d+)?"
SLASHED, FIVE = r"0*(\d{1,3})\s*/\s*(\d{1,2})", r"0*(\d{3,5})(\.0)?"
# Schemes of letters only: the meaning of a number differs between forces.
SCHEMES = {"relationship": "relationship:nibrs"}
FITS_A_SCHEME = 0.9
CODE_BEFORE = re.compile(r"^\W*[a-z]?\d{1,3}[a-z]?\s*[-–:.)]\s*")
NO_CRIME = re.compile(r"non.?crim|no crime|incident only|not a crime|not crime")
LONGEST_NO_CRIME = 40
NUMBER_BEFORE = r"0*(\d{1,2})\s*[-–:.]\s*(?=[a-z])"
SOME_KNOWN = 0.2
MOST_PHRASED = 400  # different texts: cells of a column with more are not searched for phrases
SHORT = 4  # characters of a scheme's code at most
ETHNIC = (
    "white", "black", "asian", "mixed", "chinese", "arab", "indian", "pakistani", "bangladeshi", "caribbean", "african",
    "hispanic", "native", "pacific", "european", "oriental", "islander", "traveller",
)  # fmt: skip
ETHNIC_CODES = r"ic\s?[0-9]|[wmabo][0-9]{1,2}|w|b|h|a|i|o|p|u|wwh|x"


def share_like(column: SourceColumn, pattern: str) -> float:
    """Return the share of the rows whose whole text matches a pattern.

    Parameters
    ----------
    column : SourceColumn
    pattern : str
        A regular expression; it is compared in lower case, as the texts are.

    Returns
    -------
    float
        From 0 to 1.
    """
    return column.share(column.texts.str.fullmatch(pattern.lower()))


def known_words(column: SourceColumn, canonical: str) -> dict[str, str]:
    """Return the texts of a column that are known words for a value of a canonical column.

    Parameters
    ----------
    column : SourceColumn
    canonical : str
        The canonical column.

    Returns
    -------
    dict of str to str
        Text, in lower case, to canonical value. Codes of a published scheme count only where nearly all rows fit.
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
    """Read the number before the words of an outcome, ``16 - Evidential difficulties``, if some words are known."""
    if share_like(column, NUMBER_BEFORE + ".*") < FITS_A_SCHEME or share_known(column, known) < SOME_KNOWN:
        return {}
    numbers = {text: number[1] for text in column.texts if (number := re.match(NUMBER_BEFORE, text))}
    return {text: number for text, number in numbers.items() if number in OUTCOMES}


@cache
def _phrased(word: str, canonical: str) -> str | None:
    """Return the value that the known phrases in a cell agree on; None if they disagree or one makes it unsure."""
    words = frozenset(re.findall(r"[a-z]+", word))
    matching = [entry for entry in code_phrases()[canonical] if entry[0] <= words]
    values = {value for phrase, value in matching if not any(phrase < other for other, _ in matching)}
    return values.pop() if len(values) == 1 and UNMAPPED not in values else None


def _scheme(column: SourceColumn, canonical: str) -> str:
    """Return the published scheme of codes that nearly all rows of a column fit; empty where there is none."""
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
    """Return whether a column holds bare numbers, whose meaning differs between forces.

    Parameters
    ----------
    column : SourceColumn

    Returns
    -------
    bool
    """
    return share_like(column, r"\d{1,3}(\.0)?") >= FITS_A_SCHEME


def _without_noughts(text: str) -> str:
    return text.lstrip("0") or "0"


def share_known(column: SourceColumn, known: Collection[str]) -> float:
    """Return the share of the rows with a known word.

    Parameters
    ----------
    column : SourceColumn
    known : collection of str
        The known words, in lower case.

    Returns
    -------
    float
        From 0 to 1.
    """
    return column.share(column.texts.isin(list(known)))


@cache
def _home_office_codes() -> frozenset[str]:
    """Return the offence codes of the Home Office, five digits each."""
    return frozenset(offences()["code"])


def five_digits(texts: pd.Series) -> pd.Series:
    """Return texts as five-digit codes of the Home Office: 8/67 becomes 00867.

    Parameters
    ----------
    texts : pandas.Series of str

    Returns
    -------
    pandas.Series of str
        With the same index; missing where a text is not written like a code.
    """
    slashed = texts.str.extract(rf"^{SLASHED}$")
    plain = texts.str.extract(rf"^{FIVE}$")[0]
    return (slashed[0].str.zfill(3) + slashed[1].str.zfill(2)).fillna(plain.str.zfill(5))


def offence_codes(column: SourceColumn) -> tuple[float, float, bool]:
    """Measure how much of a column is offence codes of the Home Office.

    Parameters
    ----------
    column : SourceColumn

    Returns
    -------
    known : float
        Share of the rows with a code that the Home Office lists.
    alike : float
        Share of the rows with a text that is written like such a code.
    slashed : bool
        Whether some codes are written with a slash, as 8/67.
    """
    code = five_digits(column.texts)
    return (
        column.share(code.isin(_home_office_codes())),
        column.share(code.notna()),
        bool(column.texts.str.contains("/").any()),
    )


def share_titled(column: SourceColumn) -> float:
    """Return the share of the rows whose text is a known title of an offence.

    Parameters
    ----------
    column : SourceColumn

    Returns
    -------
    float
        From 0 to 1.
    """
    texts = column.texts
    wordy = texts.str.contains(r"[a-z]{3}", regex=True)
    return column.share(match_titles(texts)["family"].notna() & wordy)


def numbers(column: SourceColumn) -> tuple[np.ndarray, float]:
    """Return the numbers in a column.

    Parameters
    ----------
    column : SourceColumn

    Returns
    -------
    values : numpy.ndarray of float, shape (n_texts,)
        The number in each text; NaN where it is not a number.
    share : float
        Share of the rows that hold a number.
    """
    texts = column.texts.where(column.texts.str.fullmatch(NUMBER))
    values = pd.to_numeric(texts.str.replace(",", ".", regex=False), errors="coerce").to_numpy(
        dtype="float64", na_value=np.nan
    )
    return values, column.share(~np.isnan(values))


def share_ethnic(column: SourceColumn) -> tuple[float, float]:
    """Return the shares of the rows that name an ethnic group.

    Parameters
    ----------
    column : SourceColumn

    Returns
    -------
    words : float
        Share of the rows with a word for an ethnic group.
    codes : float
        Share of the rows with what may be a code of one.
    """
    words = column.texts.str.contains("|".join(ETHNIC), regex=True)
    return column.share(words), column.share(column.texts.str.fullmatch(ETHNIC_CODES))


def share_boolean(column: SourceColumn) -> tuple[float, set[str]]:
    """Return the share of the rows that say yes or no.

    Parameters
    ----------
    column : SourceColumn

    Returns
    -------
    share : float
        From 0 to 1.
    said : set of str
        Which of ``true`` and ``false`` occur.
    """
    words = code_words()["boolean"]
    said = [words.get(word) for word in column.words]
    return column.share(np.array([value is not None for value in said], dtype=bool)), {v for v in said if v is not None}
