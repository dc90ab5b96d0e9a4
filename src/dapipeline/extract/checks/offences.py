"""Offence codes: unreadable ones, ones of another country, and ones that contradict their titles."""

from __future__ import annotations

from dapipeline.extract.checks.question import Question
from dapipeline.extract.examples import examples
from dapipeline.extract.warnings import Warned
from dapipeline.reference.tables import offences
from dapipeline.reference.titles import match_titles

LEAST_SHARE, FEWEST = 0.05, 5
TEXT_OF_CODE = '"text of offence_code"'
MOST_PAIRS = 5_000  # of code and title; the most frequent
AS_DATES = r"^\d{1,2}-[A-Za-z]{3}(-\d{2,4})?$|^[A-Za-z]{3}-\d{2,4}$|^\d{4}-\d{2}-\d{2}|^\d{1,2}/\d{1,2}/\d{4}"


def unread_codes(question: Question) -> list[Warned]:
    """Count unreadable offence codes, where only the code shows that a row is about a crime.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W302.
    """
    if not question.has("offence_code") or "is_crime" not in question.mapping.derived:
        return []
    unread = f"offence_code IS NULL AND {TEXT_OF_CODE} IS NOT NULL AND is_crime"
    rows, dates = question.ask(
        f"SELECT count(*), count(*) FILTER (regexp_matches({TEXT_OF_CODE}, '{AS_DATES}')) FROM kept WHERE {unread}"  # noqa: S608
    )
    if not rows:
        return []
    where = f"fault IS NULL AND {unread}"
    found_there = examples(question.connection, "offence_code", where) if question.quotes else []
    shown = ", ".join(repr(text) for text in found_there)
    spreadsheet = " A spreadsheet has turned them into dates." if dates * 2 > rows else ""
    such = f", such as {shown}" if shown else ""
    text = f"{rows:,} rows count as crimes with an offence code that cannot be read{such}.{spreadsheet}"
    return [Warned("W302", "offence_code", int(rows), text)]


def codes_and_titles(question: Question) -> list[Warned]:
    """Find codes that are not on the Home Office list, and codes whose titles belong to another family.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W303 and W304.
    """
    if not question.has("offence_code"):
        return []
    title = "offence" if question.has("offence") else "NULL::VARCHAR"
    pairs = question.frame(
        f"SELECT offence_code AS code, {title} AS title, count(*) AS rows FROM kept WHERE offence_code IS NOT NULL "  # noqa: S608
        f"GROUP BY ALL ORDER BY rows DESC, code, title LIMIT {MOST_PAIRS}"
    )
    family = pairs["code"].map(offences().set_index("code")["family"])
    whole, unlisted, found = int(pairs["rows"].sum()), int(pairs.loc[family.isna(), "rows"].sum()), []
    if unlisted >= max(FEWEST, LEAST_SHARE * whole):
        text = f"{unlisted:,} of {whole:,} rows with an offence code have one that is not on the Home Office list."
        found.append(Warned("W304", "offence_code", unlisted, text))
    by_title = match_titles(pairs["title"])["family"]
    both = family.notna() & by_title.notna()
    unlike = both & (family.astype("string") != by_title.astype("string")).fillna(False)
    known, differing = int(pairs.loc[both, "rows"].sum()), int(pairs.loc[unlike, "rows"].sum())
    if differing >= max(FEWEST, LEAST_SHARE * known):
        first = pairs[unlike].iloc[0]
        text = (
            f"In {differing:,} of {known:,} rows the offence code and the title speak of different offences, such as "
            f"{first['code']} beside {str(first['title'])[:40]!r}."
        )
        found.append(Warned("W303", "offence_code", differing, text))
    return found
