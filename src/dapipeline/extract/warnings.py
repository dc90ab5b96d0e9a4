"""Warnings: what is probably wrong with an extract although no rule was broken. The catalogue, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

COLUMNS = ["code", "column", "rows", "text", "remedy"]


@dataclass(frozen=True)
class WarningKind:
    """One thing to be warned of.

    Attributes
    ----------
    code : str
        Stable name.
    when : str
        What is looked for, with its threshold.
    meaning : str
        What it does to the results.
    remedy : str
        What to do; a warning may replace it by one with the extract's own names.
    """

    code: str
    when: str
    meaning: str
    remedy: str


CATALOGUE = (
    WarningKind(
        "W101", "A file or sheet has exactly as many rows as a sheet of Excel can hold (1,048,576, or 65,536).",
        "Excel drops the rows beyond without a word when it saves.",
        "Count the rows in the system the extract comes from; export without Excel.",
    ),
    WarningKind(
        "W102", "A workbook has sheets that were not read, hidden or of another layout.",
        "Their rows are not in the run.", "Name the sheet to read under extract.sheet, or delete the others.",
    ),
    WarningKind(
        "W103", "A column without a name holds values.", "It was left out, also when copies of rows were looked for.",
        "Give it a name if it matters; a row number that another program added does not.",
    ),
    WarningKind(
        "W104", "Bytes that are no text in the encoding stand in a column that is not read in.",
        "They were replaced; nothing else of the row is touched.", "Set extract.encoding if there are many.",
    ),
    WarningKind(
        "W105", "Characters that do not show (no-break and zero-width spaces, control characters, NUL) or accents "
        "written in two parts were found.",
        "They were removed or put into one form, so that one person is not counted as two.",
        "Nothing, unless the count surprises you.",
    ),
    WarningKind(
        "W106", "A quoted field holds whole rows, and extract.quoting: standard says that it is meant so.",
        "The rows in it are not read as rows.", "Set extract.quoting: none if the export quotes nothing.",
    ),
    WarningKind(
        "W107", "Texts look like UTF-8 that was read in another encoding.",
        "Names and places with accents are garbled.",
        "Set extract.encoding: utf-8.",
    ),
    WarningKind(
        "W108", "Cells of a workbook hold an error such as #N/A.", "They count as missing.",
        "Correct the formulas, if the values are known.",
    ),
    WarningKind(
        "W201", "Suspects and victims share fewer ids than one in two hundred, of thirty or more each.",
        "Nobody's victimisation is seen: those features are 0 for everyone.",
        "Make sure that both columns hold the same kind of id; link the people first if they do not.",
    ),
    WarningKind(
        "W202", "More ids of suspects and victims would meet if both were written alike.",
        "One person counts as two, and victimisations are lost.",
        "Write both ids in one form, in the export or under extract.derive.",
    ),
    WarningKind(
        "W203", "Ids of one column differ by case alone, or by noughts in front.",
        "If they are one person, they count as two.",
        "If they are, write them in one form: extract.derive, with upper() or a cast to a number.",
    ),
    WarningKind(
        "W204", "An id looks like a word for nobody.", "One person is made of everybody who is not known.",
        "Add the word to extract.missing_values if it stands for nobody.",
    ),
    WarningKind(
        "W205", "One id has five birth dates, more than one id in two hundred has three, or more than one in fifty has "
        "two or both sexes.",
        "Different people share an id, or a placeholder stands for several.",
        "Look these ids up; only one that stands for nobody belongs into extract.missing_values.",
    ),
    WarningKind(
        "W206", "One id has fifty incidents or more, and four times as many as the next or ten times as many as the "
        "fifth.",
        "A placeholder, an organisation or a station is counted as a person.",
        "Look the id up; add it to extract.missing_values if it is nobody.",
    ),
    WarningKind(
        "W207", "No row, or fewer than one in a hundred, has both a suspect and a victim.",
        "No offender has a victim, and all features about victims are 0.",
        'Join suspects and victims of an event into one row: docs/your_extract.md, "Systems that keep roles in a link '
        'table".',
    ),
    WarningKind(
        "W208",
        "Rows of one incident lie three months apart: five rows or more, and one in fifty of those that share one.",
        "Different incidents are counted as one, with wrong durations.",
        "If numbers begin anew, make them unique under extract.derive.",
    ),
    WarningKind(
        "W209",
        "Rows of one incident lie in several areas: five rows or more, and one in fifty of those that share one.",
        "Incidents of different agencies or stations are counted as one.",
        "If each area numbers its own, add the area to the id under extract.derive.",
    ),
    WarningKind(
        "W210", "Ids were written as decimals (1190.0), as formulas or after an apostrophe by another program.",
        "They were put into one form.", "Nothing, unless the count surprises you.",
    ),
    WarningKind(
        "W301", "A rule blanked more of a column's values than extract.tolerance allows of rows.",
        "What is said of that column rests on its other values.",
        "Look at some of them: quality/blanked lists every one with its row.",
    ),
    WarningKind(
        "W302", "Offence codes that cannot be read stand where only a code says that a row is a crime.",
        "These rows count as crimes, with a severity by title or none.",
        "Where a word means that there was no crime, say so under extract.derive: is_crime; else format the column as "
        "text and export again.",
    ),
    WarningKind(
        "W303", "Offence codes and the titles beside them speak of different offences, in more than one in twenty rows "
        "with both.",
        "The codes are not Home Office codes, or belong to other rows: families and severities are wrong.",
        "Map the column of Home Office codes, or none: titles are read where there is no code.",
    ),
    WarningKind(
        "W304", "More than one in twenty offence codes is not on the Home Office list.",
        "Such offences are told by their titles, else count as other.",
        "Make sure that the column holds Home Office codes.",
    ),
    WarningKind(
        "W305", "Numbers have a comma where only decimals can stand, or nearly all have three digits after the mark.",
        "Decimals may be taken for thousands, or thousands for decimals.", 'Set extract.decimal: ",".',
    ),
    WarningKind(
        "W306", "The dates of one column are written in two forms.",
        "Excel with American settings swaps day and month where it can and leaves the rest as text.",
        "Compare some dates with the source; export again without opening the file in Excel.",
    ),
    WarningKind(
        "W307", "One birth date belongs to more than one in two hundred people, and to five or more.",
        "It may stand for a date that is not known.",
        "If it does, add it to extract.missing_values.",
    ),
    WarningKind(
        "W308", "Exact duplicates, or rows that name nobody, are more of the rows than extract.tolerance.",
        "They are left out, and counted.", "Make sure that the export is not doubled and that ids are mapped.",
    ),
    WarningKind(
        "W309",
        "A mapped column holds nothing in any of five rows or more; flags are left aside, where nothing means no.",
        "It counts as a column that the extract lacks: what needs it is switched off.",
        "Make sure that it is mapped to the right column of the export.",
    ),
    WarningKind(
        "W310", "domestic_abuse.include names a mark that the extract lacks.",
        "Incidents that have this mark alone are not counted as DA.",
        "Map the column, or take the mark out of domestic_abuse.include.",
    ),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in CATALOGUE}


@dataclass(frozen=True)
class Warned:
    """One warning about an extract.

    Attributes
    ----------
    code : str
        A code of the catalogue.
    column : str
        The column it is about; empty where it is about the file.
    rows : int
        Number of rows, values, ids or incidents; the text says which.
    text : str
        What was found, without anybody's data.
    remedy : str
        The catalogue's, unless the extract's own names make it plainer.
    """

    code: str
    column: str
    rows: int
    text: str
    remedy: str = ""


def warnings_table(found: Iterable[Warned]) -> pd.DataFrame:
    """Lay out warnings as quality/warnings.csv.

    Parameters
    ----------
    found : iterable of Warned
        In any order; the same warning may occur twice.

    Returns
    -------
    pandas.DataFrame
        code, column, rows, text, remedy; sorted, each once.
    """
    lines = sorted({(w.code, w.column, int(w.rows), w.text, w.remedy or BY_CODE[w.code].remedy) for w in found})
    table = pd.DataFrame(lines, columns=COLUMNS)
    return table.astype({"rows": "int64", **dict.fromkeys(["code", "column", "text", "remedy"], "object")})
