"""Ids: whether suspects and victims share them, whether one person has two, and whether an id stands for nobody."""

from __future__ import annotations

from dapipeline.extract.checks.question import Question
from dapipeline.extract.columns import IDS
from dapipeline.extract.warnings import Warned

FEWEST_IDS, LEAST_SHARED, MORE_SHARED = 30, 0.005, 0.01
PEOPLE = ("offender_id", "victim_id")
# SQL that removes case, punctuation, decimals and leading zeros, in which two spellings of one id are equal.
PLAIN = r"regexp_replace(upper(regexp_replace({}, '\.0+$', '')), '[^A-Z0-9]', '', 'g')"
FORM = rf"regexp_replace({PLAIN}, '^([A-Z]*)0+(\d)', '\1\2')"
NOBODY = (
    r"unknown|not.?known|unidentif|no.?name|no.?suspect|no.?offender|nobody|anonym|dummy|placeholder"
    r"|not.?(recorded|stated|given)|missing|refused|withheld|various|multiple|to be|unnamed|nominal|person|suspect"
    r"|victim|offender|male|default|null|redacted|police|crown|regina|nil return"
)


def id_forms(question: Question) -> list[Warned]:
    """Count ids that another program wrote as decimals, as formulas or after an apostrophe, and that were corrected.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W210.
    """
    found = []
    for column in IDS:
        number = question.forms.unified(column)
        if number:
            found.append(
                Warned("W210", column, number, f"{number:,} values of {column} were put into the form of an id.")
            )
    return found


def roles(question: Question) -> list[Warned]:
    """Find link tables, in which no row has both a suspect and a victim.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W207.
    """
    if not question.has(*PEOPLE):
        return []
    suspects, victims, both = question.ask(
        "SELECT count(offender_id), count(victim_id), count(*) FILTER (offender_id IS NOT NULL AND victim_id IS NOT "
        "NULL) FROM kept"
    )
    if min(suspects, victims) < FEWEST_IDS or both >= 0.01 * min(suspects, victims):
        return []
    text = f"{suspects:,} rows have a suspect and {victims:,} a victim, but only {both:,} have both."
    return [Warned("W207", "victim_id", int(suspects + victims - 2 * both), text)]


def ids_meet(question: Question) -> list[Warned]:
    """Find out whether some people are both suspect and victim, as in every force.

    If hardly any are, the two columns hold different kinds of id or write them differently.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W201 or W202.
    """
    if not question.has(*PEOPLE):
        return []
    suspects, victims, both, alike = question.ask(f"""
        WITH suspects AS (SELECT DISTINCT offender_id AS id FROM kept WHERE offender_id IS NOT NULL),
        victims AS (SELECT DISTINCT victim_id AS id FROM kept WHERE victim_id IS NOT NULL),
        forms AS (SELECT DISTINCT {FORM.format("id")} AS form FROM suspects)
        SELECT (SELECT count(*) FROM suspects), (SELECT count(*) FROM victims),
               (SELECT count(*) FROM victims SEMI JOIN suspects USING (id)),
               (SELECT count(*) FROM (SELECT {FORM.format("id")} AS form FROM victims ANTI JOIN suspects USING (id))
                WHERE form IN (SELECT form FROM forms))
    """)  # noqa: S608
    fewer = min(suspects, victims)
    if fewer and alike >= max(3, MORE_SHARED * fewer):
        text = (
            f"{both:,} victims are suspects too; {alike:,} more would be if both ids were written alike (noughts in "
            "front, case, punctuation or a decimal)."
        )
        return [Warned("W202", "victim_id", int(alike), text, _one_form(question))]
    if fewer >= FEWEST_IDS and both < LEAST_SHARED * fewer:
        text = f"Of {suspects:,} suspects and {victims:,} victims, {both:,} share an id."
        return [Warned("W201", "victim_id", int(both), text)]
    return []


def _one_form(question: Question) -> str:
    """Write the extract.derive settings that put both ids into one form, where all are numbers."""
    letters = question.ask(
        "SELECT count(*) FILTER (regexp_matches(offender_id, '\\D') OR regexp_matches(victim_id, '\\D') "
        "OR length(offender_id) > 18 OR length(victim_id) > 18) FROM kept"
    )[0]
    if letters:
        return ""
    lines = "; ".join(f"{name}: 'cast(cast({question.source(name)} as bigint) as text)'" for name in PEOPLE)
    return f"Read both as numbers under extract.derive: {lines}."


def ids_split(question: Question) -> list[Warned]:
    """Find ids of one column that differ by case or leading zeros alone.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W203.
    """
    found = []
    for column in PEOPLE:
        if not question.has(column):
            continue
        (split,) = question.ask(f"""
            SELECT coalesce(sum(ids), 0) FROM (
                SELECT count(*) AS ids FROM (SELECT DISTINCT {column} AS id FROM kept WHERE {column} IS NOT NULL)
                GROUP BY ltrim(upper(id), '0') HAVING count(*) > 1)
        """)  # noqa: S608
        if split:
            text = f"{int(split):,} ids of {column} differ from another by case or by noughts in front alone."
            found.append(Warned("W203", column, int(split), text))
    return found


def ids_of_nobody(question: Question) -> list[Warned]:
    """Find ids that look like words for nobody, or like one character repeated.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W204.
    """
    found = []
    for column in PEOPLE:
        if not question.has(column):
            continue
        rows, ids, first = question.ask(f"""
            SELECT count(*), count(DISTINCT {column}), min((source_row, source_file)) FROM kept
            WHERE {column} IS NOT NULL AND (
                (regexp_matches(lower({column}), '{NOBODY}') AND NOT regexp_matches({column}, '\\d{{3}}'))
                OR regexp_full_match({column}, '[A-Za-z]{{0,3}}-?0+|[Xx]+|9{{5,}}')
                OR (length({column}) >= 7 AND replace({column}, left({column}, 1), '') = ''))
        """)  # noqa: S608
        if rows:
            row, file = first
            text = (
                f"{ids:,} {'id looks' if ids == 1 else 'ids look'} like a word for nobody, in {rows:,} rows of "
                f"{column}; the first is row {row:,} of {file}."
            )
            found.append(Warned("W204", column, int(rows), text))
    return found
