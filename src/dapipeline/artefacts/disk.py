"""The place of outputs on a disk: its path, what to say where the system refuses it, and what outlasts a power cut."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dapipeline.errors import RunError

FULL = {errno.ENOSPC, errno.EDQUOT}
# What speaks of a disk even where the system does not say of which file.
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
AT_ONCE = 8  # files that the disk is asked to hold
LONGEST = 200  # characters of a path that an error shows


def check_name(path: Path) -> None:
    """Refuse a path that the tables' readers, run.json and a terminal could not name.

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
    """Return the place that a path means, links followed.

    Raises
    ------
    RunError
        O111 where it cannot be named, O101 where the system refuses it.
    """
    check_name(out)
    try:
        place = out.resolve()
    except RuntimeError as error:  # how Python 3.11 and 3.12 tell of links that go round in a circle
        raise refusal(out, OSError(errno.ELOOP, "", str(out))) from error
    except OSError as error:
        raise refusal(out, error) from error
    check_name(place)
    return place


def refusal(out: Path, error: OSError) -> Exception:
    """Return what to say of a failure of the system while outputs are written; one of other files is none of ours."""
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
    """Whether a path is the outputs', their lock's or staging folder's, or a folder's on the way to them."""
    if out.is_relative_to(path) or path.is_relative_to(out):
        return True
    return path.is_relative_to(out.parent) and path.relative_to(out.parent).parts[0].startswith(f".{out.name}.")


def make_durable(folder: Path) -> None:
    """Have the disk hold what is new in a folder, so that a power cut cannot leave a run of empty files in place.

    A file with a second name was taken over from the run before, and is on the disk already.
    """
    below = [(path, path.lstat()) for path in folder.rglob("*")]
    new = [path for path, about in below if stat.S_ISREG(about.st_mode) and about.st_nlink == 1]
    with ThreadPoolExecutor(AT_ONCE) as pool:  # a disk that is asked at once for many writes them together
        list(pool.map(_sync, new))
    for path in (*(path for path, about in below if stat.S_ISDIR(about.st_mode)), folder):
        sync_folder(path)


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in a folder; some network disks cannot be asked, and need not be."""
    with contextlib.suppress(OSError):
        _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
