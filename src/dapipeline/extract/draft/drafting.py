"""From a file to a first config: layout, columns, words, dates, and what is left for the analyst to decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dapipeline.errors import ExtractError
from dapipeline.extract.columns import BY_NAME
from dapipeline.extract.draft.contents import Look
from dapipeline.extract.draft.dates import read_dates
from dapipeline.extract.draft.derived import derive_the_rest
from dapipeline.extract.draft.finding import Finding
from dapipeline.extract.draft.found import Found
from dapipeline.extract.draft.kinship import TURNED, kinship
from dapipeline.extract.draft.layout import Layout, find_layout, refuses_quotes
from dapipeline.extract.draft.matching import match
from dapipeline.extract.draft.moments import all_moments, find_clock
from dapipeline.extract.draft.profile import Profile, profiled
from dapipeline.extract.draft.sections import config_text
from dapipeline.extract.draft.words import words_of_codes
from dapipeline.extract.files import find_files
from dapipeline.say import Say, silent


@dataclass(frozen=True)
class Draft:
    """A first config for a file.

    Attributes
    ----------
    text : str
        The YAML of the config.
    findings : tuple of Finding
        One per canonical column that was found: column, source (the column of the file), confidence (certain, likely
        or guess), reasons and doubt.
    derived : dict of str to str
        Canonical column to the expression that works it out, for those that no column of the file holds as it stands.
    unmapped : tuple of str
        Columns of the file that the config does not read.
    doubts : tuple of str
        What the analyst has to look at, the columns first.
    undecided : tuple of str
        What only the analyst can decide, without which the config does not run; empty for one that runs.
    """

    text: str
    findings: tuple[Finding, ...]
    derived: Mapping[str, str]
    unmapped: tuple[str, ...]
    doubts: tuple[str, ...]
    undecided: tuple[str, ...]


def draft_config(path: Path | str, *, sheet: str | None = None, folder: Path | None = None, say: Say = silent) -> Draft:
    """Draft a config for an extract in an unknown layout.

    Parameters
    ----------
    path : Path or str
        A file, or a pattern over several of one layout.
    sheet : str, optional
        The sheet of a workbook; by default the first one that holds a table.
    folder : Path, optional
        Where the config will stand: its path to the extract is relative to it. The current folder by default.
    say : callable, optional
        Told what is being done, and how much of it is done.

    Returns
    -------
    Draft

    Raises
    ------
    ExtractError
        Where the file cannot be read.

    Examples
    --------
    >>> import dapipeline as dap
    >>> draft = dap.draft_config("incidents.csv")
    >>> found = draft.findings[0]
    >>> found.column, found.source, found.confidence
    ('incident_id', 'incident_id', 'certain')
    >>> draft.undecided  # empty: the config runs as it is
    ()
    """
    path = Path(path)
    with opened(path, sheet, say) as (layout, profile):
        return drafted(path, layout, profile, folder or Path(), say)


@contextmanager
def opened(path: Path, sheet: str | None, say: Say) -> Iterator[tuple[Layout, Profile]]:
    """Find how a file is written, and count its columns.

    Parameters
    ----------
    path : Path
        A file, or a pattern over several of one layout.
    sheet : str or None
        The sheet of a workbook.
    say : callable
        Told what is being done, and how much of it is done.

    Yields
    ------
    tuple of Layout and Profile
        The profile can be asked until the context ends.

    Raises
    ------
    ExtractError
        Where the file cannot be read.
    """
    say("looking at how it is written")
    first = next(iter(find_files(path).values()))
    layout = find_layout(first, sheet)
    with ExitStack() as stack:
        try:
            profile = stack.enter_context(profiled(path, layout.extract(path), say))
        except ExtractError as error:
            if not refuses_quotes(error):
                raise
            layout.settings["quoting"] = "none"
            layout.reasons["quoting"] = "a quote opens and does not close: here quotes are characters like any other"
            profile = stack.enter_context(profiled(path, layout.extract(path), say))
        yield layout, profile


def drafted(path: Path, layout: Layout, profile: Profile, folder: Path, say: Say) -> Draft:
    """Draft a config for a file that has been opened.

    Parameters
    ----------
    path : Path
        The extract that the config will name.
    layout : Layout
    profile : Profile
    folder : Path
        Where the config will stand.
    say : callable
        Told what is being done.

    Returns
    -------
    Draft
    """
    say("looking at what columns hold")
    looks = looks_of(profile)
    matching = match(profile, looks)
    dates = read_dates(profile, looks, matching)
    derived = derive_the_rest(looks, matching)
    kin = kinship(profile, looks, matching.findings)
    if kin:
        matching.findings["relationship"] = kin.finding
    words = {
        name: words_of_codes(looks[finding.source].column, name, TURNED if kin and kin.turned else None)
        for name, finding in matching.findings.items()
        if BY_NAME[name].kind in ("code", "boolean")
    }
    found = Found(path, folder, layout, profile, looks, matching, dates, derived, words)
    undecided = tuple(f"{name}: {why}" for name, why in found.undecided.items())
    return Draft(config_text(found), found.findings, found.expressions, found.unmapped, found.doubts, undecided)


def looks_of(profile: Profile) -> dict[str, Look]:
    """Return every column with the dates or times in it.

    Parameters
    ----------
    profile : Profile

    Returns
    -------
    dict of str to Look
        By source column, in the order of the file.
    """
    moments, latest = all_moments(profile)
    return {
        c.name: Look(c, moments[c.name], None if moments[c.name] else find_clock(c), latest) for c in profile.columns
    }
