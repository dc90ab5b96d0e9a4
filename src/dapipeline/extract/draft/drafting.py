"""From a file to a first config: layout, columns, words, days, and what is left for a person."""

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
        The YAML.
    findings : tuple of Finding
        A canonical column each, with confidence and reasons.
    derived : dict of str to str
        Canonical column to expression.
    unmapped : tuple of str
        Source columns that nobody maps.
    doubts : tuple of str
        What a person has to look at, the weightiest first.
    undecided : tuple of str
        What only a person can decide, without which the config does not run; empty for one that does.
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
        The sheet of a workbook.
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
    """
    path = Path(path)
    with opened(path, sheet, say) as (layout, profile):
        return drafted(path, layout, profile, folder or Path(), say)


@contextmanager
def opened(path: Path, sheet: str | None, say: Say) -> Iterator[tuple[Layout, Profile]]:
    """Find out how a file is written, and count its columns.

    Raises
    ------
    ExtractError
        Where it cannot be read.
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
    """Draft a config for a file that has been opened."""
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
    """Return every column with the days in it, in the order of the file."""
    moments, latest = all_moments(profile)
    return {
        c.name: Look(c, moments[c.name], None if moments[c.name] else find_clock(c), latest) for c in profile.columns
    }
