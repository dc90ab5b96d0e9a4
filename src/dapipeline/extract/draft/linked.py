"""A config for an extract that has to be joined first: from several files, or from one with a row for each role."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from dapipeline.artefacts.new_file import refuse_existing, write_new_file
from dapipeline.artefacts.scratch import private_folder
from dapipeline.extract.draft import text as page
from dapipeline.extract.draft.drafting import Draft, drafted, opened
from dapipeline.extract.draft.gathering import Table, gathered, table_names
from dapipeline.extract.draft.joining import Joined, join
from dapipeline.extract.draft.link_ids import Links
from dapipeline.extract.draft.links import links_between, links_in_one
from dapipeline.say import Say, silent

ORIGIN = "Joined by {sql} from {files}, whose rows it has to be made of again when they change."


def draft_extracts(
    paths: Sequence[Path], place: Path, *, sheet: str | None = None, say: Say = silent
) -> tuple[Draft, Joined | None]:
    """Draft a config for one file or several; files of roles are joined first, and the SQL and the result are written.

    Parameters
    ----------
    paths : sequence of Path
        Files, or patterns over several of one layout, in any order.
    place : Path
        The config that will be written: the SQL goes beside it, the joined extract beside the first file.
    sheet : str, optional
        The sheet of workbooks.
    say : callable, optional
        Told what is being done.

    Returns
    -------
    tuple of Draft and Joined
        None for the latter where nothing had to be joined.

    Raises
    ------
    ConfigError
        C026 where a file that would be written exists already, C027 where the files share no ids, C028 where they are
        parts of one layout.
    ExtractError
        Where a file cannot be read; E119 where no column tells suspects from victims.
    RunError
        O101, O110 and O111 where a place cannot be written.
    """
    ordered = sorted(dict.fromkeys(paths), key=lambda path: (path.name, str(path)))
    files = {
        "sql": place.with_suffix(".sql"),
        "extract": _folder(ordered[0]) / f"{place.stem}_joined.csv",
    }
    if len(ordered) > 1:
        _refuse(files)
    with ExitStack() as stack:
        tables = []
        for path, name in zip(ordered, table_names(ordered), strict=True):
            layout, profile = stack.enter_context(opened(path, sheet, say))
            tables.append(Table(path, name, layout, profile))
        if len(tables) == 1:
            links = links_in_one(tables[0])
            if links is None:
                return drafted(ordered[0], tables[0].layout, tables[0].profile, place.parent, say), None
            _refuse(files)
        say("looking which file is which")
        con = stack.enter_context(gathered(tables))
        links = links_between(con, tables) if len(tables) > 1 else links_in_one(tables[0])
        assert links is not None
        folder = stack.enter_context(private_folder(None))
        say("joining")
        joined = join(con, links, folder / "joined.csv")
        draft = _drafted(folder / "joined.csv", files, place, links, joined, say)
        _write(files, joined.sql, folder / "joined.csv")
        return draft, replace(joined, files=files)


def _refuse(files: dict[str, Path]) -> None:
    for path in files.values():
        refuse_existing(path)


def _folder(pattern: Path) -> Path:
    """Return the folder of a file; of a pattern, the innermost folder without a wildcard."""
    return next(folder for folder in pattern.parents if not set(str(folder)) & set("*?["))


def _drafted(copy: Path, files: dict[str, Path], place: Path, links: Links, joined: Joined, say: Say) -> Draft:
    with opened(copy, None, say) as (layout, profile):
        draft = drafted(files["extract"], layout, profile, place.parent, say)
    names = sorted(table.path.name for table in links.tables)
    head = [
        *page.commented(ORIGIN.format(sql=files["sql"].name, files=", ".join(names)), 0),
        *(line for part in joined.parts for line in page.commented(f"- {part}", 0)),
        *(line for part in joined.left_out for line in page.commented(f"Left out: {part}", 0)),
        *(line for doubt in joined.doubts for line in page.commented(f"{page.CHECK}: {doubt}", 0)),
    ]
    return replace(draft, text="\n".join(head) + "\n" + draft.text, doubts=(*joined.doubts, *draft.doubts))


def _write(files: dict[str, Path], sql: str, copy: Path) -> None:
    """Write the SQL and the extract, or neither."""
    write_new_file(files["sql"], sql)
    try:
        write_new_file(files["extract"], copy)
    except BaseException:
        files["sql"].unlink(missing_ok=True)
        raise
