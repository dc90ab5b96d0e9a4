"""Which words mean missing in which column: the shipped list, and what the config adds or puts in its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dapipeline.config import Extract
from dapipeline.extract.columns import OFFENCE_CODES, Column
from dapipeline.reference.tables import missing_words

TRUE_WORDS, FALSE_WORDS = ("true", "t", "yes", "y", "1", "1.0"), ("false", "f", "no", "n", "0", "0.0")
ZEROS = r"^0+(\.0+)?$"  # an id of zeros alone is nobody's


@cache
def shipped_words(*kinds: str) -> tuple[str, ...]:
    """Return the shipped words of some kinds.

    Parameters
    ----------
    *kinds : str
        Kinds of reference/missing.csv: program, error, word, number, no crime.

    Returns
    -------
    tuple of str
        Lower case.
    """
    words = missing_words()
    return tuple(words.loc[words["kind"].isin(kinds), "word"])


def words_for_missing(column: Column, extract: Extract) -> list[str]:
    """Return the texts that mean missing in a column.

    A word to which the column's own codes or ``extract.values`` give a meaning keeps it, so that ``none`` stays a
    relationship.

    Parameters
    ----------
    column : Column
        The canonical column.
    extract : Extract
        missing_values are added to the shipped words, missing_values_only replace them.

    Returns
    -------
    list of str
        Lower case, the empty text first.
    """
    mapped = set(_lower([word for words in extract.values.get(column.name, {}).values() for word in words]))
    own = {*TRUE_WORDS, *FALSE_WORDS} if column.kind == "boolean" else set(_lower(column.values))
    if extract.missing_values_only is not None:
        words = _lower(extract.missing_values_only)
    else:
        kinds = ("program", "error", "word", *(["number"] if column.identifies else []),
                 *(["no crime"] if column.name in OFFENCE_CODES else []))  # fmt: skip
        shipped = shipped_words("error") if column.verbatim else shipped_words(*kinds)
        words = [*(word for word in shipped if word not in own), *_lower(extract.missing_values)]
    return ["", *(word for word in words if word not in mapped)]


def all_words_for_missing(extract: Extract) -> list[str]:
    """Return every text that may mean missing in some column: what to look for while reading.

    Parameters
    ----------
    extract : Extract
        missing_values and missing_values_only are included.

    Returns
    -------
    list of str
        Lower case.
    """
    shipped = shipped_words("program", "error", "word", "number", "no crime")
    return _lower([*shipped, *extract.missing_values, *(extract.missing_values_only or ())])


def words_for_missing_in_source(extract: Extract) -> list[str]:
    """Return the texts that mean missing in a source column that an expression names: only what programs write.

    Parameters
    ----------
    extract : Extract
        missing_values are added to the shipped words, missing_values_only replace them.

    Returns
    -------
    list of str
        Lower case, the empty text first.
    """
    if extract.missing_values_only is not None:
        return ["", *_lower(extract.missing_values_only)]
    return ["", *_lower([*shipped_words("program", "error"), *extract.missing_values])]


def _lower(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(word.strip().lower() for word in words))
