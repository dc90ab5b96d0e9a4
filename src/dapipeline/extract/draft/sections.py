"""The sections of a config, written from what was found out about a file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.draft import text as page
from dapipeline.extract.draft.codes import share_boolean
from dapipeline.extract.draft.contents import MOST
from dapipeline.extract.draft.dates import Dates
from dapipeline.extract.draft.finding import COMMON, Finding
from dapipeline.extract.draft.found import NEEDED, Found, doubt_of
from dapipeline.extract.draft.moments import are_serials
from dapipeline.extract.draft.names import is_nameless, plain_words
from dapipeline.extract.draft.profile import Profile
from dapipeline.extract.draft.words import Words, words_of_codes
from dapipeline.reference.tables import missing_words
from dapipeline.reference.vocabulary import UNMAPPED

ABOUT_DAYS = frozenset({"date", "time", "day", "created", "updated", "reported", "recorded", "occurred", "closed"})
SMALL = 2_000  # suspects
DECIMAL_COMMA = r"[+-]?\d+,\d+"
FEW = 0.05
MOST_WORDS = 20
LISTED = "dapipeline check CONFIG --out DIR lists them in DIR/quality/blanked.csv"
IN_COLUMNS = 3  # columns: a word for missing in so many is a setting of the whole file
MISSING_LOOK = re.compile(r"[^0-9A-Za-z]{1,4}|(un|not |no )[a-z /]{3,20}|redacted|withheld")
INTRODUCTION = (
    "A first config for {name}, drafted from its {rows:,} rows. Beside every line stands how sure it is (certain: the "
    "name and the cells agree; likely: one of them does; guess: look at it) and why. Settle what is marked {check}, "
    "then run: dapipeline check CONFIG"
)


def config_text(found: Found) -> str:
    """Write the config.

    Parameters
    ----------
    found : Found
        Everything found out about the file.

    Returns
    -------
    str
        YAML; what is not decided stands in comments marked CHECK.
    """
    head = INTRODUCTION.format(name=found.path.name, rows=found.profile.rows, check=page.CHECK)
    lines = [
        *page.commented(head, 0),
        f"name: {page.scalar(short_name(found.path))}",
        "extract:",
        *page.section(_settings(found), 2),
        *_missing(found.profile),
        *_columns(found),
        *_values(found),
        *_unread(found),
        *_derive(found),
        *_left(found),
        *page.section([_k(found)], 0),
    ]
    return "\n".join(lines) + "\n"


def short_name(path: Path) -> str:
    """Return a name for a config from that of its file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        Letters, digits and single blanks, without the ending; ``extract`` where nothing is left.
    """
    stem = re.sub(r"[^A-Za-z0-9]+", " ", path.name.split(".")[0]).strip()
    return stem or "extract"


def _settings(found: Found) -> list[page.Line]:
    layout, profile, looks = found.layout, found.profile, found.looks
    place = Path(os.path.relpath(found.path.absolute(), found.folder.absolute()))
    lines = [page.Line("path", place.as_posix(), f"{profile.rows:,} rows, {len(profile.columns)} columns")]
    lines += [
        page.Line(setting, value, layout.reasons.get(setting, ""), layout.doubts.get(setting, ""))
        for setting, value in layout.settings.items()
    ]
    numbers = [f.source for name, f in found.matching.findings.items() if BY_NAME[name].kind == "number"]
    commas = [
        name
        for name in numbers
        if (column := looks[name].column).share(column.texts.str.fullmatch(DECIMAL_COMMA)) > FEW
    ]
    if commas:
        lines.append(page.Line("decimal", ",", f"as in {commas[0]}"))
    lines += [
        page.Line(setting, pattern, _why_format(pattern, found)) for setting, pattern in found.dates.settings.items()
    ]
    nobody, words = found.nobodies, _missing_words(profile)
    if nobody or words:
        doubt = f"are {', '.join(nobody)} nobody's ids?" if nobody else ""
        reason = f"in {IN_COLUMNS} columns or more" if words else ""
        lines.append(page.Line("missing_values", sorted({*nobody, *words}), reason, doubt))
    return lines


def _why_format(pattern: str, found: Found) -> str:
    looks = found.looks
    sources = [
        f.source
        for name, f in found.matching.findings.items()
        if (moments := looks[f.source].moments) and name not in found.dates.derive and pattern in moments.formats
    ]
    others = {m.impossible for s in sources if (m := looks[s].moments) and m.impossible}
    reason = f"reads {page.listed(sources)}"
    return f"{reason}; {' and '.join(sorted(others))} cannot" if others else reason


def _missing(profile: Profile) -> list[str]:
    """List the known words for missing that occur in this file, in a comment."""
    common = {word: rows for word, rows in profile.missing().items() if rows >= COMMON}
    words = [f"{page.scalar(word)} ({rows:,})" for word, rows in common.items()]
    return page.commented(f"Read as missing, with their cells: {page.listed(words, MOST_WORDS)}", 2) if words else []


def _missing_words(profile: Profile) -> list[str]:
    """Return words that stand for missing all over the file, although the package does not know them."""
    known = set(missing_words()["word"])
    found: dict[str, int] = {}
    for column in profile.columns:
        for text, rows in column.values.items():
            if rows >= COMMON and MISSING_LOOK.fullmatch(str(text).lower()):
                found[str(text)] = found.get(str(text), 0) + 1
    return sorted(word for word, columns in found.items() if columns >= IN_COLUMNS and word.lower() not in known)


def _reason(finding: Finding, dates: Dates) -> str:
    reason = f"{finding.confidence}: {', '.join(finding.reasons)}"
    return "; ".join(part for part in (reason, dates.reasons.get(finding.column, "")) if part)


def _columns(found: Found) -> list[str]:
    dates = found.dates
    written = [page.Line(f.column, f.source, _reason(f, dates), doubt_of(f, dates)) for f in found.findings]
    lines = ["  columns:", *page.section(written, 4)] if written else []
    if roles := found.roles_doubt:
        lines += page.commented(f"{page.CHECK}: {roles}: dapipeline init joins such rows", 4)
    for name, why in found.undecided.items():
        if name in NEEDED:
            lines += page.commented(f"{page.CHECK}: {name}: {why}", 4)
    return lines


def _values(found: Found) -> list[str]:
    lines: list[str] = []
    for name, words in found.words.items():
        if name not in found.expressions:
            lines += _of_words(name, found.matching.findings[name].source, words)
    return ["  values:", *lines] if any(not line.lstrip().startswith("#") for line in lines) else lines


def _of_words(name: str, source: str, words: Words) -> list[str]:
    """List the words of a column: their meanings, the unknown ones, and the number of rows with those not shown."""
    lines = [f"    {name}:  # words of {page.in_one_line(source)}"] if words.values else []
    lines += page.section([page.Line(value, listed) for value, listed in words.values.items()], 6)
    if words.unknown:
        counts = _counts(words.unknown, len(words.unknown))
        more = f", and {words.unlisted} further words" if words.unlisted else ""
        lines += page.commented(
            f"{page.CHECK}: words of {source} that {name} does not know, with their rows: {counts}{more}", 4
        )
    for rows, what in ((words.rare, "words that fewer than ten rows have"), (words.hidden, "long words or numbers")):
        if rows:
            told = f"{page.several(rows, 'row')} of {source} with {what}: {LISTED}"
            lines += page.commented(f"{page.CHECK}: {told}", 4)
    return lines


def _counts(words: Mapping[str, int], most: int) -> str:
    return page.listed([f"{page.scalar(word)} ({rows:,})" for word, rows in words.items()], most)


def _unread(found: Found) -> list[str]:
    """List the words of a column that has the name of a coded column but no known word."""
    lines: list[str] = []
    for name, source in found.matching.unread.items():
        words = words_of_codes(found.looks[source].column, name)
        counts = _counts(words.unknown, MOST_WORDS) or "all are rare"
        lines += page.commented(
            f"{page.CHECK}: {source} could be {name}, but none of its words is known: {counts}. Name it under columns "
            "and its words under values, or leave it.", 4,
        )  # fmt: skip
    return lines


def _derive(found: Found) -> list[str]:
    reasons = {**found.derived.reasons, **found.dates.reasons}
    doubts = {**found.derived.doubts, **found.dates.doubts}
    written = [
        page.Line(name, text, reasons.get(name, ""), doubts.get(name, "")) for name, text in found.expressions.items()
    ]
    lines = ["  derive:", *page.section(written, 4)] if written else []
    if "da_flag" in found.undecided:
        lines += page.commented(f"{page.CHECK}: da_flag: {found.undecided['da_flag']}, such as", 4)
        lines += ["    # da_flag: \"contains(lower(YOUR_COLUMN), 'domestic')\""]
    return lines


def _left(found: Found) -> list[str]:
    """List the columns that the config does not read: those that could become markers apart from the rest."""
    flags: list[str] = []
    others: list[str] = []
    for name in found.unmapped:
        column = found.looks[name].column
        share, said = share_boolean(column) if column.filled else (0.0, set())
        yes = share >= MOST and "true" in said and column.distinct <= 2 and UNMAPPED not in found.matching.meant[name]
        (flags if yes else others).append(name)
    serial = [name for name in others if are_serials(found.looks[name].column) and _may_be_a_day(name)]
    lines = page.commented(f"Not mapped: {page.listed(others)}", 2) if others else []
    if flags:
        lines += page.commented(f"Yes or no, and nobody maps them; each could be a marker: {page.listed(flags)}", 2)
    if serial:
        lines += page.commented(
            f"{page.CHECK}: days as Excel counts them, to be exported as dates: {page.listed(serial)}", 2
        )
    return lines


def _may_be_a_day(name: str) -> bool:
    """Return whether a name may be that of a date: it means one, or nothing at all."""
    return is_nameless(name) or any(ABOUT_DAYS & words for words in plain_words(name))


def _k(found: Found) -> page.Line:
    people = found.matching.findings.get("offender_id")
    suspects = found.looks[people.source].column.distinct if people else 0
    why = (
        f"60 clusters, 40 below 8,000 people, in small forces one for every 40; here are {suspects:,} suspects. "
        "dapipeline choose-k says what the evidence for each number is"
    )
    return page.Line("clustering", {"k": "auto"}, f"{why}. So few give few names" if suspects < SMALL else why)
