"""How the dates of a file are read: by the two settings for formats, and by expressions where two are not enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.copies import quoted
from dapipeline.extract.date_formats import PLAUSIBLE
from dapipeline.extract.draft.contents import MOST, Look
from dapipeline.extract.draft.finding import Finding
from dapipeline.extract.draft.matching import Matching
from dapipeline.extract.draft.moments import ISO, Moments, reading_of, swapped
from dapipeline.extract.draft.names import is_nameless, plain_words
from dapipeline.extract.draft.profile import Profile

CLOCKS_OF = {"occurred_from": "<occurred clock>", "occurred_to": "<ended clock>", "reported_at": "<reported clock>"}
LOOKED_AT = 5000  # different texts of a column on which another format is tried
ABOUT_DAYS = frozenset({"date", "time", "day", "clock"})


@dataclass
class Dates:
    """How dates are read.

    Attributes
    ----------
    settings : dict of str to str
        datetime_format and date_format, where they are needed.
    derive : dict of str to str
        Canonical column to the expression that reads it.
    reasons : dict of str to str
        Canonical column to why it is read so.
    doubts : dict of str to str
        Canonical column to what the analyst has to look at.
    used : set of str
        Further source columns that the expressions read.
    """

    settings: dict[str, str] = field(default_factory=dict)
    derive: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


def read_dates(profile: Profile, looks: Mapping[str, Look], matching: Matching) -> Dates:
    """Choose the formats of a file's dates; a date and a time in two columns become one moment.

    Parameters
    ----------
    profile : Profile
    looks : mapping of str to Look
        By source column.
    matching : Matching
        Which source columns are dates.

    Returns
    -------
    Dates
    """
    dates = Dates()
    mapped: dict[str, tuple[str, Moments]] = {}
    for canonical, finding in matching.findings.items():
        moments = looks[finding.source].moments
        if BY_NAME[canonical].kind in ("datetime", "date") and moments is not None:
            mapped[canonical] = (finding.source, moments)
    settled = {canonical: _settled(moments, looks) for canonical, (_, moments) in mapped.items()}
    # Day before month, the British order, until the analyst says otherwise.
    ways = {canonical: way or mapped[canonical][1].format for canonical, way in settled.items()}
    for canonical, (source, _) in mapped.items():
        if settled[canonical] is None:
            dates.doubts[canonical] = f"day and month of {source} could be the other way round: no day of it exceeds 12"
    for canonical in [name for name in CLOCKS_OF if name in mapped]:
        source, moments = mapped[canonical]
        if not moments.clock and _with_clock(
            dates, canonical, matching.findings[canonical], ways[canonical], looks, matching
        ):
            del ways[canonical]
    _choose(profile, dates, {c: mapped[c][0] for c in ways}, ways)
    return dates


def _settled(moments: Moments, looks: Mapping[str, Look]) -> str | None:
    """Choose day or month first as other columns written in the same way do; None where none decides it."""
    if not moments.ambiguous:
        return moments.format
    for look in looks.values():
        other = look.moments
        if other and not other.ambiguous and other.format[:5] in (moments.format[:5], swapped(moments.format)[:5]):
            return moments.format if other.format[:5] == moments.format[:5] else swapped(moments.format)
    return None


def _with_clock(
    dates: Dates, canonical: str, finding: Finding, way: str, looks: Mapping[str, Look], matching: Matching
) -> bool:
    """Put a date together with the time of day from another column; return whether there is such a column."""
    taken = {other.source for other in matching.findings.values()} | dates.used
    clocks = [name for name, look in looks.items() if look.clock and name not in taken]
    named = [n for n in matching.named(CLOCKS_OF[canonical]) if n not in taken and (n in clocks or _hours(looks[n]))]
    same = [name for name in clocks if _same_but_time(name, finding.source)]
    beside = [n for n in clocks if is_nameless(n) and looks[n].column.at == looks[finding.source].column.at + 1]
    found = (named or same or beside)[:1]
    if not found:
        return False
    clock = found[0]
    pattern = "%H" if _hours(looks[clock]) else looks[clock].clock or ""
    width = {"%H%M": 4, "%H": 2}.get(pattern)
    time = f"lpad({quoted(clock)}, {width}, '0')" if width else quoted(clock)
    day, form = quoted(finding.source), "%Y-%m-%d" if way == ISO else way
    if " " in form or way == ISO:
        if form.split(" ")[0].count("%") != 3:
            return False
        # The time in the date's own column is midnight in every row.
        day, form = f"split_part({day}, ' ', 1)", form.split(" ")[0]
    dates.derive[canonical] = (
        f"coalesce(strptime({day} || ' ' || {time}, '{form} {pattern}'), strptime({day}, '{form}'))"
    )
    dates.reasons[canonical] = f"{finding.confidence}: the day of {finding.source} with the clock of {clock}"
    if beside and not (named or same):
        dates.doubts[canonical] = f"is {clock} the clock of {finding.source}?"
    dates.used |= {clock, finding.source}
    return True


def _hours(look: Look) -> bool:
    """Return whether a column holds hours of the day, 0 to 23."""
    return look.column.share(look.column.texts.str.fullmatch(r"0?\d|1\d|2[0-3]")) >= MOST


def _same_but_time(clock: str, day: str) -> bool:
    one, other = plain_words(clock), plain_words(day)
    return any(a - ABOUT_DAYS == b - ABOUT_DAYS and "time" in a for a in one for b in other)


def _choose(profile: Profile, dates: Dates, sources: Mapping[str, str], ways: Mapping[str, str]) -> None:
    """Set the two formats to the commonest ones; a column that they would misread gets an expression."""
    patterns = Counter(way for way in ways.values() if way != ISO)
    if not patterns:
        return
    moments = [way for canonical, way in ways.items() if way != ISO and BY_NAME[canonical].kind == "datetime"]
    first = max(patterns, key=lambda p: (moments.count(p), patterns[p], p))
    others = [p for p in patterns if p != first]
    births = [way for canonical, way in ways.items() if BY_NAME[canonical].kind == "date" and way in others]
    second = max(others, key=lambda p: (births.count(p), patterns[p], p), default=None)
    if not moments:
        first, second = "", first
    chosen = {"datetime_format": first, "date_format": second}
    if second and first and _clash(profile, sources, ways, first, second):
        chosen["date_format"] = None
    dates.settings = {setting: pattern for setting, pattern in chosen.items() if pattern}
    for canonical, way in ways.items():
        if way != ISO and way not in dates.settings.values():
            dates.derive[canonical] = f"strptime({quoted(sources[canonical])}, '{way}')"
            dates.reasons.setdefault(canonical, f"written another way: {way}")


def _clash(profile: Profile, sources: Mapping[str, str], ways: Mapping[str, str], first: str, second: str) -> bool:
    """Return whether a date written in one of two formats can be read by the other too, as 01/02/2015 can."""
    for canonical, way in ways.items():
        other = second if way == first else first
        own, moment = quoted(sources[canonical]), reading_of(other, quoted(sources[canonical]))
        texts = f"(SELECT DISTINCT {own} FROM cells ORDER BY hash({own}), {own} LIMIT {LOOKED_AT})"  # noqa: S608
        if profile.ask(f"SELECT count(*) FROM {texts} WHERE year({moment}) {PLAUSIBLE}")[0][0]:  # noqa: S608
            return True
    return False
