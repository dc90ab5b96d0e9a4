"""People: one id with several birth dates or sexes, or with more incidents than one person has."""

from __future__ import annotations

from dapipeline.extract.checks.question import Question
from dapipeline.extract.warnings import Warned

SHARED_BY = 5  # birth dates of one id; typing errors do not explain so many
THREE_BIRTHS, TWO_BIRTHS, BOTH_SEXES = 0.005, 0.02, 0.02  # shares of the ids
BUSY = 50  # incidents
ABOVE_SECOND, ABOVE_FIFTH = 4, 10  # times as many incidents as the second and the fifth id


def conflicts(question: Question) -> list[Warned]:
    """Find ids with contradicting birth dates or sexes.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W205.
    """
    found = []
    for who in ("offender", "victim"):
        about = [f"{who}_{what}" for what in ("dob", "sex") if question.has(f"{who}_{what}")]
        if not about or not question.has(f"{who}_id"):
            continue
        births = f"count(DISTINCT {who}_dob)" if f"{who}_dob" in about else "0"
        sexes = (
            f"least(count(*) FILTER ({who}_sex = 'F'), count(*) FILTER ({who}_sex = 'M'))"
            if f"{who}_sex" in about else "0"
        )  # fmt: skip
        ids, most, three, two, both = question.ask(f"""
            SELECT count(*), coalesce(max(births), 0), count(*) FILTER (births > 2), count(*) FILTER (births > 1),
                   count(*) FILTER (sexes > 0)
            FROM (SELECT {births} AS births, {sexes} AS sexes FROM kept WHERE {who}_id IS NOT NULL GROUP BY {who}_id)
        """)  # noqa: S608
        said = [
            (most >= SHARED_BY or three > THREE_BIRTHS * ids, three, f"{_ids(three)} three or more birth dates"),
            (two > TWO_BIRTHS * ids, two, f"{two:,} of {ids:,} ids have two or more birth dates"),
            (both > BOTH_SEXES * ids, both, f"{both:,} of {ids:,} ids have both sexes"),
        ]
        told = [(number, text) for true, number, text in said if true]
        if told:
            row, file = question.ask(f"""
                SELECT source_row, source_file FROM kept WHERE {who}_id IN (
                    SELECT {who}_id FROM kept GROUP BY {who}_id HAVING {births} > 1 OR {sexes} > 0)
                ORDER BY source_file, source_row LIMIT 1
            """)  # noqa: S608
            text = f"{' and '.join(text for _, text in told)}, among {who}s; the first is in row {row:,} of {file}."
            found.append(Warned("W205", f"{who}_id", max(int(number) for number, _ in told), text))
    return found


def busiest(question: Question) -> list[Warned]:
    """Find ids with an implausible number of incidents.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W206.
    """
    found = []
    for column in ("offender_id", "victim_id"):
        if not question.has(column):
            continue
        busy = question.frame(f"""
            SELECT count(DISTINCT incident_id) AS incidents FROM kept WHERE {column} IS NOT NULL
            GROUP BY {column} ORDER BY incidents DESC LIMIT 5
        """)["incidents"].tolist()  # noqa: S608
        if len(busy) < 2 or busy[0] < BUSY:
            continue
        if busy[0] > ABOVE_SECOND * busy[1] or (len(busy) == 5 and busy[0] > ABOVE_FIFTH * busy[4]):
            most, second = busy[:2]
            text = f"One id of {column} has {most:,} incidents, the one with the next most has {second:,}."
            found.append(Warned("W206", column, int(most), text))
    return found


def _ids(number: int) -> str:
    return "1 id has" if number == 1 else f"{number:,} ids have"
