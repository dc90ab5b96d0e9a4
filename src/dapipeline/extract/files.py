"""Which files an extract consists of, and the hash of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dapipeline.artefacts.hashes import sha256
from dapipeline.errors import ExtractError

WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class SourceFile:
    """One input file as the manifest records it.

    Attributes
    ----------
    name : str
        Of the file; in several folders, with the part of its path that differs.
    sha256 : str
        Its hash, hexadecimal.
    bytes : int
        Its size.
    """

    name: str
    sha256: str
    bytes: int


def find_files(pattern: Path) -> dict[str, Path]:
    """List the files that a path or pattern stands for, sorted by name.

    Parameters
    ----------
    pattern : Path
        A file, or a pattern in any of its parts: ``parts/*.csv``, ``20*/incidents.csv``.

    Returns
    -------
    dict of str to Path
        Name to file; in several folders, the name is the part of the path below their common folder. The lock files
        that Excel keeps beside an open workbook (``~$…``) are left out.

    Raises
    ------
    ExtractError
        E101 where there is none, E102 where it is a directory.
    """
    try:
        if pattern.is_dir():
            raise ExtractError(
                "E102",
                f"{pattern} is a directory, not a file.",
                f"Name a file in it, or a pattern: {pattern}/*.csv.",
            )
        if pattern.is_file():
            return {pattern.name: pattern}
        parts = pattern.parts
        wild = next((at for at, part in enumerate(parts) if WILD.search(part)), len(parts) - 1)
        base = Path(*parts[:wild])
        matches = base.glob("/".join(parts[wild:]))
        found = sorted(path for path in matches if path.is_file() and not path.name.startswith("~$"))
    except (OSError, ValueError) as error:
        raise ExtractError(
            "E101", f"{pattern} is no path that can be looked for.", "Check extract.path in the config."
        ) from error
    if not found:
        raise ExtractError(
            "E101", f"No file matches {pattern}.", "Check extract.path in the config, or give --extract PATH."
        )
    names = [path.name for path in found]
    if len(set(names)) < len(names):
        names = [path.relative_to(base).as_posix() for path in found]
    return dict(zip(names, found, strict=True))


def fingerprint(path: Path, name: str | None = None) -> SourceFile:
    """Hash a file, so that the manifest can record what a run was made from.

    Parameters
    ----------
    path : Path
        The file.
    name : str, optional
        What the manifest calls it; the name of the file by default.

    Returns
    -------
    SourceFile

    Raises
    ------
    ExtractError
        E101 where it cannot be opened.
    """
    try:
        digest = sha256(path)
    except OSError as error:
        raise cannot_open(path, error) from error
    return SourceFile(name or path.name, digest, path.stat().st_size)


def cannot_open(path: Path, error: OSError) -> ExtractError:
    """Return the error for a file that does not exist or that this user may not read.

    Parameters
    ----------
    path : Path
        The file.
    error : OSError
        What the system reported.

    Returns
    -------
    ExtractError
        E101.
    """
    return ExtractError("E101", f"{path} cannot be opened: {error.strerror}.", "Check the path and who may read it.")
