"""Paths on disk: which can be used, which error a refusal by the system becomes, and how writes survive a power cut."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dapipeline.errors import RunError

FULL = {errno.ENOSPC, errno.EDQUOT}
# Errors that are about the disk even if the system does not say which file.
OF_DISKS = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EIO, errno.EFBIG, errno.ENOLCK,
    errno.EOPNOTSUPP, *FULL,
}  # fmt: skip

WORDS = {
    errno.ENOTDIR: "a file is in the way of a folder",
    errno.EEXIST: "a file is in the way of a folder",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "its links lead round in a circle",
}
AT_ONCE = 8  # files synced at the same time
LONGEST = 200  # characters of a path shown in an error


def check_name(path: Path) -> None:
    """Refuse a path that is not UTF-8 or has a null: run.json, the engines and a terminal could not show it.

    Parameters
    ----------
    path : Path
        Any path; it need not exist.

    Raises
    ------
    RunError
        O111.
    """
    try:
        os.fsencode(path.absolute()).decode("utf-8")
        sound = "\0" not in str(path)
    except UnicodeError:
        sound = False
    if not sound:
        raise RunError(
            "O111", f"The path {path} has a character that is not UTF-8, or is null.",
            "Rename it, or choose another.",
        )  # fmt: skip


def resolved(out: Path) -> Path:
    """Return the absolute path that a path leads to, links followed.

    Parameters
    ----------
    out : Path
        It need not exist.

    Returns
    -------
    Path

    Raises
    ------
    RunError
        O111 if it is not UTF-8 or has a null, O101 if the system refuses it.
    """
    check_name(out)
    try:
        place = out.resolve()
    except RuntimeError as error:  # what Python 3.11 and 3.12 raise for links in a circle
        raise refusal(out, OSError(errno.ELOOP, "", str(out))) from error
    except OSError as error:
        raise refusal(out, error) from error
    check_name(place)
    return place


def refusal(out: Path, error: OSError) -> Exception:
    """Turn an error of the system while outputs are written into one for the user.

    Parameters
    ----------
    out : Path
        Where the outputs go.
    error : OSError
        Raised while they were written.

    Returns
    -------
    Exception
        A `RunError` (O110 for a full disk, else O101); the error itself if it is about a file elsewhere.
    """
    place = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else None
    ours = error.errno in (FULL if place else OF_DISKS) or (place is not None and _around(Path(place), out))
    if not ours:
        return error
    if error.errno in FULL:
        return RunError(
            "O110", f"The disk is full: {out} cannot be written.",
            "Free some space, or choose an --out on another disk; outputs of an earlier run are as they were.",
        )  # fmt: skip
    why = WORDS.get(error.errno or 0) or os.strerror(error.errno or 0)
    where = place or str(out)
    shown = where if len(where) <= LONGEST else f"{where[:LONGEST]}…"
    return RunError("O101", f"{shown} cannot be written: {why}.", "Choose another --out.")


def _around(path: Path, out: Path) -> bool:
    """Return whether a path is among the outputs, their lock or staging folders, or a folder above them."""
    if out.is_relative_to(path) or path.is_relative_to(out):
        return True
    return path.is_relative_to(out.parent) and path.relative_to(out.parent).parts[0].startswith(f".{out.name}.")


def make_durable(folder: Path) -> None:
    """Flush new files and folders to disk (fsync), so that a power cut cannot leave a run with empty files.

    Files with a second hard link were taken over from the previous run and are on disk already.

    Parameters
    ----------
    folder : Path
        Everything below it is looked at.

    Raises
    ------
    OSError
        If the disk refuses a file.
    """
    below = [(path, path.lstat()) for path in folder.rglob("*")]
    new = [path for path, about in below if stat.S_ISREG(about.st_mode) and about.st_nlink == 1]
    with ThreadPoolExecutor(AT_ONCE) as pool:  # disks write many waiting files together
        list(pool.map(_sync, new))
    for path in (*(path for path, about in below if stat.S_ISDIR(about.st_mode)), folder):
        sync_folder(path)


def sync_folder(folder: Path) -> None:
    """Flush the file names of a folder to disk (fsync); network disks that do not support it are left alone.

    Parameters
    ----------
    folder : Path
    """
    with contextlib.suppress(OSError):
        _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
