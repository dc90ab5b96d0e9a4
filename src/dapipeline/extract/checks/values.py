"""Faults that many values or rows share: nothing there, blanked, left out, garbled, with decimal commas."""

from __future__ import annotations

from dapipeline.extract.checks.question import Question
from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.examples import format_advice, formats_that_fit, shapes
from dapipeline.extract.rules import configured_rules
from dapipeline.extract.warnings import BY_CODE, Warned

FEWEST, MOSTLY = 5, 0.9
WORDS = {",": "comma", ".": "point"}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
GARBLED = "Ã[\u0080-\u00bf]|Ã[ƒ‚¢„†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€"


def left_out(question: Question) -> list[Warned]:
    """Find exact duplicates and rows that name nobody, where they are many.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W308.
    """
    counts = question.counts
    read = int(counts.loc[counts["rule"] == "rows_read", "rows"].iloc[0])
    found = []
    for rule, words in (("exact_duplicate", "are exact duplicates of others"), ("no_people", "name nobody")):
        rows = int(counts.loc[counts["rule"] == rule, "rows"].sum())
        if rows > question.extract.tolerance * read:
            column = "offender_id" if rule == "no_people" else ""
            worked_out = [name for name in ("offender_id", "victim_id") if name in question.mapping.derived]
            remedy = f"Look at extract.derive.{worked_out[0]}: it may give nothing for them." if worked_out else ""
            text = f"{rows:,} of {read:,} rows ({rows / read:.0%}) {words}."
            found.append(Warned("W308", column, rows, text, remedy if column else ""))
    return found


def nothing_there(question: Question) -> list[Warned]:
    """Find mapped columns without a value, and marks to be counted that no column holds.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W309 and W310.
    """
    asked = [name for name in question.mapping.present if BY_NAME[name].kind != "boolean"]
    rows, *filled = question.ask(f"SELECT count(*), {', '.join(f'count({name})' for name in asked)} FROM kept")  # noqa: S608
    empty = [name for name, values in zip(asked, filled, strict=True) if rows >= FEWEST and not values]
    lacking = [mark for mark in question.marks if not question.has(mark)]
    return [
        *(Warned("W309", name, int(rows), f"{name} holds nothing in any of {rows:,} rows.") for name in empty),
        *(Warned("W310", mark, 0, f"{mark} counts as domestic abuse, and no column holds it.") for mark in lacking),
    ]


def blanked(question: Question) -> list[Warned]:
    """Find rules that blanked more of a column's values than is tolerated.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W301.
    """
    rules = configured_rules(question.extract, question.mapping.present)
    done = question.counts[(question.counts["effect"] == "blanked") & (question.counts["rows"] >= FEWEST)]
    found = []
    for line in done.itertuples():
        there = question.ask(f'SELECT count("text of {line.column}") FROM kept')[0]  # noqa: S608  a canonical column
        if line.rows <= question.extract.tolerance * there:
            continue
        at = next(i for i, rule in enumerate(rules) if (rule.code, rule.column) == (line.rule, line.column))
        where = f'fault IS NULL AND "breaks {at}"'
        found_there = shapes(question.connection, line.column, where) if question.quotes else []
        values = ", ".join(repr(value) for value in found_there)
        text = (
            f"{line.rows:,} of {there:,} values of {line.column} ({line.rows / there:.0%}) were blanked by the rule "
            f"{line.rule}{f', such as {values}' if values else ''}."
        )
        advice = ""
        if line.rule == "unreadable_date":
            advice = format_advice(line.column, formats_that_fit(question.connection, line.column, where)).strip()
        elif line.rule == "unknown_code" and line.rows < there and not values:
            advice = f"Say under extract.values.{line.column} what its words mean: quality/blanked lists them."
        elif line.rows == there or not values:
            advice = f"Make sure that {line.column} is mapped to the right column of the export."
        elif line.rule == "unknown_code":
            advice = f"Say under extract.values.{line.column} what these words mean."
        elif line.rule.startswith("unreadable"):
            advice = f"Make sure that {line.column} is mapped to the right column of the export."
        found.append(Warned("W301", line.column, int(line.rows), text, advice or BY_CODE["W301"].remedy))
    return found


def garbled(question: Question) -> list[Warned]:
    """Find texts in UTF-8 that were read in another encoding.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W107.
    """
    if question.extract.encoding in UNICODE:
        return []
    found = []
    for name in question.mapping.present:
        if BY_NAME[name].kind != "text":
            continue
        rows = question.ask(f"SELECT count(*) FILTER (regexp_matches(\"text of {name}\", '{GARBLED}')) FROM kept")[0]  # noqa: S608
        if rows:
            text = f"{rows:,} values of {name} look like UTF-8 that was read as {question.extract.encoding}."
            found.append(Warned("W107", name, int(rows), text))
    return found


def decimal_commas(question: Question) -> list[Warned]:
    """Find numbers with a comma before their decimals, and thousands that may be decimals.

    Parameters
    ----------
    question : Question
        The kept rows, and how they were read.

    Returns
    -------
    list of Warned
        W305.
    """
    found = []
    for name in question.mapping.present:
        whole = question.forms.count(name, "numbers")
        for mark, form in ((",", "three_after_comma"), (".", "three_after_point")):
            three = question.forms.count(name, form)
            if three >= max(FEWEST, MOSTLY * whole) and not question.forms.count(name, "decimal_commas"):
                told = "thousands" if (mark == ",") == (question.extract.decimal == ".") else "decimals"
                text = (
                    f"{three:,} of {whole:,} values of {name} have three digits after a {WORDS[mark]}; read as {told}."
                )
                found.append(Warned("W305", name, three, text, "Compare some with the source; set extract.decimal."))
        number = question.forms.count(name, "decimal_commas") if question.extract.decimal == "." else 0
        if number:
            text = f"{number:,} values of {name} have a comma before their decimals; no value with a comma was read."
            found.append(Warned("W305", name, number, text))
    return found
