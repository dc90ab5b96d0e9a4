"""Which files an extract is made of, and what each of them holds as a hash."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dapipeline.artefacts.folder import sha256
from dapipeline.errors import ExtractError


@dataclass(frozen=True)
class SourceFile:
    """One input file as the manifest records it."""

    name: str
    sha256: str
    bytes: int


def find_files(pattern: Path) -> list[Path]:
    """List the files a path or pattern stands for, sorted by name.

    Raises
    ------
    ExtractError
        E101 where there is none, E102 where it is a directory.
    """
    if pattern.is_dir():
        raise ExtractError(
            "E102",
            f"{pattern} is a directory, not a file.",
            f"Name a file in it, or a pattern: {pattern}/*.csv.",
        )
    if pattern.is_file():
        return [pattern]
    found = sorted(path for path in pattern.parent.glob(pattern.name) if path.is_file())
    if not found:
        raise ExtractError(
            "E101", f"No file matches {pattern}.", "Check extract.path in the config, or give --extract PATH."
        )
    return found


def fingerprint(path: Path) -> SourceFile:
    """Hash a file, so that the manifest can say what a run was made of."""
    try:
        digest = sha256(path)
    except OSError as error:
        raise cannot_open(path, error) from error
    return SourceFile(path.name, digest, path.stat().st_size)


def cannot_open(path: Path, error: OSError) -> ExtractError:
    """Say that a file is not there or not for this user to read."""
    return ExtractError("E101", f"{path} cannot be opened: {error.strerror}.", "Check the path and who may read it.")
