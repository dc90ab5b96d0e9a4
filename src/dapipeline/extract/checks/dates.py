"""Dates: two forms in one column, and a birth date that many people share."""

from __future__ import annotations

from dapipeline.extract.checks.question import Question
from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.copies import text_of
from dapipeline.extract.warnings import Warned

FEWEST, LEAST_SHARE = 5, 0.02
SHARED_SHARE, HALF = 0.005, 0.5
MOMENTS = tuple(name for name, column in BY_NAME.items() if column.kind in ("datetime", "date"))


def date_forms(question: Question) -> list[Warned]:
    """Find columns whose dates are written in two forms.

    Both in the config's format and as ISO 8601, or days with and without a leading zero.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W306.
    """
    formats = [f for f in (question.extract.datetime_format, question.extract.date_format) if f]
    if not formats:
        return []
    listed = "[" + ", ".join(text_of(f) for f in formats) + "]"
    found = []
    for name in MOMENTS:
        if not question.has(name):
            continue
        text = f'"text of {name}"'
        given, first_given, iso, last_iso, padded, bare = question.ask(f"""
            SELECT count(*) FILTER (given), min(day({name})) FILTER (given), count(*) FILTER (NOT given),
                   max(day({name})) FILTER (NOT given),
                   count(*) FILTER (given AND regexp_matches(text, '(^|[/.-])0\\d[/.-]')),
                   count(*) FILTER (given AND regexp_matches(text, '(^|[/.-])\\d[/.-]'))
            FROM (SELECT {name}, {text} AS text, try_strptime({text}, {listed}) IS NOT NULL AS given
                  FROM kept WHERE {name} IS NOT NULL)
        """)  # noqa: S608
        if min(given, iso) >= max(FEWEST, LEAST_SHARE * (given + iso)):
            said = f"{given:,} dates of {name} are written in the config's format and {iso:,} as ISO 8601."
            if last_iso <= 12 < first_given:
                said += " All days up to 12 are in one form and all days after it in the other: Excel has swapped them."
            found.append(Warned("W306", name, int(min(given, iso)), said))
        elif min(padded, bare) >= max(FEWEST, LEAST_SHARE * (padded + bare)):
            said = f"{padded:,} dates of {name} have days and months as 05, {bare:,} as 5."
            found.append(Warned("W306", name, int(min(padded, bare)), said))
    return found


def birth_dates(question: Question) -> list[Warned]:
    """Find a birth date that too many people share.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W307.
    """
    found = []
    for who in ("offender", "victim"):
        if not question.has(f"{who}_dob", f"{who}_id"):
            continue
        people, most, firsts = question.ask(f"""
            SELECT (SELECT count(DISTINCT {who}_id) FROM kept WHERE {who}_dob IS NOT NULL), coalesce(max(people), 0),
                   (SELECT count(*) FILTER (day({who}_dob) = 1) / greatest(count({who}_dob), 1) FROM kept)
            FROM (SELECT count(DISTINCT {who}_id) AS people FROM kept WHERE {who}_dob IS NOT NULL GROUP BY {who}_dob)
        """)  # noqa: S608
        if firsts > HALF:
            continue  # births were cut to the month or year, for privacy
        if most >= max(FEWEST, SHARED_SHARE * people):
            row, file = question.ask(f"""
                SELECT source_row, source_file FROM kept WHERE {who}_dob = (
                    SELECT {who}_dob FROM kept WHERE {who}_dob IS NOT NULL
                    GROUP BY {who}_dob ORDER BY count(DISTINCT {who}_id) DESC, {who}_dob LIMIT 1)
                ORDER BY source_file, source_row LIMIT 1
            """)  # noqa: S608
            text = f"{most:,} of {people:,} {who}s with a birth date share one; the first is in row {row:,} of {file}."
            found.append(Warned("W307", f"{who}_dob", int(most), text))
    return found
