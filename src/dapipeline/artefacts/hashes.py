"""SHA-256 of files: what run.json records of an output, and whether the file is still the same."""

from __future__ import annotations

import hashlib
from pathlib import Path


def unchanged(out: Path, name: str, digest: str) -> bool:
    """Return whether an output is as the run wrote it; links that lead out of the run's folder are refused.

    Parameters
    ----------
    out : Path
        The folder of the run.
    name : str
        Path below it.
    digest : str
        SHA-256 that it had when it was written.

    Returns
    -------
    bool
    """
    path = out / name
    return path.is_file() and path.resolve() == out.resolve() / name and sha256(path) == digest


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        In hexadecimal.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
