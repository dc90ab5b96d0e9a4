"""How the dates and times of a column are written: formats are tried on all of its texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dapipeline.extract.copies import quoted
from dapipeline.extract.date_formats import FORMATS, PLAUSIBLE, SERIAL, counts_by_format
from dapipeline.extract.draft.finding import SourceColumn
from dapipeline.extract.draft.profile import Profile

ISO = "ISO"  # 2015-03-31 14:05, which is read without a setting
ISO_LOOK = r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*([Zz]|UTC|GMT|[+-]\d\d:?\d\d)?)?$"
DATE_LOOK = re.compile(
    r"\d{1,4}[-/. ]?(\d{1,2}|[a-z]{3,9})[-/. ,]{0,2}\d{2,4}|[a-z]{3,9} \d{1,2},? \d{4}", re.IGNORECASE
)
CLOCKS = {
    "%H:%M:%S": re.compile(r"([01]?\d|2[0-3]):[0-5]\d:[0-5]\d(\.0+)?"),
    "%H:%M": re.compile(r"([01]?\d|2[0-3])[:.][0-5]\d"),
    "%I:%M %p": re.compile(r"(0?\d|1[0-2]):[0-5]\d [AaPp][Mm]"),
    "%I:%M:%S %p": re.compile(r"(0?\d|1[0-2]):[0-5]\d:[0-5]\d [AaPp][Mm]"),
    "%H%M": re.compile(r"([01]?\d|2[0-3])?[0-5]?\d"),
}
FRACTION = re.compile(r"(?<=\d)\.0{3,9}(?=$| [AaPp][Mm]$)")
FITS, NEARLY_ALL = 0.95, 0.98
SAMPLE, GLANCE = 200, 3
A_LIFETIME, AFTER = 40, 15  # years: incidents span less than the first, and end within the second of their median
EARLIEST, LATEST = "1850", "2150"
FEWEST_CLOCKS, FEWEST_BARE = 4, 24  # different times; without a colon more are needed, as 1430 may be a code


@dataclass(frozen=True)
class Moments:
    """How the dates of a column are written, and when they are.

    Attributes
    ----------
    formats : tuple of str
        Formats that read nearly all of it, the likeliest first; `ISO` needs no setting.
    share : float
        Share of the filled rows that the first of them reads.
    impossible : str
        The format with day and month exchanged, if a value rules it out; else empty.
    clock : bool
        Whether it holds times of the day too.
    first, middle, last : datetime
        Quantiles 1%, 50% and 99% of the rows.
    """

    formats: tuple[str, ...]
    share: float
    impossible: str
    clock: bool
    first: datetime
    middle: datetime
    last: datetime

    @property
    def format(self) -> str:
        """The likeliest format."""
        return self.formats[0]

    @property
    def ambiguous(self) -> bool:
        """Whether day and month could be the other way round."""
        return len(self.formats) > 1 and swapped(self.formats[0]) == self.formats[1]


def swapped(pattern: str) -> str:
    """Exchange day and month in a format.

    Parameters
    ----------
    pattern : str
        A strptime format.

    Returns
    -------
    str
    """
    return pattern.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")


def all_moments(profile: Profile) -> tuple[dict[str, Moments | None], int | None]:
    """Find how the dates of every column are written, and when the incidents were.

    A year of two digits well after the incidents is read in the century before: it is a year of birth.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    moments : dict of str to Moments or None
        By source column; None where it holds no dates.
    latest : int or None
        Year of the median incident; None where no column holds dates.
    """
    found = {column.name: _find_moments(profile, column) for column in profile.columns}
    days = [moments for moments in found.values() if moments]
    near = [moments for moments in days if moments.last.year - moments.first.year < A_LIFETIME] or days
    latest = max((moments.middle.year for moments in near), default=None)
    for name, moments in found.items():
        if moments and latest and any("%y" in pattern for pattern in moments.formats):
            found[name] = _find_moments(profile, profile.column(name), latest + AFTER)
    return found, latest


def _find_moments(profile: Profile, column: SourceColumn, until: int | None = None) -> Moments | None:
    """Find how the dates of a column are written; None where it holds none.

    Parameters
    ----------
    profile : Profile
    column : SourceColumn
    until : int, optional
        The last year that a year of two digits can be; a later one is read in the century before.
    """
    if not column.distinct or not _looks_like_dates(column):
        return None
    texts = f"(SELECT {quoted(column.name)} AS text, count(*) AS rows FROM cells WHERE text IS NOT NULL GROUP BY text)"  # noqa: S608
    sample = f"(SELECT text FROM {texts} ORDER BY hash(text), text LIMIT {SAMPLE})"  # noqa: S608
    formats = _worth_trying(column)
    fits, (whole, iso) = counts_by_format(
        profile.connection, sample, formats, "true", f"regexp_matches(text, '{ISO_LOOK}')"
    )
    likely = [pattern for pattern, count in zip(formats, fits, strict=True) if count >= FITS * whole]
    if iso >= FITS * whole:
        likely = [ISO]
    if not likely:
        return None
    counted = [_counted(profile, texts, pattern, until) for pattern in likely]
    reads = sorted((-rows, at) for at, (rows, *_) in enumerate(counted))
    rows = -reads[0][0]
    if rows < FITS * column.filled:
        return None
    # Formats that differ by a few typing mistakes count as equal; then day before month, the British order.
    formats = [likely[at] for count, at in reads if -count >= NEARLY_ALL * rows]
    formats.sort(key=lambda pattern: (pattern.startswith("%m"), likely.index(pattern)))
    first, middle, last = counted[likely.index(formats[0])][1:4]
    if first is None:
        return None
    clock = bool(counted[likely.index(formats[0])][4])
    other = swapped(formats[0])
    impossible = other if other in FORMATS and other != formats[0] and other not in formats else ""
    return Moments(tuple(formats), rows / column.filled, impossible, clock, first, middle, last)


def _looks_like_dates(column: SourceColumn) -> bool:
    sample = [str(text) for text in column.values.index[:SAMPLE]]
    return sum(bool(DATE_LOOK.search(text)) and len(text) <= 40 for text in sample) >= FITS * len(sample)


def _worth_trying(column: SourceColumn) -> list[str]:
    """Return the formats that read one of a few texts, so that the engine need not try two hundred on all of them."""
    texts = [str(text) for text in column.values.index[:GLANCE]]
    noughts = {found[0] for text in texts if (found := FRACTION.search(text))}
    formats = FORMATS
    if len(noughts) == 1:
        # Fractions of a second that are always zero, as in 01.45.00.000000000 PM.
        formats = tuple(pattern.replace("%S", "%S" + min(noughts)) for pattern in FORMATS if "%S" in pattern)
    return [pattern for pattern in formats if any(_reads(pattern, text) for text in texts)]


def _reads(pattern: str, text: str) -> bool:
    try:
        datetime.strptime(text, pattern)
    except ValueError:
        return False
    return True


def reading_of(pattern: str, text: str = "text") -> str:
    """Return SQL that reads a text by a format.

    Parameters
    ----------
    pattern : str
        A strptime format, or `ISO`.
    text : str
        SQL for the text.

    Returns
    -------
    str
        Null where the text does not have the format.
    """
    return f"try_cast({text} AS timestamp)" if pattern == ISO else f"try_strptime({text}, '{pattern}')"


def _counted(profile: Profile, texts: str, pattern: str, until: int | None) -> tuple[Any, ...]:
    moment = reading_of(pattern)
    if until and "%y" in pattern:
        moment = f"({moment} - CASE WHEN year({moment}) > {until} THEN INTERVAL 100 YEAR ELSE INTERVAL 0 YEAR END)"
    # Excel and databases write midnight where there is no time, so that some other time must occur.
    return profile.ask(
        f"SELECT coalesce(sum(rows) FILTER (year(moment) {PLAUSIBLE}), 0), "  # noqa: S608
        "quantile_disc(moment, 0.01), quantile_disc(moment, 0.5), quantile_disc(moment, 0.99), "
        "avg((date_trunc('day', moment) <> moment)::int) > 0.05 "
        f"FROM (SELECT rows, {moment} AS moment FROM {texts}) "
        f"WHERE moment BETWEEN '{EARLIEST}-01-01' AND '{LATEST}-01-01'"
    )[0]


def find_clock(column: SourceColumn) -> str | None:
    """Find how a column writes times of the day.

    Parameters
    ----------
    column : SourceColumn

    Returns
    -------
    str or None
        A strptime format; None where it holds no times.
    """
    texts = [str(text) for text in column.values.index[:SAMPLE]]
    if len(texts) < FEWEST_CLOCKS:
        return None
    for pattern, look in CLOCKS.items():
        if pattern == "%H%M" and len(texts) < FEWEST_BARE:
            return None
        if sum(bool(look.fullmatch(text)) for text in texts) >= NEARLY_ALL * len(texts):
            return pattern
    return None


def are_serials(column: SourceColumn) -> bool:
    """Return whether a column holds dates as Excel's day numbers, such as 42094.

    Parameters
    ----------
    column : SourceColumn

    Returns
    -------
    bool
    """
    texts = [str(text) for text in column.values.index[:SAMPLE]]
    whole = [text for text in texts if re.fullmatch(SERIAL, text)]
    days = [float(text.replace(",", ".")) for text in whole]
    return bool(days) and len(whole) >= FITS * len(texts) and min(days) > 20_000 and max(days) < 60_000
