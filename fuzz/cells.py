"""Kinds of trouble in cells: ids written two ways, placeholders, dates and decimals of every form."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from datetime import date, datetime

from fuzz.sheet import DATES, FLAGS, IDS, Sheet

PLACEHOLDERS = ("UNKNOWN", "NOT KNOWN", "-", "\\N", "(null)", "0", "None", "NA", "N/K", "#N/A", "999999", ".")
BOOLEANS = ("1.0", "0.0", "TRUE", "no", "Yes", "X", "-1", "ja", "oui", "Y ", "t", "1", "0", "", "NULL")
TITLES = (
    "NA",
    "None",
    "123",
    "",
    "nan",
    "=1+1",
    "breach " * 40,
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "a\tb",
    "é" * 99,
)
JUNK = (
    "", " ", "?", "-1", "1e400", "inf", "NaN", "=cmd|' /C calc'!A0", "@SUM(1)", "'", "[red]", "[/]", "%s", "{0}", "\\",
    "\u202eabc", "😀", "a" * 5_000, "£5", "x\x1by", "1,000.5", "١٢٣", "NULL", "true",
)  # fmt: skip
DATE_FORMS: tuple[Callable[[datetime], str], ...] = (
    lambda d: d.strftime("%d/%m/%Y %H:%M"),
    lambda d: d.strftime("%m/%d/%Y"),
    lambda d: d.strftime("%d-%b-%y"),
    lambda d: d.strftime("%Y-%m-%dT%H:%M:%SZ"),
    lambda d: d.strftime("%Y-%m-%d %H:%M:%S+01:00"),
    lambda d: f"{(d - datetime(1899, 12, 30)).total_seconds() / 86400:.4f}",
    lambda d: str(int(d.timestamp())),
    lambda d: d.strftime("%Y%m%d"),
    lambda d: f"{d.year}-02-30",
    lambda d: "1900-01-01",
    lambda d: d.replace(year=2051, day=min(d.day, 28)).isoformat(" "),
    lambda d: "0000-00-00 00:00:00",
    lambda d: "9999-12-31",
    lambda d: "294247-01-10 04:00:54.775807",
    lambda d: d.strftime("%d.%m.%y"),
)


def _moment(cell: str) -> datetime:
    try:
        return datetime.fromisoformat(cell).replace(tzinfo=None)  # another kind of trouble may have given it a zone
    except ValueError:
        return datetime(2015, 6, 1)


def dates_in_another_form(sheet: Sheet, rng: random.Random) -> None:
    """One date column in one other form, throughout or in part."""
    form = rng.choice(DATE_FORMS)
    sheet.change(rng.choice(DATES), lambda cell: form(_moment(cell)), rng, rng.choice((0.03, 0.5, 1.0)))


def dates_in_every_form(sheet: Sheet, rng: random.Random) -> None:
    """Every date column in a mixture of forms."""
    for meaning in DATES:
        sheet.change(meaning, lambda cell: rng.choice(DATE_FORMS)(_moment(cell)), rng, 0.3)


def ids_written_two_ways(sheet: Sheet, rng: random.Random) -> None:
    """One id column as a program that guesses would write it."""
    forms: tuple[Callable[[str], str], ...] = (
        lambda cell: cell[1:].lstrip("0") + ".0",
        lambda cell: cell[1:].lstrip("0"),
        lambda cell: f"'{cell}",
        lambda cell: cell.lower(),
        lambda cell: cell + "\u00a0",
        lambda cell: "\u200b" + cell,
        lambda cell: cell + "\x00" * 3,
        lambda cell: f"{float(cell[1:] or 0):.2E}" if cell[1:].isdigit() else cell,
        lambda cell: unicodedata.normalize("NFD", cell + "é"),
        lambda cell: cell + "\x07",
        lambda cell: cell * 800,
        lambda cell: "00" + cell,
    )
    form = rng.choice(forms)
    for meaning in rng.choice((IDS, IDS[:1], IDS[1:])):
        sheet.change(meaning, form, rng, rng.choice((0.1, 1.0)))


def placeholders(sheet: Sheet, rng: random.Random) -> None:
    """A word that stands for nobody, or for nothing, in some columns."""
    word = rng.choice(PLACEHOLDERS)
    for meaning in rng.sample(sheet.meanings, rng.randrange(1, 4)):
        sheet.change(meaning, lambda cell: word, rng, rng.choice((0.02, 0.2, 0.6)))


def decimal_commas(sheet: Sheet, rng: random.Random) -> None:
    """Severity as most of Europe writes it."""
    form = rng.choice((lambda cell: cell.replace(".", ","), lambda cell: "1.000," + cell, lambda cell: "1 000,5"))
    sheet.change("severity", form, rng)


def broken_codes(sheet: Sheet, rng: random.Random) -> None:
    """Offence codes of another country, or after a spreadsheet had them."""
    words = ("101.0", "08-Jun", "8/6", "45083", "ABC", "1.95E+04", "001/05", "8/67", "99999999999999999999")
    sheet.change("offence_code", lambda cell: rng.choice(words), rng, rng.choice((0.05, 1.0)))


def odd_titles(sheet: Sheet, rng: random.Random) -> None:
    """Offence titles and ethnic groups that a reader may take for something else."""
    words = [rng.choice(TITLES)] if rng.random() < 0.5 else list(TITLES)
    for meaning in ("offence", "offender_ethnicity", "borough"):
        sheet.change(meaning, lambda cell: rng.choice(words), rng, rng.choice((0.05, 0.5, 1.0)))


def booleans_in_other_clothes(sheet: Sheet, rng: random.Random) -> None:
    """Flags in every form a system has."""
    pair = rng.sample(BOOLEANS, 2) if rng.random() < 0.5 else list(BOOLEANS)
    sheet.change(rng.choice(FLAGS), lambda cell: rng.choice(pair), rng, rng.choice((0.1, 1.0)))


def junk(sheet: Sheet, rng: random.Random) -> None:
    """Anything anywhere, now and then."""
    for meaning in sheet.meanings:
        sheet.change(meaning, lambda cell: rng.choice(JUNK), rng, 0.02)


def ages(sheet: Sheet, rng: random.Random) -> None:
    """Ages in place of birth dates, and unknown ones as old systems write them."""
    for meaning in ("offender_dob", "victim_dob"):
        if meaning in sheet.meanings:
            at = sheet.meanings.index(meaning)
            sheet.meanings[at] = sheet.header[at] = meaning.replace("dob", "age")
            sheet.change(sheet.meanings[at], lambda cell: rng.choice(("30", "0", "99", "999", "41.5", "-3", "")), rng)


def one_value(sheet: Sheet, rng: random.Random) -> None:
    """A column that holds one value throughout, or none."""
    value = rng.choice(("", "x", "2015-01-01", "Y", str(date(1980, 1, 1))))
    sheet.change(rng.choice(sheet.meanings), lambda cell: value, rng)


def numbers_that_begin_anew(sheet: Sheet, rng: random.Random) -> None:
    """Incident numbers that begin at one each day."""
    sheet.change("incident_id", lambda cell: str(rng.randrange(1, 6)), rng)


KINDS = (
    dates_in_another_form, dates_in_every_form, ids_written_two_ways, placeholders, decimal_commas, broken_codes,
    odd_titles, booleans_in_other_clothes, junk, ages, one_value, numbers_that_begin_anew,
)  # fmt: skip
