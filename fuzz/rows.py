"""Kinds of trouble in rows and columns: copies, malformed records, odd and double names, cohorts of one."""

from __future__ import annotations

import random

from fuzz.sheet import IDS, Sheet

NAMES = (
    "source_file", "source_row", "raw x", "rule", "fault", "copy", "value", "row", "hash", "breaks 0", "in_window",
    "Straße", "naïve", "x" * 300, "a b", "a.b", 'quo"te', "semi;colon", "SELECT", "1", "", " ", "INCIDENT_ID", "{x}",
    "\u200b", "name\nwith break", "😀", "[bold]", "'", "rowid", "text incident_id", "%", "column0",
)  # fmt: skip


def copies(sheet: Sheet, rng: random.Random) -> None:
    """Rows that repeat others exactly."""
    if sheet.records:
        sheet.records += [list(rng.choice(sheet.records)) for _ in range(rng.randrange(1, 20))]


def malformed(sheet: Sheet, rng: random.Random) -> None:
    """Records with fields too many or too few."""
    for record in sheet.records:
        if rng.random() < 0.06:
            record[:] = rng.choice((record[:-1], record[:2], [*record, "more"], [*record, *record]))


def header_again(sheet: Sheet, rng: random.Random) -> None:
    """The header once more among the rows, as when parts were joined."""
    sheet.records.insert(rng.randrange(len(sheet.records) + 1), list(sheet.header))


def one_row(sheet: Sheet, rng: random.Random) -> None:
    """A single row."""
    sheet.records[1:] = []


def no_rows(sheet: Sheet, rng: random.Random) -> None:
    """A header and nothing under it."""
    sheet.records.clear()


def one_offender(sheet: Sheet, rng: random.Random) -> None:
    """All incidents are of one person."""
    sheet.change("offender_id", lambda cell: "N7654321", rng)


def identical(sheet: Sheet, rng: random.Random) -> None:
    """Everybody has the same history."""
    if sheet.records:
        first = sheet.records[0]
        sheet.records[:] = [list(first) for _ in sheet.records]
        for at, record in enumerate(sheet.records):
            record[0], record[1] = f"I{at:05}", f"N{at:07}"


def one_role_a_row(sheet: Sheet, rng: random.Random) -> None:
    """Each row names the suspect or the victim, as a link table does."""
    for at, meaning in enumerate(IDS):
        if meaning in sheet.meanings:
            place = sheet.meanings.index(meaning)
            for number, record in enumerate(sheet.records):
                if number % 2 == at and place < len(record):
                    record[place] = ""


def nobody(sheet: Sheet, rng: random.Random) -> None:
    """Nobody is named, or nothing is domestic abuse."""
    sheet.change(*rng.choice((("offender_id", lambda cell: ""), ("da_flag", lambda cell: "N"))), rng)


def odd_columns(sheet: Sheet, rng: random.Random) -> None:
    """Columns nobody maps, of names that something else may have."""
    for name in rng.sample(NAMES, rng.randrange(1, 5)):
        sheet.append(name, [rng.choice(("", "seen", "7")) for _ in sheet.records])


def double_names(sheet: Sheet, rng: random.Random) -> None:
    """One name twice, perhaps in another case."""
    name = rng.choice(sheet.header)
    sheet.append(rng.choice((name, name.upper(), f" {name} ")), ["again"] * len(sheet.records))


def index_column(sheet: Sheet, rng: random.Random) -> None:
    """A first column without a name, as data frames write their index."""
    sheet.meanings.insert(0, "")
    sheet.header.insert(0, "")
    for at, record in enumerate(sheet.records):
        record.insert(0, str(at))


def many_columns(sheet: Sheet, rng: random.Random) -> None:
    """Hundreds of columns that nobody maps."""
    more = rng.choice((300, 1_500))
    names = [f"F{at}" for at in range(more)]
    sheet.meanings += names
    sheet.header += names
    for record in sheet.records:
        record.extend(["1"] * more)


def columns_missing(sheet: Sheet, rng: random.Random) -> None:
    """A column less, needed or not."""
    at = rng.randrange(len(sheet.meanings))
    for cells in (sheet.meanings, sheet.header, *sheet.records):
        del cells[at : at + 1]


def no_header(sheet: Sheet, rng: random.Random) -> None:
    """No header row: the first record stands in its place."""
    if sheet.records:
        sheet.header = sheet.records.pop(0)


KINDS = (
    copies, malformed, header_again, one_row, no_rows, one_offender, identical, one_role_a_row, nobody, odd_columns,
    double_names, index_column, many_columns, columns_missing, no_header,
)  # fmt: skip
